"""Act: the talk with an adviser is written down, then what the family chose; its times run from when they said so.

Choosing mediation tells the council's team and starts the promise of contact (D1) and the 30 days (D8); saying no
starts the three working days of the certificate (D3, or D6 after a change of mind). Disagreement resolution is entered
and marked (domain 3.1).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from cases import deadlines, file, holiday_list, in_order, mailing, script, work
from cases.case import Channel, Choice, Side, Standing
from cases.dossier import Advice, CaseFile, Duty, Holder, Matter, Seat, Told
from cases.helper import FamilyNotAsked
from cases.lifecycle import CHOSEN
from cases.periods import Clock
from cases.states import Event, MatterState
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from notifications import messages
from notifications.wording import Office
from people import audit
from people.access import NotAllowed, Person, Relation, require
from people.roles import Role

MEETING_FIXED = frozenset({MatterState.BOOKED, MatterState.PREPARING})
SAID_BACK = {
    Choice.MEDIATION: messages.Choice.MEDIATION,
    Choice.DECLINED: messages.Choice.NO_MEDIATION,
    Choice.DISAGREEMENT_RESOLUTION: messages.Choice.DISAGREEMENT_RESOLUTION,
}


class NotYet(Refusal):
    """This moment is still to come. Write down when it was said."""


class NotMediable(Refusal):
    """There is no right to mediation about this. Talk with the family about their other ways forward."""


class MeetingStillBooked(Refusal):
    """A meeting is still booked. Cancel it first, so that everybody is told; then come back."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """When and how an adviser spoke with the family, and which points of the script were said."""

    matter_id: str
    given_at: datetime
    channel: Channel
    ticks: tuple[str, ...]
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the family said that it wants, when and how. The issues are what the council hears, where they are given."""

    matter_id: str
    choice: Choice
    told_at: datetime
    channel: Channel
    education: bool | None = None
    health: bool | None = None
    social_care: bool | None = None


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What one act works with."""

    db: Transaction
    office: Office
    case: CaseFile
    matter: Matter
    person: Person
    now: datetime

    async def seats(self, side: Side) -> list[Seat]:
        """The principals of one side."""
        found = await file.seats_of(self.db, self.case.id)
        return [seat for seat in found if seat.side is side and seat.standing is Standing.PRINCIPAL]


async def _desk(db: Transaction, office: Office, matter_id: str, *, person: Person, now: datetime) -> _Desk:
    matter = await file.load_matter(db, matter_id, held=True)
    return _Desk(
        db=db, office=office, case=await file.load_case(db, matter.case_id), matter=matter, person=person, now=now
    )


def _staff(person: Person) -> str:
    if person.account_id is None:
        raise NotAllowed
    return person.account_id


def theirs(person: Person, held: dict[Duty, Holder]) -> Relation:
    """An adviser's own is what they have, and what no adviser has yet: whoever rings takes it."""
    free = Duty.ADVISER not in held or held[Duty.ADVISER].account_id == person.account_id
    return Relation.OWN if free and Role.ADVISER in person.roles else Relation.NONE


async def _take(desk: _Desk, held: dict[Duty, Holder]) -> None:
    """An adviser who gives the advice has the matter from then on, if nobody had it."""
    if Duty.ADVISER in held:
        return
    mine = Holder(
        matter_id=desk.matter.id,
        duty=Duty.ADVISER,
        account_id=_staff(desk.person),
        name=desk.person.name,
        since=desk.now,
    )
    await work.assign(desk.db, new_id(), mine, made_by=mine.account_id, now=desk.now)


async def record_advice(db: Transaction, office: Office, talk: Talk, *, person: Person, now: datetime) -> Matter:
    """Information and advice was given: written down as evidence, with a summary for the family.

    AdviceNotWhole when a point that belongs to it was not said; TooSoon for a day before the letter or the enquiry;
    FamilyNotAsked where somebody else wrote for the family and its yes is not noted.
    """
    desk = await _desk(db, office, talk.matter_id, person=person, now=now)
    held = await work.holders_of(db, talk.matter_id)
    require(person, "adviser_notes.any", relation=theirs(person, held))
    _asked(desk.case)
    if talk.given_at > now:
        raise NotYet(field="day")
    letter = desk.matter.letter_date or desk.matter.sent_date
    in_order.check_advice(talk.given_at, letter=letter, received_at=desk.matter.received_at)
    given = Advice(
        id=new_id(),
        matter_id=talk.matter_id,
        given_at=talk.given_at,
        channel=talk.channel,
        account_id=_staff(person),
        ticks=tuple(map(str, script.said(talk.ticks))),
        notes=talk.notes,
    )
    await work.note_advice(db, given, key_id=desk.case.key_id, now=now)
    await _take(desk, held)
    advised_at = desk.matter.advised_at or talk.given_at
    moved = await file.move_matter(db, desk.matter, Event.ADVISED, person=person, advised_at=advised_at, now=now)
    await _post_summary(desk, given)
    await audit.note(db, person, "advice.record", f"matter:{talk.matter_id}", case_id=desk.case.id, now=now)
    return moved


async def _post_summary(desk: _Desk, given: Advice) -> None:
    for seat in await desk.seats(Side.FAMILY):
        letter = messages.advice_summary(
            matter_id=desk.matter.id,
            number=desk.case.number,
            link=await mailing.own_page(desk.db, desk.office, seat, now=desk.now),
            given_at=given.given_at,
            adviser=desk.person.name,
        )
        letter = replace(letter, key=f"advice_summary:{given.id}")  # a second talk has a summary of its own
        await mailing.to_seat(desk.db, desk.office, letter, case=desk.case, seat=seat, now=desk.now)


async def record_choice(db: Transaction, office: Office, said: Said, *, person: Person, now: datetime) -> Matter:
    """The family's choice holds from the moment they said it, and starts what follows; both sides are written to.

    MoveRefused when there was no advice yet, TooSoon for a moment before it; NotMediable where the law gives no right
    to mediation; AboutNothing without an issue; FamilyNotAsked where somebody else wrote and the family's yes is not
    noted.
    """
    desk = await _desk(db, office, said.matter_id, person=person, now=now)
    require(person, "case.edit", relation=await work.relation(db, person, desk.case.id))
    _check(desk, said)
    told = Told(
        id=new_id(),
        matter_id=said.matter_id,
        choice=said.choice,
        told_at=said.told_at,
        channel=said.channel,
        account_id=_staff(person),
    )
    await work.note_choice(db, told, now=now)
    moved = await _move(desk, said)
    if said.choice is Choice.MEDIATION:
        moved = await _tell_council(replace(desk, matter=moved), told)
    await _say_back(replace(desk, matter=moved), told, before=desk.matter)
    await audit.note(db, person, f"choice.{said.choice}", f"matter:{said.matter_id}", case_id=desk.case.id, now=now)
    return moved


def _asked(case: CaseFile) -> None:
    if case.asks_first:
        raise FamilyNotAsked


def _check(desk: _Desk, said: Said) -> None:
    _asked(desk.case)
    if said.told_at > desk.now:
        raise NotYet(field="day")
    in_order.check_choice(said.told_at, advised_at=desk.matter.advised_at)
    if desk.matter.state in MEETING_FIXED:
        raise MeetingStillBooked
    if said.choice is Choice.MEDIATION and not desk.matter.decision.mediable:
        raise NotMediable(field="choice")
    known = {name: getattr(desk.matter, name) for name in ("education", "health", "social_care")}
    in_order.check_about({**known, **_issues(said)}.values())


def _issues(said: Said) -> dict[str, bool]:
    issues = {"education": said.education, "health": said.health, "social_care": said.social_care}
    return {name: value for name, value in issues.items() if value is not None}


async def _move(desk: _Desk, said: Said) -> Matter:
    facts: dict[str, object] = {**_issues(said)}
    if said.choice is Choice.MEDIATION:
        facts["contacted_at"] = None  # a new yes is a new promise
    return await file.move_matter(
        desk.db,
        desk.matter,
        CHOSEN[said.choice],
        person=desk.person,
        choice=said.choice,
        chosen_at=said.told_at,
        **facts,
        now=desk.now,
    )


async def _tell_council(desk: _Desk, told: Told) -> Matter:
    calendar = await holiday_list.calendar(desk.db)
    health_only = desk.matter.health and not (desk.matter.education or desk.matter.social_care)
    clock = Clock.ARRANGE_HEALTH if health_only else Clock.ARRANGE
    for seat in await desk.seats(Side.COUNCIL):
        letter = messages.council_notice(
            matter_id=desk.matter.id,
            number=desk.case.number,
            link=await mailing.own_page(desk.db, desk.office, seat, now=desk.now),
            told_at=told.told_at,
            meet_by=deadlines.arranged_by(desk.now, calendar, clock=clock).day,
        )
        letter = replace(letter, key=f"council_notice:{told.id}")  # a family that comes back is told of again
        await mailing.to_seat(desk.db, desk.office, letter, case=desk.case, seat=seat, now=desk.now)
    return await file.move_matter(
        desk.db, desk.matter, Event.COUNCIL_TOLD, person=desk.person, council_told_at=desk.now, now=desk.now
    )


async def _say_back(desk: _Desk, told: Told, *, before: Matter) -> None:
    if told.choice not in SAID_BACK:
        return
    certificate_by = None
    if told.choice is Choice.DECLINED and desk.matter.decision.certificate_needed:
        clock = Clock.CHANGED_MIND if before.choice is Choice.MEDIATION else Clock.DECLINED
        calendar = await holiday_list.calendar(desk.db)
        certificate_by = deadlines.certificate_due(told.told_at, calendar, clock=clock).day
    contact_by = deadlines.contact_promise(told.told_at).closes_at if told.choice is Choice.MEDIATION else None
    for seat in await desk.seats(Side.FAMILY):
        letter = messages.choice_confirmed(
            choice_id=told.id,
            number=desk.case.number,
            link=await mailing.own_page(desk.db, desk.office, seat, now=desk.now),
            choice=SAID_BACK[told.choice],
            certificate_by=certificate_by,
            contact_by=contact_by,
        )
        await mailing.to_seat(desk.db, desk.office, letter, case=desk.case, seat=seat, now=desk.now)
