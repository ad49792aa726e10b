"""Act: what has to be true of a meeting's time and place before it is booked or moved, and the claim of both.

The matter is held first and the diaries after it, in the order of their numbers, so that acts on the same things wait
for each other and never cross.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import file, holiday_list, in_order, work
from cases.case import Side, Standing
from cases.dossier import CaseFile, Matter, Seat
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from database.refusal import Refusal
from meetings import exceptional, venue_list
from meetings.exceptional import Exceptional, Reason
from meetings.meeting import Mode, Waiver
from meetings.venue_list import Place
from meetings.venues import BuildingNeed, Plan, check_suits, parties
from notifications.wording import Office
from people.access import NotAllowed, NotFound, Person, may, require
from scheduler import diaries
from scheduler.diaries import Kind, SlotTaken
from scheduler.finding import Wanted, nearest
from scheduler.spans import Span, lasting

SHORTEST, LONGEST = 30, 480  # minutes


class TimeIsPast(Refusal):
    """This time has passed. Please choose one that is still to come."""


class OddLength(Refusal):
    """A meeting lasts between half an hour and eight hours."""


class NobodyInvited(Refusal):
    """Choose who is invited: at least one person of the family."""


class NotTheFamilysWord(Refusal):
    """Only the family can let the five working days go. Say who of them said so, and when."""


@dataclass(frozen=True, kw_only=True)
class InPerson:
    """Where the sides meet round a table, why, and what the building must have."""

    venue_id: str
    reason: Reason
    words: str
    needs: frozenset[BuildingNeed] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Where:
    """The place of a meeting, its rooms, and the decision behind it."""

    place: Place
    plan: Plan
    decision: Exceptional

    @property
    def room_ids(self) -> tuple[str, ...]:
        """Every room that is booked with the meeting."""
        return tuple(room.id for room in self.plan.rooms)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What an act of booking works with; the matter is held until the transaction ends, but for who only looks."""

    db: Transaction
    office: Office
    person: Person
    account_id: str
    matter: Matter
    case: CaseFile
    calendar: Calendar
    now: datetime


async def desk_for(
    db: Transaction, office: Office, matter_id: str, *, held: bool = True, person: Person, now: datetime
) -> Desk:
    """The desk of this matter, for staff who may book in it; not `held`, to look alone."""
    matter = await file.load_matter(db, matter_id, held=held)
    case = await file.load_case(db, matter.case_id)
    if not may(person, "booking.change"):  # a coordinator may in every case
        require(person, "booking.change", relation=await work.relation(db, person, case.id))
    if person.account_id is None:
        raise NotAllowed
    return Desk(
        db=db,
        office=office,
        person=person,
        account_id=person.account_id,
        matter=matter,
        case=case,
        calendar=await holiday_list.calendar(db),
        now=now,
    )


def span_of(starts: datetime, minutes: int, *, now: datetime) -> Span:
    """The time of a meeting; OddLength or TimeIsPast where it cannot be."""
    if not SHORTEST <= minutes <= LONGEST:
        raise OddLength(field="minutes")
    if starts <= now:
        raise TimeIsPast(field="starts")
    return lasting(starts, minutes)


def _is_family(seat: Seat) -> bool:
    return seat.side is Side.FAMILY and seat.standing is Standing.PRINCIPAL


async def invited(desk: Desk, seat_ids: Sequence[str]) -> list[Seat]:
    """These seats of the case; NotFound for one of another, NobodyInvited without the family."""
    known = {seat.id: seat for seat in await file.seats_of(desk.db, desk.case.id)}
    if not set(seat_ids) <= known.keys():
        raise NotFound
    seats = [seat for seat in known.values() if seat.id in seat_ids]
    if not any(map(_is_family, seats)):
        raise NobodyInvited(field="seats")
    return seats


def check_waiver(waiver: Waiver | None, seats: Sequence[Seat], *, chosen_at: datetime | None, now: datetime) -> None:
    """NotTheFamilysWord unless an invited principal of the family has said it by now; TooSoon before its choice."""
    if waiver is None:
        return
    if waiver.by not in {seat.id for seat in seats if _is_family(seat)} or waiver.at > now:
        raise NotTheFamilysWord(field="waived_by")
    in_order.check_waived(waiver.at, chosen_at=chosen_at)


async def decided(desk: Desk, asked: InPerson | None, seats: Sequence[Seat]) -> Where | None:
    """The rooms of a meeting in person, once a coordinator has decided on it and the place suits everybody."""
    if asked is None:
        return None
    request = exceptional.Request(asked_on=day_of(desk.now), reasons=frozenset({asked.reason}))
    decision = exceptional.Decision(answer=exceptional.Answer.IN_PERSON, words=asked.words)
    exceptional.check_decision(request, decision, roles=desk.person.roles)
    place = await venue_list.by_id(desk.db, asked.venue_id)
    plan = check_suits(place.venue, parties(seat.side for seat in seats), asked.needs)
    kept = Exceptional(reason=asked.reason, words=asked.words, decided_by=desk.account_id, decided_at=desk.now)
    return Where(place=place, plan=plan, decision=kept)


async def claim(
    desk: Desk, meeting_id: str, staff: tuple[str, ...], *, span: Span, room_ids: tuple[str, ...] = ()
) -> None:
    """The time is the meeting's in every diary it needs; SlotTaken, with times near it, when one of them is taken.

    `staff` is the mediator, and whoever of our own is at the meeting with them.
    """
    numbers = [await diaries.diary_for(desk.db, account_id, Kind.MEDIATOR) for account_id in staff]
    numbers += [await diaries.diary_for(desk.db, room_id, Kind.ROOM) for room_id in room_ids]
    try:
        await diaries.claim_all(desk.db, numbers, span, meeting_id=meeting_id, now=desk.now)
    except SlotTaken as taken:
        minutes = int(span.length.total_seconds() // 60)
        wanted = Wanted(
            mediator_ids=staff[:1], minutes=minutes, room_ids=room_ids, colleague_ids=staff[1:], but=meeting_id
        )
        raise SlotTaken(await nearest(desk.db, wanted, span.starts, now=desk.now)) from taken


def place_values(where: Where | None) -> dict[str, object]:
    """The place of a meeting as columns of the register; the words are sealed there."""
    if where is None:
        nothing = ("venue_id", "room_id", "exception", "exception_words", "decided_by", "decided_at")
        return {"mode": Mode.ONLINE, **dict.fromkeys(nothing)}
    return {
        "mode": Mode.IN_PERSON,
        "venue_id": where.place.venue.id,
        "room_id": where.plan.together.id,
        "exception": where.decision.reason,
        "exception_words": where.decision.words,
        "decided_by": where.decision.decided_by,
        "decided_at": where.decision.decided_at,
    }


def waiver_values(waiver: Waiver | None) -> dict[str, object]:
    """The family's word as columns of the register, or that there is none."""
    if waiver is None:
        return {"waived_at": None, "waived_by": None, "waived_channel": None}
    return {"waived_at": waiver.at, "waived_by": waiver.by, "waived_channel": waiver.channel}
