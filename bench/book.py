"""Workload 2, booking: a mediator and four people through the coordinator's own page, 64 callers at once.

2a: each books a time of its own. 2b: several cases of one mediator want the same time, and one may have it. Mails wait
in the outbox meanwhile: the mail server keeps the relay waiting, so that what is measured is the booking.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench import asking, running, straight, wishes
from bench.asking import Answer, Client
from bench.measuring import Row, Run, drive, median, paired
from bench.running import Ground, Running
from bench.sizes import Sizes
from bench.wishes import Plan, Wish
from database.engine import Transaction
from meetings.schema import meeting
from scheduler.schema import claim

KINDS = ("ours", "materials", "bare")
READY = "materials, mails ready"
PATIENT_MS = 150.0
WON, LOST, BUSY = 303, 409, 503
REASON, OTHERS = b"Somebody was a little quicker", b"starts="


class _Asker:
    """Sends what coordinators send, and keeps what they are told."""

    def __init__(self, plan: Plan, running_: Running, client: Client, *, callers: int) -> None:
        self.running, self.client, self.busy = running_, client, 0
        self._plan, self._callers = plan, callers

    async def lap(self, wanted: Sequence[Wish]) -> tuple[Run, list[Answer]]:
        """Each wish is sent once; the answers."""
        secrets = self._plan.secrets
        questions = [wish.asked(self.running.url, secrets[n % len(secrets)]) for n, wish in enumerate(wanted)]
        answers: list[Answer] = []

        async def ask(number: int) -> None:
            # Told that the service is busy, a person sends the same form again; the wait counts as ours.
            while (answer := await self.client.ask(questions[number])).status == BUSY:
                self.busy += 1
            answers.append(answer)

        run = await drive(ask, times=len(questions), callers=self._callers)
        if wrong := [answer for answer in answers if answer.status not in (WON, LOST)]:
            raise RuntimeError(f"a booking was answered {wrong[0].status}: {wrong[0].body[:2000]!r}")
        return run, answers


@contextlib.asynccontextmanager
async def _slow_mail() -> AsyncIterator[int]:
    """The port of a mail server that never says its greeting."""

    async def keep_waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(keep_waiting, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass(frozen=True, kw_only=True)
class _Field:
    """Everybody who is asked, each on a database of its own."""

    askers: dict[str, _Asker]
    ours_at: str  # the address of our database

    async def lap(self, kind: str, wanted: Sequence[Wish]) -> tuple[Run, list[Answer]]:
        """One of them is asked, while the others hold still."""
        with contextlib.ExitStack() as others:
            for other, asker in self.askers.items():
                if other != kind:
                    others.enter_context(asker.running.still())
            return await self.askers[kind].lap(wanted)


@contextlib.asynccontextmanager
async def _field(ground: Ground, plan: Plan, first: str, sizes: Sizes, *, workers: int = 1) -> AsyncIterator[_Field]:
    async with contextlib.AsyncExitStack() as stack:
        port = await stack.enter_async_context(_slow_mail())
        more = {"SMTP_PORT": str(port), "WORKERS": str(workers)}
        askers: dict[str, _Asker] = {}
        ours_at = ground.like(first)
        for kind in (*KINDS, READY) if workers == 1 else KINDS[:1]:
            if kind == "ours":
                one = stack.enter_context(running.ours(ground.folder, ours_at, more))
            else:
                words = ["ready"] if kind == READY else []
                one = stack.enter_context(running.ceiling("book", kind.split(",")[0], ground.like(first), *words))
            client = await stack.enter_async_context(asking.connected(one.url, callers=sizes.book_callers))
            askers[kind] = _Asker(plan, one, client, callers=sizes.book_callers)
        yield _Field(askers=askers, ours_at=ours_at)


async def _in_peace(field: _Field, plan: Plan) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {kind: [] for kind in field.askers}
    for kind in field.askers:
        await field.lap(kind, plan.warm)
    for lap in plan.peace:
        for kind in field.askers:
            run, answers = await field.lap(kind, lap)
            if any(answer.status != WON for answer in answers):
                raise RuntimeError(f"{kind} refused a time that was free")
            runs[kind].append(run)
    return runs


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a fight: how many were told that they won, what the store holds, and what losers were told."""

    slots: int
    told: int
    booked: int
    meetings: int
    doubled: int
    untold: int  # losers without a reason or without another time

    @property
    def right(self) -> bool:
        """One winner for each time, nobody held twice, no time lost, every loser told."""
        return self.told == self.booked == self.meetings == self.slots and not self.doubled and not self.untold


async def _held(db: Transaction) -> tuple[int, int, int]:
    """Live claims, meetings, and pairs of claims that overlap in one diary."""
    other = claim.alias("other")
    same = (claim.c.diary_id == other.c.diary_id) & (claim.c.id < other.c.id)
    overlap = (claim.c.starts < other.c.ends) & (other.c.starts < claim.c.ends)
    live = (claim.c.state == "booked") & (other.c.state == "booked")
    pairs = select(func.count()).select_from(claim.join(other, same & overlap & live))
    claims = select(func.count()).select_from(claim).where(claim.c.state == "booked")
    meetings = select(func.count()).select_from(meeting).where(meeting.c.state == "booked")
    return (await db.scalar(claims), await db.scalar(meetings), await db.scalar(pairs))


def _now_held(url: str) -> tuple[int, int, int]:
    return running.filled(url, lambda db: straight.at_once(_held(db)))


def _outcome(
    lap: Sequence[Wish], answers: Sequence[Answer], before: tuple[int, ...], after: tuple[int, ...]
) -> Outcome:
    lost = [answer.body for answer in answers if answer.status == LOST]
    return Outcome(
        slots=len({(wish.case.mediator_id, wish.starts) for wish in lap}),
        told=len(answers) - len(lost),
        booked=after[0] - before[0],
        meetings=after[1] - before[1],
        doubled=after[2],
        untold=sum(REASON not in body or OTHERS not in body for body in lost),
    )


async def _fight(field: _Field, kind: str, lap: Sequence[Wish]) -> tuple[Run, Outcome | None]:
    if kind != "ours":
        return (await field.lap(kind, lap))[0], None
    before = _now_held(field.ours_at)
    run, answers = await field.lap(kind, lap)
    return run, _outcome(lap, answers, before, _now_held(field.ours_at))


def _row(variant: str, runs: dict[str, list[Run]], *, outcomes: Sequence[Outcome]) -> Row:
    ours, materials, bare = (median(runs[kind]) if kind in runs else None for kind in KINDS)
    assert ours is not None  # noqa: S101 - ours always runs
    return Row(
        workload="2b contended",
        variant=variant,
        ours=ours.rate,
        materials=materials.rate if materials else None,
        ceiling=bare.rate if bare else None,
        unit="answers/s",
        ratio=paired(runs["ours"], runs["materials"]) if materials else 1.0,
        floor="one winner each, 0 doubled, 0 lost, losers told",
        holds=all(outcome.right for outcome in outcomes),
        repetitions=[run.rate for run in runs["ours"]],
    )


async def _contended(field: _Field, plan: Plan, variant: str) -> Row:
    runs: dict[str, list[Run]] = {kind: [] for kind in KINDS if kind in field.askers}
    outcomes: list[Outcome] = []
    for lap in plan.fights:
        for kind, mine in runs.items():
            run, outcome = await _fight(field, kind, lap)
            mine.append(run)
            if outcome is not None:
                outcomes.append(outcome)
                _say(outcome)
    return _row(variant, runs, outcomes=outcomes)


def _say(outcome: Outcome) -> None:
    if not outcome.right:
        print(f"  {outcome}", flush=True)


def _workers(keeper: int) -> list[int]:
    children = Path(f"/proc/{keeper}/task/{keeper}/children").read_text(encoding="ascii")
    return [int(word) for word in children.split()]


async def _with_a_kill(field: _Field, plan: Plan, variant: str) -> Row:
    """In the middle of the fight one of the two processes is killed; whoever got no answer sends their form again."""
    lap, keeper = plan.fights[0], field.askers["ours"].running.process.pid
    fight = asyncio.create_task(_fight(field, "ours", lap))
    await asyncio.sleep(KILL_AFTER_SECONDS)
    os.kill(_workers(keeper)[0], signal.SIGKILL)
    run, outcome = await fight
    assert outcome is not None  # noqa: S101 - ours has one
    _say(outcome)
    return _row(variant, {"ours": [run]}, outcomes=[outcome])


KILL_AFTER_SECONDS = 0.5


def _peace_rows(variant: str, runs: dict[str, list[Run]]) -> list[Row]:
    ours, materials, bare = (median(runs[kind]) for kind in KINDS)
    ratio, ready = paired(runs["ours"], runs["materials"]), median(runs[READY])
    return [
        Row(
            workload="2a book",
            variant=variant,
            ours=ours.rate,
            materials=materials.rate,
            ceiling=bare.rate,
            unit="bookings/s",
            ratio=ratio,
            floor=">= 0.5 x M",
            holds=ratio >= 0.5,
            repetitions=[run.rate for run in runs["ours"]],
        ),
        Row(
            workload="2a book",
            variant=f"{variant}, p99",
            ours=ours.p99,
            materials=materials.p99,
            ceiling=bare.p99,
            unit="ms",
            ratio=ours.p99 / materials.p99,
            # On a machine where even the materials take longer than a person should wait, no slower than they are.
            floor=f"<= {PATIENT_MS:.0f} ms, or M's where M takes longer",
            holds=ours.p99 <= max(PATIENT_MS, materials.p99),
            repetitions=[run.p99 for run in runs["ours"]],
        ),
        Row(
            workload="2a book",
            variant=f"{variant}, beside M that need not write mails",
            ours=ours.rate,
            materials=ready.rate,
            ceiling=bare.rate,
            unit="bookings/s",
            ratio=paired(runs["ours"], runs[READY]),
            floor="none: to be seen",
            holds=True,
            repetitions=[run.rate for run in runs["ours"]],
        ),
    ]


async def measure(ground: Ground, sizes: Sizes) -> list[Row]:
    """The rows of this workload on this database."""
    first = ground.make()
    plan = running.filled(first, wishes.fill(sizes))
    async with _field(ground, plan, first, sizes) as field:
        rows = _peace_rows(ground.name, await _in_peace(field, plan))
        rows.append(await _contended(field, plan, ground.name))
    if ground.server:
        async with _field(ground, plan, first, sizes, workers=2) as field:
            await field.lap("ours", plan.warm)
            rows.append(await _contended(field, plan, f"{ground.name}, 2 processes"))
        async with _field(ground, plan, first, sizes, workers=2) as field:
            await field.lap("ours", plan.warm)
            rows.append(await _with_a_kill(field, plan, f"{ground.name}, 2 processes, one killed"))
    return rows
