"""Rules: what the pages of a sitting's plan call its stages, the ways of taking turns, and lengths of time."""

from collections.abc import Mapping
from datetime import timedelta

from meetings.room.plan import Plan
from meetings.room.seats import NEEDS_TIME, PATIENCE
from meetings.room.stages import BREAK, Mode, Stage
from pages.spelling import first_up

STAGES: Mapping[str, str] = {
    "arriving": "Arriving",
    "welcome": "Welcome",
    "childs_voice": "The child’s voice",
    "first_turns": "First turns",
    "questions": "Questions",
    "private_rooms": "Private rooms",
    "options": "Options",
    "reading_back": "Reading back",
    BREAK: "Break",
}
MODES: Mapping[Mode, tuple[str, str]] = {
    Mode.MEDIATOR_SPEAKS: ("Mediator speaks", "you speak, and say who is next"),
    Mode.STATEMENT: ("Own time", "each side without interruption"),
    Mode.ROUND: ("Round", "each side once, no replies until its end"),
    Mode.QUEUE: ("Queue", "hands, in a fair order by side"),
    Mode.OPEN_TALK: ("Open talk", "everybody may speak"),
    Mode.CHECK: ("Check", "one says back what they have heard"),
    Mode.DRAFTING: ("Drafting", "the lines of the record, read together"),
    Mode.PRIVATE_ROOMS: ("Private rooms", "each side by itself"),
}
WITH_TURNS = frozenset({Mode.ROUND, Mode.QUEUE, Mode.OPEN_TALK})
TIMES: Mapping[int, str] = {
    100: "Ordinary",
    125: "A quarter more",
    150: "Half as much again",
    200: "Twice as much",
}
NO_LIMIT = "no_limit"
SILENCES: Mapping[str, tuple[timedelta | None, str]] = {
    "short": (PATIENCE, f"{PATIENCE.seconds} seconds"),
    "long": (NEEDS_TIME, f"{NEEDS_TIME.seconds} seconds"),
    NO_LIMIT: (None, "No limit"),
}


def stage_word(stage: Stage) -> str:
    """What the stage is called in this sitting."""
    return stage.name or STAGES.get(stage.code, stage.code)


def stage_about(stage: Stage) -> str:
    """How turns are taken in it, and for how long: "Own time, 8 minutes a side · 35 minutes"."""
    if stage.code == BREAK:
        return length(stage.minutes)
    how, hint = MODES[stage.mode]
    if how == stage_word(stage):
        how = first_up(hint)
    if stage.mode is Mode.STATEMENT:
        how = f"{how}, {length(stage.own_minutes)} a side"
    if stage.mode in WITH_TURNS:
        how = f"{how}, {length(stage.turn_minutes)} a turn"
    return f"{how} · {length(stage.minutes)}"


def length(minutes: int) -> str:
    """1 minute, 50 minutes, 1 hour, 2 hours 50 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    parts += [_counted(rest, "minute")] if rest or not hours else []
    return " ".join(parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def fits(plan: Plan, meeting: timedelta) -> tuple[str, str]:
    """How the plan sits in the time of its meeting: a tag's kind, and the words."""
    planned, there = plan.minutes, int(meeting.total_seconds()) // 60
    taken = f"The plan takes {length(planned)}."
    if planned > there:
        over = length(planned - there)
        more = f"That is {over} more than the {length(there)} you have. You may want to shorten something."
        return "tight", f"{taken} {more}"
    if planned == there:
        return "done", f"{taken} That is all the time of this meeting."
    spare = there - planned
    are = "is" if spare in (1, 60) else "are"
    return "done", f"{taken} The meeting is {length(there)} long, so {length(spare)} {are} left."


def silence_of(patience: timedelta | None) -> str:
    """The word by which a form knows this silence."""
    return next((word for word, (kept, _) in SILENCES.items() if kept == patience), "short")
