"""What the tests really ran against: noted where it is started, told in the closing lines of the run.

Nothing is skipped in silence: what was not started is named as not needed by the tests that were asked for.
"""

import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path

WANTED = ("SQLite", "PostgreSQL", "LiveKit", "Chromium")
STARTED: dict[str, str] = {}


def started(what: str, version: str) -> None:
    """This was started for a test, in this version."""
    STARTED[what] = version


def started_program(what: str, program: Path) -> None:
    """This program was started for a test; it tells its version itself."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=20)
    started(what, said.stdout.split()[-1] if what == "LiveKit" else said.stdout.strip().rpartition(") ")[2])


def started_sqlite() -> None:
    """Databases in files were made."""
    started("SQLite", sqlite3.sqlite_version)


def closing_lines(passed: Iterable[str], *, skipped: int) -> list[str]:
    """Which databases, video server and browser the tests of this run had, by the names of those that passed."""
    names = list(passed)
    counts = {
        "SQLite": sum("[sqlite" in name or "-sqlite" in name for name in names),
        "PostgreSQL": sum("[postgresql" in name or "-postgresql" in name for name in names),
    }
    lines = [f"{len(names)} tests passed, {skipped} skipped; real parts that were started for them:"]
    for what in WANTED:
        version = STARTED.get(what)
        many = f": {counts[what]} tests named for it" if what in counts else ""
        lines.append(f"  {what} {version}{many}" if version else f"  {what}: no test of this run asked for it")
    return lines
