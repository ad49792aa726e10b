import asyncio
import smtplib
from pathlib import Path

import pytest

from notifications import envelope
from notifications.catcher import open_catcher
from notifications.letters import requested
from tests.notifications.samples import NOW, SITTING, office


def hand_in(port: int, raw: bytes, to: str = "tessa@example.org") -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
        server.sendmail("bounces@evenhand.example", [to], raw)


def a_mail() -> bytes:
    from_, words = (
        office().sender,
        office().wording.put("draft_ready", {"number": "N", "version": 1, "link": "https://x"}),
    )
    return envelope.seal(
        row_id="row",
        domain="evenhand.example",
        sender=from_,
        to=envelope.Mailbox(address="tessa@example.org"),
        words=words,
        calendar=requested(SITTING),
        written_at=NOW,
    )


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_mail_is_kept_read_and_written_to_the_folder(tmp_path: Path) -> None:
    async with open_catcher("127.0.0.1", 0, tmp_path / "mails") as catcher:
        await asyncio.to_thread(hand_in, catcher.port, a_mail())
        caught = await catcher.wait_for(to="tessa@example.org", subject="draft")

    assert (caught.number, caught.sender, caught.subject) == (1, "bounces@evenhand.example", "A draft for you to read")
    assert caught.raw == a_mail() == (tmp_path / "mails" / "00001.eml").read_bytes()
    assert "Please read what was written down" in caught.text
    assert "<h1" in caught.html
    assert caught.calendar == requested(SITTING).text


async def test_finding_and_waiting() -> None:
    async with open_catcher("127.0.0.1", 0) as catcher:
        for to in ("a@example.org", "b@example.org", "a@example.org"):
            await asyncio.to_thread(hand_in, catcher.port, b"Subject: x\r\n\r\nx\r\n", to)
        found = catcher.find(to="a@example.org")
        assert found is not None
        assert found.number == 3
        assert catcher.find(to="a@example.org", after=3) is None
        assert catcher.find(subject="y") is None
        assert (found.html, found.calendar) == ("", "")
        with pytest.raises(TimeoutError):
            await catcher.wait_for(subject="y", seconds=0.05)


async def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        async with open_catcher("127.0.0.1", 0, tmp_path) as catcher:
            await asyncio.to_thread(hand_in, catcher.port, b"Subject: x\r\n\r\nx\r\n")
    assert listed(tmp_path) == ["00001.eml", "00002.eml"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "mail.example.org"])
async def test_nobody_else_can_reach_it(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        async with open_catcher(host, 0):
            pass
