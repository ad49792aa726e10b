"""Edge: the mediator prepares the sitting: who comes, what they need, what the room will do, and the plan."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from cases.case import Side, Standing
from database.engine import Transaction
from meetings.meeting import OVER, MeetingState
from meetings.room import planning
from meetings.room.plan import Plan, Setting, starts_of
from meetings.room.planning import Attending, Prepared
from pages.case_view import LETTERS, SIDE_NAMES
from pages.changes import change
from pages.coordinator.desk_words import needs_words
from pages.forms import Form, FormRefused, read, sent
from pages.keys import DATABASE, now, person
from pages.mediator.draft import MEETING
from pages.mediator.plan_words import SILENCES, TIMES, fits, silence_of, stage_about, stage_word
from pages.page import MEDIATOR, Page, see_other
from pages.rendering import render
from pages.spelling import first_up
from people.access import NotFound

ADDRESS = f"/mediator/sitting/{MEETING}/prepare"
CHOOSE = "Choose one of these"


class SeenForm(Form):
    """Which version of the plan was on the screen."""

    seen: str = ""


def version_of(text: str) -> int:
    """The version that a form has seen; one that never was for anything that is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1


async def prepared(db: Transaction, request: web.Request) -> Prepared:
    """What is planned, for the mediator of this meeting; NotFound for one that was cancelled."""
    found = await planning.prepared(db, request.match_info["meeting"], person=person(request))
    if found.meeting.state is MeetingState.CANCELLED:
        raise NotFound
    return found


def rows_of(found: Prepared) -> list[dict[str, Any]]:
    """The stages as pages show them, each with its start."""
    plan = found.plan
    return [
        {"number": number, "starts": starts, "stage": stage, "word": stage_word(stage), "about": stage_about(stage)}
        for number, (stage, starts) in enumerate(
            zip(plan.stages, starts_of(plan, found.meeting.starts), strict=True), start=1
        )
    ]


def fitting(found: Prepared) -> tuple[str, str]:
    """Whether the plan fits the time of the meeting, in words."""
    return fits(found.plan, found.meeting.ends - found.meeting.starts)


def away(request: web.Request, name: str, found: Prepared) -> web.Response:
    """The page to which this one leads on, for the same meeting."""
    return see_other(request.app.router[name].url_for(meeting=found.meeting.id))


def _has_time(one: Attending) -> bool:
    return one.seat.standing is not Standing.LANGUAGE_WORKER


def _place(one: Attending) -> tuple[int, int, str]:
    """By side, and inside a side those first whose case it is."""
    return [*Side].index(one.seat.side), [*Standing].index(one.seat.standing), one.seat.label


def _people(people: Sequence[Attending]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.attendance.id,
            "letter": LETTERS[one.seat.side],
            "side": SIDE_NAMES[one.seat.side],
            "seat": one.seat,
            "title": first_up(one.seat.after_name.removeprefix(", ")),
            "needs": needs_words(one.seat),
            "has_time": _has_time(one),
            "time": one.setting.stretch,
            "silence": silence_of(one.setting.patience),
        }
        for one in sorted(people, key=_place)
    ]


async def show(request: web.Request) -> web.StreamResponse:
    """Who comes, with what the room will do for each; the plan, and the ground rules."""
    async with request.app[DATABASE].read() as db:
        found = await prepared(db, request)
    if found.meeting.state in OVER:
        return away(request, "sitting", found)
    return render(
        request,
        "mediator/prepare.html",
        found=found,
        rows=rows_of(found),
        fit=fitting(found),
        people=_people(found.people),
        times=[*TIMES.items()],
        silences=[(word, words) for word, (_, words) in SILENCES.items()],
        usual=found.plan.rules == Plan().rules,
        shares=[(SIDE_NAMES[side], parts) for side, parts in found.plan.fair.items()],
    )


def _chosen(typed: dict[str, list[str]], attendance_id: str, errors: dict[str, str]) -> Setting | None:
    """What was chosen for this person; None where the form did not ask, with an error where it was no choice."""
    time, silence = (typed.get(f"{name}_{attendance_id}", [""])[0] for name in ("time", "silence"))
    if not time and not silence:
        return None
    known = {str(percent): percent for percent in TIMES}
    for name, value, offered in (("time", time, known), ("silence", silence, SILENCES)):
        if value not in offered:
            errors[f"{name}_{attendance_id}"] = CHOOSE
    if errors:
        return None
    return Setting(stretch=known[time], patience=SILENCES[silence][0])


async def keep(request: web.Request) -> web.StreamResponse:
    """The room will do this for these people."""
    form, typed = await read(request, SeenForm), await sent(request)
    async with change(request) as made:
        found, errors = await prepared(made.db, request), dict[str, str]()
        asked = [one.attendance.id for one in found.people if _has_time(one)]
        settings = {key: one for key in asked if (one := _chosen(typed, key, errors)) is not None}
        if errors:
            raise FormRefused(errors, typed)
        await planning.set_people(
            made.db, found.meeting.id, settings, seen=version_of(form.seen), person=person(request), now=now(request)
        )
        return await made.to("sitting-prepare", meeting=found.meeting.id)


PAGES = (Page(name="sitting-prepare", path=ADDRESS, who=MEDIATOR, get=show, post=keep),)
