"""A stage for the acts of records: one case of the invented story, as far along as a test wants it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases import authorities, file, work
from cases.case import Channel, Choice, Decision, Side, Standing
from cases.dossier import Advice, CaseFile, Child, Duty, Holder, Matter, NewMatter, NewSeat, Seat
from cases.states import Event
from database.engine import Database, Transaction
from database.ids import new_id
from meetings import register
from meetings.meeting import AttendanceState, MeetingState, Mode, ProofLevel
from meetings.register import Attendance, Meeting, NewMeeting
from notifications.wording import open_office
from people import accounts, links
from people.access import SERVICE, Person
from people.accounts import Account
from people.roles import Party, Role
from tests.records.samples import COUNCIL, HOUSE

OFFICE = open_office(HOUSE, mail_from="meetings@evenhand.example")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LETTER = date(2026, 9, 14)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Who and what is on it. `moment` is Thursday 8 October 2026, 10 am in London."""

    database: Database
    case: CaseFile
    matter: Matter
    family: Seat
    council: Seat
    school: Seat
    supporter: Seat
    coordinator: Person
    adviser: Person
    mediator: Person
    moment: datetime

    async def now_matter(self) -> Matter:
        """The matter as it is now."""
        async with self.database.read() as db:
            return await file.load_matter(db, self.matter.id)


def as_staff(account: Account) -> Person:
    """A member of staff who is signed in."""
    return Person(
        kind="staff",
        account_id=account.id,
        name=account.name,
        roles=account.roles,
        proof="second_factor",
        request_id="request",
    )


def holder(seat: Seat, *, proof: ProofLevel = ProofLevel.MAIL) -> Person:
    """The holder of a seat, by link and code."""
    return Person(
        kind="seat",
        seat_id=seat.id,
        case_id=seat.case_id if proof is not ProofLevel.NOT_CONFIRMED else "",
        name=seat.label,
        party=seat.party,
        side=seat.side,
        proof=proof,
        request_id="request",
    )


async def _staff(db: Transaction, name: str, role: Role, now: datetime) -> Person:
    mail = f"{name.split(maxsplit=1)[0].lower()}@evenhand.example"
    return as_staff(await accounts.make(db, name=name, email=mail, roles=[role], now=now))


SEATS = (
    NewSeat(
        side=Side.FAMILY,
        standing=Standing.PRINCIPAL,
        party=Party.PARENT,
        name="Tessa Adair",
        title="Parent",
        email="tessa@family.example",
    ),
    NewSeat(
        side=Side.COUNCIL,
        standing=Standing.PRINCIPAL,
        party=Party.COUNCIL,
        name="Colin Beale",
        title="SEN manager",
        email="colin@northmere.example",
    ),
    NewSeat(
        side=Side.SCHOOL,
        standing=Standing.PRINCIPAL,
        party=Party.SETTING,
        name="Freya Lund",
        title="SENCO",
        email="freya@alderbrook.example",
    ),
    NewSeat(
        side=Side.FAMILY,
        standing=Standing.SUPPORTER,
        party=Party.SUPPORTER,
        name="Sam Kerr",
        title="Supporter",
        email="sam@friends.example",
    ),
)


async def _council(db: Transaction, moment: datetime) -> str:
    added = await authorities.add(db, name=COUNCIL, team="SEND", email="send@northmere.example", now=moment)
    return added.id


async def set_up(
    database: Database, moment: datetime, *, decision: Decision = Decision.CONTENTS_B_F_I, like: Stage | None = None
) -> Stage:
    """A case with its people, right after the enquiry; `like`: of the same council and with the same staff."""
    async with database.write() as db:
        council_id = like.case.authority_id if like else await _council(db, moment)
        child = Child(first_name="Rowan", last_name="Adair", born=date(2016, 5, 19))
        case = await file.open_case(
            db, authority_id=council_id, subject_kind="child", child=child, came_by="web", now=moment
        )
        new = NewMatter(decision=decision, letter_date=LETTER, sent_date=LETTER, education=True, health=True)
        matter = await file.add_matter(db, case, new, person=SERVICE, now=moment)
        seats = [await file.add_seat(db, case, seat, now=moment) for seat in SEATS]
        for seat in seats:
            await links.make(db, seat_id=seat.id, case_id=case.id, now=moment)
        return Stage(
            database=database,
            case=case,
            matter=matter,
            family=seats[0],
            council=seats[1],
            school=seats[2],
            supporter=seats[3],
            coordinator=like.coordinator if like else await _staff(db, "Mina Farrow", Role.COORDINATOR, moment),
            adviser=like.adviser if like else await _staff(db, "Joy Okoro", Role.ADVISER, moment),
            mediator=like.mediator if like else await _staff(db, "Idris Vaughan", Role.MEDIATOR, moment),
            moment=moment,
        )


async def advise(stage: Stage) -> None:
    """The adviser has given information and advice."""
    async with stage.database.write() as db:
        await _hold(db, stage, stage.adviser, Duty.ADVISER)
        given = Advice(
            id=new_id(),
            matter_id=stage.matter.id,
            given_at=stage.moment,
            channel=Channel.PHONE,
            account_id=stage.adviser.account_id or "",
            ticks=("free", "voluntary"),
            notes="Their own note",
        )
        await work.note_advice(db, given, key_id=stage.case.key_id, now=stage.moment)
        await _move(db, stage, Event.ADVISED, advised_at=stage.moment)


async def _hold(db: Transaction, stage: Stage, person: Person, duty: Duty) -> None:
    mine = Holder(
        matter_id=stage.matter.id,
        duty=duty,
        account_id=person.account_id or "",
        name=person.name,
        since=stage.moment,
    )
    await work.assign(db, new_id(), mine, made_by=stage.coordinator.account_id or "", now=stage.moment)


async def _move(db: Transaction, stage: Stage, event: Event, **facts: object) -> Matter:
    before = await file.load_matter(db, stage.matter.id)
    return await file.move_matter(db, before, event, person=SERVICE, now=stage.moment, **facts)


async def choose(stage: Stage, choice: Choice) -> None:
    """The family has said what it wants."""
    events = {
        Choice.MEDIATION: Event.CHOSE_MEDIATION,
        Choice.DECLINED: Event.DECLINED,
        Choice.DISAGREEMENT_RESOLUTION: Event.CHOSE_DR,
    }
    async with stage.database.write() as db:
        await _move(db, stage, events[choice], choice=choice, chosen_at=stage.moment)
        if choice is Choice.MEDIATION:
            await _move(db, stage, Event.COUNCIL_TOLD, council_told_at=stage.moment)


async def book(stage: Stage, *, starts: datetime, mode: Mode = Mode.ONLINE, **more: object) -> Meeting:
    """The mediator is assigned, and a meeting of three hours is booked with everybody."""
    async with stage.database.write() as db:
        await _hold(db, stage, stage.mediator, Duty.MEDIATOR)
        for event in (Event.ASSIGNED, Event.CONTACTED, Event.SCHEDULING, Event.BOOKED):
            await _move(db, stage, event)
        new = NewMeeting(
            id=new_id(),
            case_id=stage.case.id,
            matter_id=stage.matter.id,
            mediator_id=stage.mediator.account_id or "",
            starts=starts,
            ends=starts + 3 * HOUR,
            made_by=stage.coordinator.account_id or "",
        )
        meeting = await register.enter_meeting(db, new, {"mode": mode, **more}, now=stage.moment)
        seats = [seat.id for seat in (stage.family, stage.council, stage.school, stage.supporter)]
        await register.enter_attendances(db, meeting.id, seats, domain="evenhand.example", now=stage.moment)
        return meeting


async def open_room(stage: Stage, meeting: Meeting, *seats: Seat) -> None:
    """The meeting has begun and these people were let in."""
    async with stage.database.write() as db:
        opened = await register.change_state(db, meeting, MeetingState.OPEN, opened_at=meeting.starts)
        for attendance in await register.attendances(db, opened.id):
            if attendance.seat_id in {seat.id for seat in seats}:
                await _let_in(db, attendance, meeting.starts)
        await _move(db, stage, Event.OPENED)


async def _let_in(db: Transaction, attendance: Attendance, at: datetime) -> None:
    arrived = await register.move_attendance(db, attendance, AttendanceState.ARRIVED, arrived_at=at)
    await register.move_attendance(db, arrived, AttendanceState.ADMITTED, admitted_at=at)


async def in_session(database: Database, moment: datetime, *, like: Stage | None = None) -> tuple[Stage, Meeting]:
    """Four weeks on, the meeting is under way with family, council, school and supporter in the room."""
    stage = await set_up(database, moment, like=like)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    meeting = await book(stage, starts=moment + 26 * DAY)
    await open_room(stage, meeting, stage.family, stage.council, stage.school, stage.supporter)
    return stage, meeting
