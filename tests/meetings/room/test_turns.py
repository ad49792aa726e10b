"""A turn: read, step, write, one transaction; whoever was quicker is known, and nothing is half done."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import Side, Standing
from database.bell import Alarm
from database.engine import Database
from meetings import register
from meetings.room import floors, plans, turns
from meetings.room.asks import Arrived, RaiseHand, Seated, Signal, Tick
from meetings.room.commands import GiveNext, GiveTo, Hold, Mute, Nudge
from meetings.room.floor import Floor, Seat, SeatKey, StaleFloor
from meetings.room.floors import FloorMoved, Turned
from meetings.room.replanning import RemoveStage, SetRules
from meetings.room.seats import Office
from meetings.room.stages import GROUND_RULES, PLAN
from meetings.room.steps import MuteReason
from people.access import NotFound
from tests.servers.sitting import Sitting, open_sitting

MEDIATOR = SeatKey("mediator")


async def ready(database: Database, moment: datetime) -> tuple[Sitting, datetime]:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    async with database.write() as db:
        for seat in ("mediator", sitting.parent.seat, sitting.officer.seat):
            await turns.take_turn(db, sitting.meeting_id, Arrived(by=SeatKey(seat)), now=now)
    return sitting, now


async def test_a_raised_hand_is_on_the_floor_that_anybody_reads_next(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    parent = SeatKey(sitting.parent.seat)
    async with database.write() as db:
        said = await turns.take_turn(db, sitting.meeting_id, RaiseHand(by=parent, op="op-000001"), now=now)
    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
    assert kept is not None
    assert kept.version == said.version
    assert [hand.seat for hand in kept.hands] == [parent]


async def test_a_stale_command_changes_nothing_and_rings_no_bell(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    parent, alarm = SeatKey(sitting.parent.seat), Alarm()
    async with database.write() as db:
        floor = await turns.take_turn(db, sitting.meeting_id, RaiseHand(by=parent, op="op-000001"), now=now)
    await asyncio.sleep(0.3)
    seen = SeatKey(sitting.officer.seat)  # whom the mediator saw to be next; by now it is somebody else
    old = GiveNext(by=MEDIATOR, op="op-000002", version=floor.version - 1, seat=seen)
    with database.bell.listening("floor:", alarm):
        with pytest.raises(StaleFloor):
            async with database.write() as db:
                await turns.take_turn(db, sitting.meeting_id, old, now=now)
        assert not await alarm.wait(0.3)


async def test_the_plan_and_the_rules_change_for_the_sitting_alone_and_of_two_at_once_one_is_told(
    database: Database, moment: datetime
) -> None:
    sitting, now = await ready(database, moment)
    async with database.read() as db:
        first = await floors.load(db, sitting.meeting_id)
    assert first is not None
    out = [RemoveStage(by=MEDIATOR, op=f"op-00000{one}", version=first.version, number=3) for one in (1, 2)]

    answers = await asyncio.gather(*(taken(database, sitting, one, now) for one in out), return_exceptions=True)
    new = SetRules(by=MEDIATOR, op="op-000003", version=first.version + 1, rules=("Be kind.",))
    await taken(database, sitting, new, now)

    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
        prepared = (await plans.load(db, sitting.meeting_id)).plan
    assert kept is not None
    assert sorted(type(one).__name__ for one in answers) == ["Floor", "StaleFloor"]
    assert (kept.plan, kept.rules) == ((*PLAN[:2], *PLAN[3:]), ("Be kind.",))
    assert (prepared.stages, prepared.rules) == (PLAN, GROUND_RULES)


async def taken(database: Database, sitting: Sitting, signal: Signal, now: datetime) -> Floor:
    async with database.write() as db:
        return await turns.take_turn(db, sitting.meeting_id, signal, now=now)


async def test_twenty_hands_of_one_seat_at_once_are_one_hand(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    parent = SeatKey(sitting.parent.seat)

    async def press(number: int) -> None:
        async with database.write() as db:
            signal = RaiseHand(by=parent, op=f"op-{number:06d}")
            await turns.take_turn(db, sitting.meeting_id, signal, now=now)

    await asyncio.gather(*(press(number) for number in range(20)))
    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
        told = await floors.events(db, sitting.meeting_id)
    assert kept is not None
    assert [hand.seat for hand in kept.hands] == [parent]
    assert "Tessa" not in str(told)


SECOND = Seat(
    key=SeatKey("co-mediator"),
    label="Ruth S.",
    side=Side.NOBODY,
    standing=Standing.PROCESS,
    office=Office.CO_MEDIATOR,
)
NAMES = ("Ruth S.", "Idris V.")
STEPS: list[tuple[type[Nudge | Mute | Hold | GiveTo], dict[str, object], str]] = [
    (Nudge, {}, "has just nudged them"),
    (Mute, {"reason": MuteReason.NOISE}, "has just muted them"),
    (Hold, {"sure": True}, "has just held their microphone"),
    (GiveTo, {}, "did this a moment ago"),
]


@pytest.mark.parametrize(("kind", "facts", "words"), STEPS)
async def test_of_two_mediators_who_press_the_same_at_once_one_does_it_and_the_other_is_told_who_was_first(
    database: Database,
    moment: datetime,
    kind: type[Nudge | Mute | Hold | GiveTo],
    facts: dict[str, object],
    words: str,
) -> None:
    sitting, now = await ready(database, moment)
    parent = SeatKey(sitting.parent.seat)
    beside = replace(SECOND, key=SeatKey("beside"), side=Side.FAMILY, standing=Standing.PRINCIPAL, office=None)
    async with database.write() as db:
        for seat in (SECOND, beside):
            await turns.take_turn(db, sitting.meeting_id, Seated(by=seat.key, seat=seat), now=now)
            seen = await turns.take_turn(db, sitting.meeting_id, Arrived(by=seat.key), now=now)

    async def press(by: SeatKey) -> str | None:
        signal = kind(by=by, op=f"op-{by}", version=seen.version, seat=parent, **facts)  # type: ignore[arg-type]
        try:
            async with database.write() as db:
                await turns.take_turn(db, sitting.meeting_id, signal, now=now)
        except StaleFloor as late:
            return late.words
        return None

    said = await asyncio.gather(press(MEDIATOR), press(SECOND.key))
    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
    assert kept is not None
    assert kept.version == seen.version + 1
    assert len(kept.steps) + (kept.turn is not None) == 1
    (late,) = [one for one in said if one]
    assert any(late.startswith(f"{name} {words}") for name in NAMES), late


async def test_a_floor_that_moved_meanwhile_is_not_overwritten(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    async with database.write() as db:
        before = (await floors.hold(db, [sitting.meeting_id]))[sitting.meeting_id]
    async with database.write() as db:
        hand = RaiseHand(by=SeatKey(sitting.parent.seat), op="op-000001")
        newer = await turns.take_turn(db, sitting.meeting_id, hand, now=now)
    with pytest.raises(FloorMoved):
        async with database.write() as db:
            await floors.save(db, [Turned(before=before, after=[newer])], now=now)


async def test_time_itself_steps_a_floor_that_is_due(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    async with database.read() as db:
        before = await floors.load(db, sitting.meeting_id)
    later = now + timedelta(hours=2)
    await turns.wake_due(database, now=later)
    async with database.read() as db:
        after, due = await floors.load(db, sitting.meeting_id), await floors.due(db, now=later)
    assert before is not None
    assert after is not None
    assert (after.at >= before.at, list(due)) == (True, [])


async def test_opening_a_floor_twice_keeps_the_first(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    async with database.write() as db:
        meeting = await register.load(db, sitting.meeting_id)
        again = await turns.open_floor(db, meeting, now=now)
    assert again.ends_at == meeting.ends
    assert {seat.key for seat in again.seats} == {"mediator", sitting.parent.seat, sitting.officer.seat}


async def test_there_is_no_turn_before_the_floor_is_open(database: Database, moment: datetime) -> None:
    with pytest.raises(NotFound):
        async with database.write() as db:
            await turns.take_turn(db, "a" * 26, Tick(), now=moment)
