"""Edge: the people of a trial, and the beginning of one case: made once, through the same acts as everybody's.

Invented, every one of them. The case is Rowan A.'s, against Northmere council (the story of the design).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases import advising, assigning, authorities, contact, file, intake, script
from cases.advising import Said, Talk
from cases.case import Channel, Choice, Decision, SeatId, Side
from cases.dossier import Duty, Matter
from cases.intake import Enquiry
from database.engine import Database, Transaction
from meetings import register, venue_list
from meetings.meeting import waived
from meetings.venues import BuildingNeed
from notifications.wording import Office
from people import accounts, links
from people.access import VISITOR, Person
from people.accounts import Account
from people.roles import Role
from people.signin import as_person
from scheduler import booking, diaries, finding
from scheduler.booking import Proposal
from scheduler.diaries import Kind
from scheduler.finding import Wanted
from scheduler.slots import Opening

STAFF = (
    ("Mina Farrow", "mina@evenhand.example", (Role.COORDINATOR,)),
    ("Joy Okoro", "joy@evenhand.example", (Role.ADVISER,)),
    ("Idris Vaughan", "idris@evenhand.example", (Role.MEDIATOR,)),
)


@dataclass(frozen=True, kw_only=True)
class People:
    """Who can sign in to a trial, and how: each a word for what they are, and a name with address or a link."""

    staff: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


HOURS = tuple(Opening(weekday=day, opens=time(8, 0), closes=time(20, 0)) for day in range(5))
SUPPORTER_MAIL, PARENT_MAIL, COUNCIL_MAIL = "jo@post.example", "tessa@post.example", "send@northmere.example"
EVERY_POINT = tuple(point.tick for point in script.POINTS)


async def _staff(db: Transaction, *, now: datetime) -> dict[Role, Account]:
    made = {
        roles[0]: await accounts.make(db, name=name, email=email, roles=roles, now=now) for name, email, roles in STAFF
    }
    diary = await diaries.diary_for(db, made[Role.MEDIATOR].id, Kind.MEDIATOR)
    await diaries.set_hours(db, diary, HOURS)
    return made


async def _places(db: Transaction, *, now: datetime) -> str:
    await venue_list.add(
        db,
        name="Lindenfold House",
        address="4 Linden Row, Northmere NM1 2AB",
        directions="Bus 7 stops at the door. Ring the bell marked Lindenfold.",
        offers=frozenset(BuildingNeed),
        rooms={"Oak, the shared room": 12, "Birch, first side": 6, "Willow, second side": 6, "Quiet room": 3},
        now=now,
    )
    made = await authorities.add(
        db,
        name="Northmere Borough Council",
        team="SEND mediation team",
        email=COUNCIL_MAIL,
        phone="+441632960233",
        now=now,
    )
    return made.id


def _rowan(council: str, *, now: datetime) -> Enquiry:
    letter = (now - timedelta(days=24)).date()
    return Enquiry(
        told_by="PA",
        name="Tessa Archer",
        email=PARENT_MAIL,
        phone="+447700900142",
        child_first_name="Rowan",
        child_last_name="Archer",
        born=date(2016, 5, 19),
        authority_id=council,
        decision=Decision.CONTENTS_B_F_I,
        letter_date=letter,
        health=True,
        social_care=True,
        reach_note="Messages are safe; 9:30 to 2:30",
        needs=("time", "somebody"),
        needs_words="I am dyslexic. Please do not ask me to read aloud.",
    )


def _sol(council: str, *, now: datetime) -> Enquiry:
    return Enquiry(
        told_by="PA",
        name="Nadia Dean",
        email="nadia@post.example",
        phone="+447700900155",
        child_first_name="Sol",
        child_last_name="Dean",
        born=date(2019, 2, 3),
        authority_id=council,
        decision=Decision.REFUSE_ASSESS,
        letter_date=(now - timedelta(days=10)).date(),
        reach_note="Any time after 6 pm",
    )


async def _advised(
    db: Transaction, office: Office, matter: Matter, *, staff: dict[Role, Person], now: datetime
) -> None:
    """Advice was given, mediation chosen, a mediator found, and the family reached."""
    adviser, mediator = staff[Role.ADVISER], staff[Role.MEDIATOR]
    talk = Talk(matter_id=matter.id, given_at=now - timedelta(hours=2), channel=Channel.PHONE, ticks=EVERY_POINT)
    await advising.record_advice(db, office, talk, person=adviser, now=now)
    said = Said(
        matter_id=matter.id,
        choice=Choice.MEDIATION,
        told_at=now - timedelta(hours=1),
        channel=Channel.PHONE,
        education=True,
        health=True,
        social_care=True,
    )
    await advising.record_choice(db, office, said, person=adviser, now=now)
    await assigning.assign(
        db,
        office,
        matter.id,
        account_id=mediator.account_id or "",
        duty=Duty.MEDIATOR,
        person=staff[Role.COORDINATOR],
        now=now,
    )
    await contact.log(db, matter.id, at=now, channel=Channel.PHONE, reached=True, person=mediator, now=now)


async def _booked(db: Transaction, office: Office, matter: Matter, *, staff: dict[Role, Person], now: datetime) -> None:
    """The next free time is booked; the family let the five working days go, so that a trial need not wait for them."""
    mediator = staff[Role.MEDIATOR].account_id or ""
    free = await finding.free_times(
        db, Wanted(mediator_ids=(mediator,), minutes=180), after=now, before=now + timedelta(days=21), now=now
    )
    if not free:
        return
    seats = await file.seats_of(db, matter.case_id)
    family = next(seat for seat in seats if seat.side is Side.FAMILY)
    waiver = waived(SeatId(family.id), family.side, at=now, channel=Channel.PHONE)
    proposal = Proposal(
        matter_id=matter.id,
        mediator_id=mediator,
        starts=free[0].starts,
        minutes=180,
        seat_ids=tuple(seat.id for seat in seats),
        waiver=waiver,
    )
    await booking.book(db, office, proposal, person=staff[Role.COORDINATOR], now=now)


async def _links(db: Transaction, case_id: str) -> tuple[tuple[str, str], ...]:
    found = []
    for seat in await file.seats_of(db, case_id):
        place = await register.attendances_of(db, seat.id)
        link = await links.of_attendance(db, place[-1].id) if place else await links.of_seat(db, seat.id)
        if link is not None:
            found.append(("parent" if seat.side is Side.FAMILY else "LA officer", f"/j/{link.locator}"))
    return tuple(found)


async def _make(db: Transaction, office: Office, *, now: datetime) -> None:
    made = await _staff(db, now=now)
    staff = {role: as_person(account, proof="mail") for role, account in made.items()}
    council = await _places(db, now=now)
    came = now - timedelta(hours=3)  # before the advice, also on a trial just after midnight
    case = await intake.receive(db, office, _rowan(council, now=came), person=VISITOR, now=came)
    await intake.receive(db, office, _sol(council, now=now), person=VISITOR, now=now)
    matter = (await file.matters_of(db, case.id))[0]
    await _advised(db, office, matter, staff=staff, now=now)
    await _booked(db, office, matter, staff=staff, now=now)


async def _first_case(db: Transaction) -> str:
    matters = await file.open_matters(db)
    return matters[0].case_id if matters else ""


def _place(account: Account) -> int:
    """The order in which a case meets them."""
    return min((list(Role).index(role) for role in account.roles), default=len(Role))


async def tell(database: Database, office: Office, *, now: datetime) -> People:
    """The trial's people are there, made the first time; who they are and how they come in."""
    async with database.read() as db:
        begun = bool(await accounts.everybody(db))
    if not begun:
        async with database.write() as db:
            await _make(db, office, now=now)
    async with database.read() as db:
        staff = tuple(
            (", ".join(role.words for role in one.roles), f"{one.name}, {one.email}")
            for one in sorted(await accounts.everybody(db), key=_place)
        )
        case_id = await _first_case(db)
        return People(staff=staff, links=await _links(db, case_id) if case_id else ())
