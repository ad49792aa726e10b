"""Who may open what: every page, method, person and case, generated from the table of pages.

The table below says, for what an address names, whose it is. It is this test's own: written from the access matrix
(reliability 3.2), not read from the code. A page that is for anyone has no line in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from database.ids import fingerprint
from meetings import register
from meetings.meeting import AttendanceState, ProofLevel
from pages.cookies import SEAT, STAFF
from pages.page import ANYONE, SIGNED, Page
from pages.page import STAFF as STAFF_ROLES
from pages.routes import ALL
from people import links, sessions
from tests.pages.hostile import PARTIES, forms_of, place_of
from tests.pages.whole_service import PART, VISITOR, Answer, Whole
from tests.pages.whole_story import open_sessions

CASES = ("rowan", "wren")
OF_A_CASE = {"attendance", "draft", "paper", "meeting", "matter", "case", "seat", "council", "locator"}
ADVISER = {"rowan": "adviser", "wren": "adviser_b"}
MEDIATOR = {"rowan": "mediator", "wren": "mediator_b"}
UNPROVED = "unproved"  # came through the officer's link without a code
VOUCHED = "vouched"  # the same, and the mediator has said "I know them"
WITHOUT_CODE = (UNPROVED, VOUCHED)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Somebody, with the case that is theirs where they hold a seat."""

    who: str
    roles: frozenset[str]
    case: str | None = None
    seat: str | None = None

    def in_case(self, case: str) -> bool:
        """Whether they hold a seat in it, and have typed its code."""
        return self.case == case and self.who not in WITHOUT_CODE

    def holds(self, case: str, *words: str) -> bool:
        """Whether they hold one of these seats in it."""
        return self.in_case(case) and self.seat in words


Rule = Callable[[Caller, str], bool]


def coordinates(one: Caller, _: str) -> bool:
    return "coordinator" in one.roles


def advises(one: Caller, case: str) -> bool:
    return one.who == ADVISER[case]


def mediates(one: Caller, case: str) -> bool:
    return one.who == MEDIATOR[case]


def works_on_it(one: Caller, case: str) -> bool:
    return coordinates(one, case) or advises(one, case) or mediates(one, case)


def is_party(one: Caller, case: str) -> bool:
    return one.holds(case, "parent", "officer", "school")


def at_their_place(one: Caller, case: str) -> bool:
    """Addresses of a place in a meeting are made for the caller's own seat in `place_of`, else for the parent's."""
    return one.case == case and one.seat is not None


def confirmed_at_their_place(one: Caller, case: str) -> bool:
    # Whoever came without a code stays out where the person of that seat has already shown who they are.
    return at_their_place(one, case) and one.who != UNPROVED


OWN: dict[str, Rule] = {
    "attendance": confirmed_at_their_place,
    "draft": is_party,
    "paper": is_party,
    "meeting": mediates,
    "matter": advises,
    "case": coordinates,
    "account": coordinates,
    "absence": coordinates,
    "council": coordinates,
    "venue": coordinates,
    "message": coordinates,
    "seat": coordinates,
}
PAGES: dict[str, Rule] = {
    "authority-case": lambda one, case: one.holds(case, "officer"),
    "desk-case": works_on_it,
    "desk-paper": works_on_it,
    "family-yes": lambda one, case: coordinates(one, case) or advises(one, case),
    "desk-contact": lambda one, case: coordinates(one, case) or mediates(one, case),
    "advice-certificate": lambda one, case: coordinates(one, case) or advises(one, case),
    "advice-certificate-again": lambda one, case: coordinates(one, case) or advises(one, case),
    "advice-facts": lambda one, case: coordinates(one, case) or advises(one, case),
    "advice-paper": lambda one, case: coordinates(one, case) or advises(one, case),
    "mediator-paper": mediates,
    "mediator-contact": mediates,
    "desk-meeting": coordinates,
    "desk-cancel": coordinates,
    "desk-move": coordinates,
    "desk-colleague-add": coordinates,
    "desk-colleague-away": coordinates,
    "desk-trainee-yes": coordinates,
    "desk-live": coordinates,
    "desk-live-seen": coordinates,
    # The hours and days off are those of `spare`, a mediator.
    "desk-hours": lambda one, case: coordinates(one, case) or one.who == "spare",
    "desk-absence": lambda one, case: coordinates(one, case) or one.who == "spare",
    "desk-absence-remove": lambda one, case: coordinates(one, case) or one.who == "spare",
}
# Whoever came through a link without a code may wait at its door; but the officer of this seat has been let in already.
UNPROVED_MAY = frozenset({"seat-home", "seat-code", "leave"})
# Whom the mediator knows may be in this one meeting: at its door and in its room.
MEETING = frozenset({"door", "equipment", "who", "hearing", "waiting", "meeting-over"})
ROOM = frozenset({"room", "room-socket", "room-token", "room-leave"})
VOUCHED_MAY = UNPROVED_MAY | MEETING | ROOM
MAY_WITHOUT_CODE = {UNPROVED: UNPROVED_MAY, VOUCHED: VOUCHED_MAY}
NEEDS_MORE = frozenset({"desk-book", "desk-move"})  # opens with the time that is to be booked in its address
# Without a video server there is no token to be had: the same word for everybody whose kind of page it is.
SAYS_NO_VIDEO = frozenset({"room-token", "sitting-token"})


def everybody(whole: Whole) -> list[Caller]:
    """Everybody who may come."""
    staff = [Caller(who=who, roles=frozenset(map(str, one.roles))) for who, one in whole.cast.staff.items()]
    seats = [
        Caller(
            who=who,
            roles=frozenset({PARTIES[word]}),
            case="rowan" if case is whole.cast.rowan else "wren",
            seat=word,
        )
        for who, (case, word) in whole.cast.seat_roles().items()
    ]
    return [
        Caller(who=VISITOR, roles=frozenset()),
        Caller(who="pending", roles=frozenset({"mediator"})),
        *(Caller(who=who, roles=frozenset({"LA"}), case="rowan", seat="officer") for who in WITHOUT_CODE),
        *staff,
        *seats,
    ]


def named(page: Page) -> list[str]:
    """What the address names."""
    return PART.findall(page.path)


def may(one: Caller, page: Page, case: str) -> bool:
    """Whether this person may have this page of this case."""
    if page.who in (ANYONE, SIGNED):
        return True
    if one.who == "pending" and not page.pending:
        return False
    if not one.roles & page.who:
        return False
    if one.who in WITHOUT_CODE and page.name not in MAY_WITHOUT_CODE[one.who]:
        return False
    if "paper" in named(page) and case == "rowan":
        return False  # no paper has been made there yet
    rules = [PAGES[page.name]] if page.name in PAGES else [OWN[part] for part in named(page) if part in OWN]
    return all(rule(one, case) for rule in rules)


def refused(answer: Answer) -> bool:
    """Whether somebody was sent away: to sign in, or with a page that tells nothing."""
    return answer.status in (403, 404) or answer.location in ("/sign-in", "/second-factor")


# What the pages of a case would tell to whoever may not see them.
TELLING = {"rowan": ("Rowan", "Tessa", "Northmere"), "wren": ("Wren", "Bea Q", "Lindale")}


def tells(answer: Answer, case: str) -> bool:
    """Whether an answer names anybody of the case."""
    return any(word in answer.text for word in TELLING[case])


@dataclass(frozen=True, kw_only=True)
class Try:
    """One request of somebody, with what should come of it."""

    page: Page
    method: str
    who: str
    case: str
    path: str
    allowed: bool
    theirs: bool  # a case of their own, whose names stand in the head of every page

    def wrong(self, answer: Answer) -> bool:
        """Whether the answer is not what it should be."""
        if self.page.name in SAYS_NO_VIDEO:
            return answer.status == 200 and answer.text != '{"video": false}'
        if self.allowed:
            return refused(answer) and self.page.name not in NEEDS_MORE
        return not refused(answer) or (not self.theirs and tells(answer, self.case))

    def __str__(self) -> str:
        return f"{self.method} {self.page.name} as {self.who} ({self.case}), allowed: {self.allowed}"


def tries(whole: Whole, method: str) -> Iterator[Try]:
    """Every page with every person and both cases; pages that name nothing, once."""
    for page in ALL:
        if (page.get if method == "GET" else page.post) is None:
            continue
        for one in everybody(whole):
            for case in CASES if OF_A_CASE & {*named(page)} else CASES[:1]:
                yield Try(
                    page=page,
                    method=method,
                    who=one.who,
                    case=case,
                    path=place_of(whole, page, one.seat or one.who, case),
                    allowed=may(one, page, case),
                    theirs=one.case == case,
                )


async def without_code(whole: Whole) -> None:
    """Two came through the officer's link, asking to be let in; the mediator vouched for one of them."""
    case = whole.cast.rowan
    async with whole.database.write() as db:
        for who, proof in ((UNPROVED, ProofLevel.NOT_CONFIRMED), (VOUCHED, ProofLevel.VOUCHED)):
            whole.cast.secrets[who] = await sessions.open_seat(
                db,
                seat_id=case.seats["officer"].id,
                case_id=case.ids["case"],
                attendance_id=case.ids["attendance_officer"],
                proof=proof,
                now=whole.cast.moment,
            )


async def test_every_page_opens_to_those_it_is_for_and_to_nobody_else(whole: Whole) -> None:
    await without_code(whole)
    found = []
    for one in tries(whole, "GET"):
        answer = await whole.get(one.path, one.who)
        if one.wrong(answer):
            found.append(f"{one}: {answer.status} {answer.location}")
    assert found == [], "\n".join(found)
    assert whole.faults() == []


async def test_a_place_in_a_meeting_is_for_its_own_person_alone(whole: Whole) -> None:
    await without_code(whole)
    doors = [page for page in ALL if named(page) == ["attendance"]]
    found = []
    for one in everybody(whole):
        for other in (whole.cast.wren if one.case == "wren" else whole.cast.rowan).seats:
            if one.seat is None or one.who == UNPROVED or other == one.seat:
                continue
            for page in doors:
                path = whole.address(page, one.case or "", seat=other)
                for method in ("GET", "POST", "HEAD"):
                    answer = await whole.ask(method, path, one.who)
                    plain = answer.status in (404, 405) or answer.text == '{"video": false}'
                    found += [] if plain else [f"{method} {page.name} of {other} as {one.who}: {answer.status}"]
    assert found == [], "\n".join(found)


async def test_whoever_waits_without_a_code_sees_the_door_and_nothing_else(whole: Whole) -> None:
    await without_code(whole)
    case = whole.cast.rowan
    async with whole.database.write() as db:
        place = await register.load_attendance(db, case.ids["attendance_officer"])
        await register.move_attendance(db, place, AttendanceState.LEFT, left_at=whole.cast.moment)
        await register.note_attendance(db, place.id, proof=None)
    opened = []
    for page in ALL:
        if page.get is None or page.who == ANYONE:
            continue
        answer = await whole.get(place_of(whole, page, "officer", "rowan"), UNPROVED)
        opened += [] if refused(answer) else [page.name]
        assert not any(word in answer.text for word in ("Rowan", "Tessa")), page.name
    assert opened == ["seat-home", "seat-code", "door", "equipment", "hearing", "waiting", "meeting-over"]


async def test_whom_the_mediator_knows_is_in_the_meeting_and_all_else_asks_for_the_code(whole: Whole) -> None:
    await without_code(whole)
    case, found = whole.cast.rowan, []
    for page in ALL:
        if "LA" not in page.who:
            continue
        path, asks = place_of(whole, page, "officer", "rowan"), page.name not in VOUCHED_MAY
        for method in ("GET", "POST"):
            if (page.get if method == "GET" else page.post) is None or (method == "POST" and not asks):
                continue
            answer = await whole.ask(method, path, VOUCHED)
            refusal = answer.status == 403 and "opens with a code" in answer.text and "/mine/code" in answer.text
            found += [] if refusal is asks else [f"{method} {page.name}: {answer.status}"]
            found += [f"{page.name} tells"] if asks and tells(answer, "rowan") and answer.status != 403 else []
    assert found == [], "\n".join(found)
    async with whole.database.read() as db:
        link = await links.of_attendance(db, case.ids["attendance_officer"])
    assert link is not None
    assert (await whole.get("/mine/code", VOUCHED)).location == f"/j/{link.locator}"


STAFF_WORDS = ("coordinator", "adviser", "mediator", "administrator", "data_lead")
SEAT_WORDS = ("parent", "officer", "school_b")


async def over(whole: Whole, who: str, *, ended: bool) -> str:
    """The cookie of a session of this person that is over: signed out, or too old."""
    moment = whole.cast.moment if ended else whole.cast.moment - timedelta(hours=13)
    async with whole.database.write() as db:
        if who in STAFF_WORDS:
            one = whole.cast.staff[who]
            secret = await sessions.open_staff(db, one.id, second_factor=True, device="test", now=moment)
            if ended:
                await sessions.end_staff(db, fingerprint(secret), now=moment)
            return f"{STAFF}:{secret}"
        case, seat = whole.cast.seat_roles()[who]
        secret = await sessions.open_seat(
            db,
            seat_id=case.seats[seat].id,
            case_id=case.ids["case"],
            attendance_id=case.ids[f"attendance_{seat}"],
            proof=ProofLevel.MAIL,
            now=moment,
        )
        if ended:
            await sessions.end_seat(db, fingerprint(secret), now=moment)
        return f"{SEAT}:{secret}"


async def borrowed(whole: Whole, who: str) -> str:
    """The secret of this person under the name of the other kind of cookie."""
    return f"{SEAT if who in STAFF_WORDS else STAFF}:{whole.cast.secrets[who]}"


@pytest.mark.parametrize("kind", ["ended", "expired", "borrowed"])
async def test_a_session_that_is_over_or_of_another_kind_is_none(whole: Whole, kind: str) -> None:
    found = []
    for who in (*STAFF_WORDS, *SEAT_WORDS):
        cookie = await borrowed(whole, who) if kind == "borrowed" else await over(whole, who, ended=kind == "ended")
        for page in ALL:
            if page.who in (ANYONE, SIGNED):
                continue
            path = place_of(whole, page, who, "wren" if who.endswith("_b") else "rowan")
            for method in ("GET", "POST"):
                if (page.get if method == "GET" else page.post) is None:
                    continue
                answer = await whole.ask(method, path, cookie)
                as_visitor = answer.location == "/sign-in" if page.who <= STAFF_ROLES else answer.status == 403
                found += [] if as_visitor else [f"{method} {page.name} as {who}: {answer.status} {answer.location}"]
    assert found == [], "\n".join(found)


async def test_nobody_changes_what_is_not_theirs(whole: Whole) -> None:
    await without_code(whole)
    forms = await forms_of(whole)
    before, found = await whole.rows(), []
    for one in tries(whole, "POST"):
        if one.allowed:
            continue
        fields = next((form.fields for form in forms.get(one.path, [])), [])
        answer = await whole.post(one.path, one.who, fields)
        if one.wrong(answer):
            found.append(f"{one}: {answer.status} {answer.location}")
    assert found == [], "\n".join(found)
    assert await whole.rows() == before
    assert whole.faults() == []


async def test_whoever_may_change_something_is_heard(whole: Whole) -> None:
    found = []
    for one in tries(whole, "POST"):
        if not one.allowed or one.page.who in (ANYONE, SIGNED) or one.who in (*WITHOUT_CODE, "spare"):
            continue  # `spare` is the one who is switched off
        await open_sessions(whole.database, whole.cast)  # the one before may have signed somebody out
        answer = await whole.post(one.path, one.who)
        found += [f"{one}: {answer.status} {answer.location}"] if one.wrong(answer) else []
    assert found == [], "\n".join(found)
    assert whole.faults() == []
