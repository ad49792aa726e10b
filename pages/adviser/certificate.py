"""Edge: the certificate: all that it will say, the letter that goes with it, why this kind and not another, and issue.

It waits for no record, no outcome and nobody's signature; this page asks for none of them.
"""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import file
from cases.working_days import day_of
from database.engine import Transaction
from pages import paper_pages
from pages.adviser.call import MATTER
from pages.case_view import view
from pages.changes import change
from pages.forms import Form, SentencesOrNone, read
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import ADVISER, COORDINATOR, Page
from pages.rendering import render
from people.access import Relation, require
from people.roles import Role
from records import archive, certificate, certifying, grounds, papers, prints
from records.archive import Issued
from records.certificate import Kind
from records.certifying import KIND_WORDS
from records.grounds import Outlook
from records.layout import CERTIFIED, TYPES, CertificateFacts
from records.prints import Paper
from records.words import DECISIONS

HERE = ADVISER | COORDINATOR
NO_KIND = "Look at the page again: the kind that fits may have changed"
CODE_LATER = "given when it is issued"


def _kind(value: str) -> str:
    if value not in {str(kind) for kind in Kind}:
        raise ValueError(NO_KIND)
    return value


class IssueForm(Form):
    """Which kind, as the page showed it; a coordinator also says why."""

    WORDS: ClassVar = {"kind": NO_KIND}
    kind: Annotated[str, AfterValidator(_kind)]
    reason: SentencesOrNone = None


async def _outlook(request: web.Request, db: Transaction) -> Outlook:
    matter = await file.load_matter(db, request.match_info["matter"])
    known = await grounds.outlook(db, matter, now=now(request))
    who = person(request)
    own = certifying.relation(known, who)
    # An adviser who did not give the advice cannot look in here: the certificate is not theirs to issue.
    require(who, "certificate.issue", relation=own)
    return known


async def _preview(request: web.Request, db: Transaction, known: Outlook, *, kind: Kind) -> CertificateFacts:
    earlier = await archive.how_many(db, known.case.id, kind)
    return grounds.says(
        known,
        kind,
        number=certificate.number(known.case.number, kind, earlier=earlier),
        check_code=CODE_LATER,
        issued_on=day_of(now(request)),
        house=request.app[OFFICE].house,
    )


async def _papers(db: Transaction, issued: list[Issued]) -> dict[str, Paper]:
    return {each.id: paper for each in issued for paper in await prints.of_source(db, each.id)}


async def show(request: web.Request) -> web.StreamResponse:
    """What was issued, or all that would be; nothing is written by looking."""
    async with request.app[DATABASE].read() as db:
        known = await _outlook(request, db)
        issued = list(await archive.certificates_of(db, known.matter.id))
        kinds = {each.kind for each in issued}
        fits = known.fits if known.fits not in kinds else None
        facts = await _preview(request, db, known, kind=fits) if fits else None
        case = await view(db, known.case.id, known.matter.id)
        made = await _papers(db, issued)
    today = day_of(now(request))
    return render(
        request,
        "adviser/certificate.html",
        case=case,
        known=known,
        issued=issued,
        papers=made,
        fits=fits,
        facts=facts,
        certified=CERTIFIED[fits].format(name=facts.parent or facts.subject) if fits and facts else None,
        appeal=known.appeal(min(filter(None, (known.matter.certified_on, today)))),
        kind_words=KIND_WORDS,
        types=TYPES,
        decisions=DECISIONS,
        own=certifying.relation(known, person(request)) is Relation.OWN,
        adviser=Role.ADVISER in person(request).roles,
        today=today,
    )


async def issue(request: web.Request) -> web.StreamResponse:
    """The certificate is issued with today's date, once, however often the button is pressed."""
    form, matter_id = await read(request, IssueForm), request.match_info["matter"]
    async with change(request) as made:
        await certifying.issue(
            made.db,
            request.app[OFFICE],
            matter_id,
            kind=Kind(form.kind),
            reason=form.reason,
            person=person(request),
            now=now(request),
        )
        return await made.to("advice-certificate", matter=matter_id)


async def make_again(request: web.Request) -> web.StreamResponse:
    """A certificate whose PDF could not be made waits to be made once more; its number and date stay."""
    form = await read(request, paper_pages.AgainForm)
    async with change(request) as made:
        await papers.make_again(made.db, form.paper, person=person(request), now=now(request))
        return await made.to("advice-certificate", matter=request.match_info["matter"])


async def paper(request: web.Request) -> web.StreamResponse:
    """The paper itself, for those of the staff who may; that it was opened is written down."""
    async with request.app[DATABASE].write() as db:
        pdf = await papers.read(db, request.match_info["paper"], person=person(request), now=now(request))
    return paper_pages.inline(pdf)


PAGES = (
    Page(name="advice-certificate", path=f"/advice/{MATTER}/certificate", who=HERE, get=show, post=issue),
    Page(
        name="advice-certificate-again",
        path=f"/advice/{MATTER}/certificate/again",
        who=HERE,
        post=make_again,
        form="advice-certificate",
    ),
    Page(name="advice-paper", path="/advice/papers/{paper:[a-z2-7]{26}}", who=HERE, get=paper, shows=False),
)
