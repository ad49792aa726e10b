"""Act: certificates of section 55: issued once for each matter and kind, by who gave the advice, and checked by number.

A certificate never waits for the record, the outcome or anybody's signature: none of them is read here. Its date of
issue is today, for the family's month begins on it (Children and Families Act 2014, section 55; domain 4.1).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import partial
from string import ascii_uppercase, digits

from cases import file
from cases.case import Side
from cases.dossier import Matter
from cases.helper import FamilyNotAsked
from cases.states import Event
from cases.working_days import day_of
from database.engine import Transaction
from database.ids import new_id, same
from database.refusal import Refusal
from notifications import messages
from notifications.messages import CertificateKind
from notifications.when import LONDON
from notifications.wording import Office
from people import access, audit, throttle
from people.access import Person, Relation
from records import archive, certificate, grounds, layout, prints, telling
from records.archive import Issued
from records.certificate import Kind
from records.grounds import Outlook
from records.prints import PaperKind

KIND_WORDS = {
    Kind.PARTICIPATED: "Took part in mediation",
    Kind.DECLINED: "No mediation",
    Kind.DEEMED: "Not arranged in 30 days; counts as having taken part",
}
TRIES = 5
LONGEST_NUMBER = 24
ASKS_OF_ONE, ASKS_IN_ALL = 10, 1000  # an hour
NUMBER_SIGNS = frozenset(ascii_uppercase + digits + "-")


class ReasonMissing(Refusal):
    """Please write why you issue it in place of the adviser who gave the advice."""


class TryOnceMore(Refusal):
    """Somebody else issued a certificate of this case at the same moment. Nothing was issued here; please try again."""


@dataclass(frozen=True, kw_only=True)
class Genuine:
    """All that anybody is told about a certificate that is genuine."""

    number: str
    issued_on: date
    kind: Kind

    @property
    def kind_words(self) -> str:
        """The kind in plain words."""
        return KIND_WORDS[self.kind]


def relation(known: Outlook, person: Person) -> Relation:
    """Own for the adviser who gave the advice."""
    gave = known.advice is not None and known.advice.account_id == person.account_id
    return Relation.OWN if gave else Relation.NONE


async def issue(
    db: Transaction,
    office: Office,
    matter_id: str,
    *,
    kind: Kind,
    reason: str | None = None,
    person: Person,
    now: datetime,
) -> Issued:
    """The certificate is issued, with number, code and today's date; the family has the letter with its appeal date.

    Pressed again, it is the same certificate. What it says is frozen, and its paper is asked for. The refusals of
    `records.certificate` when the kind does not fit the facts; ReasonMissing when a coordinator gives no reason;
    FamilyNotAsked where somebody else wrote for the family and its yes is not noted.
    """
    matter = await file.load_matter(db, matter_id, held=True)
    known = await grounds.outlook(db, matter, now=now)
    _may_issue(known, person, reason)
    already = await archive.certificate_of(db, matter_id, kind)
    if already is not None:
        return already
    if known.case.asks_first:
        raise FamilyNotAsked
    certificate.allowed(kind, known.grounds)
    issued = await _enter(db, office, known, kind=kind, reason=reason, person=person, now=now)
    certified_on = min(filter(None, (matter.certified_on, issued.issued_on)))
    await file.move_matter(db, matter, Event.CERTIFIED, certified_on=certified_on, person=person, now=now)
    await _write(db, office, known, issued=issued, certified_on=certified_on, now=now)
    await audit.note(db, person, "certificate.issue", f"certificate:{issued.id}", case_id=matter.case_id, now=now)
    return issued


def _may_issue(known: Outlook, person: Person, reason: str | None) -> None:
    own = relation(known, person)
    access.require(person, "certificate.issue", relation=own)
    if own is not Relation.OWN and not (reason or "").strip():
        raise ReasonMissing(field="reason")


async def _enter(
    db: Transaction, office: Office, known: Outlook, *, kind: Kind, reason: str | None, person: Person, now: datetime
) -> Issued:
    for _ in range(TRIES):  # two matters of one case at the same moment may want one number
        issued = await _numbered(db, known, kind, person=person, now=now)
        facts = grounds.says(
            known,
            kind,
            number=issued.number,
            check_code=issued.check_code,
            issued_on=issued.issued_on,
            house=office.house,
        )
        kept = json.dumps({"facts": asdict(facts), "reason": reason}, default=date.isoformat, ensure_ascii=False)
        if await archive.enter_certificate(db, issued, kept):
            await prints.ask(
                db,
                PaperKind.CERTIFICATE,
                source_id=issued.id,
                case_id=known.case.id,
                readers={Side.FAMILY},
                words=layout.certificate(facts),
                now=now,
            )
            return issued
    raise TryOnceMore


async def _numbered(db: Transaction, known: Outlook, kind: Kind, *, person: Person, now: datetime) -> Issued:
    earlier = await archive.how_many(db, known.case.id, kind)
    number = certificate.number(known.case.number, kind, earlier=earlier)
    assert person.account_id is not None  # noqa: S101 - only staff may issue
    return Issued(
        id=new_id(),
        number=number,
        check_code=_code(db, number),
        kind=kind,
        case_id=known.case.id,
        matter_id=known.matter.id,
        issued_on=day_of(now),
        issued_at=now,
        issued_by=person.account_id,
    )


def _code(db: Transaction, number: str) -> str:
    return certificate.check_code(db.digest(f"certificate:{number}"))


async def _write(
    db: Transaction, office: Office, known: Outlook, *, issued: Issued, certified_on: date, now: datetime
) -> None:
    """The letter that goes with it, to the family alone: the one message with the date of appeal and its reasons."""
    appeal = known.appeal(certified_on)
    letter = partial(
        _letter,
        issued,
        number=known.case.number,
        appeal_by=datetime.combine(appeal.day, appeal.hour or time(), LONDON) if appeal else None,
        basis=(appeal.why,) if appeal else (),
    )
    await telling.tell(db, office, known.case, seats=known.family, letter=letter, now=now)


def _letter(
    issued: Issued, link: str, *, number: str, appeal_by: datetime | None, basis: tuple[str, ...]
) -> messages.Letter:
    return messages.certificate_letter(
        certificate_id=issued.id,
        number=number,
        link=link,
        certificate=CertificateKind(issued.kind),
        appeal_by=appeal_by,
        basis=basis,
    )


async def issued_for(db: Transaction, matter: Matter) -> Sequence[Issued]:
    """The certificates of a matter, the oldest first."""
    return await archive.certificates_of(db, matter.id)


async def ask(db: Transaction, number: str, code: str, *, now: datetime) -> Genuine | None:
    """What `check` says, with the question counted: TooMany after ten an hour about one number, or a thousand in all.

    Nothing is counted by address: behind a proxy everybody has one. A code has 40 bits: the thousand an hour that may
    be tried find one in a hundred thousand years, and of one certificate in ten million.
    """
    about = db.digest(certificate.read_number(number))
    await throttle.count(db, f"certificate:{about}", most=ASKS_OF_ONE, seconds=3600, now=now)
    await throttle.count(db, "certificates", most=ASKS_IN_ALL, seconds=3600, now=now)
    return await check(db, number, code)


async def check(db: Transaction, number: str, code: str) -> Genuine | None:
    """Number, day and kind, when the code belongs to the number and such a certificate was issued; else None.

    No name is read. Spaces, small letters and look-alike signs in what was typed do not matter.
    """
    asked = certificate.read_number(number)
    possible = len(asked) <= LONGEST_NUMBER and set(asked) <= NUMBER_SIGNS
    found = await archive.certificate_numbered(db, asked) if possible else None
    known = found.check_code if found else _code(db, "nobody")
    right = same(known, certificate.read_code(code))
    return Genuine(number=found.number, issued_on=found.issued_on, kind=found.kind) if found and right else None
