"""Edge: the enquiry of a parent or young person: six short steps, each kept as it is answered, and a receipt.

What is typed is kept sealed for this browser, so a flat battery or a school run loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from cases import authorities, enquiries, intake
from cases.case import Side
from cases.helper import Helper
from cases.reach import Way
from database.engine import Transaction
from database.refusal import Refusal
from pages.case_view import family_dates, view
from pages.changes import change
from pages.cookies import BROWSER, browser_mark, set_cookie
from pages.enquiry_words import DECISIONS, HELPER, NEEDS, REACH, SAFE, YOU, told_by
from pages.forms import (
    Form,
    FormRefused,
    check,
    sent,
)
from pages.keys import DATABASE, FORM, OFFICE, FormState, now, person
from pages.page import ANYONE, Page, see_other
from pages.public.enquiry_forms import (
    DecisionForm,
    HelperReachForm,
    LetterForm,
    NeedsForm,
    ReachForm,
    WhoForm,
    check_together,
)
from pages.rendering import render
from people.access import NotFound


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of the enquiry."""

    name: str
    model: type[Form]
    after: str
    of_helper: type[Form] | None = None  # what somebody who helps the family is asked instead

    def asked(self, answers: enquiries.Answers) -> type[Form]:
        """The form of this step, after these answers."""
        return self.of_helper if self.of_helper and helping(answers) else self.model


def helping(answers: enquiries.Answers) -> bool:
    """Whether somebody helping the family writes."""
    return answers.get("who", {}).get("you") == [HELPER]


def _names(model: type[Form]) -> frozenset[str]:
    """The names of a form's fields; nothing else that is sent is kept."""
    parts = {f"{name}-{part}" for name in model.DATES for part in ("day", "month", "year")}
    return frozenset({*model.model_fields, *parts} - {"form_key"})


STEPS = {
    step.name: step
    for step in (
        Step(name="decision", model=DecisionForm, after="letter"),
        Step(name="letter", model=LetterForm, after="who"),
        Step(name="who", model=WhoForm, after="reach"),
        Step(name="reach", model=ReachForm, after="needs", of_helper=HelperReachForm),
        Step(name="needs", model=NeedsForm, after="check"),
    )
}


async def _answers(request: web.Request, db: Transaction) -> enquiries.Answers:
    found = await enquiries.find(db, browser_mark(request)[0])
    return found.answers if found else {}


async def show(request: web.Request) -> web.StreamResponse:
    """A step, with what was answered before."""
    step = STEPS[request.match_info["step"]]
    async with request.app[DATABASE].read() as db:
        answers = await _answers(request, db)
        councils = await authorities.all_active(db) if step.name == "letter" else []
    if FORM not in request:
        request[FORM] = FormState(typed=answers.get(step.name, {}))
    return render(
        request,
        f"public/enquire/{step.name}.html",
        councils=councils,
        decisions=DECISIONS,
        you=YOU,
        reach=REACH,
        safe=SAFE,
        needs=NEEDS,
        helping=helping(answers),
        step=list(STEPS).index(step.name) + 1,
    )


async def answer(request: web.Request) -> web.StreamResponse:
    """A step's answers are kept, and the next step is shown (or the last page, when it came from there)."""
    step = STEPS[request.match_info["step"]]
    typed = await sent(request)
    browser, fresh = browser_mark(request)
    async with request.app[DATABASE].write() as db:
        answers = await _answers(request, db)
        model = step.asked(answers)
        try:
            check_together(check(model, typed), today=now(request).date())
        except FormRefused as refused:
            raise FormRefused(refused.errors, typed) from None
        if model is LetterForm:
            await _check_council(db, typed)
        kept = {name: values for name, values in typed.items() if name in _names(model)}
        await enquiries.keep(db, browser, answers | {step.name: kept}, now=now(request))
    full = all(name in answers for name in STEPS)
    after = "enquire-check" if full or step.after == "check" else "enquire"
    parts = {} if after == "enquire-check" else {"step": step.after}
    response = see_other(request.app.router[after].url_for(**parts))
    if fresh:
        set_cookie(request, response, BROWSER, secret=fresh)
    return response


async def _check_council(db: Transaction, typed: dict[str, list[str]]) -> None:
    try:
        await authorities.by_id(db, check(LetterForm, typed).authority)
    except authorities.AuthorityUnknown as unknown:
        raise FormRefused({"authority": LetterForm.WORDS["authority"]}, typed) from unknown


def _forms(answers: enquiries.Answers) -> dict[str, Any]:
    """Every step's form; the step that is missing or no longer right is named by NotFinished."""
    forms: dict[str, Any] = {}
    for step in STEPS.values():
        try:
            forms[step.name] = check(step.asked(answers), answers[step.name])
        except (KeyError, FormRefused) as unfinished:
            raise NotFinished(step.name) from unfinished
    return forms


class NotFinished(Refusal):
    """One of the steps still needs an answer."""

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__()


async def summary(request: web.Request) -> web.StreamResponse:
    """Every answer, to be checked before it is sent; the first step that lacks one is shown instead."""
    async with request.app[DATABASE].read() as db:
        try:
            answers = await _answers(request, db)
            forms = _forms(answers)
        except NotFinished as unfinished:
            return see_other(request.app.router["enquire"].url_for(step=unfinished.step))
        council = await authorities.by_id(db, forms["letter"].authority)
    return render(
        request,
        "public/enquire/check.html",
        **forms,
        council=council,
        helping=helping(answers),
        decisions=DECISIONS,
        you_words=YOU,
        need_words=NEEDS,
        reach_words=REACH,
        safe_words=SAFE,
    )


def _helper(who: WhoForm, reach: HelperReachForm) -> Helper:
    return Helper(name=who.name, email=reach.own_email, phone=reach.own_phone)


def _enquiry(forms: Mapping[str, Any]) -> intake.Enquiry:
    letter, who, reach, needs = (forms[name] for name in ("letter", "who", "reach", "needs"))
    decision = DECISIONS[forms["decision"].decision]
    helper = _helper(who, reach) if isinstance(reach, HelperReachForm) else None
    return intake.Enquiry(
        told_by=told_by(who.you),
        name=reach.family if helper else who.name,
        email=reach.email,
        phone=reach.phone,
        child_first_name=who.child,
        child_last_name=who.surname or "",
        born=who.born,
        authority_id=letter.authority,
        decision=decision.decision,
        letter_date=letter.letter,
        sent_date=letter.sent,
        address=reach.address,
        reach=tuple(map(Way, reach.way)),
        reach_note="; ".join(part for part in (SAFE[reach.safe], reach.when) if part),
        needs=needs.need,
        needs_words=needs.more,
        came_by="web",
        helper=helper,
    )


async def send(request: web.Request) -> web.StreamResponse:
    """The enquiry becomes a case with its receipt, once, however often the button is pressed."""
    browser, _ = browser_mark(request)
    async with change(request) as made:
        found = await enquiries.find(made.db, browser)
        if found is None:
            raise NotFound
        if found.case_id is None:
            enquiry = _enquiry(_forms(found.answers))
            case = await intake.receive(made.db, request.app[OFFICE], enquiry, person=person(request), now=now(request))
            await enquiries.mark_sent(made.db, browser, case_id=case.id, now=now(request))
        return await made.to("enquire-done")


async def receipt(request: web.Request) -> web.StreamResponse:
    """What happens next and the family's dates, for the browser that has just sent the enquiry."""
    browser, _ = browser_mark(request)
    async with request.app[DATABASE].read() as db:
        found = await enquiries.find(db, browser)
        if (
            found is None
            or found.case_id is None
            or now(request) - (found.sent_at or now(request)) > enquiries.RECEIPT_SHOWN
        ):
            return see_other(request.app.router["home"].url_for())
        case = await view(db, found.case_id)
    return render(
        request,
        "public/enquire/done.html",
        case=case.case,
        dates=family_dates(case, now(request)),
        written_to=case.case.helper.email if case.case.helper else case.on(Side.FAMILY)[0].email,
    )


PAGES = (
    Page(name="enquire", path="/enquire/{step:decision|letter|who|reach|needs}", who=ANYONE, get=show, post=answer),
    Page(name="enquire-check", path="/enquire/check", who=ANYONE, get=summary, post=send),
    Page(name="enquire-done", path="/enquire/done", who=ANYONE, get=receipt),
)
