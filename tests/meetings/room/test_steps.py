"""The steps of the ladder have words of their own, and none of them opens a microphone."""

from meetings.room.steps import MuteReason, Step


def test_there_is_no_step_that_opens_anything() -> None:
    assert [step.value for step in Step] == ["nudge", "mute", "hold"]


def test_the_reasons_of_a_mute_are_about_the_line_or_the_turn_and_never_about_a_person() -> None:
    assert [reason.value for reason in MuteReason] == ["noise", "echo", "left_on", "turn"]
