"""The video server is built by Go, and where that fails the newcomer reads why."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from demonstration import video_server
from tests.flows.stage import video_program


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


LISTENING, SERVERS = "0A", {"server", "livekit-server"}


def below(pid: int) -> Iterator[int]:
    """This process and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from below(int(child))


def bound(pid: int) -> Iterator[str]:
    """Every address on which this process can be spoken to, as the kernel tells it."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    mine = {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{kind}").read_text(encoding="ascii").splitlines()[1:]:
            local, state, inode = line.split()[1], line.split()[3], line.split()[9]
            if inode in mine and (kind.startswith("udp") or state == LISTENING):
                yield read(local.partition(":")[0])


def read(address: str) -> str:
    """The kernel writes each four bytes of an address as a number of this machine, backwards on ours."""
    raw = b"".join(bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8))
    return socket.inet_ntop(socket.AF_INET if len(raw) == 4 else socket.AF_INET6, raw)


def spoken_to() -> set[str]:
    """Every such address of the video servers that this process started."""
    servers = [pid for pid in below(os.getpid()) if Path(f"/proc/{pid}/exe").resolve().name in SERVERS]
    return {address for pid in servers for address in bound(pid)}


async def test_nobody_but_this_machine_can_speak_to_the_video_server() -> None:
    async with video_server.running(await video_program(), webhook="http://127.0.0.1:9/nobody"):
        found = spoken_to()

    assert found
    assert {address for address in found if not ipaddress.ip_address(address).is_loopback} == set()
