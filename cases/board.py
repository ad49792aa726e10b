"""Act: lists over many cases: what the coordinators' desk, an adviser and a mediator have in hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases import file, work
from cases.dossier import CaseFile, Duty, Holder, Matter
from database.engine import Transaction


@dataclass(frozen=True, kw_only=True)
class Row:
    """One matter with its case and who has it."""

    case: CaseFile
    matter: Matter
    adviser: Holder | None
    mediator: Holder | None


async def on_desk(db: Transaction, among: Sequence[str] | None = None) -> Sequence[Row]:
    """Every matter (or, of some, each) that is not closed, the oldest first."""
    matters = await file.open_matters(db, among)
    cases = await file.load_cases(db, sorted({matter.case_id for matter in matters}))
    holders = {(holder.matter_id, holder.duty): holder for holder in await work.all_holders(db)}
    return [
        Row(
            case=cases[matter.case_id],
            matter=matter,
            adviser=holders.get((matter.id, Duty.ADVISER)),
            mediator=holders.get((matter.id, Duty.MEDIATOR)),
        )
        for matter in matters
    ]


async def of_account(db: Transaction, account_id: str, duty: Duty) -> Sequence[Row]:
    """The open matters that this member of staff has for this duty, the oldest first."""
    return await on_desk(db, await work.held_by(db, account_id, duty))


async def without_adviser(db: Transaction) -> Sequence[Row]:
    """The open matters that no adviser has taken, the oldest first."""
    return [row for row in await on_desk(db) if row.adviser is None]
