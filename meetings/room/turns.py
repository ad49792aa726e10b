"""Act: a turn: the floor is read, stepped and written in one transaction; screens hear of it only after the commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases import file
from cases.case import Side, Standing
from database.engine import Database, Transaction
from meetings.meeting import Mode
from meetings.register import Meeting
from meetings.room import floors, paging, plans
from meetings.room.asks import Signal, Tick
from meetings.room.floor import Floor, Seat, SeatKey, opened, step
from meetings.room.floors import Kept, Turned
from meetings.room.seats import Office
from people import accounts
from people.access import NotFound

MEDIATOR = SeatKey("mediator")
MOST_DUE = 200
NOTHING: Mapping[str, Kept] = {}
AT_ONCE = 16  # in one transaction: nobody waits for longer than these take to be reckoned


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked of a meeting's floor, and when."""

    meeting_id: str
    signal: Signal
    now: datetime


async def take_turn(db: Transaction, meeting_id: str, signal: Signal, *, now: datetime) -> Floor:
    """The floor after this signal; a refusal of its rules leaves it as it was, NotFound before it was opened."""
    (after,) = await take_turns(db, [Asked(meeting_id=meeting_id, signal=signal, now=now)])
    if isinstance(after, Exception):
        raise after
    return after.floor


async def take_turns(
    db: Transaction, asked: Sequence[Asked], known: Mapping[str, Kept] = NOTHING
) -> list[Kept | Exception]:
    """What each of these led to, one after the other: the floor after it, or why it was refused.

    Those of many meetings are read and written together; whoever is refused holds up nobody else. Where every floor is
    `known` as it was last committed here, none is read, unless somebody is refused, which is done by the newest alone;
    FloorMoved then says that another worker was quicker.
    """
    meetings = {one.meeting_id for one in asked}
    at_hand = meetings <= known.keys()
    held = {one: known[one] for one in meetings} if at_hand else await floors.hold(db, meetings)
    turned, answers = _all_stepped(held, asked)
    if at_hand and not _is_written(turned, answers):
        turned, answers = _all_stepped(await floors.hold(db, meetings), asked)
    await floors.save(db, turned, now=max(one.now for one in asked))
    for one in turned:
        for version in one.after:
            await paging.note(db, one.before.meeting_id, version, now=version.at)
    return answers


def _is_written(turned: Sequence[Turned], answers: Sequence[Kept | Exception]) -> bool:
    """Whether each of these floors will be written, which proves that it was the newest, and nobody is refused."""
    return all(one.after for one in turned) and not any(isinstance(one, Exception) for one in answers)


def _all_stepped(held: Mapping[str, Kept], asked: Sequence[Asked]) -> tuple[list[Turned], list[Kept | Exception]]:
    """Every version that follows from these floors, and what is to be answered to each signal."""
    after: dict[str, list[Floor]] = {meeting_id: [kept.floor] for meeting_id, kept in held.items()}
    found = [(one.meeting_id, _stepped(after.get(one.meeting_id), one)) for one in asked]
    turned = [Turned(before=kept, after=after[meeting_id][1:]) for meeting_id, kept in held.items()]
    return turned, [one if isinstance(one, Exception) else replace(held[at], floor=one) for at, one in found]


def _stepped(versions: list[Floor] | None, asked: Asked) -> Floor | Exception:
    """The newest of the versions, with one more after it if this signal changed something."""
    if versions is None:
        return NotFound()
    try:
        after = step(versions[-1], asked.signal, now=asked.now)
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with one signal is told to its sender alone
        return fault
    if after is not versions[-1]:
        versions.append(after)
    return after


async def open_floor(db: Transaction, meeting: Meeting, *, now: datetime) -> Floor:
    """The meeting has a floor by its plan, with its mediator on it; the one it has already, if it was opened before."""
    found = await floors.load(db, meeting.id)
    if found is not None:
        return found
    mediator = await accounts.by_id(db, meeting.mediator_id)
    case = await file.load_case(db, meeting.case_id)
    in_person = meeting.mode is Mode.IN_PERSON
    plan = (await plans.load(db, meeting.id)).plan
    seat = Seat(
        key=MEDIATOR,
        label=mediator.initialled if mediator else "Mediator",
        side=Side.NOBODY,
        standing=Standing.PROCESS,
        office=Office.MEDIATOR,
        screen=not in_person,
    )
    bare = opened(seat, lot=f"{case.number}:{meeting.id}", in_person=in_person, plan=plan.stages, now=now)
    first = replace(
        bare,
        ends_at=meeting.ends,
        rules=plan.rules,
        time_shown=plan.time_shown,
        hearing=plan.hearing,
        fair=plan.fair,
    )
    await floors.enter(db, meeting.id, first, now=now)
    return first


async def wake_due(database: Database, *, now: datetime) -> int:
    """Every floor that time itself changes by now has been stepped; how many. Other workers may do the same."""
    async with database.read() as db:
        due = (await floors.due(db, now=now))[:MOST_DUE]
    faults: list[Exception] = []
    for start in range(0, len(due), AT_ONCE):
        ticks = [Asked(meeting_id=one, signal=Tick(), now=now) for one in due[start : start + AT_ONCE]]
        async with database.write() as db:
            faults += [found for found in await take_turns(db, ticks) if isinstance(found, Exception)]
    if faults:
        raise faults[0]  # of one floor; all the others have been stepped
    return len(due)
