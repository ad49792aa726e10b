"""Edge: the one step that a case asks for now, with its address, and the few others that are always at hand."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from cases.states import MatterState
from cases.working_days import Calendar
from pages.coordinator.today import Ask, Group, Leads, Standing, ask_of
from pages.keys import person
from people.roles import Role

BOOKABLE = frozenset(
    {MatterState.ASSIGNED, MatterState.FIRST_CONTACT, MatterState.SCHEDULING, MatterState.ADJOURNED},
)
RINGING = frozenset({MatterState.CHOSE_MEDIATION, *BOOKABLE, MatterState.BOOKED, MatterState.PREPARING})


@dataclass(frozen=True, kw_only=True)
class Step:
    """What comes now: a sentence, the button, and links beside it."""

    words: str
    do: str
    href: str | None
    late: bool
    others: list[tuple[str, str]]


def address(request: web.Request, ask: Ask) -> str:
    """Where a step leads."""
    case, router = ask.standing.case_id, request.app.router
    if ask.page in (Leads.ADVISER, Leads.MEDIATOR):
        return str(router["desk-assign"].url_for(case=case).with_query(duty=ask.page.value))
    if ask.page is Leads.FACTS:
        return str(router[ask.page].url_for(matter=ask.standing.matter.id))
    if ask.page is Leads.MEETING:
        return str(router[ask.page].url_for(meeting=ask.standing.meeting_id or ""))
    return str(router[ask.page].url_for(case=case))


def _others(request: web.Request, standing: Standing) -> list[tuple[str, str]]:
    router, state, case = request.app.router, standing.matter.state, standing.case_id
    links = []
    if standing.meeting_id:
        links.append(("Open the meeting", str(router["desk-meeting"].url_for(meeting=standing.meeting_id))))
    if state in BOOKABLE and not standing.meeting_id:
        links.append(("Find a time", str(router["desk-times"].url_for(case=case))))
    if state in RINGING:
        links.append(("Write down a call", str(router["desk-contact"].url_for(case=case))))
    return links


def step_of(request: web.Request, standing: Standing, *, calendar: Calendar, now: datetime) -> Step:
    """The step, for a coordinator; others see what comes now and do it on their own pages."""
    ask = ask_of(standing, calendar=calendar, now=now)
    coordinator = Role.COORDINATOR in person(request).roles
    words = f"{ask.what}. {ask.more}." if ask else "Nothing is asked of you here today."
    others = _others(request, standing) if coordinator else []
    href = address(request, ask) if ask and coordinator and ask.page is not Leads.CASE else None
    return Step(
        words=words,
        do=ask.do if ask else "",
        href=href,
        late=ask is not None and ask.group is Group.LATE,
        others=[(said, link) for said, link in others if link != href],
    )
