"""A worker that posts and delivers without end, until somebody kills it.

The process that is started only imports and forks: each line on its standard input names a failpoint to arm (or
nothing), and one worker is born for it in milliseconds. A worker says on the common output, after each commit, which
messages were accepted.
"""

import asyncio
import logging
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from database import failpoints
from database.engine import Database, DatabaseSettings, open_database
from database.ids import new_id
from notifications import messages
from notifications.delivery import deliver_due
from notifications.mail_settings import MailSettings, Security
from notifications.posting import Recipient, post
from notifications.smtp import open_mailer
from tests.conftest import SERVICE_KEY
from tests.notifications.samples import LINK, NUMBER, office

POSTED_AT_ONCE = 6
OFFICE = office()


def say(*words: str) -> None:
    """One line, whole, however suddenly this process ends."""
    os.write(1, (" ".join(words) + "\n").encode())


async def post_some(database: Database, now: datetime) -> None:
    """Some messages, every third a one-time code, and their ids said once they are committed."""
    async with database.write() as db:
        box = await db.new_box(now=now)
        ids = []
        for number in range(POSTED_AT_ONCE):
            to = Recipient(email="tessa@example.org", name="Tessa", key_id=box.key_id, case_id="case")
            letter = messages.draft_ready(draft_id=new_id(), number=NUMBER, link=LINK, version=1)
            if number % 3 == 0:
                letter = replace(letter, once=True, useless_after=now + timedelta(days=1))
            ids.append(await post(db, OFFICE, letter, to=to, now=now))
    say("accepted", *ids)


async def work(url: str, port: int) -> None:
    """Posts and delivers for ever."""
    settings = MailSettings(port=port, security=Security.PLAIN, sender="bounces@evenhand.example")
    async with (
        open_database(DatabaseSettings(url=url, service_key=SERVICE_KEY)) as database,
        open_mailer(settings) as mailer,
    ):
        worker = new_id()
        say("ready", str(os.getpid()))
        while True:
            now = datetime.now(UTC)
            await post_some(database, now)
            await deliver_due(database, mailer, worker=worker, now=now)


def main() -> None:
    """Forks a worker for each line, and waits until it has been killed."""
    url, port = sys.argv[1], int(sys.argv[2])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            failpoints.arm(line.strip())
            asyncio.run(work(url, port))
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
