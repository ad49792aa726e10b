"""The mediator alone prepares their sitting, until it begins; what was prepared is what the room then does."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cases import file
from cases.case import Side
from cases.dossier import NewSeat
from cases.file import edit_seat
from database.engine import Database
from meetings import register
from meetings.meeting import AttendanceState, MeetingNotSo, MeetingState, ProofLevel
from meetings.register import Meeting
from meetings.room import admission, floors, planning, plans
from meetings.room.plan import Plan, PlanNotSo, Setting, added, taken_out
from meetings.room.planning import Begun, Edit
from meetings.room.plans import PlanMoved
from meetings.room.seats import SeatKey
from meetings.room.stages import BREAK, Mode, Stage
from people.access import NotFound, Person
from people.schema import audit
from tests.meetings.room.test_plans import booked
from tests.records.stage import Stage as Story
from tests.records.stage import holder

REST = Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=10, name="Tea")
AID = Setting(stretch=200, patience=None)


def rest_added(plan: Plan) -> Plan:
    return added(plan, REST, after=4)


async def save(story: Story, meeting: Meeting, edit: Edit, *, seen: int, who: Person | None = None) -> None:
    async with story.database.write() as db:
        await planning.save(db, meeting.id, edit, seen=seen, person=who or story.mediator, now=story.moment)


async def set_people(story: Story, meeting: Meeting, chosen: dict[str, Setting], *, seen: int) -> None:
    async with story.database.write() as db:
        await planning.set_people(db, meeting.id, chosen, seen=seen, person=story.mediator, now=story.moment)


async def kept(story: Story, meeting: Meeting) -> plans.Kept:
    async with story.database.read() as db:
        return await plans.load(db, meeting.id)


async def places(story: Story, meeting: Meeting) -> dict[str, str]:
    """The attendance of each seat."""
    async with story.database.read() as db:
        return {one.seat_id: one.id for one in await register.attendances(db, meeting.id)}


async def needs_time(story: Story) -> None:
    """The parent has told us that she needs more time."""
    values = {name: getattr(story.family, name) for name in NewSeat.__dataclass_fields__}
    async with story.database.write() as db:
        await edit_seat(db, story.case, story.family.id, changed=NewSeat(**{**values, "needs": ("time",)}))


async def begun(story: Story, meeting: Meeting) -> None:
    async with story.database.write() as db:
        await admission.start(db, meeting.id, person=story.mediator, now=meeting.starts)


async def let_in(story: Story, meeting: Meeting, attendance_ids: Sequence[str]) -> None:
    async with story.database.write() as db:
        for one in attendance_ids:
            place = await register.load_attendance(db, one)
            values = {"proof": ProofLevel.MAIL, "agreed_at": meeting.starts, "arrived_at": meeting.starts}
            await register.move_attendance(db, place, AttendanceState.ARRIVED, **values)
            await admission.admit(db, meeting.id, one, person=story.mediator, now=meeting.starts)


async def test_the_floor_is_opened_by_the_plan_that_was_prepared(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    await save(story, meeting, rest_added, seen=0)
    await save(story, meeting, lambda plan: taken_out(plan, 1), seen=1)
    rules: dict[str, Any] = {"rules": ("Be kind.",), "time_shown": True, "hearing": False, "fair": {Side.COUNCIL: 2}}
    await save(story, meeting, lambda plan: replace(plan, **rules), seen=2)
    await begun(story, meeting)

    async with database.read() as db:
        floor = await floors.load(db, meeting.id)
    plan = (await kept(story, meeting)).plan

    assert floor is not None
    assert floor.plan == plan.stages
    assert [stage.code for stage in floor.plan[:5]] == ["welcome", "childs_voice", "first_turns", BREAK, "questions"]
    assert floor.plan[3].name == "Tea"
    assert (floor.rules, floor.time_shown, floor.hearing) == (("Be kind.",), True, False)
    assert floor.fair == plan.fair == {Side.COUNCIL: 2}


async def test_whoever_is_let_in_has_what_was_set_for_them_or_what_their_needs_ask(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    await needs_time(story)
    at = await places(story, meeting)
    await set_people(story, meeting, {at[story.council.id]: AID}, seen=0)
    await begun(story, meeting)
    await let_in(story, meeting, [at[seat.id] for seat in (story.family, story.council, story.school)])

    async with database.read() as db:
        floor = await floors.load(db, meeting.id)
    assert floor is not None
    has = {one.key: (one.stretch, one.patience) for one in floor.seats}
    assert has[SeatKey(at[story.family.id])] == (150, timedelta(seconds=30))
    assert has[SeatKey(at[story.council.id])] == (200, None)
    assert has[SeatKey(at[story.school.id])] == (100, timedelta(seconds=8))


async def test_what_is_as_usual_is_not_kept_so_that_a_need_told_later_still_counts(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    at = await places(story, meeting)
    await set_people(story, meeting, dict.fromkeys(at.values(), Setting()) | {at[story.school.id]: AID}, seen=0)
    await needs_time(story)

    async with database.read() as db:
        found = await planning.prepared(db, meeting.id, person=story.mediator)

    assert found.plan.settings == {SeatKey(at[story.school.id]): AID}
    settings = {one.seat.id: one.setting for one in found.people}
    assert settings[story.family.id] == Setting(stretch=150, patience=timedelta(seconds=30))
    assert settings[story.school.id] == AID


async def test_nothing_is_kept_for_somebody_who_does_not_attend(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    at = await places(story, meeting)
    async with database.write() as db:
        place = await register.load_attendance(db, at[story.school.id])
        await register.move_attendance(db, place, AttendanceState.WITHDRAWN)
    await set_people(story, meeting, {at[story.school.id]: AID, "a" * 26: AID}, seen=0)

    assert (await kept(story, meeting)).plan == Plan()


async def test_two_windows_never_write_over_each_other(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    await save(story, meeting, rest_added, seen=0)
    with pytest.raises(PlanMoved):
        await save(story, meeting, lambda plan: taken_out(plan, 1), seen=0)
    with pytest.raises(PlanMoved):  # not that there is no such stage: it may have been there when it was seen
        await save(story, meeting, lambda plan: taken_out(plan, 10), seen=0)
    with pytest.raises(PlanMoved):
        await set_people(story, meeting, {}, seen=0)
    plan = await kept(story, meeting)
    assert (plan.version, len(plan.plan.stages)) == (1, 9)


async def test_of_two_windows_at_once_one_is_told(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    for seen in (0, 1):
        both = [save(story, meeting, rest_added, seen=seen) for _ in range(2)]
        came = await asyncio.gather(*both, return_exceptions=True)
        assert [type(one) for one in came if one is not None] == [PlanMoved]
    assert len((await kept(story, meeting)).plan.stages) == 10


async def test_a_plan_that_no_sitting_can_be_held_by_changes_nothing(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    with pytest.raises(PlanNotSo):
        await save(story, meeting, lambda plan: replace(plan, rules=()), seen=0)
    assert (await kept(story, meeting)).version == 0


async def test_nobody_but_its_own_mediator_sees_or_changes_a_plan(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    for who in (story.coordinator, story.adviser, holder(story.family), holder(story.council)):
        with pytest.raises(NotFound):
            await save(story, meeting, rest_added, seen=0, who=who)
        async with database.read() as db:
            with pytest.raises(NotFound):
                await planning.prepared(db, meeting.id, person=who)


async def test_once_begun_the_stages_stay_and_people_can_still_be_set(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    at = await places(story, meeting)
    await begun(story, meeting)
    with pytest.raises(Begun):
        await save(story, meeting, rest_added, seen=0)
    await set_people(story, meeting, {at[story.council.id]: AID}, seen=0)
    await let_in(story, meeting, [at[story.council.id]])

    async with database.read() as db:
        floor = await floors.load(db, meeting.id)
    assert floor is not None
    assert floor.seat(SeatKey(at[story.council.id])).stretch == 200


@pytest.mark.parametrize("state", [MeetingState.CONCLUDED, MeetingState.CANCELLED])
async def test_a_meeting_that_is_over_has_nothing_to_prepare(
    database: Database, moment: datetime, state: MeetingState
) -> None:
    story, meeting = await booked(database, moment)
    async with database.write() as db:
        await register.change_state(db, meeting, state)
    with pytest.raises(MeetingNotSo):
        await save(story, meeting, rest_added, seen=0)


async def test_who_saved_a_plan_is_written_down_without_a_word_of_it(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    await save(story, meeting, rest_added, seen=0)
    async with database.read() as db:
        rows = await db.all(select(audit).where(audit.c.action == "plan.save"))
        case = await file.load_case(db, meeting.case_id)
    assert [(row.actor, row.resource, row.chain) for row in rows] == [
        (f"account:{story.mediator.account_id}", f"meeting:{meeting.id}", case.id)
    ]
