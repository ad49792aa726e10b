"""Store: the directory of councils: each with the team that a notice goes to, its address sealed under its own key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from cases.schema import authority
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from database.vault import Box

ID_LENGTH = 26


class AuthorityUnknown(Refusal):
    """Choose the council that sent the letter."""

    def __init__(self) -> None:
        super().__init__(field="authority")


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A council, and how its mediation team is reached."""

    id: str
    key_id: str
    name: str
    team: str
    email: str
    phone: str | None
    active: bool


def _authority(row: Row[Any], box: Box) -> Authority:
    same = ("id", "key_id", "name", "team", "active")
    return Authority(
        **{name: getattr(row, name) for name in same},
        email=box.open("authority.email", row.id, row.email_sealed),
        phone=box.open("authority.phone", row.id, row.phone_sealed),
    )


async def add(
    db: Transaction, *, name: str, team: str, email: str, phone: str | None = None, now: datetime
) -> Authority:
    """The council is in the directory, and can be chosen."""
    authority_id, box = new_id(), await db.new_box(now=now)
    await db.execute(
        insert(authority).values(
            id=authority_id,
            key_id=box.key_id,
            name=name,
            team=team,
            email_sealed=box.seal("authority.email", authority_id, email),
            phone_sealed=box.seal("authority.phone", authority_id, phone),
            active=True,
            made_at=now,
        ),
    )
    return await by_id(db, authority_id)


async def change(db: Transaction, authority_id: str, *, team: str, email: str, phone: str | None) -> None:
    """From now on notices go to this team at this address."""
    known = await by_id(db, authority_id)
    box = await db.box(known.key_id)
    values = {
        "team": team,
        "email_sealed": box.seal("authority.email", authority_id, email),
        "phone_sealed": box.seal("authority.phone", authority_id, phone),
    }
    await db.execute(update(authority).where(authority.c.id == authority_id).values(values))


async def retire(db: Transaction, authority_id: str) -> None:
    """The council can no longer be chosen; its cases go on."""
    await db.execute(update(authority).where(authority.c.id == authority_id).values(active=False))


async def by_id(db: Transaction, authority_id: str) -> Authority:
    """The council with this id; AuthorityUnknown when there is none."""
    # What is no id at all comes from a form; a database may not even be able to read it.
    looks_right = len(authority_id) == ID_LENGTH and authority_id.isascii() and authority_id.isalnum()
    row = await db.first(select(authority).where(authority.c.id == authority_id)) if looks_right else None
    if row is None:
        raise AuthorityUnknown
    return _authority(row, await db.box(row.key_id))


async def all_active(db: Transaction) -> Sequence[Authority]:
    """Every council that can be chosen, by name."""
    rows = await db.all(select(authority).where(authority.c.active).order_by(authority.c.name))
    return [_authority(row, await db.box(row.key_id)) for row in rows]
