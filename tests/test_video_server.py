"""The video server is built by Go, and where that fails the newcomer reads why."""

from pathlib import Path

import pytest

from demonstration import video_server


def go_that(says: str, folder: Path) -> None:
    """A program named go that says this on its second line and fails."""
    program = folder / "go"
    program.write_text(f"#!/bin/sh\necho fetching >&2\necho '{says}' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)


async def test_a_build_that_fails_leaves_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_that("no space left on device", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    said: list[str] = []

    assert await video_server.install(tmp_path / "tools", said.append) is None
    assert said[0].startswith("building the video server")
    assert said[-1].endswith("no space left on device")


async def test_a_build_that_hangs_is_told_of_and_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "go"
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(video_server, "SAY_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(video_server, "INSTALL_SECONDS", 0.3)
    said: list[str] = []

    assert await video_server.install(tmp_path / "tools", said.append) is None
    assert any(line.startswith("still building") for line in said)
    assert "not done after" in said[-1]


async def test_without_go_there_is_no_server_and_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await video_server.install(tmp_path / "tools", print) is None
