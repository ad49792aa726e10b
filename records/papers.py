"""Act: papers become PDFs, and are read: made under a lease outside any transaction, stored once, every view noted.

A worker that is killed anywhere leaves either nothing, and the paper is made again when its lease has run out, or the
one stored PDF with its hash and its mails, which are written in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from cases import file, mailing, work
from cases.dossier import CaseFile
from database.engine import Database, Transaction
from database.failpoints import failpoint
from database.refusal import Refusal
from database.vault import SealBroken
from notifications import messages
from notifications.wording import Office
from people import access, audit
from people.access import NotAllowed, NotFound, Person, Relation
from people.proofs import ask_code
from people.roles import PARTIES
from records import archive, pdf, prints, telling
from records.pdf import NotPrintable, PrinterFailed, Template, TooMuchText
from records.prints import Paper, PaperKind, PaperState, Taken

LEASE = timedelta(seconds=90)  # longer than two tries of the printer may take
TRIES = 3
WAIT = timedelta(seconds=20)
CANNOT_BE_MADE = "The paper could not be made as a PDF"
SHORT = {PaperKind.CERTIFICATE: "certificate", PaperKind.RECORD: "record", PaperKind.RECORD_LARGE: "record-large"}
ROWS = {
    PaperKind.CERTIFICATE: "certificate.read",
    PaperKind.RECORD: "record.read",
    PaperKind.RECORD_LARGE: "record.read",
}
log = structlog.get_logger("papers")


class NotMadeYet(Refusal):
    """This paper is being made. It takes a few seconds; please load the page again."""


class CouldNotBeMade(Refusal):
    """This paper could not be made yet. We know about it and are working on it; please ring us if you need it now."""


class PaperChanged(Exception):  # noqa: N818 - it names what was found
    """The stored PDF is not the one that was stored: its hash differs."""


class Printer(Protocol):
    """What makes a PDF of a template and its words."""

    async def render(self, template: Template, data: dict[str, Any]) -> bytes:
        """The PDF; NotPrintable, TooMuchText or PrinterFailed."""


@dataclass(frozen=True, kw_only=True)
class Pdf:
    """A paper as it is handed out, under a neutral name."""

    name: str
    content: bytes
    sha256: str


async def make_due(database: Database, office: Office, printer: Printer, *, worker: str, now: datetime) -> int:
    """Every paper that waits is made, put back or given up: how many were tried. Safe in any number of workers."""
    tried = 0
    while (taken := await _take(database)) is not None:
        await failpoint("papers.taken")
        await _make(database, office, printer, taken=taken, now=now)
        log.info("paper", action="paper.tried", paper=taken.paper.id, kind=taken.paper.kind, worker=worker)
        tried += 1
    return tried


async def _take(database: Database) -> Taken | None:
    async with database.write() as db:
        return await prints.take(db, lease=LEASE)


async def _make(database: Database, office: Office, printer: Printer, *, taken: Taken, now: datetime) -> None:
    made = taken.paper
    try:
        content = await printer.render(Template(made.kind), taken.words)
    except (NotPrintable, TooMuchText):
        await _put_off(database, office, made, final=True, now=now)  # the same words can never be printed
    except PrinterFailed:
        await _put_off(database, office, made, final=made.attempt + 1 >= TRIES, now=now)
    else:
        await failpoint("papers.rendered")
        await _keep(database, office, made, content=content, now=now)


async def _keep(database: Database, office: Office, made: Paper, *, content: bytes, now: datetime) -> None:
    async with database.write() as db:
        if await prints.store(db, made, content, sha256=pdf.sha256(content), now=now):
            await failpoint("papers.stored")
            await _tell_readers(db, office, made, now=now)


async def _tell_readers(db: Transaction, office: Office, made: Paper, *, now: datetime) -> None:
    """Those who may read a record hear that it is ready. A certificate's letter went out with its issue; the large
    print is behind the same door as the record, so neither makes a second mail.
    """
    if made.kind is not PaperKind.RECORD:
        return
    case = await file.load_case(db, made.case_id)
    seats = await telling.principals_of(db, made.case_id, made.readers)
    letter = partial(_ready, made, case)
    await telling.tell(db, office, case, seats=seats, letter=letter, now=now)


def _ready(made: Paper, case: CaseFile, link: str) -> messages.Letter:
    return messages.paper_ready(paper_id=made.id, number=case.number, link=link, paper=messages.PaperKind.RECORD)


async def _put_off(database: Database, office: Office, tried: Paper, *, final: bool, now: datetime) -> None:
    async with database.write() as db:
        if not final:
            await prints.put_back(db, tried, wait=WAIT)
        elif await prints.give_up(db, tried):
            log.error("paper given up", action="paper.failed", paper=tried.id, kind=tried.kind)
            await _tell_coordinators(db, office, tried, now=now)


async def _tell_coordinators(db: Transaction, office: Office, lost: Paper, *, now: datetime) -> None:
    case = await file.load_case(db, lost.case_id)
    letter = messages.delivery_failed(
        message_id=lost.id,
        kind=lost.kind,
        link=mailing.desk_page(office, case.id),
        reason=CANNOT_BE_MADE,
        number=case.number,
    )
    await mailing.to_coordinators(db, office, letter, case=case, now=now)


async def make_again(db: Transaction, paper_id: str, *, person: Person, now: datetime) -> None:
    """A paper that could not be made waits to be made once more; any other stays as it is."""
    lost = await prints.load(db, paper_id)
    await require_reader(db, lost, person)
    await prints.try_again(db, paper_id)
    await audit.note(db, person, "paper.make_again", f"paper:{paper_id}", case_id=lost.case_id, now=now)


async def require_reader(db: Transaction, paper: Paper, person: Person) -> None:
    """Nothing, if this person may read the paper; NotFound, NotAllowed or (without a code) CodeFirst otherwise."""
    access.require(person, ROWS[paper.kind], relation=await _relation(db, paper, person))
    ask_code(person)


async def _relation(db: Transaction, paper: Paper, person: Person) -> Relation:
    """Own for who speaks for a side that the paper is for; assigned for staff who have the case."""
    if person.kind != "seat":
        return await work.relation(db, person, paper.case_id)
    if person.case_id != paper.case_id:
        return Relation.NONE
    theirs = person.side in paper.readers and person.party in PARTIES
    return Relation.OWN if theirs else Relation.OTHER_SIDE


async def readable(db: Transaction, case_id: str, *, person: Person) -> Sequence[Paper]:
    """The papers of the case that this person may read, made or being made, the newest first."""
    found = []
    for paper in await prints.of_case(db, case_id):
        try:
            await require_reader(db, paper, person)
        except (NotAllowed, NotFound):
            continue
        found.append(paper)
    return found


async def read(db: Transaction, paper_id: str, *, person: Person, now: datetime) -> Pdf:
    """The paper's PDF, exactly as it was stored; the view is noted in the audit list.

    NotFound when the paper is not for this person, NotMadeYet and CouldNotBeMade while there is no PDF, PaperChanged
    when the stored bytes are not those whose hash was kept.
    """
    paper = await prints.load(db, paper_id)
    await require_reader(db, paper, person)
    if paper.state is not PaperState.MADE:
        raise CouldNotBeMade if paper.state is PaperState.FAILED else NotMadeYet
    content = await _whole(db, paper)
    await audit.note(db, person, ROWS[paper.kind], f"paper:{paper.id}", case_id=paper.case_id, now=now)
    return Pdf(name=await _name(db, paper), content=content, sha256=paper.sha256 or "")


async def _whole(db: Transaction, paper: Paper) -> bytes:
    try:
        content = await prints.contents(db, paper)
    except SealBroken as broken:
        raise PaperChanged(paper.id) from broken
    if pdf.sha256(content) != paper.sha256:
        raise PaperChanged(paper.id)
    return content


async def _name(db: Transaction, paper: Paper) -> str:
    """certificate-EH-2026-00017-P.pdf, record-EH-2026-00017.pdf: numbers, and nobody's name."""
    if paper.kind is PaperKind.CERTIFICATE:
        issued = await archive.certificate_with(db, paper.source_id)
        number = issued.number
    else:
        number = (await file.load_case(db, paper.case_id)).number
    return f"{SHORT[paper.kind]}-{number}.pdf"
