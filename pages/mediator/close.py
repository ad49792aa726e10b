"""Edge: who has confirmed what; a yes that was said to the mediator; how the meeting ended; and the seal.

The certificate is shown as a fact beside it all: it has waited for none of this page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases.states import Outcome
from database.engine import Transaction
from database.refusal import Refusal
from meetings.meeting import MeetingState
from pages import paper_pages
from pages.case_view import LETTERS
from pages.changes import change
from pages.draft_shown import MARK_TAGS, MARK_WORDS, lines_shown, shares_shown
from pages.forms import Form, FormRefused, SentencesOrNone, read, sent
from pages.keys import DATABASE, OFFICE, now, person
from pages.mediator.draft import MEETING, one_of
from pages.page import MEDIATOR, Page
from pages.rendering import render
from records import archive, certifying, closing, confirming, drafting, papers, prints
from records.agreement import Channel, Mark
from records.confirming import Answer
from records.drafting import Desk

ADJOURNED = "adjourned"
ENDS: Mapping[str, tuple[str, str]] = {
    Outcome.PARTIAL: ("Agreed on some things", ""),
    Outcome.FULL: ("Agreed on everything", ""),
    Outcome.NONE: ("Not agreed", ""),
    Outcome.BACK_TO_PANEL: ("Goes back to a panel", ""),
    Outcome.FAMILY_WITHDREW: ("The family stopped", ""),
    Outcome.COUNCIL_ABSENT: ("The council did not come", "The family can have a new date, and its certificate"),
    Outcome.FAMILY_ABSENT: ("The family did not come", "Somebody rings them. No time for a certificate starts"),
    ADJOURNED: ("It goes on another day", "This is not an end: no time for a certificate starts"),
}


WHERE: Mapping[str, str] = {Channel.PHONE: "On the phone", Channel.ROOM: "In the room"}


def _id(value: str) -> str:
    return paper_pages.known_id(value, "Choose who has answered")


class NotReadAloud(Refusal):
    """Read every line aloud first, then tick the box."""


class NotReady(Refusal):
    """Please tick both boxes before you seal."""


class EndForm(Form):
    """How the meeting ended."""

    WORDS: ClassVar = {"outcome": "Say how the meeting ended"}
    outcome: Annotated[str, one_of(ENDS, "Say how the meeting ended")]


class SaidForm(Form):
    """What a party said on the phone or in the room, when every line was read to it."""

    WORDS: ClassVar = {
        "seat": "Choose who has answered",
        "where": "Say where they are",
        "mark": "Say what they answered",
    }
    seat: Annotated[str, AfterValidator(_id)]
    where: Annotated[str, one_of(WHERE, "Say where they are")]
    mark: Annotated[str, one_of(Mark, "Say what they answered")]
    words: SentencesOrNone = None
    aloud: str = ""
    draft: Annotated[str, AfterValidator(_id)]
    shown: str


class SealForm(Form):
    """The mediator has read it once more, and everyone knows who may see it."""

    read: str = ""
    known: str = ""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Everything the page is made from."""

    desk: Desk
    answers: Sequence[Answer]

    @property
    def all_yes(self) -> bool:
        """Whether every party has said yes to the version that counts."""
        marks = [answer.mark for answer in self.answers]
        return bool(marks) and all(mark is not None and mark.mark is Mark.YES for mark in marks)

    @property
    def ended(self) -> bool:
        """Whether the meeting has ended for good."""
        return self.desk.meeting.state is MeetingState.CONCLUDED


async def _closing(db: Transaction, request: web.Request) -> Closing:
    desk = await drafting.desk(db, request.match_info["meeting"], person=person(request))
    sheet = desk.newest
    sent = sheet is not None and sheet.sent_at is not None
    answers = await confirming.answers(db, desk.meeting, sheet) if sheet is not None and sent else ()
    return Closing(desk=desk, answers=answers)


async def show(request: web.Request) -> web.StreamResponse:
    """The marks of every party, the end, the seal, and the certificate's own state."""
    async with request.app[DATABASE].read() as db:
        found = await _closing(db, request)
        sealed = await archive.record_of(db, found.desk.meeting.id)
        issued = await certifying.issued_for(db, found.desk.matter)
        made = await prints.of_source(db, sealed.id) if sealed else ()
    sheet = found.desk.newest
    agreed_on = max((answer.mark.at for answer in found.answers if answer.mark), default=None)
    return render(
        request,
        "mediator/close.html",
        closing=found,
        desk=found.desk,
        sheet=sheet,
        sealed=sealed,
        issued=issued,
        papers=made,
        titles=paper_pages.TITLES,
        agreed_on=agreed_on if found.all_yes else None,
        lines=lines_shown(sheet.words, now(request).date()) if sheet else (),
        shares=shares_shown(sheet.words) if sheet else (),
        where=[*WHERE.items()],
        ends=[(value, words, hint) for value, (words, hint) in ENDS.items()],
        letters=LETTERS,
        mark_words=MARK_WORDS,
        mark_tags=MARK_TAGS,
    )


async def end(request: web.Request) -> web.StreamResponse:
    """The meeting has ended so, or goes on another day."""
    form, meeting_id, who = await read(request, EndForm), request.match_info["meeting"], person(request)
    async with change(request) as made:
        if form.outcome == ADJOURNED:
            await closing.adjourn(made.db, meeting_id, person=who, now=now(request))
        else:
            office, outcome = request.app[OFFICE], Outcome(form.outcome)
            await closing.conclude(made.db, office, meeting_id, outcome=outcome, person=who, now=now(request))
        return await made.to("mediator-close", meeting=meeting_id)


async def said(request: web.Request) -> web.StreamResponse:
    """What a party said on the phone or in the room is kept, with the mediator as witness."""
    form, who = await read(request, SaidForm), person(request)
    if not form.aloud:
        raise NotReadAloud(field="aloud")
    async with change(request) as made:
        await confirming.confirm(
            made.db,
            form.draft,
            seat_id=form.seat,
            mark=Mark(form.mark),
            words=form.words,
            shown_hash=form.shown,
            channel=Channel(form.where),
            witness=who.account_id,
            person=who,
            now=now(request),
        )
        return await made.to("mediator-close", meeting=request.match_info["meeting"])


async def seal(request: web.Request) -> web.StreamResponse:
    """The record is sealed, and its papers go to everyone who said yes."""
    form, meeting_id = await read(request, SealForm), request.match_info["meeting"]
    if not (form.read and form.known):
        raise FormRefused({"known" if form.read else "read": NotReady().words}, await sent(request))
    async with change(request) as made:
        await closing.seal(made.db, request.app[OFFICE], meeting_id, person=person(request), now=now(request))
        return await made.to("mediator-close", meeting=meeting_id)


async def paper(request: web.Request) -> web.StreamResponse:
    """The paper itself; that it was opened is written down."""
    async with request.app[DATABASE].write() as db:
        pdf = await papers.read(db, request.match_info["paper"], person=person(request), now=now(request))
    return paper_pages.inline(pdf)


async def make_again(request: web.Request) -> web.StreamResponse:
    """A paper that could not be made waits to be made once more."""
    form = await read(request, paper_pages.AgainForm)
    async with change(request) as made:
        await papers.make_again(made.db, form.paper, person=person(request), now=now(request))
        return await made.to("mediator-close", meeting=request.match_info["meeting"])


ADDRESS = f"/mediator/{MEETING}/close"
PAGES = (
    Page(name="mediator-close", path=ADDRESS, who=MEDIATOR, get=show, post=end),
    Page(name="mediator-close-phone", path=f"{ADDRESS}/phone", who=MEDIATOR, post=said, form="mediator-close"),
    Page(name="mediator-close-seal", path=f"{ADDRESS}/seal", who=MEDIATOR, post=seal, form="mediator-close"),
    Page(name="mediator-close-again", path=f"{ADDRESS}/again", who=MEDIATOR, post=make_again, form="mediator-close"),
    Page(name="mediator-paper", path="/mediator/papers/{paper:[a-z2-7]{26}}", who=MEDIATOR, get=paper, shows=False),
)
