"""Edge: colleagues at a meeting: a co-mediator or a trainee is added or taken away, and each side's yes is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases.case import Side
from database.engine import Transaction
from meetings import attending, staff
from meetings.meeting import Part
from meetings.register import LIVE, Meeting
from meetings.staff import Yes
from pages.changes import change
from pages.coordinator.desk_words import moment_word
from pages.coordinator.enquiry import among
from pages.coordinator.one_meeting import ONE, meeting_and_case
from pages.coordinator.times import looks_like_id
from pages.forms import Form, FormRefused, read, sent
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import COORDINATOR, Page, see_other
from pages.rendering import render
from pages.spelling import first_up
from people import accounts
from people.access import NotFound
from scheduler import colleagues

PARTS = {part.value: part for part in Part}
SIDES = {side.value: side for side in Side}


def _somebody(value: str) -> str:
    if not looks_like_id(value):
        raise ValueError("Choose somebody")
    return value


class AddForm(Form):
    """Who is added."""

    account: Annotated[str, AfterValidator(_somebody)]
    independent: str = ""
    WORDS: ClassVar = {"account": "Choose somebody"}


class AwayForm(Form):
    """Who is taken away."""

    account: Annotated[str, AfterValidator(_somebody)]


class YesForm(Form):
    """Which side said yes."""

    side: Annotated[str, among(SIDES, "Say which side")]


def _part(request: web.Request) -> Part:
    part = request.match_info["part"].replace("-", "_")
    if part not in PARTS:
        raise NotFound
    return PARTS[part]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one side has said to a trainee: when, and who asked; empty while it was not asked."""

    side: str
    words: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A colleague at the meeting, as its page shows them."""

    account_id: str
    name: str
    part: Part
    word: str
    since: str
    asked: tuple[Asked, ...]


async def shown(db: Transaction, meeting: Meeting) -> list[Beside]:
    """Who of our own is at the meeting with its mediator, and which side has said yes to a trainee."""
    names: Mapping[str, str] = {one.id: one.name for one in await accounts.everybody(db)}
    sides = await attending.sides(db, meeting)
    return [
        Beside(
            account_id=one.account_id,
            name=names.get(one.account_id, ""),
            part=one.part,
            word=first_up(one.part.words),
            since=f"{moment_word(one.added_at)}, {names.get(one.added_by, '')}",
            asked=tuple(_asked(side, one.agreed.get(side), names) for side in sides if one.part is Part.TRAINEE),
        )
        for one in await staff.of_meeting(db, meeting.id)
    ]


def _asked(side: Side, yes: Yes | None, names: Mapping[str, str]) -> Asked:
    said = f"{moment_word(yes.at)}, asked by {names.get(yes.asked_by, '')}" if yes else ""
    return Asked(side=side.value, words=f"{first_up(side.words)} agreed", said=said)


async def told(db: Transaction, meeting: Meeting) -> list[dict[str, str]]:
    """The colleagues among those whom a move or a cancellation tells."""
    return [{"letter": "n", "word": one.word, "name": one.name, "how": "by email"} for one in await shown(db, meeting)]


def free(beside: Sequence[Beside]) -> list[tuple[str, str]]:
    """What nobody is at the meeting for yet: as the address and as the link say it."""
    taken = {one.part for one in beside}
    return [(part.value.replace("_", "-"), f"Add a {part.words}") for part in Part if part not in taken]


async def choose(request: web.Request) -> web.StreamResponse:
    """The mediators of the house: who can be chosen, and why each of the others cannot; nobody once it is over."""
    part = _part(request)
    async with request.app[DATABASE].read() as db:
        meeting, case = await meeting_and_case(request, db)
        if meeting.state not in LIVE:
            return see_other(request.app.router["desk-meeting"].url_for(meeting=meeting.id))
        found = await colleagues.candidates(
            db, request.app[OFFICE], meeting.id, person=person(request), now=now(request)
        )
    return render(
        request,
        "coordinator/colleague_add.html",
        case=case.case,
        meeting=meeting,
        part=part.value,
        word=part.words,
        items=[(one.account.id, one.account.name) for one in found if one.why_not is None],
        others=[(one.account.name, one.why_not) for one in found if one.why_not is not None],
    )


async def add(request: web.Request) -> web.StreamResponse:
    """They are at the meeting, and have their invitation."""
    form, part = await read(request, AddForm), _part(request)
    if form.independent != "yes":
        raise FormRefused({"independent": "Ask them first, and tick this when they have said so"}, await sent(request))
    async with change(request) as made:
        meeting, _ = await meeting_and_case(request, made.db)
        await colleagues.add(
            made.db,
            request.app[OFFICE],
            meeting.id,
            account_id=form.account,
            part=part,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-meeting", meeting=meeting.id)


async def take_away(request: web.Request) -> web.StreamResponse:
    """They are at the meeting no longer, and have word of it."""
    form = await read(request, AwayForm)
    async with change(request) as made:
        meeting, _ = await meeting_and_case(request, made.db)
        await colleagues.take_away(
            made.db,
            request.app[OFFICE],
            meeting.id,
            account_id=form.account,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-meeting", meeting=meeting.id)


async def say_yes(request: web.Request) -> web.StreamResponse:
    """A side's yes to the trainee is written down."""
    form = await read(request, YesForm)
    async with change(request) as made:
        meeting, _ = await meeting_and_case(request, made.db)
        await colleagues.say_yes(
            made.db,
            request.app[OFFICE],
            meeting.id,
            side=SIDES[form.side],
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-meeting", meeting=meeting.id)


PAGES = (
    Page(
        name="desk-colleague-add",
        path=f"{ONE}/add/{{part:co-mediator|trainee}}",
        who=COORDINATOR,
        get=choose,
        post=add,
    ),
    Page(name="desk-colleague-away", path=f"{ONE}/without", who=COORDINATOR, post=take_away, form="desk-meeting"),
    Page(name="desk-trainee-yes", path=f"{ONE}/trainee-yes", who=COORDINATOR, post=say_yes, form="desk-meeting"),
)
