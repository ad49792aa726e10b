"""A case that can be booked, a mediator with hours, a place with rooms: what the tests of booking begin with."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from sqlalchemy import func, select

from cases import file
from cases.case import Channel, SeatId
from database.engine import Database, Transaction
from meetings import venue_list
from meetings.exceptional import Reason
from meetings.meeting import Waiver
from meetings.schema import attendance, meeting
from meetings.venue_list import Place
from meetings.venues import BuildingNeed
from notifications.schema import message
from people.schema import audit, link
from scheduler import booking, diaries
from scheduler.booking import Proposal
from scheduler.diaries import Kind
from scheduler.placing import InPerson
from scheduler.schema import claim
from scheduler.slots import Opening
from tests.cases.house import OFFICE, House, Walk, enquire, furnish

TUESDAY_10 = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)  # 10 am in London, when summer time is over
WORKDAYS = tuple(Opening(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
MINUTES = 180


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Everything that has happened before booking, and a proposal for it."""

    walk: Walk
    proposal: Proposal

    @property
    def house(self) -> House:
        """Who works here."""
        return self.walk.house

    async def book(self, database: Database, **changes: object) -> str:
        """The meeting is booked by the coordinator; its id."""
        async with database.write() as db:
            return await self.book_in(db, **changes)

    async def book_in(self, db: Transaction, **changes: object) -> str:
        """The same in a transaction that is open."""
        wanted = replace(self.proposal, **changes)  # type: ignore[arg-type]
        return await booking.book(db, OFFICE, wanted, person=self.house.coordinator, now=self.walk.now)


async def open_hours(db: Transaction, house: House) -> None:
    """Both mediators work from Monday to Friday, 9 to 5 in London."""
    for person in (house.mediator, house.other_mediator):
        number = await diaries.diary_for(db, str(person.account_id), Kind.MEDIATOR)
        await diaries.set_hours(db, number, WORKDAYS)


async def another(db: Transaction, house: House, *, now: datetime, number: int = 1) -> Ready:
    """One more case of the same mediator, ready to be booked."""
    walk = await (await enquire(db, house, now=now, email=f"parent{number}@example.org")).ready(db)
    seats = await file.seats_of(db, walk.case.id)
    proposal = Proposal(
        matter_id=walk.matter.id,
        mediator_id=house.mediator_id,
        starts=TUESDAY_10,
        minutes=MINUTES,
        seat_ids=tuple(seat.id for seat in seats),
    )
    return Ready(walk=walk, proposal=proposal)


async def get_ready(database: Database, *, now: datetime) -> Ready:
    """A fresh house with one case that can be booked."""
    async with database.write() as db:
        house = await furnish(db, now=now)
        await open_hours(db, house)
        return await another(db, house, now=now, number=0)


async def meadow_hall(db: Transaction, *, now: datetime, rooms: int = 3) -> Place:
    """A neutral place with rooms that get smaller."""
    return await venue_list.add(
        db,
        name="Meadow Hall",
        address="4 Meadow Lane, Northmere NM1 2AB",
        directions="Ring the bell at the green door.",
        offers=frozenset({BuildingNeed.STEP_FREE, BuildingNeed.QUIET_SPACE}),
        rooms={f"Room {number}": 10 - number for number in range(1, rooms + 1)},
        now=now,
    )


def in_person(place: Place) -> InPerson:
    """A reason to meet there."""
    return InPerson(venue_id=place.venue.id, reason=Reason.ACCESS_NEED, words="Maya uses a communication aid.")


async def waiver_of(db: Transaction, walk: Walk) -> Waiver:
    """The parent's word, by phone, that less notice is all right."""
    return Waiver(by=SeatId((await walk.family(db)).id), at=walk.now, channel=Channel.PHONE)


async def counts(db: Transaction) -> dict[str, int]:
    """How much there is of everything that a booking makes."""
    booked = {
        "meetings": select(func.count()).select_from(meeting),
        "attendances": select(func.count()).select_from(attendance),
        "claims": select(func.count()).select_from(claim).where(claim.c.state == "booked"),
        "links": select(func.count()).select_from(link).where(link.c.attendance_id.is_not(None)),
        "invitations": select(func.count()).select_from(message).where(message.c.kind == "invitation"),
        "audit": select(func.count()).select_from(audit).where(audit.c.action == "meeting.book"),
    }
    return {name: int(await db.scalar(statement)) for name, statement in booked.items()}
