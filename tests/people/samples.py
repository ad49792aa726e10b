"""Staff as the tests of several files need them."""

from datetime import datetime, timedelta

from database.engine import Database, Transaction
from database.ids import fingerprint
from people import accounts, sessions
from people.access import Person
from people.accounts import Account
from people.roles import Role

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def idris(database: Database, moment: datetime) -> Account:
    """A mediator who has never signed in."""
    return await colleague(database, moment, "Idris Vaughan", Role.MEDIATOR)


async def colleague(database: Database, moment: datetime, name: str, *roles: Role) -> Account:
    """Somebody who works here."""
    email = f"{name.split(maxsplit=1)[0].lower()}@provider.example"
    async with database.write() as db:
        return await accounts.make(db, name=name, email=email, roles=roles, now=moment)


async def session(database: Database, account: Account, *, second_factor: bool = True, now: datetime) -> Person:
    """The account signed in on some device; without a second factor it waits for one."""
    async with database.write() as db:
        secret = await sessions.open_staff(db, account.id, second_factor=second_factor, device="Firefox", now=now)
    return await holder(database, secret, now=now)


async def holder(database: Database, secret: str, *, now: datetime) -> Person:
    """Who holds this secret; the test fails when nobody does."""
    person = await perhaps(database, secret, now=now)
    assert person is not None
    return person


async def perhaps(database: Database, secret: str, *, now: datetime) -> Person | None:
    """Who holds this secret, if anybody."""
    async with database.read() as db:
        return await sessions.staff_person(db, hashed(secret), request_id="request", now=now)


def hashed(secret: str) -> str:
    """How a session is stored."""
    return fingerprint(secret)


async def with_app(db: Transaction, account: Account, now: datetime) -> None:
    """The account has an app that shows the codes of `TOTP_SECRET`."""
    await accounts.keep_totp(db, account, TOTP_SECRET, step=0, now=now - timedelta(days=1))
