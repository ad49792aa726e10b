"""A member of staff, a real browser, and a key that Chromium plays: made, shown, refused, all by keyboard."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, expect
from playwright.async_api import Page as Tab

from demonstration.video_server import free_port
from pages.routes import ALL
from tests.browser.album import Album
from tests.flows.cast import COORDINATOR, Actor, press, sign_in, with_code
from tests.flows.stage import ROOT, Stage, chromium, open_catcher, served
from tests.flows.test_whole_way import begin

BUILD = ROOT / "build" / "journey" / "passkeys"
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What the browser believes is this machine's own lock: finger, face or PIN."""

    def __init__(self, line: CDPSession) -> None:
        self.line = line
        self.id = ""

    async def put_in(self) -> None:
        """A fresh one that holds no key."""
        await self.line.send("WebAuthn.enable", {"enableUI": False})
        made = await self.line.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
        self.id = made["authenticatorId"]

    async def take_out(self) -> None:
        await self.line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.id})

    async def holder_agrees(self, agrees: bool) -> None:  # noqa: FBT001
        """Whether the next finger is the right one: a wrong one ends as a closed prompt does."""
        await self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": agrees})

    async def keys(self) -> list[dict[str, Any]]:
        found = await self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return list(found["credentials"])

    async def put_back(self, keys: list[dict[str, Any]]) -> None:
        for key in keys:
            await self.line.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The service under a name: browsers make no passkey for a bare number."""
    port, database = free_port(), f"sqlite:///{tmp_path / 'evenhand.db'}"
    url = f"http://localhost:{port}"
    begin(tmp_path, database, url)
    shutil.rmtree(BUILD, ignore_errors=True)
    async with open_catcher("127.0.0.1", 0, BUILD / "mail") as catcher, chromium() as browser:
        album = Album(folder=BUILD / "pages", pages=ALL)
        more = {"SMTP_PORT": str(catcher.port), "PUBLIC_URL": url}
        async with served(tmp_path, database, more, port=port):
            yield Stage(url=url, folder=BUILD, catcher=catcher, browser=browser, album=album)


async def by_keyboard(tab: Tab, words: str) -> None:
    """Tab until the button with these words has the focus, then the space bar."""
    button = tab.get_by_role("button", name=words)
    for _ in range(40):
        if await button.evaluate("one => one === document.activeElement"):
            return await tab.keyboard.press("Space")
        await tab.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {words!r}")


async def told(tab: Tab, words: str, button: str) -> None:
    """The page says this, and its button is where the keyboard left it, ready to be pressed again."""
    await expect(tab.get_by_role("status").last).to_contain_text(words)
    here = tab.get_by_role("button", name=button)
    await expect(here).to_be_focused()
    await expect(here).to_be_enabled()


async def test_a_passkey_is_made_shown_and_refused(stage: Stage) -> None:
    mina = await sign_in(stage, "coordinator", COORDINATOR[1])
    tab = mina.tab
    device = Device(await tab.context.new_cdp_session(tab))
    await device.put_in()
    await made_at_the_second_try(stage, mina, device)
    await shown_at_the_third_try(stage, mina, device)
    await not_made_twice(stage, mina)
    assert stage.album.faults == []


async def made_at_the_second_try(stage: Stage, mina: Actor, device: Device) -> None:
    """Closed the first time, and nothing is lost by that."""
    tab = mina.tab
    await stage.album.take(tab, mina.role)
    await device.holder_agrees(False)
    await by_keyboard(tab, "Make a passkey")
    await told(tab, "No passkey was made", "Make a passkey")
    await stage.album.take(tab, mina.role, "stopped")
    assert await device.keys() == []
    await device.holder_agrees(True)
    await tab.keyboard.press("Enter")
    await tab.wait_for_url(f"{stage.url}/desk")
    assert len(await device.keys()) == 1


async def shown_at_the_third_try(stage: Stage, mina: Actor, device: Device) -> None:
    """On a machine without the key, then with the wrong finger, then rightly."""
    tab, keys = mina.tab, await device.keys()
    await press(tab, "Sign out")
    await with_code(stage, mina)
    assert tab.url == f"{stage.url}/second-factor"
    await stage.album.take(tab, mina.role)
    await device.take_out()
    await device.put_in()
    await by_keyboard(tab, "Use my passkey")
    await told(tab, "this device does not have yours", "Use my passkey")
    await stage.album.take(tab, mina.role, "without-the-key")
    await tab.goto(f"{stage.url}/desk")
    assert tab.url == f"{stage.url}/second-factor"  # nothing opened by itself
    await device.put_back(keys)
    await device.holder_agrees(False)
    await by_keyboard(tab, "Use my passkey")
    await told(tab, "No passkey was used", "Use my passkey")
    await device.holder_agrees(True)
    await tab.keyboard.press("Enter")
    await tab.wait_for_url(f"{stage.url}/desk")


async def not_made_twice(stage: Stage, mina: Actor) -> None:
    """The page is reached from the foot of every page; the machine that has the key says so."""
    tab = mina.tab
    await press(tab, "Your second proof", kind="link")
    await expect(tab.get_by_role("status").first).to_contain_text("You have set up a passkey")
    await by_keyboard(tab, "Make a passkey")
    await told(tab, "has a passkey of yours already", "Make a passkey")
    await stage.album.take(tab, mina.role, "again")
