"""What is measured, in processes of its own: the service as operators start it, its ceilings, databases, LiveKit."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import make_url

from bench.straight import filling
from database import migrating
from database.engine import Transaction
from database.ids import new_id
from database.vault import read_service_key
from demonstration import video_server
from demonstration.video_server import VideoServer, free_port
from tests.servers import postgresql, service

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
SERVICE_KEY = read_service_key(service.KEY)
MEGABYTE = 1024 * 1024
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Running:
    """One process that answers, and can be made to hold still while another is measured."""

    url: str
    process: subprocess.Popen[bytes]

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Inside the block neither it nor its workers take any time from others."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where databases are made: a folder on disk, and perhaps a PostgreSQL server."""

    folder: Path
    server: str | None = None

    @property
    def name(self) -> str:
        """Which database it is."""
        return "PostgreSQL" if self.server else "SQLite"

    def make(self) -> str:
        """The address of a fresh database with every table."""
        name = f"bench_{new_id()}"
        url = postgresql.make_database(self.server, name) if self.server else f"sqlite:///{self.folder / name}.db"
        migrating.upgrade(url)
        return url

    def like(self, url: str) -> str:
        """The address of a copy of this database, to which nobody is connected."""
        name = f"bench_{new_id()}"
        if self.server:
            return postgresql.make_database(self.server, name, template=make_url(url).database)
        path = self.folder / f"{name}.db"
        shutil.copy(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"


@contextlib.contextmanager
def grounds() -> Iterator[tuple[Ground, ...]]:
    """Inside the block both databases can be used; afterwards nothing of them is left."""
    BUILD.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder,
        postgresql.running(durable=True) as server,
    ):
        yield Ground(folder=Path(folder)), Ground(folder=Path(folder), server=server)


def filled(url: str, fill: Callable[[Transaction], T]) -> T:
    """What the filling says it made, once it is all in the database."""
    with filling(url, SERVICE_KEY) as db:
        return fill(db)


@contextlib.asynccontextmanager
async def video() -> AsyncIterator[VideoServer]:
    """Inside the block a real LiveKit answers; RuntimeError where there is none and none can be built."""
    tools = ROOT / ".tools"
    program = video_server.found(tools) or await video_server.install(tools, print)
    if program is None:
        raise RuntimeError("the workload of joining needs LiveKit: a livekit-server on the PATH, or Go to build it")
    async with video_server.running(program, webhook="http://127.0.0.1:9/") as server:
        yield server


@contextlib.contextmanager
def ours(folder: Path, url: str, more: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Inside the block the service answers."""
    with service.running(folder, url, more) as started:
        yield Running(url=started.url, process=started.process)


@contextlib.contextmanager
def ceiling(name: str, kind: str, url: str, *more: str) -> Iterator[Running]:
    """Inside the block this ceiling answers."""
    port = free_port()
    log = BUILD / f"bench-{name}-{kind}.log"
    words = (sys.executable, "-m", f"bench.ceilings.{name}", kind, url, str(port), *more)
    with log.open("wb") as out:
        process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    try:
        service.wait_for(f"http://127.0.0.1:{port}", process, log)
        yield Running(url=f"http://127.0.0.1:{port}", process=process)
    finally:
        process.terminate()
        process.wait(10)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from _tree(int(child))


def resident(pid: int) -> float:
    """Megabytes of this process and all below it."""
    pages = sum(int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in _tree(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
