"""The service as an operator meets it: settings, start, health, its lines, and a stop within seconds."""

import asyncio
import base64
import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

import app
from database.engine import DatabaseSettings, open_database
from people import accounts
from people.schema import account
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers import service
from tests.servers.sitting import Screen, open_sitting, until

README = service.ROOT / "README.md"
URL = "http://127.0.0.1:8080"
NEEDED = {"SERVICE_KEY", "PUBLIC_URL", "SMTP_HOST", "MAIL_FROM", "HOUSE_PHONE", "HOUSE_EMAIL"}
STOP_SECONDS = 8.0
REQUEST = {"event", "level", "timestamp", "action", "status", "request", "milliseconds"}


def given(**more: str) -> dict[str, object]:
    """Settings that are fit, but for these."""
    words = service.settings(URL, "sqlite:///unused.db", more)
    return {name: value for name, value in words.items() if name in app.Environment.model_fields}


def unfit(**more: str) -> str:
    """What an operator is told."""
    with pytest.raises(app.Unfit) as told:
        app.read_environment(**given(**more))
    return str(told.value)


def run(words: Sequence[str], environment: dict[str, str], said: str = "") -> subprocess.CompletedProcess[str]:
    """A command of the service has ended."""
    command = [sys.executable, str(service.ROOT / "app.py"), *words]
    return subprocess.run(command, env=environment, input=said, capture_output=True, text=True, timeout=60, check=False)


def test_settings_that_are_fit_make_a_service() -> None:
    values = app.read_environment(**given(PORT="8181"))
    made = app.settings_of(values)
    assert (made.port, made.several, made.video, made.pages.public_url) == (8181, False, None, URL)
    assert service.KEY not in repr(values)


@pytest.mark.parametrize("command", ["serve", "migrate", "first-coordinator"])
def test_everything_missing_is_named_at_once(command: str) -> None:
    ended = run([command], {"PATH": "/usr/bin:/bin"})
    assert (ended.returncode, ended.stdout) == (2, "")
    assert {line.partition(":")[0] for line in ended.stderr.splitlines()[1:]} == NEEDED
    assert ended.stderr.startswith("Evenhand cannot start:\n")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "c2hvcnQ=",
        "not base 64 at all!",
        base64.b64encode(bytes(32)).decode(),  # everybody's first thought
        base64.b64encode(b"0123" * 8 + b"4").decode(),
        base64.b64encode(b"a" * 32).decode(),
    ],
)
def test_a_weak_service_key_is_refused_without_being_shown(key: str) -> None:
    told = unfit(SERVICE_KEY=key)
    assert told.startswith("SERVICE_KEY: the service key")
    assert "openssl rand -base64 32" in told
    assert not key or key not in told


def test_several_workers_need_postgresql() -> None:
    assert unfit(WORKERS="2") == (
        "WORKERS: more than one needs PostgreSQL. SQLite wakes only the process that wrote, so another "
        "worker's screens would lag behind"
    )
    assert app.read_environment(**given(WORKERS="2", DATABASE_URL="postgresql://host/name")).WORKERS == 2


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"DEMO_CLOCK_AHEAD": "60"}, "DEMO_CLOCK_AHEAD"),
        ({"FAILPOINTS": "booking.claimed=kill"}, "FAILPOINTS"),
        ({"DEMONSTRATION": "true", "HOST": "0.0.0.0"}, "DEMONSTRATION"),
        ({"PUBLIC_URL": "http://evenhand.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://evenhand.example/path"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "evenhand.example"}, "PUBLIC_URL"),
        ({"LIVEKIT_URL": "wss://video.example"}, "LIVEKIT_API_KEY"),
        ({"LIVEKIT_URL": "wss://video.example", "LIVEKIT_API_KEY": "k", "LIVEKIT_API_SECRET": "short"}, "LIVEKIT_API"),
        ({"PORT": "0"}, "PORT"),
        ({"WORKERS": "0"}, "WORKERS"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"SMTP_SECURITY": "none"}, "SMTP_SECURITY"),
    ],
)
def test_what_would_not_be_safe_is_refused(more: dict[str, str], named: str) -> None:
    assert named in unfit(**more)


def test_several_faults_are_named_together() -> None:
    told = unfit(SERVICE_KEY="c2hvcnQ=", WORKERS="2", PUBLIC_URL="http://evenhand.example").splitlines()
    assert [line.partition(":")[0] for line in told] == ["SERVICE_KEY", "WORKERS", "PUBLIC_URL"]


def test_a_value_of_the_wrong_kind_hides_no_other_fault() -> None:
    told = unfit(PORT="none", SERVICE_KEY="c2hvcnQ=", PUBLIC_URL="http://evenhand.example", WORKERS="2").splitlines()
    assert [line.partition(":")[0] for line in told] == ["PORT", "SERVICE_KEY", "WORKERS", "PUBLIC_URL"]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"WORKERS": "many", "SMTP_SECURITY": "none"}, ["WORKERS", "SMTP_SECURITY"]),
        ({"DEMONSTRATION": "perhaps", "FAILPOINTS": "booking.claimed=kill"}, ["DEMONSTRATION"]),
        ({"PUBLIC_URL": "evenhand.example", "MAIL_FROM": "nobody"}, ["PUBLIC_URL", "MAIL_FROM"]),
    ],
)
def test_what_comes_of_a_wrong_value_is_not_named_twice(more: dict[str, str], named: list[str]) -> None:
    assert [line.partition(":")[0] for line in unfit(**more).splitlines()] == named


def test_the_readme_names_every_setting_and_no_other() -> None:
    row = re.compile(r"^\|\s*`?([A-Z][A-Z_]+)`?\s*\|\s*([^|]*?)\s*\|", re.MULTILINE)
    rows = row.findall(README.read_text(encoding="utf-8"))
    assert [name for name, _ in rows] == list(app.Environment.model_fields)
    assert {name for name, default in rows if "needed" in default} == NEEDED
    for name, default in rows:
        written = re.fullmatch(r"`(.*)`", default)
        if written:
            assert str(app.Environment.model_fields[name].default).lower() == written.group(1).lower()


def answer(url: str, form: bytes | None = None) -> tuple[int, bytes]:
    """The status and the body of one request."""
    request = urllib.request.Request(url, data=form, headers={"Sec-Fetch-Site": "same-origin"})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - ours
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def test_it_serves_and_writes_one_line_a_request_with_ids_only(sqlite_url: str, tmp_path: Path) -> None:
    with service.running(tmp_path, sqlite_url) as running:
        assert answer(f"{running.url}/healthz") == (200, b'{"alive": true}')
        status, body = answer(f"{running.url}/readyz")
        assert (status, set(json.loads(body).values())) == (200, {True})
        before = running.lines().count('"event": "request"')
        asked = [
            answer(f"{running.url}/?child=Rowan+Archer&secret=Zebrafinch7"),
            answer(f"{running.url}/Rowan-Archer/Zebrafinch7"),
            answer(f"{running.url}/j/Zebrafinch7Zebrafinch7?from=tessa@post.example"),
            answer(f"{running.url}/sign-in?to=Zebrafinch7", b"email=zebrafinch7%40post.example&form_key=Zebrafinch7"),
            answer(f"{running.url}/sign-in", b"\xff\xfe=Zebrafinch7"),
        ]
        written = running.lines()
    lines = [json.loads(line) for line in written.splitlines()]
    requests = [line for line in lines if line["event"] == "request"][before:]
    assert [status for status, _ in asked] == [200, 404, 404, 200, 400]
    assert [line["status"] for line in requests] == [200, 404, 404, 303, 200, 400]  # a form is answered with a way on
    assert {frozenset(line) for line in requests} == {frozenset(REQUEST)}
    assert len({line["request"] for line in requests}) == len(requests)
    for private in ("zebrafinch7", "rowan", "archer", "tessa", "127.0.0.1", "?", "python-urllib", service.KEY.lower()):
        assert private not in written.lower(), private
    assert [line["action"] for line in map(json.loads, running.lines().splitlines())][-1] == "service.stop"
    assert running.process.returncode == 0


async def test_sigterm_sends_open_screens_away_and_ends_within_seconds(sqlite_url: str, tmp_path: Path) -> None:
    async with open_database(DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)) as database:
        sitting = await open_sitting(database, now=datetime.now(UTC))
    async with served(tmp_path, sqlite_url, sitting.environment, port=0) as running, aiohttp.ClientSession() as session:
        screen = Screen(way=sitting.parent, url=running.url, session=session)
        line = asyncio.create_task(screen.look())
        await until(lambda: screen.floor is not None, 10, "the screen has the floor")
        started = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(running.process.wait, STOP_SECONDS)
        took = time.monotonic() - started
        await line
    assert (status, screen.close_code, screen.frames[-1]) == (0, 1001, {"kind": "reload"})
    assert took < STOP_SECONDS


async def test_the_first_coordinator_is_asked_for_and_everything_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'evenhand.db'}"
    environment = service.settings(URL, url, {})
    said = "\nMina Farrow\nnot-an-address\nmina@evenhand.example\n"
    told = await asyncio.to_thread(run, ["first-coordinator"], environment, said)
    assert (told.returncode, "Mina Farrow can sign in with mina@evenhand.example." in told.stdout) == (0, True)
    for _ in range(2):
        async with served(tmp_path, url, {}, port=0) as running:
            assert await asyncio.to_thread(service.answers, running.url, "/readyz")
    again = await asyncio.to_thread(run, ["first-coordinator"], environment, "Other Person\nother@evenhand.example\n")
    assert (again.returncode, "there is a coordinator already" in again.stdout) == (1, True)
    assert "Full name" not in again.stdout
    async with open_database(DatabaseSettings(url=url, service_key=SERVICE_KEY)) as database, database.read() as db:
        assert await db.scalar(select(func.count()).select_from(account)) == 1
        kept = await accounts.by_email(db, "mina@evenhand.example")
    assert kept is not None
    assert (kept.name, sorted(kept.roles)) == ("Mina Farrow", ["coordinator"])


def test_nobody_at_the_terminal_makes_no_coordinator(tmp_path: Path) -> None:
    environment = service.settings(URL, f"sqlite:///{tmp_path / 'evenhand.db'}", {})
    told = run(["first-coordinator"], environment)
    assert (told.returncode, "nobody answered" in told.stdout) == (1, True)
