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
TIMES = ("", "-2")  # how the fields of a day's first and second hours end: a morning and an afternoon
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
    """Each day of the week with a pair of fields for each time at which it is open, in order."""
    return [
        {"word": word, "pairs": _pairs(number, [each for each in openings if each.weekday == number])}
        for number, word in enumerate(DAYS)
    ]


def _pairs(number: int, mine: list[Opening]) -> list[dict[str, str]]:
    shown: list[Opening | None] = [*mine, *[None] * len(TIMES)]
    return [
        {
            "opens": f"opens-{number}{time}",
            "closes": f"closes-{number}{time}",
            "from": f"{each.opens:%H:%M}" if each else "",
            "to": f"{each.closes:%H:%M}" if each else "",
        }
        for time, each in zip(TIMES, shown, strict=False)
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
    openings: list[Opening] = []
    for number, word in enumerate(DAYS):
        wrong: dict[str, str] = {}
        openings += _day(typed, number, errors=wrong)
        errors |= {name: f"{word}: {words}" for name, words in wrong.items()}
    if errors:
        raise FormRefused(errors, typed)
    return openings


def _day(typed: dict[str, list[str]], number: int, *, errors: dict[str, str]) -> list[Opening]:
    """The times at which one day is open, the earlier first, in whichever pair of fields it was written."""
    first, second = (_opening(typed, number, time, errors=errors) for time in TIMES)
    if first and second and _overlap(first, second):
        errors[f"opens-{number}{TIMES[1]}"] = "the second time must begin after the first one ends"
    return sorted((each for each in (first, second) if each), key=lambda each: each.opens)


def _overlap(one: Opening, other: Opening) -> bool:
    return one.opens < other.closes and other.opens < one.closes


def _opening(typed: dict[str, list[str]], number: int, time: str, *, errors: dict[str, str]) -> Opening | None:
    """What one pair of fields says; None where it is empty, or wrong, and then why is among the errors."""
    fields = {part: f"{part}-{number}{time}" for part in ("opens", "closes")}
    texts = {part: (typed.get(name) or [""])[0].strip() for part, name in fields.items()}
    if not any(texts.values()):
        return None
    read = {}
    for part, text in texts.items():
        try:
            read[part] = read_clock(text)
        except ValueError as wrong:
            errors[fields[part]] = f"{str(wrong)[:1].lower()}{str(wrong)[1:]}"
    if len(read) < len(texts):
        return None
    if read["opens"] >= read["closes"]:
        errors[fields["closes"]] = "the time must end after it begins"
        return None
    return Opening(weekday=number, **read)


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
