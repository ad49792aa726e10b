"""What must be true of a meeting's time and place before anything is claimed."""

from datetime import datetime, timedelta

import pytest

from cases.case import Channel, SeatId
from database.engine import Database
from meetings.meeting import Mode, Waiver
from people.access import VISITOR, NotFound
from scheduler import placing
from scheduler.diaries import Kind, SlotTaken, claim_all, diary_for
from scheduler.placing import NobodyInvited, NotTheFamilysWord, OddLength, TimeIsPast
from tests.cases.house import OFFICE
from tests.scheduler.booked import TUESDAY_10, get_ready, in_person, meadow_hall


@pytest.mark.parametrize(
    ("ahead", "minutes", "refusal"),
    [
        (timedelta(0), 60, TimeIsPast),
        (timedelta(hours=-1), 60, TimeIsPast),
        (timedelta(hours=1), 29, OddLength),
        (timedelta(hours=1), 481, OddLength),
        (timedelta(hours=1), -60, OddLength),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(
    moment: datetime, ahead: timedelta, minutes: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        placing.span_of(moment + ahead, minutes, now=moment)


def test_a_time_is_as_long_as_it_was_asked_for(moment: datetime) -> None:
    span = placing.span_of(TUESDAY_10, 180, now=moment)
    assert (span.starts, span.ends) == (TUESDAY_10, TUESDAY_10 + timedelta(hours=3))


async def test_only_who_has_the_case_gets_a_desk(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    async with database.write() as db:
        for person in (VISITOR, ready.house.other_mediator):
            with pytest.raises(NotFound):
                await placing.desk_for(db, OFFICE, ready.walk.matter.id, person=person, now=moment)
        desk = await placing.desk_for(db, OFFICE, ready.walk.matter.id, person=ready.house.mediator, now=moment)
    assert (desk.case.id, desk.account_id) == (ready.walk.case.id, ready.house.mediator_id)


async def test_the_family_is_among_the_invited_and_waives_for_itself(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    async with database.write() as db:
        desk = await placing.desk_for(db, OFFICE, ready.walk.matter.id, person=ready.house.coordinator, now=moment)
        family, council = await ready.walk.family(db), await ready.walk.council(db)
        seats = await placing.invited(desk, [council.id, family.id])
        with pytest.raises(NobodyInvited):
            await placing.invited(desk, [council.id])
    assert [seat.id for seat in seats] == [family.id, council.id]
    placing.check_waiver(None, seats, chosen_at=None, now=moment)
    placing.check_waiver(
        Waiver(by=SeatId(family.id), at=moment, channel=Channel.PHONE), seats, chosen_at=None, now=moment
    )
    with pytest.raises(NotTheFamilysWord):
        placing.check_waiver(
            Waiver(by=SeatId(council.id), at=moment, channel=Channel.PHONE), seats, chosen_at=None, now=moment
        )


async def test_a_place_is_decided_on_with_its_rooms(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
        desk = await placing.desk_for(db, OFFICE, ready.walk.matter.id, person=ready.house.coordinator, now=moment)
        seats = await placing.invited(desk, ready.proposal.seat_ids)
        where = await placing.decided(desk, in_person(place), seats)
        assert await placing.decided(desk, None, seats) is None
    assert where is not None
    values = placing.place_values(where)
    assert (values["mode"], values["venue_id"], values["room_id"]) == (
        Mode.IN_PERSON, place.venue.id, where.plan.together.id,
    )  # fmt: skip
    assert set(where.room_ids) == {room.id for room in place.venue.rooms}
    assert set(placing.place_values(None)) == set(values)


async def test_a_claim_that_fails_names_times_that_are_free(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    span = placing.span_of(TUESDAY_10, 180, now=moment)
    async with database.write() as db:
        number = await diary_for(db, ready.house.mediator_id, Kind.MEDIATOR)
        await claim_all(db, [number], span, meeting_id="m" * 26, now=moment)
        desk = await placing.desk_for(db, OFFICE, ready.walk.matter.id, person=ready.house.coordinator, now=moment)
        with pytest.raises(SlotTaken) as taken:
            await placing.claim(desk, "n" * 26, (ready.house.mediator_id,), span=span)
        first = taken.value.alternatives[0]
        free = placing.span_of(first.starts, 180, now=moment)
        await placing.claim(desk, "n" * 26, (ready.house.mediator_id,), span=free)
