"""Store: the accounts of the provider's staff. Addresses are sealed, each account under a key of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from people.roles import AccountId, Role, read, written
from people.schema import account, passkey


class AddressTaken(Refusal):
    """Somebody here already has that email."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """One member of staff."""

    id: AccountId
    key_id: str
    name: str
    email: str
    roles: frozenset[Role]
    active: bool
    made_at: datetime
    first_signed_in_at: datetime | None
    has_totp: bool
    passkeys: int

    @property
    def has_second_factor(self) -> bool:
        """Whether an app or a passkey has been set up."""
        return self.has_totp or self.passkeys > 0

    @property
    def initialled(self) -> str:
        """The name as rooms and screens show it: "Idris V."."""
        first, _, last = self.name.partition(" ")
        return f"{first} {last[:1]}." if last else first


def email_digest(db: Transaction, email: str) -> str:
    """The keyed hash by which an address is found, whatever its capitals."""
    return db.digest(f"email:{email.strip().casefold()}")


async def make(db: Transaction, *, name: str, email: str, roles: Iterable[Role], now: datetime) -> Account:
    """The account is there; AddressTaken when the address is in use."""
    box, account_id = await db.new_box(now=now), AccountId(new_id())
    values = {
        "id": account_id,
        "key_id": box.key_id,
        "name": name,
        "email_digest": email_digest(db, email),
        "email_sealed": box.seal("account.email", account_id, email),
        "roles": written(roles),
        "active": True,
        "made_at": now,
    }
    try:
        async with db.savepoint():
            await db.execute(insert(account).values(values))
    except IntegrityError as taken:
        raise AddressTaken(field="email") from taken
    found = await by_id(db, account_id)
    assert found is not None  # noqa: S101 - it was written a line ago
    return found


KEYS = select(func.count()).where(passkey.c.account_id == account.c.id).scalar_subquery().label("passkeys")
ACCOUNTS = select(account, KEYS)


async def _account(db: Transaction, row: Row[Any]) -> Account:
    box = await db.box(row.key_id)
    return Account(
        id=AccountId(row.id),
        key_id=row.key_id,
        name=row.name,
        email=box.open("account.email", row.id, row.email_sealed),
        roles=read(row.roles),
        active=row.active,
        made_at=row.made_at,
        first_signed_in_at=row.first_signed_in_at,
        has_totp=row.totp_confirmed_at is not None,
        passkeys=row.passkeys,
    )


async def by_id(db: Transaction, account_id: str) -> Account | None:
    """The account, or None."""
    row = await db.first(ACCOUNTS.where(account.c.id == account_id))
    return await _account(db, row) if row else None


async def by_email(db: Transaction, email: str) -> Account | None:
    """The account with this address, or None."""
    row = await db.first(ACCOUNTS.where(account.c.email_digest == email_digest(db, email)))
    return await _account(db, row) if row else None


async def anybody(db: Transaction) -> Account | None:
    """The oldest account; None in an empty service."""
    row = await db.first(ACCOUNTS.order_by(account.c.made_at, account.c.id).limit(1))
    return await _account(db, row) if row else None


async def everybody(db: Transaction) -> list[Account]:
    """Every account, by name."""
    return [await _account(db, row) for row in await db.all(ACCOUNTS.order_by(account.c.name))]


async def all_with_role(db: Transaction, role: Role) -> list[Account]:
    """Everybody in this role whose account is on, by name."""
    return [one for one in await everybody(db) if one.active and role in one.roles]


async def change(db: Transaction, account_id: str, **values: object) -> None:
    """These columns of the account are as given."""
    await db.execute(update(account).where(account.c.id == account_id).values(values))


async def totp_secret(db: Transaction, account_id: str) -> str | None:
    """The secret of the account's app, or None."""
    row = await db.first(select(account.c.key_id, account.c.totp_sealed).where(account.c.id == account_id))
    if row is None or row.totp_sealed is None:
        return None
    return str((await db.box(row.key_id)).open("account.totp", account_id, row.totp_sealed))


async def keep_totp(db: Transaction, one: Account, secret: str, *, step: int, now: datetime) -> None:
    """This app, whose code of this step was right and is used, is the account's one app."""
    box = await db.box(one.key_id)
    sealed = box.seal("account.totp", one.id, secret)
    await change(db, one.id, totp_sealed=sealed, totp_confirmed_at=now, totp_last_step=step)


async def forget_totp(db: Transaction, account_id: str) -> None:
    """The account has no app, and its next sign-in counts as its first."""
    nothing = ("totp_sealed", "totp_confirmed_at", "totp_last_step", "first_signed_in_at")
    await change(db, account_id, **dict.fromkeys(nothing))


async def hold_everybody(db: Transaction) -> None:
    """Nobody else changes an account until this transaction ends."""
    await db.execute(select(account.c.id).order_by(account.c.id).with_for_update())


async def use_step(db: Transaction, account_id: str, step: int) -> bool:
    """Whether this step of the account's app was still unused; from now on it is used."""
    unused = account.c.totp_last_step.is_(None) | (account.c.totp_last_step < step)
    taken = update(account).where(account.c.id == account_id, unused).values(totp_last_step=step)
    return await db.changed(taken) == 1
