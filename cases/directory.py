"""Act: the directory of councils is kept: a council comes in, or its team is reached in another way from now on."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from cases import authorities
from cases.authorities import Authority
from database.engine import Transaction
from database.refusal import Refusal
from people import audit
from people.access import Person, require


class CouncilKnown(Refusal):
    """This council is in the directory already. Open it there to change it."""


async def add(
    db: Transaction, *, name: str, team: str, email: str, phone: str | None, person: Person, now: datetime
) -> Authority:
    """Families can choose the council from now on; CouncilKnown when its name is in the directory."""
    require(person, "case.edit")
    try:
        async with db.savepoint():
            made = await authorities.add(db, name=name, team=team, email=email, phone=phone, now=now)
    except IntegrityError as known:
        raise CouncilKnown(field="name") from known
    await audit.note(db, person, "council.add", f"authority:{made.id}", now=now)
    return made


async def change(
    db: Transaction, authority_id: str, *, team: str, email: str, phone: str | None, person: Person, now: datetime
) -> None:
    """From now on notices go to this team at this address."""
    require(person, "case.edit")
    await authorities.change(db, authority_id, team=team, email=email, phone=phone)
    await audit.note(db, person, "council.change", f"authority:{authority_id}", now=now)
