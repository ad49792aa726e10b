"""Edge: the coordinators' board: what is late, due, failed or waiting, one step a row; and the list of all cases."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from cases import board, holiday_list
from cases.working_days import ONE_DAY, day_of
from database.engine import Transaction
from meetings import register
from meetings.meeting import Mode
from meetings.register import LIVE, Meeting
from meetings.room import paging
from notifications import outbox
from notifications.when import begins
from pages.coordinator import deliveries
from pages.coordinator.case_step import address
from pages.coordinator.desk_words import HOW, MEETING_TAGS, Tag, moment_word
from pages.coordinator.today import Ask, Group, Standing, asks
from pages.keys import DATABASE, now
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people import accounts

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)  # in which a live meeting is looked for
SHOWN = 60  # rows of a group; the list of all cases holds the rest


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the board."""

    what: str
    more: str
    tag: Tag
    step: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One group of rows, with what to say when it is empty."""

    id: str
    icon: str
    words: str
    count_words: str
    empty: tuple[str, str]
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A meeting of today."""

    id: str
    starts: datetime
    number: str
    mode: str
    mediator: str
    tag: Tag


def sections() -> dict[str, Section]:
    """The four groups, empty, in the order of the board."""
    return {
        section.id: section
        for section in (
            Section(
                id="late",
                icon="late",
                words="Late",
                count_words="late",
                empty=("Nothing is late.", "A date that has passed stands here until somebody has acted."),
            ),
            Section(
                id="due",
                icon="soon",
                words="Due today",
                count_words="due today",
                empty=("Nothing is due today.", "What ends today, or waits for you, stands here."),
            ),
            Section(
                id="failed",
                icon="failed",
                words="Failed",
                count_words="failed",
                empty=("Every message has arrived or is on its way.", "One that does not arrive stands here."),
            ),
            Section(
                id="waiting",
                icon="clock",
                words="Waiting",
                count_words="waiting",
                empty=("Nothing waits.", "What others are doing, or what can wait, stands here."),
            ),
        )
    }


async def _meetings(db: Transaction, moment: datetime) -> dict[str, Meeting]:
    """The live meeting of each matter, the latest one where there are several."""
    found = await register.between(db, after=moment - BEHIND, before=moment + AHEAD)
    return {meeting.matter_id: meeting for meeting in found if meeting.state in LIVE}


def _standing(row: board.Row, meeting: Meeting | None) -> Standing:
    return Standing(
        case_id=row.case.id,
        label=row.case.label,
        number=row.case.number,
        matter=row.matter,
        adviser=row.adviser.name if row.adviser else None,
        mediator=row.mediator.name if row.mediator else None,
        asks_first=row.case.asks_first,
        meeting_id=meeting.id if meeting else None,
        meeting_starts=meeting.starts if meeting else None,
        meeting_ends=meeting.ends if meeting else None,
    )


def _row(request: web.Request, ask: Ask) -> Row:
    number = ask.standing.number
    return Row(
        what=ask.what,
        more=f"{number} · {ask.more}",
        tag=ask.tag,
        step=(ask.do, address(request, ask), f"for {number}"),
    )


def _call(request: web.Request, meeting_id: str, number: str) -> Row:
    """Somebody in a meeting that is on waits for an answer: first of all that is late."""
    page = request.app.router["desk-live"].url_for(meeting=meeting_id)
    return Row(
        what="Someone waits for an answer in a meeting",
        more=f"{number} · Told the mediator something, and was not answered in time",
        tag=("late", "Now"),
        step=("Look at the room", str(page), f"of {number}"),
    )


def _failure(request: web.Request, line: deliveries.Line) -> Row:
    return Row(
        what=f"{line.what} to {line.name}",
        more=" · ".join(part for part in (line.number, moment_word(line.created_at), line.reason) if part),
        tag=("failed", "Did not arrive"),
        step=("Ring them", str(request.app.router["desk-messages"].url_for()), f"about: {line.what} to {line.name}"),
    )


async def _sittings(db: Transaction, rows: Sequence[board.Row], moment: datetime) -> list[Sitting]:
    today = day_of(moment)
    found = await register.between(db, after=begins(today), before=begins(today + ONE_DAY))
    numbers = {row.case.id: row.case.number for row in rows}
    names: dict[str, str] = {one.id: one.name for one in await accounts.everybody(db)}
    return [
        Sitting(
            id=meeting.id,
            starts=meeting.starts,
            number=numbers.get(meeting.case_id, "Closed case"),
            mode=HOW[Mode(meeting.mode)],
            mediator=names.get(meeting.mediator_id, ""),
            tag=MEETING_TAGS[meeting.state],
        )
        for meeting in found
    ]


async def desk(request: web.Request) -> web.StreamResponse:
    """Today, for the coordinators."""
    moment, groups = now(request), sections()
    async with request.app[DATABASE].read() as db:
        rows = await board.on_desk(db)
        meetings, calendar = await _meetings(db, moment), await holiday_list.calendar(db)
        failed = await deliveries.lines(db, await outbox.failed(db))
        sittings = await _sittings(db, rows, moment)
        calls = [await register.load(db, one) for one in await paging.waiting(db)]
    found: dict[Group, list[Ask]] = defaultdict(list)
    standings = [_standing(row, meetings.get(row.matter.id)) for row in rows]
    for ask in asks(standings, calendar=calendar, now=moment):
        found[ask.group].append(ask)
    numbers = {row.case.id: row.case.number for row in rows}
    groups["late"].rows.extend(_call(request, one.id, numbers.get(one.case_id, "")) for one in calls)
    for group, several in found.items():
        groups[group].rows.extend(_row(request, ask) for ask in several[:SHOWN])
    groups["failed"].rows.extend(_failure(request, line) for line in failed[:SHOWN])
    return render(
        request,
        "coordinator/board.html",
        groups=list(groups.values()),
        sittings=sittings,
        open_cases=len({row.case.id for row in rows}),
        quiet=len(rows) - sum(len(several) for several in found.values()),
        counts={"/desk/messages": len(failed)},
    )


async def cases(request: web.Request) -> web.StreamResponse:
    """Every open case, the newest first."""
    async with request.app[DATABASE].read() as db:
        rows = await board.on_desk(db)
    shown = [
        {
            "case_id": row.case.id,
            "label": row.case.label,
            "number": row.case.number,
            "council": row.case.council,
            "now": row.matter.state.words,
            "since": row.matter.received_at,
        }
        for row in reversed(rows)
    ]
    return render(request, "coordinator/cases.html", rows=shown)


PAGES = (
    Page(name="desk", path="/desk", who=COORDINATOR, get=desk),
    Page(name="desk-cases", path="/desk/cases", who=COORDINATOR, get=cases),
)
