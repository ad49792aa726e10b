"""Edge: the first account of an empty service, asked for on the terminal of the machine it runs on."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from database import cleaning
from database.engine import DatabaseSettings, open_database
from database.refusal import Refusal
from people import accounts, staffing
from people.roles import Role


def ask(question: str, clean: Callable[[str], str]) -> str:
    """An answer that is clean; the question comes again, with what is wrong, until it is."""
    while True:
        try:
            return clean(input(f"{question}: "))
        except Refusal as refusal:
            print(refusal.words)  # noqa: T201 - this is the terminal


async def _has_one(settings: DatabaseSettings) -> bool:
    async with open_database(settings) as database, database.read() as db:
        return bool(await accounts.all_with_role(db, Role.COORDINATOR))


async def _make(settings: DatabaseSettings, *, name: str, email: str, now: datetime) -> None:
    async with open_database(settings) as database, database.write() as db:
        await staffing.first_coordinator(db, name, email, now=now)


def first_coordinator(settings: DatabaseSettings, *, now: datetime) -> None:
    """There is a coordinator: the one who was there, or the one who has just answered on the terminal."""
    if asyncio.run(_has_one(settings)):
        return
    print("This service has nobody yet. Who is its first coordinator?")  # noqa: T201 - this is the terminal
    name, email = ask("Name", cleaning.name), ask("Work email", cleaning.email)
    asyncio.run(_make(settings, name=name, email=email, now=now))
