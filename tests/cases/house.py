"""A small house for the tests of acts: staff, a council, and a case walked as far as a test needs it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cases import advising, assigning, authorities, contact, file, intake
from cases.advising import Said, Talk
from cases.authorities import Authority
from cases.case import Channel, Choice, Decision, Side
from cases.dossier import CaseFile, Duty, Matter, Seat
from cases.intake import Enquiry
from cases.script import Tick
from database.engine import Database, Transaction
from notifications.schema import message
from notifications.wording import Office
from people import accounts
from people.access import VISITOR, Person
from people.roles import Role
from people.sessions import seat_holder
from people.signin import as_person
from tests.notifications.samples import office

__all__ = ["OFFICE", "House", "Walk", "furnish", "mails", "office"]

OFFICE: Office = office()
ALL_TICKS = tuple(str(tick) for tick in Tick)


@dataclass(frozen=True, kw_only=True)
class House:
    """Who works here, and one council."""

    council: Authority
    coordinator: Person
    adviser: Person
    mediator: Person
    other_mediator: Person

    @property
    def mediator_id(self) -> str:
        """The id of the first mediator's account."""
        return str(self.mediator.account_id)


async def staff(db: Transaction, name: str, *roles: Role, now: datetime) -> Person:
    """Somebody who works here."""
    email = f"{name.split(maxsplit=1)[0].lower()}@evenhand.example"
    return as_person(await accounts.make(db, name=name, email=email, roles=roles, now=now), proof="second_factor")


async def furnish(db: Transaction, *, now: datetime) -> House:
    """Staff of every kind that a case needs, and Northmere."""
    return House(
        council=await authorities.add(
            db, name="Northmere Council", team="SEND mediation team", email="send@northmere.example", now=now
        ),
        coordinator=await staff(db, "Mina Farrow", Role.COORDINATOR, now=now),
        adviser=await staff(db, "Joy Okoro", Role.ADVISER, now=now),
        mediator=await staff(db, "Idris Vaughan", Role.MEDIATOR, now=now),
        other_mediator=await staff(db, "Ruth Sandhu", Role.MEDIATOR, now=now),
    )


ENQUIRY = Enquiry(
    told_by="PA",
    name="Tessa Alderton",
    email="tessa@example.org",
    phone="+447700900142",
    child_first_name="Rowan",
    child_last_name="Alderton",
    born=date(2016, 5, 19),
    authority_id="",
    decision=Decision.CONTENTS_B_F_I,
    letter_date=date(2026, 9, 14),
    sent_date=date(2026, 9, 14),
    needs=("time", "somebody"),
    needs_words="I am dyslexic.",
    reach_note="Messages are safe; 9:30 to 14:30",
)


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One case on its way, and who walks it."""

    house: House
    case: CaseFile
    matter: Matter
    now: datetime

    async def family(self, db: Transaction) -> Seat:
        """The parent's seat."""
        return next(seat for seat in await file.seats_of(db, self.case.id) if seat.side is Side.FAMILY)

    async def council(self, db: Transaction) -> Seat:
        """The council's seat."""
        return next(seat for seat in await file.seats_of(db, self.case.id) if seat.side is Side.COUNCIL)

    async def advised(self, db: Transaction) -> "Walk":
        """The adviser has given information and advice."""
        talk = Talk(matter_id=self.matter.id, given_at=self.now, channel=Channel.PHONE, ticks=ALL_TICKS)
        moved = await advising.record_advice(db, OFFICE, talk, person=self.house.adviser, now=self.now)
        return replace(self, matter=moved)

    async def chose(self, db: Transaction, choice: Choice = Choice.MEDIATION) -> "Walk":
        """The family has said what it wants."""
        said = Said(matter_id=self.matter.id, choice=choice, told_at=self.now, channel=Channel.PHONE)
        moved = await advising.record_choice(db, OFFICE, said, person=self.house.adviser, now=self.now)
        return replace(self, matter=moved)

    async def assigned(self, db: Transaction) -> "Walk":
        """The first mediator has the case."""
        moved = await assigning.assign(
            db,
            OFFICE,
            self.matter.id,
            account_id=self.house.mediator_id,
            duty=Duty.MEDIATOR,
            person=self.house.coordinator,
            now=self.now,
        )
        return replace(self, matter=moved)

    async def reached(self, db: Transaction) -> "Walk":
        """The mediator has spoken with the family."""
        moved = await contact.log(
            db,
            self.matter.id,
            at=self.now,
            channel=Channel.PHONE,
            reached=True,
            person=self.house.mediator,
            now=self.now,
        )
        return replace(self, matter=moved)

    async def ready(self, db: Transaction) -> "Walk":
        """Everything before booking has happened."""
        walk = await self.advised(db)
        walk = await walk.chose(db)
        walk = await walk.assigned(db)
        return await walk.reached(db)


async def enquire(db: Transaction, house: House, *, now: datetime, **changes: object) -> Walk:
    """An enquiry has come in by the web."""
    enquiry = replace(ENQUIRY, authority_id=house.council.id, **changes)  # type: ignore[arg-type]
    case = await intake.receive(db, OFFICE, enquiry, person=VISITOR, now=now)
    return Walk(house=house, case=case, matter=(await file.matters_of(db, case.id))[0], now=now)


async def walk_to(database: Database, *, now: datetime) -> Walk:
    """A fresh house with one enquiry."""
    async with database.write() as db:
        return await enquire(db, await furnish(db, now=now), now=now)


async def mails(db: Transaction, kind: str | None = None) -> list[tuple[str, str]]:
    """Kind and address of every message, in the order of their writing."""
    rows = await db.all(select(message).order_by(message.c.created_at, message.c.id))
    boxes = [(row, await db.box(row.key_id)) for row in rows if kind in {None, row.kind}]
    return sorted((row.kind, box.open("message.to", row.id, row.to_sealed)) for row, box in boxes)


def sitting_in(seat: Seat, *, proof: str = "mail", attendance_id: str | None = None) -> Person:
    """Whoever holds this seat."""
    return seat_holder(
        session_id="s" * 64,
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=attendance_id,
        proof=proof,
        party=seat.party,
        side=seat.side,
        name=seat.label,
        request_id="r",
    )


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)
