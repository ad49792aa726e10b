"""Edge: one case: the step that comes now, its story, dates, people, access needs, messages, meetings and papers.

Coordinators see every case; an adviser and a mediator the ones that are theirs, less what the table of access denies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from cases import file, holiday_list, work
from cases.case import Side
from cases.dossier import CaseFile, Duty, Happened, Holder, Matter, Seat
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from meetings import register
from meetings.meeting import MeetingState
from meetings.register import LIVE, Meeting
from notifications import outbox
from pages import paper_pages
from pages.coordinator import case_dates, deliveries
from pages.coordinator.case_step import Step, step_of
from pages.coordinator.desk_words import (
    HOW,
    MEETING_TAGS,
    Tag,
    happened_words,
    letters,
    needs_words,
    phone_word,
    side_word,
)
from pages.coordinator.today import Standing
from pages.keys import DATABASE, now, person
from pages.page import ADVISER, COORDINATOR, MEDIATOR, Page
from pages.rendering import render
from people import accounts
from people.access import SATISFIES, NotFound, Person, Relation, require
from people.matrix import MATRIX, Cell
from people.roles import Role
from records import papers
from records.prints import PaperKind, PaperState

CASE_WORKERS = COORDINATOR | ADVISER | MEDIATOR
WITH_REASON = frozenset({Cell.REASON, Cell.SECOND})
PAPER_WORDS = {
    PaperKind.CERTIFICATE: "Certificate",
    PaperKind.RECORD: "Record of what was agreed",
    PaperKind.RECORD_LARGE: "The record in large print",
}
PAPER_TAGS: dict[PaperState, Tag] = {
    PaperState.WAITING: ("wait", "Being made"),
    PaperState.MADE: ("done", "Ready"),
    PaperState.FAILED: ("failed", "Could not be made"),
}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case with its newest matter, as every page of the case needs it."""

    case: CaseFile
    matter: Matter
    seats: Sequence[Seat]
    holders: dict[Duty, Holder]
    meetings: Sequence[Meeting]
    calendar: Calendar
    relation: Relation

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is booked or goes on; the latest where there are several."""
        live = [meeting for meeting in self.meetings if meeting.state in LIVE]
        return live[-1] if live else None

    @property
    def met_on(self) -> date | None:
        """The day of the meeting that is booked, or that was held last."""
        kept = [meeting for meeting in self.meetings if meeting.state is not MeetingState.CANCELLED]
        return day_of(kept[-1].starts) if kept else None


async def opened(db: Transaction, case_id: str, person_: Person) -> Opened:
    """The case, for whom it is; NotFound for everybody else."""
    relation = await work.relation(db, person_, case_id)
    require(person_, "case.read", relation=relation)
    case = await file.load_case(db, case_id)
    matters = await file.matters_of(db, case_id)
    if not matters:
        raise NotFound
    return Opened(
        case=case,
        matter=matters[-1],
        seats=await file.seats_of(db, case_id),
        holders=await work.holders_of(db, matters[-1].id),
        meetings=await register.of_matter(db, matters[-1].id),
        calendar=await holiday_list.calendar(db),
        relation=relation,
    )


def plainly(person_: Person, row: str, relation: Relation) -> bool:
    """Whether the person may, without having to give a reason first."""
    cells = (MATRIX[row][code] for code in person_.codes)
    return any(relation in SATISFIES[cell] for cell in cells if cell not in WITH_REASON)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A person of the case as a list shows them; phone and email only for who may read them."""

    id: str
    letter: str
    word: str
    name: str
    title: str
    standing: str
    phone: str | None
    email: str | None
    address: str | None
    ways: str
    note: str | None


def people_of(seats: Sequence[Seat], *, contact: bool) -> list[Shown]:
    """Everybody with a seat, side by side, in the order of their sides' arrival."""
    given = letters(seat.side for seat in seats)
    order = list(given)
    ordered = sorted(seats, key=lambda seat: (seat.side is Side.NOBODY, order.index(seat.side)))
    return [
        Shown(
            id=seat.id,
            letter=given[seat.side],
            word=side_word(seat.side),
            name=seat.name,
            title=seat.title if seat.after_name else "",
            standing=seat.party.words,
            phone=phone_word(seat.phone) if contact else None,
            email=seat.email if contact else None,
            address=seat.address if contact else None,
            ways=", ".join(way.words for way in seat.reach) if contact else "",
            note=seat.reach_note if contact else None,
        )
        for seat in ordered
    ]


def needs_of(seats: Sequence[Seat]) -> list[dict[str, str]]:
    """What would make it easier, person by person; those who said nothing are left out."""
    given = letters(seat.side for seat in seats)
    return [
        {"letter": given[seat.side], "word": side_word(seat.side), "name": seat.name, "words": words}
        for seat in seats
        if (words := needs_words(seat))
    ]


def standing_of(opened_: Opened) -> Standing:
    """The matter as the board sees it."""
    holders, meeting = opened_.holders, opened_.meeting
    return Standing(
        case_id=opened_.case.id,
        label=opened_.case.label,
        number=opened_.case.number,
        matter=opened_.matter,
        adviser=holders[Duty.ADVISER].name if Duty.ADVISER in holders else None,
        mediator=holders[Duty.MEDIATOR].name if Duty.MEDIATOR in holders else None,
        asks_first=opened_.case.asks_first,
        meeting_id=meeting.id if meeting else None,
        meeting_starts=meeting.starts if meeting else None,
        meeting_ends=meeting.ends if meeting else None,
    )


def _duties(request: web.Request, opened_: Opened) -> list[dict[str, str | None]]:
    router, holders = request.app.router, opened_.holders
    may_assign = Role.COORDINATOR in person(request).roles
    return [
        {
            "word": word,
            "name": holders[duty].name if duty in holders else None,
            "href": str(router["desk-assign"].url_for(case=opened_.case.id).with_query(duty=duty.value))
            if may_assign
            else None,
        }
        for duty, word in ((Duty.ADVISER, "Adviser"), (Duty.MEDIATOR, "Mediator"))
    ]


def _story(opened_: Opened, history: Sequence[Happened], names: Mapping[str, str]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = [
        {
            "when": line.at,
            "words": happened_words(line, came_by=opened_.case.came_by, helped=opened_.case.helper is not None),
            "note": names.get(line.actor, ""),
        }
        for line in reversed(history)
    ]
    if opened_.meeting:
        lines.insert(0, {"when": opened_.meeting.starts, "words": "The meeting begins", "next": True})
    return lines


def _meetings(opened_: Opened) -> list[dict[str, object]]:
    return [
        {
            "id": meeting.id,
            "starts": meeting.starts,
            "ends": meeting.ends,
            "how": HOW[meeting.mode],
            "tag": MEETING_TAGS[meeting.state],
        }
        for meeting in reversed(opened_.meetings)
    ]


async def _messages(db: Transaction, opened_: Opened, person_: Person) -> list[dict[str, object]] | None:
    if not plainly(person_, "delivery.read", opened_.relation):
        return None
    posted = await outbox.for_case(db, opened_.case.id)
    return [
        {"what": line.what, "to": line.name, "created_at": line.created_at, "tag": line.state}
        for line in reversed(await deliveries.lines(db, posted))
    ]


async def _papers(db: Transaction, opened_: Opened, person_: Person) -> list[dict[str, object]]:
    return [
        {
            "id": paper.id,
            "words": PAPER_WORDS[paper.kind],
            "tag": PAPER_TAGS[paper.state],
            "made": paper.state is PaperState.MADE,
        }
        for paper in await papers.readable(db, opened_.case.id, person=person_)
    ]


def clocks_of(opened_: Opened, moment: datetime) -> tuple[case_dates.Row, ...]:
    """The dates of the case, with their reasons."""
    return case_dates.of_matter(opened_.matter, opened_.met_on, calendar=opened_.calendar, now=moment)


async def show(request: web.Request) -> web.StreamResponse:
    """The case, for whom it is."""
    moment, asker = now(request), person(request)
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], asker)
        history = await file.history(db, case.matter.id)
        names = {f"account:{one.id}": one.name for one in await accounts.everybody(db)}
        messages = await _messages(db, case, asker)
        papers_shown = await _papers(db, case, asker)
    coordinator = Role.COORDINATOR in asker.roles
    step: Step = step_of(request, standing_of(case), calendar=case.calendar, now=moment)
    return render(
        request,
        "coordinator/case.html",
        case=case.case,
        matter=case.matter,
        step=step,
        coordinator=coordinator,
        story=_story(case, history, names),
        meetings=_meetings(case),
        messages=messages,
        clocks=clocks_of(case, moment),
        may_correct=plainly(asker, "case.edit", case.relation),
        reachable=plainly(asker, "contact.read", case.relation),
        people=people_of(case.seats, contact=plainly(asker, "contact.read", case.relation)),
        duties=_duties(request, case),
        needs=needs_of(case.seats),
        papers=papers_shown,
    )


async def paper(request: web.Request) -> web.StreamResponse:
    """A paper of a case as it was made; that it was opened is written down."""
    async with request.app[DATABASE].write() as db:
        pdf = await papers.read(db, request.match_info["paper"], person=person(request), now=now(request))
    return paper_pages.inline(pdf)


PAGES = (
    Page(name="desk-case", path="/desk/case/{case:[a-z2-7]{26}}", who=CASE_WORKERS, get=show),
    Page(name="desk-paper", path="/desk/paper/{paper:[a-z2-7]{26}}", who=CASE_WORKERS, get=paper, shows=False),
)
