"""Workload 8, starting: from spawning the service to its first good answer, beside importing what it serves with; and
what the whole tree of its processes keeps in memory after two hundred requests.
"""

import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from bench import asking, running
from bench.measuring import Row, drive
from bench.running import Ground
from bench.sizes import Sizes
from demonstration.video_server import free_port
from tests.servers import service

SLOWEST, MOST_MEGABYTES = 1.5, 150.0
REQUESTS, CALLERS = 200, 8
PAGES = ("/", "/enquire", "/sign-in", "/healthz", "/readyz")
# What serving needs: everything that the program imports before it opens anything; and the bare framework alone.
MATERIALS, BARE = "import app", "import aiohttp.web"
LOOK_AGAIN_SECONDS = 0.002


def _imported(what: str) -> float:
    """Seconds from spawning Python until it has imported this and ended."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", what], cwd=running.ROOT, check=True)
    return time.perf_counter() - began


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _started(ground: Ground, url: str) -> float:
    """Seconds from spawning the service until it has answered well."""
    port, log = free_port(), ground.folder / "start.log"
    settings = service.settings(f"http://127.0.0.1:{port}", url, {})
    with log.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "app.py", "serve"], cwd=running.ROOT, env=settings, stdout=out, stderr=out
        )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"the service did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(LOOK_AGAIN_SECONDS)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(15)


async def _after_requests(ground: Ground, url: str) -> float:
    with running.ours(ground.folder, url) as one:
        async with asking.connected(one.url, callers=CALLERS) as client:

            async def ask(number: int) -> None:
                answer = await client.ask(asking.get(one.url, PAGES[number % len(PAGES)]))
                if answer.status >= 500 and PAGES[number % len(PAGES)] != "/readyz":
                    raise RuntimeError(f"{PAGES[number % len(PAGES)]} was answered {answer.status}")

            await drive(ask, times=REQUESTS, callers=CALLERS)
            return running.resident(one.process.pid)


def _row(ground: Ground, ours: Sequence[float], materials: Sequence[float], bare: Sequence[float]) -> Row:
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, materials, strict=True))
    return Row(
        workload="8 start",
        variant=f"{ground.name}, first answer",
        ours=statistics.median(ours),
        materials=statistics.median(materials),
        ceiling=statistics.median(bare),
        unit="s",
        ratio=ratio,
        floor=f"<= {SLOWEST} x importing",
        holds=ratio <= SLOWEST,
        repetitions=list(ours),
    )


async def measure(ground: Ground, sizes: Sizes) -> list[Row]:
    """The rows of this workload on this database."""
    url = ground.make()
    _started(ground, url)  # once, so that everything has been read from the disk
    ours: list[float] = []
    materials: list[float] = []
    bare: list[float] = []
    for _ in range(sizes.starts):
        materials.append(_imported(MATERIALS))
        ours.append(_started(ground, url))
        bare.append(_imported(BARE))
    kept = await _after_requests(ground, url)
    memory = Row(
        workload="8 memory",
        variant=f"{ground.name}, after {REQUESTS} requests",
        ours=kept,
        materials=None,
        ceiling=None,
        unit="MB",
        ratio=kept / MOST_MEGABYTES,
        floor=f"<= {MOST_MEGABYTES:.0f} MB",
        holds=kept <= MOST_MEGABYTES,
        repetitions=[kept],
    )
    return [_row(ground, ours, materials, bare), memory]
