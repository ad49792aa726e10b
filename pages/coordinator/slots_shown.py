"""Edge: free times as a coordinator chooses among them: each with what it does to every date, the best first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.case import Side
from cases.deadlines import counted_from
from cases.dossier import Seat
from cases.working_days import day_of
from database.engine import Transaction
from meetings.venue_list import Place
from meetings.venues import parties, plan
from notifications.when import begins
from pages.coordinator.case import Opened
from pages.coordinator.effects import ORDER, DateFacts, Effect, Line, of_time, worst
from scheduler.diaries import Free
from scheduler.finding import Wanted, free_times

SEARCHED = timedelta(days=28)
WEEK = timedelta(days=7)
SHOWN = 12
USUAL_MINUTES = 180  # a block of three hours is kept (domain 5.2)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is looked for: whose time, how long, where, and for which meeting that is to be moved."""

    mediator_ids: tuple[str, ...]
    minutes: int = USUAL_MINUTES
    room_ids: tuple[str, ...] = ()
    colleague_ids: tuple[str, ...] = ()
    moving: str = ""

    def by(self, *mediator_ids: str) -> Wanted:
        """The same, as the search is asked for it."""
        return Wanted(
            mediator_ids=mediator_ids,
            minutes=self.minutes,
            room_ids=self.room_ids,
            colleague_ids=self.colleague_ids,
            but=self.moving,
        )


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One free time of one mediator."""

    starts: datetime
    ends: datetime
    mediator_id: str
    lines: tuple[Line, ...]

    @property
    def edge(self) -> Effect:
        """The worst that it does to a date."""
        return worst(self.lines)

    @property
    def cells(self) -> list[tuple[str, str, str, str]]:
        """What it does to each date, as the list of a slot shows it."""
        return [line.cells for line in self.lines]

    @property
    def rank(self) -> tuple[int, datetime, str]:
        """The order that serves the family's dates best."""
        return ORDER.index(self.edge), self.starts, self.mediator_id


def facts_of(case: Opened) -> DateFacts:
    """What the case's dates are counted from."""
    matter = case.matter
    return DateFacts(
        decision=matter.decision,
        council_told=day_of(matter.council_told_at) if matter.council_told_at else None,
        letter=counted_from(matter.letter_date, matter.sent_date),
        certified_on=matter.certified_on,
        calendar=case.calendar,
    )


def rooms_for(place: Place | None, seats: Sequence[Seat]) -> tuple[str, ...]:
    """The rooms of the place that a meeting of these people takes; NotEnoughRooms where it has too few."""
    if place is None:
        return ()
    return tuple(room.id for room in plan(place.venue, parties(seat.side for seat in seats)).rooms)


def slot(case: Opened, free: Free, mediator_id: str, *, now: datetime) -> Slot:
    """A free time with what it does to each date."""
    lines = of_time(day_of(free.starts), facts_of(case), today=day_of(now))
    return Slot(starts=free.starts, ends=free.ends, mediator_id=mediator_id, lines=lines)


def _apart(found: Sequence[Free], minutes: int) -> Iterator[Free]:
    """Times that are truly different: of those that overlap only the first."""
    last: datetime | None = None
    for free in found:
        if last is None or free.starts - last >= timedelta(minutes=minutes):
            last = free.starts
            yield free


async def search(db: Transaction, case: Opened, wish: Wish, *, first: date, now: datetime) -> list[Slot]:
    """The free times of four weeks from this day on, those that serve the family's dates best first."""
    found: list[Slot] = []
    for mediator_id in wish.mediator_ids:
        wanted = wish.by(mediator_id)
        for week in range(SEARCHED // WEEK):
            after = begins(first + week * WEEK)
            times = await free_times(db, wanted, after=after, before=after + WEEK, now=now)
            found += [slot(case, free, mediator_id, now=now) for free in _apart(times, wish.minutes)]
    return sorted(found, key=lambda one: one.rank)


async def this_one(db: Transaction, case: Opened, wish: Wish, *, starts: datetime, now: datetime) -> Slot | None:
    """This very time, if it is still free."""
    wanted = wish.by(*wish.mediator_ids)
    ends = starts + timedelta(minutes=wish.minutes)
    found = await free_times(db, wanted, after=starts, before=ends, now=now)
    return next((slot(case, free, wish.mediator_ids[0], now=now) for free in found if free.starts == starts), None)


def family(seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """Who of the family can say that a short notice is all right."""
    return [(seat.id, seat.name) for seat in seats if seat.side is Side.FAMILY]
