"""Edge: the diary: who sits where in a week, the hours in which each mediator works, and their time off.

Coordinators see every mediator and every place; a mediator sees the own row and keeps the own hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from cases import file, holiday_list
from cases.working_days import ONE_DAY, day_of
from database.engine import Transaction
from meetings import register, venue_list
from meetings.meeting import Mode, Part
from meetings.register import Meeting
from notifications.when import begins
from pages.coordinator.desk_words import HOW
from pages.days import clock_hours
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, MEDIATOR, Page
from pages.rendering import render
from people import accounts
from people.access import Person
from people.accounts import Account
from people.roles import Role
from scheduler import diaries
from scheduler.diaries import Absence
from scheduler.spans import Span

WORKING_WEEK = 5
WEEK = timedelta(days=7)
FARTHEST = timedelta(days=3650)


@dataclass(frozen=True, kw_only=True)
class Block:
    """One entry of a day."""

    kind: str
    hours: str
    words: str
    href: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """The week of one mediator or one place."""

    name: str
    words: str
    href: str | None
    days: list[list[Block]]


def week_of(request: web.Request, today: date) -> list[date]:
    """Monday to Friday of the week that is asked for, or of this one."""
    try:
        asked = date.fromisoformat(request.query.get("week", "")[:10])
    except ValueError:
        asked = today
    asked = min(max(asked, today - FARTHEST), today + FARTHEST)
    monday = asked - timedelta(days=asked.weekday())
    return [monday + number * ONE_DAY for number in range(WORKING_WEEK)]


def _sitting(request: web.Request, meeting: Meeting, number: str, *, where: str) -> Block:
    coordinator = Role.COORDINATOR in person(request).roles
    page = request.app.router["desk-meeting"].url_for(meeting=meeting.id)
    place = f", {where}" if where else ""
    return Block(
        kind="sitting" if meeting.mode is Mode.ONLINE else "person",
        hours=clock_hours(meeting.starts, meeting.ends),
        words=f"{number} · {HOW[meeting.mode]}{place}",
        href=str(page) if coordinator else None,
    )


def _away(absence: Absence, on: date) -> Block:
    first, last = begins(on), begins(on + ONE_DAY)
    whole = absence.span.starts <= first and last <= absence.span.ends
    hours = "All day" if whole else clock_hours(max(absence.span.starts, first), min(absence.span.ends, last))
    return Block(kind="away", hours=hours, words="Away", href=None)


def _on(starts: datetime, ends: datetime, on: date) -> bool:
    return starts < begins(on + ONE_DAY) and ends > begins(on)


@dataclass(frozen=True, kw_only=True)
class _Week:
    """What a week holds, as it was read."""

    days: list[date]
    mediators: Sequence[Account]
    meetings: Sequence[Meeting]
    numbers: dict[str, str]
    away: dict[str, list[Absence]]
    places: dict[str, str]


async def _read_week(db: Transaction, days: list[date], asker: Person) -> _Week:
    everybody = await accounts.all_with_role(db, Role.MEDIATOR)
    coordinator = Role.COORDINATOR in asker.roles
    mediators = [one for one in everybody if coordinator or one.id == asker.account_id]
    span = Span(starts=begins(days[0]), ends=begins(days[-1] + ONE_DAY))
    found = await register.between(db, after=span.starts, before=span.ends)
    mine = {one.id for one in mediators}
    meetings = [meeting for meeting in found if mine & {meeting.mediator_id, *meeting.colleague_ids}]
    known = await diaries.numbers(db, [str(one.id) for one in mediators])
    away = await diaries.absences(db, list(known.values()), span)
    cases = await file.load_cases(db, sorted({meeting.case_id for meeting in meetings}))
    places = await venue_list.everywhere(db)
    return _Week(
        days=days,
        mediators=mediators,
        meetings=meetings,
        numbers={case.id: case.number for case in cases.values()},
        away={owner: away[number] for owner, number in known.items()},
        places={place.venue.id: place.venue.name for place in places},
    )


def _at(meeting: Meeting, one: Account) -> bool:
    """Whether they are at the meeting, as its mediator or beside them."""
    return one.id in {meeting.mediator_id, *meeting.colleague_ids}


def _beside(meeting: Meeting, one: Account) -> str:
    """What they are at the meeting for, where they are not its mediator."""
    if one.id == meeting.mediator_id:
        return ""
    return Part.CO_MEDIATOR.words if one.id == meeting.co_mediator_id else Part.TRAINEE.words


def _day(request: web.Request, week: _Week, one: Account, *, on: date) -> list[Block]:
    away = [_away(absence, on) for absence in week.away.get(one.id, ()) if _covers(absence, on)]
    sittings = [
        _sitting(
            request,
            meeting,
            week.numbers[meeting.case_id],
            where=", ".join(filter(None, (week.places.get(meeting.venue_id or "", ""), _beside(meeting, one)))),
        )
        for meeting in week.meetings
        if _at(meeting, one) and _on(meeting.starts, meeting.ends, on)
    ]
    return [*away, *sittings]


def _mediator_row(request: web.Request, week: _Week, one: Account) -> Row:
    count = sum(_at(meeting, one) for meeting in week.meetings)
    return Row(
        name=one.name,
        words=f"{count} meeting{'' if count == 1 else 's'}",
        href=str(request.app.router["desk-hours"].url_for(account=one.id)),
        days=[_day(request, week, one, on=on) for on in week.days],
    )


def _covers(absence: Absence, on: date) -> bool:
    return _on(absence.span.starts, absence.span.ends, on)


def _place_rows(request: web.Request, week: _Week) -> list[Row]:
    rows = []
    for venue_id, name in week.places.items():
        meetings = [meeting for meeting in week.meetings if meeting.venue_id == venue_id]
        if meetings:
            held = [
                [
                    _sitting(request, meeting, week.numbers[meeting.case_id], where="")
                    for meeting in meetings
                    if _on(meeting.starts, meeting.ends, on)
                ]
                for on in week.days
            ]
            rows.append(Row(name=name, words="Venue", href=None, days=held))
    return rows


async def show(request: web.Request) -> web.StreamResponse:
    """The week, as a table."""
    days, asker = week_of(request, day_of(now(request))), person(request)
    async with request.app[DATABASE].read() as db:
        week = await _read_week(db, days, asker)
        calendar = await holiday_list.calendar(db)
    rows = [_mediator_row(request, week, one) for one in week.mediators]
    if Role.COORDINATOR in asker.roles:
        rows += _place_rows(request, week)
    page = request.app.router["desk-diary"].url_for()
    return render(
        request,
        "coordinator/diary.html",
        days=days,
        rows=rows,
        before=str(page.with_query(week=(days[0] - WEEK).isoformat())),
        after=str(page.with_query(week=(days[0] + WEEK).isoformat())),
        holidays=[on for on in days if not calendar.is_working(on)],
    )


PAGES = (Page(name="desk-diary", path="/desk/diary", who=COORDINATOR | MEDIATOR, get=show),)
