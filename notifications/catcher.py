"""Store: a mail server of our own for trying out: it takes everything and sends nothing on.

It listens on this machine only, keeps the latest mails in memory, and writes each as a file when given a folder.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as MAIL_POLICY
from functools import cached_property
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.mail_settings import is_this_machine

MAILS_KEPT = 1000
LARGEST_MAIL = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Caught:
    """One mail as it came."""

    number: int
    sender: str
    to: str
    raw: bytes

    @cached_property
    def mail(self) -> EmailMessage:
        """The mail, read."""
        read = BytesParser(policy=MAIL_POLICY).parsebytes(self.raw)
        assert isinstance(read, EmailMessage)  # noqa: S101 - what this policy makes
        return read

    @property
    def subject(self) -> str:
        """Its subject line."""
        return str(self.mail["Subject"] or "")

    @property
    def text(self) -> str:
        """Its plain text."""
        return self._part("text/plain").replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """Its HTML."""
        return self._part("text/html").replace("\r\n", "\n")

    @property
    def calendar(self) -> str:
        """Its calendar text; empty when it has none."""
        return self._part("text/calendar")

    def _part(self, kind: str) -> str:
        parts = [part for part in self.mail.walk() if part.get_content_type() == kind]
        return str(parts[0].get_content()) if parts else ""


class Catcher:
    """The mails that came, oldest first."""

    def __init__(self, folder: Path | None) -> None:
        self.mails: deque[Caught] = deque(maxlen=MAILS_KEPT)
        self.port = 0
        self._folder = folder
        self._came = asyncio.Condition()
        self._count = 0
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            self._count = len(list(folder.glob("*.eml")))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """The mail is kept, and written to the folder before the sender hears yes."""
        del server, session
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        for to in envelope.rcpt_tos:
            self._count += 1
            caught = Caught(number=self._count, sender=str(envelope.mail_from), to=to, raw=raw)
            if self._folder:
                (self._folder / f"{caught.number:05d}.eml").write_bytes(raw)
            self.mails.append(caught)
        async with self._came:
            self._came.notify_all()
        return "250 2.0.0 Kept"

    def find(self, *, to: str | None = None, subject: str = "", after: int = 0) -> Caught | None:
        """The newest mail to this address whose subject holds these words, among those after a number."""
        for caught in reversed(self.mails):
            if caught.number > after and to in {None, caught.to} and subject in caught.subject:
                return caught
        return None

    async def wait_for(
        self, *, to: str | None = None, subject: str = "", after: int = 0, seconds: float = 10
    ) -> Caught:
        """Such a mail, as soon as it is there; TimeoutError when it does not come."""
        async with asyncio.timeout(seconds), self._came:
            while (caught := self.find(to=to, subject=subject, after=after)) is None:
                await self._came.wait()
        return caught


@contextlib.asynccontextmanager
async def open_catcher(host: str, port: int, folder: Path | None = None) -> AsyncIterator[Catcher]:
    """Inside the block a mail server answers on this machine; port 0 takes a free one, named in `port`.

    ValueError for a host that others could reach.
    """
    if not is_this_machine(host):
        raise ValueError("the catcher listens on this machine only")
    catcher = Catcher(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _protocol(catcher, loop), host=host, port=port)
    catcher.port = server.sockets[0].getsockname()[1]
    try:
        yield catcher
    finally:
        server.close()
        await server.wait_closed()


def _protocol(catcher: Catcher, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        catcher,
        hostname="localhost",
        ident="Evenhand catcher",
        enable_SMTPUTF8=True,
        data_size_limit=LARGEST_MAIL,
        loop=loop,
    )
