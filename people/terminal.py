"""Edge: the first coordinator, asked for on the terminal of whoever sets the service up."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime

from database import cleaning
from database.engine import DatabaseSettings, open_database
from database.refusal import Refusal
from people import staffing
from people.accounts import Account

Ask = Callable[[str], str]


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _asked(ask: Ask, question: str, clean: Callable[[str], str]) -> str:
    """The first answer that will do; what is wrong with the others is said. EOFError when nobody answers."""
    while True:
        try:
            return clean(ask(question).strip())
        except Refusal as wrong:
            _say(f"  {wrong.words}")


async def _wanted(settings: DatabaseSettings) -> bool:
    async with open_database(settings) as database, database.read() as db:
        return not await staffing.has_coordinator(db)


async def _make(settings: DatabaseSettings, *, name: str, email: str, now: datetime) -> Account:
    async with open_database(settings) as database, database.write() as db:
        return await staffing.first_coordinator(db, name, email, now=now)


def first_coordinator(settings: DatabaseSettings, *, ask: Ask = input, now: datetime) -> bool:
    """There is a coordinator: whether it was made now, from what was answered on the terminal."""
    if not asyncio.run(_wanted(settings)):
        _say("there is a coordinator already; further people are invited on the Colleagues page")
        return False
    _say("The first coordinator signs in by email, and invites everybody else.")
    try:
        name = _asked(ask, "  Full name: ", cleaning.name)
        email = _asked(ask, "  Work email: ", cleaning.email)
        asyncio.run(_make(settings, name=name, email=email, now=now))
    except EOFError:
        _say("\nnobody answered, so there is no coordinator yet: run `python app.py first-coordinator`")
        return False
    except Refusal as refused:  # somebody was quicker, or the address is that of an account which is switched off
        _say(refused.words)
        return False
    _say(f"{name} can sign in with {email}.")
    return True
