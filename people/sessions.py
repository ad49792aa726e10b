"""Store: sessions: a secret in the browser, its hash here, ended on the server.

Staff: 30 minutes idle, 12 hours at most, three at once. A seat: 30 minutes idle and 8 hours at most; on
the day of a meeting there is no idle limit, and it ends 30 minutes after the meeting is closed (reliability 3.4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, exists, insert, select, update

from database.engine import Transaction
from database.ids import fingerprint, new_secret
from people.access import Person
from people.roles import AccountId, Party, Role, read
from people.schema import account, link, seat_session, staff_session

STAFF_IDLE, STAFF_LIFE, STAFF_AT_ONCE = timedelta(minutes=30), timedelta(hours=12), 3
SEAT_IDLE, SEAT_LIFE, AFTER_MEETING = timedelta(minutes=30), timedelta(hours=8), timedelta(minutes=30)
MEETING_DAY = timedelta(hours=14)  # before the link of a meeting runs out, two hours after the meeting's end
OVERRUN = timedelta(hours=2)  # a sitting that runs over loses nobody; `meeting_over` ends what is left of it
NOT_CONFIRMED = "not_confirmed"  # the proof of whoever has shown none, as the meetings name it
WRITTEN_EVERY = timedelta(minutes=1)  # a session's last sight is kept to the minute, to spare writes


@dataclass(frozen=True, kw_only=True)
class StaffSession:
    """A member of staff signed in on one device."""

    id: str
    account_id: AccountId
    second_factor: bool
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    stepped_up_at: datetime | None
    device: str


STAFF_FIELDS = ("id", "account_id", "second_factor", "made_at", "seen_at", "ends_at", "stepped_up_at", "device")


async def open_staff(db: Transaction, account_id: AccountId, *, second_factor: bool, device: str, now: datetime) -> str:
    """The secret of a fresh session; with the two newest before it it is one of three, and older ones are ended."""
    # Two that open at one instant wait for each other, so that each counts the other.
    await db.execute(select(account.c.id).where(account.c.id == account_id).with_for_update())
    for old in (await staff_sessions(db, account_id, now=now))[STAFF_AT_ONCE - 1 :]:
        await end_staff(db, old.id, now=now)
    secret = new_secret()
    await db.execute(
        insert(staff_session).values(
            id=fingerprint(secret),
            account_id=account_id,
            second_factor=second_factor,
            made_at=now,
            seen_at=now,
            ends_at=now + STAFF_LIFE,
            device=device,
        )
    )
    return secret


async def staff_sessions(db: Transaction, account_id: str, *, now: datetime) -> list[StaffSession]:
    """The account's sessions that are open, newest first."""
    found = select(staff_session).where(
        staff_session.c.account_id == account_id,
        staff_session.c.ended_at.is_(None),
        staff_session.c.ends_at > now,
        staff_session.c.seen_at > now - STAFF_IDLE,
    )
    rows = await db.all(found.order_by(staff_session.c.made_at.desc(), staff_session.c.seen_at.desc()))
    return [StaffSession(**{name: getattr(row, name) for name in STAFF_FIELDS}) for row in rows]


# Asked at every request, so written once: to put a statement together costs more than to carry it out.
_ANY_STAFF = (
    select(staff_session, account.c.name, account.c.roles)
    .join(account, account.c.id == staff_session.c.account_id)
    .where(
        staff_session.c.ended_at.is_(None),
        staff_session.c.ends_at > bindparam("now"),
        staff_session.c.seen_at > bindparam("awake"),
        account.c.active,
    )
)
OPEN_STAFF = _ANY_STAFF.where(staff_session.c.id == bindparam("session"))
STAFF_NOW = _ANY_STAFF.where(staff_session.c.id.in_(bindparam("sessions", expanding=True)))


async def staff_person(db: Transaction, session_id: str, *, request_id: str, now: datetime) -> Person | None:
    """Who holds this session, if it is open: roles as they are at this moment."""
    row = await db.first(OPEN_STAFF, {"session": session_id, "now": now, "awake": now - STAFF_IDLE})
    if row is None:
        return None
    return Person(
        kind="staff",
        account_id=AccountId(row.account_id),
        name=row.name,
        roles=read(row.roles),
        proof="second_factor" if row.stepped_up_at else "mail",  # the first sign-in has none to show
        session_id=row.id,
        request_id=request_id,
        pending=not row.second_factor,
        seen_at=row.seen_at,
    )


async def open_now(db: Transaction, session_ids: Iterable[str], *, role: Role, now: datetime) -> Mapping[str, datetime]:
    """When each of these sessions was seen last, of those that are open now: of seats, and of staff with this role."""
    ids, moments = list(session_ids), {"now": now, "awake": now - STAFF_IDLE, "today": now + MEETING_DAY}
    staff = await db.all(STAFF_NOW, {"sessions": ids, **moments})
    seats = await db.all(SEATS_NOW, {"sessions": ids, **moments, "awake": now - SEAT_IDLE})
    return {row.id: row.seen_at for row in (*(one for one in staff if role in read(one.roles)), *seats)}


async def touch_all(db: Transaction, session_ids: Iterable[str], *, now: datetime) -> None:
    """These sessions were used."""
    ids = list(session_ids)
    for table in (staff_session, seat_session):
        await db.execute(update(table).where(table.c.id.in_(ids)).values(seen_at=now))


async def touch(db: Transaction, person: Person, *, now: datetime) -> None:
    """The session was used: its idle time begins anew (written once a minute)."""
    table = staff_session if person.kind == "staff" else seat_session
    seen = update(table).where(table.c.id == person.session_id, table.c.seen_at < now - WRITTEN_EVERY)
    await db.execute(seen.values(seen_at=now))


def stale(person: Person, *, now: datetime) -> bool:
    """Whether the session's last sight is more than a minute old, so that `touch` would write."""
    return person.seen_at is not None and person.seen_at < now - WRITTEN_EVERY


async def end_staff(db: Transaction, session_id: str, *, now: datetime) -> bool:
    """The session is over, everywhere, at once; whether it was this call that ended it."""
    open_ = (staff_session.c.id == session_id) & staff_session.c.ended_at.is_(None)
    return await db.changed(update(staff_session).where(open_).values(ended_at=now)) == 1


async def end_all_of(db: Transaction, account_id: str, *, but: str = "", now: datetime) -> None:
    """Every session of the account (but one) is over."""
    others = (staff_session.c.account_id == account_id, staff_session.c.id != but, staff_session.c.ended_at.is_(None))
    await db.execute(update(staff_session).where(*others).values(ended_at=now))


async def step_up(db: Transaction, session_id: str, *, now: datetime) -> str:
    """The second proof was shown: the session goes on under a fresh secret, which is returned."""
    secret = new_secret()
    values = {"id": fingerprint(secret), "second_factor": True, "stepped_up_at": now, "seen_at": now, "challenge": None}
    mine = (staff_session.c.id == session_id, staff_session.c.ended_at.is_(None))
    await db.execute(update(staff_session).where(*mine).values(values))
    return secret


async def staff_session_of(db: Transaction, session_id: str) -> StaffSession | None:
    """The session with this id, open or not, or None."""
    row = await db.first(select(staff_session).where(staff_session.c.id == session_id))
    return StaffSession(**{name: getattr(row, name) for name in STAFF_FIELDS}) if row else None


async def keep_challenge(db: Transaction, session_id: str, challenge: str | None) -> None:
    """The challenge of a passkey ceremony that this session has begun, or none."""
    await db.execute(update(staff_session).where(staff_session.c.id == session_id).values(challenge=challenge))


async def take_challenge(db: Transaction, session_id: str) -> str | None:
    """That challenge, once; None when there is none, or no longer."""
    found = await db.scalar(select(staff_session.c.challenge).where(staff_session.c.id == session_id))
    kept = (staff_session.c.id == session_id, staff_session.c.challenge == found)
    taken = await db.changed(update(staff_session).where(*kept).values(challenge=None))
    return str(found) if found and taken == 1 else None


async def open_seat(
    db: Transaction,
    *,
    seat_id: str,
    case_id: str,
    attendance_id: str | None,
    proof: str,
    meeting_ends: datetime | None = None,
    now: datetime,
) -> str:
    """The secret of a fresh session of this seat; opened on the day of a meeting it outlasts the meeting."""
    secret, ends = new_secret(), now + SEAT_LIFE
    if meeting_ends is not None and meeting_ends - now < MEETING_DAY:
        ends = max(ends, meeting_ends + OVERRUN)
    await db.execute(
        insert(seat_session).values(
            id=fingerprint(secret),
            seat_id=seat_id,
            case_id=case_id,
            attendance_id=attendance_id,
            proof=proof,
            made_at=now,
            seen_at=now,
            ends_at=ends,
        )
    )
    return secret


@dataclass(frozen=True, kw_only=True)
class SeatSession:
    """What an open session says of its seat; who that is the cases know."""

    id: str
    seat_id: str
    case_id: str
    attendance_id: str | None
    proof: str
    seen_at: datetime


_MEETING_TODAY = exists().where(
    link.c.attendance_id == seat_session.c.attendance_id,
    link.c.revoked_at.is_(None),
    (link.c.over_at > bindparam("now")) & (link.c.over_at < bindparam("today")),
)
_ANY_SEAT = select(*(seat_session.c[name] for name in SeatSession.__dataclass_fields__)).where(
    seat_session.c.ended_at.is_(None),
    seat_session.c.ends_at > bindparam("now"),
    (seat_session.c.seen_at > bindparam("awake")) | _MEETING_TODAY,
)
OPEN_SEAT = _ANY_SEAT.where(seat_session.c.id == bindparam("session"))
SEATS_NOW = _ANY_SEAT.where(seat_session.c.id.in_(bindparam("sessions", expanding=True)))


async def seat_of(db: Transaction, session_id: str, *, now: datetime) -> SeatSession | None:
    """The session, if it is open."""
    moments = {"now": now, "awake": now - SEAT_IDLE, "today": now + MEETING_DAY}
    row = await db.first(OPEN_SEAT, {"session": session_id, **moments})
    return SeatSession(**row._mapping) if row else None  # noqa: SLF001 - the row's public mapping


async def end_seat(db: Transaction, session_id: str, *, now: datetime) -> None:
    """The seat's session is over."""
    await db.execute(update(seat_session).where(seat_session.c.id == session_id).values(ended_at=now))


async def end_all_of_seat(db: Transaction, seat_id: str, *, now: datetime) -> None:
    """Every session of the seat is over, as when it is taken back."""
    mine = (seat_session.c.seat_id == seat_id, seat_session.c.ended_at.is_(None))
    await db.execute(update(seat_session).where(*mine).values(ended_at=now))


async def meeting_over(db: Transaction, attendance_ids: Iterable[str], *, now: datetime) -> None:
    """A meeting was closed: the sessions of these places in it end in half an hour, if not before."""
    ends = now + AFTER_MEETING
    theirs = (seat_session.c.attendance_id.in_(list(attendance_ids)), seat_session.c.ends_at > ends)
    await db.execute(update(seat_session).where(*theirs).values(ends_at=ends))


async def vouch(db: Transaction, attendance_id: str, *, proof: str) -> None:
    """Whoever waits at this place without a proof of their own carries this one from now on."""
    await db.execute(update(seat_session).where(*_unproved(attendance_id)).values(proof=proof))


async def end_unproved(db: Transaction, attendance_id: str, *, now: datetime) -> None:
    """Nobody is at this place without a proof any more: a vouched word is meant for one person alone."""
    await db.execute(update(seat_session).where(*_unproved(attendance_id)).values(ended_at=now))


def _unproved(attendance_id: str) -> tuple[ColumnElement[bool], ...]:
    mine = (seat_session.c.attendance_id == attendance_id, seat_session.c.proof == NOT_CONFIRMED)
    return (*mine, seat_session.c.ended_at.is_(None))


def seat_holder(
    *,
    session_id: str,
    seat_id: str,
    case_id: str,
    attendance_id: str | None,
    proof: str,
    party: Party,
    side: str,
    name: str,
    request_id: str,
    seen_at: datetime | None = None,
) -> Person:
    """The person who holds this seat."""
    return Person(
        kind="seat",
        seat_id=seat_id,
        case_id=case_id,
        attendance_id=attendance_id,
        proof=proof,
        party=party,
        side=side,
        name=name,
        session_id=session_id,
        request_id=request_id,
        seen_at=seen_at,
    )
