"""Store: cases, their matters and seats: opened, read, and moved from state to state, each move with its event.

What the family told us is sealed under the case's own key; a change of a matter is written only if the matter is still
the one that was read.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from cases import lifecycle, promise
from cases.case import Choice, Decision, Side, Standing
from cases.dossier import CaseFile, Child, Happened, Matter, NewMatter, NewSeat, Seat
from cases.helper import read_helper
from cases.reach import Way
from cases.schema import authority, case_file, matter, matter_event, seat
from cases.states import Event, MatterState, Outcome
from database.counters import next_number
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from database.vault import Box
from people.access import NotFound, Person
from people.roles import Party

NUMBER = "EH-{year}-{number:05d}"


class StaleCase(Refusal):
    """Somebody else has changed this case while you had it open. Please look at it again before you go on."""


# The facts that a move may set, as columns of the matter.
FACTS = frozenset(
    {
        "advised_at",
        "choice",
        "chosen_at",
        "council_told_at",
        "contacted_at",
        "concluded_at",
        "outcome",
        "agreed_on",
        "certified_on",
        "education",
        "health",
        "social_care",
    },
)


async def open_case(
    db: Transaction, *, authority_id: str, subject_kind: str, child: Child, came_by: str, now: datetime
) -> CaseFile:
    """A case with a number and a key of its own; the authority must be known."""
    case_id, box = new_id(), await db.new_box(now=now)
    number = await next_number(db, f"case-{now.year}")
    await db.execute(
        insert(case_file).values(
            id=case_id,
            key_id=box.key_id,
            number=NUMBER.format(year=now.year, number=number),
            authority_id=authority_id,
            subject_kind=subject_kind,
            subject_sealed=box.seal("case_file.subject", case_id, json.dumps(child.as_kept())),
            came_by=came_by,
            opened_at=now,
            version=1,
        ),
    )
    return await load_case(db, case_id)


def _case(row: Row[Any], box: Box) -> CaseFile:
    kept = json.loads(box.open("case_file.subject", row.id, row.subject_sealed))
    helper = box.open("case_file.helper", row.id, row.helper_sealed)
    same = ("id", "key_id", "number", "authority_id", "council", "subject_kind", "came_by")
    return CaseFile(
        **{name: getattr(row, name) for name in (*same, "opened_at", "closed_at", "version")},
        child=Child.from_kept(kept),
        helper=read_helper(helper, yes_at=row.yes_at, yes_channel=row.yes_channel),
    )


CASES = select(case_file, authority.c.name.label("council")).join(authority)
CASE = CASES.where(case_file.c.id == bindparam("case"))


async def load_case(db: Transaction, case_id: str) -> CaseFile:
    """The case; NotFound when there is none with this id."""
    row = await db.first(CASE, {"case": case_id})
    if row is None:
        raise NotFound
    return _case(row, await db.box(row.key_id))


async def load_cases(db: Transaction, case_ids: Sequence[str]) -> dict[str, CaseFile]:
    """Each of these cases that there is, by its id."""
    rows = await db.all(CASES.where(case_file.c.id.in_(list(case_ids))))
    return {row.id: _case(row, await db.box(row.key_id)) for row in rows}


async def add_matter(db: Transaction, case: CaseFile, new: NewMatter, *, person: Person, now: datetime) -> Matter:
    """The decision is entered, and its story begins."""
    matter_id, box = new_id(), await db.box(case.key_id)
    issues = {name: getattr(new, name) for name in ("education", "health", "social_care")}
    await db.execute(
        insert(matter).values(
            id=matter_id,
            case_id=case.id,
            decision=new.decision,
            letter_date=new.letter_date,
            sent_date=new.sent_date,
            **issues,
            about_sealed=box.seal("matter.about", matter_id, new.about),
            state=lifecycle.begun(),
            received_at=now,
            version=1,
        ),
    )
    await _write_down(db, matter_id, Event.RECEIVED, state=lifecycle.begun(), person=person, now=now)
    return await load_matter(db, matter_id)


async def _write_down(
    db: Transaction, matter_id: str, event: Event, *, state: MatterState, person: Person, now: datetime
) -> None:
    line = {"matter_id": matter_id, "event": event, "state": state, "at": now, "actor": person.actor}
    await db.execute(insert(matter_event), line)


def _matter(row: Row[Any], box: Box) -> Matter:
    values = {name: getattr(row, name) for name in Matter.__dataclass_fields__ if name != "about"}
    values |= {"decision": Decision(row.decision), "state": MatterState(row.state)}
    values |= {
        "choice": Choice(row.choice) if row.choice else None,
        "outcome": Outcome(row.outcome) if row.outcome else None,
    }
    return Matter(**values, about=box.open("matter.about", row.id, row.about_sealed))


MATTERS = select(matter, case_file.c.key_id).join(case_file)
MATTER = MATTERS.where(matter.c.id == bindparam("matter"))
MATTER_HELD = MATTER.with_for_update(of=matter)


async def load_matter(db: Transaction, matter_id: str, *, held: bool = False) -> Matter:
    """The matter; NotFound when there is none. `held`: nobody else changes it until this transaction ends."""
    row = await db.first(MATTER_HELD if held else MATTER, {"matter": matter_id})
    if row is None:
        raise NotFound
    return _matter(row, await db.box(row.key_id))


async def open_matters(db: Transaction, among: Sequence[str] | None = None) -> Sequence[Matter]:
    """Every matter (or, of some, each) that is not closed, the oldest first."""
    going = MATTERS.where(matter.c.state != MatterState.CLOSED).order_by(matter.c.received_at, matter.c.id)
    if among is not None:
        going = going.where(matter.c.id.in_(list(among)))
    return [_matter(row, await db.box(row.key_id)) for row in await db.all(going)]


async def due_matters(db: Transaction, *, now: datetime) -> Sequence[str]:
    """The matters that a round must look at by now, the longest due first."""
    due = select(matter.c.id).where(matter.c.next_due_at <= now).order_by(matter.c.next_due_at)
    return [row.id for row in await db.all(due)]


async def matters_of(db: Transaction, case_id: str) -> Sequence[Matter]:
    """Every matter of the case, the oldest first."""
    rows = await db.all(MATTERS.where(matter.c.case_id == case_id).order_by(matter.c.received_at, matter.c.id))
    return [_matter(row, await db.box(row.key_id)) for row in rows]


async def move_matter(
    db: Transaction, before: Matter, event: Event, *, person: Person, now: datetime, **facts: Any
) -> Matter:
    """The event has happened and these facts hold: the matter as it is now.

    MoveRefused when this state does not allow it; StaleCase when the matter is no longer the one that was read.
    """
    assert facts.keys() <= FACTS  # noqa: S101 - a word that is no column would be lost without a sound
    state = lifecycle.moved(before.state, event)
    after = replace(before, state=state, version=before.version + 1, **facts)
    due = promise.next_due(after.promise, before=before.promise, planned=before.next_due_at)
    await _save(db, before, {**facts, "state": state, "next_due_at": due})
    await _write_down(db, before.id, event, state=state, person=person, now=now)
    return replace(after, next_due_at=due)


async def plan(db: Transaction, before: Matter, *, next_due_at: datetime | None) -> Matter:
    """The round looks at this matter again at that moment; nothing has happened to it."""
    await _save(db, before, {"next_due_at": next_due_at})
    return replace(before, next_due_at=next_due_at, version=before.version + 1)


async def _save(db: Transaction, before: Matter, values: dict[str, Any]) -> None:
    still = (matter.c.id == before.id) & (matter.c.version == before.version)
    if await db.changed(update(matter).where(still).values(**values, version=before.version + 1)) != 1:
        raise StaleCase


async def history(db: Transaction, matter_id: str) -> Sequence[Happened]:
    """Everything that has happened to the matter, the oldest first."""
    rows = await db.all(
        select(matter_event).where(matter_event.c.matter_id == matter_id).order_by(matter_event.c.number)
    )
    return [Happened(event=Event(row.event), state=MatterState(row.state), at=row.at, actor=row.actor) for row in rows]


def _seat(row: Row[Any], box: Box) -> Seat:
    needs = json.loads(box.open("seat.needs", row.id, row.needs_sealed) or "{}")
    same = ("id", "case_id", "title", "made_at", "revoked_at")
    return Seat(
        **{name: getattr(row, name) for name in same},
        side=Side(row.side),
        standing=Standing(row.standing),
        party=Party(row.party),
        name=box.open("seat.name", row.id, row.name_sealed),
        email=box.open("seat.email", row.id, row.email_sealed),
        phone=box.open("seat.phone", row.id, row.phone_sealed),
        address=box.open("seat.address", row.id, row.address_sealed),
        reach=tuple(map(Way, row.reach.split())),
        reach_note=box.open("seat.reach", row.id, row.reach_sealed),
        needs=tuple(needs.get("chosen", ())),
        needs_words=needs.get("words"),
        helps=needs.get("helps"),
    )


def _sealed(db: Transaction, box: Box, seat_id: str, *, new: NewSeat) -> dict[str, Any]:
    needs = json.dumps({"chosen": list(new.needs), "words": new.needs_words, "helps": new.helps})
    return {
        "side": new.side,
        "standing": new.standing,
        "party": new.party,
        "name_sealed": box.seal("seat.name", seat_id, new.name),
        "title": new.title,
        "email_sealed": box.seal("seat.email", seat_id, new.email),
        "email_digest": db.digest(new.email.casefold()) if new.email else None,
        "phone_sealed": box.seal("seat.phone", seat_id, new.phone),
        "address_sealed": box.seal("seat.address", seat_id, new.address),
        "reach": " ".join(new.reach),
        "reach_sealed": box.seal("seat.reach", seat_id, new.reach_note),
        "needs_sealed": box.seal("seat.needs", seat_id, needs),
    }


async def add_seat(db: Transaction, case: CaseFile, new: NewSeat, *, now: datetime) -> Seat:
    """This person has a seat in the case."""
    seat_id, box = new_id(), await db.box(case.key_id)
    values = _sealed(db, box, seat_id, new=new)
    await db.execute(insert(seat).values(id=seat_id, case_id=case.id, made_at=now, **values))
    return await load_seat(db, seat_id)


async def edit_seat(db: Transaction, case: CaseFile, seat_id: str, *, changed: NewSeat) -> Seat:
    """The seat holds what is given, in place of what it held."""
    values = _sealed(db, await db.box(case.key_id), seat_id, new=changed)
    await db.execute(update(seat).where(seat.c.id == seat_id).values(**values))
    return await load_seat(db, seat_id)


async def revoke_seat(db: Transaction, seat_id: str, *, now: datetime) -> None:
    """The seat is nobody's any more; its row stays, for what was done from it."""
    still = (seat.c.id == seat_id) & seat.c.revoked_at.is_(None)
    await db.execute(update(seat).where(still).values(revoked_at=now))


SEATS = select(seat, case_file.c.key_id).join(case_file)
SEAT = SEATS.where(seat.c.id == bindparam("seat"))
SEATS_OF = SEATS.where(seat.c.case_id == bindparam("case"), seat.c.revoked_at.is_(None))
SEATS_OF = SEATS_OF.order_by(seat.c.made_at, seat.c.side != Side.FAMILY, seat.c.id)


async def load_seat(db: Transaction, seat_id: str) -> Seat:
    """The seat, also a revoked one; NotFound when there is none."""
    row = await db.first(SEAT, {"seat": seat_id})
    if row is None:
        raise NotFound
    return _seat(row, await db.box(row.key_id))


async def seats_of(db: Transaction, case_id: str) -> Sequence[Seat]:
    """Every seat of the case that was not revoked, in the order in which they were made."""
    rows = await db.all(SEATS_OF, {"case": case_id})
    return [_seat(row, await db.box(row.key_id)) for row in rows]


async def seats_with_address(db: Transaction, email: str | None) -> Sequence[Seat]:
    """The seats of authorities' officers that have this work address, newest case first."""
    theirs = seat.c.email_digest == db.digest((email or "").casefold())
    live = SEATS.where(theirs, seat.c.party.in_((Party.COUNCIL, Party.HEALTH)), seat.c.revoked_at.is_(None))
    rows = await db.all(live.order_by(case_file.c.opened_at.desc(), seat.c.id))
    return [_seat(row, await db.box(row.key_id)) for row in rows]
