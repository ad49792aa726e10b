"""Edge: the whole service on one machine, to be tried out: database, video server, mail catcher, pages, people.

Everything listens on loopback only and ends with this process; nothing else is touched.
"""

import base64
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from demonstration import video_server
from demonstration.catcher_pages import CATCHER, PAGES
from demonstration.story import People, tell
from meetings.room.video import VideoSettings
from notifications.catcher import open_catcher
from pages.application import ServiceSettings, build, serving, until_told
from pages.keys import DATABASE
from pages.page import add_pages

WEB_PORT = 8080
KEY_FILE = "service.key"
HOOK = "/hooks/video"

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Where a trial keeps its data and its tools, and whether it begins with the demonstration's people."""

    data: Path
    tools: Path
    empty: bool
    port: int


def say(words: str) -> None:
    """One line of progress on the terminal."""
    print(f"· {words}", flush=True)


def own_key(data: Path) -> str:
    """The trial's own service key, made once and readable by its owner only."""
    file = data / KEY_FILE
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(base64.b64encode(secrets.token_bytes(32)).decode(), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def environment(data: Path, port: int, *, empty: bool) -> dict[str, object]:
    """The settings of a trial, where the operator's own environment does not say otherwise."""
    name = "empty" if empty else "evenhand"
    return {
        "DATABASE_URL": f"sqlite:///{data / name}.db",
        "SERVICE_KEY": own_key(data),
        "PUBLIC_URL": f"http://localhost:{port}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_SECURITY": "plain",
        "MAIL_FROM": "meetings@evenhand.example",
        "HOUSE_PHONE": "0808 157 0123",
        "HOUSE_EMAIL": "help@evenhand.example",
        "HOUSE_RUN_BY": "Lindenfold Mediation",
        "DEMONSTRATION": True,
    }


def usable_port(wanted: int) -> int:
    """The wanted port of loopback, or another where that one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", wanted))
            return wanted
    return video_server.free_port()


@contextlib.asynccontextmanager
async def _video(trial: Trial, given: VideoSettings | None, port: int) -> AsyncIterator[VideoSettings | None]:
    if given is not None:
        say("video server: the one in LIVEKIT_URL")
        yield given
        return
    program = video_server.found(trial.tools) or await video_server.install(trial.tools, say)
    if program is None:
        say(video_server.NONE)
        yield None
        return
    async with video_server.running(program, webhook=f"http://127.0.0.1:{port}{HOOK}") as server:
        say(f"video server: LiveKit answers at {server.url}")
        yield VideoSettings(url=server.url, api_key=server.key, api_secret=server.secret)


def _tell_how(address: str, people: People | None) -> None:
    print(f"\n  Evenhand is ready:  {address}\n")
    if people is None:
        print(f"  Sign in at {address}/sign-in; the code comes to {address}/demonstration/mail\n")
        return
    print(f"  Staff sign in at    {address}/sign-in   (codes arrive at {address}/demonstration/mail)")
    for role, who in people.staff:
        print(f"    {role:<18} {who}")
    print("  The family and the council have a link each, and no account; their codes arrive there too:")
    for role, link in people.links:
        print(f"    {role:<18} {address}{link}")
    print("\n  Ctrl-C stops everything that was started here.\n", flush=True)


async def try_out(trial: Trial, settings: ServiceSettings) -> None:
    """The service and all it needs run on loopback until Ctrl-C."""
    # By name and not by number: browsers make no passkey for a bare number.
    address = f"http://localhost:{trial.port}"
    async with (
        open_catcher("127.0.0.1", 0, trial.data / "mail") as catcher,
        _video(trial, settings.video, trial.port) as video,
    ):
        say(f"mail catcher: nothing leaves this machine; read it at {address}/demonstration/mail")
        pages = replace(settings.pages, public_url=address, demonstration=True, media_url=video.url if video else None)
        mail = replace(settings.mail, host="127.0.0.1", port=catcher.port)
        app = build(replace(settings, video=video, pages=pages, mail=mail, port=trial.port))
        app[CATCHER] = catcher
        add_pages(app, PAGES)
        async with serving(replace(settings, video=video, pages=pages, mail=mail, port=trial.port), app):
            people = None if trial.empty else await tell(app[DATABASE], settings.office, now=settings.clock())
            _tell_how(address, people)
            await until_told()
        print()
        say("stopping")
