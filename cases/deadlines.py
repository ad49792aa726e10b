"""Rules: every date of a matter, each with its reason (domain 2.2, D1 to D15, counted by R1 to R8).

Each function takes the day or the moment that starts the time (a moment counts as its day in London, except where
hours are counted) and says when it ends, which day is safe, and why. Nothing here is ever moved to a later day but the
day of an appeal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cases import reasons, tribunal
from cases.legal_class import LegalClass, Limit
from cases.periods import Clock, period
from cases.tribunal import Limb
from cases.working_days import Calendar, day_of, plus_days, plus_months, plus_weeks
from notifications.when import begins, full_day, london

CERTIFICATES = {
    Clock.DECLINED: "The family said no to mediation",
    Clock.CONCLUDED: "The mediation ended",
    Clock.DEEMED: "It was clear that 30 days would not be enough",
    Clock.CHANGED_MIND: "The family said that it no longer wants mediation",
}
TOLD = {
    Clock.ARRANGE: "The council was told that mediation is wanted",
    Clock.ARRANGE_HEALTH: "The local NHS had the council’s notice",
}
ASKED_ON_DAYS = (20, 25, 30)


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A date to keep.

    `due` is the last day, or the last moment where hours are counted. `hard`: it stays where it is even when that is no
    working day. `safe` is the day to aim at: the last working day up to `due`, or earlier where an input is in doubt.
    `hour` is the hour in London at which the last day closes, where that is not midnight.
    """

    code: Clock
    title: str
    since: date
    due: date
    hard: bool
    safe: date
    why: str
    owed_by: str
    source: str
    hour: time | None = None

    @property
    def day(self) -> date:
        """The last day in London."""
        return day_of(self.due)

    @property
    def closes_at(self) -> datetime:
        """The moment from which the time is over, in UTC."""
        if isinstance(self.due, datetime):
            return self.due.astimezone(UTC)
        local = (
            begins(self.due + timedelta(days=1)) if self.hour is None else begins(self.due).replace(hour=self.hour.hour)
        )
        return local.astimezone(UTC)

    def passed(self, now: datetime) -> bool:
        """Whether the time is over."""
        return now >= self.closes_at


def _deadline(
    clock: Clock, *, since: date, due: date, safe: date, why: str, hour: time | None = None, source: str | None = None
) -> Deadline:
    row = period(clock, day_of(since))
    return Deadline(
        code=clock,
        title=row.title,
        since=since,
        due=due,
        hard=not row.moves and clock not in {*CERTIFICATES, Clock.TELL_HEALTH, Clock.NOTICE},
        safe=safe,
        why=why,
        owed_by=row.owed_by,
        source=source or row.source,
        hour=hour,
    )


def _hours(clock: Clock, start: datetime, what: str) -> Deadline:
    due = london(start).astimezone(UTC) + timedelta(hours=period(clock, day_of(start)).length)
    return _deadline(clock, since=start, due=due, safe=day_of(due), why=reasons.by_the_clock(start, what, due))


def _working_days(clock: Clock, start: date, *, what: str, calendar: Calendar) -> Deadline:
    first = day_of(start)
    days = calendar.days_after(first, period(clock, first).length)
    return _deadline(clock, since=first, due=days[-1], safe=days[-1], why=reasons.working_days(first, what, days))


def _still(clock: Clock, *, since: date, due: date, why: str, calendar: Calendar) -> Deadline:
    """A last day that does not move."""
    safe = calendar.last_working(due)
    return _deadline(clock, since=since, due=due, safe=safe, why=why + reasons.stays(due, calendar))


def contact_promise(yes_at: datetime) -> Deadline:
    """D1: 24 hours by the clock after a family's yes, a mediator has reached it; `due` is a moment in UTC (R7)."""
    return _hours(Clock.CONTACT, yes_at, "The family said yes to mediation")


def adviser_by(sent: date, calendar: Calendar) -> Deadline:
    """D2: the family contacts an adviser. Being late bars nobody here: it is said, and the way past it is shown."""
    start = day_of(sent)
    row = period(Clock.ADVISER, start)
    why = f"The letter was sent on {full_day(start)}. {reasons.months(start, row.length)}"
    return _still(Clock.ADVISER, since=start, due=plus_months(start, row.length), why=why, calendar=calendar)


def certificate_due(since: date, calendar: Calendar, *, clock: Clock = Clock.DECLINED) -> Deadline:
    """D3 to D6: the certificate, by what started it: a no, an end, no meeting in 30 days, or a change of mind."""
    return _working_days(clock, since, what=CERTIFICATES[clock], calendar=calendar)


def health_told_by(told: date, calendar: Calendar) -> Deadline:
    """D7: the council tells the local NHS that health is part of it."""
    return _working_days(
        Clock.TELL_HEALTH, told, what="The council was told that health is part of it", calendar=calendar
    )


def arranged_by(told: date, calendar: Calendar, *, clock: Clock = Clock.ARRANGE) -> Deadline:
    """D8, or D9 for a case about health alone: day 30. The meeting is aimed to be held, not only fixed, by then."""
    start = day_of(told)
    due = plus_days(start, period(clock, start).length)
    return _still(clock, since=start, due=due, why=reasons.calendar_days(start, TOLD[clock], due), calendar=calendar)


def council_asked_on(told: date) -> tuple[date, ...]:
    """The days on which the council is asked whether it can keep day 30: day 20, day 25 and day 30 itself."""
    return tuple(plus_days(day_of(told), days) for days in ASKED_ON_DAYS)


def notice_by(session: date, calendar: Calendar) -> Deadline:
    """D10: the last day to tell everybody the day and place of a meeting."""
    day = day_of(session)
    count = period(Clock.NOTICE, day).length
    days = tuple(calendar.before(day, number) for number in range(1, count + 1))
    return _deadline(Clock.NOTICE, since=day, due=days[-1], safe=days[-1], why=reasons.backwards(day, days))


def counted_from(letter: date | None, sent: date | None) -> date | None:
    """The safe day to count from: the earlier of the date on the letter and the day it was sent (R8)."""
    return min((day for day in (letter, sent) if day), default=None)


def appeal_limbs(sent: date, certificate: date | None, calendar: Calendar) -> tuple[Limb, ...]:
    """The ways to count the time for an appeal, the letter's first; the certificate's once it is issued."""
    letter = tribunal.from_letter(day_of(sent), calendar)
    return (letter, tribunal.from_certificate(day_of(certificate), calendar)) if certificate else (letter,)


def appeal_by(sent: date, certificate: date | None, calendar: Calendar, *, letter: date | None = None) -> Deadline:
    """D11: the last day, 5 pm, on which an appeal may arrive; a certificate makes it later, never earlier.

    `letter`, the date on the letter, makes `safe` earlier where it lies before the day of sending (R8).
    """
    limbs = appeal_limbs(sent, certificate, calendar)
    counts = tribunal.later(limbs[0], limbs[-1] if len(limbs) > 1 else None)
    safe = min(counts.arrives_by, appeal_by(letter, certificate, calendar).due) if letter else counts.arrives_by
    return _deadline(
        Clock.APPEAL,
        since=counts.since,
        due=counts.arrives_by,
        safe=safe,
        why=_appeal_reason(limbs, counts),
        hour=tribunal.CLOSES,
    )


def _appeal_reason(limbs: tuple[Limb, ...], counts: Limb) -> str:
    whats = ("The letter was sent", "The certificate was issued")
    told = [reasons.limb(each, what) for each, what in zip(limbs, whats, strict=False)]
    if len(limbs) > 1:
        told.append(
            "This is later, so it counts." if counts is limbs[1] else "The letter’s day is later, so it counts."
        )
    return " ".join(told)


def _clock_of(legal_class: LegalClass) -> Clock:
    named = {LegalClass.NON_APPEALABLE: Clock.ACTION, LegalClass.TELL_COUNCIL: Clock.TELL_COUNCIL}
    return named.get(legal_class, Clock.PLAN_ACTION)


def action_steps(legal_class: LegalClass, agreed_on: date, calendar: Calendar) -> tuple[Deadline, ...]:
    """D12 to D14: each time that the law gives for an action, the nearest first; none for a promise."""
    start = day_of(agreed_on)
    return tuple(_step(_clock_of(legal_class), limit, since=start, calendar=calendar) for limit in legal_class.limits)


def _step(clock: Clock, limit: Limit, *, since: date, calendar: Calendar) -> Deadline:
    due = plus_weeks(since, limit.weeks)
    safe = calendar.last_working(due) if limit.weeks else due
    note = reasons.stays(due, calendar) if limit.weeks else ""
    why = reasons.weeks(since, limit.weeks, due) + note
    return _deadline(clock, since=since, due=due, safe=safe, why=why, source=limit.source)


def action_due(legal_class: LegalClass, agreed_on: date, calendar: Calendar) -> Deadline | None:
    """The nearest of an action's times: what is offered as its date; None for a promise."""
    return next(iter(action_steps(legal_class, agreed_on, calendar)), None)


def council_told_by(agreed_on: date, calendar: Calendar) -> Deadline:
    """D14: the local NHS tells the council what was agreed without it."""
    return action_steps(LegalClass.TELL_COUNCIL, agreed_on, calendar)[0]


def record_by(session_end: datetime) -> Deadline:
    """D15: 24 hours by the clock after the end, the record has gone out to be read."""
    return _hours(Clock.RECORD, session_end, "The meeting ended")


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The dates by when they close, the nearest first."""
    return tuple(sorted(deadlines, key=lambda deadline: (deadline.closes_at, deadline.code)))
