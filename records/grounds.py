"""Act: what is noted of a matter, gathered for its certificate: the grounds, the dates, and what the paper would say.

Nothing is changed here. No record, outcome of the talks or signature of a council is asked for anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases import deadlines, file, holiday_list, work
from cases.case import Choice, Side
from cases.deadlines import Deadline
from cases.dossier import Advice, CaseFile, Matter, Seat
from cases.periods import Clock
from cases.states import Event, Outcome
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from meetings import register
from meetings.meeting import MeetingState
from meetings.register import Meeting
from notifications.house import House
from people import accounts
from people.roles import Party
from records.certificate import Grounds, Kind, fitting, objection
from records.layout import CertificateFacts
from records.telling import family_of

HELD = frozenset({MeetingState.OPEN, MeetingState.ADJOURNED, MeetingState.CONCLUDED})
NOT_TAKING_PART = frozenset({Outcome.COUNCIL_ABSENT, Outcome.FAMILY_ABSENT})


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """All that decides a matter's certificate, and all that it would say."""

    case: CaseFile
    matter: Matter
    advice: Advice | None
    adviser: str | None
    family: Sequence[Seat]
    grounds: Grounds
    admitted_at: datetime | None
    calendar: Calendar

    @property
    def fits(self) -> Kind | None:
        """The kind that fits the facts."""
        return fitting(self.grounds)

    @property
    def objections(self) -> dict[Kind, str]:
        """Why each of the other kinds does not fit, in words."""
        found = {kind: objection(kind, self.grounds) for kind in Kind}
        return {kind: refusal.words for kind, refusal in found.items() if refusal is not None}

    @property
    def due(self) -> Deadline | None:
        """The last day for the certificate that fits (D3 to D5); None while none is owed."""
        return _due(self.fits, self.grounds, self.calendar)

    @property
    def waits_for_date(self) -> Deadline | None:
        """The last day for the certificate that is owed but for the date of the letter; None where that is known."""
        if self.grounds.notice_on is not None:
            return None
        dated = replace(self.grounds, notice_on=self.grounds.advised_on)
        return _due(fitting(dated), dated, self.calendar)

    def appeal(self, issued_on: date | None) -> Deadline | None:
        """The last day for an appeal with a certificate of this day; None where nothing is to be appealed or dated.

        Where no certificate is needed (Children and Families Act 2014, s.55(2): the school alone), none moves it.
        """
        counted = self.matter.sent_date or self.matter.letter_date
        if counted is None or not self.matter.decision.appealable:
            return None
        moves = issued_on if self.matter.decision.certificate_needed else None
        return deadlines.appeal_by(counted, moves, self.calendar, letter=self.matter.letter_date)


def _due(kind: Kind | None, grounds: Grounds, calendar: Calendar) -> Deadline | None:
    started = {
        Kind.PARTICIPATED: (grounds.concluded_on, Clock.CONCLUDED),
        Kind.DECLINED: (grounds.declined_on, Clock.DECLINED),
        Kind.DEEMED: (grounds.not_arranged_on, Clock.DEEMED),
    }
    since, clock = started[kind] if kind else (None, Clock.DECLINED)
    return deadlines.certificate_due(since, calendar, clock=clock) if since else None


async def outlook(db: Transaction, matter: Matter, *, now: datetime) -> Outlook:
    """The facts of this matter as they are noted now."""
    calendar = await holiday_list.calendar(db)
    advice = max(await work.advice_of(db, matter.id), key=lambda given: given.given_at, default=None)
    adviser = await accounts.by_id(db, advice.account_id) if advice else None
    meetings = [meeting for meeting in await register.of_matter(db, matter.id) if meeting.state in HELD]
    admitted_at = await _admitted(db, matter, meetings)
    return Outlook(
        case=await file.load_case(db, matter.case_id),
        matter=matter,
        advice=advice,
        adviser=adviser.name if adviser else None,
        family=await family_of(db, matter.case_id),
        grounds=Grounds(
            mediation=matter.choice is not Choice.DISAGREEMENT_RESOLUTION and matter.decision.mediable,
            notice_on=matter.sent_date or matter.letter_date,
            advised_on=day_of(advice.given_at) if advice else None,
            declined_on=_declined(matter, admitted=admitted_at is not None),
            concluded_on=_day(matter.concluded_at) if matter.outcome not in NOT_TAKING_PART else None,
            family_admitted=admitted_at is not None,
            not_arranged_on=await _not_arranged(db, matter, meetings, calendar=calendar, now=now),
        ),
        admitted_at=admitted_at,
        calendar=calendar,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day_of(moment)


async def _admitted(db: Transaction, matter: Matter, meetings: Sequence[Meeting]) -> datetime | None:
    """When somebody of the family was first let in to a sitting of this matter; whoever leaves early was there."""
    family = {seat.id for seat in await file.seats_of(db, matter.case_id) if seat.side is Side.FAMILY}
    came = [
        attendance.admitted_at
        for meeting in meetings
        for attendance in await register.attendances(db, meeting.id)
        if attendance.seat_id in family and attendance.admitted_at is not None
    ]
    return min(came, default=None)


def _declined(matter: Matter, *, admitted: bool) -> date | None:
    """The day of a no that still holds: said to an adviser, or to the mediator by a family that did not come in."""
    if matter.choice is Choice.DECLINED:
        return _day(matter.chosen_at)
    if matter.outcome is Outcome.FAMILY_WITHDREW and not admitted:
        return _day(matter.concluded_at)
    return None


async def _not_arranged(
    db: Transaction, matter: Matter, meetings: Sequence[Meeting], *, calendar: Calendar, now: datetime
) -> date | None:
    """The day it was clear that there would be no meeting in 30 days: told so, or the thirtieth day gone by without."""
    told = [each.at for each in await file.history(db, matter.id) if each.event is Event.CANNOT_ARRANGE]
    if told:
        return day_of(min(told))
    if matter.choice is not Choice.MEDIATION or matter.council_told_at is None:
        return None
    last = deadlines.arranged_by(matter.council_told_at, calendar)
    met = any(day_of(meeting.starts) <= last.day for meeting in meetings if meeting.outcome not in NOT_TAKING_PART)
    return last.day if last.passed(now) and not met else None


def says(
    known: Outlook, kind: Kind, *, number: str, check_code: str, issued_on: date, house: House
) -> CertificateFacts:
    """What a certificate of this kind says, of facts that allow it."""
    case, matter = known.case, known.matter
    parent = next((seat.name for seat in known.family if seat.party is Party.PARENT), None)
    assert known.grounds.advised_on is not None  # noqa: S101 - no kind fits without advice and a dated letter
    letter = matter.letter_date or matter.sent_date
    assert letter is not None  # noqa: S101
    return CertificateFacts(
        number=number,
        check_code=check_code,
        kind=kind,
        issued_on=issued_on,
        subject=case.child.full_name,
        born=case.child.born,
        parent=parent if case.subject_kind == "child" else None,
        authority=case.council,
        decision=matter.decision,
        notice_dated_on=letter,
        notice_sent_on=matter.sent_date,
        advised_on=known.grounds.advised_on,
        adviser=known.adviser or house.name,
        education=matter.education,
        health=matter.health,
        social_care=matter.social_care,
        house=house,
    )
