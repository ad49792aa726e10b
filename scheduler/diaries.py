"""Store: diaries of mediators and venue rooms: working hours, absences, and claims that the database keeps apart.

Whoever claims holds the diaries' rows first, in the order of their numbers, so that two who want the same time wait for
each other instead of tripping; that two claims never overlap is the database's own rule (`ex_claim_overlap`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from database.base import INSERT
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from scheduler.schema import CLAIM_OVERLAP, absence, claim, diary, hours
from scheduler.slots import Diary, Opening
from scheduler.spans import Span

BOOKED, GIVEN_BACK = "booked", "given_back"
REST = timedelta(hours=1)  # a mediator's, before and after each meeting; kept by the search, not by the database


class Kind(StrEnum):
    """Whose diary it is."""

    MEDIATOR = "mediator"
    ROOM = "room"


@dataclass(frozen=True, kw_only=True)
class Free:
    """A time, and the mediators who could take it."""

    starts: datetime
    ends: datetime
    mediator_ids: tuple[str, ...]


class SlotTaken(Refusal):
    """Somebody was a little quicker: this time has just been taken. Nothing else has changed."""

    def __init__(self, alternatives: tuple[Free, ...] = ()) -> None:
        self.alternatives = alternatives
        super().__init__()


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Time in which a diary is closed."""

    id: str
    span: Span


async def diary_for(db: Transaction, owner_id: str, kind: Kind) -> int:
    """The number of the owner's diary; a fresh one where there was none."""
    make = INSERT[db.dialect]
    found = select(diary.c.id).where(diary.c.owner_id == owner_id)
    number = await db.scalar(found)
    if number is None:
        fresh = make(diary).values(kind=kind, owner_id=owner_id)
        await db.execute(fresh.on_conflict_do_nothing(index_elements=["owner_id"]))
        number = await db.scalar(found)
    return int(number)


async def set_hours(db: Transaction, diary_id: int, openings: Iterable[Opening]) -> None:
    """The diary is open at these hours of the week, and at no others."""
    await db.execute(delete(hours).where(hours.c.diary_id == diary_id))
    for each in openings:
        values = {"weekday": each.weekday, "opens": each.opens, "closes": each.closes}
        await db.execute(insert(hours).values(diary_id=diary_id, **values))


async def hours_of(db: Transaction, diary_id: int) -> tuple[Opening, ...]:
    """The hours of the week at which the diary is open."""
    mine = select(hours).where(hours.c.diary_id == diary_id).order_by(hours.c.weekday, hours.c.opens)
    return tuple(Opening(weekday=row.weekday, opens=row.opens, closes=row.closes) for row in await db.all(mine))


async def close(db: Transaction, diary_id: int, span: Span) -> str:
    """The diary is closed for this time; the absence's id. Meetings that are booked in it stay."""
    absence_id = new_id()
    values = {"diary_id": diary_id, "starts": span.starts, "ends": span.ends}
    await db.execute(insert(absence).values(id=absence_id, **values))
    return absence_id


async def reopen(db: Transaction, absence_id: str) -> None:
    """The absence is gone."""
    await db.execute(delete(absence).where(absence.c.id == absence_id))


async def absence_ids(db: Transaction, diary_id: int) -> frozenset[str]:
    """The absences of this diary."""
    rows = await db.all(select(absence.c.id).where(absence.c.diary_id == diary_id))
    return frozenset(row.id for row in rows)


async def absences(db: Transaction, diary_ids: Sequence[int], span: Span) -> dict[int, list[Absence]]:
    """The absences that touch this time, by diary."""
    touching = (absence.c.starts < span.ends) & (absence.c.ends > span.starts)
    found = select(absence).where(absence.c.diary_id.in_(list(diary_ids)), touching).order_by(absence.c.starts)
    result: dict[int, list[Absence]] = {number: [] for number in diary_ids}
    for row in await db.all(found):
        result[row.diary_id].append(Absence(id=row.id, span=Span(starts=row.starts, ends=row.ends)))
    return result


async def claims(db: Transaction, diary_ids: Sequence[int], span: Span) -> dict[int, dict[str, Span]]:
    """The claims that touch this time: for each diary, each meeting's span. Those of one meeting are one."""
    touching = (claim.c.starts < span.ends) & (claim.c.ends > span.starts)
    live = (claim.c.state != GIVEN_BACK) & claim.c.diary_id.in_(list(diary_ids))
    result: dict[int, dict[str, Span]] = {number: {} for number in diary_ids}
    for row in await db.all(select(claim).where(live, touching).order_by(claim.c.starts)):
        result[row.diary_id][row.meeting_id] = Span(starts=row.starts, ends=row.ends)
    return result


async def numbers(db: Transaction, owner_ids: Sequence[str]) -> dict[str, int]:
    """The number of each owner's diary; an owner who has none is left out."""
    rows = await db.all(select(diary.c.owner_id, diary.c.id).where(diary.c.owner_id.in_(list(owner_ids))))
    return {row.owner_id: row.id for row in rows}


async def _hours(db: Transaction, diary_ids: Sequence[int]) -> dict[int, list[Opening]]:
    result: dict[int, list[Opening]] = {number: [] for number in diary_ids}
    for row in await db.all(select(hours).where(hours.c.diary_id.in_(list(diary_ids)))):
        result[row.diary_id].append(Opening(weekday=row.weekday, opens=row.opens, closes=row.closes))
    return result


async def load(
    db: Transaction,
    owner_ids: Sequence[str],
    span: Span,
    *,
    closed: frozenset[date] = frozenset(),
    gap: timedelta = timedelta(0),
    but: str = "",
) -> Mapping[str, Diary]:
    """Each owner's diary over this time, absences and claims together; claims of the meeting `but` do not count."""
    known = await numbers(db, owner_ids)
    ids = list(known.values())
    wide = Span(starts=span.starts - gap, ends=span.ends + gap)
    opened, away, taken = await _hours(db, ids), await absences(db, ids, wide), await claims(db, ids, wide)
    return {
        owner: Diary(
            hours=tuple(opened[number]),
            busy=(
                *(each.span for each in away[number]),
                *(span for meeting_id, span in taken[number].items() if meeting_id != but),
            ),
            closed=closed,
            gap=gap,
        )
        for owner, number in known.items()
    }


async def claim_all(db: Transaction, diary_ids: Iterable[int], span: Span, *, meeting_id: str, now: datetime) -> None:
    """The meeting has this time in all of these diaries; SlotTaken, and none of it, when one of them is not free."""
    wanted = sorted(set(diary_ids))
    await db.execute(select(diary.c.id).where(diary.c.id.in_(wanted)).order_by(diary.c.id).with_for_update())
    rows = [
        {"id": new_id(), "diary_id": number, "meeting_id": meeting_id, "starts": span.starts, "ends": span.ends,
         "state": BOOKED, "made_at": now}
        for number in wanted
    ]  # fmt: skip
    try:
        async with db.savepoint():
            await db.execute(insert(claim), rows)
    except IntegrityError as refused:
        if CLAIM_OVERLAP not in str(refused.orig):
            raise
        raise SlotTaken from refused


async def give_back(db: Transaction, meeting_id: str) -> int:
    """The meeting claims no time any more: how many claims it had."""
    mine = (claim.c.meeting_id == meeting_id) & (claim.c.state != GIVEN_BACK)
    return await db.changed(update(claim).where(mine).values(state=GIVEN_BACK))


async def give_back_of(db: Transaction, meeting_id: str, owner_id: str) -> None:
    """The meeting claims no time of this owner any more."""
    theirs = claim.c.diary_id.in_(select(diary.c.id).where(diary.c.owner_id == owner_id))
    mine = (claim.c.meeting_id == meeting_id) & (claim.c.state != GIVEN_BACK)
    await db.execute(update(claim).where(mine, theirs).values(state=GIVEN_BACK))


async def claimed_by(db: Transaction, meeting_id: str) -> list[str]:
    """Whose diaries the meeting claims: the ids of the mediator, of colleagues and of rooms."""
    mine = (claim.c.meeting_id == meeting_id) & (claim.c.state != GIVEN_BACK)
    rows = await db.all(select(diary.c.owner_id).join(claim).where(mine).order_by(diary.c.id))
    return [row.owner_id for row in rows]
