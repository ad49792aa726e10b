"""What a workload needs to be there beforehand: staff, cases, diaries, open rooms. Written through the Stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update

from cases import authorities, file, holiday_list, work
from cases.case import Choice, Decision, Side, Standing
from cases.dossier import CaseFile, Child, Duty, Holder, Matter, NewMatter, NewSeat, Seat
from cases.schema import matter as matter_table
from cases.states import MatterState
from cases.working_days import day_of
from database.engine import Transaction
from database.ids import new_id
from meetings import register
from meetings.meeting import AttendanceState, MeetingState, Mode, ProofLevel
from meetings.register import Attendance, Meeting, NewMeeting
from meetings.room import media
from meetings.room.asks import Seated, Tick
from meetings.room.floor import Seat as FloorSeat
from meetings.room.floor import SeatKey
from meetings.room.turns import open_floor, take_turn
from notifications.when import LONDON
from people import accounts, links, sessions
from people.access import SERVICE
from people.accounts import Account
from people.roles import Party, Role
from scheduler import diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening

DOMAIN = "evenhand.example"
HOURS = tuple(Opening(weekday=day, opens=time(8), closes=time(20)) for day in range(5))
MINUTES = 120
NOTICE = 8  # working days ahead: every booking is in time
# A family, somebody who helps, the council and the school: with the mediator, five people.
PEOPLE = (
    (Side.FAMILY, Standing.PRINCIPAL, Party.PARENT, "Parent"),
    (Side.FAMILY, Standing.SUPPORTER, Party.SUPPORTER, "Supporter"),
    (Side.COUNCIL, Standing.PRINCIPAL, Party.COUNCIL, "SEN manager"),
    (Side.SCHOOL, Standing.WITNESS, Party.PROFESSIONAL, "Teacher"),
)


@dataclass(frozen=True, kw_only=True)
class House:
    """Who works here, and the council that every case is against."""

    coordinator: Account
    mediators: tuple[Account, ...]
    council: str
    cookies: tuple[str, ...]  # secrets of coordinators' sessions


@dataclass(frozen=True, kw_only=True)
class Door:
    """One person who may go into one room: the secret of their session, and their place."""

    secret: str
    attendance_id: str
    meeting_id: str


@dataclass(frozen=True, kw_only=True)
class Bookable:
    """One case that can be booked, and the people who are invited."""

    case_id: str
    matter_id: str
    mediator_id: str
    seat_ids: tuple[str, ...]


async def furnish(db: Transaction, *, mediators: int, coordinators: int, now: datetime) -> House:
    """Staff with hours and open sessions, and a council."""
    desk = [
        await accounts.make(db, name=f"Mina Farrow {n}", email=f"mina{n}@{DOMAIN}", roles=[Role.COORDINATOR], now=now)
        for n in range(coordinators)
    ]
    table = [
        await accounts.make(db, name=f"Idris Vaughan {n}", email=f"idris{n}@{DOMAIN}", roles=[Role.MEDIATOR], now=now)
        for n in range(mediators)
    ]
    for one in table:
        await diaries.set_hours(db, await diaries.diary_for(db, one.id, Kind.MEDIATOR), HOURS)
    council = await authorities.add(db, name="Northmere", team="SEND team", email="send@northmere.example", now=now)
    cookies = [await sessions.open_staff(db, one.id, second_factor=True, device="bench", now=now) for one in desk]
    return House(coordinator=desk[0], mediators=tuple(table), council=council.id, cookies=tuple(cookies))


async def _case(
    db: Transaction, house: House, number: int, *, now: datetime
) -> tuple[CaseFile, Matter, Sequence[Seat]]:
    child = Child(first_name="Rowan", last_name=f"Archer {number}", born=date(2016, 5, 19))
    case = await file.open_case(
        db, authority_id=house.council, subject_kind="child", child=child, came_by="web", now=now
    )
    letter = (now - timedelta(days=24)).date()
    matter = await file.add_matter(
        db, case, NewMatter(decision=Decision.CONTENTS_B_F_I, letter_date=letter), person=SERVICE, now=now
    )
    seats = [
        await file.add_seat(
            db,
            case,
            NewSeat(
                side=side,
                standing=standing,
                party=party,
                name=f"Tessa Archer {number}",
                title=title,
                email=f"{party.lower()}{number}@post.example",
            ),
            now=now,
        )
        for side, standing, party, title in PEOPLE
    ]
    return case, matter, seats


async def bookable(db: Transaction, house: House, number: int, *, mediator: Account, now: datetime) -> Bookable:
    """A family that chose mediation and was reached by its mediator: the next step is to book."""
    case, matter, seats = await _case(db, house, number, now=now)
    told = {"advised_at": now, "chosen_at": now, "council_told_at": now, "contacted_at": now}
    moved = {"state": MatterState.SCHEDULING, "choice": Choice.MEDIATION, **told}
    await db.execute(update(matter_table).where(matter_table.c.id == matter.id).values(moved))
    for seat in seats:
        await links.make(db, seat_id=seat.id, case_id=case.id, now=now)
    holder = Holder(matter_id=matter.id, duty=Duty.MEDIATOR, account_id=mediator.id, name=mediator.name, since=now)
    await work.assign(db, new_id(), holder, made_by=house.coordinator.id, now=now)
    return Bookable(
        case_id=case.id,
        matter_id=matter.id,
        mediator_id=mediator.id,
        seat_ids=tuple(seat.id for seat in seats),
    )


async def open_room(db: Transaction, house: House, number: int, *, people: int, now: datetime) -> list[Door]:
    """A meeting that goes on, with so many people let in, each with a session of their own."""
    case, matter, seats = await _case(db, house, number, now=now)
    for extra in range(len(seats), people):
        seats = [*seats, await _extra(db, case, extra, now=now)]
    new = NewMeeting(
        id=new_id(),
        case_id=case.id,
        matter_id=matter.id,
        mediator_id=house.mediators[number % len(house.mediators)].id,
        starts=now - timedelta(minutes=5),
        ends=now + timedelta(minutes=MINUTES),
        made_by=house.coordinator.id,
    )
    booked = await register.enter_meeting(db, new, {"mode": Mode.ONLINE}, now=now)
    meeting = await register.change_state(db, booked, MeetingState.OPEN, opened_at=now)
    await open_floor(db, meeting, now=now)
    doors = [await _let_in(db, meeting, seat, now=now) for seat in seats]
    await media.room_of(db, meeting.id, now=now)
    # Nobody's screen is connected: the floor has long stood still when the workload begins.
    for seconds in (30, 60):
        await take_turn(db, meeting.id, Tick(), now=now + timedelta(seconds=seconds))
    return doors


async def _extra(db: Transaction, case: CaseFile, number: int, *, now: datetime) -> Seat:
    side, standing, party, title = PEOPLE[number % len(PEOPLE)]
    new = NewSeat(side=side, standing=standing, party=party, name=f"Jo Baker {number}", title=title)
    return await file.add_seat(db, case, new, now=now)


async def _let_in(db: Transaction, meeting: Meeting, seat: Seat, *, now: datetime) -> Door:
    (place,) = await register.enter_attendances(db, meeting.id, [seat.id], domain=DOMAIN, now=now)
    await links.make(
        db,
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=place.id,
        over_at=meeting.ends + timedelta(hours=2),
        now=now,
    )
    place = await register.move_attendance(db, place, AttendanceState.ARRIVED, proof=ProofLevel.MAIL, agreed_at=now)
    place = await register.move_attendance(db, place, AttendanceState.ADMITTED, admitted_at=now)
    on_floor = FloorSeat(key=SeatKey(place.id), label=seat.label, side=seat.side, standing=seat.standing)
    await take_turn(db, meeting.id, Seated(by=SeatKey(""), seat=on_floor), now=now)
    secret = await _session(db, meeting, place, seat, now=now)
    return Door(secret=secret, attendance_id=place.id, meeting_id=meeting.id)


async def _session(db: Transaction, meeting: Meeting, place: Attendance, seat: Seat, *, now: datetime) -> str:
    return await sessions.open_seat(
        db,
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=place.id,
        proof=ProofLevel.MAIL,
        meeting_ends=meeting.ends,
        now=now,
    )


async def slots(db: Transaction, count: int, *, now: datetime) -> list[datetime]:
    """The starts of so many times that one mediator could take, one after the other, all of them in time."""
    calendar = await holiday_list.calendar(db)
    found: list[datetime] = []
    day, ahead = day_of(now), 0
    while len(found) < count:
        day += timedelta(days=1)
        ahead += calendar.is_working(day)
        if ahead < NOTICE or not calendar.is_working(day):
            continue
        opened = range(HOURS[0].opens.hour, HOURS[0].closes.hour - 1, MINUTES // 60)
        found += [datetime.combine(day, time(hour), LONDON).astimezone(UTC) for hour in opened]
    return found[:count]
