"""Act: a matter is given to an adviser or a mediator who is independent of both sides.

The mediator hears of the case, the family hears who its mediator is; both are told until when the family is promised to
be reached (D1). The 24 hours run from the family's yes, however late a mediator is named.
"""

from datetime import datetime

from cases import authorities, deadlines, file, mailing, work
from cases.advising import MEETING_FIXED, MeetingStillBooked
from cases.case import Side
from cases.dossier import CaseFile, Duty, Holder, Matter
from cases.independence import NotIndependent, independent
from cases.states import Event
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from notifications import messages
from notifications.wording import Office
from people import accounts, audit
from people.access import NotAllowed, NotFound, Person, require
from people.accounts import Account
from people.roles import Role

ROLE_FOR = {Duty.ADVISER: Role.ADVISER, Duty.MEDIATOR: Role.MEDIATOR}  # who may be given a matter, and for what


class NotTheirWork(Refusal):
    """This person does not do this work here, or no longer. Choose somebody else."""


async def assign(
    db: Transaction,
    office: Office,
    matter_id: str,
    *,
    account_id: str,
    duty: Duty,
    person: Person,
    now: datetime,
) -> Matter:
    """This member of staff has the matter, and whoever had it before has it no longer.

    NotTheirWork without the role, NotIndependent with an address at the council or a seat in the case,
    MeetingStillBooked while a meeting with the present mediator is fixed.
    """
    matter = await file.load_matter(db, matter_id, held=True)
    case = await file.load_case(db, matter.case_id)
    require(person, "case.edit", relation=await work.relation(db, person, case.id))
    account = await suitable(db, case, account_id, duty=duty)
    if duty is Duty.MEDIATOR and matter.state in MEETING_FIXED:
        raise MeetingStillBooked
    assignment_id = new_id()
    holder = Holder(matter_id=matter.id, duty=duty, account_id=account.id, name=account.name, since=now)
    await work.assign(db, assignment_id, holder, made_by=_staff(person), now=now)
    await audit.note(db, person, f"assign.{duty}", f"matter:{matter.id}", case_id=case.id, now=now)
    if duty is Duty.ADVISER:
        return matter
    moved = await file.move_matter(db, matter, Event.ASSIGNED, person=person, now=now)
    await _tell(db, office, case, matter=moved, holder=holder, assignment_id=assignment_id, now=now)
    return moved


def _staff(person: Person) -> str:
    if person.account_id is None:
        raise NotAllowed
    return person.account_id


async def suitable(db: Transaction, case: CaseFile, account_id: str, *, duty: Duty) -> Account:
    """The account, if it may do this work in this case; NotTheirWork or NotIndependent otherwise."""
    account = await accounts.by_id(db, account_id)
    if account is None:
        raise NotFound
    if not account.active or ROLE_FOR[duty] not in account.roles:
        raise NotTheirWork(field="account")
    council = await authorities.by_id(db, case.authority_id)
    seats = [seat.email for seat in await file.seats_of(db, case.id) if seat.email]
    if not independent(account.email, council=council.email, seats=seats):
        raise NotIndependent(field="account")
    return account


async def _tell(
    db: Transaction,
    office: Office,
    case: CaseFile,
    *,
    matter: Matter,
    holder: Holder,
    assignment_id: str,
    now: datetime,
) -> None:
    contact_by = deadlines.contact_promise(matter.chosen_at or now).closes_at
    hears = messages.mediator_assigned(
        assignment_id=assignment_id,
        number=case.number,
        link=mailing.desk_page(office, case.id),
        contact_by=contact_by,
    )
    await mailing.to_staff(db, office, hears, case=case, account_id=holder.account_id, now=now)
    for seat in await file.seats_of(db, case.id):
        if seat.side is not Side.FAMILY:
            continue
        introduces = messages.mediator_introduction(
            assignment_id=assignment_id,
            number=case.number,
            link=await mailing.own_page(db, office, seat, now=now),
            mediator=holder.name,
            contact_by=None if matter.contacted_at else contact_by,
        )
        await mailing.to_seat(db, office, introduces, case=case, seat=seat, now=now)
