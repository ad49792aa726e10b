"""Edge: a mediator's day: the next sitting, who was promised a call, and what is to be written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator, BeforeValidator

from cases import board, contact, deadlines, file, work
from cases.case import Channel
from cases.dossier import Duty
from cases.promise import runs
from meetings import register
from meetings.meeting import MeetingState, Part
from meetings.register import Meeting
from pages.adviser.call import HOW, when_said
from pages.case_view import CaseView, view
from pages.changes import change
from pages.forms import Form, TextOrNone, read
from pages.keys import DATABASE, now, person
from pages.moments import LONDON, read_time
from pages.page import MEDIATOR, Page
from pages.rendering import render
from people.access import require

AHEAD, BEHIND = timedelta(days=60), timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A meeting with its case; `part` is what they are at it for, where somebody else is its mediator."""

    meeting: Meeting
    case: CaseView
    part: Part | None = None

    @property
    def leads(self) -> bool:
        """Whether they mediate there."""
        return self.part is not Part.TRAINEE


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A family that is to be reached, and until when."""

    case: CaseView
    until: datetime

    def left(self, moment: datetime) -> str:
        """How much of the 24 hours is left, in words."""
        minutes = int((self.until - moment).total_seconds() // 60)
        if minutes < 0:
            return "The 24 hours have passed"
        hours = minutes // 60
        return f"{hours} h {minutes % 60} min left" if hours else f"{minutes} minutes left"


async def _promises(request: web.Request) -> list[Promise]:
    async with request.app[DATABASE].read() as db:
        rows = await board.of_account(db, person(request).account_id or "", Duty.MEDIATOR)
        return [
            Promise(
                case=await view(db, row.case.id, row.matter.id),
                until=deadlines.contact_promise(row.matter.chosen_at).closes_at,
            )
            for row in rows
            if row.matter.chosen_at is not None and runs(row.matter.promise)
        ]


async def _sittings(request: web.Request) -> list[Sitting]:
    moment, me = now(request), person(request).account_id or ""
    async with request.app[DATABASE].read() as db:
        found = await register.of_mediator(db, me, after=moment - BEHIND, before=moment + AHEAD)
        return [
            Sitting(meeting=one, case=await view(db, one.case_id, one.matter_id), part=_part(one, me))
            for one in found
            if one.state is not MeetingState.CANCELLED
        ]


def _part(meeting: Meeting, account_id: str) -> Part | None:
    if meeting.co_mediator_id == account_id:
        return Part.CO_MEDIATOR
    return Part.TRAINEE if meeting.trainee_id == account_id else None


async def show(request: web.Request) -> web.StreamResponse:
    """The next sitting first, then promises by their end, then what has been held."""
    sittings, promises = await _sittings(request), await _promises(request)
    coming = [one for one in sittings if one.meeting.state in register.LIVE]
    held = [one for one in sittings if one.meeting.state is MeetingState.CONCLUDED and one.leads]
    return render(
        request,
        "mediator/day.html",
        coming=coming,
        held=held,
        moment=now(request),
        promises=sorted(promises, key=lambda one: one.until),
    )


def _way(value: str) -> str:
    if value not in {str(way) for way in HOW}:
        raise ValueError("Say how")
    return value


def _answer(value: str) -> str:
    if value not in ("yes", "no"):
        raise ValueError("Say whether you reached them")
    return value


class ContactForm(Form):
    """One try to reach the family."""

    DATES: ClassVar = ("day",)
    WORDS: ClassVar = {
        "day": "Write the day",
        "hour": "Write the time, like 10:20",
        "channel": "Say how",
        "reached": "Say whether you reached them",
    }
    day: date
    hour: Annotated[Any, BeforeValidator(lambda value: read_time(str(value)))]
    channel: Annotated[str, AfterValidator(_way)]
    reached: Annotated[str, AfterValidator(_answer)]
    note: TextOrNone = None


async def contact_page(request: web.Request) -> web.StreamResponse:
    """Whom to ring, what they need, and a place to write it down."""
    async with request.app[DATABASE].read() as db:
        matter = await file.load_matter(db, request.match_info["matter"])
        mine = await work.relation(db, person(request), matter.case_id)
        require(person(request), "case.read", relation=mine)
        case = await view(db, matter.case_id, matter.id)
        tries = await work.contacts_of(db, matter.id)
    local = now(request).astimezone(LONDON)
    until = deadlines.contact_promise(matter.chosen_at).closes_at if matter.chosen_at and runs(matter.promise) else None
    return render(
        request,
        "mediator/contact.html",
        case=case,
        tries=tries,
        how=HOW,
        today=local.date(),
        hour=f"{local:%H:%M}",
        until=until,
    )


async def keep_contact(request: web.Request) -> web.StreamResponse:
    """The try is written down; the first that reached somebody ends the promise."""
    form = await read(request, ContactForm)
    async with change(request) as made:
        await contact.log(
            made.db,
            request.match_info["matter"],
            at=when_said(form.day, form.hour),
            channel=Channel(form.channel),
            reached=form.reached == "yes",
            note=form.note,
            person=person(request),
            now=now(request),
        )
        return await made.to("mediator")


PAGES = (
    Page(name="mediator", path="/mediator", who=MEDIATOR, get=show),
    Page(
        name="mediator-contact",
        path="/mediator/contact/{matter:[a-z2-7]{26}}",
        who=MEDIATOR,
        get=contact_page,
        post=keep_contact,
    ),
)
