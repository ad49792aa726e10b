"""The whole service, as it is built for operators, in this process; and a client that can say anything over the wire.

The service believes itself behind TLS at https://evenhand.example, so that cookies, origins and hosts are those of a
real installation. Its rounds stand still: nothing changes but by what a test asks for.
"""

import asyncio
import contextlib
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from multidict import CIMultiDict
from sqlalchemy import func, select
from structlog.testing import capture_logs

from database.base import metadata
from database.engine import Database, DatabaseSettings, open_database
from meetings.room.video import VideoSettings
from notifications.house import House
from notifications.mail_settings import MailSettings, Security
from notifications.schema import message
from notifications.wording import Office, open_office
from pages.application import ServiceSettings, build
from pages.cookies import SEAT, STAFF
from pages.keys import DATABASE, PageSettings
from pages.malformed import Runner
from pages.page import Page
from pages.rendering import BUILT
from records.pdf import open_printer
from tests.conftest import SERVICE_KEY
from tests.pages.whole_story import Cast, tell_all

HOST = "evenhand.example"
ORIGIN = f"https://{HOST}"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 30.0
VISITOR = "visitor"
PART = re.compile(r"\{(\w+)(?::(?:[^{}]|\{\d+\})*)?\}")


def office() -> Office:
    """The invented provider, at the address that the service believes to have."""
    house = House(
        phone="0808 157 0123",
        email="help@evenhand.example",
        public_url=ORIGIN,
        run_by="Lindenfold Mediation",
        postal="1 Linden Fold, Northmere",
    )
    return open_office(house, mail_from="meetings@evenhand.example")


class CutOff(Exception):  # noqa: N818 - it names what happened
    """The connection ended before an answer had come whole."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: CIMultiDict[str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        """Where it leads."""
        return self.headers.get("Location", "")


def _read(head: bytes) -> Answer:
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    if not first.startswith("HTTP/1."):
        raise CutOff(head[:200])
    headers = CIMultiDict([(name, value) for name, _, value in (line.partition(": ") for line in lines)])
    return Answer(status=int(first.split(" ")[1]), headers=headers, body=b"")


@dataclass(kw_only=True)
class Whole:
    """The running service with its story."""

    app: web.Application
    cast: Cast
    port: int
    clock: list[datetime]
    lines: list[dict[str, object]] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """Its database."""
        return self.app[DATABASE]

    def address(self, page: Page, case: str = "rowan", *, seat: str = "parent") -> str:
        """Where the page is, for what belongs to this case and seat."""
        if page.name == "static":
            return f"/static/{min(self.app[BUILT].known().values())}"
        return PART.sub(lambda part: self.cast.part(part[1], case, seat=seat), page.path)

    def cookie(self, who: str) -> dict[str, str]:
        """The header of somebody's cookie; a word that is nobody's is a secret itself, with the kind before it."""
        if who == VISITOR:
            return {}
        kind, _, secret = who.partition(":")
        if secret:
            return {"Cookie": f"__Host-{kind}={secret}"}
        staff = who in self.cast.staff or who == "pending"
        return {"Cookie": f"__Host-{STAFF if staff else SEAT}={self.cast.secrets[who]}"}

    async def send(self, raw: bytes, *, method: str = "GET") -> Answer:
        """These very bytes go over a connection of their own; CutOff when no whole answer comes back."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._exchange(reader, writer, raw, method=method)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes, *, method: str
    ) -> Answer:
        writing = asyncio.create_task(_write(writer, raw))
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 101 " in head.split(b"\r\n", 1)[0]:
                return _read(head)
            answer = _read(head)
            while answer.status == 100:
                answer = _read(await reader.readuntil(b"\r\n\r\n"))
            length = 0 if method == "HEAD" else int(answer.headers.get("Content-Length", "-1"))
            answer = replace(answer, body=await (reader.read() if length < 0 else reader.readexactly(length)))
        except (asyncio.IncompleteReadError, ConnectionError) as cut:
            raise CutOff from cut
        finally:
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing
        return answer

    async def ask(
        self,
        method: str,
        path: str,
        who: str = VISITOR,
        *,
        headers: Mapping[str, str | None] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """One request of a browser at our own page; a header given as None is left out."""
        usual: dict[str, str | None] = {"Host": HOST, "Connection": "close", **self.cookie(who)}
        if method not in ("GET", "HEAD"):
            usual |= {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "Content-Type": FORM}
            usual |= {"Content-Length": str(len(body))}
        lines = [f"{name}: {value}" for name, value in (usual | dict(headers or {})).items() if value is not None]
        head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""])
        return await self.send(head.encode("utf-8", "surrogateescape") + body, method=method)

    async def get(self, path: str, who: str = VISITOR) -> Answer:
        """The page as this person's browser asks for it."""
        return await self.ask("GET", path, who)

    async def post(self, path: str, who: str = VISITOR, fields: Iterable[tuple[str, str]] = ()) -> Answer:
        """A form from our own page."""
        return await self.ask("POST", path, who, body=urlencode(list(fields)).encode())

    def faults(self) -> list[dict[str, object]]:
        """What the service wrote down as a fault of its own."""
        return [line for line in self.lines if line.get("event") == "fault" or line.get("log_level") == "error"]

    async def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        async with self.database.read() as db:
            tables = metadata.sorted_tables
            return {table.name: int(await db.scalar(select(func.count()).select_from(table))) for table in tables}

    async def rows(self, *but: str) -> dict[str, list[str]]:
        """Everything that every table holds, as words."""
        async with self.database.read() as db:
            return {
                table.name: sorted(repr(tuple(row)) for row in await db.all(select(table)))
                for table in metadata.sorted_tables
                if table.name not in but
            }


async def _write(writer: asyncio.StreamWriter, raw: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        writer.write(raw)
        await writer.drain()


def settings(
    url: str, clock: list[datetime], *, pages: PageSettings | None = None, video: VideoSettings | None = None
) -> ServiceSettings:
    """The settings of an operator behind TLS."""
    return ServiceSettings(
        database=DatabaseSettings(url=url, service_key=SERVICE_KEY),
        office=office(),
        mail=MailSettings(host="127.0.0.1", port=9, security=Security.PLAIN, sender="meetings@evenhand.example"),
        video=video,
        pages=pages or PageSettings(public_url=ORIGIN),
        clock=lambda: clock[0],
    )


def still(app: web.Application) -> web.Application:
    """The application without its rounds, which are the last that it opens."""
    app.cleanup_ctx.pop()
    return app


@contextlib.asynccontextmanager
async def serving(url: str, cast: Cast, *, video: VideoSettings | None = None) -> AsyncIterator[Whole]:
    """Inside the block the service answers over this told database, and what it writes down is kept."""
    cast = replace(cast, secrets=dict(cast.secrets))  # whoever signs in anew here does so in this copy alone
    clock = [cast.moment]
    app = still(build(settings(url, clock, video=video)))
    runner = Runner(app, shutdown_timeout=1)
    with capture_logs() as lines:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield Whole(app=app, cast=cast, port=runner.addresses[0][1], clock=clock, lines=lines)  # type: ignore[arg-type]
        finally:
            await runner.cleanup()


async def _tell(url: str, moment: datetime) -> Cast:
    key = DatabaseSettings(url=url, service_key=SERVICE_KEY)
    async with open_database(key) as database, open_printer() as printer:
        return await tell_all(database, office(), printer, moment=moment)


def told(url: str, moment: datetime) -> Cast:
    """The database holds the whole story."""
    return asyncio.run(_tell(url, moment))


def copied(path: Path, folder: Path) -> str:
    """The URL of a copy of an SQLite database that nobody has open."""
    file = folder / "told.db"
    shutil.copy(path, file)
    return f"sqlite:///{file}"


async def code_of(whole: Whole, kind: str) -> str:
    """The newest code that was posted."""
    async with whole.database.read() as db:
        row = await db.first(select(message).where(message.c.kind == kind).order_by(message.c.created_at.desc()))
        assert row is not None
        raw = (await db.box(row.key_id)).open_bytes("message.raw", row.id, row.raw_sealed) or b""
    found = re.search(r"\b(\d{3})\s?(\d{3})\b", raw.decode().partition("\n\n")[2] or raw.decode())
    assert found is not None
    return found[1] + found[2]


def cookies(answer: Answer) -> dict[str, tuple[str, set[str]]]:
    """The cookies that an answer sets: name to value and attributes."""
    found = {}
    for line in answer.headers.getall("Set-Cookie", []):
        pair, *attributes = (part.strip() for part in line.split(";"))
        name, _, value = pair.partition("=")
        found[name] = (value, {one.lower() for one in attributes if not one.lower().startswith("max-age")})
    return found


def as_json(value: object) -> bytes:
    """The body of a script's request."""
    return json.dumps(value).encode()


def lines_of(text: str) -> Iterator[str]:
    """Lines without space at their ends."""
    return (line.strip() for line in text.splitlines())
