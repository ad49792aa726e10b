"""Store: the passkeys of staff: what a browser registered, and how often it has signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from database.engine import Transaction
from database.ids import new_id
from people.schema import passkey


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """One registered key."""

    id: str
    account_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str


FIELDS = ("id", "account_id", "credential_id", "public_key", "sign_count", "label")


async def add(
    db: Transaction,
    account_id: str,
    *,
    credential_id: bytes,
    public_key: bytes,
    sign_count: int,
    label: str,
    now: datetime,
) -> None:
    """The key belongs to the account."""
    await db.execute(
        insert(passkey).values(
            id=new_id(),
            account_id=account_id,
            credential_id=credential_id,
            public_key=public_key,
            sign_count=sign_count,
            label=label,
            made_at=now,
        )
    )


async def of_account(db: Transaction, account_id: str) -> list[Passkey]:
    """The account's keys, oldest first."""
    rows = await db.all(select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.made_at))
    return [Passkey(**{name: getattr(row, name) for name in FIELDS}) for row in rows]


async def used(db: Transaction, passkey_id: str, *, sign_count: int, now: datetime) -> None:
    """The key has signed."""
    await db.execute(update(passkey).where(passkey.c.id == passkey_id).values(sign_count=sign_count, used_at=now))


async def drop_all(db: Transaction, account_id: str) -> None:
    """The account has no keys any more."""
    await db.execute(delete(passkey).where(passkey.c.account_id == account_id))
