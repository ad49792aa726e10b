"""The first coordinator is asked for until the answers will do, and only once."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from database.engine import DatabaseSettings, open_database
from people import accounts
from people.accounts import Account, AddressTaken
from people.roles import Role
from people.terminal import first_coordinator
from tests.conftest import SERVICE_KEY


def answers(*given: str) -> Callable[[str], str]:
    """Somebody at the terminal who answers so, and then closes it."""
    left = list(given)

    def ask(question: str) -> str:
        assert question.endswith(": ")
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


def nobody(question: str) -> str:
    raise AssertionError(question)


def everybody(settings: DatabaseSettings) -> list[Account]:
    async def read() -> list[Account]:
        async with open_database(settings) as database, database.read() as db:
            return await accounts.everybody(db)

    return asyncio.run(read())


def test_the_first_coordinator_is_asked_for_until_the_answers_will_do(
    sqlite_url: str, moment: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    ask = answers("", "Wren Osei", "wren", " wren@provider.example ")
    assert first_coordinator(settings, ask=ask, now=moment)
    assert [(one.name, one.email) for one in everybody(settings)] == [("Wren Osei", "wren@provider.example")]
    assert "Wren Osei can sign in with wren@provider.example." in capsys.readouterr().out


def test_nobody_is_asked_when_there_is_one(
    sqlite_url: str, moment: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    first_coordinator(settings, ask=answers("Wren Osei", "wren@provider.example"), now=moment)
    assert not first_coordinator(settings, ask=nobody, now=moment)
    assert "already" in capsys.readouterr().out
    assert len(everybody(settings)) == 1


def test_a_terminal_that_does_not_answer_leaves_nothing_behind(
    sqlite_url: str, moment: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    assert not first_coordinator(settings, ask=answers("Wren Osei"), now=moment)
    assert everybody(settings) == []
    assert "python app.py first-coordinator" in capsys.readouterr().out


def test_an_address_that_is_in_use_is_refused_in_plain_words(
    sqlite_url: str, moment: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    asyncio.run(_adviser(settings, moment))
    assert not first_coordinator(settings, ask=answers("Wren Osei", "joy@provider.example"), now=moment)
    assert AddressTaken(field="email").words in capsys.readouterr().out
    assert [one.name for one in everybody(settings)] == ["Joy Okoro"]


async def _adviser(settings: DatabaseSettings, moment: datetime) -> None:
    async with open_database(settings) as database, database.write() as db:
        email = "joy@provider.example"
        await accounts.make(db, name="Joy Okoro", email=email, roles=[Role.ADVISER], now=moment)
