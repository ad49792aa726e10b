"""Edge: what several pages show of one case: its people by side, its dates with their reasons, what has happened.

Nothing here decides who may see it; each page shows only what the matrix gives its reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases import deadlines, file, holiday_list, work
from cases.case import Choice, Side, Standing
from cases.deadlines import Deadline
from cases.dossier import CaseFile, Duty, Happened, Holder, Matter, Seat
from cases.states import Event, MatterState
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from meetings import register
from meetings.meeting import AttendanceState, MeetingState, Mode, Part
from meetings.register import Meeting
from notifications import when
from people import accounts

LETTERS: Mapping[Side, str] = {
    Side.FAMILY: "a",
    Side.COUNCIL: "b",
    Side.SCHOOL: "c",
    Side.HEALTH: "d",
    Side.SOCIAL_CARE: "b",
    Side.NOBODY: "n",
}
SIDE_NAMES: Mapping[Side, str] = {
    Side.FAMILY: "Family",
    Side.COUNCIL: "Council",
    Side.SCHOOL: "School",
    Side.HEALTH: "Local NHS",
    Side.SOCIAL_CARE: "Social care",
    Side.NOBODY: "On nobody’s side",
}
DUTY_WORDS: Mapping[Duty, str] = {
    Duty.ADVISER: "adviser",
    Duty.MEDIATOR: "mediator",
    Duty.CO_MEDIATOR: Part.CO_MEDIATOR.words,
}
STORY: Mapping[Event, str] = {
    Event.RECEIVED: "The family wrote to us",
    Event.ADVISED: "An adviser explained the choices",
    Event.CONSIDERING: "The family took time to think",
    Event.DECLINED: "The family said no to mediation",
    Event.CHOSE_MEDIATION: "The family chose mediation",
    Event.CHOSE_DR: "The family chose disagreement resolution",
    Event.ASSIGNED: "A mediator was found",
    Event.CONTACTED: "The mediator spoke with the family",
}
OWN_STORY: Mapping[Event, str] = {
    **STORY,
    Event.RECEIVED: "You wrote to us",
    Event.ADVISED: "An adviser explained your choices",
    Event.CONSIDERING: "You took time to think",
    Event.DECLINED: "You said no to mediation",
    Event.CHOSE_MEDIATION: "You chose mediation",
    Event.CHOSE_DR: "You chose disagreement resolution",
    Event.CONTACTED: "The mediator spoke with you",
}
FOR_YOU, FOR_THEM = "Somebody wrote to us for you", "Somebody wrote to us for the family"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One row of a list of dates."""

    when: date | datetime
    title: str
    text: str
    why: str | None
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case with everything its pages are made from."""

    case: CaseFile
    matter: Matter
    seats: Sequence[Seat]
    holders: Mapping[Duty, Holder]
    meetings: Sequence[Meeting]
    history: Sequence[Happened]
    calendar: Calendar
    trainee: str | None = None  # of the meeting that is to come

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is booked, open or adjourned; None when there is none."""
        live = [one for one in self.meetings if one.state in register.LIVE]
        return live[-1] if live else None

    @property
    def held(self) -> bool:
        """Whether a meeting has ended and none is booked after it."""
        return self.meeting is None and any(one.state is MeetingState.CONCLUDED for one in self.meetings)

    @property
    def counted_from(self) -> date | None:
        """The safe day that the family's time runs from."""
        return deadlines.counted_from(self.matter.letter_date, self.matter.sent_date)

    def on(self, side: Side | str) -> list[Seat]:
        """The side's people, in the order they came."""
        return [seat for seat in self.seats if seat.side == side and seat.revoked_at is None]

    def mine(self, seat_id: str) -> Seat:
        """The seat of this id."""
        return next(seat for seat in self.seats if seat.id == seat_id)


async def view(db: Transaction, case_id: str, matter_id: str | None = None) -> CaseView:
    """The case and its newest matter (or the one named); NotFound when there is none."""
    case = await file.load_case(db, case_id)
    matter = await file.load_matter(db, matter_id) if matter_id else (await file.matters_of(db, case_id))[-1]
    seen = CaseView(
        case=case,
        matter=matter,
        seats=await file.seats_of(db, case_id),
        holders=await work.holders_of(db, matter.id),
        meetings=await register.of_case(db, case_id),
        history=await file.history(db, matter.id),
        calendar=await holiday_list.calendar(db),
    )
    if seen.meeting is None or seen.meeting.trainee_id is None:
        return seen
    trainee = await accounts.by_id(db, seen.meeting.trainee_id)
    return replace(seen, trainee=trainee.name if trainee else None)


def _row(found: Deadline, title: str, text: str, *, kind: str = "", now: datetime) -> Shown:
    passed = found.passed(now)
    return Shown(
        when=found.day,
        title=title,
        text="The date has passed" if passed else text,
        why=found.why,
        kind="late" if passed and kind != "quiet" else kind,
    )


def appeal(case: CaseView) -> Deadline | None:
    """Until when an appeal must have arrived, as things are now; None where there is none, or no date known."""
    matter, start = case.matter, case.counted_from
    if start is None or not matter.decision.appealable:
        return None
    return deadlines.appeal_by(matter.sent_date or start, matter.certified_on, case.calendar, letter=matter.letter_date)


def _meeting_row(case: CaseView, title: str) -> list[Shown]:
    if case.meeting is None:
        return []
    hours = when.span(case.meeting.starts, case.meeting.ends)
    return [Shown(when=case.meeting.starts, title=title, text=hours, why=None)]


def _duties_row(case: CaseView, now: datetime) -> list[Shown]:
    """What others have to keep for the family: the adviser, and the council."""
    rows, matter, start = [], case.matter, case.counted_from
    if matter.advised_at is None and start is not None:
        speak = deadlines.adviser_by(start, case.calendar)
        title = f"Speak to an adviser by {when.full_day(speak.day)}"
        rows.append(_row(speak, title, "You have done the first part. We ring you.", now=now))
    if (due := certificate_due(case)) is not None and matter.certified_on is None:
        words = "Our adviser must keep this date. It comes whether or not you agree."
        rows.append(_row(due, "Your certificate, by this day at the latest", words, kind="quiet", now=now))
    if matter.council_told_at is not None and matter.concluded_at is None:
        last = deadlines.arranged_by(day_of(matter.council_told_at), case.calendar)
        rows.append(_row(last, "The council’s 30 days end", "The council must keep this date", kind="quiet", now=now))
    return rows


def family_dates(case: CaseView, now: datetime) -> list[Shown]:
    """The dates that matter to the family, nearest first, each with its reason."""
    rows = [*_meeting_row(case, "Your meeting"), *_duties_row(case, now)]
    if (last := appeal(case)) is not None:
        words = "It must be there by then, not just in the post."
        if case.matter.certified_on is None:
            words += " It can get later when you have your certificate, never earlier."
        rows.append(_row(last, f"Appeal by {when.full_day(last.day)}, 5 pm", words, now=now))
    return sorted(rows, key=_at)


def _at(row: Shown) -> datetime:
    return row.when if isinstance(row.when, datetime) else when.begins(row.when)


def certificate_due(case: CaseView) -> Deadline | None:
    """Until when the adviser must issue the certificate; None while nothing has started that time."""
    matter = case.matter
    if not matter.decision.certificate_needed:
        return None
    since = matter.concluded_at or (matter.chosen_at if matter.choice is Choice.DECLINED else None)
    return deadlines.certificate_due(day_of(since), case.calendar) if since else None


def council_dates(case: CaseView, now: datetime) -> list[Shown]:
    """The council's own dates; never the family's appeal date."""
    rows = _meeting_row(case, "The meeting")
    if case.matter.council_told_at is not None and case.matter.concluded_at is None:
        last = deadlines.arranged_by(day_of(case.matter.council_told_at), case.calendar)
        rows.append(_row(last, "The council’s 30 days end", "It does not move to the next working day", now=now))
    return sorted(rows, key=_at)


def people(case: CaseView, you: str | None = None) -> list[dict[str, object]]:
    """Everyone by side, by first name and initial; nobody's phone, mail or needs."""
    rows: list[dict[str, object]] = []
    for side in Side:
        lines = [f"{seat.label}{' (you)' if seat.id == you else ''}{seat.after_name}" for seat in case.on(side)]
        if side is Side.NOBODY:
            lines = [
                *(f"{holder.name}, {DUTY_WORDS[duty]}" for duty, holder in case.holders.items()),
                *([f"{case.trainee}, {Part.TRAINEE.words}, if every side says yes"] if case.trainee else []),
                *lines,
            ]
        if lines:
            rows.append({"side": LETTERS[side], "word": SIDE_NAMES[side], "lines": lines})
    return rows


def story(case: CaseView, words: Mapping[Event, str] = STORY) -> list[dict[str, object]]:
    """What has happened, newest first; in words that both sides may read, unless the family reads its own page."""
    if case.case.helper:
        words = {**words, Event.RECEIVED: FOR_YOU if words is OWN_STORY else FOR_THEM}
    rows: list[dict[str, object]] = [
        {"when": one.at, "words": words[one.event]} for one in case.history if one.event in words
    ]
    rows += [
        {"when": one.made_at, "words": "A meeting was booked"}
        for one in case.meetings
        if one.state is not MeetingState.CANCELLED
    ]
    rows += [
        {"when": one.ended_at, "words": "The meeting ended"}
        for one in case.meetings
        if one.state is MeetingState.CONCLUDED and one.ended_at
    ]
    return sorted(rows, key=lambda row: str(row["when"]), reverse=True)


def principals(case: CaseView) -> list[Seat]:
    """Those who speak and decide for a side."""
    return [seat for seat in case.seats if seat.standing is Standing.PRINCIPAL and seat.revoked_at is None]


async def place_of(db: Transaction, meeting_id: str, seat_id: str) -> str | None:
    """The id of this seat's place in this meeting; None when it has none."""
    found = [one for one in await register.attendances(db, meeting_id) if one.seat_id == seat_id]
    return found[0].id if found and found[0].state is not AttendanceState.WITHDRAWN else None


def where_words(meeting: Meeting) -> str:
    """How the sides meet, in words."""
    return "in person" if meeting.mode is Mode.IN_PERSON else "a video call"


__all__ = [
    "OWN_STORY",
    "CaseView",
    "MatterState",
    "Shown",
    "appeal",
    "certificate_due",
    "council_dates",
    "family_dates",
    "people",
    "place_of",
    "principals",
    "story",
    "view",
    "where_words",
]
