"""Act: an enquiry becomes a case: one decision, a seat for the family and one for the council's team, and a receipt.

The sender's address is not verified yet: it gets one receipt in 24 hours and three ever, with nothing in it that was
typed (reliability M9). An enquiry about the school alone is taken like any other (domain 9, 14).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from cases import authorities, file, mailing, written_for
from cases.authorities import Authority
from cases.case import Decision, Side, Standing
from cases.dossier import CaseFile, Child, NewMatter, NewSeat, Seat
from cases.facts import BornLater, issues
from cases.helper import Helper
from cases.letter import check_letter
from cases.reach import Way
from cases.receipts import receipts
from cases.working_days import day_of
from database.engine import Transaction
from database.refusal import Refusal
from notifications import messages
from notifications.letters import Letter
from notifications.posting import Recipient, post
from notifications.wording import Office
from people import audit, links
from people.access import Person, require
from people.roles import Party


class NoWayToReach(Refusal):
    """Give us a phone number, an email or a postal address, so that we can reach you."""


class SameAddress(Refusal):
    """This is the helper's own email. Write the family's here, or leave it empty."""


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """What a parent or young person tells us, or a coordinator for them. Texts are clean already."""

    told_by: str  # PA or YP
    name: str
    email: str | None
    phone: str | None
    child_first_name: str
    child_last_name: str
    born: date | None
    authority_id: str
    decision: Decision
    letter_date: date | None = None
    sent_date: date | None = None
    education: bool = True
    health: bool = False
    social_care: bool = False
    about: str | None = None
    address: str | None = None
    reach: tuple[Way, ...] = ()
    reach_note: str | None = None
    needs: tuple[str, ...] = ()
    needs_words: str | None = None
    came_by: str = "web"
    helper: Helper | None = None  # who tells it for the family; the rest is then the family's own


def _check(enquiry: Enquiry, *, now: datetime) -> None:
    helper = enquiry.helper
    if not (enquiry.email or enquiry.phone or enquiry.address or (helper and (helper.email or helper.phone))):
        raise NoWayToReach(field="phone")
    if helper and helper.email and helper.email.casefold() == (enquiry.email or "").casefold():
        raise SameAddress(field="email")
    check_letter(enquiry.letter_date, enquiry.sent_date, today=day_of(now))
    if enquiry.born is not None and enquiry.born > day_of(now):
        raise BornLater(field="born")


def _matter(enquiry: Enquiry) -> NewMatter:
    names = ("decision", "letter_date", "sent_date", "education", "health", "social_care", "about")
    told = NewMatter(**{name: getattr(enquiry, name) for name in names})
    return replace(told, **issues(enquiry.decision))


def _family(enquiry: Enquiry) -> NewSeat:
    party = Party(enquiry.told_by)
    names = ("name", "email", "phone", "address", "reach", "reach_note", "needs", "needs_words")
    return NewSeat(
        **{name: getattr(enquiry, name) for name in names},
        side=Side.FAMILY,
        standing=Standing.PRINCIPAL,
        party=party,
        title="Young person" if party is Party.YOUNG_PERSON else "Parent or carer",
    )


def _council(authority: Authority) -> NewSeat:
    return NewSeat(
        side=Side.COUNCIL,
        standing=Standing.PRINCIPAL,
        party=Party.COUNCIL,
        name=authority.team,
        title="Council",
        email=authority.email,
        phone=authority.phone,
    )


async def receive(db: Transaction, office: Office, enquiry: Enquiry, *, person: Person, now: datetime) -> CaseFile:
    """The case is opened, with its first matter, both seats and their links; the receipt is in the outbox.

    Where a helper wrote, the family has no link yet, and the receipt is the helper's.
    """
    if person.kind != "visitor":
        require(person, "intake.submit")
    _check(enquiry, now=now)
    authority = await authorities.by_id(db, enquiry.authority_id)
    young = Party(enquiry.told_by) is Party.YOUNG_PERSON
    case = await file.open_case(
        db,
        authority_id=authority.id,
        subject_kind="young_person" if young else "child",
        child=Child(first_name=enquiry.child_first_name, last_name=enquiry.child_last_name, born=enquiry.born),
        came_by=enquiry.came_by,
        now=now,
    )
    await file.add_matter(db, case, _matter(enquiry), person=person, now=now)
    family = await file.add_seat(db, case, _family(enquiry), now=now)
    council = await file.add_seat(db, case, _council(authority), now=now)
    await links.make(db, seat_id=council.id, case_id=case.id, now=now)
    if enquiry.helper:  # nobody has a way in before the family has said yes
        await written_for.keep(db, case, enquiry.helper)
        case = await file.load_case(db, case.id)
        await _answer_helper(db, office, case, helper=enquiry.helper, now=now)
    else:
        link = await mailing.own_page(db, office, family, now=now)
        await post_receipt(db, office, case, to=family, link=link, now=now)
    await audit.note(db, person, "intake.submit", f"case:{case.id}", case_id=case.id, now=now)
    return case


async def post_receipt(db: Transaction, office: Office, case: CaseFile, *, to: Seat, link: str, now: datetime) -> None:
    """The family's receipt, with the address of its own page, is in the outbox, where its mail may have one more."""
    letter = messages.enquiry_receipt(case_id=case.id, number=case.number, link=link)
    await _post_once(db, office, case, letter=letter, email=to.email, name=to.name, now=now)


async def _answer_helper(db: Transaction, office: Office, case: CaseFile, *, helper: Helper, now: datetime) -> None:
    letter = messages.helper_receipt(case_id=case.id, number=case.number)
    await _post_once(db, office, case, letter=letter, email=helper.email, name=helper.name, now=now)


async def _post_once(
    db: Transaction, office: Office, case: CaseFile, *, letter: Letter, email: str | None, name: str, now: datetime
) -> None:
    if email is None:
        return
    so_far = await receipts(db, email)
    if not so_far.one_more(now):
        return
    # Keyed by its number and, as it names no seat, by the address: of two enquiries at once only one is answered.
    letter = replace(letter, key=f"enquiry_receipt:{so_far.count + 1}")
    to = Recipient(email=email, name=name, key_id=case.key_id, case_id=case.id)
    await post(db, office, letter, to=to, now=now)
