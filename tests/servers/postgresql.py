"""A PostgreSQL server of the tests' own: found on the machine, started on a socket of its own, thrown away after."""

import contextlib
import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
MISSING = "PostgreSQL's server was not found. On Debian: apt-get install postgresql. Elsewhere put initdb on the PATH."


def programs() -> Path:
    """The folder of the newest `initdb` on this machine."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for pattern in PLACES:
        folders = sorted(Path("/").glob(pattern.lstrip("/")), key=lambda path: path.parent.name)
        if folders:
            return folders[-1]
    raise RuntimeError(MISSING)


def _as_postgres() -> list[str]:
    # The server refuses to run as root; Debian's package made the user postgres for it.
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _run(*words: str | Path) -> None:
    subprocess.run([*_as_postgres(), *map(str, words)], check=True, capture_output=True, cwd="/")


@contextlib.contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Inside the block a server answers; the value is a URL with a gap for the database's name."""
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pg-"))
    folder.chmod(0o755)
    _own(folder)
    data, control = folder / "data", programs() / "pg_ctl"
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    # The folder dies with the tests, so nothing need reach the disk: the tests kill our processes, never this server.
    # What is measured must be as durable as it is in service.
    fsync = "on" if durable else "off"
    options = f"-k {folder} -c listen_addresses='' -c fsync={fsync} -c max_connections=200"
    _run(programs() / "initdb", "-D", data, "-U", user, "-E", "UTF8", "--no-sync", "--locale=C.UTF-8", "-A", "trust")
    _run(control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://{user}@/{{name}}?host={folder}"
    finally:
        _run(control, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def make_database(server: str, name: str, *, template: str | None = None) -> str:
    """A fresh database, empty or like the template; its URL."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        like = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{like}'.encode())
    return server.format(name=name)


def drop_database(server: str, name: str) -> None:
    """The database is gone, whoever was still connected."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
