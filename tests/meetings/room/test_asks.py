"""What only the server may say has no word on the socket."""

from meetings.room import asks, commands
from meetings.room.signals import WORDS


def test_every_signal_of_a_person_has_a_word_and_every_servers_signal_has_none() -> None:
    server = {asks.Seated, asks.Arrived, asks.Left, asks.Departed, asks.Tick, asks.Heartbeat}
    kinds = {kind for kind in vars(asks).values() if isinstance(kind, type) and issubclass(kind, asks.Signal)}
    spoken = {made for made, _, _ in WORDS.values()}
    assert kinds - server - {asks.Signal, commands.Command} == spoken


def test_commands_are_for_process_people_only() -> None:
    assert {name for name, (made, _, _) in WORDS.items() if not made.process} == {
        "raise_hand",
        "lower_hand",
        "restore_hand",
        "finish",
        "may_speak_for_me",
    }
