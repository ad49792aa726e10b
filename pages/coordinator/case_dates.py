"""Rules: the dates of a matter as a case's page lists them: what is due when, how it stands, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases import clocks, deadlines
from cases.case import Choice
from cases.deadlines import Deadline
from cases.dossier import Matter
from cases.states import MatterState
from cases.working_days import Calendar, day_of
from meetings.meeting import CLOSE_TO_THE_EDGE
from notifications.when import begins
from pages.days import clock, short_day

SOON = timedelta(hours=4)
ASK_FROM = 20  # the day of the 30 on which the council is asked whether it can keep them


@dataclass(frozen=True, kw_only=True)
class Row:
    """One date: `kind` is the kind of its tag."""

    title: str
    kind: str
    words: str
    why: str | None = None


def in_words(span: timedelta) -> str:
    """A length of time to the minute: "5 h 45"; "20 min"."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"


def promise_of(matter: Matter) -> Deadline | None:
    """The promise of contact, from the family's yes on; None where none was made."""
    if matter.choice is not Choice.MEDIATION or matter.chosen_at is None:
        return None
    return deadlines.contact_promise(matter.chosen_at)


def contact(matter: Matter, now: datetime) -> Row | None:
    """D1: the 24 hours within which a mediator reaches the family."""
    promise = promise_of(matter)
    if promise is None or matter.chosen_at is None:
        return None
    by = promise.closes_at
    title = f"Reach the family by {short_day(by)}, {clock(by)}"
    if matter.contacted_at is not None:
        took = in_words(max(matter.contacted_at - matter.chosen_at, timedelta()))
        kind = "done" if matter.contacted_at <= by else "late"
        return Row(title=title, kind=kind, words=f"Reached after {took} of 24 h", why=promise.why)
    if promise.passed(now):
        return Row(title=title, kind="late", words=f"24 hours ended {short_day(by)}, {clock(by)}", why=promise.why)
    left = by - now
    return Row(title=title, kind="soon" if left < SOON else "wait", words=f"{in_words(left)} left", why=promise.why)


def thirty_days(matter: Matter, meeting: date | None, *, calendar: Calendar, now: datetime) -> Row | None:
    """D8: the 30 days that the council has to arrange a meeting."""
    if matter.council_told_at is None or matter.choice is not Choice.MEDIATION:
        return None
    arranged = deadlines.arranged_by(day_of(matter.council_told_at), calendar)
    title = f"30 days: {short_day(arranged.day)}"
    kind, words = _thirty(arranged, meeting or _held(matter), calendar=calendar, today=day_of(now))
    return Row(title=title, kind=kind, words=words, why=arranged.why)


def _held(matter: Matter) -> date | None:
    return day_of(matter.concluded_at) if matter.concluded_at else None


def _thirty(arranged: Deadline, meeting: date | None, *, calendar: Calendar, today: date) -> tuple[str, str]:
    if meeting is not None:
        number = (meeting - arranged.since).days
        if meeting > arranged.day:
            return "late", f"The meeting is on day {number}"
        close = calendar.left(meeting, arranged.day) < CLOSE_TO_THE_EDGE
        return "tight" if close else "keeps", f"The meeting is on day {number}"
    number = (today - arranged.since).days
    if today > arranged.day:
        return "late", "The date has passed"
    return "soon" if number >= ASK_FROM else "wait", f"Day {number} of 30"


def adviser(matter: Matter, *, calendar: Calendar, now: datetime) -> Row | None:
    """D2: the two months in which the family speaks to an adviser."""
    since = deadlines.counted_from(matter.letter_date, matter.sent_date)
    if since is None or not matter.decision.certificate_needed:
        return None
    last = deadlines.adviser_by(since, calendar)
    title = f"Family to speak to an adviser: {short_day(last.day)}"
    if matter.advised_at is not None:
        return Row(title=title, kind="done", words=f"Done {short_day(matter.advised_at)}", why=last.why)
    if last.passed(now):
        return Row(title=title, kind="late", words="The date has passed. It bars nobody here", why=last.why)
    close = calendar.left(day_of(now), last.day) < CLOSE_TO_THE_EDGE
    return Row(title=title, kind="soon" if close else "wait", words="Not yet", why=last.why)


def appeal(matter: Matter, *, calendar: Calendar, now: datetime) -> Row | None:
    """D11: the family's last day to appeal, as it stands today."""
    sent = matter.sent_date or matter.letter_date
    if not matter.decision.appealable:
        return None
    if sent is None:
        return Row(title="Appeal", kind="wait", words="The date of the letter is not known")
    last = deadlines.appeal_by(sent, matter.certified_on, calendar, letter=matter.letter_date)
    title = f"Appeal: {short_day(last.day)}, 5 pm"
    if last.passed(now):
        return Row(title=title, kind="late", words="The date has passed", why=last.why)
    moves = matter.decision.certificate_needed and matter.certified_on is None
    return Row(title=title, kind="keeps", words="Gets later with the certificate" if moves else "Fixed", why=last.why)


SAT = frozenset({MatterState.IN_SESSION, MatterState.ADJOURNED})


def _never_met(matter: Matter, calendar: Calendar, now: datetime) -> datetime | None:
    """The end of day 30, where it has come without a meeting; the certificate's time then starts by itself (D5)."""
    told = matter.council_told_at
    if told is None or matter.choice is not Choice.MEDIATION or matter.concluded_at or matter.state in SAT:
        return None
    arranged = deadlines.arranged_by(day_of(told), calendar)
    return begins(arranged.day) if arranged.passed(now) else None


def certificate_due(matter: Matter, *, calendar: Calendar, now: datetime) -> Deadline | None:
    """D3 to D6: by when the certificate must go; None while nothing has started its three days."""
    facts = clocks.Facts(
        decision=matter.decision,
        state=matter.state,
        choice=matter.choice,
        chosen_at=matter.chosen_at,
        concluded_at=matter.concluded_at,
        outcome=matter.outcome,
        cannot_arrange_at=_never_met(matter, calendar, now),
    )
    since = clocks.certificate_since(facts)
    if since is None or matter.certified_on is not None:
        return None
    return deadlines.certificate_due(since[1], calendar, clock=since[0])


def certificate(matter: Matter, *, calendar: Calendar, now: datetime) -> Row | None:
    """The certificate: issued, due, or not started."""
    if not matter.decision.certificate_needed:
        return None
    if matter.certified_on is not None:
        return Row(title="Certificate", kind="done", words=f"Issued {short_day(matter.certified_on)}")
    due = certificate_due(matter, calendar=calendar, now=now)
    if due is None:
        return Row(title="Certificate", kind="wait", words="Starts when the mediation ends, or with a no")
    left = calendar.left(day_of(now), due.day)
    kind = "late" if due.passed(now) else "soon"
    words = "The date has passed" if due.passed(now) else f"Day {3 - left} of 3"
    return Row(title=f"Certificate: {short_day(due.day)}", kind=kind, words=words, why=due.why)


def of_matter(matter: Matter, meeting: date | None, *, calendar: Calendar, now: datetime) -> tuple[Row, ...]:
    """Every date of the matter that there is; `meeting` is the day of the meeting that is booked."""
    return tuple(_rows(matter, meeting, calendar=calendar, now=now))


def _rows(matter: Matter, meeting: date | None, *, calendar: Calendar, now: datetime) -> Iterator[Row]:
    for row in (
        contact(matter, now),
        thirty_days(matter, meeting, calendar=calendar, now=now),
        adviser(matter, calendar=calendar, now=now),
        appeal(matter, calendar=calendar, now=now),
        certificate(matter, calendar=calendar, now=now),
    ):
        if row is not None:
            yield row
