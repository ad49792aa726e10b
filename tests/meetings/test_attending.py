"""At the door of a meeting: who may come, with what proof, and how the agreement is accepted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from cases.entrance import TooEarly
from database.engine import Database
from meetings import attending, register
from meetings.attending import PlaceTaken
from meetings.meeting import AttendanceState, MeetingNotSo, MeetingState, PersonNotThere, ProofLevel
from people import audit
from people.access import NotAllowed, NotFound, Person
from scheduler import booking
from scheduler.booking import Reason
from tests.cases.house import OFFICE, sitting_in
from tests.scheduler.booked import TUESDAY_10, Ready, get_ready, in_person, meadow_hall

EARLY = timedelta(minutes=20)
AT_THE_DOOR = TUESDAY_10 - EARLY


@dataclass(frozen=True, kw_only=True)
class Door:
    """A booked meeting, the parent's place in it, and who comes."""

    ready: Ready
    meeting_id: str
    place: str
    parent: Person
    officer: Person

    def parent_with(self, proof: str) -> Person:
        """The parent, or somebody with the parent's link, who has shown this much."""
        return Person(
            kind="seat",
            seat_id=self.parent.seat_id,
            party=self.parent.party,
            side=self.parent.side,
            proof=proof,
            attendance_id=self.place,
        )


async def door_of(database: Database, ready: Ready, meeting_id: str) -> Door:
    async with database.read() as db:
        family, council = await ready.walk.family(db), await ready.walk.council(db)
        places = {each.seat_id: each.id for each in await register.attendances(db, meeting_id)}
    return Door(
        ready=ready,
        meeting_id=meeting_id,
        place=places[family.id],
        parent=sitting_in(family, attendance_id=places[family.id]),
        officer=sitting_in(council),
    )


@pytest.fixture
async def door(database: Database, moment: datetime) -> Door:
    ready = await get_ready(database, now=moment)
    return await door_of(database, ready, await ready.book(database))


async def arrive(database: Database, door: Door, person: Person, now: datetime = AT_THE_DOOR) -> register.Attendance:
    async with database.write() as db:
        return await attending.arrive(db, door.place, hears="nobody", person=person, now=now)


async def agree(database: Database, door: Door, person: Person, how: str = "online") -> register.Attendance:
    async with database.write() as db:
        return await attending.agree(db, door.place, how=how, person=person, now=AT_THE_DOOR)


async def test_a_person_agrees_and_waits_and_both_are_noted(database: Database, door: Door) -> None:
    agreed = await agree(database, door, door.parent)
    arrived = await arrive(database, door, door.parent)
    async with database.read() as db:
        lines = [line["action"] for line in await audit.lines_of(db, door.ready.walk.case.id)][-2:]
    assert (agreed.agreed_at, agreed.agreed_how, agreed.agreed_witness) == (AT_THE_DOOR, "online", None)
    assert (arrived.state, arrived.proof, arrived.arrived_at) == (
        AttendanceState.ARRIVED, ProofLevel.MAIL, AT_THE_DOOR,
    )  # fmt: skip
    assert lines == ["attendance.agree.online", "attendance.arrive.nobody"]


async def test_coming_again_and_agreeing_again_change_nothing(database: Database, door: Door) -> None:
    first = await agree(database, door, door.parent)
    await arrive(database, door, door.parent)
    async with database.write() as db:
        again = await attending.agree(db, door.place, person=door.parent, now=AT_THE_DOOR + EARLY)
    later = await arrive(database, door, door.parent, AT_THE_DOOR + EARLY)
    assert (again.agreed_at, later.arrived_at) == (first.agreed_at, AT_THE_DOOR)


async def test_by_phone_the_mediator_is_witness(database: Database, door: Door) -> None:
    mediator = door.ready.house.mediator
    agreed = await agree(database, door, mediator, "phone")
    assert (agreed.agreed_how, agreed.agreed_witness) == ("phone", mediator.account_id)


async def test_nobody_ticks_for_another(database: Database, door: Door) -> None:
    house = door.ready.house
    for person, how, refusal in (
        (house.mediator, "online", NotAllowed),
        (door.parent, "phone", NotAllowed),
        (door.officer, "online", NotFound),
        (house.other_mediator, "phone", NotFound),
        (house.mediator, "table", MeetingNotSo),
    ):
        with pytest.raises(refusal):
            await agree(database, door, person, how)
    with pytest.raises(ValueError, match="telepathy"):
        await agree(database, door, door.parent, "telepathy")


async def test_at_the_table_the_mediator_notes_who_came_and_agreed(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
    door = await door_of(database, ready, await ready.book(database, in_person=in_person(place)))
    agreed = await agree(database, door, ready.house.mediator, "table")
    arrived = await arrive(database, door, ready.house.mediator)
    assert (agreed.agreed_how, arrived.proof) == ("table", ProofLevel.VOUCHED)


async def test_another_side_another_mediator_and_another_day_are_refused(database: Database, door: Door) -> None:
    for person in (door.officer, door.ready.house.other_mediator, door.ready.house.coordinator):
        with pytest.raises(NotFound):
            await arrive(database, door, person)
    with pytest.raises(TooEarly):
        await arrive(database, door, door.parent, TUESDAY_10 - timedelta(days=1))


async def test_somebody_not_confirmed_waits_until_they_have_shown_who_they_are(database: Database, door: Door) -> None:
    waits = await arrive(database, door, door.parent_with("not_confirmed"))
    shown = await arrive(database, door, door.parent)
    assert (waits.proof, shown.proof, shown.arrived_at) == (ProofLevel.NOT_CONFIRMED, ProofLevel.MAIL, AT_THE_DOOR)


async def test_a_forwarded_link_takes_nobodys_place(database: Database, door: Door) -> None:
    await arrive(database, door, door.parent)
    with pytest.raises(PlaceTaken):
        await arrive(database, door, door.parent_with("not_confirmed"))


async def test_who_leaves_may_come_back(database: Database, door: Door) -> None:
    await arrive(database, door, door.parent)
    async with database.write() as db:
        left = await attending.leave(db, door.place, person=door.parent, now=AT_THE_DOOR + EARLY)
        same = await attending.leave(db, door.place, person=door.parent, now=AT_THE_DOOR + 2 * EARLY)
    back = await arrive(database, door, door.parent, AT_THE_DOOR + 2 * EARLY)
    assert (left.state, left.left_at, same.left_at) == (AttendanceState.LEFT, AT_THE_DOOR + EARLY, left.left_at)
    assert (back.state, back.left_at) == (AttendanceState.ARRIVED, None)


async def test_a_meeting_that_is_over_or_a_place_taken_back_has_no_door(database: Database, door: Door) -> None:
    ready = door.ready
    async with database.write() as db:
        place = await register.load_attendance(db, door.place)
        await register.move_attendance(db, place, AttendanceState.WITHDRAWN)
    with pytest.raises(PersonNotThere):
        await arrive(database, door, door.parent)
    async with database.write() as db:
        await booking.cancel(
            db, OFFICE, door.meeting_id, reason=Reason.OTHER, person=ready.house.coordinator, now=ready.walk.now
        )
    with pytest.raises(MeetingNotSo):
        await arrive(database, door, door.parent)


async def test_a_meeting_of_another_state_keeps_its_table(database: Database, door: Door) -> None:
    async with database.write() as db:
        meeting = await register.load(db, door.meeting_id)
        opened = await register.change_state(db, meeting, MeetingState.OPEN, opened_at=AT_THE_DOOR)
        with pytest.raises(MeetingNotSo):
            await register.change_state(db, opened, MeetingState.CANCELLED)
        with pytest.raises(MeetingNotSo):  # the version that was read is no longer the one that is
            await register.change(db, meeting, {"outcome": "full"})
    assert (await arrive(database, door, door.parent)).state is AttendanceState.ARRIVED
