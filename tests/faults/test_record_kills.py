"""kill -9 at any instant while parties confirm, records are sealed, certificates issued and papers made.

One version, one hash, one PDF, or none and it is made again; a yes that was said to be kept is kept; the record is
sealed exactly when the last party has confirmed (reliability.md 2.2, P3 and P4).
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from cases.states import Outcome
from database.engine import Database
from notifications import outbox
from records import archive, closing, drafts, pdf, prints
from records.agreement import Mark
from records.prints import PaperKind, PaperState
from records.schema import paper
from tests.conftest import faults_in_full
from tests.faults.record_worker import all_of_it
from tests.records.samples import DRAFT
from tests.records.stage import HOUR, OFFICE, Stage, in_session
from tests.records.test_drafting import save, send

ROOT = Path(__file__).parent.parent.parent
FAILPOINTS = ("papers.taken", "papers.rendered", "papers.stored")
RANDOM_KILLS, KILLS_AT_EACH, CASES = (200, 20, 60) if faults_in_full() else (12, 2, 6)
LONGEST_LIFE = 0.5
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Workers:
    """Starts workers and kills them; remembers what they said was done."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders, self.output = process.stdin, process.stdout
        self.said: list[tuple[str, ...]] = []

    async def until(self, *words: str) -> list[str]:
        while line := (await self.output.readline()).decode().split():
            if line[0] in {"yes", "issued", "sealed"}:
                self.said.append(tuple(line))
            if line[0] in words:
                return line
        raise AssertionError("the workers' process has ended")

    async def live_and_die(self, armed: str, seconds: float | None) -> None:
        """A worker lives this long, or until the failpoint kills it or nothing is left to do."""
        self.orders.write(f"{armed}\n".encode())
        _, pid = await self.until("ready")
        if seconds is not None:
            await asyncio.sleep(seconds)
            os.kill(int(pid), signal.SIGKILL)
        async with asyncio.timeout(60):
            if (await self.until("dead", "idle"))[0] == "idle":
                os.kill(int(pid), signal.SIGKILL)
                await self.until("dead")


@asynccontextmanager
async def workers(url: str) -> AsyncIterator[Workers]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.record_worker", url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        yield Workers(process)
    finally:
        process.kill()
        await process.communicate()


async def leases_end(database: Database) -> None:
    async with database.write() as db:
        await db.execute(update(paper).where(paper.c.lease_until.is_not(None)).values(lease_until=LONG_AGO))


async def prepare(database: Database, moment: datetime) -> list[tuple[Stage, str]]:
    """Several meetings that have ended, each with a version before its three parties."""
    first, meeting = await in_session(database, moment)
    stages = [(first, meeting)]
    stages += [await in_session(database, moment, like=first) for _ in range(CASES - 1)]
    for stage, held in stages:
        await save(stage, held, DRAFT)
        async with database.write() as db:
            end = held.starts + 2 * HOUR
            await closing.conclude(db, OFFICE, held.id, outcome=Outcome.FULL, person=stage.mediator, now=end)
        await send(stage, held)
    return [(stage, held.id) for stage, held in stages]


async def check_records(database: Database, stage: Stage, meeting_id: str) -> None:
    """One record of the one version that all three confirmed; two papers of it, each with its hash; each told once."""
    async with database.read() as db:
        record = await archive.record_of(db, meeting_id)
        (sheet,) = await drafts.versions(db, meeting_id)
        marks = {mark.seat: mark.mark for mark in await drafts.marks(db, sheet)}
        made = await prints.of_case(db, stage.case.id)
        contents = [await prints.contents(db, each) for each in made]
        ready = [mail.seat_id for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "paper_ready"]
        letters = [
            mail.seat_id for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "certificate_letter"
        ]
    parties = {stage.family.id, stage.council.id, stage.school.id}
    assert record is not None
    assert (record.draft_id, record.hash) == (sheet.id, sheet.hash)
    assert marks == dict.fromkeys(parties, Mark.YES)
    assert sorted(each.kind for each in made) == sorted(PaperKind)
    assert {each.state for each in made} == {PaperState.MADE}
    assert [pdf.sha256(content) for content in contents] == [each.sha256 for each in made]
    assert (sorted(filter(None, ready)), letters) == (sorted(parties), [stage.family.id])


async def check_said(database: Database, said: list[tuple[str, ...]]) -> None:
    """Whatever a worker had said is so."""
    async with database.read() as db:
        for word, *ids in said:
            if word == "yes":
                sheet = await drafts.load(db, ids[0])
                assert ids[1] in {mark.seat for mark in await drafts.marks(db, sheet)}
            if word == "issued":
                assert (await archive.certificate_with(db, ids[0])).number == ids[1]
            if word == "sealed":
                record = await archive.record_of(db, ids[0])
                assert record is not None
                assert record.id == ids[1]


async def test_one_version_one_hash_one_pdf_or_none_and_it_is_made_again(
    database: Database, database_url: str, moment: datetime
) -> None:
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(1 << 32))
    chance = random.Random(seed)
    deaths: list[tuple[str, float | None]] = [("", chance.uniform(0, LONGEST_LIFE)) for _ in range(RANDOM_KILLS)]
    deaths += [(f"{name}=kill", None) for name in FAILPOINTS for _ in range(KILLS_AT_EACH)]
    chance.shuffle(deaths)
    prepared = await prepare(database, moment)

    async with workers(database_url) as killed:
        for armed, seconds in deaths:
            await killed.live_and_die(armed, seconds)
            await leases_end(database)
    await all_of_it(database)

    print(f"\nrecord kills: seed {seed}, {len(deaths)} kills, {len(prepared)} records")
    await check_said(database, killed.said)
    for stage, meeting_id in prepared:
        await check_records(database, stage, meeting_id)
