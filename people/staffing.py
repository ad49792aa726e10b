"""Act: who works here: invited, given roles, switched off; the first of them from the terminal."""

from collections.abc import Iterable
from datetime import datetime

from database.engine import Transaction
from database.refusal import Refusal
from notifications import messages, posting
from notifications.posting import Recipient
from notifications.wording import Office
from people import accounts, audit, second_factor, sessions
from people.access import SERVICE, NotFound, Person, require
from people.accounts import Account
from people.roles import Role, written


class AlreadyBegun(Refusal):
    """There is a coordinator already; further people are invited by them."""


class LastCoordinator(Refusal):
    """Somebody must stay coordinator. Give another person that role first."""

    def __init__(self) -> None:
        super().__init__(field="roles")


async def has_coordinator(db: Transaction) -> bool:
    """Whether anybody whose account is on is coordinator."""
    return bool(await accounts.all_with_role(db, Role.COORDINATOR))


async def first_coordinator(db: Transaction, name: str, email: str, *, now: datetime) -> Account:
    """The first account of an empty service; AlreadyBegun when there is a coordinator."""
    if await has_coordinator(db):
        raise AlreadyBegun
    made = await accounts.make(db, name=name, email=email, roles=[Role.COORDINATOR], now=now)
    await audit.note(db, SERVICE, "account.made", f"account:{made.id}", now=now)
    return made


async def invite(
    db: Transaction, office: Office, *, name: str, email: str, roles: Iterable[Role], person: Person, now: datetime
) -> Account:
    """The account is there, and its holder has a mail that says how to sign in."""
    require(person, "accounts.change")
    await second_factor.require_fresh(db, person, now=now)
    made = await accounts.make(db, name=name, email=email, roles=roles, now=now)
    letter = messages.staff_invitation(
        account_id=made.id,
        link=office.house.address("/sign-in"),
        roles=[role.words for role in Role if role in made.roles],
    )
    to = Recipient(email=made.email, name=made.name, key_id=made.key_id, account_id=made.id)
    await posting.post(db, office, letter, to=to, now=now)
    await audit.note(db, person, "account.made", f"account:{made.id}", now=now)
    return made


async def _known(db: Transaction, account_id: str) -> Account:
    found = await accounts.by_id(db, account_id)
    if found is None:
        raise NotFound
    return found


async def _keep_one(db: Transaction, account_id: str) -> None:
    await accounts.hold_everybody(db)
    if not [one for one in await accounts.all_with_role(db, Role.COORDINATOR) if one.id != account_id]:
        raise LastCoordinator


async def give_roles(
    db: Transaction, account_id: str, roles: frozenset[Role], *, person: Person, now: datetime
) -> None:
    """The account has these roles from its next page on."""
    require(person, "accounts.change")
    await second_factor.require_fresh(db, person, now=now)
    account = await _known(db, account_id)
    if Role.COORDINATOR in account.roles - roles:
        await _keep_one(db, account_id)
    await accounts.change(db, account_id, roles=written(roles))
    await audit.note(db, person, "account.roles", f"account:{account_id}", now=now)


async def switch(db: Transaction, account_id: str, *, on: bool, person: Person, now: datetime) -> None:
    """The account may sign in, or may not and is signed out everywhere at once."""
    require(person, "accounts.change")
    await second_factor.require_fresh(db, person, now=now)
    account = await _known(db, account_id)
    if not on:
        if Role.COORDINATOR in account.roles:
            await _keep_one(db, account_id)
        await sessions.end_all_of(db, account_id, now=now)
    await accounts.change(db, account_id, active=on)
    await audit.note(db, person, "account.on" if on else "account.off", f"account:{account_id}", now=now)
