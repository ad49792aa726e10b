"""Act: what is due in the outbox goes to the mail server, each message for itself.

A message that cannot be sent ends in `failed` and holds up nobody; a connection that is stuck steps aside. Every kill
of this process outside `handing_over` leaves exactly one copy (reliability.md 2.1 to 2.3).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from database.engine import Busy, Database, Transaction
from database.failpoints import failpoint
from database.vault import KeyGone, SealBroken
from notifications import outbox
from notifications.outbox import Claim, Contents, Leases
from notifications.retries import (
    CANNOT_BE_SENT,
    GAVE_UP,
    POISON_TRIES,
    TOO_LATE,
    UNCERTAIN,
    NotReached,
    Refused,
    Uncertain,
    judge,
    next_try,
)
from notifications.smtp import Mailer

A_BATCH = 16
LEASES = Leases()
MARK_PAUSES = (0.2, 1.0, 3.0, 10.0, 0.0)
log = structlog.get_logger("delivery")


class LeaseLost(Exception):  # noqa: N818 - it names what happened
    """Another worker may have this message by now, or the service is stopping: it is not handed over."""


@dataclass(frozen=True, kw_only=True)
class _Round:
    """What every delivery of one round needs."""

    database: Database
    mailer: Mailer
    leases: Leases
    now: datetime


async def recover(database: Database) -> int:
    """What lost workers left behind is queued again, or failed if it must never go twice: how many."""
    async with database.write() as db:
        return await outbox.recover(db)


async def deliver_due(
    database: Database, mailer: Mailer, *, worker: str, leases: Leases = LEASES, now: datetime
) -> int:
    """Everything due has been handed over, put off or failed, but for what is stuck and goes on by itself: how many.

    Safe to run in any number of workers at once.
    """
    the_round = _Round(database=database, mailer=mailer, leases=leases, now=now)
    await recover(database)
    count = 0
    while not mailer.closing and (batch := await _take(the_round, worker)):
        await failpoint("outbox.claimed")
        started = [await mailer.start(partial(_deliver, the_round, *item)) for item in batch]
        await asyncio.gather(*started)
        count += len(batch)
    await mailer.rest()
    return count


async def look_again(database: Database, mailer: Mailer, *, now: datetime) -> int:
    """If mail waits for a server that could not be reached, and it answers now, all of that mail is due: how many."""
    async with database.read() as db:
        if not await outbox.unreached(db):
            return 0
    if not await mailer.reachable():
        return 0
    async with database.write() as db:
        db.ring("outbox")
        return await outbox.hurry(db, now=now)


async def _take(the_round: _Round, worker: str) -> list[tuple[Claim, Contents | None]]:
    async with the_round.database.write() as db:
        claims = await outbox.claim(db, worker=worker, most=A_BATCH, leases=the_round.leases, now=the_round.now)
        return [(claim, await _read(db, claim)) for claim in claims]


async def _read(db: Transaction, claim: Claim) -> Contents | None:
    try:
        return await outbox.contents(db, claim)
    except (KeyGone, SealBroken, UnicodeDecodeError):
        return None


async def _deliver(the_round: _Round, claim: Claim, contents: Contents | None) -> None:
    """One message is sent, put off or failed. Nothing that goes wrong with it reaches the others."""
    try:
        await _send(the_round, claim, contents)
    except LeaseLost:
        await _mark(the_round, claim, "given back", outbox.give_back)
    except Busy:
        log.warning("database busy", action="mail.left", message=claim.id)  # the lease brings it back
    except Refused as no:
        verdict = judge(no)
        await _put_off(the_round, claim, verdict.reason, final=verdict.final)
    except NotReached as fault:
        await _put_off(the_round, claim, str(fault), final=False)
    except Uncertain:
        await _put_off(the_round, claim, UNCERTAIN, final=claim.once)
    except Exception as fault:  # noqa: BLE001 - a message that cannot be sent must not stop the others (P6)
        log.warning("poison", action="mail.poison", message=claim.id, fault=type(fault).__name__)
        await _put_off(the_round, claim, CANNOT_BE_SENT, final=claim.attempt >= POISON_TRIES)
    else:
        await failpoint("outbox.sent")
        await _mark(the_round, claim, "sent", partial(outbox.mark_sent, now=the_round.now))


async def _send(the_round: _Round, claim: Claim, contents: Contents | None) -> None:
    if contents is None:
        raise ValueError(CANNOT_BE_SENT)
    before_data = partial(_hand_over, the_round, claim)
    await the_round.mailer.send(contents.to, contents.raw, before_data=before_data)


async def _hand_over(the_round: _Round, claim: Claim) -> None:
    if the_round.mailer.closing:
        raise LeaseLost
    async with the_round.database.write() as db:
        if not await outbox.hand_over(db, claim, leases=the_round.leases):
            raise LeaseLost
    await failpoint("outbox.handing_over")


async def _put_off(the_round: _Round, claim: Claim, reason: str, *, final: bool) -> None:
    """Tried again on the schedule, unless it is for good, has had its 24 hours, or would come too late."""
    next_at = next_try(claim.attempt, created_at=claim.created_at, now=the_round.now)
    if final:
        await _fail(the_round, claim, reason)
    elif next_at is None:
        await _fail(the_round, claim, f"{GAVE_UP}: {reason}")
    elif claim.useless_after and claim.useless_after < next_at:
        await _fail(the_round, claim, f"{TOO_LATE}: {reason}")
    else:
        await _mark(the_round, claim, "waiting", partial(outbox.mark_waiting, reason=reason, next_at=next_at))


async def _fail(the_round: _Round, claim: Claim, reason: str) -> None:
    await _mark(the_round, claim, "failed", partial(outbox.mark_failed, reason=reason))


async def _mark(
    the_round: _Round, claim: Claim, word: str, mark: Callable[[Transaction, Claim], Awaitable[None]]
) -> None:
    """The row says what happened. A busy database is asked again: a lost mark of a sent mail would send it twice."""
    log.info(word, action="mail.marked", message=claim.id, kind=claim.kind, attempt=claim.attempt)
    for pause in MARK_PAUSES:
        try:
            async with the_round.database.write() as db:
                await mark(db, claim)
        except Busy:
            await asyncio.sleep(pause)
        else:
            return
    log.error("database busy", action="mail.unmarked", message=claim.id)
