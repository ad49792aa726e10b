"""Edge: the stages of a sitting: added, changed, moved, taken out and put back. Works without script.

`?stage=3` opens a stage, `?stage=new` an empty one; nothing private stands in an address.
"""

from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator, BeforeValidator

from meetings.meeting import OVER
from meetings.meeting import Mode as Meets
from meetings.room import plan as planned
from meetings.room import planning
from meetings.room.plan import (
    CODES,
    LONGEST_NAME,
    MOST_MINUTES,
    MOST_OWN_MINUTES,
    MOST_STAGES,
    MOST_TURN_MINUTES,
    Plan,
    PlanNotSo,
)
from meetings.room.planning import Edit, Prepared
from meetings.room.stages import BREAK, Mode, Stage, workable
from pages.changes import change
from pages.forms import Form, line_of, read
from pages.keys import DATABASE, now, person
from pages.mediator.draft import one_of
from pages.mediator.plan_words import MODES, STAGES, stage_word
from pages.mediator.prepare import ADDRESS, SeenForm, away, fitting, prepared, rows_of, version_of
from pages.page import MEDIATOR, Page
from pages.rendering import render

NEW = "new"
DOES = ("up", "down", "out", "back")
USUAL = Stage(code="questions", mode=Mode.OPEN_TALK, minutes=10)
KIND, HOW = "Choose what kind of stage it is", "Say how people take turns"


def _whole(most: int, *, usual: int | None = None) -> Any:
    """A check of so many minutes; an empty field is the usual number, where there is one."""

    def look(value: Any) -> int:
        text = str(value).strip()
        if not text and usual is not None:
            return usual
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= most):
            raise ValueError(f"Write the minutes as a number from 1 to {most}")
        return int(text)

    return BeforeValidator(look)


def _mode(value: str) -> str:
    if value and value not in set(Mode):
        raise ValueError(HOW)
    return value


class StageForm(Form):
    """One stage. How turns are taken, and for how long, is not asked of a break."""

    WORDS: ClassVar = {"code": KIND, "minutes": f"Write the minutes as a number from 1 to {MOST_MINUTES}"}
    code: Annotated[str, one_of(CODES, KIND)]
    called: Annotated[str, line_of(LONGEST_NAME)] = ""
    minutes: Annotated[int, _whole(MOST_MINUTES)]
    mode: Annotated[str, AfterValidator(_mode)] = ""
    turn: Annotated[int, _whole(MOST_TURN_MINUTES, usual=USUAL.turn_minutes)] = USUAL.turn_minutes
    own: Annotated[int, _whole(MOST_OWN_MINUTES, usual=USUAL.own_minutes)] = USUAL.own_minutes
    after: str = ""
    stage: str = NEW
    seen: str = ""


class ArrangeForm(Form):
    """A stage is moved, taken out, or put back."""

    stage: str
    do: Annotated[str, one_of(DOES, "Choose what to do with it")]
    seen: str = ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0


def _opened(request: web.Request, plan: Plan) -> tuple[str, Stage | None]:
    """Which stage is open: its number, `new`, or none."""
    asked = request.query.get("stage", "")
    number = _number(asked)
    if 1 <= number <= len(plan.stages):
        return str(number), plan.stages[number - 1]
    return (NEW, None) if asked == NEW else ("", None)


def elsewhere(request: web.Request, found: Prepared) -> web.StreamResponse | None:
    """Where this page leads on to, once the sitting has begun or is over; None while it can be planned."""
    if found.meeting.state in OVER:
        return away(request, "sitting", found)
    return away(request, "sitting-prepare", found) if found.begun else None


def _modes(found: Prepared, opened: Stage | None) -> list[tuple[str, str]]:
    """What can be chosen: what the room can do at this meeting, and what stands there already."""
    in_person = found.meeting.mode is Meets.IN_PERSON
    offered = [one for one in MODES if workable(one, in_person=in_person) is one or (opened and opened.mode is one)]
    return [(str(one), "{}: {}".format(*MODES[one])) for one in offered]


async def show(request: web.Request) -> web.StreamResponse:
    """The stages in order, each with what can be done with it; one of them open, or a new one."""
    async with request.app[DATABASE].read() as db:
        found = await prepared(db, request)
    stage, opened = _opened(request, found.plan)
    return elsewhere(request, found) or render(
        request,
        "mediator/prepare_stages.html",
        found=found,
        rows=rows_of(found),
        fit=fitting(found),
        stage=stage,
        opened=opened or USUAL,
        kinds=[(code, STAGES[code]) for code in CODES],
        modes=_modes(found, opened),
        out=[stage_word(one.stage) for one in found.plan.out],
        full=len(found.plan.stages) >= MOST_STAGES,
        longest_name=LONGEST_NAME,
    )


def _stage(form: StageForm) -> Stage:
    if form.code == BREAK:
        return Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=form.minutes, name=form.called)
    if not form.mode:
        raise PlanNotSo(HOW, field="mode")
    return Stage(
        code=form.code,
        mode=Mode(form.mode),
        minutes=form.minutes,
        turn_minutes=form.turn,
        own_minutes=form.own,
        name=form.called,
    )


def _with(form: StageForm) -> Edit:
    stage = _stage(form)
    if form.stage != NEW:
        return lambda plan: planned.changed(plan, _number(form.stage), stage)
    return lambda plan: planned.added(plan, stage, after=_number(form.after))


async def _save(request: web.Request, edit: Edit, *, seen: str) -> web.StreamResponse:
    async with change(request) as made:
        meeting_id = request.match_info["meeting"]
        await planning.save(made.db, meeting_id, edit, seen=version_of(seen), person=person(request), now=now(request))
        return await made.to("sitting-stages", meeting=meeting_id)


async def keep(request: web.Request) -> web.StreamResponse:
    """The stage is in the plan: where it was asked for, or in place of what it was."""
    form = await read(request, StageForm)
    return await _save(request, _with(form), seen=form.seen)


async def arrange(request: web.Request) -> web.StreamResponse:
    """The stage stands one place earlier or later, is taken out, or is back where it stood."""
    form = await read(request, ArrangeForm)
    number = _number(form.stage)
    edits: dict[str, Edit] = {
        "up": lambda plan: planned.moved(plan, number, up=True),
        "down": lambda plan: planned.moved(plan, number, up=False),
        "out": lambda plan: planned.taken_out(plan, number),
        "back": lambda plan: planned.put_back(plan, number),
    }
    return await _save(request, edits[form.do], seen=form.seen)


async def ask(request: web.Request) -> web.StreamResponse:
    """Whether the stages are really to be the usual ones again."""
    async with request.app[DATABASE].read() as db:
        found = await prepared(db, request)
    return elsewhere(request, found) or render(request, "mediator/prepare_usual.html", found=found)


async def usual(request: web.Request) -> web.StreamResponse:
    """The stages are the usual ones."""
    form = await read(request, SeenForm)
    return await _save(request, planned.usual_stages, seen=form.seen)


STAGES_ADDRESS = f"{ADDRESS}/stages"
PAGES = (
    Page(name="sitting-stages", path=STAGES_ADDRESS, who=MEDIATOR, get=show, post=keep),
    Page(
        name="sitting-stages-arrange",
        path=f"{STAGES_ADDRESS}/arrange",
        who=MEDIATOR,
        post=arrange,
        form="sitting-stages",
    ),
    Page(name="sitting-stages-usual", path=f"{STAGES_ADDRESS}/usual", who=MEDIATOR, get=ask, post=usual),
)
