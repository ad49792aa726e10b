"""Two families at once, told through the acts: Rowan's meeting is going on, Wren's is over and has its papers.

`tell` of the demonstration makes Rowan's case (and Sol's enquiry, which nobody has yet); the other family, another
council, the colleagues of both and the words that must stay on one side are added here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cases import advising, assigning, authorities, contact, file, intake, script, seating
from cases.advising import Said, Talk
from cases.case import Channel, Choice, Decision, SeatId, Side, Standing
from cases.dossier import CaseFile, Duty, Matter, NewSeat, Seat
from cases.legal_class import LegalClass
from cases.states import Outcome
from database.engine import Database, Transaction
from demonstration.story import HOURS, tell
from meetings import attending, register, venue_list
from meetings.meeting import ProofLevel, waived
from meetings.room import admission
from notifications import outbox
from notifications.wording import Office
from people import accounts, links, sessions
from people.access import VISITOR, Person
from people.accounts import Account
from people.roles import Party, Role
from people.signin import as_person
from records import certifying, closing, confirming, drafting, papers, prints
from records.agreement import ActionLine, Draft, Mark
from records.certificate import Kind
from records.papers import Printer
from scheduler import booking, diaries, finding, keeping
from scheduler.booking import Proposal
from scheduler.finding import Wanted
from scheduler.spans import Span

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EVERY_POINT = tuple(point.tick for point in script.POINTS)

# What belongs to one side and must never reach the other, whatever page, mail, calendar or paper it receives.
FAMILY_ONLY = {
    "needs": "Zebrafinch7: please never read aloud to me",
    "reach": "Quokkaberry7: only between nine and ten",
    "phone": "+447700900877",
    "mail": "family.pangolin7@post.example",
    "about": "Axolotlwood7 is what we worry about",
    "adviser": "Narwhalgate7: the adviser's own note",
    "contact": "Tapirfield7: the mediator's own note of the call",
}
COUNCIL_ONLY = {
    "needs": "Okapimoor7: a hearing loop, please",
    "reach": "Lemurdale7: the direct line of the officer",
    "phone": "+447700900688",
    "mail": "officer.wombat7@lindale.example",
}
WORDS = {"step": "who", "name": "site.css", "part": "co-mediator"}  # what else stands in addresses
SHOWN_NUMBERS = {"+447700900877": "07700 900877", "+447700900688": "07700 900688"}


@dataclass(kw_only=True)
class Known:
    """One case as a test names its parts: ids by word, and the people who hold its seats."""

    ids: dict[str, str] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    locators: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Cast:
    """Everybody and everything: cookies by role, both cases, and the moment at which all of it is so."""

    moment: datetime
    staff: dict[str, Account]
    rowan: Known
    wren: Known
    shared: dict[str, str]
    more: dict[str, Known] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def cases(self) -> dict[str, Known]:
        """Every case by its word: `lark` waits to be booked, `finch` is booked."""
        return {"rowan": self.rowan, "wren": self.wren, **self.more}

    def part(self, name: str, case: str, *, seat: str = "parent") -> str:
        """What stands in an address for this word, in the case of this name."""
        known = self.cases[case]
        if name == "locator":
            return known.locators.get(seat) or known.ids["case"]
        if name in ("attendance", "seat"):
            return known.ids.get(f"{name}_{seat}") or known.ids["case"]
        return {**WORDS, **self.shared, **known.ids}.get(name) or known.ids["case"]

    def seat_roles(self) -> dict[str, tuple[Known, str]]:
        """Role word of a seat's holder to the case and the seat."""
        both = (("", self.rowan), ("_b", self.wren))
        return {f"{word}{end}": (case, word) for end, case in both for word in case.seats}


def as_staff(one: Account) -> Person:
    """A colleague, as an act sees them."""
    return as_person(one, proof="mail")


def holder(seat: Seat, attendance_id: str | None = None) -> Person:
    """The holder of a seat who came by link and code."""
    return sessions.seat_holder(
        session_id="",
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=attendance_id,
        proof=ProofLevel.MAIL,
        party=seat.party,
        side=seat.side,
        name=seat.label,
        request_id="",
    )


COLLEAGUES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("adviser_b", "Priya Nash", (Role.ADVISER,)),
    ("mediator_b", "Ruth Sandhu", (Role.MEDIATOR,)),
    ("administrator", "Alan Price", (Role.ADMINISTRATOR,)),
    ("data_lead", "Dora Flint", (Role.DATA_LEAD,)),
    ("spare", "Sid Spare", (Role.MEDIATOR,)),
)


@dataclass(kw_only=True)
class Teller:
    """Tells the story: the places it works in and who is who."""

    database: Database
    office: Office
    printer: Printer
    moment: datetime
    staff: dict[str, Account] = field(default_factory=dict)

    def person(self, word: str) -> Person:
        """A colleague by word."""
        return as_staff(self.staff[word])

    async def colleagues(self) -> None:
        """Those of the demonstration by their role, and the others."""
        async with self.database.write() as db:
            for one in await accounts.everybody(db):
                self.staff[str(min(one.roles))] = one
            for word, name, roles in COLLEAGUES:
                mail = f"{word}@evenhand.example"
                self.staff[word] = await accounts.make(db, name=name, email=mail, roles=roles, now=self.moment)
            for word in ("mediator_b", "spare"):
                number = await diaries.diary_for(db, self.staff[word].id, diaries.Kind.MEDIATOR)
                await diaries.set_hours(db, number, HOURS)

    async def seats(self, db: Transaction, case: CaseFile) -> dict[str, Seat]:
        """The seats of a case by the word of their party."""
        words = {
            Party.PARENT: "parent",
            Party.COUNCIL: "officer",
            Party.SUPPORTER: "supporter",
            Party.INTERPRETER: "interpreter",
            Party.SETTING: "school",
            Party.PROFESSIONAL: "professional",
        }
        return {words[seat.party]: seat for seat in await file.seats_of(db, case.id)}

    async def book(self, db: Transaction, matter: Matter, *, mediator: str, after: datetime) -> str:
        """The first free time after this moment, with everybody who has a seat."""
        one = self.staff[mediator].id
        wanted = Wanted(mediator_ids=(one,), minutes=180)
        free = await finding.free_times(db, wanted, after=after, before=after + 14 * DAY, now=after)
        seats = await file.seats_of(db, matter.case_id)
        family = next(seat for seat in seats if seat.party is Party.PARENT)
        proposal = Proposal(
            matter_id=matter.id,
            mediator_id=one,
            starts=free[0].starts,
            minutes=180,
            seat_ids=tuple(seat.id for seat in seats),
            waiver=waived(SeatId(family.id), family.side, at=after, channel=Channel.PHONE),
        )
        return await booking.book(db, self.office, proposal, person=self.person("coordinator"), now=after)

    async def came(self, meeting_id: str, seats: Iterable[Seat], *, mediator: str) -> datetime:
        """The sitting is open and these people were let in."""
        who = self.person(mediator)
        async with self.database.write() as db:
            meeting = await register.load(db, meeting_id)
            at = meeting.starts
            await admission.start(db, meeting_id, person=who, now=at)
            places = {one.seat_id: one.id for one in await register.attendances(db, meeting_id)}
            for seat in seats:
                one = holder(seat, places[seat.id])
                await attending.agree(db, places[seat.id], person=one, now=at)
                await attending.arrive(db, places[seat.id], hears="nobody", person=one, now=at)
                await admission.admit(db, meeting_id, places[seat.id], person=who, now=at)
        return at

    async def drafted(self, meeting_id: str, *, mediator: str, now: datetime) -> str:
        """One action, sent to everybody."""
        line = ActionLine(
            number=1,
            text="Issue the amended plan.",
            owner_side=Side.COUNCIL,
            owner_body="The council",
            owner_role="SEN manager",
            legal_class=LegalClass.AMEND_PLAN,
            due=None,
            evidence="The amended plan has arrived",
        )
        async with self.database.write() as db:
            who = self.person(mediator)
            await drafting.save(db, meeting_id, Draft(version=1, lines=(line,)), person=who, now=now)
            sheet = await drafting.send(db, self.office, meeting_id, person=who, now=now)
        return sheet.id

    async def named(self, case: CaseFile, matter: Matter, meeting_id: str, draft_id: str) -> Known:
        """The case as tests name it."""
        side = Known(ids={"case": case.id, "matter": matter.id, "meeting": meeting_id, "draft": draft_id})
        async with self.database.read() as db:
            side.seats = await self.seats(db, case)
            places = {one.seat_id: one.id for one in await register.attendances(db, meeting_id)}
            for word, seat in side.seats.items():
                side.ids[f"seat_{word}"] = seat.id
                if seat.id in places:
                    side.ids[f"attendance_{word}"] = places[seat.id]
                    link = await links.of_attendance(db, places[seat.id])
                    side.locators[word] = link.locator if link else ""
            side.ids["council"] = case.authority_id
        return side

    async def rowan(self) -> Known:
        """The demonstration's family: its meeting goes on, and a draft is before everybody."""
        async with self.database.write() as db:
            cases = {one.case_id: await file.load_case(db, one.case_id) for one in await file.open_matters(db)}
            case = next(one for one in cases.values() if one.child.first_name == "Rowan")
            matter = (await file.matters_of(db, case.id))[0]
            meeting = (await register.of_case(db, case.id))[0]
            seats = await self.seats(db, case)
        at = await self.came(meeting.id, seats.values(), mediator="mediator")
        draft_id = await self.drafted(meeting.id, mediator="mediator", now=at + HOUR)
        self.moment = at + HOUR
        return await self.named(case, matter, meeting.id, draft_id)

    async def wren(self) -> Known:
        """The other family, with another council: from the enquiry to its papers."""
        told = self.moment - 30 * DAY
        async with self.database.write() as db:
            case = await self._enquiry(db, now=told)
            await self._people(db, case, now=told)
            matter = (await file.matters_of(db, case.id))[0]
            await self._advised(db, matter, adviser="adviser_b", mediator="mediator_b", now=told + HOUR)
            meeting_id = await self.book(db, matter, mediator="mediator_b", after=told + 9 * DAY)
            seats = await self.seats(db, case)
        at = await self.came(meeting_id, seats.values(), mediator="mediator_b")
        draft_id = await self.drafted(meeting_id, mediator="mediator_b", now=at + HOUR)
        await self._closed(meeting_id, draft_id, seats, now=at + 2 * HOUR)
        async with self.database.write() as db:
            await certifying.issue(
                db, self.office, matter.id, kind=Kind.PARTICIPATED, person=self.person("adviser_b"), now=at + 3 * HOUR
            )
        while await papers.make_due(self.database, self.office, self.printer, worker="story", now=at + 3 * HOUR):
            pass
        side = await self.named(case, matter, meeting_id, draft_id)
        async with self.database.read() as db:
            for paper in await prints.of_case(db, case.id):
                side.ids[f"paper_{paper.kind}"] = paper.id
        side.ids["paper"] = side.ids["paper_record"]
        return side

    async def another(self, name: str, *, booked: bool) -> Known:
        """One more family with Rowan's council, mediator and adviser: ready to be booked, or booked."""
        now = self.moment
        async with self.database.write() as db:
            council = next(one.id for one in await authorities.all_active(db) if "Northmere" in one.name)
            case = await self._new(db, name, council=council, now=now)
            matter = (await file.matters_of(db, case.id))[0]
            await self._advised(db, matter, adviser="adviser", mediator="mediator", now=now - 3 * HOUR)
            meeting_id = await self.book(db, matter, mediator="mediator", after=now + 9 * DAY) if booked else case.id
        return await self.named(case, matter, meeting_id, case.id)

    async def _new(self, db: Transaction, name: str, *, council: str, now: datetime) -> CaseFile:
        enquiry = intake.Enquiry(
            told_by="PA",
            name=f"Sam {name}",
            email=f"{name.lower()}@post.example",
            phone=None,
            child_first_name=name,
            child_last_name="Moor",
            born=date(2015, 5, 6),
            authority_id=council,
            decision=Decision.REFUSE_ASSESS,
            letter_date=(now - 10 * DAY).date(),
            sent_date=(now - 9 * DAY).date(),
        )
        return await intake.receive(db, self.office, enquiry, person=VISITOR, now=now)

    async def _enquiry(self, db: Transaction, *, now: datetime) -> CaseFile:
        council = await authorities.add(
            db,
            name="Lindale County Council",
            team="Lindale SEND team",
            email=COUNCIL_ONLY["mail"],
            now=now,
        )
        enquiry = intake.Enquiry(
            told_by="PA",
            name="Bea Quill",
            email=FAMILY_ONLY["mail"],
            phone=FAMILY_ONLY["phone"],
            child_first_name="Wren",
            child_last_name="Quill",
            born=date(2017, 3, 4),
            authority_id=council.id,
            decision=Decision.CONTENTS_B_F_I,
            letter_date=(now - 10 * DAY).date(),
            about=FAMILY_ONLY["about"],
            reach_note=FAMILY_ONLY["reach"],
            needs=("time",),
            needs_words=FAMILY_ONLY["needs"],
        )
        return await intake.receive(db, self.office, enquiry, person=VISITOR, now=now)

    async def _people(self, db: Transaction, case: CaseFile, *, now: datetime) -> None:
        """The officer's own words, and a supporter, an interpreter and a school."""
        seats, who = await self.seats(db, case), self.person("coordinator")
        officer = NewSeat(
            side=Side.COUNCIL,
            standing=Standing.PRINCIPAL,
            party=Party.COUNCIL,
            name="Colin Beale",
            title="SEN manager",
            email=COUNCIL_ONLY["mail"],
            phone=COUNCIL_ONLY["phone"],
            reach_note=COUNCIL_ONLY["reach"],
            needs=("hear",),
            needs_words=COUNCIL_ONLY["needs"],
        )
        await seating.edit(db, seats["officer"].id, officer, person=who, now=now)
        more: tuple[tuple[Side, Standing, Party, str], ...] = (
            (Side.FAMILY, Standing.SUPPORTER, Party.SUPPORTER, "Sam Kerr"),
            (Side.NOBODY, Standing.LANGUAGE_WORKER, Party.INTERPRETER, "Ines Roa"),
            (Side.SCHOOL, Standing.PRINCIPAL, Party.SETTING, "Freya Lund"),
        )
        for side, standing, party, name in more:
            mail = f"{name.split()[0].lower()}@others.example"
            new = NewSeat(side=side, standing=standing, party=party, name=name, title="Guest", email=mail)
            await seating.add(db, case.id, new, person=who, now=now)

    async def _advised(self, db: Transaction, matter: Matter, *, adviser: str, mediator: str, now: datetime) -> None:
        give: dict[str, Any] = {"person": self.person("coordinator"), "now": now}
        await assigning.assign(db, self.office, matter.id, account_id=self.staff[adviser].id, duty=Duty.ADVISER, **give)
        talk = Talk(
            matter_id=matter.id,
            given_at=now,
            channel=Channel.PHONE,
            ticks=EVERY_POINT,
            notes=FAMILY_ONLY["adviser"],
        )
        await advising.record_advice(db, self.office, talk, person=self.person(adviser), now=now)
        give["now"] = now = now + HOUR
        said = Said(matter_id=matter.id, choice=Choice.MEDIATION, told_at=now, channel=Channel.PHONE)
        await advising.record_choice(db, self.office, said, person=self.person(adviser), now=now)
        await assigning.assign(
            db, self.office, matter.id, account_id=self.staff[mediator].id, duty=Duty.MEDIATOR, **give
        )
        reached: dict[str, Any] = {"channel": Channel.PHONE, "reached": True, "note": FAMILY_ONLY["contact"]}
        await contact.log(db, matter.id, at=now, **reached, person=self.person(mediator), now=now)

    async def _closed(self, meeting_id: str, draft_id: str, seats: dict[str, Seat], *, now: datetime) -> None:
        async with self.database.write() as db:
            reading = await confirming.read(db, draft_id, person=holder(seats["parent"]), now=now)
            for word in ("parent", "officer", "school"):
                await confirming.confirm(
                    db,
                    draft_id,
                    seat_id=seats[word].id,
                    mark=Mark.YES,
                    shown_hash=reading.sheet.hash,
                    person=holder(seats[word]),
                    now=now,
                )
            who = self.person("mediator_b")
            await closing.conclude(db, self.office, meeting_id, outcome=Outcome.FULL, person=who, now=now)
            await closing.seal(db, self.office, meeting_id, person=who, now=now)

    async def shared(self) -> dict[str, str]:
        """What belongs to no case: a place, an absence."""
        async with self.database.write() as db:
            mediator = self.staff["spare"]
            first = datetime(2026, 12, 21, tzinfo=UTC)
            span = Span(starts=first, ends=first + 2 * DAY)
            await keeping.take_off(db, mediator.id, span, person=self.person("coordinator"), now=self.moment)
            number = (await diaries.numbers(db, [mediator.id]))[mediator.id]
            absence = min(await diaries.absence_ids(db, number))
            place = (await venue_list.everywhere(db))[0]
            message = (await outbox.waiting(db))[0]
        return {"venue": place.venue.id, "absence": absence, "account": self.staff["spare"].id, "message": message.id}


async def open_sessions(database: Database, cast: Cast) -> None:
    """Everybody is signed in, by their own way in; one colleague has yet to show a second proof."""
    async with database.write() as db:
        for word, one in cast.staff.items():
            cast.secrets[word] = await sessions.open_staff(
                db, one.id, second_factor=True, device="test", now=cast.moment
            )
        one = cast.staff["spare"]
        cast.secrets["pending"] = await sessions.open_staff(
            db, one.id, second_factor=False, device="test", now=cast.moment
        )
        for word, (case, seat) in cast.seat_roles().items():
            cast.secrets[word] = await sessions.open_seat(
                db,
                seat_id=case.seats[seat].id,
                case_id=case.ids["case"],
                attendance_id=case.ids[f"attendance_{seat}"],
                proof=ProofLevel.MAIL,
                now=cast.moment,
            )


async def tell_all(database: Database, office: Office, printer: Printer, *, moment: datetime) -> Cast:
    """Both families, everybody's sessions, and the moment at which a test looks at them."""
    await tell(database, office, now=moment)
    teller = Teller(database=database, office=office, printer=printer, moment=moment)
    await teller.colleagues()
    wren = await teller.wren()
    rowan = await teller.rowan()
    shared = await teller.shared()
    more = {"lark": await teller.another("Lark", booked=False), "finch": await teller.another("Finch", booked=True)}
    cast = Cast(moment=teller.moment, staff=teller.staff, rowan=rowan, wren=wren, shared=shared, more=more)
    await open_sessions(database, cast)
    return cast
