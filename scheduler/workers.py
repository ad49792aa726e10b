"""Edge: several copies of the service on one port: started, started again when one dies, stopped together.

Each worker's standard input is a pipe that its keeper holds open and never writes to. However the keeper ends, by
kill -9 too, its end of the pipe is closed; the worker sees that, and stops: nobody would start it again, and the keeper
that an operator starts next brings workers of its own.
"""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator, Sequence

import structlog

RESTART_SECONDS = 0.5
STOP_SECONDS = 12.0
log = structlog.get_logger("workers")


async def _keep(command: Sequence[str], number: int, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        process = await asyncio.create_subprocess_exec(*command, "--worker", str(number), stdin=asyncio.subprocess.PIPE)
        log.info("worker", action="worker.start", worker=number, process=process.pid)
        ended, told = asyncio.create_task(process.wait()), asyncio.create_task(stopping.wait())
        await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            await _stop(process)
        told.cancel()
        await ended
        if not stopping.is_set():
            log.warning("worker", action="worker.died", worker=number, status=process.returncode)
            await asyncio.sleep(RESTART_SECONDS)


async def _stop(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()


@contextlib.contextmanager
def when_left_alone(stop: Callable[[], None]) -> Iterator[None]:
    """Inside the block of a worker, `stop` is called when its keeper is gone."""
    loop, keeper = asyncio.get_running_loop(), sys.stdin.fileno()

    def gone() -> None:
        loop.remove_reader(keeper)  # an end that is closed stays readable
        log.warning("worker", action="worker.left_alone")
        stop()

    loop.add_reader(keeper, gone)
    try:
        yield
    finally:
        loop.remove_reader(keeper)


async def supervise(count: int, script: str, *words: str) -> None:
    """This many workers run until SIGTERM or SIGINT; one that dies is replaced; all end in seconds."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for order in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(order, stopping.set)
    command = (sys.executable, script, *words)
    await asyncio.gather(*(_keep(command, number, stopping) for number in range(1, count + 1)))
