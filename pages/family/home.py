"""Edge: a family's own page: what happens next, what it can decide, its dates, people and papers."""

from collections.abc import Callable

from aiohttp import web

from cases.case import Choice
from meetings.meeting import Mode
from pages import paper_pages
from pages.case_view import OWN_STORY, CaseView, appeal, family_dates, people, place_of, story, view
from pages.keys import DATABASE, now, person
from pages.page import FAMILY, Page
from pages.rendering import render


async def _door(request: web.Request, case: CaseView) -> str | None:
    """The address of this person's place in the meeting that is booked."""
    meeting = case.meeting
    if meeting is None or meeting.mode is Mode.IN_PERSON:
        return None
    async with request.app[DATABASE].read() as db:
        return await place_of(db, meeting.id, person(request).seat_id or "")


# What happens next, the first line that fits: whether it fits, the heading, the sentence.
NEXT: tuple[tuple[Callable[[CaseView], bool], str, str], ...] = (
    (
        lambda case: case.matter.certified_on is not None,
        "You have your certificate",
        "It is with your papers on this page. You can appeal with it.",
    ),
    (
        lambda case: case.held,
        "Your meeting is over",
        "Your adviser sends your certificate within 3 working days. What was agreed comes to you in writing too.",
    ),
    (
        lambda case: case.matter.choice is Choice.MEDIATION and case.matter.contacted_at is None,
        "A mediator rings you",
        "Within 24 hours of your yes. You do not need to prepare anything.",
    ),
    (
        lambda case: case.matter.choice is Choice.MEDIATION,
        "We are finding a time for your meeting",
        "We ask you and the council which days are possible.",
    ),
    (
        lambda case: case.matter.choice is Choice.DECLINED,
        "Your certificate is on its way",
        "Your adviser sends it within 3 working days.",
    ),
    (
        lambda case: case.matter.choice is Choice.DISAGREEMENT_RESOLUTION,
        "We ask the others if they will take part",
        "They may say no. Then we tell you what else you can do.",
    ),
    (
        lambda case: case.matter.advised_at is not None,
        "You choose",
        "Take your time. Ring us when you know, or when you have a question.",
    ),
    (
        lambda _: True,
        "An adviser rings you",
        "They explain your choices and answer your questions. You need not decide anything.",
    ),
)


def next_words(case: CaseView) -> tuple[str, str]:
    """The heading and the sentence of what happens next, while no meeting is booked."""
    return next((heading, words) for fits, heading, words in NEXT if fits(case))


async def show(request: web.Request) -> web.StreamResponse:
    """Everything in one place, in the same order as the council's own page."""
    who = person(request)
    async with request.app[DATABASE].read() as db:
        case = await view(db, who.case_id or "")
        papers = await paper_pages.rows(request, db, person=who)
        drafts = await paper_pages.waiting(request, db, person=who)
        answered = await paper_pages.answered(request, db, person=who)
    heading, words = next_words(case)
    return render(
        request,
        "family/home.html",
        case=case,
        meeting=case.meeting,
        heading=heading,
        words=words,
        drafts=drafts,
        answered=answered,
        door=await _door(request, case),
        papers=papers,
        dates=family_dates(case, now(request)),
        people=people(case, who.seat_id),
        story=story(case, OWN_STORY),
        appeal=appeal(case),
        mine=case.mine(who.seat_id or ""),
    )


async def appeal_date(request: web.Request) -> web.StreamResponse:
    """Until when an appeal must have arrived, and how that is counted; never shown to the council."""
    async with request.app[DATABASE].read() as db:
        case = await view(db, person(request).case_id or "")
    return render(request, "family/appeal_date.html", case=case, appeal=appeal(case))


PAGES = (
    Page(name="my", path="/my", who=FAMILY, get=show),
    Page(name="my-appeal-date", path="/my/appeal-date", who=FAMILY, get=appeal_date),
)
