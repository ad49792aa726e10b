"""Store: facts of a case and of its matter, put in place of those that were written down before.

Each is written only if the case or the matter is still the one that was read.
"""

import json
from typing import Any

from sqlalchemy import update

from cases.dossier import CaseFile, Child, Matter
from cases.schema import case_file, matter
from database.engine import Transaction


async def keep_child(db: Transaction, before: CaseFile, child: Child) -> bool:
    """The case is about this child or young person; False when somebody else changed the case meanwhile."""
    box = await db.box(before.key_id)
    sealed = box.seal("case_file.subject", before.id, json.dumps(child.as_kept()))
    still = (case_file.c.id == before.id) & (case_file.c.version == before.version)
    kept = update(case_file).where(still).values(subject_sealed=sealed, version=before.version + 1)
    return await db.changed(kept) == 1


async def keep_matter(db: Transaction, before: Matter, **facts: Any) -> bool:
    """The matter holds these facts; False when somebody else changed it meanwhile."""
    still = (matter.c.id == before.id) & (matter.c.version == before.version)
    return await db.changed(update(matter).where(still).values(**facts, version=before.version + 1)) == 1
