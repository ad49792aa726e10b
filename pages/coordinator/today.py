"""Rules: what the day asks of a coordinator: for each matter at most one step, in the group in which it is found.

Late: a date or the promise of contact has passed. Due: it ends today, or nobody but the coordinator can go on.
Waiting: somebody else is at it, or there is time. What asks for nothing is in no group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases import deadlines, promise
from cases.case import Choice
from cases.dossier import Matter
from cases.states import MatterState
from cases.working_days import Calendar, day_of
from pages.coordinator import case_dates
from pages.coordinator.desk_words import Tag
from pages.days import clock, short_day


class Group(StrEnum):
    """Where on the board a row stands."""

    LATE = "late"
    DUE = "due"
    WAITING = "waiting"


class Leads(StrEnum):
    """Where the step of a row leads."""

    CASE = "desk-case"
    ADVISER = "adviser"
    MEDIATOR = "mediator"
    CONTACT = "desk-contact"
    YES = "family-yes"
    TIMES = "desk-times"
    MEETING = "desk-meeting"
    FACTS = "advice-facts"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A matter as the board sees it, with the meeting that is booked."""

    case_id: str
    label: str
    number: str
    matter: Matter
    adviser: str | None
    mediator: str | None
    asks_first: bool = False  # somebody else wrote, and the family has not said yes yet
    meeting_id: str | None = None
    meeting_starts: datetime | None = None
    meeting_ends: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One row: what is the matter, and the one step."""

    group: Group
    what: str
    more: str
    tag: Tag
    do: str
    page: Leads
    standing: Standing


BEFORE_CHOICE = frozenset({MatterState.ENQUIRY, MatterState.ADVISED, MatterState.CONSIDERING, MatterState.LAPSED})
TO_BOOK = frozenset(
    {MatterState.ASSIGNED, MatterState.FIRST_CONTACT, MatterState.SCHEDULING, MatterState.ADJOURNED},
)
BOOKED = frozenset({MatterState.BOOKED, MatterState.PREPARING})
OTHER_PATH = frozenset({MatterState.CHOSE_DR, MatterState.DR_SCREENED, MatterState.DR_INVITED})


WROTE = {False: "Wrote", True: "Somebody helping the family wrote"}


def _group(kind: str) -> Group:
    return {"late": Group.LATE, "soon": Group.DUE}.get(kind, Group.WAITING)


def _advice(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    matter, since = standing.matter, short_day(standing.matter.received_at)
    if matter.state not in BEFORE_CHOICE:
        return None
    row = case_dates.adviser(matter, calendar=calendar, now=now)
    if standing.adviser is None:
        late = row is not None and row.kind == "late" and matter.advised_at is None
        return Ask(
            group=Group.LATE if late else Group.DUE,
            what=f"{standing.label}’s family has no adviser yet",
            more=f"{WROTE[standing.asks_first]} {since}, {clock(matter.received_at)}",
            tag=("late", "2 months have passed") if late else ("soon", f"Since {since}"),
            do="Choose the adviser",
            page=Leads.ADVISER,
            standing=standing,
        )
    if standing.asks_first:
        return Ask(
            group=_group(row.kind) if row else Group.WAITING,
            what=f"{standing.label}’s family has not said yes yet",
            more=f"{WROTE[True]} {since}. With {standing.adviser}",
            tag=("wait", "Ask them first"),
            do="Write down their yes",
            page=Leads.YES,
            standing=standing,
        )
    if matter.advised_at is not None or row is None or row.kind == "wait":
        return None
    return Ask(
        group=_group(row.kind),
        what=f"{standing.label}’s family has had no advice yet",
        more=f"With {standing.adviser}. {row.title}",
        tag=(row.kind, row.words),
        do="Open the case",
        page=Leads.CASE,
        standing=standing,
    )


def _contact(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    del calendar
    row = case_dates.contact(standing.matter, now)
    if row is None or not promise.runs(standing.matter.promise):
        return None
    if standing.mediator is None:
        return Ask(
            group=Group.LATE if row.kind == "late" else Group.DUE,
            what=f"{standing.label} has no mediator yet",
            more=row.title,
            tag=("late" if row.kind == "late" else "soon", row.words),
            do="Choose the mediator",
            page=Leads.MEDIATOR,
            standing=standing,
        )
    return Ask(
        group=_group(row.kind),
        what=f"Nobody has reached {standing.label}’s family yet",
        more=f"With {standing.mediator}",
        tag=(row.kind, row.words),
        do="Choose another mediator" if row.kind == "late" else "Write down a call",
        page=Leads.MEDIATOR if row.kind == "late" else Leads.CONTACT,
        standing=standing,
    )


def _certificate(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    due = case_dates.certificate_due(standing.matter, calendar=calendar, now=now)
    row = case_dates.certificate(standing.matter, calendar=calendar, now=now)
    if due is None or row is None:
        return None
    today = due.day == day_of(now)
    undated = deadlines.counted_from(standing.matter.letter_date, standing.matter.sent_date) is None
    do, page = ("Add the date of the letter", Leads.FACTS) if undated else ("Open the case", Leads.CASE)
    missing = ". The date of the letter is missing" if undated else ""
    return Ask(
        group=_group(row.kind) if row.kind == "late" or today else Group.WAITING,
        what=f"Certificate for {standing.label} must go out",
        more=f"By {short_day(due.day)}. With {standing.adviser or 'nobody yet'}{missing}",
        tag=(row.kind if row.kind == "late" or today else "wait", row.words),
        do=do if standing.adviser else "Choose the adviser",
        page=page if standing.adviser else Leads.ADVISER,
        standing=standing,
    )


def _meeting(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    matter = standing.matter
    if matter.state not in TO_BOOK or standing.meeting_id is not None or matter.choice is not Choice.MEDIATION:
        return None
    row = case_dates.thirty_days(matter, None, calendar=calendar, now=now)
    again = matter.state is MatterState.ADJOURNED
    return Ask(
        group=Group.DUE if again and (row is None or row.kind != "late") else _group(row.kind if row else "wait"),
        what=f"Find {'another time' if again else 'a time'} for {standing.label}",
        more=f"With {standing.mediator or 'no mediator yet'}" + (f". {row.title}" if row else ""),
        tag=(row.kind, row.words) if row else ("wait", "The council is not told yet"),
        do="Find a time",
        page=Leads.TIMES,
        standing=standing,
    )


def _after(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    del calendar
    ends = standing.meeting_ends
    if standing.matter.state not in BOOKED or ends is None or ends > now:
        return None
    return Ask(
        group=Group.DUE,
        what=f"Nobody has said how {standing.label}’s meeting went",
        more=f"With {standing.mediator or 'nobody'}",
        tag=("soon", f"Ended {short_day(ends)}, {clock(ends)}"),
        do="Open the meeting",
        page=Leads.MEETING,
        standing=standing,
    )


def _other_path(standing: Standing, calendar: Calendar, now: datetime) -> Ask | None:
    del calendar, now
    if standing.matter.state not in OTHER_PATH:
        return None
    return Ask(
        group=Group.WAITING,
        what=f"{standing.label}’s family asked for disagreement resolution",
        more="Entered and marked. Everybody must agree to take part",
        tag=("calm", f"Since {short_day(standing.matter.chosen_at or standing.matter.received_at)}"),
        do="Open the case",
        page=Leads.CASE,
        standing=standing,
    )


KINDS = (_certificate, _contact, _advice, _meeting, _after, _other_path)


def ask_of(standing: Standing, *, calendar: Calendar, now: datetime) -> Ask | None:
    """The one step that this matter asks for; None when it asks for nothing."""
    found = (kind(standing, calendar, now) for kind in KINDS)
    return next((ask for ask in found if ask is not None), None)


def asks(standings: list[Standing], *, calendar: Calendar, now: datetime) -> Iterator[Ask]:
    """Every step, in the order of the matters."""
    for standing in standings:
        ask = ask_of(standing, calendar=calendar, now=now)
        if ask is not None:
            yield ask
