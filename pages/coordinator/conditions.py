"""Edge: what lets a meeting be booked or moved: the family's word for a short notice, the reason to meet in person."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from aiohttp import web

from cases.case import Channel, SeatId
from cases.working_days import Calendar, day_of
from meetings.exceptional import Reason
from meetings.meeting import Waiver, notice
from meetings.venues import NEED_WORDS, BuildingNeed
from notifications.when import begins
from pages.coordinator.case import Opened
from pages.coordinator.contact import CHANNELS
from pages.coordinator.slots_shown import family
from pages.coordinator.times import looks_like_id
from pages.forms import DateOrNone, Form, FormRefused, TextOrNone, sent
from pages.keys import now
from people.access import NotFound
from scheduler.placing import InPerson

FIRST_YEAR, LAST_YEAR = 2000, 2100  # a moment that calendars know


def read_moment(text: str) -> datetime:
    """A moment as our own addresses write it; NotFound for anything else."""
    try:
        moment = datetime.fromisoformat(text[:40])
    except ValueError as wrong:
        raise NotFound from wrong
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year < LAST_YEAR:
        raise NotFound
    return moment.astimezone(UTC)


class WhenForm(Form):
    """A time that was chosen, what lets it be short, and what makes it in person."""

    DATES: ClassVar = ("waived",)
    MANY: ClassVar = ("seats", "need")
    starts: str = ""
    venue: str = ""
    waived_by: str = ""
    waived_channel: str = ""
    waived: DateOrNone = None
    reason: str = ""
    words: TextOrNone = None
    need: tuple[str, ...] = ()


def waiver_of(form: WhenForm, starts: datetime, calendar: Calendar, *, now: datetime) -> Waiver | None:
    """The family's word, where the notice is short; FormRefused where it is short and nobody is said to have agreed."""
    if not notice(now, starts, calendar).short_by:
        return None
    errors = {}
    if not form.waived_by:
        errors["waived_by"] = "Say who of the family agreed"
    if form.waived_channel not in CHANNELS:
        errors["waived_channel"] = "Say how they said so"
    if form.waived is None or not date(2014, 9, 1) <= form.waived <= day_of(now):
        errors["waived"] = "Write the day on which they said so"
    if errors or form.waived is None:
        raise FormRefused(errors, {})
    at = now if form.waived == day_of(now) else begins(form.waived).astimezone(UTC)
    return Waiver(by=SeatId(form.waived_by), at=at, channel=Channel(form.waived_channel))


def in_person_of(form: WhenForm) -> InPerson | None:
    """Where and why in person; FormRefused without a reason in words."""
    if not form.venue:
        return None
    errors = {}
    if form.reason not in set(Reason):
        errors["reason"] = "Choose the reason that is nearest"
    if not form.words:
        errors["words"] = "Write in a sentence or two why"
    if errors or form.words is None:
        raise FormRefused(errors, {})
    needs = frozenset(BuildingNeed(need) for need in form.need if need in set(BuildingNeed))
    venue = form.venue if looks_like_id(form.venue) else ""
    return InPerson(venue_id=venue, reason=Reason(form.reason), words=form.words, needs=needs)


async def allowed(
    request: web.Request, form: WhenForm, calendar: Calendar, *, starts: datetime
) -> tuple[Waiver | None, InPerson | None]:
    """What lets the notice be short, and what makes it in person; FormRefused with everything that was typed."""
    errors: dict[str, str] = {}
    waiver: Waiver | None = None
    in_person: InPerson | None = None
    try:
        waiver = waiver_of(form, starts, calendar, now=now(request))
    except FormRefused as refused:
        errors |= refused.errors
    try:
        in_person = in_person_of(form)
    except FormRefused as refused:
        errors |= refused.errors
    if errors:
        raise FormRefused(errors, await sent(request))
    return waiver, in_person


def choices_of(case: Opened) -> dict[str, Any]:
    """What the fields of a booking offer."""
    return {
        "family": family(case.seats),
        "channels": list(CHANNELS.items()),
        "reasons": [(reason.value, reason.words) for reason in Reason],
        "building": [(need.value, words[:1].upper() + words[1:]) for need, words in NEED_WORDS.items()],
    }


def short_words(starts: datetime, calendar: Calendar, moment: datetime) -> str:
    """Why the notice is short; empty when it is not."""
    given = notice(moment, starts, calendar)
    return given.why if given.short_by else ""
