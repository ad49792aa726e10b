"""kill -9 at any instant while mail is posted and delivered: nothing accepted is lost, nothing uncertain is hidden.

The parts are real: a worker process, a database on disk, SMTP over loopback. The leases of the dead are ended by hand
instead of waiting for minutes; a copy beyond the first is allowed only to a message that was in `handing_over` when
its worker died (reliability.md 2.1 I2, 2.2 P2).
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from sqlalchemy import select, update

from database.engine import Database
from notifications.delivery import deliver_due
from notifications.mail_settings import MailSettings, Security
from notifications.retries import UNCERTAIN, State
from notifications.schema import message
from notifications.smtp import open_mailer
from tests.conftest import faults_in_full
from tests.notifications.scripted_smtp import ScriptedSmtp, scripted

ROOT = Path(__file__).parent.parent.parent
FAILPOINTS = ("outbox.claimed", "outbox.handing_over", "outbox.sent")
RANDOM_KILLS, KILLS_AT_EACH = (500, 20) if faults_in_full() else (50, 2)
LONGEST_LIFE = 0.4
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Workers:
    """Starts workers and kills them; remembers what they said was accepted."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders, self.said = process.stdin, process.stdout
        self.accepted: list[str] = []

    async def until(self, word: str) -> list[str]:
        while line := (await self.said.readline()).decode().split():
            if line[0] == "accepted":
                self.accepted += line[1:]
            if line[0] == word:
                return line[1:]
        raise AssertionError("the workers' process has ended")

    async def live_and_die(self, armed: str, seconds: float | None) -> None:
        """A worker lives this long, or until the failpoint kills it."""
        self.orders.write(f"{armed}\n".encode())
        (pid,) = await self.until("ready")
        if seconds is not None:
            await asyncio.sleep(seconds)
            os.kill(int(pid), signal.SIGKILL)
        async with asyncio.timeout(30):
            await self.until("dead")


@asynccontextmanager
async def workers(url: str, server: ScriptedSmtp) -> AsyncIterator[Workers]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.mailing_worker", url, str(server.port)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        yield Workers(process)
    finally:
        process.kill()
        await process.communicate()


async def cut_off(database: Database) -> set[tuple[str, int]]:
    """The tries that were being handed over when their worker died, as id and attempt; every lease is then over."""
    async with database.write() as db:
        cut = await db.all(select(message.c.id, message.c.attempt).where(message.c.state == State.HANDING_OVER))
        leased = message.c.lease_until.is_not(None)
        await db.execute(update(message).where(leased).values(lease_until=LONG_AGO))
    return {(row.id, row.attempt) for row in cut}


async def finish(database: Database, server: ScriptedSmtp) -> None:
    """All that is left is delivered by a worker that nobody kills."""
    settings = MailSettings(port=server.port, security=Security.PLAIN, sender="bounces@evenhand.example")
    async with open_mailer(settings) as mailer:
        await deliver_due(database, mailer, worker="last", now=datetime.now(UTC) + timedelta(hours=2))
        await mailer.settled()


async def test_nothing_accepted_is_lost_and_nothing_happens_twice_unseen(database: Database, database_url: str) -> None:
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(1 << 32))
    chance = random.Random(seed)
    deaths: list[tuple[str, float | None]] = [("", chance.uniform(0, LONGEST_LIFE)) for _ in range(RANDOM_KILLS)]
    deaths += [(f"{name}=kill", None) for name in FAILPOINTS for _ in range(KILLS_AT_EACH)]
    chance.shuffle(deaths)
    cut: set[tuple[str, int]] = set()

    async with scripted() as server:
        server.final_pause = 0.005
        async with workers(database_url, server) as killed:
            for armed, seconds in deaths:
                await killed.live_and_die(armed, seconds)
                cut |= await cut_off(database)
        await finish(database, server)

    uncertain = Counter(id_ for id_, _ in cut)
    copies = Counter(
        str(message_from_bytes(mail.raw)["Message-ID"]).strip("<>").partition("@")[0] for mail in server.accepted
    )
    async with database.read() as db:
        rows = {
            row.id: row for row in await db.all(select(message.c.id, message.c.state, message.c.once, message.c.error))
        }
    second = sum(copies.values()) - len(copies)
    print(
        f"\nmailing kills: seed {seed}, {len(deaths)} kills, {len(rows)} messages,"
        f" {len(cut)} cut off while handed over, {second} second copies"
    )

    assert set(killed.accepted) <= set(rows)
    assert len({mail.raw for mail in server.accepted}) == len(copies) <= len(rows)
    for id_, row in rows.items():
        unsure = row.once and uncertain[id_]
        assert (row.state, row.error) == ((State.FAILED, UNCERTAIN) if unsure else (State.SENT, None)), id_
        assert (0 if unsure else 1) <= copies[id_] <= (1 if row.once else 1 + uncertain[id_]), id_
