"""Store: papers: each is asked for once, with its words frozen, and made once: the first PDF stored is the paper.

    waiting -> made | failed -> waiting, when a person asks for it again

A worker takes a waiting paper under a lease, by the database's clock, and gives it back when it could not be made.
Only a try that was reported counts: a worker that was killed never counts against the paper.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Interval, Row, String, func, literal, or_, select, type_coerce, update

from cases.schema import case_file
from database.base import INSERT
from database.engine import Transaction
from database.ids import new_id
from database.vault import Box
from people.access import NotFound
from records.schema import paper


class PaperKind(StrEnum):
    """Which paper it is; the words are the names of the templates of `records/pdf.py`."""

    CERTIFICATE = "certificate"
    RECORD = "record"
    RECORD_LARGE = "record_large"


class PaperState(StrEnum):
    """How far a paper has come."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper as lists name it, never its words."""

    id: str
    case_id: str
    kind: PaperKind
    source_id: str
    readers: frozenset[str]  # sides
    state: PaperState
    attempt: int
    asked_at: datetime
    made_at: datetime | None
    sha256: str | None
    size: int | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A paper that this worker may make while its lease lasts."""

    paper: Paper
    words: dict[str, Any]


LISTED = [paper.c[name] for name in Paper.__dataclass_fields__]


def _paper(row: Row[Any]) -> Paper:
    kept = {name: getattr(row, name) for name in Paper.__dataclass_fields__}
    settled = {"kind": PaperKind(row.kind), "state": PaperState(row.state), "readers": frozenset(row.readers.split())}
    return Paper(**{**kept, **settled})


def _clock(db: Transaction, ahead: timedelta = timedelta()) -> ColumnElement[Any]:
    if db.dialect == "postgresql":
        return func.clock_timestamp(type_=DateTime(timezone=True)) + literal(ahead, Interval())
    shift = f"{ahead.total_seconds():+.3f} seconds"
    # The form in which SQLite keeps moments: texts of one length compare as the moments do.
    text_now: ColumnElement[str] = func.strftime("%Y-%m-%d %H:%M:%f", "now", shift, type_=String()).concat("000")
    return type_coerce(text_now, String())


async def _box(db: Transaction, case_id: str) -> Box:
    return await db.box(await db.scalar(select(case_file.c.key_id).where(case_file.c.id == case_id)))


async def ask(
    db: Transaction,
    kind: PaperKind,
    *,
    source_id: str,
    case_id: str,
    readers: Iterable[str],
    words: Mapping[str, Any],
    now: datetime,
) -> str:
    """The paper waits to be made, once for each kind and source; the id of the one there is. The bell rings."""
    paper_id, box = new_id(), await _box(db, case_id)
    make = INSERT[db.dialect]
    once = make(paper).values(
        id=paper_id,
        case_id=case_id,
        kind=kind,
        source_id=source_id,
        readers=" ".join(sorted(readers)),
        facts_sealed=box.seal("paper.facts", paper_id, json.dumps(words, ensure_ascii=False)),
        state=PaperState.WAITING,
        attempt=0,
        asked_at=now,
    )
    await db.execute(once.on_conflict_do_nothing(index_elements=["source_id", "kind"]))
    db.ring("papers")
    known = select(paper.c.id).where(paper.c.source_id == source_id, paper.c.kind == kind)
    return str(await db.scalar(known))


async def load(db: Transaction, paper_id: str) -> Paper:
    """The paper with this id; NotFound when there is none."""
    row = await db.first(select(*LISTED).where(paper.c.id == paper_id))
    if row is None:
        raise NotFound
    return _paper(row)


async def of_case(db: Transaction, case_id: str) -> Sequence[Paper]:
    """Every paper of the case, the newest first."""
    rows = await db.all(
        select(*LISTED).where(paper.c.case_id == case_id).order_by(paper.c.asked_at.desc(), paper.c.kind)
    )
    return [_paper(row) for row in rows]


async def of_source(db: Transaction, source_id: str) -> Sequence[Paper]:
    """The papers of one certificate or record."""
    rows = await db.all(select(*LISTED).where(paper.c.source_id == source_id).order_by(paper.c.kind))
    return [_paper(row) for row in rows]


async def failed(db: Transaction) -> Sequence[Paper]:
    """What could not be made and waits for a person, the oldest first."""
    found = select(*LISTED).where(paper.c.state == PaperState.FAILED).order_by(paper.c.asked_at)
    return [_paper(row) for row in await db.all(found)]


async def take(db: Transaction, *, lease: timedelta) -> Taken | None:
    """The paper that has waited longest and that nobody is making is this worker's for as long as the lease lasts."""
    free = or_(paper.c.lease_until.is_(None), paper.c.lease_until < _clock(db))
    waits = select(*LISTED, paper.c.facts_sealed).where(paper.c.state == PaperState.WAITING, free)
    row = await db.first(waits.order_by(paper.c.asked_at, paper.c.id).limit(1).with_for_update(skip_locked=True))
    if row is None:
        return None
    await db.execute(update(paper).where(paper.c.id == row.id).values(lease_until=_clock(db, lease)))
    words = (await _box(db, row.case_id)).open("paper.facts", row.id, row.facts_sealed)
    return Taken(paper=_paper(row), words=json.loads(words))


async def store(db: Transaction, made: Paper, pdf: bytes, *, sha256: str, now: datetime) -> bool:
    """Whether these bytes are the paper from now on; False when another PDF was stored before."""
    sealed = (await _box(db, made.case_id)).seal_bytes("paper.pdf", made.id, pdf)
    values = {"pdf_sealed": sealed, "sha256": sha256, "size": len(pdf), "made_at": now, "lease_until": None}
    first = (paper.c.id == made.id) & (paper.c.state != PaperState.MADE) & paper.c.pdf_sealed.is_(None)
    return await db.changed(update(paper).where(first).values(**values, state=PaperState.MADE)) == 1


async def put_back(db: Transaction, tried: Paper, *, wait: timedelta) -> None:
    """The try has failed and counts; the paper can be taken again after this wait."""
    waiting = (paper.c.id == tried.id) & (paper.c.state == PaperState.WAITING)
    again = {"attempt": paper.c.attempt + 1, "lease_until": _clock(db, wait)}
    await db.execute(update(paper).where(waiting).values(again))


async def give_up(db: Transaction, tried: Paper) -> bool:
    """Whether it was this call that gave the paper up: it is made no more until a person asks for it again."""
    waiting = (paper.c.id == tried.id) & (paper.c.state == PaperState.WAITING)
    ended = {"attempt": paper.c.attempt + 1, "lease_until": None, "state": PaperState.FAILED}
    return await db.changed(update(paper).where(waiting).values(ended)) == 1


async def try_again(db: Transaction, paper_id: str) -> None:
    """A paper that had failed waits to be made, as if it had just been asked for; others stay as they are."""
    gone = (paper.c.id == paper_id) & (paper.c.state == PaperState.FAILED)
    await db.execute(update(paper).where(gone).values(state=PaperState.WAITING, attempt=0, lease_until=None))
    db.ring("papers")


async def contents(db: Transaction, made: Paper) -> bytes:
    """The PDF's bytes as they were stored; database.vault.SealBroken when they were changed."""
    sealed = await db.scalar(select(paper.c.pdf_sealed).where(paper.c.id == made.id))
    return (await _box(db, made.case_id)).open_bytes("paper.pdf", made.id, sealed)
