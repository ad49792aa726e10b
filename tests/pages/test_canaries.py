"""What belongs to one side never reaches the other: by page, mail, calendar, paper, line of the room, log or column.

Words that stand nowhere else were put on each side when the story was told; here everything that somebody may receive
is gathered and searched (reliability A2, A11).
"""

import asyncio
import contextlib
import email
import functools
import io
import re
from collections.abc import Iterator
from datetime import date
from email.policy import default

import aiohttp
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from notifications.schema import message
from notifications.when import day, full_day
from pages.case_view import appeal, view
from pages.routes import ALL
from tests.pages.hostile import fitting, place_of
from tests.pages.whole_service import HOST, ORIGIN, Answer, Whole
from tests.pages.whole_story import COUNCIL_ONLY, FAMILY_ONLY

WORD = re.compile(r"[a-z]+7(?=\W)|[A-Z][a-z]+7")
SURNAME = "Quill"  # others know the family as Bea Q. and Wren Q.
RECORD = re.compile(r"^paper record|^page (my|authority)-paper ")
STAFF_NOTES = ("adviser", "contact")


def token(text: str) -> str:
    """The one word of a planted text that stands nowhere else; of a number, its digits."""
    found = WORD.search(f"{text} ")
    return found.group() if found else re.sub(r"\D", "", text)[-10:]


BEFORE = {"enquiry": "The family wrote to us", "advice": "An adviser explained"}  # nothing of the council's
FAMILY = {name: token(text) for name, text in FAMILY_ONLY.items()}
COUNCIL = {name: token(text) for name, text in COUNCIL_ONLY.items()}
NOTES = {name: FAMILY[name] for name in STAFF_NOTES}
# Who must not learn what. The family itself reads no notes of the staff; a mediator and a coordinator no adviser's.
MUST_NOT: dict[str, dict[str, str]] = {
    "officer_b": FAMILY | BEFORE | {"surname": SURNAME},
    "school_b": FAMILY | COUNCIL | {"surname": SURNAME},
    "interpreter_b": FAMILY | COUNCIL | {"surname": SURNAME},
    "supporter_b": NOTES | COUNCIL,
    "parent_b": NOTES | COUNCIL,
    "officer": FAMILY | COUNCIL | {"surname": SURNAME},
    "parent": FAMILY | COUNCIL | {"surname": SURNAME},
    "mediator_b": {"adviser": NOTES["adviser"]},
    "coordinator": {"adviser": NOTES["adviser"]},
    "mediator": FAMILY | COUNCIL | {"surname": SURNAME},
    "adviser": FAMILY | COUNCIL | {"surname": SURNAME},
}


@functools.cache
def pages_of_pdf(content: bytes) -> str:
    """The words of a paper, and what is said about it."""
    paper = PdfReader(io.BytesIO(content))
    return "\n".join([*(page.extract_text() for page in paper.pages), str(paper.metadata)])


def words_of(answer: Answer) -> str:
    """All that an answer says, in its head and its body."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = pages_of_pdf(answer.body) if answer.body.startswith(b"%PDF") else answer.text
    return f"{head}\n{body}"


async def shown(whole: Whole, who: str) -> list[tuple[str, str]]:
    """Every page that this person opens, in both cases."""
    found = []
    for page in ALL:
        if page.get is None or who not in {one for one, _ in fitting(whole, page)}:
            continue
        for case in ("rowan", "wren"):
            answer = await whole.get(place_of(whole, page, who, case), who)
            found.append((f"page {page.name} ({case})", words_of(answer)))
    for address in ("/my/papers", "/authority/papers", "/advice/papers", "/mediator/papers", "/desk/paper"):
        for kind in ("certificate", "record", "record_large"):
            paper = whole.cast.wren.ids[f"paper_{kind}"]
            found.append((f"paper {kind} at {address}", words_of(await whole.get(f"{address}/{paper}", who))))
    return found


def parts_of(raw: bytes) -> Iterator[str]:
    """The head of a mail and each of its parts, decoded."""
    mail = email.message_from_bytes(raw, policy=default)
    yield "\n".join(f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        if not part.is_multipart():
            yield str(part.get_content()) + (part.get_filename() or "")


async def mails(whole: Whole, who: str) -> list[tuple[str, str]]:
    """Every mail that was posted to this person, calendar parts unfolded; the address it goes to is their own."""
    case, seat = whole.cast.seat_roles()[who]
    found: list[tuple[str, str]] = []
    async with whole.database.read() as db:
        for row in await db.all(select(message).where(message.c.seat_id == case.seats[seat].id)):
            box = await db.box(row.key_id)
            raw = box.open_bytes("message.raw", row.id, row.raw_sealed) or b""
            own = box.open("message.to", row.id, row.to_sealed) or ""
            plain = (text.replace("\r\n ", "").replace(own, "") for text in parts_of(raw))
            found.extend((f"mail {row.kind}", text) for text in plain)
    return found


def leaks(text: str, secrets: dict[str, str]) -> list[str]:
    """Which of the secrets a text holds; numbers are found however they are spaced."""
    digits = re.sub(r"[\s\u00a0().-]", "", text)
    return [name for name, secret in secrets.items() if secret in (digits if secret.isdigit() else text)]


@pytest.mark.parametrize("who", sorted(MUST_NOT))
async def test_nobody_receives_what_belongs_to_others(whole: Whole, who: str) -> None:
    received = await shown(whole, who)
    if who in whole.cast.seat_roles():
        received += await mails(whole, who)

    for where, text in received:
        secrets = dict(MUST_NOT[who])
        if RECORD.search(where):
            secrets.pop("surname", None)  # the record names those who have agreed, to those who have agreed
        assert leaks(text, secrets) == [], where
    assert whole.faults() == []


async def test_the_searching_finds_what_is_there(whole: Whole) -> None:
    received = " ".join(text for _, text in await shown(whole, "parent_b"))
    assert leaks(received, {"phone": FAMILY["phone"]} | {"surname": SURNAME}) != []
    received = " ".join(text for _, text in await shown(whole, "adviser_b"))
    assert sorted(leaks(received, FAMILY)) != []


async def days_of_appeal(whole: Whole) -> set[str]:
    """The last day of the family's appeal, in every way that a page may write it."""
    found: set[str] = set()
    for case in (whole.cast.rowan, whole.cast.wren):
        async with whole.database.read() as db:
            last = appeal(await view(db, case.ids["case"]))
        assert last is not None
        moment: date = last.day
        found |= {full_day(moment), day(moment), f"{moment.day} {moment:%B}", moment.isoformat(), f"{moment:%Y%m%d}"}
    return found


async def test_the_council_never_hears_of_the_appeal_date(whole: Whole) -> None:
    days = await days_of_appeal(whole)
    theirs = " ".join(text for _, text in await shown(whole, "parent")) + str(await mails(whole, "parent_b"))
    assert any(one in theirs for one in days)
    for who in ("officer", "officer_b", "school_b", "interpreter_b"):
        received = [*(await shown(whole, who)), *(await mails(whole, who))]
        assert [where for where, text in received if any(one in text for one in days)] == [], who


@pytest.mark.parametrize("who", ["parent", "officer"])
async def test_the_line_of_the_room_tells_labels_and_no_more(whole: Whole, who: str) -> None:
    frames: list[str] = []
    headers = {"Host": HOST, "Origin": ORIGIN, **whole.cookie(who)}
    url = f"http://127.0.0.1:{whole.port}/room/{whole.cast.rowan.ids[f'attendance_{who}']}/socket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url, headers=headers) as line:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                while True:
                    frames.append(str((await line.receive()).data))
    assert frames != []
    private = ("Archer", "post.example", "7700900142", "dyslexic", "northmere.example", "Rowan")
    assert [word for word in private if word in " ".join(frames)] == []


async def test_nothing_private_is_written_down_in_logs_or_in_the_clear(whole: Whole) -> None:
    for who in ("parent_b", "officer_b", "adviser_b", "coordinator", "mediator_b"):
        await shown(whole, who)
    await whole.post("/sign-in", fields=[("email", FAMILY_ONLY["mail"])])
    await whole.post("/sign-in", fields=[("email", "mina@evenhand.example")])
    secrets = FAMILY | COUNCIL | {"surname": SURNAME, "child": "Wren", "parent": "Bea", "staff": "mina@"}
    assert [line for line in whole.lines if leaks(str(line), secrets)] == []

    kept = await whole.rows()
    private = [*FAMILY.values(), *COUNCIL.values(), SURNAME, "Wren"]  # names of colleagues and councils may be read
    assert [table for table, rows in kept.items() if any(secret in row for row in rows for secret in private)] == []
