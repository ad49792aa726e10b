"""A screen's line that costs next to nothing: a websocket by hand, which notes the version of each floor, and when."""

import asyncio
import base64
import json
import secrets
import time
from urllib.parse import urlsplit

END = b"\r\n\r\n"
FLOOR = b'{"kind":"floor","version":'
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE_SECONDS = 60.0


class Line(asyncio.Protocol):
    """One open socket; `seen` is (version, moment) of each floor that was newer than all before it."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, float]] = []
        self.version = 0  # of the newest floor that is shown
        self.known = 0  # the newest that was heard of
        self.opened_at = 0.0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._came = bytearray()
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._answer: asyncio.Future[dict[str, object]] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - what a TCP connection always gives
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        """Whoever waits for a newer floor would wait for ever."""
        gone = ConnectionError("the service has closed a line")
        for one in [*(waiting for _, waiting in self._waiting), self.opened]:
            if not one.done():
                one.set_exception(gone)
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(gone)

    def data_received(self, data: bytes) -> None:
        self._came += data
        if not self.opened.done() and not self._begun():
            return
        while (frame := self._frame()) is not None:
            self._take(*frame)

    def _begun(self) -> bool:
        end = self._came.find(END)
        if end < 0:
            return False
        if not self._came.startswith(b"HTTP/1.1 101"):
            self.opened.set_exception(RuntimeError(f"a line was refused: {bytes(self._came[:300])!r}"))
            return False
        del self._came[: end + len(END)]
        self.opened_at = time.perf_counter()
        self.opened.set_result(None)
        return True

    def _frame(self) -> tuple[int, bytes] | None:
        came = self._came
        if len(came) < 2:
            return None
        length, at = came[1], 2
        if length >= 126:
            at = 4 if length == 126 else 10
            length = int.from_bytes(came[2:at], "big")
        if len(came) < at + length:
            return None
        code, body = came[0] & 15, bytes(came[at : at + length])
        del came[: at + length]
        return code, body

    def _take(self, code: int, body: bytes) -> None:
        if code == PING:
            self._send(PONG, body)
        elif code == TEXT and body.startswith(FLOOR):
            self._saw(int(body[len(FLOOR) : body.index(b",", len(FLOOR))]))
        elif code == TEXT and self._answer is not None and body.startswith((b'{"kind":"done"', b'{"kind":"refused"')):
            self._answer.set_result(json.loads(body))
            self._answer = None

    def _saw(self, version: int) -> None:
        if version <= self.version:
            return
        self.version, self.known = version, max(self.known, version)
        self.seen.append((version, time.perf_counter()))
        for wanted, waiting in self._waiting:
            if version >= wanted and not waiting.done():
                waiting.set_result(None)
        self._waiting = [one for one in self._waiting if not one[1].done()]

    def _send(self, code: int, body: bytes) -> None:
        """Masked with zeros: what a browser must do, at no cost."""
        assert self._transport is not None  # noqa: S101 - it is connected before it is given out
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        self._transport.write(bytes([0x80 | code]) + size + bytes(4) + body)

    async def say(self, word: dict[str, object]) -> int:
        """It is done: the version of the floor after it; RuntimeError when it was refused or is not answered."""
        self._answer = asyncio.get_running_loop().create_future()
        self._send(TEXT, json.dumps({"op": secrets.token_hex(8), **word}).encode())
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await self._answer
        if answer["kind"] != "done":
            raise RuntimeError(f"{word} was answered {answer}")
        self.known = max(self.known, int(str(answer["version"])))
        return int(str(answer["version"]))

    async def until(self, version: int) -> None:
        """It has a floor of this version, or a newer one."""
        if self.version < version:
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((version, waiting))
            await waiting

    def forget(self) -> None:
        """What was seen is counted: the next measurement begins."""
        self.seen.clear()

    def close(self) -> None:
        """The browser has gone away."""
        if self._transport is not None:
            self._transport.abort()


async def connect(url: str, path: str, cookie: str) -> Line:
    """An open line."""
    parts = urlsplit(url)
    _, line = await asyncio.get_running_loop().create_connection(Line, parts.hostname or "", parts.port or 80)
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    question = (
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {url}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
    assert line._transport is not None  # noqa: S101, SLF001 - create_connection has made it
    line._transport.write(question.encode())  # noqa: SLF001
    async with asyncio.timeout(PATIENCE_SECONDS):
        await line.opened
    return line
