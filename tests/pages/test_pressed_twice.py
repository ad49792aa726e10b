"""A button pressed twice: every form of the service, sent and then sent again as it was, does what it asks for once.

Most forms are taken from the pages that offer them. For the others somebody must first have done something: `PREPARED`.
"""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import pyotp
import pytest
from livekit import api
from sqlalchemy import select, update

from cases.schema import matter
from cases.states import MatterState
from database.ids import new_id
from meetings import register
from meetings.meeting import AttendanceState
from meetings.room.asks import Tell, Tick
from meetings.room.floor import SeatKey
from meetings.room.told import What
from meetings.room.turns import take_turn
from meetings.room.video import VideoSettings
from notifications.retries import State
from notifications.schema import message
from pages.cookies import BROWSER
from pages.page import Page
from pages.routes import ALL
from records.prints import PaperState
from records.schema import paper
from tests.pages import whole_service
from tests.pages.conftest import Told, copy_of_story
from tests.pages.hostile import Fields, Forms, Offered, filled, forms_in, forms_of
from tests.pages.whole_service import HOST, ORIGIN, VISITOR, Answer, Whole, code_of
from tests.pages.whole_story import Cast
from tests.people.authenticator import Authenticator
from tests.people.samples import TOTP_SECRET, with_app

MOST_OF_ONE_ADDRESS, MOST_OF_ONE_PAGE = 2, 8
POSTS = [page for page in ALL if page.post is not None and page.name != "video-hook"]  # which has a test of its own
KEY = "form_key"
# A try is counted whatever comes of it, so that nobody guesses codes; that is no effect of a form.
TRIES = "attempt"

# What a page has no reason to change, so that a second time is nothing to speak of.
CHANGES_NOTHING = {
    "room-token": "without a video server it says so",
    "sitting-token": "likewise",
    "certificate-check": "is a question",
    "sitting-leave": "leads back to the doors; the sitting goes on",
}
# Where the second press does something again: to which tables, how many rows more, and why that is right.
CODE = {"audit": 1, "audit_head": 0, "challenge": 1, "message": 1}
AGAIN: dict[str, tuple[dict[str, int], str]] = {
    "enquire": ({"data_key": 0, "unfinished_enquiry": 0}, "the same answers are sealed anew in place of the first"),
    "join": (
        CODE,
        "it asks for a code, in the browser that the answer marks: the first answer may not have arrived",
    ),
    "join-unproved": (
        {"audit": 1, "audit_head": 0, "seat_session": 1},
        "the first answer's secret may not have arrived and cannot be told again: its session ends, another begins",
    ),
    "signin": (CODE, "it asks for a code, as join does"),
    "passkey-options": ({"staff_session": 0}, "each question to a passkey is a fresh one, in place of the last"),
}
# What the pages leave open, where the first of several answers does not go with the others.
ANSWERS = {
    "mediator-draft": {"kind": "voluntary", "by": "other"},
    "mediator-rest": {"review": "Mina Farrow, by phone"},
    "certificate-check": {"number": "EH-2026-00001", "code": "abcdefgh"},
    "signin": {"email": "mina@evenhand.example"},
}


@dataclass(frozen=True, kw_only=True)
class Press:
    """One request, as a browser would send it again."""

    path: str
    who: str = VISITOR
    fields: Fields = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    async def send(self, whole: Whole) -> Answer:
        """The answer to it."""
        body = urlencode(self.fields).encode() if self.body is None else self.body
        return await whole.ask("POST", self.path, self.who, headers=dict(self.headers), body=body)


def filled_in(form: Offered, page: str) -> Press:
    """The form as a person might fill it in; what it leaves open is answered last, where nothing else is."""
    answers = ANSWERS.get(page, {})
    fields = [(name, answers.get(name, value)) for name, value in filled(form.fields)]
    fields += [(name, value) for name, value in answers.items() if name not in dict(fields)]
    return Press(path=form.address, who=form.who, fields=fields)


def offered(forms: Forms, page: Page) -> list[Press]:
    """The forms of the page, no two that name the same, and not too many of one case."""
    address = re.compile(re.sub(r"\{\w+(?::((?:[^{}]|\{\d+\})*))?\}", r"(?:\1)", page.path))
    found: list[Press] = []
    for path, those in forms.items():
        if address.fullmatch(path):
            presses = [filled_in(form, page.name) for form in those]
            named = {str([pair for pair in one.fields if pair[0] != KEY]) + one.path: one for one in presses}
            found += list(named.values())[:MOST_OF_ONE_ADDRESS]
    return found[:MOST_OF_ONE_PAGE]


async def shown(whole: Whole, where: str, who: str, to: str, **more: str) -> Press:
    """The form that leads to this address, on the page where this person is shown it now."""
    answer = await whole.ask("GET", where, who, headers={**more})
    found = [one for one in forms_in(answer.text, here=where, who=who) if one.address.partition("?")[0] == to]
    assert found != [], f"{where} offers {who} no form to {to}: {answer.status}"
    return replace(filled_in(found[0], ""), headers=more)


async def done(whole: Whole, press: Press) -> None:
    """What had to be done before."""
    answer = await press.send(whole)
    assert answer.status == 303, (press, answer.status, re.findall(r'href="#[^"]*">([^<]*)', answer.text))


MARK = {"Cookie": f"__Host-{BROWSER}={'m' * 43}"}  # of a browser that has been here before


async def _enquire(whole: Whole, _: Forms) -> list[Press]:
    return [await shown(whole, "/enquire/decision", VISITOR, "/enquire/decision", **MARK)]


async def _enquire_check(whole: Whole, _: Forms) -> list[Press]:
    for step in ("decision", "letter", "who", "reach", "needs"):
        await done(whole, await shown(whole, f"/enquire/{step}", VISITOR, f"/enquire/{step}", **MARK))
    return [await shown(whole, "/enquire/check", VISITOR, "/enquire/check", **MARK)]


async def _join_code(whole: Whole, _: Forms) -> list[Press]:
    path = f"/j/{whole.cast.rowan.locators['officer']}"
    await done(whole, Press(path=path, headers=MARK))
    return [Press(path=f"{path}/code", headers=MARK, fields=[("code", await code_of(whole, "seat_code"))])]


async def _signin_code(whole: Whole, _: Forms) -> list[Press]:
    await done(whole, Press(path="/sign-in", headers=MARK, fields=[("email", "mina@evenhand.example")]))
    return [Press(path="/sign-in/code", headers=MARK, fields=[("code", await code_of(whole, "staff_code"))])]


async def _second_factor(whole: Whole, _: Forms) -> list[Press]:
    async with whole.database.write() as db:
        await with_app(db, whole.cast.staff["spare"], whole.cast.moment)
    code = pyotp.TOTP(TOTP_SECRET).at(whole.cast.moment)
    return [Press(path="/second-factor", who="pending", fields=[("code", code)])]


async def _enrol(whole: Whole, _: Forms) -> list[Press]:
    key = re.search(r'Key: <span class="eh-code">([A-Z2-7 ]+)<', (await whole.get(ENROL, "coordinator")).text)
    assert key is not None
    code = pyotp.TOTP(key[1].replace(" ", "")).at(whole.cast.moment)
    return [Press(path=ENROL, who="coordinator", fields=[("code", code)])]


AS_JSON = {"Content-Type": "application/json"}
MAKING = b'{"asked": "create"}'


async def _passkey_options(*_: object) -> list[Press]:
    return [Press(path="/second-factor/passkey/options", who="coordinator", headers=AS_JSON, body=MAKING)]


async def _passkey_answer(whole: Whole, _: Forms) -> list[Press]:
    asked = await whole.ask("POST", "/second-factor/passkey/options", "coordinator", headers=dict(AS_JSON), body=MAKING)
    made = Authenticator(host=HOST, origin=ORIGIN).make(asked.text)
    body = json.dumps({**made, "asked": "create"}).encode()
    return [Press(path="/second-factor/passkey/answer", who="coordinator", headers=AS_JSON, body=body)]


async def _hearing(whole: Whole, forms: Forms) -> list[Press]:
    """The parent had gone out, and comes back."""
    place_id = whole.cast.rowan.ids["attendance_parent"]
    async with whole.database.write() as db:
        place = await register.load_attendance(db, place_id)
        await register.move_attendance(db, place, AttendanceState.LEFT, left_at=whole.cast.moment)
    return [filled_in(forms[f"/room/{place_id}/hearing"][0], "hearing")]


async def _of_the_rooms_own_page(whole: Whole, what: str, who: str) -> list[Press]:
    ids = whole.cast.rowan.ids
    where = f"/mediator/sitting/{ids['meeting']}" if who == "mediator" else f"/room/{ids['attendance_parent']}"
    return [Press(path=f"{where}/{what}", who=who)]


async def _sol(whole: Whole) -> str:
    """The matter of the enquiry that nobody had yet: Joy has it now."""
    async with whole.database.read() as db:
        told = await db.first(select(matter).where(matter.c.state == MatterState.ENQUIRY))
    assert told is not None
    where = f"/desk/case/{told.case_id}/assign"
    adviser = [("duty", "adviser"), ("account", whole.cast.staff["adviser"].id)]
    await done(whole, Press(path=where, who="coordinator", fields=adviser))
    return f"/advice/{told.id}"


async def _advice_call(whole: Whole, _: Forms) -> list[Press]:
    where = await _sol(whole)
    return [await shown(whole, f"{where}/call", "adviser", f"{where}/call")]


async def _advice_choice(whole: Whole, _: Forms) -> list[Press]:
    where = await _sol(whole)
    await done(whole, await shown(whole, f"{where}/call", "adviser", f"{where}/call"))
    return [await shown(whole, f"{where}/choice", "adviser", f"{where}/choice")]


async def _certificate(whole: Whole, forms: Forms) -> list[Press]:
    choice = (await _advice_choice(whole, forms))[0]
    declined = [(name, "declined" if name == "choice" else value) for name, value in choice.fields]
    await done(whole, replace(choice, fields=declined))
    where = choice.path.replace("choice", "certificate")
    return [await shown(whole, where, "adviser", where)]


async def _failed(whole: Whole, kind: str) -> None:
    async with whole.database.write() as db:
        lost = update(paper).where(paper.c.id == whole.cast.wren.ids[f"paper_{kind}"])
        await db.execute(lost.values(state=PaperState.FAILED))


async def _certificate_again(whole: Whole, _: Forms) -> list[Press]:
    await _failed(whole, "certificate")
    where = f"/advice/{whole.cast.wren.ids['matter']}/certificate"
    return [await shown(whole, where, "adviser_b", f"{where}/again")]


async def _record_again(whole: Whole, _: Forms) -> list[Press]:
    await _failed(whole, "record")
    where = f"/mediator/{whole.cast.wren.ids['meeting']}/close"
    return [await shown(whole, where, "mediator_b", f"{where}/again")]


async def _seal(whole: Whole, _: Forms) -> list[Press]:
    ids = whole.cast.rowan.ids
    for who, home in (("parent", "my"), ("officer", "authority")):
        where = f"/{home}/draft/{ids['draft']}"
        await done(whole, await shown(whole, where, who, where))
    close = f"/mediator/{ids['meeting']}/close"
    await done(whole, Press(path=close, who="mediator", fields=[("outcome", "full")]))
    return [await shown(whole, close, "mediator", f"{close}/seal")]


async def _draft_send(whole: Whole, forms: Forms) -> list[Press]:
    where = f"/mediator/{whole.cast.rowan.ids['meeting']}/draft"
    await done(whole, filled_in(forms[where][0], "mediator-draft"))
    return [await shown(whole, where, "mediator", f"{where}/send")]


async def _person_on(whole: Whole, _: Forms) -> list[Press]:
    where = f"/desk/people/{whole.cast.staff['spare'].id}"
    await done(whole, await shown(whole, where, "coordinator", f"{where}/off"))
    return [await shown(whole, where, "coordinator", f"{where}/on")]


async def _person_reset(whole: Whole, _: Forms) -> list[Press]:
    where = f"/desk/people/{whole.cast.staff['spare'].id}"
    async with whole.database.write() as db:
        await with_app(db, whole.cast.staff["spare"], whole.cast.moment)
    return [await shown(whole, where, "coordinator", f"{where}/reset")]


async def _message_done(whole: Whole, _: Forms) -> list[Press]:
    one = whole.cast.shared["message"]
    async with whole.database.write() as db:
        await db.execute(update(message).where(message.c.id == one).values(state=State.FAILED, error="unknown"))
    return [await shown(whole, "/desk/messages", "coordinator", f"/desk/messages/{one}/done")]


async def _seat_revoke(whole: Whole, _: Forms) -> list[Press]:
    where = f"/desk/case/{whole.cast.wren.ids['case']}/people/{whole.cast.wren.ids['seat_supporter']}"
    return [await shown(whole, where, "coordinator", f"{where}/revoke")]


async def _family_yes(whole: Whole, forms: Forms) -> list[Press]:
    """Somebody rang for a family."""
    told = {"you": "helper", "family": "Ada Moor", "own_phone": "07700 900322"}
    blank = filled_in(forms["/desk/enquiry"][0], "desk-enquiry")
    kept = [(name, value) for name, value in blank.fields if name not in told]
    answer = await replace(blank, fields=[*kept, *told.items()]).send(whole)
    assert answer.status == 303, re.findall(r'href="#[^"]*">([^<]*)', answer.text)
    return [await shown(whole, f"{answer.location}/yes", "coordinator", f"{answer.location}/yes")]


ENROL = "/second-factor/set-up"


async def _with_trainee(whole: Whole, forms: Forms) -> str:
    """The page of a meeting to which somebody has been added as a trainee."""
    for path, those in forms.items():
        if path.endswith("/add/co-mediator") and whole.cast.rowan.ids["meeting"] not in path:
            add = path.replace("co-mediator", "trainee")
            press = await shown(whole, add, those[0].who, add)
            await done(whole, press)
            return path.removesuffix("/add/co-mediator")
    raise AssertionError("nobody can be added anywhere")


async def _colleague_away(whole: Whole, forms: Forms) -> list[Press]:
    page = await _with_trainee(whole, forms)
    return [await shown(whole, page, "coordinator", f"{page}/without")]


async def _trainee_yes(whole: Whole, forms: Forms) -> list[Press]:
    page = await _with_trainee(whole, forms)
    return [await shown(whole, page, "coordinator", f"{page}/trainee-yes")]


async def _told_and_seen(whole: Whole, _: Forms) -> list[Press]:
    """Somebody in the room that is open has told the mediator something, and nobody has seen it for a minute."""
    meeting, parent = whole.cast.rowan.ids["meeting"], whole.cast.rowan.ids["attendance_parent"]
    async with whole.database.write() as db:
        told = Tell(by=SeatKey(parent), op="op-told", what=What.LOST)
        floor = await take_turn(db, meeting, told, now=whole.cast.moment)
        await take_turn(db, meeting, Tick(), now=floor.at + floor.numbers.unseen)
    return [await shown(whole, f"/desk/meeting/{meeting}/live", "coordinator", f"/desk/meeting/{meeting}/live/seen")]


PREPARED: Mapping[str, Callable[[Whole, Forms], Awaitable[list[Press]]]] = {
    "enquire": _enquire,
    "enquire-check": _enquire_check,
    "join-code": _join_code,
    "signin-code": _signin_code,
    "second-factor": _second_factor,
    "enrol": _enrol,
    "passkey-options": _passkey_options,
    "passkey-answer": _passkey_answer,
    "hearing": _hearing,
    "room-token": lambda whole, _: _of_the_rooms_own_page(whole, "token", "parent"),
    "room-leave": lambda whole, _: _of_the_rooms_own_page(whole, "leave", "parent"),
    "sitting-token": lambda whole, _: _of_the_rooms_own_page(whole, "token", "mediator"),
    "sitting-leave": lambda whole, _: _of_the_rooms_own_page(whole, "leave", "mediator"),
    "advice-call": _advice_call,
    "advice-choice": _advice_choice,
    "advice-certificate": _certificate,
    "advice-certificate-again": _certificate_again,
    "mediator-close-seal": _seal,
    "mediator-close-again": _record_again,
    "mediator-draft-send": _draft_send,
    "desk-person-on": _person_on,
    "desk-person-reset": _person_reset,
    "desk-message-done": _message_done,
    "desk-seat-revoke": _seat_revoke,
    "desk-colleague-away": _colleague_away,
    "desk-trainee-yes": _trainee_yes,
    "desk-live-seen": _told_and_seen,
    "family-yes": _family_yes,
}


def gathered(url: str, cast: Cast) -> Forms:
    """What the pages offer at the moment of the story; its copies all have the same ids."""

    async def gather() -> Forms:
        async with whole_service.serving(url, cast) as whole:
            return await forms_of(whole)

    return asyncio.run(gather())


@pytest.fixture(scope="session")
def forms(request: pytest.FixtureRequest, told_sqlite: Told, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """The forms of the story on SQLite."""
    with copy_of_story(request, "sqlite", tmp_path_factory.mktemp("forms")) as (url, _):
        return gathered(url, told_sqlite.cast)


@pytest.fixture(scope="session")
def forms_postgresql(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """The forms of the story on PostgreSQL."""
    with copy_of_story(request, "postgresql", tmp_path_factory.mktemp("forms")) as story:
        return gathered(*story)


def grown(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> dict[str, int]:
    """The tables that changed, and how many rows more each of them holds."""
    return {
        table: len(rows) - len(before[table])
        for table, rows in after.items()
        if rows != before[table] and table != TRIES
    }


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What came of a form that was sent twice: both answers, and what each did to the tables."""

    answers: tuple[Answer, Answer]
    did: dict[str, int]
    did_again: dict[str, int]

    def heard(self) -> bool:
        """Whether the first was carried out; that its key is kept is no effect."""
        return self.answers[0].status < 400 and bool(self.did.keys() - {KEY})

    def total(self) -> dict[str, int]:
        """What both did together."""
        return {table: self.did.get(table, 0) + self.did_again.get(table, 0) for table in self.did | self.did_again}

    def alike(self) -> bool:
        """Whether the second leads to where the first led."""
        first, again = self.answers
        return (first.status, first.location) == (again.status, again.location)


async def twice(whole: Whole, press: Press) -> Pressed:
    """The very same request goes out twice."""
    before = await whole.rows()
    first = await press.send(whole)
    between = await whole.rows()
    again = await press.send(whole)
    after = await whole.rows()
    return Pressed(answers=(first, again), did=grown(before, between), did_again=grown(between, after))


@pytest.mark.parametrize("page", POSTS, ids=[page.name for page in POSTS])
async def test_a_form_that_is_sent_twice_is_carried_out_once(whole: Whole, page: Page, forms: Forms) -> None:
    prepare, again = PREPARED.get(page.name), AGAIN.get(page.name, ({}, ""))[0]
    heard = 0
    for press in await prepare(whole, forms) if prepare else offered(forms, page):
        found = await twice(whole, press)
        assert max(one.status for one in found.answers) < 500, press
        assert found.did_again.items() <= again.items(), press
        if found.heard():
            heard += 1
            assert found.did_again == again, f"what AGAIN says of {page.name} is no longer so"
            assert found.alike() or KEY not in dict(press.fields), press

    assert bool(heard) is (page.name not in CHANGES_NOTHING)
    assert whole.faults() == []


async def at_once(whole: Whole, press: Press) -> Pressed:
    """The very same request goes out twice, the second before the first is answered."""
    before = await whole.rows()
    first, again = await asyncio.gather(press.send(whole), press.send(whole))
    return Pressed(answers=(first, again), did=grown(before, await whole.rows()), did_again={})


@pytest.mark.parametrize("page", POSTS, ids=[page.name for page in POSTS])
async def test_a_form_that_is_sent_twice_at_once_does_no_more(
    request: pytest.FixtureRequest, tmp_path: Path, page: Page, forms_postgresql: Forms
) -> None:
    prepare, did = PREPARED.get(page.name), []
    for way in (twice, at_once):
        with copy_of_story(request, "postgresql", tmp_path) as story:
            async with whole_service.serving(*story) as whole:
                presses = await prepare(whole, forms_postgresql) if prepare else offered(forms_postgresql, page)
                did.append([await way(whole, press) for press in presses])
                assert whole.faults() == []

    assert max(one.status for ways in did for found in ways for one in found.answers) < 500
    for one_after_another, together in zip(*did, strict=True):
        assert together.total() == one_after_another.total()


async def test_a_report_of_the_video_server_is_heard_once(sqlite_story: tuple[str, Cast]) -> None:
    video = VideoSettings(url="ws://127.0.0.1:9", api_key="key", api_secret="s" * 32)
    body = json.dumps({"id": "EV_1", "event": "room_finished", "room": {"name": new_id()}}).encode()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    signed = api.AccessToken(video.api_key, video.api_secret).with_sha256(digest).to_jwt()
    press = Press(path="/hooks/video", headers={"Authorization": signed, "Content-Type": "application/json"}, body=body)

    async with whole_service.serving(*sqlite_story, video=video) as whole:
        found = await twice(whole, press)

    assert [one.status for one in found.answers] == [200, 200]
    assert (found.did, found.did_again) == ({"webhook_event": 1}, {})
