"""What the pages of a plan call its stages and lengths of time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meetings.room.plan import CODES, SILENCES, TIMES, Plan
from meetings.room.stages import BREAK, PLAN, Mode, Stage
from pages.mediator import plan_words
from pages.mediator.plan_words import fits, length, silence_of, stage_about, stage_word

TALK = Stage(code="questions", mode=Mode.OPEN_TALK, minutes=30)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (50, "50 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (170, "2 hours 50 minutes"),
    ],
)
def test_a_length_of_time_is_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert length(minutes) == said


@pytest.mark.parametrize(
    ("stage", "word", "about"),
    [
        (TALK, "Questions", "Open talk, 3 minutes a turn · 30 minutes"),
        (replace(TALK, name="Issues"), "Issues", "Open talk, 3 minutes a turn · 30 minutes"),
        (replace(TALK, mode=Mode.STATEMENT, own_minutes=6), "Questions", "Own time, 6 minutes a side · 30 minutes"),
        (replace(TALK, mode=Mode.CHECK), "Questions", "Check · 30 minutes"),
        (PLAN[5], "Private rooms", "Each side by itself · 25 minutes"),
        (Stage(code=BREAK, mode=Mode.QUEUE, minutes=10), "Break", "10 minutes"),
        (Stage(code="of_tomorrow", mode=Mode.QUEUE, minutes=10), "of_tomorrow", "Queue, 3 minutes a turn · 10 minutes"),
    ],
)
def test_a_stage_is_told_in_plain_words(stage: Stage, word: str, about: str) -> None:
    assert (stage_word(stage), stage_about(stage)) == (word, about)


@pytest.mark.parametrize(
    ("hours", "kind", "said"),
    [
        (3, "done", "The plan takes 2 hours 50 minutes. The meeting is 3 hours long, so 10 minutes are left."),
        (2, "tight", "That is 50 minutes more than the 2 hours you have. You may want to shorten something."),
    ],
)
def test_whether_the_plan_fits_is_said_kindly(hours: int, kind: str, said: str) -> None:
    found = fits(Plan(), timedelta(hours=hours))

    assert found[0] == kind
    assert found[1].endswith(said)
    assert fits(Plan(), timedelta(minutes=170)) == (
        "done",
        "The plan takes 2 hours 50 minutes. That is all the time of this meeting.",
    )
    assert fits(Plan(), timedelta(minutes=171))[1].endswith("so 1 minute is left.")
    assert fits(Plan(), timedelta(minutes=230))[1].endswith("so 1 hour is left.")


def test_every_code_mode_time_and_silence_has_its_word() -> None:
    assert set(plan_words.STAGES) == set(CODES)
    assert set(plan_words.MODES) == set(Mode)
    assert set(plan_words.TIMES) == set(TIMES)
    assert [patience for patience, _ in plan_words.SILENCES.values()] == list(SILENCES)
    assert [silence_of(patience) for patience in SILENCES] == list(plan_words.SILENCES)
