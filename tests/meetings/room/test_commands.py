"""What only process people may ask, and which of it touches nothing that another's command relies on."""

from dataclasses import fields

from meetings.room import commands, replanning
from meetings.room.commands import Command
from meetings.room.floor import MOVES
from meetings.room.signals import WORDS

SAID = [*vars(commands).values(), *vars(replanning).values()]
KINDS = {kind for kind in SAID if isinstance(kind, type) and issubclass(kind, Command)} - {
    *(Command, replanning.PlanCommand, replanning.SaidStage),
}


def test_every_command_is_a_move_of_the_floor_and_has_a_word() -> None:
    assert {kind for kind in MOVES if issubclass(kind, Command)} == KINDS
    assert {made for made, _, _ in WORDS.values() if issubclass(made, Command)} == KINDS


def test_who_has_the_floor_the_queue_and_how_turns_are_taken_are_never_changed_gently() -> None:
    assert {kind.__name__ for kind in KINDS if not kind.gentle} == {
        *("GiveNext", "GiveTo", "EndTurn", "MoreTime", "SetMode", "SetStage", "AddHand", "RemoveHand", "MoveHand"),
        *("Pause", "Resume", "Extend", "StartRound", "HolderYields"),
    }


def test_what_is_about_the_plan_or_the_rules_relies_on_them_alone() -> None:
    assert {kind.__name__ for kind in KINDS if kind.plans} == {
        *("AddStage", "ChangeStage", "MoveStage", "RemoveStage", "SetRules"),
    }
    assert not any(kind.always for kind in KINDS if kind.plans)


def test_every_command_has_a_place_for_its_id_and_for_the_version_that_was_seen() -> None:
    assert all({"by", "op", "version"} <= {one.name for one in fields(kind)} for kind in KINDS)
