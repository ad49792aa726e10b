"""Stage A of the way: the house is furnished, a family writes, an adviser explains, the family chooses."""

from datetime import date, timedelta

from tests.flows.cast import (
    ADVISER,
    COORDINATOR,
    MEDIATOR,
    OFFICER,
    PARENT,
    Actor,
    choose,
    day,
    press,
    set_up,
    sign_in,
    sign_in_again,
    write,
)
from tests.flows.stage import Stage


def _parts(when: date) -> tuple[int, int, int]:
    return when.day, when.month, when.year


async def look_round(stage: Stage) -> None:
    """The pages that need nobody."""
    tab = await stage.tab()
    for path in ("/", "/help", "/privacy", "/accessibility", "/certificate"):
        await tab.goto(f"{stage.url}{path}")
        await stage.album.take(tab, "anyone")


async def coordinator_comes(stage: Stage) -> Actor:
    """The first coordinator signs in, sets up a second proof, and signs in again with it."""
    mina = await sign_in(stage, "coordinator", COORDINATOR[1], pictures=True)
    await set_up(stage, mina)
    await sign_in_again(stage, mina)
    await stage.album.take(mina.tab, mina.role, "empty")
    return mina


async def furnish(stage: Stage, mina: Actor) -> None:
    """A council, a place to meet, an adviser and a mediator with working hours."""
    tab = mina.tab
    await tab.goto(f"{stage.url}/desk/councils")
    await stage.album.take(tab, mina.role, "empty")
    await tab.goto(f"{stage.url}/desk/councils/new")
    await stage.album.take(tab, mina.role)
    await write(tab, name="Northmere Borough Council", team=OFFICER[0], email=OFFICER[1], phone="01632 960233")
    await tab.locator("main button[type=submit]").first.click()
    await tab.goto(f"{stage.url}/desk/councils")
    await stage.album.take(tab, mina.role)
    await tab.get_by_role("link", name="Northmere").first.click()
    await stage.album.take(tab, mina.role)
    await tab.goto(f"{stage.url}/desk/people")
    for (name, email), role in ((ADVISER, "adviser"), (MEDIATOR, "mediator")):
        await write(tab, name=name, email=email)
        await choose(tab, roles=role)
        await tab.locator("main button[type=submit]").first.click()
        await tab.wait_for_load_state("load")
        await tab.goto(f"{stage.url}/desk/people")
    await stage.album.take(tab, mina.role)
    await tab.get_by_role("link", name="Idris").first.click()
    await stage.album.take(tab, mina.role)


async def staff_come(stage: Stage) -> tuple[Actor, Actor]:
    """Adviser and mediator sign in for the first time, and once more with their second proof."""
    found = []
    for role, (_, email) in (("adviser", ADVISER), ("mediator", MEDIATOR)):
        actor = await sign_in(stage, role, email)
        await set_up(stage, actor)
        await sign_in_again(stage, actor)
        await stage.album.take(actor.tab, role, "empty")
        found.append(actor)
    return found[0], found[1]


async def enquire(stage: Stage) -> Actor:
    """A parent writes, late, on a phone; one slip is shown to them at the right field."""
    tessa = Actor(role="PA", email=PARENT[1], tab=await stage.tab())
    tab, letter = tessa.tab, stage.now().date() - timedelta(days=20)
    await tab.goto(f"{stage.url}/enquire/decision")
    await stage.album.take(tab, "anyone")
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone", "error")
    assert "Pick the one that is nearest" in await tab.locator(".govuk-error-summary").inner_text()
    await choose(tab, decision="contents")
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone", "letter")
    await tab.locator("select").select_option(label="Northmere Borough Council")
    await day(tab, "letter", (letter.day, 14, letter.year))
    await press(tab, "Continue")
    assert "You wrote 14" in await tab.locator(".govuk-error-summary").inner_text()
    await stage.album.take(tab, "anyone", "letter-error")
    await day(tab, "letter", _parts(letter))
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone", "who")
    await write(tab, child="Rowan", surname="Archer", name=PARENT[0])
    await day(tab, "born", (19, 5, 2016))
    await choose(tab, you="parent")
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone", "reach")
    await write(tab, phone="07700 900142", email=PARENT[1], when="9:30 to 2:30")
    await choose(tab, way="email", safe="yes")
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone", "needs")
    await choose(tab, need="time")
    await write(tab, more="I am dyslexic. Please do not ask me to read aloud.")
    await press(tab, "Continue")
    await stage.album.take(tab, "anyone")
    with stage.timed("send the enquiry"):
        await press(tab, "Send")
    await stage.album.take(tab, "anyone")
    assert "Thank you" in await tab.locator("h1").inner_text()
    return tessa


async def take_by_phone(stage: Stage, mina: Actor, joy: Actor) -> None:
    """A neighbour rings for a second family, whose letter is lost; the family is asked, and its yes written down."""
    tab = mina.tab
    await tab.goto(f"{stage.url}/desk/enquiry")
    await stage.album.take(tab, mina.role)
    await choose(tab, came_by="phone", you="helper", decision="not-assess", safe="yes")
    await write(
        tab,
        name="Nora Field",
        own_phone="07700 900156",
        family="Nadia Dean",
        child="Sol",
        surname="Dean",
        phone="07700 900155",
        email="nadia@post.example",
    )
    await day(tab, "born", (3, 2, 2019))
    await tab.locator("select").first.select_option(label="Northmere Borough Council")
    await tab.locator('[name="reach"]').first.check()
    await tab.locator("main form button[type=submit]").last.click()
    await tab.wait_for_load_state("load")
    assert "/desk/case/" in tab.url, await tab.locator("main").inner_text()
    await stage.album.take(tab, mina.role, "helper")
    await joy.tab.goto(f"{tab.url}/yes")
    await stage.album.take(joy.tab, joy.role)
    await tab.get_by_role("link", name="Write down their yes").first.click()
    await stage.album.take(tab, mina.role)
    await tab.locator("main form button[type=submit]").last.click()
    await tab.wait_for_load_state("load")
    assert "The family said yes on" in await tab.locator("main").inner_text()
    await stage.album.take(tab, mina.role, "new")


async def advise(stage: Stage, joy: Actor, child: str, choice: str) -> None:
    """The adviser rings, ticks each point, and writes down what the family chose."""
    tab = joy.tab
    await tab.goto(f"{stage.url}/advice")
    await stage.album.take(tab, joy.role, "calls")
    await tab.get_by_role("listitem").filter(has_text=child).get_by_role("button", name="Start the call").click()
    await stage.album.take(tab, joy.role)
    for box in await tab.locator('input[name="ticks"]').all():
        await box.check()
    await press(tab, "Go to the choice")
    await stage.album.take(tab, joy.role)
    await choose(tab, choice=choice)
    with stage.timed(f"save the choice: {choice}"):
        await press(tab, "Save their choice")


async def find_date(stage: Stage, mina: Actor, joy: Actor) -> None:
    """The second family's certificate is due, but its letter has no date; the adviser finds it and writes it down."""
    letter, tab = stage.now().date() - timedelta(days=10), joy.tab
    await tab.goto(f"{stage.url}/advice")
    await tab.get_by_role("listitem").filter(has_text="Sol").get_by_role("button", name="Look and issue").click()
    await tab.wait_for_load_state("load")
    await stage.album.take(tab, joy.role, "undated")
    assert "but the date of the letter is missing" in await tab.locator("main").inner_text()
    await press(tab, "Add the date of the letter")
    await stage.album.take(tab, joy.role)
    await day(tab, "letter_date", _parts(stage.now().date() + timedelta(days=1)))
    await press(tab, "Save the facts")
    assert "still to come" in await tab.locator(".govuk-error-summary").inner_text()
    await stage.album.take(tab, joy.role, "error")
    await day(tab, "letter_date", _parts(letter))
    await press(tab, "Save the facts")
    assert tab.url.endswith("/certificate"), await tab.locator("main").inner_text()
    await mina.tab.goto(tab.url.replace("/certificate", "/facts"))
    await stage.album.take(mina.tab, mina.role)
