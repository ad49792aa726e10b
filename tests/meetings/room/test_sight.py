"""3.5 as one table: who sees what. Each item is changed alone, and exactly these people's frames change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.entries import Overlap
from meetings.room.floor import Floor, SeatKey, seen_by
from meetings.room.order import order
from meetings.room.seats import NEEDS_TIME
from meetings.room.state import Floor as State
from meetings.room.steps import MuteReason, Step, Taken
from meetings.room.told import Told, What
from meetings.room.views import watched
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MINA, OWEN, START, TESSA, TIA, Table

SPEAKER, OWN_SIDE, OTHERS = {"tessa"}, {"jo", "owen", "lena"}, {"colin", "dana"}
MEDIATOR, COORDINATOR = {"mediator", "mina", "tia"}, {"coordinator"}
NOBODY: set[str] = set()
ALL = SPEAKER | OWN_SIDE | OTHERS | MEDIATOR | COORDINATOR
ROOM = ALL - COORDINATOR
COLINS = SeatKey("colin")


def sitting() -> Floor:
    """Tessa speaks; Colin, Dana and Owen wait, and some have told something."""
    table = Table(TESSA, JO, OWEN, LENA, COLIN, DANA, MINA, TIA).raises("tessa", "colin", "dana", "owen")
    table.give_next()
    table.wait(60).ask(asks.Tell, "dana", what=What.LOST)
    return table.floor


def turn(**facts: Any) -> Callable[[Floor], Floor]:
    return lambda floor: replace(floor, turn=replace(floor.turn, **facts))  # type: ignore[type-var]


def seat(key: str, **facts: Any) -> Callable[[Floor], Floor]:
    return lambda floor: floor.with_seat(replace(floor.seat(SeatKey(key)), **facts))


def hand(key: str, **facts: Any) -> Callable[[Floor], Floor]:
    return lambda floor: replace(
        floor, hands=tuple(replace(one, **facts) if one.seat == key else one for one in floor.hands)
    )


def floor(**facts: Any) -> Callable[[Floor], Floor]:
    return lambda before: replace(before, **facts)


def step(kind: Step, by: str = "mediator") -> Taken:
    reason = MuteReason.ECHO if kind is Step.MUTE else None
    return Taken(number=1, step=kind, by=SeatKey(by), seat=COLINS, side=COLIN.side, at=START, reason=reason)


def told(what: What) -> Callable[[Floor], Floor]:
    one = Told(number=99, seat=COLINS, what=what, at=START, word="provision" if what is What.WORD else None)
    return lambda before: replace(before, told=(*before.told, one))


def swapped(before: Floor) -> Floor:
    first, second, *rest = before.hands
    moved = replace(before, hands=(replace(first, wave=second.wave), replace(second, wave=first.wave), *rest))
    assert [one.seat for one in order(moved)] != [one.seat for one in order(before)]
    return moved


def shown(change: Callable[[Floor], Floor]) -> Callable[[Floor], Floor]:
    return lambda before: change(replace(before, time_shown=True))


LONGER = timedelta(seconds=77)
ITEMS: dict[str, tuple[Callable[[Floor], Floor], set[str]]] = {
    "own remaining time": (turn(budget=timedelta(seconds=301)), SPEAKER | MEDIATOR),
    "own remaining time, overrun": (turn(ran=timedelta(minutes=20)), SPEAKER | MEDIATOR),
    "the planned time": (turn(planned=timedelta(seconds=301)), NOBODY),
    "grace": (lambda one: replace(one, numbers=replace(one.numbers, grace=LONGER)), SPEAKER | MEDIATOR),
    "order of hands": (swapped, ALL),
    "moved by the mediator": (hand("colin", moved=True), ALL),
    "a text waits": (hand("colin", words="The bus."), ALL),
    "balance by side": (lambda one: replace(one, spent={**one.spent, COLIN.side: LONGER}), NOBODY),
    "who has spoken": (floor(spoken=(SeatKey("dana"),)), NOBODY),
    "how often somebody was passed over": (hand("colin", overtaken=1), NOBODY),
    "owed": (floor(owed=(COLIN.side, TESSA.side)), MEDIATOR),
    "a multiplier": (seat("colin", stretch=150), MEDIATOR),
    "patience": (seat("colin", patience=NEEDS_TIME), MEDIATOR),
    "break due": (floor(break_due=START + timedelta(hours=9)), ALL),
    "stage": (floor(stage_since=START + LONGER), ALL),
    "a note": (hand("colin", note="about the bus"), {"colin"} | MEDIATOR),
    "the reason of a move": (hand("colin", reason="must leave"), MEDIATOR),
    "a nudge": (floor(steps=(step(Step.NUDGE),)), {"colin"} | MEDIATOR),
    "a mute": (floor(steps=(step(Step.MUTE),)), {"colin"} | MEDIATOR),
    "a cue": (floor(overlap=Overlap(seats=(COLINS,), since=START, over=True)), MEDIATOR),
    "hearing": (floor(hearing=False), MEDIATOR),
    "ears": (floor(ears=True), MEDIATOR),
    "who agreed": (seat("colin", agreed=True), {"colin"} | MEDIATOR),
    "a signal": (told(What.UPSET), {"colin"} | MEDIATOR | COORDINATOR),
    "a word": (told(What.WORD), {"colin"} | MEDIATOR | COORDINATOR),
    "a lowered hand": (floor(lowered=()), NOBODY),
    "the card": (floor(card_until=START + LONGER), ROOM),
    "the recap": (floor(recap="So far: the bus."), ROOM),
    "who was passed by the lot": (floor(waves=99), NOBODY),
    "operations": (floor(done=((COLINS, "an-operation"),)), NOBODY),
}


def frames(one: Floor) -> dict[str, Any]:
    seen: dict[str, Any] = {key.key: seen_by(one, key.key, now=one.at) for key in one.seats}
    return {**seen, "coordinator": watched(one, now=one.at)}


@pytest.mark.parametrize("item", ITEMS)
def test_exactly_these_people_see_it_change(item: str) -> None:
    change, who = ITEMS[item]
    before, after = frames(sitting()), frames(change(sitting()))

    assert {key for key, frame in before.items() if after[key] != frame} == who


def test_by_the_ground_rules_everybody_may_see_the_plan_and_nobody_what_is_allowed_beyond_it() -> None:
    for change, who in ((turn(planned=timedelta(seconds=301)), ROOM), (turn(budget=LONGER), SPEAKER | MEDIATOR)):
        before, after = frames(floor(time_shown=True)(sitting())), frames(shown(change)(sitting()))
        assert {key for key, frame in before.items() if after[key] != frame} == who


def test_the_words_of_a_text_are_seen_by_all_once_it_is_read() -> None:
    late, cold = hand("colin", words="The bus is late."), hand("colin", words="The bus is cold.")
    waiting = frames(late(sitting())), frames(cold(sitting()))
    reading = frames(turn(words="The bus is late.")(sitting())), frames(turn(words="The bus is cold.")(sitting()))

    assert {key for key in waiting[0] if waiting[0][key] != waiting[1][key]} == {"colin"} | MEDIATOR
    assert {key for key in reading[0] if reading[0][key] != reading[1][key]} == ROOM


def test_the_time_of_a_turn_is_for_those_who_share_it() -> None:
    table = Table(TESSA, JO, OWEN, COLIN)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.raises("tessa").give_next()

    assert {key for key, frame in frames(table.floor).items() if "turn" in frame} == {"tessa", "jo", "mediator"}


def test_a_coordinator_sees_no_time_no_names_of_notes_and_no_desk() -> None:
    one = watched(sitting(), now=START)

    assert set(one) == {"kind", "version", "now", "floor", "told"}
    assert isinstance(one["floor"], dict)
    assert set(one["floor"]) == {
        *("mode", "under", "in_person", "stage", "break_due", "paused", "holder", "queue", "mediator", "people"),
    }


def test_a_person_of_a_side_has_no_desk_whatever_their_standing() -> None:
    assert {key for key, frame in frames(sitting()).items() if "desk" in frame} == MEDIATOR


def test_everything_a_floor_holds_has_been_thought_of() -> None:
    """A new fact of the floor fails here until somebody has said who may see it."""
    assert set(State.__dataclass_fields__) == {
        *("version", "at", "lot", "opened_at", "in_person", "stage", "stage_since", "mode", "break_due", "plan"),
        *("rules", "recap", "time_shown", "hearing", "ears", "numbers", "seats", "turn", "round", "rounds"),
        *(
            "round_order",
            "own_minutes",
            "pause",
            "rested_at",
            "awaited",
            "unattended_since",
            "safe_hold",
            "hands",
            "lowered",
        ),
        *("unfinished", "overlap", "card_until", "holds", "steps", "told", "tellings", "waves", "waved_at", "fair"),
        *("spent", "spoken", "unheard", "stated", "passed", "owed", "ruled", "ruled_by", "ordered", "done", "events"),
    }


def test_nobody_learns_from_the_frame_what_another_asked_or_said_before() -> None:
    table = Table(TESSA, COLIN)
    before = frames(table.floor)
    table.ask(asks.Tell, "tessa", what=What.WORD, word="provision")
    table.rule(commands.SetStretch, seat="tessa", percent=150)
    after = frames(table.floor)

    assert {**after["colin"], "version": 0, "now": ""} == {**before["colin"], "version": 0, "now": ""}
