"""Stage B of the way: a mediator, a time, invitations that move and are cancelled, and the door."""

import re

from playwright.async_api import Page as Tab

from tests.flows.cast import MEDIATOR, OFFICER, PARENT, Actor, choose, press, write
from tests.flows.stage import Stage


async def find_case(stage: Stage, mina: Actor, child: str) -> str:
    """The address of a child's case, from the coordinator's list."""
    await mina.tab.goto(f"{stage.url}/desk/cases")
    await stage.album.take(mina.tab, mina.role)
    row = mina.tab.get_by_role("row").filter(has_text=child)
    href = await row.locator("a").first.get_attribute("href")
    return f"{stage.url}{href}"


async def give_mediator(stage: Stage, mina: Actor, case: str) -> None:
    """The coordinator gives the case to the mediator; the promise of contact begins to show."""
    tab = mina.tab
    await tab.goto(f"{stage.url}/desk")
    await stage.album.take(tab, mina.role)
    await tab.goto(case)
    await stage.album.take(tab, mina.role)
    await tab.goto(f"{case}/assign?duty=mediator")
    await stage.album.take(tab, mina.role)
    await tab.get_by_label(MEDIATOR[0]).check()
    await tab.locator('[name="independent"]').check()
    await press(tab, "Give them the case")
    await stage.mail(MEDIATOR[1], "case")


async def reach_family(stage: Stage, idris: Actor) -> None:
    """The mediator rings, and writes it down: the promise is kept."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator")
    await stage.album.take(tab, idris.role, "promise")
    await press(tab, "Ring, and write it down")
    await stage.album.take(tab, idris.role)
    await choose(tab, reached="yes", channel="phone")
    await press(tab, "Save")
    assert "Nobody is waiting for your call" in await tab.locator("main").inner_text()


async def set_hours(stage: Stage, mina: Actor) -> None:
    """The mediator's working hours, and the week as a table."""
    tab = mina.tab
    await tab.goto(f"{stage.url}/desk/diary")
    await stage.album.take(tab, mina.role)
    await tab.get_by_role("link", name=re.compile("hours|Idris", re.IGNORECASE)).first.click()
    await tab.wait_for_load_state("load")
    await stage.album.take(tab, mina.role)
    for number in range(5):
        await write(tab, **{f"opens-{number}": "9:00", f"closes-{number}": "17:00"})
    await press(tab, "Save the hours")


async def pick(stage: Stage, mina: Actor, place: int) -> None:
    """One of the free times is picked: its own page says what it does and whom it tells."""
    buttons = mina.tab.locator(".eh-slot__do a")
    await buttons.nth(place).click()
    await mina.tab.wait_for_load_state("load")
    await stage.album.take(mina.tab, mina.role)


async def waive(tab: Tab) -> None:
    """Where the notice is short, the family has let it go, by phone."""
    if await tab.locator('[name="waived_by"]').count():
        await tab.locator('[name="waived_by"]').first.check()
        await tab.locator('[name="waived_channel"][value="phone"]').check()


async def book(stage: Stage, mina: Actor, case: str, *, place: int) -> str:
    """A free time is booked; the address of the meeting."""
    tab = mina.tab
    await tab.goto(f"{case}/times")
    await stage.album.take(tab, mina.role)
    await pick(stage, mina, place)
    await waive(tab)
    with stage.timed("book"):
        await press(tab, "Book it and tell everybody")
    if "/desk/meeting/" not in tab.url:
        await tab.goto(case)
        href = await tab.locator('a[href*="/desk/meeting/"]').last.get_attribute("href")
        await tab.goto(f"{stage.url}{href}")
    await stage.album.take(tab, mina.role)
    return tab.url


async def move(stage: Stage, mina: Actor, meeting: str) -> None:
    """The meeting moves; everybody's calendar is told, with the next SEQUENCE."""
    tab, before = mina.tab, len(stage.catcher.mails)
    await tab.goto(f"{meeting}/move")
    await stage.album.take(tab, mina.role)
    await tab.locator(".eh-slot__do a").nth(3).click()
    await tab.wait_for_load_state("load")
    await waive(tab)
    await press(tab, "Move it and tell everybody")
    for email in (PARENT[1], OFFICER[1], MEDIATOR[1]):
        mail = await stage.mail(email, "Changed", after=before)
        assert "SEQUENCE:1" in mail.calendar
        assert "METHOD:REQUEST" in mail.calendar


async def cancel(stage: Stage, mina: Actor, meeting: str) -> None:
    """The meeting is cancelled, and leaves every calendar."""
    tab, before = mina.tab, len(stage.catcher.mails)
    await tab.goto(f"{meeting}/cancel")
    await stage.album.take(tab, mina.role)
    await tab.locator('[name="reason"]').first.check()
    await press(tab, "Cancel it and tell everybody")
    mail = await stage.mail(PARENT[1], "Cancelled", after=before)
    assert "METHOD:CANCEL" in mail.calendar
    assert "SEQUENCE:2" in mail.calendar


async def other_pages(stage: Stage, mina: Actor, case: str) -> None:
    """What the coordinator also has: people of the case, messages, venues."""
    tab = mina.tab
    for path in ("/desk/messages", "/desk/venues", "/desk/venues/new"):
        await tab.goto(f"{stage.url}{path}")
        await stage.album.take(tab, mina.role)
    await write(tab, name="Lindenfold House", address="4 Linden Row, Northmere NM1 2AB", directions="Bus 7")
    await tab.locator("main form button[type=submit]").first.click()
    await tab.wait_for_load_state("load")
    await tab.goto(f"{stage.url}/desk/venues")
    await tab.get_by_role("link", name="Lindenfold").first.click()
    await tab.wait_for_load_state("load")
    await write(tab, room="Oak", seats="8")
    await press(tab, "Add this room")
    await stage.album.take(tab, mina.role)
    await tab.goto(f"{case}/people")
    await stage.album.take(tab, mina.role)
    await tab.get_by_role("link", name="Tessa").first.click()
    await tab.wait_for_load_state("load")
    await stage.album.take(tab, mina.role)
    for path in ("in-person",):
        await tab.goto(f"{case}/{path}")
        await stage.album.take(tab, mina.role)
