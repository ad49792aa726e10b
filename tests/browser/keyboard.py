"""Hands on the keyboard: everything is reached with Tab, pressed with Enter or Space, and chosen with the arrows."""

from playwright.async_api import Locator, expect
from playwright.async_api import Page as Tab

MOST = 160
FOCUSED = "(one) => one === document.activeElement"


class OutOfReach(AssertionError):  # noqa: N818 - it names what is so
    """No number of presses of Tab leads to this control."""


async def reach(tab: Tab, target: Locator) -> None:
    """The focus is on this control, by Tab alone."""
    await expect(target).to_be_visible()
    await tab.bring_to_front()
    for _ in range(MOST):
        if await target.evaluate(FOCUSED):
            return
        await tab.keyboard.press("Tab")
    raise OutOfReach(str(target))


async def press(tab: Tab, name: str, *, within: str = "#room", role: str = "button", key: str = "Enter") -> None:
    """The control of this name is reached and pressed."""
    target = tab.locator(within).get_by_role(role, name=name).first  # type: ignore[arg-type]
    await reach(tab, target)
    await tab.keyboard.press(key)


async def choose(tab: Tab, selector: str, words: str) -> None:
    """The entry of this list that begins with these words is chosen by typing."""
    target = tab.locator(selector)
    await reach(tab, target)
    await tab.keyboard.type(words, delay=20)
    chosen = "(one) => one.selectedOptions[0].label"
    assert (await target.evaluate(chosen)).startswith(words), await target.evaluate(chosen)


async def write(tab: Tab, selector: str, words: str) -> None:
    """This field says these words, in place of what it said."""
    await reach(tab, tab.locator(selector))
    await tab.keyboard.press("Control+a")
    await tab.keyboard.type(words)


async def tab_of(tab: Tab, name: str) -> None:
    """The tab of this name is shown, by the arrows from the one that is."""
    shown = tab.locator('[role="tab"][aria-selected="true"]')
    await reach(tab, shown)
    for _ in range(6):
        if (await shown.inner_text()) == name:
            return
        await tab.keyboard.press("ArrowRight")
    raise OutOfReach(name)


async def pick(tab: Tab, name: str, selector: str) -> None:
    """The radio of this name is chosen, from the one of its group that was, by the arrows."""
    await reach(tab, tab.locator(f"{selector}:checked"))
    wanted = tab.get_by_role("radio", name=name)
    for _ in range(MOST):
        if await wanted.is_checked():
            return
        await tab.keyboard.press("ArrowDown")
    raise OutOfReach(name)
