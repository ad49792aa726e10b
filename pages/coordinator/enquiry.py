"""Edge: an enquiry that comes by phone or letter, taken on one page: the same facts as the public form asks for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator, Field

from cases import authorities, intake
from cases.dossier import CaseFile
from cases.helper import Helper
from cases.reach import Way
from cases.working_days import day_of
from pages.changes import change
from pages.enquiry_words import DECISIONS, HELPER, NEEDS, REACH, SAFE, YOU, told_by
from pages.forms import (
    DateOrNone,
    EmailOrNone,
    Form,
    FormRefused,
    LineOrNone,
    Name,
    NameOrNone,
    PhoneOrNone,
    TextOrNone,
    read,
    sent,
)
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.reaching import AddressOrNone, of_helper, some_of, unreachable
from pages.rendering import render

# The public form's answers, as one says them of somebody else.
DECISION_WORDS = {
    "not-assess": "Not to assess",
    "not-issue": "Not to write a plan",
    "contents": "What is in the plan",
    "school": "Only the school",
    "not-change": "Not to change the plan",
    "end": "To end the plan",
    "no-letter": "There is no letter, but worry about the support",
    "not-sure": "Not clear yet",
}
SAFE_WORDS = {"yes": "Yes", "no": "No, only speak to them", "depends": "It depends: ask first"}
CAME_BY = {"phone": "By phone", "email": "By email", "post": "By letter"}
OLDEST = 26  # years: help is from birth to 25


def among(words: Mapping[str, Any], otherwise: str) -> Any:
    """A check that an answer is among those that were offered."""

    def look(value: str) -> str:
        if value not in words:
            raise ValueError(otherwise)
        return value

    return AfterValidator(look)


class EnquiryForm(Form):
    """Everything that a coordinator asks a family."""

    DATES: ClassVar = ("born", "letter", "sent")
    MANY: ClassVar = ("need", "reach")
    WORDS: ClassVar = {
        "came_by": "Say how it came",
        "name": "Write the name of the person who wrote or rang",
        "you": "Say who they are",
        "child": "Write the first name of the child or young person",
        "born": "Write the date of birth, for example 19 5 2016",
        "authority": "Choose the council",
        "decision": "Pick the one that is nearest",
        "reach": "Choose how they like to hear from us",
        "safe": "Say whether a message is safe",
    }
    came_by: Annotated[str, among(CAME_BY, WORDS["came_by"])]
    name: Name
    you: Annotated[str, among(YOU, WORDS["you"])]
    family: NameOrNone = None
    own_phone: PhoneOrNone = None
    own_email: EmailOrNone = None
    child: Name
    surname: LineOrNone = None
    born: date
    authority: str
    decision: Annotated[str, among(DECISIONS, WORDS["decision"])]
    letter: DateOrNone = None
    sent: DateOrNone = None
    phone: PhoneOrNone = None
    email: EmailOrNone = None
    reach: Annotated[tuple[str, ...], some_of(REACH, WORDS["reach"]), Field(min_length=1)]
    address: AddressOrNone = None
    safe: Annotated[str, among(SAFE, WORDS["safe"])]
    hours: LineOrNone = None
    need: Annotated[tuple[str, ...], some_of(NEEDS, "Choose among what is offered, or write it below")] = ()
    more: TextOrNone = None


async def blank(request: web.Request) -> web.StreamResponse:
    """The form, on one page."""
    async with request.app[DATABASE].read() as db:
        councils = await authorities.all_active(db)
    return render(
        request,
        "coordinator/enquiry.html",
        came_by=list(CAME_BY.items()),
        councils=[(council.id, council.name) for council in councils],
        decisions=[(value, DECISION_WORDS.get(value, one.words)) for value, one in DECISIONS.items()],
        you=[(value, words[0]) for value, words in YOU.items()],
        reach=list(REACH.items()),
        safe=[(value, SAFE_WORDS.get(value, words)) for value, words in SAFE.items()],
        needs=[(value, words[0].replace("with me", "with them")) for value, words in NEEDS.items()],
    )


def _beyond_fields(form: EnquiryForm, today: date) -> dict[str, str]:
    """What one field alone cannot tell."""
    errors = {
        name: "This day must be in the past"
        for name, day in (("letter", form.letter), ("sent", form.sent))
        if day is not None and not date(2014, 9, 1) <= day <= today
    }
    if not date(today.year - OLDEST, 1, 1) <= form.born <= today:
        errors["born"] = "Check the date of birth. We can help from birth to age 25"
    nothing = "Write a phone number, an email or a postal address, so that we can reach them"
    if form.you == HELPER:
        unnamed = {} if form.family else {"family": "Write the name of the parent or carer"}
        return errors | unnamed | of_helper(form, form.reach, whose="the helper’s")
    return errors | unreachable(form, form.reach, whose="their", otherwise="another way", nothing=nothing)


def _as_asked(errors: dict[str, str]) -> dict[str, str]:
    order = list(EnquiryForm.model_fields)
    return dict(sorted(errors.items(), key=lambda error: order.index(error[0])))


def _enquiry(form: EnquiryForm) -> intake.Enquiry:
    helper = Helper(name=form.name, email=form.own_email, phone=form.own_phone) if form.you == HELPER else None
    return intake.Enquiry(
        told_by=told_by(form.you),
        name=form.family if helper and form.family else form.name,
        email=form.email,
        phone=form.phone,
        child_first_name=form.child,
        child_last_name=form.surname or "",
        born=form.born,
        authority_id=form.authority,
        decision=DECISIONS[form.decision].decision,
        letter_date=form.letter,
        sent_date=form.sent,
        address=form.address,
        reach=tuple(map(Way, form.reach)),
        reach_note="; ".join(part for part in (SAFE[form.safe], form.hours) if part),
        needs=form.need,
        needs_words=form.more,
        came_by=form.came_by,
        helper=helper,
    )


async def _read(request: web.Request, moment: datetime) -> intake.Enquiry:
    form = await read(request, EnquiryForm)
    errors = _beyond_fields(form, day_of(moment))
    if errors:
        raise FormRefused(_as_asked(errors), await sent(request))
    return _enquiry(form)


async def take(request: web.Request) -> web.StreamResponse:
    """The case is open, and its receipt is on its way."""
    enquiry = await _read(request, now(request))
    async with change(request) as made:
        case: CaseFile = await intake.receive(
            made.db, request.app[OFFICE], enquiry, person=person(request), now=now(request)
        )
        return await made.to("desk-case", case=case.id)


PAGES = (Page(name="desk-enquiry", path="/desk/enquiry", who=COORDINATOR, get=blank, post=take),)
