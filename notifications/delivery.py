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
Mark = Callable[[Transaction], Awaitable[bool | None]]
log = structlog.get_logger("delivery")


class LeaseLost(Exception):  # noqa: N818 - it names what happened
    """Another worker may have this message by now, or the service is stopping: it is not handed over."""


class _Ledger:
    """Writes what happened to the messages: whoever comes while one commit runs shares the next.

    On SQLite the lanes would otherwise queue for the one writer's place by sleeping.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Mark, asyncio.Future[bool | None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, mark: Mark) -> bool | None:
        """The mark is committed; its answer. Busy when the database was, and then nothing is marked."""
        answer: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((mark, answer))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await answer

    async def _write_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                async with self._database.write() as db:
                    answers = [await mark(db) for mark, _ in together]
            except Exception as fault:  # noqa: BLE001 - whoever asked for the mark hears of it
                for _, waiting in together:
                    if not waiting.done():
                        waiting.set_exception(fault)
            else:
                for (_, waiting), answer in zip(together, answers, strict=True):
                    if not waiting.done():
                        waiting.set_result(answer)


@dataclass(frozen=True, kw_only=True)
class _Round:
    """What every delivery of one round needs."""

    database: Database
    ledger: _Ledger
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
    the_round = _Round(database=database, ledger=_Ledger(database), mailer=mailer, leases=leases, now=now)
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
        await _mark(the_round, claim, outbox.give_back, word="given back")
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
        await _mark(the_round, claim, partial(outbox.mark_sent, now=the_round.now), word="sent")


async def _send(the_round: _Round, claim: Claim, contents: Contents | None) -> None:
    if contents is None:
        raise ValueError(CANNOT_BE_SENT)
    before_data = partial(_hand_over, the_round, claim)
    await the_round.mailer.send(contents.to, contents.raw, before_data=before_data)


async def _hand_over(the_round: _Round, claim: Claim) -> None:
    if the_round.mailer.closing:
        raise LeaseLost
    if not await the_round.ledger.write(lambda db: outbox.hand_over(db, claim, leases=the_round.leases)):
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
        await _mark(the_round, claim, partial(outbox.mark_waiting, reason=reason, next_at=next_at), word="waiting")


async def _fail(the_round: _Round, claim: Claim, reason: str) -> None:
    await _mark(the_round, claim, partial(outbox.mark_failed, reason=reason), word="failed")


async def _mark(
    the_round: _Round, claim: Claim, mark: Callable[[Transaction, Claim], Awaitable[None]], *, word: str
) -> None:
    """The row says what happened. A busy database is asked again: a lost mark of a sent mail would send it twice."""
    log.info(word, action="mail.marked", message=claim.id, kind=claim.kind, attempt=claim.attempt)
    for pause in MARK_PAUSES:
        try:
            await the_round.ledger.write(lambda db: mark(db, claim))
        except Busy:
            await asyncio.sleep(pause)
        else:
            return
    log.error("database busy", action="mail.unmarked", message=claim.id)
