"""Edge: the facts of a case, corrected or completed: the decision, the letter's dates, whom it is about."""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import correcting
from cases.case import Decision
from cases.facts import CHILD, LETTER, Facts
from pages.adviser.call import MATTER
from pages.case_view import view
from pages.changes import change
from pages.forms import DateOrNone, Form, Name, NameOrNone, read
from pages.keys import DATABASE, FORM, now, person
from pages.page import ADVISER, COORDINATOR, Page
from pages.rendering import render
from people.roles import Role

BACK = {"case": "desk-case", "call": "advice-call", "certificate": "advice-certificate"}
PICK = "Pick the one that is nearest"


def _decision(value: str) -> str:
    if value not in {str(each) for each in Decision}:
        raise ValueError(PICK)
    return value


class FactsForm(Form):
    """The facts, the mark of those that the page showed, and where the person came from."""

    DATES: ClassVar = ("letter_date", "sent_date", "born")
    WORDS: ClassVar = {"decision": PICK, "first_name": "Write the first name of the child or young person"}
    decision: Annotated[str, AfterValidator(_decision)]
    letter_date: DateOrNone = None
    sent_date: DateOrNone = None
    first_name: Name
    last_name: NameOrNone = None
    born: DateOrNone = None
    seen: str = ""
    back: str = ""

    def facts(self) -> Facts:
        """The facts that were written."""
        return Facts(
            decision=Decision(self.decision),
            letter_date=self.letter_date,
            sent_date=self.sent_date,
            first_name=self.first_name,
            last_name=self.last_name or "",
            born=self.born,
        )


def _back(request: web.Request, asked: str) -> str:
    """Where the person goes on: where they came from, else the adviser's call or the coordinator's case."""
    usual = "call" if Role.ADVISER in person(request).roles else "case"
    return asked if asked in {usual, "case", "certificate"} else usual


async def show(request: web.Request) -> web.StreamResponse:
    """The facts as they are now, each to be corrected unless it stands on a paper that was issued."""
    async with request.app[DATABASE].read() as db:
        known = await correcting.look(db, request.match_info["matter"], person=person(request))
        case = await view(db, known.case.id, known.matter.id)
    asked = request[FORM].value("back") if FORM in request else request.query.get("back", "")
    back = _back(request, asked)
    return render(
        request,
        "adviser/facts.html",
        case=case,
        facts=known.facts,
        printed=known.printed,
        whole=known.printed >= LETTER | CHILD,
        decisions=[(str(each), f"{each.words[:1].upper()}{each.words[1:]}") for each in Decision],
        back_word=back,
        back=_address(request, back, case=known.case.id),
        adviser=Role.ADVISER in person(request).roles,
    )


def _address(request: web.Request, back: str, *, case: str) -> str:
    parts = {"case": case} if back == "case" else {"matter": request.match_info["matter"]}
    return str(request.app.router[BACK[back]].url_for(**parts))


async def correct(request: web.Request) -> web.StreamResponse:
    """The facts are as they were written, and every date is counted from them."""
    form = await read(request, FactsForm)
    async with change(request) as made:
        matter = await correcting.correct(
            made.db,
            request.match_info["matter"],
            form.facts(),
            seen=form.seen,
            person=person(request),
            now=now(request),
        )
        back = _back(request, form.back)
        return await made.to(BACK[back], **({"case": matter.case_id} if back == "case" else {"matter": matter.id}))


PAGES = (Page(name="advice-facts", path=f"/advice/{MATTER}/facts", who=ADVISER | COORDINATOR, get=show, post=correct),)
