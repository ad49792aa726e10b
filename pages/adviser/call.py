"""Edge: the adviser's call with the family, point by point, and what the family chooses after it."""

from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator, BeforeValidator

from cases import advising, file, script, work
from cases.advising import Said, Talk
from cases.case import Channel, Choice
from cases.dossier import Duty
from pages.case_view import CaseView, appeal, family_dates, view
from pages.changes import change
from pages.enquiry_words import NEEDS
from pages.forms import Form, FormRefused, TextOrNone, read
from pages.keys import DATABASE, OFFICE, now, person
from pages.moments import LONDON, moment, read_time
from pages.page import ADVISER, Page
from pages.rendering import render
from people.access import require

MATTER = "{matter:[a-z2-7]{26}}"
HOW = {
    Channel.PHONE: "By phone",
    Channel.VIDEO: "On a video call",
    Channel.EMAIL: "By email",
    Channel.IN_PERSON: "In person",
}
CHOICES = {
    Choice.MEDIATION: ("Mediation", ""),
    Choice.DECLINED: ("No mediation", "A certificate goes out within 3 working days"),
    Choice.DISAGREEMENT_RESOLUTION: ("Disagreement resolution", "Only where nothing can be appealed, or beside it"),
    Choice.CONSIDERING: ("They want time", "We remind them before their dates"),
}


def _word(words: Any, otherwise: str) -> Any:
    def look(value: str) -> str:
        if value not in {str(word) for word in words}:
            raise ValueError(otherwise)
        return value

    return AfterValidator(look)


def _hour(value: object) -> object:
    return read_time(str(value))


class WhenForm(Form):
    """When and how it was said."""

    DATES: ClassVar = ("day",)
    WORDS: ClassVar = {"day": "Write the day", "hour": "Write the time, like 10:20", "channel": "Say how"}
    day: date
    hour: Annotated[Any, BeforeValidator(_hour)]
    channel: Annotated[str, _word(HOW, "Say how")]


class CallForm(WhenForm):
    """The points that were said, and a note."""

    MANY: ClassVar = ("ticks",)
    ticks: tuple[Annotated[str, _word(script.Tick, "That is not a point of the talk")], ...] = ()
    note: TextOrNone = None


class ChoiceForm(WhenForm):
    """What the family wants."""

    MANY: ClassVar = ("about",)
    WORDS: ClassVar = {**WhenForm.WORDS, "choice": "Say what they chose"}
    choice: Annotated[str, _word(CHOICES, "Say what they chose")]
    about: tuple[str, ...] = ()
    told: str = ""


async def _case(request: web.Request) -> CaseView:
    async with request.app[DATABASE].read() as db:
        matter = await file.load_matter(db, request.match_info["matter"])
        if Duty.ADVISER in await work.holders_of(db, matter.id):  # nobody's yet: whoever rings takes it
            require(person(request), "case.read", relation=await work.relation(db, person(request), matter.case_id))
        return await view(db, matter.case_id, matter.id)


def _shared(request: web.Request, case: CaseView) -> dict[str, Any]:
    local = now(request).astimezone(LONDON)
    return {
        "case": case,
        "how": HOW,
        "today": local.date(),
        "hour": f"{local:%H:%M}",
        "appeal": appeal(case),
        "dates": family_dates(case, now(request)),
        "need_words": NEEDS,
    }


async def call(request: web.Request) -> web.StreamResponse:
    """The script, the facts, and what the family needs."""
    case = await _case(request)
    return render(request, "adviser/call.html", parts=script.PARTS, owed=script.OWED, **_shared(request, case))


def when_said(day: date, hour: time) -> datetime:
    """The moment that a form names, in UTC; FormRefused at the hour that the clocks skip."""
    try:
        return moment(day, hour)
    except ValueError as skipped:
        raise FormRefused({"hour": str(skipped)}, {}) from skipped


async def keep_call(request: web.Request) -> web.StreamResponse:
    """The talk is written down as evidence, and the family gets a summary."""
    form, matter_id = await read(request, CallForm), request.match_info["matter"]
    talk = Talk(
        matter_id=matter_id,
        given_at=when_said(form.day, form.hour),
        channel=Channel(form.channel),
        ticks=form.ticks,
        notes=form.note,
    )
    async with change(request) as made:
        await advising.record_advice(made.db, request.app[OFFICE], talk, person=person(request), now=now(request))
        return await made.to("advice-choice", matter=matter_id)


async def choose(request: web.Request) -> web.StreamResponse:
    """What has the family chosen, when did they say so, and how?"""
    case = await _case(request)
    issues = tuple(name for name in ("education", "health", "social_care") if getattr(case.matter, name))
    return render(request, "adviser/choice.html", choices=CHOICES, issues=issues, **_shared(request, case))


async def keep_choice(request: web.Request) -> web.StreamResponse:
    """The choice holds from the moment it was said, and starts what follows."""
    form, matter_id = await read(request, ChoiceForm), request.match_info["matter"]
    said = Said(
        matter_id=matter_id,
        choice=Choice(form.choice),
        told_at=when_said(form.day, form.hour),
        channel=Channel(form.channel),
        education="education" in form.about,
        health="health" in form.about,
        social_care="social_care" in form.about,
    )
    async with change(request) as made:
        await advising.record_choice(made.db, request.app[OFFICE], said, person=person(request), now=now(request))
        after = "advice-certificate" if said.choice is Choice.DECLINED else "advice"
        return await made.to(after, **({"matter": matter_id} if said.choice is Choice.DECLINED else {}))


PAGES = (
    Page(name="advice-call", path=f"/advice/{MATTER}/call", who=ADVISER, get=call, post=keep_call),
    Page(name="advice-choice", path=f"/advice/{MATTER}/choice", who=ADVISER, get=choose, post=keep_choice),
)
