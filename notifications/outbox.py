"""Store: the outbox: messages as bytes, and how far each has come.

    queued -> claimed (lease, attempt) -> handing_over -> sent | queued, for a later try | failed

`claimed` is written before connecting and `handing_over` after the last RCPT answer and before DATA, so a claim whose
lease ran out was surely not handed over, and only a hand-over that was cut off is uncertain (reliability.md 2.1).
Leases are compared by the database's own clock; `next_at` and the rest by the `now` that is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Interval,
    Row,
    String,
    Update,
    func,
    literal,
    select,
    text,
    type_coerce,
    update,
)

from database.engine import Transaction
from notifications.retries import TOO_LATE, UNCERTAIN, UNREACHED, State
from notifications.schema import message


@dataclass(frozen=True, kw_only=True)
class Leases:
    """How long a worker may keep a message before others take it for lost; longer than any phase may last."""

    claim: timedelta = timedelta(seconds=90)
    hand_over: timedelta = timedelta(seconds=180)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A message that this worker may hand over while its lease lasts."""

    id: str
    kind: str
    attempt: int
    worker: str | None
    key_id: str
    once: bool
    created_at: datetime
    useless_after: datetime | None


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Whom a message goes to, and its bytes."""

    to: str
    raw: bytes


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A message as the pages list it: never its words or its address."""

    id: str
    kind: str
    state: State
    case_id: str | None
    seat_id: str | None
    account_id: str | None
    attempt: int
    created_at: datetime
    next_at: datetime
    sent_at: datetime | None
    error: str | None
    dealt_with_at: datetime | None


LISTED = [message.c[name] for name in Posted.__dataclass_fields__]
CLAIMED = [message.c[name] for name in Claim.__dataclass_fields__]
# Written out, so that SQLite sees that the partial index answers it.
UNDER_WAY = cast("ColumnElement[bool]", text("message.state in ('queued', 'claimed', 'handing_over')"))


def _clock(db: Transaction, ahead: timedelta = timedelta()) -> ColumnElement[Any]:
    if db.dialect == "postgresql":
        return func.clock_timestamp(type_=DateTime(timezone=True)) + literal(ahead, Interval())
    shift = f"{ahead.total_seconds():+.3f} seconds"
    text_now: ColumnElement[str] = func.strftime("%Y-%m-%d %H:%M:%f", "now", shift, type_=String()).concat("000")
    return type_coerce(text_now, String())


def _posted(row: Row[Any]) -> Posted:
    return Posted(**{**row._mapping, "state": State(row.state)})  # noqa: SLF001 - the row's public mapping


async def claim(db: Transaction, *, worker: str, most: int, leases: Leases, now: datetime) -> list[Claim]:
    """At most this many due messages are this worker's until their leases end, the longest due first.

    What is too late to be of use fails instead, and takes nobody's place for long: the next claim is right behind.
    """
    due = [UNDER_WAY, message.c.state == State.QUEUED, message.c.next_at <= now]
    first = select(*CLAIMED).where(*due).order_by(message.c.next_at).limit(most).with_for_update(skip_locked=True)
    rows = [Claim(**row._mapping) for row in await db.all(first)]  # noqa: SLF001 - the row's public mapping
    late = [row.id for row in rows if row.useless_after and row.useless_after < now]
    await _set(db, late, _failed(TOO_LATE))
    taken = [replace(row, worker=worker, attempt=row.attempt + 1) for row in rows if row.id not in late]
    lease = {"state": State.CLAIMED, "worker": worker, "lease_until": _clock(db, leases.claim)}
    await _set(db, [row.id for row in taken], {**lease, "attempt": message.c.attempt + 1})
    return taken


async def _set(db: Transaction, ids: list[str], values: dict[str, Any]) -> None:
    if ids:
        await db.execute(update(message).where(message.c.id.in_(ids)).values(values))


async def contents(db: Transaction, claim: Claim) -> Contents:
    """Address and bytes; database.vault.KeyGone or SealBroken when they cannot be read any more."""
    row = await db.first(select(message.c.to_sealed, message.c.raw_sealed).where(message.c.id == claim.id))
    assert row is not None  # noqa: S101 - a claim holds its row
    box = await db.box(claim.key_id)
    to = box.open("message.to", claim.id, row.to_sealed)
    return Contents(to=to, raw=box.open_bytes("message.raw", claim.id, row.raw_sealed))


def _mine(claim: Claim, *states: State) -> Update:
    mine = (message.c.worker == claim.worker) & (message.c.attempt == claim.attempt)
    return update(message).where(message.c.id == claim.id, mine, message.c.state.in_(states))


async def hand_over(db: Transaction, claim: Claim, *, leases: Leases) -> bool:
    """Whether the message may be handed over now: its lease still runs, and it is marked so for whoever finds it."""
    still = _mine(claim, State.CLAIMED).where(message.c.lease_until > _clock(db))
    marked = {"state": State.HANDING_OVER, "lease_until": _clock(db, leases.hand_over)}
    return await db.changed(still.values(marked)) == 1


def _failed(reason: str) -> dict[str, Any]:
    return {"state": State.FAILED, "error": reason[:200], "lease_until": None, "worker": None}


async def mark_sent(db: Transaction, claim: Claim, *, now: datetime) -> None:
    """The mail server has taken it."""
    sent = {"state": State.SENT, "sent_at": now, "error": None, "lease_until": None, "worker": None}
    await db.execute(_mine(claim, State.HANDING_OVER).values(sent))


async def mark_failed(db: Transaction, claim: Claim, *, reason: str) -> None:
    """It will not be tried again; a person must know (invariant I8)."""
    await db.execute(_mine(claim, State.CLAIMED, State.HANDING_OVER).values(_failed(reason)))


async def mark_waiting(db: Transaction, claim: Claim, *, reason: str, next_at: datetime) -> None:
    """It is queued again, the same bytes, due at `next_at`."""
    waits = {"state": State.QUEUED, "error": reason[:200], "next_at": next_at, "lease_until": None, "worker": None}
    await db.execute(_mine(claim, State.CLAIMED, State.HANDING_OVER).values(waits))


async def give_back(db: Transaction, claim: Claim) -> None:
    """A claim that was never used is queued again as it was, and counts as no try."""
    unused = {"state": State.QUEUED, "attempt": message.c.attempt - 1, "lease_until": None, "worker": None}
    await db.execute(_mine(claim, State.CLAIMED).values(unused))


async def recover(db: Transaction) -> int:
    """What a lost worker left behind can go on: how many.

    A claim was surely not handed over and is queued. A cut-off hand-over is uncertain: a one-time code fails, since it
    is never sent twice; anything else goes out again, the same bytes under the same Message-ID (invariant I2).
    """
    lost = [UNDER_WAY, message.c.lease_until < _clock(db)]
    free = {"state": State.QUEUED, "lease_until": None, "worker": None}
    cut = [*lost, message.c.state == State.HANDING_OVER]
    return (
        await db.changed(update(message).where(*lost, message.c.state == State.CLAIMED).values(free))
        + await db.changed(update(message).where(*cut, message.c.once).values(_failed(UNCERTAIN)))
        + await db.changed(update(message).where(*cut).values({**free, "error": UNCERTAIN}))
    )


async def hurry(db: Transaction, *, now: datetime) -> int:
    """Whatever waits because the mail server could not be reached is due now: how many."""
    waits = [UNDER_WAY, message.c.state == State.QUEUED, message.c.next_at > now, message.c.error.startswith(UNREACHED)]
    return await db.changed(update(message).where(*waits).values(next_at=now))


async def unreached(db: Transaction) -> int:
    """How many messages wait because the mail server could not be reached."""
    waits = [UNDER_WAY, message.c.state == State.QUEUED, message.c.error.startswith(UNREACHED)]
    return int(await db.scalar(select(func.count()).select_from(message).where(*waits)))


async def _list(db: Transaction, *which: ColumnElement[bool]) -> Sequence[Posted]:
    return [_posted(row) for row in await db.all(select(*LISTED).where(*which).order_by(message.c.created_at))]


async def for_case(db: Transaction, case_id: str) -> Sequence[Posted]:
    """Every message of this case, oldest first."""
    return await _list(db, message.c.case_id == case_id)


async def failed(db: Transaction) -> Sequence[Posted]:
    """What did not arrive and nobody has dealt with, oldest first."""
    return await _list(db, message.c.state == State.FAILED, message.c.dealt_with_at.is_(None))


async def waiting(db: Transaction) -> Sequence[Posted]:
    """What is still under way, oldest first; `error` says why it has not gone at the first try."""
    return await _list(db, UNDER_WAY)


async def sent_since(db: Transaction, moment: datetime, *, most: int) -> Sequence[Posted]:
    """What the mail server has taken since that moment, the last first, at most so many."""
    gone = select(*LISTED).where(message.c.state == State.SENT, message.c.sent_at >= moment)
    return [_posted(row) for row in await db.all(gone.order_by(message.c.sent_at.desc()).limit(most))]


async def deal_with(db: Transaction, id_: str, *, now: datetime) -> None:
    """A person has dealt with this failure; it leaves the list."""
    failure = (message.c.id == id_) & (message.c.state == State.FAILED) & message.c.dealt_with_at.is_(None)
    await db.execute(update(message).where(failure).values(dealt_with_at=now))


async def hold(db: Transaction) -> int:
    """Nothing that is queued goes out by itself any more: how many. For a restored copy (reliability.md 3.9)."""
    return await db.changed(update(message).where(message.c.state == State.QUEUED).values(state=State.HELD))


async def let_go(db: Transaction, id_: str, *, now: datetime) -> None:
    """A held message is queued again, due now; the outbox's bell rings."""
    held = (message.c.id == id_) & (message.c.state == State.HELD)
    await db.execute(update(message).where(held).values(state=State.QUEUED, next_at=now))
    db.ring("outbox")
