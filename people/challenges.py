"""Store: one-time codes: six digits, ten minutes, five tries, once, and in the browser that asked for them only.

Ten codes a day for one account or link, three in ten minutes: the chance of guessing in is below 5 in 100,000 a day
(reliability N4). Wrong, old and unknown are one answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from database.engine import Transaction
from database.ids import new_code, new_id
from database.refusal import Refusal
from people.schema import challenge

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
KEPT = timedelta(days=1)
SENDINGS = ((3, 600), (10, 86_400))  # at most so many in so many seconds


class WrongCode(Refusal):
    """That code did not work. It may be from an older message. Nothing is lost."""

    def __init__(self) -> None:
        super().__init__(field="code")


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """A code that is on its way."""

    id: str
    code: str
    expires_at: datetime


def _digest(db: Transaction, challenge_id: str, code: str) -> str:
    return db.digest(f"code:{challenge_id}:{code}")


async def make(db: Transaction, *, purpose: str, subject: str, browser: str, now: datetime) -> Challenge:
    """A fresh code; older ones of the same subject and browser no longer work."""
    old = (challenge.c.subject == subject, challenge.c.browser == browser, challenge.c.used_at.is_(None))
    await db.execute(update(challenge).where(*old).values(expires_at=now))
    made = Challenge(id=new_id(), code=new_code(), expires_at=now + LIFE)
    await db.execute(
        insert(challenge).values(
            id=made.id,
            purpose=purpose,
            subject=subject,
            browser=browser,
            code_digest=_digest(db, made.id, made.code),
            made_at=now,
            expires_at=made.expires_at,
            tries=0,
        )
    )
    return made


async def open_for(db: Transaction, *, purpose: str, browser: str, subject: str | None, now: datetime) -> str | None:
    """The newest code that still works for this browser (and this subject, when given): its id, or None."""
    found = select(challenge.c.id).where(
        challenge.c.purpose == purpose,
        challenge.c.browser == browser,
        challenge.c.used_at.is_(None),
        challenge.c.expires_at > now,
        challenge.c.tries < MOST_TRIES,
    )
    if subject is not None:
        found = found.where(challenge.c.subject == subject)
    known = await db.scalar(found.order_by(challenge.c.made_at.desc()).limit(1))
    return str(known) if known else None


async def use(db: Transaction, challenge_id: str, code: str, *, now: datetime) -> str | None:
    """The subject, once, when the code is right. A wrong one costs a try, which is kept; then the answer is None."""
    works = (challenge.c.id == challenge_id, challenge.c.used_at.is_(None), challenge.c.expires_at > now)
    spent = update(challenge).where(*works, challenge.c.tries < MOST_TRIES).values(tries=challenge.c.tries + 1)
    if await db.changed(spent) != 1:
        return None
    right = update(challenge).where(*works, challenge.c.code_digest == _digest(db, challenge_id, code))
    if await db.changed(right.values(used_at=now)) != 1:
        return None
    return str(await db.scalar(select(challenge.c.subject).where(challenge.c.id == challenge_id)))


async def sweep(db: Transaction, *, now: datetime) -> int:
    """Codes of more than a day ago are gone; how many."""
    return await db.changed(delete(challenge).where(challenge.c.made_at < now - KEPT))
