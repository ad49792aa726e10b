"""A client that costs next to nothing: HTTP/1.1 over connections that stay open, one question at a time on each."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

END = b"\r\n\r\n"
LENGTH = b"content-length:"
PATIENCE_SECONDS, AGAIN_SECONDS = 60.0, 0.05


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._came = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None
        self._transport: asyncio.WriteTransport | None = None
        self._lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - what a TCP connection always gives
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        end = self._came.find(END)
        if end < 0 or self._waiting is None or self._waiting.done():
            return
        head = bytes(self._came[:end])
        whole = end + len(END) + _length(head)
        if len(self._came) >= whole:
            body = bytes(self._came[end + len(END) : whole])
            del self._came[:whole]
            self._waiting.set_result(Answer(status=int(head[9:12]), head=head, body=body))

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._lost = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionResetError("the service hung up"))

    async def ask(self, question: bytes) -> Answer:
        assert self._transport is not None  # noqa: S101 - it is connected before it is given out
        if self._lost:
            raise ConnectionResetError("the service has hung up")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(question)
        return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    at = head.lower().find(LENGTH)
    return int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def _connect(url: str) -> _Line:
    parts = urlsplit(url)
    return (await asyncio.get_running_loop().create_connection(_Line, parts.hostname or "", parts.port or 80))[1]


class Client:
    """Several connections to one address; whoever asks takes a free one."""

    def __init__(self, url: str, lines: Iterable[_Line]) -> None:
        self.lost = 0
        self._url = url
        self._free = deque(lines)

    async def ask(self, question: bytes) -> Answer:
        """The answer to these bytes. There are as many connections as callers, so one is always free.

        Asked again, in the same bytes, when the service was lost before it answered: a form's key makes that harmless.
        """
        line = self._free.popleft()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    try:
                        return await line.ask(question)
                    except ConnectionError:
                        self.lost += 1
                        line = await self._again()
        finally:
            self._free.append(line)

    async def _again(self) -> _Line:
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            with contextlib.suppress(ConnectionError):
                return await _connect(self._url)

    def close(self) -> None:
        """Every connection is closed."""
        for line in self._free:
            line.close()


@contextlib.asynccontextmanager
async def connected(url: str, *, callers: int) -> AsyncIterator[Client]:
    """Inside the block so many connections are open."""
    client = Client(url, [await _connect(url) for _ in range(callers)])
    try:
        yield client
    finally:
        client.close()


def post(url: str, path: str, *, cookie: str, form: Iterable[tuple[str, str]] = ()) -> bytes:
    """A form as a browser sends it from our own page."""
    body = urlencode(list(form)).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def get(url: str, path: str) -> bytes:
    """A page is asked for."""
    return f"GET {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n".encode()
