"""Edge: a LiveKit server of our own on loopback: found, or installed by name with Go, and run as a child process."""

import asyncio
import contextlib
import json
import secrets
import shutil
import signal
import socket
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

VERSION = "1.13.5"
PACKAGE = f"github.com/livekit/livekit-server/cmd/server@v{VERSION}"
START_SECONDS = 20.0
INSTALL_SECONDS = 900.0
STOP_SECONDS = 3.0
SAY_AGAIN_SECONDS = 30.0
LAST_WORDS = 12
NONE = "no video: neither livekit-server nor Go was found; the pages that need it say so"

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class VideoServer:
    """Where a LiveKit server answers, and the key pair it knows us by."""

    url: str
    key: str
    secret: str


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port of the loopback interface that nobody listens on just now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def found(tools: Path) -> Path | None:
    """The server's program: on the PATH, or installed before into the tools folder."""
    on_path = shutil.which("livekit-server")
    ours = tools / f"livekit-{VERSION}" / "server"
    return Path(on_path) if on_path else (ours if ours.exists() else None)


async def install(tools: Path, say: Say) -> Path | None:
    """The server is built into the tools folder by Go, by name and version; None where there is no Go."""
    go = shutil.which("go")
    if go is None:
        return None
    say(f"building the video server, LiveKit {VERSION}, with Go: about two minutes, once")
    folder = tools / f"livekit-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    words = ("env", f"GOBIN={folder.resolve()}", go, "install", PACKAGE)
    process = await asyncio.create_subprocess_exec(*words, cwd=folder, stderr=asyncio.subprocess.PIPE)
    lines: deque[str] = deque(maxlen=LAST_WORDS)
    listening = asyncio.create_task(_listen(process, lines))
    try:
        async with asyncio.timeout(INSTALL_SECONDS):
            while not (await asyncio.wait([listening], timeout=SAY_AGAIN_SECONDS))[0]:
                say("still building the video server: Go fetches and compiles some 130 packages")
            if await process.wait() == 0:
                return folder / "server"
    except TimeoutError:
        lines.append(f"it was not done after {INSTALL_SECONDS:.0f} seconds")
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await asyncio.wait([listening], timeout=1)  # compilers that Go has begun may hold the line a little longer
        listening.cancel()
    say("\n  ".join(["Go could not build the video server. Its last words:", *lines]))
    return None


async def _listen(process: asyncio.subprocess.Process, lines: "deque[str]") -> None:
    """Go names each package that it fetches: only its last words are of use, where it failed."""
    assert process.stderr is not None  # noqa: S101 - we asked for it
    async for line in process.stderr:
        lines.append(line.decode(errors="replace").rstrip())


def _configuration(port: int, server: VideoServer, webhook: str) -> str:
    return json.dumps(
        {
            "port": port,
            "bind_addresses": ["127.0.0.1"],
            "rtc": {
                # `bind_addresses` is for its HTTP alone. Media over TCP cannot be kept from other machines, so there is
                # none; media over UDP is kept to loopback by interface (lo0 on a Mac) and by address.
                "tcp_port": 0,
                "udp_port": free_port(socket.SOCK_DGRAM),
                "interfaces": {"includes": ["lo", "lo0"]},
                "ips": {"includes": ["127.0.0.1/32"]},
                "node_ip": "127.0.0.1",
                "use_external_ip": False,
                "enable_loopback_candidate": True,
            },
            # A good token for a room that we have not made opens nothing (reliability L6, L7).
            "room": {
                "auto_create": False,
                "empty_timeout": 600,
                "departure_timeout": 120,
                "enable_remote_unmute": False,
            },
            "keys": {server.key: server.secret},
            "webhook": {"api_key": server.key, "urls": [webhook]},
            "turn": {"enabled": False},
            "logging": {"level": "error"},
        }
    )


async def _answers(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.1)


async def _stop(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)  # it would serve on until the last person leaves (reliability L18)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


@contextlib.asynccontextmanager
async def running(program: Path, *, webhook: str, port: int | None = None) -> AsyncIterator[VideoServer]:
    """Inside the block the server answers on loopback and posts its webhooks to the given address."""
    port = port or free_port()
    server = VideoServer(url=f"ws://127.0.0.1:{port}", key=f"key{secrets.token_hex(6)}", secret=secrets.token_hex(32))
    with tempfile.TemporaryDirectory(prefix="evenhand-video-") as folder:  # a file: arguments can be read by anyone
        configuration = Path(folder) / "livekit.json"
        configuration.touch(mode=0o600)
        configuration.write_text(_configuration(port, server, webhook), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            str(program),
            "--config",
            str(configuration),
            start_new_session=True,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await asyncio.wait_for(_answers(f"http://127.0.0.1:{port}/"), START_SECONDS)
            yield server
        finally:
            await _stop(process)
