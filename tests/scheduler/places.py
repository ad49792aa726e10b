"""The places that rounds work with, real and empty: no mail server answers, and there is no video."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from database.engine import Database
from meetings.room.lines import open_lines
from meetings.room.video import open_video
from notifications.mail_settings import MailSettings, Security
from notifications.smtp import open_mailer
from records.pdf import open_printer
from scheduler.rounds import Places
from tests.cases.house import OFFICE

CLOSED_PORT = 9


@contextlib.asynccontextmanager
async def places(database: Database, clock: Callable[[], datetime], *, worker: str = "one") -> AsyncIterator[Places]:
    """Everything that a round may need, open."""
    settings = MailSettings(port=CLOSED_PORT, security=Security.PLAIN, sender="bounces@evenhand.example")
    async with (
        open_mailer(settings) as mailer,
        open_printer() as printer,
        open_video(None) as video,
        open_lines(worker) as lines,
    ):
        yield Places(
            database=database,
            office=OFFICE,
            mailer=mailer,
            printer=printer,
            video=video,
            lines=lines,
            worker=worker,
            clock=clock,
        )
