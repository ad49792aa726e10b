"""Hostile requests over every page, and hostile frames on a room's line: none is a fault of ours, none is cut off."""

import json
import os
import random
import re

import aiohttp
import pytest

from meetings.room.signals import FIELDS, WORDS
from tests.pages.hostile import BAD_TEXTS, Gun, Shot, forms_of
from tests.pages.whole_service import HOST, ORIGIN, Answer, CutOff, Whole
from tests.pages.whole_story import open_sessions

HOW_MANY, HOW_MANY_FRAMES = 2000, 300
SEED = int(os.environ.get("FUZZ_SEED", "20261008"))
AFRESH = 80  # requests after which everybody signs in anew, since some of them signed somebody out
SHORT_OF_MAIL = "readyz"  # says that mails wait, as the story's do: 503 is its plain answer
MARKUP = re.compile(r"<script>alert\(7\)|<img src=x onerror")


def wrong(shot: Shot, answer: Answer) -> str | None:
    """What is wrong with an answer; None when it is a plain one."""
    if answer.status >= 500 and shot.page.name != SHORT_OF_MAIL:
        return f"{answer.status} to {shot}"
    if answer.location and not re.match(r"/(?![/\\])", answer.location):
        return f"leads to {answer.location} after {shot}"
    if MARKUP.search(answer.text) or "Traceback (most" in answer.text:
        return f"what was sent, or a trace, is in the answer to {shot}"
    if any("evil" in value for value in answer.headers.values()):
        return f"its headers repeat what was sent: {shot}"
    return None


async def fired(whole: Whole, gun: Gun) -> list[str]:
    """What went wrong with each of the requests."""
    found = []
    for number, shot in enumerate(gun.shots(HOW_MANY)):
        if number % AFRESH == 0:
            await open_sessions(whole.database, whole.cast)
        try:
            answer = await whole.ask(shot.method, shot.path, shot.who, headers=shot.headers, body=shot.body)
        except (CutOff, TimeoutError) as cut:
            found.append(f"number {number}: {cut!r} after {shot}")
            continue
        if (said := wrong(shot, answer)) is not None:
            found.append(f"number {number}: {said}")
    return found


async def test_two_thousand_hostile_requests_are_answered_plainly(
    whole_on_both: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    gun = Gun(whole=whole_on_both, forms=await forms_of(whole_on_both), dice=random.Random(SEED))

    found = await fired(whole_on_both, gun)

    assert found == [], f"FUZZ_SEED={SEED}"
    assert whole_on_both.faults() == [], f"FUZZ_SEED={SEED}"
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []


BROKEN: tuple[str | bytes, ...] = (b"", b"\xff\xfe", b"{}" * 500, "[" * 15_000, "9" * 5000, '{"op":' * 2000, "null")


def frame(dice: random.Random, ids: list[str]) -> str | bytes:
    """One frame: broken, or nearly as the room's own page would send it."""
    if dice.random() < 0.1:
        return dice.choice(BROKEN)
    kind = dice.choice([*WORDS, "heartbeat", "", "__proto__"])
    _, must, may = WORDS.get(kind, (None, frozenset(FIELDS), frozenset()))
    body: dict[str, object] = {"kind": kind, "op": f"operation{dice.randrange(1000)}", "version": dice.randrange(400)}
    plain = {"seat": dice.choice(ids), "on": True, "minutes": 5, "seconds": 60, "mode": "open", "number": 2, "place": 1}
    body |= {name: plain.get(name, "break") for name in must | may}
    hostile: list[object] = [*ids, *(text[:2000] for text in BAD_TEXTS), 0, -1, 1e308, 10**30, None, True, [], {}, [[]]]
    for _ in range(dice.choice([0, 0, 1, 2])):
        body[dice.choice([*FIELDS, "kind", "__proto__"])] = dice.choice(hostile)
    return json.dumps(body)


@pytest.mark.parametrize("who", ["parent", "mediator"])
async def test_hostile_frames_end_at_most_their_own_line(whole: Whole, who: str) -> None:
    dice, known = random.Random(SEED), whole.cast.rowan.ids
    address = {"parent": f"/room/{known['attendance_parent']}", "mediator": f"/mediator/sitting/{known['meeting']}"}[
        who
    ]
    headers = {"Host": HOST, "Origin": ORIGIN, **whole.cookie(who)}
    codes: set[int | None] = set()
    sent = 0
    async with aiohttp.ClientSession() as session:
        while sent < HOW_MANY_FRAMES:
            url = f"http://127.0.0.1:{whole.port}{address}/socket"
            async with session.ws_connect(url, headers=headers, max_msg_size=0) as line:
                while sent < HOW_MANY_FRAMES and not line.closed:
                    one = frame(dice, list(known.values()))
                    sent += 1
                    await (line.send_bytes(one) if isinstance(one, bytes) else line.send_str(one))
                    while not line.closed and (await line.receive()).type is not aiohttp.WSMsgType.CLOSED:
                        break
                codes.add(line.close_code)
    assert whole.faults() == []
    assert codes <= {None, 1000, 1001, 1003, 1007, 1008, 1009}
