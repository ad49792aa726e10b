"""Act: the times at which a mediator and, in person, a place are free; and what is near a time that was just taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cases import holiday_list
from cases.working_days import ONE_DAY, Calendar, day_of
from database.engine import Transaction
from database.refusal import Refusal
from meetings.meeting import notice
from scheduler import diaries
from scheduler.diaries import REST, Free
from scheduler.slots import Diary, Grid, Opening, free_bits, grid, open_spans, search
from scheduler.spans import Span

NEAREST = 3
AROUND = timedelta(days=14)
MOST = 200
USUAL_HOURS = tuple(Opening(weekday=day, opens=time(8), closes=time(20)) for day in range(5))


class NotWorking(Refusal):
    """The mediator, or a colleague with them, does not work then. Choose another time, or change their hours first."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for: whose time, with which rooms, for how long; the meeting `but` is to give its own back.

    One of the mediators must be free, and each of the colleagues that are with them.
    """

    mediator_ids: tuple[str, ...]
    minutes: int
    room_ids: tuple[str, ...] = ()
    colleague_ids: tuple[str, ...] = ()
    but: str = ""


def _opened(known: Mapping[str, Diary], room_ids: Sequence[str]) -> dict[str, Diary]:
    """The diaries of rooms; where nobody has written down a room's hours it has the usual ones."""
    rooms = {room_id: known.get(room_id, Diary(hours=())) for room_id in room_ids}
    return {room_id: diary if diary.hours else replace(diary, hours=USUAL_HOURS) for room_id, diary in rooms.items()}


def _bits(owners: Sequence[str], known: Mapping[str, Diary], over: Grid) -> list[int]:
    return [free_bits(known[owner], over) if owner in known else 0 for owner in owners]


async def free_times(
    db: Transaction, wanted: Wanted, *, after: datetime, before: datetime, now: datetime
) -> tuple[Free, ...]:
    """The times on quarters of an hour, the earliest first, at most two hundred, each with the mediators who have it.

    Nobody works on a bank holiday or a closure; a mediator rests an hour before and after each meeting.
    """
    over = grid(max(after, now + timedelta.resolution), before)  # a meeting cannot begin at this very moment
    calendar = await holiday_list.calendar(db)
    return await _free(db, wanted, over, closed=calendar.holidays, most=MOST)


async def _free(
    db: Transaction, wanted: Wanted, over: Grid, *, closed: frozenset[date], most: int | None
) -> tuple[Free, ...]:
    if not over.quarters:
        return ()
    span = Span(starts=over.first, ends=over.at(over.quarters))
    staff = (*wanted.mediator_ids, *wanted.colleague_ids)
    known = await diaries.load(db, staff, span, closed=closed, gap=REST, but=wanted.but)
    rooms = _opened(await diaries.load(db, wanted.room_ids, span, closed=closed, but=wanted.but), wanted.room_ids)
    found = search(
        [*_bits(wanted.room_ids, rooms, over), *_bits(wanted.colleague_ids, known, over)],
        [_bits(wanted.mediator_ids, known, over)],
        over,
        minutes=wanted.minutes,
        most=most,
    )
    return tuple(
        Free(
            starts=each.starts,
            ends=each.starts + timedelta(minutes=wanted.minutes),
            mediator_ids=tuple(wanted.mediator_ids[place] for place in each.able[0]),
        )
        for each in found
    )


async def nearest(db: Transaction, wanted: Wanted, starts: datetime, *, now: datetime) -> tuple[Free, ...]:
    """The free times nearest to one that was taken, in order of time, told in time if that one was."""
    over = grid(max(starts - AROUND, now + timedelta.resolution), max(starts, now) + AROUND)
    calendar = await holiday_list.calendar(db)
    found = await _free(db, wanted, over, closed=calendar.holidays, most=None)
    if not notice(now, starts, calendar).short_by:
        first = _first_day_in_time(now, calendar)
        found = tuple(free for free in found if day_of(free.starts) >= first)
    near = sorted(found, key=lambda free: (abs(free.starts - starts), free.starts))
    return tuple(sorted(_apart(near, wanted.minutes), key=lambda free: free.starts))


def _first_day_in_time(now: datetime, calendar: Calendar) -> date:
    """The first day for which everybody who is told now is told in time."""
    day = day_of(now)
    while notice(now, day, calendar).short_by:
        day += ONE_DAY
    return day


def _apart(near: Sequence[Free], minutes: int) -> list[Free]:
    """A few times that do not overlap: three neighbours a quarter of an hour apart would be one choice, not three."""
    chosen: list[Free] = []
    for free in near:
        if all(abs(free.starts - other.starts) >= timedelta(minutes=minutes) for other in chosen):
            chosen.append(free)
    return chosen[:NEAREST]


async def check_working(db: Transaction, mediator_id: str, span: Span, *, closed: frozenset[date]) -> None:
    """NotWorking when the time lies outside the mediator's hours, or in an absence of theirs."""
    number = (await diaries.numbers(db, [mediator_id])).get(mediator_id)
    if number is None:
        raise NotWorking(field="starts")
    diary = Diary(hours=await diaries.hours_of(db, number), closed=closed)
    opened = any(
        each.starts <= span.starts and span.ends <= each.ends
        for each in open_spans(diary, grid(span.starts, span.ends))
    )
    if not opened or (await diaries.absences(db, [number], span))[number]:
        raise NotWorking(field="starts")
