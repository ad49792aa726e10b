"""Store: the mail server: a few kept connections, a limit for each phase, and no clear text beyond this machine.

One recipient per envelope. `before_data` is awaited after the last RCPT answer and before DATA, so that the outbox
knows from which moment on a message may have been taken. aiosmtplib speaks; we own order, limits and meaning.
"""

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

import structlog
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from notifications.mail_settings import Limits, MailSettings, NotPrivate, Security, is_this_machine
from notifications.retries import UNREACHED, UNSAFE, NotReached, Phase, Refused, Uncertain

__all__ = ["Limits", "MailSettings", "Mailer", "Security", "open_mailer"]
START_INPUT, TAKEN, LEAVING = 354, 250, 421
LINE_START_DOT = re.compile(rb"(?m)^\.")
MAILS_A_CONNECTION = 100
log = structlog.get_logger("mail")


def _trust(settings: MailSettings) -> ssl.SSLContext | None:
    if settings.security is Security.PLAIN:
        if not is_this_machine(settings.host):
            raise NotPrivate(NotPrivate.__doc__)
        return None
    context = ssl.create_default_context(cafile=settings.authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _is_unsafe(broken: BaseException) -> bool:
    """Whether the server was there and could not be trusted: no STARTTLS, or a certificate that is not its own."""
    chain = [broken, broken.__cause__, broken.__context__]
    return type(broken) is SMTPException or any(isinstance(link, ssl.SSLError) for link in chain)


class LineLeft(Exception):  # noqa: N818 - it names what the server did
    """The server is leaving this connection (421), which on a new one may be answered otherwise."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


class Line:
    """One connection to the mail server; it is closed as soon as anything unexpected happens on it."""

    def __init__(self, client: SMTP, limits: Limits) -> None:
        self.client = client
        self.limits = limits
        self.carried = 0

    @property
    def usable(self) -> bool:
        """Whether another message may go by this line."""
        return self.client.is_connected and self.carried < MAILS_A_CONNECTION

    async def address(self, sender: str, to: str) -> None:
        """MAIL and RCPT are answered yes; Refused, or an error of the line, otherwise."""
        options, encoding = ([], "ascii") if to.isascii() else (["SMTPUTF8"], "utf-8")
        phase = Phase.SENDER
        try:
            if options and not await self._reads_utf8():
                raise Refused(Phase.RECIPIENT, 553, "5.6.7")
            await self.client.mail(sender, options=options, encoding=encoding)
            phase = Phase.RECIPIENT
            await self.client.rcpt(to, encoding=encoding)
        except SMTPResponseException as no:
            raise Refused(phase, no.code, no.message) from None

    async def _reads_utf8(self) -> bool:
        await self.client.ehlo()
        return self.client.supports_extension("smtputf8")

    async def hand_over(self, raw: bytes) -> None:
        """The server has said that it took the message; Refused, NotReached or Uncertain otherwise."""
        answer = await self.client.execute_command(b"DATA", timeout=self.limits.command)
        if answer.code != START_INPUT:
            raise Refused(Phase.DATA, answer.code, answer.message)
        protocol = self.client.protocol
        if protocol is None:
            raise NotReached(UNREACHED)
        try:
            protocol.write(LINE_START_DOT.sub(b"..", raw) + b".\r\n")
            final = await protocol.read_response(timeout=self.limits.final)
        except SMTPResponseException as broken:
            raise Uncertain from broken  # an answer that is none
        except (SMTPException, OSError) as broken:
            raise Uncertain from broken
        if final.code != TAKEN:
            raise Refused(Phase.DATA, final.code, final.message)
        self.carried += 1

    def cut(self) -> None:
        """The connection is gone at once, whatever was still unsent."""
        transport = self.client.transport
        self.client.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()

    async def part(self) -> None:
        """The server has been told goodbye, if it still listens."""
        with contextlib.suppress(SMTPException, OSError):
            await self.client.quit(timeout=1)
        self.cut()


class Mailer:
    """Hands messages to the mail server, a few at a time."""

    def __init__(self, settings: MailSettings, limits: Limits) -> None:
        self.settings = settings
        self.limits = limits
        self.closing = False
        self._trust = _trust(settings)
        self._idle: list[Line] = []
        self._lanes = asyncio.Semaphore(settings.lanes)
        self._open = asyncio.Semaphore(limits.most_open)
        self._under_way: set[asyncio.Task[None]] = set()

    async def send(self, to: str, raw: bytes, *, before_data: Callable[[], Awaitable[None]]) -> None:
        """The server has taken these bytes for this one recipient.

        Refused, NotReached (surely not handed over), Uncertain (nobody can know), or what `before_data` raised.
        """
        line = await self._addressed(to)
        try:
            await before_data()
            await self._handed(line, raw)
        except Refused as no:
            self._keep(line, tidy=no.phase is Phase.DATA)
            raise
        except BaseException:
            line.cut()
            raise
        self._keep(line, tidy=True)

    async def _handed(self, line: Line, raw: bytes) -> None:
        try:
            await line.hand_over(raw)
        except (SMTPException, OSError) as broken:
            raise NotReached(UNREACHED) from broken

    async def _addressed(self, to: str) -> Line:
        """A line on which this recipient was accepted; an old one that the server has left is replaced once."""
        try:
            async with asyncio.timeout(self.limits.prelude):
                if kept := self._take():
                    with contextlib.suppress(NotReached, LineLeft):
                        return await self._address(kept, to)
                return await self._address(await self._connect(), to)
        except LineLeft as left:
            raise left.refused from None
        except TimeoutError as late:
            raise NotReached(UNREACHED) from late

    async def _address(self, line: Line, to: str) -> Line:
        try:
            await line.address(self.settings.sender, to)
        except Refused as no:
            await self._forget_recipient(line, no)
            raise LineLeft(no) if no.code == LEAVING else no from None
        except (SMTPException, OSError) as broken:
            line.cut()
            raise NotReached(UNREACHED) from broken
        except BaseException:
            line.cut()
            raise
        return line

    async def _forget_recipient(self, line: Line, no: Refused) -> None:
        """After a refused recipient the line is fit for the next message; after anything else it is closed."""
        if no.phase is Phase.RECIPIENT and line.client.is_connected:
            with contextlib.suppress(SMTPException, OSError):
                await line.client.rset(timeout=self.limits.stop)
                self._keep(line, tidy=True)
                return
        line.cut()

    async def _connect(self) -> Line:
        settings = self.settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=settings.password,
            local_hostname=settings.sender.rpartition("@")[2],
            use_tls=settings.security is Security.TLS,
            start_tls=settings.security is Security.STARTTLS,
            tls_context=self._trust,
            timeout=self.limits.command,
        )
        try:
            await client.connect(timeout=self.limits.connect)
        except SMTPResponseException as no:
            client.close()
            raise Refused(Phase.CONNECT, no.code, no.message) from None
        except (SMTPException, OSError) as broken:
            client.close()
            raise NotReached(UNSAFE if _is_unsafe(broken) else UNREACHED) from broken
        except BaseException:
            client.close()
            raise
        return Line(client, self.limits)

    def _take(self) -> Line | None:
        while self._idle:
            line = self._idle.pop()
            if line.usable:
                return line
            line.cut()
        return None

    def _keep(self, line: Line, *, tidy: bool) -> None:
        if tidy and line.usable and not self.closing and len(self._idle) < self.settings.lanes:
            self._idle.append(line)
        else:
            line.cut()

    async def reachable(self) -> bool:
        """Whether the server answers, safely, right now."""
        try:
            async with asyncio.timeout(self.limits.prelude):
                line = await self._connect()
        except (Refused, NotReached, TimeoutError):
            return False
        await line.part()
        return True

    async def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        """Waits for a free lane and starts the work on it.

        The task that is returned ends when the work has, or when it has taken so long that it stepped aside: it goes
        on by itself, and its lane is free for the next.
        """
        await self._open.acquire()
        try:
            await self._lanes.acquire()
        except BaseException:
            self._open.release()
            raise
        doing = asyncio.create_task(work())
        self._under_way.add(doing)
        doing.add_done_callback(self._ended)
        return asyncio.create_task(self._patiently(doing))

    async def _patiently(self, doing: asyncio.Task[None]) -> None:
        try:
            await asyncio.wait({doing}, timeout=self.limits.patience)
        finally:
            self._lanes.release()

    def _ended(self, doing: asyncio.Task[None]) -> None:
        self._under_way.discard(doing)
        self._open.release()
        if not doing.cancelled() and (fault := doing.exception()):
            log.error("sending broke off", action="mail.broke", fault=type(fault).__name__)

    async def settled(self) -> None:
        """Everything that had stepped aside has ended too."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def rest(self) -> None:
        """No connection is kept open while there is nothing to send."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(line.part() for line in idle))

    async def close(self) -> None:
        """Nothing new is handed over; what is being handed over may end, within seconds; then all lines are closed."""
        self.closing = True
        if self._under_way:
            _, left = await asyncio.wait(set(self._under_way), timeout=self.limits.stop)
            for doing in left:
                doing.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        await self.rest()


@contextlib.asynccontextmanager
async def open_mailer(settings: MailSettings, limits: Limits | None = None) -> AsyncIterator[Mailer]:
    """Inside the block mail can be handed over; NotPrivate when it would travel in clear text."""
    mailer = Mailer(settings, limits or Limits())
    try:
        yield mailer
    finally:
        await mailer.close()
