"""The closing lines of a run tell what it really ran against."""

import pytest

from tests import ran


def test_what_was_started_is_told_with_its_version_and_what_was_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ran, "STARTED", {"SQLite": "3.40.1", "Chromium": "156.0"})
    names = ["a.py::test_x[sqlite]", "a.py::test_x[sqlite-3]", "a.py::test_y[3-sqlite]", "b.py::test_z"]

    assert ran.closing_lines(names, skipped=2) == [
        "4 tests passed, 2 skipped; real parts that were started for them:",
        "  SQLite 3.40.1: 3 tests named for it",
        "  PostgreSQL: no test of this run asked for it",
        "  LiveKit: no test of this run asked for it",
        "  Chromium 156.0",
    ]
