"""Edge: the hours of the week in which a mediator works, and their time off, kept by them or by a coordinator."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import Any, ClassVar

from aiohttp import web

from cases.working_days import ONE_DAY, day_of
from database.engine import Transaction
from notifications.when import DAYS, begins, day, full_day
from pages.changes import change
from pages.coordinator.contact import read_clock
from pages.coordinator.two_forms import two_forms
from pages.days import clock
from pages.forms import Form, FormRefused, read, sent
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, MEDIATOR, Page
from pages.rendering import render
from people import accounts
from people.access import NotFound
from people.accounts import Account
from people.roles import Role
from scheduler import diaries, keeping
from scheduler.diaries import Absence
from scheduler.slots import Opening
from scheduler.spans import Span

LOOKED_AHEAD = timedelta(days=400)
LONGEST_ABSENCE = timedelta(days=200)
AWAY = "desk-absence"  # the page that the second form posts to


class AbsenceForm(Form):
    """Days off, the last one included."""

    DATES: ClassVar = ("away", "until")
    WORDS: ClassVar = {"away": "Write the first day, for example 2 11 2026", "until": "Write the last day"}
    away: date
    until: date


async def _mediator(request: web.Request, db: Transaction) -> Account:
    """The mediator whose hours they are; NotFound for another mediator's, and for who is none."""
    asker = person(request)
    account = await accounts.by_id(db, request.match_info["account"])
    if account is None or Role.MEDIATOR not in account.roles:
        raise NotFound
    if Role.COORDINATOR not in asker.roles and asker.account_id != account.id:
        raise NotFound
    return account


def absence_words(absence: Absence) -> str:
    """Monday 2 to Friday 6 November 2026, as a list says it."""
    first, last = day_of(absence.span.starts), day_of(absence.span.ends - timedelta(seconds=1))
    whole = absence.span.starts == begins(first) and absence.span.ends == begins(last + ONE_DAY)
    if not whole:
        return f"{full_day(first)}, {clock(absence.span.starts)} to {clock(absence.span.ends)}"
    return full_day(first) if first == last else f"{day(first)} to {full_day(last)}"


def _weekdays(openings: Sequence[Opening]) -> list[dict[str, Any]]:
    """Each day of the week with its first opening; a second one of the same day is kept in the database only."""
    hours = {opening.weekday: opening for opening in reversed(openings)}
    return [
        {
            "number": number,
            "word": word,
            "opens": f"{hours[number].opens:%H:%M}" if number in hours else "",
            "closes": f"{hours[number].closes:%H:%M}" if number in hours else "",
        }
        for number, word in enumerate(DAYS)
    ]


async def show(request: web.Request) -> web.StreamResponse:
    """The hours and the time off of one mediator."""
    start = begins(day_of(now(request)))
    async with request.app[DATABASE].read() as db:
        owner = await _mediator(request, db)
        number = (await diaries.numbers(db, [str(owner.id)])).get(owner.id)
        openings = await diaries.hours_of(db, number) if number else ()
        span = Span(starts=start, ends=start + LOOKED_AHEAD)
        absences = (await diaries.absences(db, [number], span))[number] if number else []
    return render(
        request,
        "coordinator/hours.html",
        owner=owner,
        weekdays=_weekdays(openings),
        absences=[{"id": one.id, "words": absence_words(one)} for one in absences],
        **two_forms(request, AWAY),
    )


def read_openings(typed: dict[str, list[str]]) -> list[Opening]:
    """The hours of the week as they were typed; FormRefused at each field that is to be mended."""
    errors: dict[str, str] = {}
    openings = []
    for number, word in enumerate(DAYS):
        parts = {part: (typed.get(f"{part}-{number}") or [""])[0].strip() for part in ("opens", "closes")}
        if not any(parts.values()):
            continue
        times = {}
        for part, text in parts.items():
            try:
                times[part] = read_clock(text)
            except ValueError as wrong:
                errors[f"{part}-{number}"] = f"{word}: {str(wrong)[:1].lower()}{str(wrong)[1:]}"
        if len(times) == len(parts) and times["opens"] >= times["closes"]:
            errors[f"closes-{number}"] = f"{word}: the day must end after it begins"
        elif len(times) == len(parts):
            openings.append(Opening(weekday=number, **times))
    if errors:
        raise FormRefused(errors, typed)
    return openings


async def save(request: web.Request) -> web.StreamResponse:
    """Meetings are offered at these hours from now on."""
    openings = read_openings(await sent(request))
    async with change(request) as made:
        owner = await _mediator(request, made.db)
        await keeping.set_hours(made.db, owner.id, openings, person=person(request), now=now(request))
        return await made.to("desk-hours", account=owner.id)


def _span(form: AbsenceForm, today: date) -> Span:
    errors = {}
    if not today - LONGEST_ABSENCE <= form.away <= today + 2 * LOOKED_AHEAD:
        errors["away"] = "Check the year of the first day"
    elif form.until < form.away:
        errors["until"] = "The last day is before the first day"
    elif form.until - form.away > LONGEST_ABSENCE:
        errors["until"] = "That is longer than half a year. Check the last day"
    if errors:
        raise FormRefused(errors, {})
    starts, ends = begins(form.away).astimezone(UTC), begins(form.until + ONE_DAY).astimezone(UTC)
    return Span(starts=starts, ends=ends)


async def take_off(request: web.Request) -> web.StreamResponse:
    """No meeting is offered on these days."""
    form = await read(request, AbsenceForm)
    try:
        span = _span(form, day_of(now(request)))
    except FormRefused as refused:
        raise FormRefused(refused.errors, await sent(request)) from None
    async with change(request) as made:
        owner = await _mediator(request, made.db)
        await keeping.take_off(made.db, owner.id, span, person=person(request), now=now(request))
        return await made.to("desk-hours", account=owner.id)


async def take_back(request: web.Request) -> web.StreamResponse:
    """The days are working days again."""
    async with change(request) as made:
        owner = await _mediator(request, made.db)
        absence_id = request.match_info["absence"]
        await keeping.take_back(made.db, owner.id, absence_id, person=person(request), now=now(request))
        return await made.to("desk-hours", account=owner.id)


WHO = COORDINATOR | MEDIATOR
ONE = "/desk/diary/{account:[a-z2-7]{26}}"
PAGES = (
    Page(name="desk-hours", path=ONE, who=WHO, get=show, post=save),
    Page(name=AWAY, path=f"{ONE}/away", who=WHO, post=take_off, form="desk-hours"),
    Page(
        name="desk-absence-remove",
        path=ONE + "/away/{absence:[a-z2-7]{26}}/back",
        who=WHO,
        post=take_back,
        form="desk-hours",
    ),
)
