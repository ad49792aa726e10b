"""Act: the facts of a case are corrected, or found after the enquiry: its decision, the letter's dates, the child.

Every date of the matter is counted from them, so all of them stand on the new facts from then on. Which facts were
changed is noted, never what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import corrections, file, promise, work
from cases.dossier import CaseFile, Duty, Matter
from cases.facts import CHILD, LETTER, AlreadyPrinted, Facts, changed, check, facts_of, issues, printed
from cases.file import StaleCase
from cases.working_days import day_of
from database.engine import Transaction
from people import audit
from people.access import Person, Relation, require
from people.roles import Role


@dataclass(frozen=True, kw_only=True)
class Known:
    """The facts of a matter, and which of them stand on a paper that was issued."""

    case: CaseFile
    matter: Matter
    facts: Facts
    printed: frozenset[str]


async def relation(db: Transaction, person: Person, matter: Matter) -> Relation:
    """How the person stands to the case; one that no adviser has is any adviser's, as whoever rings takes it."""
    free = Duty.ADVISER not in await work.holders_of(db, matter.id)
    if free and Role.ADVISER in person.roles:
        return Relation.ASSIGNED
    return await work.relation(db, person, matter.case_id)


async def look(db: Transaction, matter_id: str, *, person: Person) -> Known:
    """The facts as they are now, for who may correct them."""
    matter = await file.load_matter(db, matter_id)
    require(person, "case.edit", relation=await relation(db, person, matter))
    return await _known(db, matter, await file.matters_of(db, matter.case_id))


async def _known(db: Transaction, matter: Matter, all_of_case: Sequence[Matter]) -> Known:
    case = await file.load_case(db, matter.case_id)
    return Known(case=case, matter=matter, facts=facts_of(case, matter), printed=printed(matter, all_of_case))


async def correct(db: Transaction, matter_id: str, after: Facts, *, seen: str, person: Person, now: datetime) -> Matter:
    """These are the facts; the matter as it is then. `seen`: the mark of the facts that the person looked at.

    AlreadyPrinted for what stands on a paper that was issued; StaleCase when the facts are no longer those that were
    seen; the refusals of `cases.facts` at their field.
    """
    matter = await file.load_matter(db, matter_id)
    require(person, "case.edit", relation=await relation(db, person, matter))
    known = await _held(db, matter)
    new = changed(known.facts, after)
    if not new:
        return known.matter
    if seen != known.facts.mark:
        raise StaleCase
    if known.printed.intersection(new):
        raise AlreadyPrinted
    check(known.facts, after, choice=known.matter.choice, today=day_of(now))
    await _keep(db, known, after)
    for thing, its in ((f"matter:{matter_id}", LETTER), (f"case:{known.case.id}", CHILD)):
        if names := [name for name in new if name in its]:
            await audit.note(db, person, "case.edit", thing, ",".join(names), case_id=known.case.id, now=now)
    return await file.load_matter(db, matter_id)


async def _held(db: Transaction, matter: Matter) -> Known:
    """No paper of the case is issued, and none of its facts changed, until this transaction ends."""
    ids = [each.id for each in await file.matters_of(db, matter.case_id)]
    held = [await file.load_matter(db, each, held=True) for each in ids]
    return await _known(db, next(each for each in held if each.id == matter.id), held)


async def _keep(db: Transaction, known: Known, after: Facts) -> None:
    new = {*changed(known.facts, after)}
    if new & CHILD and not await corrections.keep_child(db, known.case, after.child):
        raise StaleCase
    if not new & LETTER:
        return
    before = known.matter
    facts = {name: getattr(after, name) for name in LETTER}
    if "decision" in new:
        facts |= issues(after.decision, before=before.decision)
    due = promise.next_due(before.promise, before=before.promise, planned=before.next_due_at)
    if not await corrections.keep_matter(db, before, **facts, next_due_at=due):
        raise StaleCase
