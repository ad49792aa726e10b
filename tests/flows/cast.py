"""The people of a journey, and how each of them comes in: staff by mailed code, everyone else by their own link."""

from dataclasses import dataclass

import pyotp
from playwright.async_api import Page as Tab

from tests.flows.stage import Stage, code_in

COORDINATOR = ("Mina Farrow", "mina@evenhand.example")
ADVISER = ("Joy Okoro", "joy@evenhand.example")
MEDIATOR = ("Idris Vaughan", "idris@evenhand.example")
PARENT = ("Tessa Archer", "tessa@post.example")
OFFICER = ("SEND mediation team", "send@northmere.example")


@dataclass(kw_only=True)
class Actor:
    """One person with a browser of their own."""

    role: str
    email: str
    tab: Tab
    secret: str = ""  # of their authenticator app


async def press(tab: Tab, words: str, *, kind: str = "button") -> None:
    """The button (or link) with these words is pressed, and the page that follows has come."""
    await tab.get_by_role(kind, name=words).first.click()  # type: ignore[arg-type]
    await tab.wait_for_load_state("load")


async def write(tab: Tab, **fields: str) -> None:
    """These fields, by their names, hold these texts."""
    for name, text in fields.items():
        await tab.locator(f'[name="{name}"]').first.fill(text)


async def choose(tab: Tab, **fields: str) -> None:
    """These radios or boxes, by name and value, are chosen."""
    for name, value in fields.items():
        await tab.locator(f'input[name="{name}"][value="{value}"]').check()


async def day(tab: Tab, name: str, when: tuple[int, int, int]) -> None:
    """A day in its three fields: day, month, year."""
    for part, number in zip(("day", "month", "year"), when, strict=True):
        await tab.locator(f'[name="{name}-{part}"]').fill(str(number))


async def sign_in(stage: Stage, role: str, email: str, *, pictures: bool = False) -> Actor:
    """A member of staff signs in by mailed code; the page after it is shown."""
    actor = Actor(role=role, email=email, tab=await stage.tab())
    await with_code(stage, actor, pictures=pictures)
    return actor


async def with_code(stage: Stage, actor: Actor, *, pictures: bool = False) -> None:
    """The work email, the code from the mail; the page after it is shown."""
    before = len(stage.catcher.mails)
    await actor.tab.goto(f"{stage.url}/sign-in")
    if pictures:
        await stage.album.take(actor.tab, "anyone")
    await write(actor.tab, email=actor.email)
    await press(actor.tab, "Send me a code")
    if pictures:
        await stage.album.take(actor.tab, "anyone")
    code = code_in(await stage.mail(actor.email, "code", after=before))
    await write(actor.tab, code=code)
    await press(actor.tab, "Sign in")


async def set_up(stage: Stage, actor: Actor) -> None:
    """The first sign-in asks for a second proof; from then on it is needed."""
    await stage.album.take(actor.tab, actor.role)
    actor.secret = (await actor.tab.locator(".eh-code").first.inner_text()).replace(" ", "")
    await write(actor.tab, code=pyotp.TOTP(actor.secret).now())
    await press(actor.tab, "Save")


async def sign_in_again(stage: Stage, actor: Actor) -> None:
    """Signed out and in again: this time the second proof is asked for."""
    await press(actor.tab, "Sign out")
    await with_code(stage, actor, pictures=False)
    await stage.album.take(actor.tab, actor.role)
    step = pyotp.TOTP(actor.secret)
    await write(actor.tab, code=step.at(int(stage.now().timestamp()) + 30))  # the next step: each works once
    await press(actor.tab, "Go on")


async def open_link(stage: Stage, actor: Actor, link: str, *, pictures: bool = False) -> None:
    """Page, button, code by mail: the person is in, in this browser only."""
    before = len(stage.catcher.mails)
    await actor.tab.goto(link)
    if pictures:
        await stage.album.take(actor.tab, "anyone")
    await press(actor.tab, "Send my code")
    if pictures:
        await stage.album.take(actor.tab, "anyone")
    await write(actor.tab, code=code_in(await stage.mail(actor.email, "code", after=before)))
    await press(actor.tab, "Go on")
