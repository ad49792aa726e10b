"""An SMTP server that does what a test tells it, and remembers all it was told."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

OK = {
    "CONNECT": "220 scripted",
    "EHLO": "250 scripted",
    "MAIL": "250 2.1.0 OK",
    "RCPT": "250 2.1.5 OK",
    "DATA": "354 go on",
    ".": "250 2.0.0 taken",
    "RSET": "250 OK",
    "QUIT": "221 bye",
    "STARTTLS": "220 ready",
    "AUTH": "235 2.7.0 OK",
}
Rule = Callable[[str, str], str | None]


def agreeable(phase: str, line: str) -> None:
    """Every command is answered yes."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """One mail that the server took."""

    to: str
    raw: bytes


@dataclass
class ScriptedSmtp:
    """`rule(phase, line)` gives the answer to a command, None for yes, or one of these.

    `hang`: never answers. `reset`: breaks the connection. `take-reset`: takes the mail, then breaks the connection
    without a word. `250-reset`: takes it, says so, then breaks it. `drip`: answers one byte a second.
    """

    rule: Rule = agreeable
    tls: ssl.SSLContext | None = None
    offers: tuple[str, ...] = ("8BITMIME", "SMTPUTF8")
    final_pause: float = 0  # seconds between taking a mail and saying so
    port: int = 0
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = _Talk(self, reader, writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                await talk.hold()
        finally:
            writer.transport.abort()


class _Talk:
    def __init__(self, server: ScriptedSmtp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.to = ""

    async def hold(self) -> None:
        await self.answer("CONNECT", "")
        while line := (await self.hear()).decode("utf-8", "replace").strip():
            phase = line.split(maxsplit=1)[0].upper()
            self.server.commands.append(line)
            if phase == "RCPT":
                self.to = line.partition("<")[2].rpartition(">")[0]
            said = await self.answer(phase, line)
            if phase == "DATA" and said.startswith("354"):
                await self.take()
            if phase == "STARTTLS" and said.startswith("220") and self.server.tls:
                await self.writer.start_tls(self.server.tls)
            if phase == "QUIT":
                return

    async def hear(self) -> bytes:
        line = await self.reader.readline()
        self.server.heard += line
        return line

    async def take(self) -> None:
        lines: list[bytes] = []
        while (line := await self.hear()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line[1:] if line.startswith(b".") else line)
        order = self.server.rule(".", self.to) or OK["."]
        if order in {"take-reset", "250-reset"} or order.startswith("250"):
            self.server.accepted.append(Accepted(to=self.to, raw=b"".join(lines)))
            await asyncio.sleep(self.server.final_pause)
        await self.say(order, OK["."])

    async def answer(self, phase: str, line: str) -> str:
        yes = OK.get(phase, "500 what?")
        if phase == "EHLO":
            yes = "\r\n".join(["250-scripted", *(f"250-{word}" for word in self.server.offers), "250 HELP"])
        said = self.server.rule(phase, line) or yes
        await self.say(said, yes)
        return said

    async def say(self, order: str, yes: str) -> None:
        if order == "hang":
            await asyncio.sleep(3600)
        if order in {"reset", "take-reset"}:
            raise ConnectionResetError
        if order == "drip":
            for byte in yes.encode():
                self.writer.write(bytes([byte]))
                await asyncio.sleep(1)
        words = yes if order in {"drip", "250-reset"} else order
        self.writer.write(b"\r\n" if order == "drip" else f"{words}\r\n".encode())
        await self.writer.drain()
        if order == "250-reset":
            raise ConnectionResetError


@contextlib.asynccontextmanager
async def scripted(
    rule: Rule = agreeable,
    *,
    tls: ssl.SSLContext | None = None,
    at_once: bool = False,
    offers: tuple[str, ...] = ("8BITMIME", "SMTPUTF8"),
) -> AsyncIterator[ScriptedSmtp]:
    """Inside the block such a server answers on loopback; `at_once`: TLS from the first byte."""
    server = ScriptedSmtp(rule=rule, tls=tls, offers=offers)
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        with contextlib.suppress(asyncio.CancelledError):  # asyncio's own callback trips over a cancelled talk
            await server.talk(reader, writer)
        talks.discard(task)

    listening = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls if at_once else None)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in list(talks):
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await asyncio.sleep(0.01)  # aborted transports are closed in the loop's next rounds
