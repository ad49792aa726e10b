"""The mediator's desk in a real browser: what is pressed there happens, and what people tell it is seen."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from tests.browser.sitting import Room, sitting_room
from tests.servers.sitting import DANA, Screen, screens, until

SOON = 10
STRICT = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
async def room(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with sitting_room(tmp_path, sqlite_url, (DANA,)) as opened:
        yield opened


def own(screen: Screen) -> dict[str, Any]:
    """What this person sees of themselves."""
    frame: dict[str, Any] = [one for one in screen.frames if one["kind"] == "floor"][-1]
    return dict(frame["you"])


async def going(room: Room, mode: str) -> Tab:
    """The mediator's desk, with people taking turns in this way."""
    tab = await room.tab(room.sitting.mediator)
    go_on = tab.get_by_role("button", name="Go on where we were")
    if await go_on.is_visible():
        await go_on.click()
    if await tab.locator("#mode").input_value() != mode:
        await tab.locator("#mode").select_option(mode)
        await tab.get_by_role("button", name="Change to this").click()
    await expect(tab.locator("#mode")).to_have_value(mode)
    return tab


async def clean(tab: Tab) -> None:
    """Axe objects to nothing."""
    found = await Axe().run(tab, options=STRICT)
    assert found.violations_count == 0, found.generate_report()


async def test_a_signal_is_seen_on_the_desk_and_its_sender_learns_that_it_was(room: Room) -> None:
    tab = await going(room, "queue")
    async with screens(room.service.url, room.sitting.parent, room.sitting.officer) as (parent, officer):
        await parent.say("tell", what="pause")
        await officer.say("tell", what="word", word="EOTAS")

        signals = tab.locator("#signals")
        await expect(signals).to_contain_text("“EOTAS”: what is it?")
        await expect(signals.locator("li").first).to_contain_text("Sent without a name")
        await clean(tab)
        await signals.get_by_role("button", name="Seen: Pause, please").press("Enter")

        await until(lambda: own(parent)["told"][0]["seen_at"] is not None, SOON, "the sender knows")
        await expect(signals.get_by_role("button", name="Seen: Pause, please")).to_have_count(0)
        await expect(signals).to_be_focused()
        assert own(officer)["told"][0]["seen_at"] is None


async def test_a_hold_is_asked_for_twice_seen_by_all_and_ended_by_hand(room: Room) -> None:
    tab = await going(room, "open_talk")
    dana = room.sitting.others["Dana"]
    async with screens(room.service.url, dana, room.sitting.officer, room.sitting.parent) as (held, officer, parent):
        await tab.locator("#who").select_option(dana.seat)
        await tab.get_by_role("button", name="Hold…").press("Enter")
        await tab.get_by_role("button", name="No", exact=True).press("Enter")
        assert own(held)["mic"]["right"] == "free"

        await tab.get_by_role("button", name="Hold…").press("Enter")
        await clean(tab)
        await tab.get_by_role("button", name="Yes, hold it").press("Enter")
        await until(lambda: own(held)["mic"]["right"] == "held", SOON, "the microphone is held")
        assert parent.floor is not None
        assert [one["seat"] for one in parent.floor["holds"]] == [dana.seat]

        await tab.locator("#who").select_option(officer.way.seat)
        await expect(tab.locator("#step-hold")).to_contain_text("a whole side is never held")
        await tab.locator("#who").select_option(dana.seat)
        await tab.get_by_role("button", name="End it now").press("Enter")
        await until(lambda: own(held)["mic"]["right"] == "free", SOON, "the microphone is free")


async def test_a_round_goes_in_the_order_that_the_sides_agreed(room: Room) -> None:
    tab = await going(room, "queue")
    async with screens(room.service.url, room.sitting.parent, room.sitting.officer) as (parent, officer):
        await tab.locator("#mode").select_option("round")
        await tab.get_by_role("button", name="Set up the round").click()
        await tab.get_by_label("As the sides agreed").check()
        await tab.get_by_role("button", name="Council: earlier").press("Enter")
        await clean(tab)
        await tab.get_by_role("button", name="Start the round").click()
        await expect(tab.locator("#round")).to_contain_text("Order as the sides agreed")
        assert parent.floor is not None
        assert parent.floor["round"]["order"] == ["council", "family"]

        await tab.get_by_role("button", name="for the council").click()
        await until(lambda: own(officer)["holds"], SOON, "the council speaks")
        await expect(tab.get_by_role("button", name="for the family")).to_be_visible()  # and not who speaks already
        await tab.get_by_role("button", name="End the turn").click()
        await tab.get_by_role("button", name="They pass", exact=True).click()

        await expect(tab.locator("#round")).to_contain_text("Say back what each side said")
        await clean(tab)
