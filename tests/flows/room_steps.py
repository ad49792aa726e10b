"""The day: the door, the waiting rooms, and the room with its floor, sound and pictures."""

import asyncio

from playwright.async_api import expect

from tests.flows.cast import OFFICER, PARENT, Actor, choose, open_link, press
from tests.flows.stage import Stage

PATIENCE = 40_000  # milliseconds: a page on a busy machine, not a promise about speed
WATCHED = "[...document.querySelectorAll('video')].some((one) => one.videoWidth > 0 && !one.paused)"


async def to_the_waiting_room(stage: Stage, role: str, email: str, link: str, *, pictures: bool) -> Actor:
    """Link, button, code, equipment, who, agreement: the person waits with their own side."""
    actor = Actor(role=role, email=email, tab=await stage.tab(permissions=["camera", "microphone"]))
    tab = actor.tab
    with stage.timed(f"join: {role}"):
        await open_link(stage, actor, link, pictures=pictures)
    assert "/equipment" in tab.url, tab.url
    await press(tab, "Try the camera")
    await press(tab, "Try the microphone")
    await stage.album.take(tab, role)
    await press(tab, "Go on", kind="link")
    await stage.album.take(tab, role)
    await press(tab, "Go on", kind="link")
    await press(tab, "Go to my waiting room")
    assert "Say who can hear you" in await tab.locator("#problem").inner_text()
    await choose(tab, hear="nobody", agree="yes")
    await stage.album.take(tab, role)
    await press(tab, "Go to my waiting room")
    assert "/waiting" in tab.url, tab.url
    await stage.album.take(tab, role)
    return actor


async def without_a_code(stage: Stage, role: str, link: str) -> None:
    """Somebody whose mail does not arrive asks to be let in: a place at this meeting's door, and nothing else."""
    tab = await stage.tab()
    await tab.goto(link)
    await tab.get_by_text("I cannot get a code").click()
    await press(tab, "Let me in without a code")
    await stage.album.take(tab, role, "without-a-code")
    for path in ("/authority", "/authority/papers"):
        answer = await tab.request.get(f"{stage.url}{path}", max_redirects=0)
        assert answer.status in (303, 403), path


async def days_early(stage: Stage, idris: Actor) -> None:
    """Long before the meeting the page asks first, and the mediator goes back."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator")
    await press(tab, "Go to the sitting")
    await press(tab, "Open the sitting")
    await expect(tab.get_by_role("button", name="Yes, open it now")).to_be_visible()
    await stage.album.take(tab, idris.role)
    await press(tab, "No, go back", kind="link")
    await expect(tab.get_by_role("button", name="Open the sitting")).to_be_visible()


async def prepare(stage: Stage, idris: Actor, meeting: str) -> None:
    """Before the day the mediator looks at who comes, gives a stage a name of its own, and reads the ground rules."""
    tab, address = idris.tab, f"{stage.url}/mediator/sitting/{meeting}/prepare"
    for path in ("", "/stages", "/stages/usual", "/rules"):
        await tab.goto(f"{address}{path}")
        await stage.album.take(tab, idris.role)


async def watch(stage: Stage, mina: Actor, meeting: str) -> None:
    """The coordinator sees from outside who is here and who is next, and nobody's time."""
    await mina.tab.goto(f"{stage.url}/desk/meeting/{meeting}/live")
    await expect(mina.tab.locator("main")).to_contain_text("Tessa")
    await stage.album.take(mina.tab, mina.role)


async def open_sitting(stage: Stage, idris: Actor) -> None:
    """The mediator opens the sitting from the day's page."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator")
    await stage.album.take(tab, idris.role)
    await press(tab, "Go to the sitting")
    await stage.album.take(tab, idris.role, "closed")
    await press(tab, "Open the sitting")
    await stage.album.take(tab, idris.role)


async def go_in(stage: Stage, idris: Actor, tessa: Actor, officer: Actor) -> None:
    """One is let in on the page of doors, one from the desk; nobody comes in unseen."""
    await idris.tab.get_by_role("button", name="Let in Tessa").click()
    await press(idris.tab, "Go to my desk")  # at once: five seconds with nobody at the desk stop the clocks (3.12)
    await expect(tessa.tab.get_by_role("link", name="Go in")).to_be_visible(timeout=PATIENCE)  # it looks by itself
    await stage.album.take(tessa.tab, tessa.role, "admitted")
    await press(tessa.tab, "Go in", kind="link")
    await expect(idris.tab.locator("#doors")).to_contain_text("SEND")
    await idris.tab.locator("#doors").get_by_role("button", name="Let in").first.click()
    await expect(officer.tab.get_by_role("link", name="Go in")).to_be_visible(timeout=PATIENCE)
    await press(officer.tab, "Go in", kind="link")
    for actor in (tessa, officer, idris):
        await expect(actor.tab.locator("#speaking, #floor").first).to_be_visible(timeout=PATIENCE)


async def seen_moving(actor: Actor) -> None:
    """Somebody else's picture moves on this screen (asked from outside: the content policy forbids eval)."""
    for _ in range(150):
        if await actor.tab.evaluate(WATCHED):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{actor.role} sees nobody's picture")


async def turn_on(*actors: Actor) -> None:
    """Each person turns on their own camera; the others see a moving picture."""
    for actor in actors:
        await actor.tab.get_by_role("switch", name="Camera").click()
    for actor in actors:
        await seen_moving(actor)


async def take_turns(stage: Stage, idris: Actor, tessa: Actor, officer: Actor) -> None:
    """Hands, one order for all, a turn given and finished; a reload shows the same floor."""
    await stage.album.take(tessa.tab, tessa.role, "open-talk")
    await officer.tab.get_by_role("button", name="Ask to speak").first.click()
    await expect(officer.tab.locator("#room")).to_contain_text("You are next")
    await asyncio.sleep(1.2)  # hands raised within one second count as raised together
    await tessa.tab.get_by_role("button", name="Ask to speak").first.click()
    await expect(tessa.tab.locator("#room")).to_contain_text("second")
    await stage.album.take(tessa.tab, tessa.role, "second")
    await stage.album.take(idris.tab, idris.role, "hands")
    with stage.timed("a turn reaches the other screen"):
        await idris.tab.get_by_role("button", name="Give the floor to").first.click()
        await expect(officer.tab.locator("#room")).to_contain_text("You have the floor")
    await expect(tessa.tab.locator("#room")).to_contain_text("has the floor")
    await stage.album.take(officer.tab, officer.role, "floor")
    await stage.album.take(tessa.tab, tessa.role, "listening")
    await tessa.tab.reload()
    await expect(tessa.tab.locator("#room")).to_contain_text("has the floor")
    await expect(tessa.tab.locator("#room")).to_contain_text("You are next")
    await officer.tab.get_by_role("button", name="I have finished").click()
    await expect(officer.tab.locator("#room")).not_to_contain_text("You have the floor")
    await idris.tab.get_by_role("button", name="Give the floor to Tessa").click()
    await expect(tessa.tab.locator("#room")).to_contain_text("You have the floor")
    await tessa.tab.get_by_role("button", name="I have finished").click()


async def own_time(stage: Stage, idris: Actor, tessa: Actor, officer: Actor) -> None:
    """A side has its own time: the others' microphones are held within the second, and come back closed."""
    await officer.tab.get_by_role("switch", name="Mic").click()
    await expect(officer.tab.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "true")
    await idris.tab.locator("#mode").select_option("statement")
    await idris.tab.locator("#own-seat").select_option(label="Tessa A.")
    await press(idris.tab, "Start this time")
    with stage.timed("a microphone is held"):
        await expect(officer.tab.locator("#room")).to_contain_text("Mic held")
    await stage.album.take(officer.tab, officer.role, "held")
    await stage.album.take(idris.tab, idris.role, "statement")
    await stage.album.take(tessa.tab, tessa.role, "own-time")
    await idris.tab.get_by_role("button", name="End the turn").click()
    await idris.tab.locator("#mode").select_option("open_talk")
    await press(idris.tab, "Change to this")
    await expect(officer.tab.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "false")


async def come_back(stage: Stage, tessa: Actor, officer: Actor) -> None:
    """A lost connection comes back by itself, to the same place."""
    await tessa.tab.get_by_role("button", name="Ask to speak").first.click()
    await expect(tessa.tab.locator("#room")).to_contain_text("You are next")
    await tessa.tab.context.set_offline(True)
    await tessa.tab.wait_for_timeout(1500)
    await tessa.tab.context.set_offline(False)
    await expect(tessa.tab.locator("#room")).to_contain_text("You are next", timeout=PATIENCE)
    await stage.album.take(tessa.tab, tessa.role, "back")
    await stage.album.take(officer.tab, officer.role)


expect.set_options(timeout=20_000)


async def the_room(
    stage: Stage, idris: Actor, mina: Actor, *, meeting: str, links: dict[str, str]
) -> tuple[Actor, Actor]:
    """From the door to the end of the talk."""
    await prepare(stage, idris, meeting)
    tessa = await to_the_waiting_room(stage, "PA", PARENT[1], links[PARENT[1]], pictures=True)
    await without_a_code(stage, "LA", links[OFFICER[1]])
    officer = await to_the_waiting_room(stage, "LA", OFFICER[1], links[OFFICER[1]], pictures=False)
    await open_sitting(stage, idris)
    await go_in(stage, idris, tessa, officer)
    await turn_on(tessa, officer)
    await watch(stage, mina, meeting)
    await take_turns(stage, idris, tessa, officer)
    await own_time(stage, idris, tessa, officer)
    await come_back(stage, tessa, officer)
    return tessa, officer
