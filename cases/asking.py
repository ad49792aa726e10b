"""Act: a family for whom somebody else wrote says yes: from then on it is their case, with a page of their own."""

from datetime import datetime

from cases import advising, file, intake, mailing, work, written_for
from cases.case import Channel, Side
from cases.dossier import CaseFile
from database.engine import Transaction
from database.refusal import Refusal
from notifications.wording import Office
from people import audit
from people.access import NotFound, Person, Relation, require
from people.roles import Role


class NotYet(Refusal):
    """This moment is still to come. Write down when the family said yes."""


class BeforeWeKnew(Refusal):
    """That was before anybody wrote to us. Write down when the family said yes to us."""


async def relation(db: Transaction, person: Person, case: CaseFile) -> Relation:
    """How the person stands to a case whose family is to be asked: an adviser may ask where no adviser has it yet."""
    found = await work.relation(db, person, case.id)
    if found is not Relation.NONE or Role.ADVISER not in person.roles:
        return found
    newest = (await file.matters_of(db, case.id))[-1]
    return advising.theirs(person, await work.holders_of(db, newest.id))


async def note_yes(
    db: Transaction, office: Office, case_id: str, *, at: datetime, channel: Channel, person: Person, now: datetime
) -> None:
    """The family has said yes: its own page stands open to it, and it has the receipt. Noted again, nothing changes.

    NotFound where the family wrote to us itself; NotYet and BeforeWeKnew for a moment that cannot be right.
    """
    case = await file.load_case(db, case_id)
    require(person, "case.edit", relation=await relation(db, person, case))
    if case.helper is None:
        raise NotFound
    if at > now:
        raise NotYet(field="hour")
    if at < case.opened_at.replace(second=0, microsecond=0):
        raise BeforeWeKnew(field="day")
    if not await written_for.say_yes(db, case.id, at=at, channel=channel):
        return
    for seat in await file.seats_of(db, case.id):
        if seat.side is Side.FAMILY:
            link = await mailing.own_page(db, office, seat, now=now)
            await intake.post_receipt(db, office, case, to=seat, link=link, now=now)
    await audit.note(db, person, "family.yes", f"case:{case.id}", case_id=case.id, now=now)
