"""Edge: papers as pages show them: as rows of a list, as what waits for an answer, and as the PDF itself.

A PDF is shown in the browser under a neutral name, kept by no cache, and may run and fetch nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from database.engine import Transaction
from notifications.when import full_day
from pages.forms import Form
from pages.keys import now
from people.access import Person
from records import confirming, papers
from records.drafts import Sheet
from records.papers import Pdf
from records.prints import Paper, PaperKind, PaperState

ID = re.compile("[a-z2-7]{26}")
TITLES: Mapping[PaperKind, str] = {
    PaperKind.CERTIFICATE: "Mediation certificate",
    PaperKind.RECORD: "What was agreed",
    PaperKind.RECORD_LARGE: "What was agreed, in large print",
}
SEEN_BY: Mapping[PaperKind, str] = {
    PaperKind.CERTIFICATE: "only_you",
    PaperKind.RECORD: "everyone",
    PaperKind.RECORD_LARGE: "everyone",
}
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def known_id(value: str, otherwise: str) -> str:
    """The text, if it can be an id at all; ValueError in these words for what no form of ours sends."""
    if not ID.fullmatch(value):
        raise ValueError(otherwise)
    return value


def _paper(value: str) -> str:
    return known_id(value, "Load the page again, then press once more")


class AgainForm(Form):
    """Which paper is to be made once more."""

    WORDS: ClassVar = {"paper": "Load the page again, then press once more"}
    paper: Annotated[str, AfterValidator(_paper)]


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One paper in a list, as `l.papers` of the templates shows it."""

    title: str
    href: str
    about: str
    seen_by: str


def inline(pdf: Pdf) -> web.Response:
    """The PDF as an answer."""
    headers = {**HEADERS, "Content-Disposition": f'inline; filename="{pdf.name}"'}
    return web.Response(body=pdf.content, content_type="application/pdf", headers=headers)


def prefix(person: Person) -> str:
    """Under which names this person's own pages are known: `my` or `authority`."""
    return "authority" if person.party in {"LA", "HB"} else "my"


def _row(request: web.Request, paper: Paper, person: Person) -> PaperRow:
    page = request.app.router[f"{prefix(person)}-paper"]
    return PaperRow(
        title=TITLES[paper.kind],
        href=str(page.url_for(paper=paper.id)),
        about=f"{full_day(paper.made_at or now(request))} · PDF",
        seen_by=SEEN_BY[paper.kind],
    )


async def rows(request: web.Request, db: Transaction, *, person: Person) -> Sequence[PaperRow]:
    """The papers of their case that this person may open now, the newest first."""
    found = await papers.readable(db, person.case_id or "", person=person)
    return [_row(request, paper, person) for paper in found if paper.state is PaperState.MADE]


async def on_the_way(db: Transaction, *, person: Person) -> Sequence[str]:
    """The titles of the papers that are still being made."""
    found = await papers.readable(db, person.case_id or "", person=person)
    return [TITLES[paper.kind] for paper in found if paper.state is not PaperState.MADE]


Choice = tuple[str, str, str]


def _draft(request: web.Request, person: Person, sheet: Sheet, *, words: str, more: str) -> Choice:
    address = request.app.router[f"{prefix(person)}-draft"].url_for(draft=sheet.id)
    return words, str(address), f"Version {sheet.version}. {more}"


async def waiting(request: web.Request, db: Transaction, *, person: Person) -> Sequence[Choice]:
    """What waits for this person's answer, as choices: words, address, and a line more."""
    words, more = "Read what was written down", "It counts only when each side says yes to it."
    return [_draft(request, person, one, words=words, more=more) for one in await confirming.asked_of(db, person)]


async def answered(request: web.Request, db: Transaction, *, person: Person) -> Sequence[Choice]:
    """What this person has answered and may still answer otherwise, likewise."""
    words, more = (
        "Read it again, or change my answer",
        "You have answered. You can change it until the record is sealed.",
    )
    return [_draft(request, person, one, words=words, more=more) for one in await confirming.answered_by(db, person)]
