"""The real service in a process of its own, as an operator starts it, on a port nobody else uses."""

import base64
import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from demonstration.video_server import free_port

ROOT = Path(__file__).parent.parent.parent
START_SECONDS, STOP_SECONDS = 40.0, 15.0
KEY = base64.b64encode(bytes(range(7, 39))).decode()


@dataclass(kw_only=True)
class Service:
    """A running service: where it answers, its process, and the file its lines are written to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> str:
        """Everything it has written so far."""
        return self.log.read_text(encoding="utf-8")


def settings(url: str, database: str, more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a service on loopback."""
    words = {
        "DATABASE_URL": database,
        "SERVICE_KEY": KEY,
        "PUBLIC_URL": url,
        "HOST": "127.0.0.1",
        "PORT": url.rpartition(":")[2],
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "9",
        "SMTP_SECURITY": "plain",
        "MAIL_FROM": "meetings@evenhand.example",
        "HOUSE_PHONE": "0808 157 0123",
        "HOUSE_EMAIL": "help@evenhand.example",
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **words, **more}


def answers(url: str, path: str = "/healthz") -> bool:
    """Whether it answers 200 there."""
    host = url.removeprefix("http://")
    with (
        contextlib.suppress(OSError, http.client.HTTPException),
        contextlib.closing(http.client.HTTPConnection(host, timeout=5)) as connection,
    ):
        connection.request("GET", path)
        return connection.getresponse().status == 200
    return False


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """It answers; RuntimeError with its last lines when it ended or took too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if answers(url):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the service did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")


@contextlib.contextmanager
def running(folder: Path, database: str, more: Mapping[str, str] | None = None, *, port: int = 0) -> Iterator[Service]:
    """Inside the block the service answers; afterwards it was asked to stop, and did so in seconds."""
    url = f"http://127.0.0.1:{port or free_port()}"
    log = folder / "service.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "serve"],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=settings(url, database, more or {}),
            start_new_session=True,
        )
    try:
        wait_for(url, process, log)
        yield Service(url=url, process=process, log=log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
