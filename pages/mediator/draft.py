"""Edge: a mediator writes down what was agreed, action by action, and sends a version to be read. Works without script.

`?line=3` opens an action, `?line=new` an empty one; nothing private stands in an address.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases.case import Side
from cases.deadlines import record_by
from cases.legal_class import LegalClass, classes_for
from cases.working_days import day_of
from database.engine import Transaction
from database.refusal import Refusal
from pages.case_view import LETTERS
from pages.changes import Change, change
from pages.draft_shown import lines_shown, shares_shown
from pages.forms import EMPTY_IS_NONE, DateOrNone, Form, Sentences, SentencesOrNone, line_of, paragraph_of, read
from pages.keys import DATABASE, OFFICE, PRINTER, now, person
from pages.page import MEDIATOR, Page
from pages.rendering import render
from records import archive, drafting
from records.agreement import LONGEST_NAME, ActionLine, Draft
from records.drafting import Desk
from records.editing import (
    EMPTY,
    added,
    body_of,
    changed,
    line_checked,
    moved,
    removed,
    signs_of,
    usual_limit,
)
from records.pdf import NotPrintable, named

MEETING = "{meeting:[a-z2-7]{26}}"
NEW = "new"
SIDES = tuple(side for side in Side if side is not Side.NOBODY)
MOVES = ("up", "down", "out")


def _needed(words: str) -> Any:
    def look(text: str) -> str:
        if not text:
            raise ValueError(words)
        return text

    return AfterValidator(look)


def one_of(words: Iterable[object], otherwise: str) -> Any:
    """A check that an answer is among those that were offered."""
    offered = {str(word) for word in words}

    def look(value: str) -> str:
        if value not in offered:
            raise ValueError(otherwise)
        return value

    return AfterValidator(look)


class NotWhole(Refusal):
    """Something about this action is missing."""


SETTLED = AfterValidator(lambda text: " ".join(text.split()))
Sentence = Annotated[Sentences, SETTLED]


class LineForm(Form):
    """One action: what, who, by when, and how everyone will know."""

    DATES: ClassVar = ("due",)
    WORDS: ClassVar = {
        "what": "Write what will be done",
        "side": "Choose whose action it is",
        "role": "Write who does it: a role, like SEN manager",
        "kind": "Choose what kind of action it is",
        "by": "Say by when",
        "evidence": "Write how everyone will know that it is done",
    }
    what: Annotated[Sentence, _needed("Write what will be done")]
    side: Annotated[str, one_of(SIDES, "Choose whose action it is")]
    body: Annotated[Annotated[str, line_of(LONGEST_NAME)] | None, EMPTY_IS_NONE] = None
    role: Annotated[str, paragraph_of(LONGEST_NAME), SETTLED, _needed("Write who does it: a role, like SEN manager")]
    kind: Annotated[str, one_of(LegalClass, "Choose what kind of action it is")]
    by: Annotated[str, one_of(("usual", "other"), "Say by when")]
    due: DateOrNone = None
    evidence: Annotated[Sentence, _needed("Write how everyone will know that it is done")]
    depends: SentencesOrNone = None
    seen: str = ""
    line: str = NEW


class ArrangeForm(Form):
    """An action is moved or taken out."""

    line: str
    do: Annotated[str, one_of(MOVES, "Choose what to do with it")]
    seen: str = ""


class SeenForm(Form):
    """Which version was on the screen."""

    seen: str = ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0


def _opened(request: web.Request, draft: Draft) -> tuple[str, ActionLine | None]:
    """Which action is open: its number, `new`, or none."""
    asked = request.query.get("line", "")
    number = _number(asked)
    if 1 <= number <= len(draft.lines):
        return str(number), draft.lines[number - 1]
    return (NEW, None) if asked == NEW or not draft.lines else ("", None)


def _kinds(today: date) -> list[tuple[str, str]]:
    """Each kind with the time that the law offers for it."""
    limits = [usual_limit(kind, today) for kind in LegalClass]
    return [(str(limit.kind), f"{limit.kind.words} ({limit.words[:1].lower()}{limit.words[1:]})") for limit in limits]


def _limit_of(line: ActionLine | None, today: date) -> Any:
    return usual_limit(line.legal_class, today) if line else None


async def show(request: web.Request) -> web.StreamResponse:
    """The newest version: one action open at a time, the others below it, and what is still missing."""
    async with request.app[DATABASE].read() as db:
        desk = await drafting.desk(db, request.match_info["meeting"], person=person(request))
        sealed = await archive.record_of(db, desk.meeting.id)
        readers = await drafting.parties(db, desk.meeting)
    draft, today = (desk.newest.words if desk.newest else EMPTY), day_of(now(request))
    line, opened = _opened(request, draft)
    return render(
        request,
        "mediator/draft.html",
        desk=desk,
        draft=draft,
        sealed=sealed,
        readers=readers,
        lines=lines_shown(draft, today),
        shares=shares_shown(draft),
        line="" if sealed else line,
        opened=opened,
        limit=_limit_of(opened, today),
        sides=[(str(side), side.words) for side in SIDES],
        kinds=_kinds(today),
        fitting={side: classes_for(side) for side in SIDES},
        letters=LETTERS,
        send_by=record_by(desk.meeting.ended_at) if desk.meeting.ended_at else None,
        next_version=_next_version(desk),
    )


def _next_version(desk: Desk) -> int:
    newest = desk.newest
    if newest is None:
        return 1
    return newest.version + 1 if newest.sent_at else newest.version


def _line(form: LineForm, *, council: str, today: date) -> ActionLine:
    side, kind = Side(form.side), LegalClass(form.kind)
    due = form.due if form.by == "other" or kind is LegalClass.VOLUNTARY else None
    if form.by == "other" and due is None:
        raise NotWhole("Write the date that everyone has agreed", field="due")
    if due is not None and due < today:
        raise NotWhole("This day has passed. Write a day to come", field="due")
    body = body_of(side, form.body or "", council=council)
    if not body:
        raise NotWhole("Write the name of the body, like Alderbrook Primary School", field="body")
    return line_checked(
        ActionLine(
            number=1,
            text=form.what,
            owner_side=side,
            owner_body=body,
            owner_role=form.role,
            legal_class=kind,
            due=due,
            evidence=form.evidence,
            depends_on=form.depends,
        )
    )


async def _edit(request: web.Request, made: Change, *, seen: str, edit: Callable[[Draft, Desk], Draft]) -> web.Response:
    """The edited words are the newest version, if the one that was on the screen still is."""
    who, meeting_id = person(request), request.match_info["meeting"]
    desk = await drafting.open_desk(made.db, meeting_id, person=who)
    words = edit(desk.newest.words if desk.newest else EMPTY, desk)
    await drafting.save(made.db, meeting_id, words, seen=seen, person=who, now=now(request))
    return await made.to("mediator-draft", meeting=meeting_id)


async def keep(request: web.Request) -> web.StreamResponse:
    """The action is in the draft: at its end, or in place of what it was."""
    form = await read(request, LineForm)

    def edit(draft: Draft, desk: Desk) -> Draft:
        line = _line(form, council=desk.case.council, today=day_of(now(request)))
        return added(draft, line) if form.line == NEW else changed(draft, _number(form.line), line)

    async with change(request) as made:
        return await _edit(request, made, seen=form.seen, edit=edit)


async def arrange(request: web.Request) -> web.StreamResponse:
    """The action stands one place higher or lower, or is taken out."""
    form = await read(request, ArrangeForm)

    def edit(draft: Draft, _: Desk) -> Draft:
        number = _number(form.line)
        return removed(draft, number) if form.do == "out" else moved(draft, number, up=form.do == "up")

    async with change(request) as made:
        return await _edit(request, made, seen=form.seen, edit=edit)


async def _words(db: Transaction, request: web.Request) -> str:
    desk = await drafting.desk(db, request.match_info["meeting"], person=person(request))
    return signs_of(desk.newest.words) if desk.newest else ""


async def _check_printable(request: web.Request) -> None:
    """Refuses, in words, what no paper could show: better said now than after everybody's yes."""
    async with request.app[DATABASE].read() as db:
        text = await _words(db, request)
    missing = await request.app[PRINTER].missing_glyphs(text)
    if missing:
        shown = ", ".join(named(sign) for sign in missing)
        raise NotPrintable(f"A paper cannot show this: {shown}. Please write it in another way.")


async def send(request: web.Request) -> web.StreamResponse:
    """The version is before every party, and never changes again."""
    form, meeting_id = await read(request, SeenForm), request.match_info["meeting"]
    await _check_printable(request)
    async with change(request) as made:
        await drafting.send(
            made.db, request.app[OFFICE], meeting_id, seen=form.seen, person=person(request), now=now(request)
        )
        return await made.to("mediator-close", meeting=meeting_id)


ADDRESS = f"/mediator/{MEETING}/draft"
PAGES = (
    Page(name="mediator-draft", path=ADDRESS, who=MEDIATOR, get=show, post=keep),
    Page(name="mediator-draft-arrange", path=f"{ADDRESS}/arrange", who=MEDIATOR, post=arrange, form="mediator-draft"),
    Page(name="mediator-draft-send", path=f"{ADDRESS}/send", who=MEDIATOR, post=send, form="mediator-draft"),
)
