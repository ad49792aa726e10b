"""Edge: what a record says beside its actions: topics, what is not agreed or left aside, review, who may see it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from aiohttp import web

from cases.working_days import day_of
from database import cleaning
from database.refusal import Refusal
from pages.changes import change
from pages.forms import DateOrNone, Form, SentencesOrNone, TextOrNone, read, sent
from pages.keys import DATABASE, now, person
from pages.mediator.draft import ADDRESS
from pages.page import MEDIATOR, Page
from pages.rendering import render
from records import drafting
from records.agreement import LONGEST_TEXT, MOST_TOPICS, Draft, Parked, Review, Share
from records.editing import EMPTY
from records.words import listed

SPARE_ROWS = 2
Typed = dict[str, list[str]]


class RestNotWhole(Refusal):
    """Something here needs another look."""


class RestForm(Form):
    """The parts of a record that are one field each."""

    DATES: ClassVar = ("review_on",)
    issues: TextOrNone = None
    not_agreed: TextOrNone = None
    review: SentencesOrNone = None
    review_on: DateOrNone = None
    seen: str = ""


async def show(request: web.Request) -> web.StreamResponse:
    """Each part as it stands, with a few empty rows."""
    async with request.app[DATABASE].read() as db:
        desk = await drafting.desk(db, request.match_info["meeting"], person=person(request))
    draft = desk.newest.words if desk.newest else EMPTY
    return render(
        request,
        "mediator/rest.html",
        desk=desk,
        draft=draft,
        parked=[(topic.topic, topic.goes_to) for topic in draft.parked] + [("", "")] * SPARE_ROWS,
        shares=[
            (share.who, listed([str(n) for n in share.lines]) if share.lines else "") for share in draft.shared_with
        ]
        + [("", "")] * SPARE_ROWS,
    )


def _topics(text: str | None, field: str) -> tuple[str, ...]:
    topics = tuple(filter(None, (" ".join(line.split()) for line in (text or "").split("\n"))))
    if len(topics) > MOST_TOPICS:
        raise RestNotWhole(f"Write {MOST_TOPICS} lines at the most.", field=field)
    if any(len(topic) > LONGEST_TEXT for topic in topics):
        raise RestNotWhole(f"Each line may have {LONGEST_TEXT} letters at the most.", field=field)
    return topics


def _pairs(typed: Typed, one: str, other: str) -> Sequence[tuple[int, str, str]]:
    """The rows in which something was written, each with its number."""
    rows = []
    for number in range(1, MOST_TOPICS + SPARE_ROWS + 1):
        texts = [typed.get(f"{name}_{number}", [""])[0] for name in (one, other)]
        clean = [
            cleaning.line(text, LONGEST_TEXT, field=f"{name}_{number}")
            for name, text in zip((one, other), texts, strict=True)
        ]
        if any(clean):
            rows.append((number, clean[0], clean[1]))
    return rows[:MOST_TOPICS]


def _parked(typed: Typed) -> tuple[Parked, ...]:
    rows = _pairs(typed, "parked_topic", "parked_to")
    for number, topic, goes_to in rows:
        if not topic:
            raise RestNotWhole("Write which topic this is.", field=f"parked_topic_{number}")
        if not goes_to:
            raise RestNotWhole("Write where this topic goes next.", field=f"parked_to_{number}")
    return tuple(Parked(topic=topic, goes_to=goes_to) for _, topic, goes_to in rows)


def _numbers(text: str, field: str, most: int) -> tuple[int, ...]:
    words = text.replace("and", " ").replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 3 for word in words):
        raise RestNotWhole(
            "Write numbers of actions, like 1, 3 and 4. Leave it empty for the whole record.", field=field
        )
    numbers = tuple(sorted({int(word) for word in words}))
    if any(not 1 <= number <= most for number in numbers):
        raise RestNotWhole(f"There are actions from 1 to {most}.", field=field)
    return numbers


def _shares(typed: Typed, most: int) -> tuple[Share, ...]:
    rows = _pairs(typed, "share_who", "share_lines")
    for number, who, _ in rows:
        if not who:
            raise RestNotWhole("Write who may see it.", field=f"share_who_{number}")
    return tuple(Share(who=who, lines=_numbers(lines, f"share_lines_{number}", most)) for number, who, lines in rows)


def _review(form: RestForm) -> Review | None:
    if form.review is None and form.review_on is None:
        return None
    if form.review is None:
        raise RestNotWhole("Write who looks at it again, and how.", field="review")
    if form.review_on is None:
        raise RestNotWhole("Write the day of the review.", field="review_on")
    return Review(words=" ".join(form.review.split()), on=form.review_on)


def _draft(before: Draft, form: RestForm, typed: Typed) -> Draft:
    return replace(
        before,
        issues=_topics(form.issues, "issues"),
        not_agreed=_topics(form.not_agreed, "not_agreed"),
        parked=_parked(typed),
        review=_review(form),
        shared_with=_shares(typed, len(before.lines)),
    )


async def keep(request: web.Request) -> web.StreamResponse:
    """These parts are in the draft in place of what they were."""
    form, typed = await read(request, RestForm), await sent(request)
    who, meeting_id = person(request), request.match_info["meeting"]
    if form.review_on is not None and form.review_on < day_of(now(request)):
        raise RestNotWhole("This day has passed. Write a day to come.", field="review_on")
    async with change(request) as made:
        desk = await drafting.open_desk(made.db, meeting_id, person=who)
        words = _draft(desk.newest.words if desk.newest else EMPTY, form, typed)
        await drafting.save(made.db, meeting_id, words, seen=form.seen, person=who, now=now(request))
        return await made.to("mediator-draft", meeting=meeting_id)


PAGES = (Page(name="mediator-rest", path=f"{ADDRESS}/rest", who=MEDIATOR, get=show, post=keep),)
