from itertools import product

from meetings.room.stages import PLAN, Mode, turn_survives


def test_the_plan_has_eight_stages_and_ends_with_the_reading_back() -> None:
    assert [(stage.code, stage.mode.value, stage.minutes) for stage in PLAN] == [
        ("arriving", "mediator_speaks", 15),
        ("welcome", "mediator_speaks", 10),
        ("childs_voice", "mediator_speaks", 10),
        ("first_turns", "statement", 35),
        ("questions", "open_talk", 30),
        ("private_rooms", "private_rooms", 25),
        ("options", "open_talk", 35),
        ("reading_back", "drafting", 10),
    ]


def test_only_open_talk_and_queue_pass_a_turn_on_to_each_other() -> None:
    survives = {(before, after) for before, after in product(Mode, Mode) if turn_survives(before, after)}

    assert survives == {(mode, mode) for mode in Mode} | {
        (Mode.OPEN_TALK, Mode.QUEUE),
        (Mode.QUEUE, Mode.OPEN_TALK),
    }
