"""Act: the way in for everyone who holds a seat: a link that only points, a code to their own mail, a session.

Opening the link changes nothing. A code works in the browser that asked for it, once, for ten minutes. Whoever cannot
get one may ask to be let in: that gives a place in the waiting room of this one meeting, not confirmed, until the
mediator vouches (reliability 3.3). An unknown or dead link is answered like a living one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import file, mailing
from cases.dossier import Seat
from database.engine import Transaction
from database.refusal import Refusal
from notifications import messages
from notifications.wording import Office
from people import audit, challenges, links, sessions, throttle
from people.access import NotFound, Person
from people.links import Link
from people.proofs import Shown, shown_by
from people.sessions import seat_holder

PURPOSE = "seat"
BY_MAIL = "mail"
OVER_AFTER = timedelta(hours=2)  # how long after its end a meeting's link still leads somewhere
DOORS_OPEN = timedelta(hours=12)  # before the end of the meeting
ASKS_AN_HOUR = 30  # from one browser, whatever link it has
LET_IN_AN_HOUR = 5  # on one link


class TooEarly(Refusal):
    """The waiting room is not open yet. Please come back on the day of your meeting."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A fresh session: the secret for the browser, and the place in a meeting that it is for, if it is for one."""

    secret: str
    seat_id: str
    attendance_id: str | None


async def _known(db: Transaction, locator: str, *, now: datetime) -> tuple[Link, Seat] | None:
    link = await links.find(db, locator)
    if link is None or not link.works(now):
        return None
    seat = await file.load_seat(db, link.seat_id)
    return None if seat.revoked_at is not None else (link, seat)


def _holder(
    seat: Seat,
    *,
    attendance_id: str | None,
    proof: str,
    session_id: str = "",
    request_id: str = "",
    seen_at: datetime | None = None,
) -> Person:
    known = shown_by(proof) is Shown.CODE
    return seat_holder(
        session_id=session_id,
        seat_id=seat.id,
        case_id=seat.case_id if known else "",  # a place in a meeting opens no case
        attendance_id=attendance_id,
        proof=proof,
        party=seat.party,
        side=seat.side,
        name=seat.label,
        request_id=request_id,
        seen_at=seen_at,
    )


async def holder(db: Transaction, session_id: str, *, request_id: str, now: datetime) -> Person | None:
    """Who holds this open session (its id is the hash of the secret); None when it is over or the seat was taken back.

    Without a code they have a place in one meeting, or in its waiting room, and belong to no case.
    """
    found = await sessions.seat_of(db, session_id, now=now)
    if found is None:
        return None
    seat = await file.load_seat(db, found.seat_id)
    if seat.revoked_at is not None:
        return None
    return _holder(
        seat,
        attendance_id=found.attendance_id,
        proof=found.proof,
        session_id=session_id,
        request_id=request_id,
        seen_at=found.seen_at,
    )


async def ask_code(db: Transaction, office: Office, locator: str, *, browser: str, now: datetime) -> None:
    """If the link leads to somebody with an address, a code for this browser is on its way to it.

    TooMany after three codes in ten minutes, or ten in a day, for one seat.
    """
    await throttle.count(db, f"link:{browser}", most=ASKS_AN_HOUR, seconds=3600, now=now)
    known = await _known(db, locator, now=now)
    counted = known[1].id if known else locator
    for most, seconds in challenges.SENDINGS:
        await throttle.count(db, f"code:{counted}:{seconds}", most=most, seconds=seconds, now=now)
    if known is None or known[1].email is None:
        return
    link, seat = known
    made = await challenges.make(db, purpose=PURPOSE, subject=locator, browser=browser, now=now)
    letter = messages.seat_code(challenge_id=made.id, code=made.code, expires_at=made.expires_at)
    case = await file.load_case(db, seat.case_id)
    await mailing.to_seat(db, office, letter, case=case, seat=seat, now=now)
    person = _holder(seat, attendance_id=link.attendance_id, proof="")
    await audit.note(db, person, "entrance.code_sent", f"seat:{seat.id}", case_id=seat.case_id, now=now)


async def enter_code(db: Transaction, locator: str, code: str, *, browser: str, now: datetime) -> Opened | None:
    """A session of this seat for the right code; None for a wrong, old or unknown one, and that try is kept."""
    challenge = await challenges.open_for(db, purpose=PURPOSE, browser=browser, subject=locator, now=now)
    used = await challenges.use(db, challenge, code, now=now) if challenge else None
    known = await _known(db, locator, now=now) if used == locator else None
    return None if known is None else await _open(db, *known, proof=BY_MAIL, now=now)


async def ask_to_be_let_in(db: Transaction, locator: str, *, browser: str, now: datetime) -> Opened:
    """A place in the waiting room of this meeting, not confirmed, for the mediator to see and to vouch for.

    NotFound where the link leads to no meeting; TooEarly before the day of it; TooMany after five in an hour.
    """
    await throttle.count(db, f"link:{browser}", most=ASKS_AN_HOUR, seconds=3600, now=now)
    await throttle.count(db, f"let_in:{locator}", most=LET_IN_AN_HOUR, seconds=3600, now=now)
    known = await _known(db, locator, now=now)
    if known is None or known[0].attendance_id is None:
        raise NotFound
    over_at = known[0].over_at
    if over_at is not None and now < over_at - OVER_AFTER - DOORS_OPEN:
        raise TooEarly
    return await _open(db, *known, proof=sessions.NOT_CONFIRMED, now=now)


async def _open(db: Transaction, link: Link, seat: Seat, *, proof: str, now: datetime) -> Opened:
    if link.attendance_id is not None:
        await sessions.end_unproved(db, link.attendance_id, now=now)
    secret = await sessions.open_seat(
        db,
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=link.attendance_id,
        proof=proof,
        meeting_ends=link.over_at - OVER_AFTER if link.over_at else None,
        now=now,
    )
    person = _holder(seat, attendance_id=link.attendance_id, proof=proof)
    await audit.note(db, person, "entrance.entered", f"seat:{seat.id}", case_id=seat.case_id, now=now)
    return Opened(secret=secret, seat_id=seat.id, attendance_id=link.attendance_id)
