"""What only the server may say has no word on the socket."""

from meetings.room import asks, commands, replanning
from meetings.room.signals import WORDS

KINDS = {
    kind
    for kind in (*vars(asks).values(), *vars(commands).values(), *vars(replanning).values())
    if isinstance(kind, type) and issubclass(kind, asks.Signal)
}


def test_every_signal_of_a_person_has_a_word_and_every_servers_signal_has_none() -> None:
    server = {kind for kind in KINDS if kind.server} | {
        asks.Arrived,
        asks.Left,
        asks.Departed,
        asks.Heartbeat,
        asks.Report,
    }
    spoken = {made for made, _, _ in WORDS.values()}
    assert KINDS - server - {asks.Signal, commands.Command, replanning.PlanCommand, replanning.SaidStage} == spoken


def test_commands_are_for_process_people_only() -> None:
    assert {name for name, (made, _, _) in WORDS.items() if not issubclass(made, commands.Command)} == {
        "raise_hand",
        "lower_hand",
        "restore_hand",
        "keep_hand",
        "write_turn",
        "not_finished",
        "ask_reply",
        "write_reply",
        "pass_turn",
        "hand_over",
        "tell",
        "take_back",
        "agree_rules",
        "finish",
        "back_again",
        "may_speak_for_me",
    }
