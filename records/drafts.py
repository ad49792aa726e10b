"""Store: versions of a record in the making, and each side's mark on them; sealed under the key of their case.

A version that was sent to the parties is never changed: what is written after that is the next version, and starts
without a mark. The database allows one version of each number, and one mark of each seat on a version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, Select, delete, insert, select, update

from cases.schema import case_file
from database.engine import Transaction
from database.ids import new_id
from database.vault import Box
from people.access import NotFound
from records.agreement import Channel, Confirmation, Draft, Mark, canonical, read, revised, version_hash
from records.schema import draft, mark


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One version as it is kept: its words, their hash, and when it was sent, if it was."""

    id: str
    case_id: str
    meeting_id: str
    words: Draft
    hash: str
    made_at: datetime
    made_by: str
    sent_at: datetime | None

    @property
    def version(self) -> int:
        """The number of the version, from 1."""
        return self.words.version


def _sheets() -> Select[tuple[object, ...]]:
    return select(draft, case_file.c.key_id).join(case_file, case_file.c.id == draft.c.case_id)


async def _box(db: Transaction, case_id: str) -> Box:
    return await db.box(await db.scalar(select(case_file.c.key_id).where(case_file.c.id == case_id)))


def _sheet(row: Row[tuple[object, ...]], box: Box) -> Sheet:
    kept = {name: getattr(row, name) for name in Sheet.__dataclass_fields__ if name != "words"}
    return Sheet(**kept, words=read(box.open("draft.body", row.id, row.body_sealed)))


async def versions(db: Transaction, meeting_id: str) -> Sequence[Sheet]:
    """Every version of this meeting's record, the newest first."""
    rows = await db.all(_sheets().where(draft.c.meeting_id == meeting_id).order_by(draft.c.version.desc()))
    return [_sheet(row, await db.box(row.key_id)) for row in rows]


async def newest(db: Transaction, meeting_id: str) -> Sheet | None:
    """The version that counts, sent or not; None when nothing is written yet."""
    row = await db.first(_sheets().where(draft.c.meeting_id == meeting_id).order_by(draft.c.version.desc()).limit(1))
    return None if row is None else _sheet(row, await db.box(row.key_id))


async def load(db: Transaction, draft_id: str) -> Sheet:
    """The version with this id; NotFound when there is none."""
    row = await db.first(_sheets().where(draft.c.id == draft_id))
    if row is None:
        raise NotFound
    return _sheet(row, await db.box(row.key_id))


async def newest_of_case(db: Transaction, case_id: str) -> Sequence[Sheet]:
    """The newest version of each meeting of the case that has one, the last written first."""
    rows = await db.all(_sheets().where(draft.c.case_id == case_id).order_by(draft.c.made_at.desc()))
    sheets = [_sheet(row, await db.box(row.key_id)) for row in rows]
    best = {each.meeting_id: each for each in sorted(sheets, key=lambda each: each.version)}
    return sorted(best.values(), key=lambda each: each.made_at, reverse=True)


async def keep(db: Transaction, words: Draft, *, meeting_id: str, case_id: str, made_by: str, now: datetime) -> Sheet:
    """These words are the newest version: in place of one that was not sent yet, or as the next after one that was."""
    before = await newest(db, meeting_id)
    if before is None:
        settled = revised(replace(words, version=0), words)
    elif before.sent_at is None:
        settled = revised(replace(words, version=before.version - 1), words)
        await db.execute(delete(draft).where(draft.c.id == before.id, draft.c.sent_at.is_(None)))
    else:
        settled = revised(before.words, words)
    return await _enter(db, settled, meeting_id=meeting_id, case_id=case_id, made_by=made_by, now=now)


async def _enter(db: Transaction, words: Draft, *, meeting_id: str, case_id: str, made_by: str, now: datetime) -> Sheet:
    made = Sheet(
        id=new_id(),
        case_id=case_id,
        meeting_id=meeting_id,
        words=words,
        hash=version_hash(words),
        made_at=now,
        made_by=made_by,
        sent_at=None,
    )
    values = {name: getattr(made, name) for name in Sheet.__dataclass_fields__ if name != "words"}
    body = (await _box(db, case_id)).seal("draft.body", made.id, canonical(words))
    await db.execute(insert(draft).values(**values, version=words.version, body_sealed=body))
    return made


async def mark_sent(db: Transaction, sheet: Sheet, *, now: datetime) -> bool:
    """Whether it was this call that sent the version: it never changes from now on."""
    unsent = (draft.c.id == sheet.id) & (draft.c.hash == sheet.hash) & draft.c.sent_at.is_(None)
    return await db.changed(update(draft).where(unsent).values(sent_at=now)) == 1


async def put_mark(db: Transaction, sheet: Sheet, said: Confirmation) -> None:
    """This is what the seat says to this version, in place of what it said before."""
    await db.execute(delete(mark).where(mark.c.draft_id == sheet.id, mark.c.seat_id == said.seat))
    mark_id, box = new_id(), await _box(db, sheet.case_id)
    await db.execute(
        insert(mark).values(
            id=mark_id,
            draft_id=sheet.id,
            seat_id=said.seat,
            mark=said.mark,
            words_sealed=box.seal("mark.words", mark_id, said.words),
            hash=said.hash,
            channel=said.channel,
            witness=said.witness,
            at=said.at,
        ),
    )


async def marks(db: Transaction, sheet: Sheet) -> Sequence[Confirmation]:
    """What each seat has said to this version, in the order it came."""
    rows = await db.all(select(mark).where(mark.c.draft_id == sheet.id).order_by(mark.c.at, mark.c.id))
    box = await _box(db, sheet.case_id)
    return [
        Confirmation(
            seat=row.seat_id,
            mark=Mark(row.mark),
            version=sheet.version,
            hash=row.hash,
            channel=Channel(row.channel),
            at=row.at,
            words=box.open("mark.words", row.id, row.words_sealed),
            witness=row.witness,
        )
        for row in rows
    ]
