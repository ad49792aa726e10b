"""Edge: a party reads a version of the record and gives one mark for its side, bound to the words that were shown.

The council's pages are these same ones under their own addresses (`pages/authority/confirm.py`).
"""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases.working_days import day_of
from pages import paper_pages
from pages.case_view import LETTERS
from pages.changes import change
from pages.draft_shown import MARK_TAGS, MARK_WORDS, lines_shown, shares_shown
from pages.family.papers import HERE
from pages.forms import Form, SentencesOrNone, read
from pages.keys import DATABASE, now, person
from pages.page import Page
from pages.rendering import render
from records import confirming
from records.agreement import Mark

DRAFT = "{draft:[a-z2-7]{26}}"
NOT_SAID = "Choose one of the three"


def _mark(value: str) -> str:
    if value not in {str(mark) for mark in Mark}:
        raise ValueError(NOT_SAID)
    return value


class MarkForm(Form):
    """What a side says, and which words it had before it."""

    WORDS: ClassVar = {"mark": NOT_SAID, "shown": "Load the page again, then answer"}
    mark: Annotated[str, AfterValidator(_mark)]
    words: SentencesOrNone = None
    shown: str


async def show(request: web.Request) -> web.StreamResponse:
    """The version, line by line, and the three answers; that it was opened is written down."""
    async with request.app[DATABASE].write() as db:
        reading = await confirming.read(db, request.match_info["draft"], person=person(request), now=now(request))
        newer = await paper_pages.waiting(request, db, person=person(request)) if not reading.newest else []
    words = reading.sheet.words
    return render(
        request,
        "family/draft.html",
        reading=reading,
        draft=words,
        lines=lines_shown(words, day_of(now(request))),
        shares=shares_shown(words),
        letters=LETTERS,
        mark_words=MARK_WORDS,
        mark_tags=MARK_TAGS,
        newer=newer,
        papers=f"{paper_pages.prefix(person(request))}-papers",
    )


async def mark(request: web.Request) -> web.StreamResponse:
    """The side's answer is kept, for these words alone."""
    form, draft_id, who = await read(request, MarkForm), request.match_info["draft"], person(request)
    async with change(request) as made:
        await confirming.confirm(
            made.db,
            draft_id,
            seat_id=who.seat_id or "",
            mark=Mark(form.mark),
            words=form.words,
            shown_hash=form.shown,
            person=who,
            now=now(request),
        )
        return await made.to(f"{paper_pages.prefix(who)}-draft", draft=draft_id)


PAGES = (Page(name="my-draft", path=f"/my/draft/{DRAFT}", who=HERE, get=show, post=mark),)
