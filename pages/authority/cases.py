"""Edge: an officer's pages: every case that this work address has a seat in, and one case as the council may see it.

The list gathers the seats proved with one work address; each case opens on its own seat, with its own code.
"""

from aiohttp import web

from cases import file
from cases.case import Choice
from cases.dossier import Seat
from cases.working_days import day_of
from meetings.meeting import Mode
from pages import paper_pages
from pages.case_view import CaseView, council_dates, people, place_of, story, view
from pages.keys import DATABASE, now, person
from pages.page import AUTHORITY, Page
from pages.rendering import render
from people.access import NotFound, Relation, require


def step_words(case: CaseView) -> tuple[str, str]:
    """What happens next, as the council may know it: a heading, and the sentence under it."""
    if case.meeting is not None:
        return "A meeting is booked", ""
    if case.held:
        return "The meeting is over", "What was agreed comes to you in writing. It counts when each side says yes."
    if case.matter.choice is Choice.MEDIATION:
        return "We are finding a time", "Please tell us who comes. It must be somebody who can decide for the council."
    return "Nothing is asked of you", "If that changes, we write to you."


def day_of_thirty(case: CaseView, today: object) -> str | None:
    """How far the 30 days have run: "Day 8 of 30"."""
    told = case.matter.council_told_at
    if told is None or case.matter.concluded_at is not None:
        return None
    return f"Day {(today - day_of(told)).days} of 30"  # type: ignore[operator]


def since_told(case: CaseView) -> list[dict[str, object]]:
    """What has happened since the council was told: how long a family thought before, and of what, is its own."""
    told = str(case.matter.council_told_at)
    return [row for row in story(case) if str(row["when"]) >= told]


async def _seats(request: web.Request) -> list[Seat]:
    async with request.app[DATABASE].read() as db:
        mine = await file.load_seat(db, person(request).seat_id or "")
        return [mine, *[seat for seat in await file.seats_with_address(db, mine.email) if seat.id != mine.id]]


async def show_list(request: web.Request) -> web.StreamResponse:
    """Every case of this work address, with one step each."""
    rows = []
    for seat in await _seats(request):
        async with request.app[DATABASE].read() as db:
            case = await view(db, seat.case_id)
        if case.matter.council_told_at is None:
            continue  # the council is told nothing until the family says so
        rows.append(
            {
                "case": case,
                "step": step_words(case)[0],
                "thirty": day_of_thirty(case, day_of(now(request))),
                "here": seat.id == person(request).seat_id,
            }
        )
    return render(request, "authority/cases.html", rows=rows)


async def show(request: web.Request) -> web.StreamResponse:
    """One case, in the same order as the family's own page, without what is the family's."""
    who, case_id = person(request), request.match_info["case"]
    require(who, "case.read", relation=Relation.OWN if case_id == who.case_id else Relation.NONE)
    async with request.app[DATABASE].read() as db:
        case = await view(db, case_id)
        meeting = case.meeting
        door = None
        if meeting is not None and meeting.mode is Mode.ONLINE:
            door = await place_of(db, meeting.id, who.seat_id or "")
        papers = await paper_pages.rows(request, db, person=who)
        drafts = await paper_pages.waiting(request, db, person=who)
        answered = await paper_pages.answered(request, db, person=who)
    if case.matter.council_told_at is None:
        raise NotFound
    return render(
        request,
        "authority/case.html",
        case=case,
        meeting=meeting,
        door=door,
        step=step_words(case),
        dates=council_dates(case, now(request)),
        people=people(case, who.seat_id),
        story=since_told(case),
        thirty=day_of_thirty(case, day_of(now(request))),
        papers=papers,
        drafts=drafts,
        answered=answered,
    )


PAGES = (
    Page(name="authority", path="/authority", who=AUTHORITY, get=show_list),
    Page(name="authority-case", path="/authority/case/{case:[a-z2-7]{26}}", who=AUTHORITY, get=show),
)
