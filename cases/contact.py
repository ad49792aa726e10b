"""Act: each try to reach the family is written down; the first success ends the promise of 24 hours (D1).

While nobody has reached the family, the mediator is reminded after 4, 12 and 20 hours, and the coordinators are told
after 24: each of these once, however many workers turn the round and however late it comes.
"""

from dataclasses import replace
from datetime import datetime

import structlog

from cases import deadlines, file, in_order, mailing, promise, work
from cases.case import Channel
from cases.dossier import CaseFile, Contact, Duty, Matter
from cases.file import StaleCase
from cases.promise import Nudge
from cases.states import Event
from database.engine import Busy, Database, Transaction
from database.ids import new_id
from database.refusal import Refusal
from notifications import messages
from notifications.letters import Letter
from notifications.wording import Office
from people import audit
from people.access import NotAllowed, Person, require

journal = structlog.get_logger("contact")


class NotYet(Refusal):
    """This moment is still to come. Write down when it was."""


async def log(
    db: Transaction,
    matter_id: str,
    *,
    at: datetime,
    channel: Channel,
    reached: bool,
    note: str | None = None,
    person: Person,
    now: datetime,
) -> Matter:
    """The try is written down; if somebody was reached, the promise of contact is kept, from that moment.

    A call before the family's choice is written down too, and keeps no promise that the choice began.
    """
    matter = await file.load_matter(db, matter_id, held=True)
    case = await file.load_case(db, matter.case_id)
    require(person, "booking.change", relation=await work.relation(db, person, case.id))
    if person.account_id is None:
        raise NotAllowed
    if at > now:
        raise NotYet(field="day")
    tried = Contact(
        id=new_id(),
        matter_id=matter_id,
        at=at,
        channel=channel,
        reached=reached,
        account_id=person.account_id,
        note=note,
    )
    await work.note_contact(db, tried, key_id=case.key_id, now=now)
    kept = reached and in_order.keeps_promise(at, chosen_at=matter.chosen_at)
    event = Event.CONTACTED if kept else Event.ATTEMPTED
    facts = {"contacted_at": at} if kept and matter.contacted_at is None else {}
    moved = await file.move_matter(db, matter, event, person=person, **facts, now=now)
    await audit.note(db, person, f"contact.{event}", f"matter:{matter_id}", case_id=case.id, now=now)
    return moved


async def nudge_due(database: Database, office: Office, *, now: datetime) -> int:
    """Whoever had to be reminded of a promise by now has been, and the next step of each is planned: how many.

    A matter that cannot be looked at (its key is gone) is logged, and holds up none of the others.
    """
    async with database.read() as db:
        due = await file.due_matters(db, now=now)
    for matter_id in due:
        try:
            async with database.write() as db:
                await nudge(db, office, matter_id, now=now)
        except (StaleCase, Busy):
            continue  # somebody else is at it; the next turn looks again
        except Exception as fault:  # noqa: BLE001 - one matter must not stop the others (P6)
            journal.warning("poison", action="promise.poison", matter=matter_id, fault=type(fault).__name__)
    return len(due)


async def nudge(db: Transaction, office: Office, matter_id: str, *, now: datetime) -> None:
    """The step of this matter that has come is taken, once; nothing happens when none has."""
    matter = await file.load_matter(db, matter_id, held=True)
    if matter.next_due_at is None or matter.next_due_at > now:
        return  # another worker was here a moment ago
    step = promise.due_nudge(matter.promise, now=now)
    if step is not None:
        await _remind(db, office, matter, step=step, now=now)
    await file.plan(db, matter, next_due_at=promise.after_nudge(matter.promise, now=now))


async def _remind(db: Transaction, office: Office, matter: Matter, *, step: Nudge, now: datetime) -> None:
    case = await file.load_case(db, matter.case_id)
    holder = (await work.holders_of(db, matter.id)).get(Duty.MEDIATOR)
    letter = _letter(office, case, matter=matter, step=step, mediator=holder.name if holder else "Nobody yet")
    if step is Nudge.LATE or holder is None:
        await mailing.to_coordinators(db, office, letter, case=case, now=now)
    else:
        await mailing.to_staff(db, office, letter, case=case, account_id=holder.account_id, now=now)


def _letter(office: Office, case: CaseFile, *, matter: Matter, step: Nudge, mediator: str) -> Letter:
    """The reminder; its key names the promise and the step, so that it is written once."""
    assert matter.chosen_at is not None  # noqa: S101 - a promise has begun
    due_at = deadlines.contact_promise(matter.chosen_at).closes_at
    link = mailing.desk_page(office, case.id)
    key = f"contact:{matter.id}:{matter.chosen_at:%Y%m%dT%H%M%S}:{step}"
    if step is Nudge.LATE:
        letter = messages.contact_late(
            matter_id=matter.id, number=case.number, link=link, mediator=mediator, due_at=due_at
        )
    else:
        letter = messages.contact_reminder(matter_id=matter.id, number=case.number, link=link, contact_by=due_at)
    return replace(letter, key=key)
