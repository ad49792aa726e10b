"""Rules: what a time for a meeting does to each date of a matter: keeps it, keeps it closely, or misses it.

Close means kept with under two working days to spare (pages.md 10). The appeal date is never missed by a meeting while
a certificate is still to come, because the certificate makes it later (Tribunal Procedure Rules, rule 20).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases import deadlines
from cases.case import Decision
from cases.deadlines import Deadline
from cases.periods import Clock
from cases.working_days import Calendar, day_of
from meetings.meeting import CLOSE_TO_THE_EDGE, notice
from pages.days import short_day


class Effect(StrEnum):
    """What a time does to a date, as the classes of a slot name it, the best first."""

    KEEPS = "keeps"
    CLOSE = "tight"
    MISSES = "breaks"
    NOTHING = "wait"  # there is no such date yet

    @property
    def words(self) -> str:
        """The one word beside the date."""
        return EFFECT_WORDS[self]


EFFECT_WORDS = {Effect.KEEPS: "Keeps", Effect.CLOSE: "Close", Effect.MISSES: "Misses", Effect.NOTHING: "Not yet"}
ORDER = (Effect.NOTHING, Effect.KEEPS, Effect.CLOSE, Effect.MISSES)


@dataclass(frozen=True, kw_only=True)
class DateFacts:
    """What a matter's dates are counted from."""

    decision: Decision
    council_told: date | None
    letter: date | None
    certified_on: date | None
    calendar: Calendar


@dataclass(frozen=True, kw_only=True)
class Line:
    """One date and what a time does to it."""

    effect: Effect
    title: str
    words: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as the list of a slot shows it."""
        return (self.effect, self.effect.words, self.title, self.words)


def _spare(calendar: Calendar, day: date, last: date) -> Effect:
    if day > last:
        return Effect.MISSES
    return Effect.CLOSE if calendar.left(day, last) < CLOSE_TO_THE_EDGE else Effect.KEEPS


def thirty_days(meeting: date, facts: DateFacts) -> Line:
    """The 30 days that the council has; past them a certificate is owed, meeting or not."""
    title = "30 days."
    if facts.council_told is None:
        return Line(effect=Effect.NOTHING, title=title, words="The council has not been told yet")
    arranged = deadlines.arranged_by(facts.council_told, facts.calendar)
    effect = _spare(facts.calendar, meeting, arranged.day)
    words = f"Day {(meeting - arranged.since).days}"
    if effect is Effect.MISSES:
        owed = deadlines.certificate_due(arranged.day, facts.calendar, clock=Clock.DEEMED)
        words += f". A certificate is then owed by {short_day(owed.day)}, meeting or not"
    elif meeting == arranged.safe:
        words += ", the last working day"
    return Line(effect=effect, title=title, words=words)


def telling(meeting: date, today: date, calendar: Calendar) -> Line:
    """The five working days of notice, when everybody is told today."""
    given = notice(today, meeting, calendar)
    last = given.last_day.day
    words = f"Send by {short_day(last)}"
    if given.short_by:
        days = f"{given.short_by} working day{'' if given.short_by == 1 else 's'}"
        return Line(effect=Effect.MISSES, title="Notice.", words=f"{days} short. Only if the family agrees")
    if last == today:
        words = "Send today, or never"
    return Line(effect=Effect.CLOSE if given.close else Effect.KEEPS, title="Notice.", words=words)


def _certificate_by(meeting: date, facts: DateFacts) -> date:
    ended = deadlines.certificate_due(meeting, facts.calendar, clock=Clock.CONCLUDED).day
    if facts.council_told is None:
        return ended
    day_30 = deadlines.arranged_by(facts.council_told, facts.calendar).day
    return min(ended, deadlines.certificate_due(day_30, facts.calendar, clock=Clock.DEEMED).day)


def appeal_now(facts: DateFacts) -> Deadline | None:
    """The appeal date as it stands today; None where nothing can be appealed or no letter is known."""
    if facts.letter is None or not facts.decision.appealable:
        return None
    return deadlines.appeal_by(facts.letter, facts.certified_on, facts.calendar)


def appeal(meeting: date, facts: DateFacts) -> Line:
    """The family's appeal date, as it would be at the latest after this meeting."""
    title, now = "Appeal.", appeal_now(facts)
    if not facts.decision.appealable:
        return Line(effect=Effect.NOTHING, title=title, words="There is nothing to appeal")
    if now is None or facts.letter is None:
        return Line(effect=Effect.NOTHING, title=title, words="The date of the letter is not known yet")
    if facts.decision.certificate_needed and facts.certified_on is None:
        paper = _certificate_by(meeting, facts)
        latest = deadlines.appeal_by(facts.letter, paper, facts.calendar).day
        words = f"Certificate by {short_day(paper)}, appeal by {short_day(latest)} at the latest"
        return Line(effect=Effect.KEEPS, title=title, words=words)
    effect = _spare(facts.calendar, meeting, now.day)
    before = ", before the meeting" if effect is Effect.MISSES else ""
    return Line(effect=effect, title=title, words=f"By {short_day(now.day)}, 5 pm{before}")


def of_time(meeting: date, facts: DateFacts, *, today: date) -> tuple[Line, ...]:
    """What a meeting on this day does to the 30 days, the notice and the appeal date."""
    day = day_of(meeting)
    return (thirty_days(day, facts), telling(day, today, facts.calendar), appeal(day, facts))


def worst(lines: Iterable[Line]) -> Effect:
    """The edge of a slot: its worst line."""
    found = max((line.effect for line in lines), key=ORDER.index, default=Effect.KEEPS)
    return Effect.KEEPS if found is Effect.NOTHING else found
