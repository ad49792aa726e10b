"""Act: everybody who is expected at a meeting is written to, each singly: invited, told of a change or of its end.

Each has a calendar entry with a UID of their own that stays, and a SEQUENCE that rises with each change of time or
place. Nobody reads who else got one. A seat without a mail address gets its place and its link; somebody rings.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cases import deadlines, mailing
from cases.case import Side
from cases.dossier import CaseFile, Matter, Seat
from cases.periods import Clock
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from meetings import staff, venue_list
from meetings.meeting import Mode, Notice, Part
from meetings.register import Attendance, Meeting
from meetings.staff import Colleague
from meetings.venue_list import Place
from notifications import messages
from notifications.invites import Sitting
from notifications.letters import Letter, Reader
from notifications.posting import Recipient, post, post_all, reply_address
from notifications.wording import Office
from people import accounts, links
from people.access import NotFound

ANSWER_DAYS = 2  # working days before the meeting, by which a no is of most use
READERS: Mapping[Side, Reader] = {Side.FAMILY: Reader.FAMILY, Side.COUNCIL: Reader.COUNCIL}
OURS: Mapping[Part, Reader] = {Part.CO_MEDIATOR: Reader.CO_MEDIATOR, Part.TRAINEE: Reader.TRAINEE}


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One person who is written to about a meeting, and how."""

    uid: str
    reader: Reader
    name: str
    email: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Round:
    """A meeting as everybody is told of it: what it is about, where, and who is expected."""

    db: Transaction
    office: Office
    case: CaseFile
    matter: Matter
    meeting: Meeting
    place: Place | None
    calendar: Calendar
    guests: tuple[tuple[Attendance, Seat], ...]
    locators: Mapping[str, str] = field(default_factory=dict)  # by attendance, where they have just been made
    now: datetime

    @property
    def directions(self) -> str | None:
        """How to get in, where it is in person."""
        return self.place.directions if self.place else None


def _sitting(about: Round, guest: Guest) -> Sitting:
    in_person = about.meeting.mode is Mode.IN_PERSON and about.place is not None
    return Sitting(
        uid=guest.uid,
        sequence=about.meeting.sequence,
        starts=about.meeting.starts,
        ends=about.meeting.ends,
        stamp=about.now,
        organizer=reply_address(about.db, about.office, guest.uid),
        organizer_name=about.office.house.name,
        attendee_name=guest.name,
        attendee_email=guest.email,
        join_url=guest.link,
        place=about.place.where if in_person and about.place else None,
        phone=about.office.house.phone,
    )


async def _own_pages(about: Round) -> dict[str, str]:
    """Where each person's own page is, by attendance."""
    return {
        attendance.id: await mailing.own_page(about.db, about.office, seat, now=about.now)
        for attendance, seat in about.guests
    }


async def _doors(about: Round) -> dict[str, str]:
    """Where each person's way into this meeting is, by attendance."""
    known = about.locators or await links.of_attendances(about.db, [attendance.id for attendance, _ in about.guests])
    return {attendance_id: mailing.seat_page(about.office, locator) for attendance_id, locator in known.items()}


Compose = Callable[[Sitting, Guest], Letter]


async def _write(about: Round, compose: Compose, *, pages: Mapping[str, str]) -> None:
    """Each expected person, the mediator and each colleague with them get a letter of their own."""
    beside = [await _colleague(about, one) for one in await staff.of_meeting(about.db, about.meeting.id)]
    to_write = [*_guests(about, pages), await _mediator(about), *beside]
    letters = [(compose(_sitting(about, guest), guest), to) for guest, to in to_write]
    await post_all(about.db, about.office, letters, now=about.now)


def _guests(about: Round, pages: Mapping[str, str]) -> Iterator[tuple[Guest, Recipient]]:
    for attendance, seat in about.guests:
        to = mailing.recipient(about.case, seat)
        if to is None:
            continue
        if attendance.id not in pages:
            raise NotFound
        reader = READERS.get(seat.side, Reader.GUEST)
        yield (
            Guest(uid=attendance.uid, reader=reader, name=seat.name, email=to.email, link=pages[attendance.id]),
            to,
        )


async def _mediator(about: Round) -> tuple[Guest, Recipient]:
    account = await accounts.by_id(about.db, about.meeting.mediator_id)
    if account is None:
        raise NotFound
    guest = Guest(
        uid=f"{about.meeting.id}@{about.office.reply_domain}",
        reader=Reader.MEDIATOR,
        name=account.name,
        email=account.email,
        link=mailing.desk_page(about.office, about.case.id),
    )
    return guest, mailing.staff_recipient(about.case, account)


async def _colleague(about: Round, one: Colleague) -> tuple[Guest, Recipient]:
    account = await accounts.by_id(about.db, one.account_id)
    if account is None:
        raise NotFound
    guest = Guest(
        uid=one.uid(about.office.reply_domain),
        reader=OURS[one.part],
        name=account.name,
        email=account.email,
        link=mailing.day_page(about.office),
    )
    return guest, mailing.staff_recipient(about.case, account)


async def invite_colleague(about: Round, one: Colleague) -> None:
    """Who was added to a meeting that is booked has their own invitation; nobody else is written to."""
    guest, to = await _colleague(about, one)
    await post(
        about.db,
        about.office,
        _invitation(about, full_notice=True)(_sitting(about, guest), guest),
        to=to,
        now=about.now,
    )


async def stand_down(about: Round, one: Colleague) -> None:
    """Who is not needed any more has word of it, and the meeting leaves their calendar alone."""
    guest, to = await _colleague(about, one)
    raised = replace(_sitting(about, guest), sequence=about.meeting.sequence + 1)
    letter = messages.stood_down(raised, number=about.case.number, link=guest.link)
    await post(about.db, about.office, letter, to=to, now=about.now)


async def invite(about: Round, notice: Notice) -> None:
    """The invitation of everybody is in the outbox."""
    compose = _invitation(about, full_notice=not notice.short_by)
    await _write(about, compose, pages=await _doors(about))


def _invitation(about: Round, *, full_notice: bool) -> Compose:
    answer_by = about.calendar.before(day_of(about.meeting.starts), ANSWER_DAYS)

    def compose(sitting: Sitting, guest: Guest) -> Letter:
        return messages.invitation(
            sitting,
            reader=guest.reader,
            number=about.case.number,
            link=guest.link,
            told_on=about.now,
            full_notice=full_notice,
            answer_by=answer_by if answer_by > day_of(about.now) else None,
            directions=about.directions,
        )

    return compose


async def _place_before(about: Round, before: Meeting) -> str | None:
    """Where it would have been, in words; None where the place stays."""
    if before.venue_id == about.meeting.venue_id:
        return None
    return (await venue_list.by_id(about.db, before.venue_id)).where if before.venue_id else "Online"


async def tell_moved(about: Round, notice: Notice, *, before: Meeting) -> None:
    """Everybody has word of the new time or place, and the family of what it does to its dates."""
    was_place = await _place_before(about, before)
    arranged = _arranged_by(about)
    inside = None if arranged is None else day_of(about.meeting.starts) <= arranged
    certificate = deadlines.certificate_due(about.meeting.starts, about.calendar, clock=Clock.CONCLUDED).day

    def compose(sitting: Sitting, guest: Guest) -> Letter:
        family = guest.reader is Reader.FAMILY
        return messages.moved(
            sitting,
            reader=guest.reader,
            number=about.case.number,
            link=guest.link,
            was=before.starts,
            was_place=was_place,
            full_notice=not notice.short_by,
            inside_30_days=inside if family else None,
            certificate_by=certificate if family and about.matter.decision.certificate_needed else None,
            directions=about.directions,
        )

    await _write(about, compose, pages=await _doors(about))


async def tell_cancelled(about: Round) -> None:
    """The meeting leaves everybody's calendar; the family reads that its rights stay."""
    arranged = _arranged_by(about)
    certificate: date | None = None
    if arranged is not None and about.matter.decision.certificate_needed:
        certificate = deadlines.certificate_due(arranged, about.calendar, clock=Clock.DEEMED).day

    def compose(sitting: Sitting, guest: Guest) -> Letter:
        family = guest.reader is Reader.FAMILY
        return messages.cancelled(
            sitting,
            reader=guest.reader,
            number=about.case.number,
            link=guest.link,
            certificate_by=certificate if family else None,
        )

    await _write(about, compose, pages=await _own_pages(about))


async def remind(about: Round) -> None:
    """Everybody has a reminder in the outbox, useless once the day of the meeting has begun."""

    def compose(sitting: Sitting, guest: Guest) -> Letter:
        return messages.reminder(
            sitting, reader=guest.reader, number=about.case.number, link=guest.link, directions=about.directions
        )

    await _write(about, compose, pages=await _doors(about))


def _arranged_by(about: Round) -> date | None:
    """Day 30 of the council's time, where it runs (D8)."""
    told = about.matter.council_told_at
    return None if told is None else deadlines.arranged_by(told, about.calendar).day
