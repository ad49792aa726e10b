"""Rules: which dates of a matter run now, as a page shows them or a board looks for what is late.

A date runs from the fact that starts it until the fact that ends it. A certificate's time is started by a no, by the
end of a mediation, or by the thirtieth day; it is ended by the certificate and by nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cases import deadlines
from cases.case import Choice, Decision
from cases.deadlines import Deadline
from cases.periods import Clock
from cases.states import MatterState, Outcome
from cases.working_days import Calendar, day_of

# How an ended mediation starts the time of the certificate (domain 3.2); a family that did not come starts none.
STARTS = {
    Outcome.FULL: Clock.CONCLUDED,
    Outcome.PARTIAL: Clock.CONCLUDED,
    Outcome.NONE: Clock.CONCLUDED,
    Outcome.BACK_TO_PANEL: Clock.CONCLUDED,
    Outcome.FAMILY_WITHDREW: Clock.CHANGED_MIND,
    Outcome.COUNCIL_ABSENT: Clock.DEEMED,
    Outcome.FAMILY_ABSENT: None,
}
OVER = frozenset({MatterState.CLOSED, MatterState.NOT_OURS})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What of a matter its dates depend on; what has not happened is None."""

    decision: Decision
    state: MatterState
    letter_date: date | None = None
    sent_date: date | None = None
    health: bool = False
    advised_at: datetime | None = None
    choice: Choice | None = None
    chosen_at: datetime | None = None
    had_chosen_mediation: bool = False  # before a later no
    contacted_at: datetime | None = None
    council_told_at: datetime | None = None
    health_told_at: datetime | None = None
    cannot_arrange_at: datetime | None = None  # the council said that 30 days will not be enough
    meeting_at: datetime | None = None  # the start of the meeting that is booked, or was held last
    concluded_at: datetime | None = None
    outcome: Outcome | None = None
    drafted_at: datetime | None = None  # the record went out to be read
    certified_on: date | None = None


def running(facts: Facts, calendar: Calendar) -> tuple[Deadline, ...]:
    """The dates that run, the nearest first; those that have passed stay until the fact that ends them."""
    if facts.state in OVER:
        return ()
    parts = (_family(facts, calendar), _arranging(facts, calendar), _certificate(facts, calendar), _record(facts))
    return deadlines.in_order(each for part in parts for each in part)


def _family(facts: Facts, calendar: Calendar) -> Iterator[Deadline]:
    counted = deadlines.counted_from(facts.letter_date, facts.sent_date)
    if counted is None or not facts.decision.appealable:
        return
    if facts.advised_at is None:
        yield deadlines.adviser_by(counted, calendar)
    sent = facts.sent_date or counted
    yield deadlines.appeal_by(sent, facts.certified_on, calendar, letter=facts.letter_date)


def _arranging(facts: Facts, calendar: Calendar) -> Iterator[Deadline]:
    if facts.choice is not Choice.MEDIATION or facts.concluded_at is not None:
        return
    if facts.chosen_at is not None and facts.contacted_at is None:
        yield deadlines.contact_promise(facts.chosen_at)
    if facts.council_told_at is None:
        return
    yield from _told(facts, facts.council_told_at, calendar)


def _told(facts: Facts, told_at: datetime, calendar: Calendar) -> Iterator[Deadline]:
    if facts.health and facts.health_told_at is None:
        yield deadlines.health_told_by(told_at, calendar)
    if facts.decision is not Decision.HEALTH_ONLY:
        yield deadlines.arranged_by(told_at, calendar)
    elif facts.health_told_at is not None:
        yield deadlines.arranged_by(facts.health_told_at, calendar, clock=Clock.ARRANGE_HEALTH)


def certificate_since(facts: Facts) -> tuple[Clock, date] | None:
    """What starts the time of a certificate, and when; None while nothing does. The earliest start counts.

    That the thirtieth day starts it only once it has ended without a meeting is the caller's to tell, by
    `cannot_arrange_at`: nothing here knows what day it is.
    """
    if facts.choice is Choice.DISAGREEMENT_RESOLUTION or not facts.decision.certificate_needed:
        return None
    starts = [(start, clock) for clock, start in _starts(facts) if start is not None]
    if not starts:
        return None
    start, clock = min(starts)
    return clock, day_of(start)


def _starts(facts: Facts) -> Iterator[tuple[Clock, datetime | None]]:
    if facts.choice is Choice.DECLINED:
        yield (Clock.CHANGED_MIND if facts.had_chosen_mediation else Clock.DECLINED), facts.chosen_at
    if facts.outcome is not None and (clock := STARTS[facts.outcome]):
        yield clock, facts.concluded_at
    if facts.choice is Choice.MEDIATION:
        yield Clock.DEEMED, facts.cannot_arrange_at


def _certificate(facts: Facts, calendar: Calendar) -> Iterator[Deadline]:
    since = certificate_since(facts)
    if since is not None and facts.certified_on is None:
        yield deadlines.certificate_due(since[1], calendar, clock=since[0])


def _record(facts: Facts) -> Iterator[Deadline]:
    agreed = facts.outcome in {Outcome.FULL, Outcome.PARTIAL}
    if agreed and facts.concluded_at is not None and facts.drafted_at is None:
        yield deadlines.record_by(facts.concluded_at)
