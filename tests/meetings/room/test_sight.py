"""3.5 as one table: who sees what. Each item is changed alone, and exactly these people's frames change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.entries import Kind, Overlap, Rest, Unfinished
from meetings.room.floor import Floor, SeatKey, seen_by
from meetings.room.numbers import BOUNDS, PUBLISHED
from meetings.room.order import order
from meetings.room.seats import NEEDS_TIME
from meetings.room.state import Floor as State
from meetings.room.state import Pause, Why
from meetings.room.steps import Held, MuteReason, Step, Taken
from meetings.room.told import Told, What
from meetings.room.views import watched
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MINA, OWEN, START, TESSA, TIA, Table

SPEAKER, OWN_SIDE, OTHERS = {"tessa"}, {"jo", "owen", "lena"}, {"colin", "dana"}
MEDIATOR, COORDINATOR = {"mediator", "mina", "tia"}, {"coordinator"}
LEADING = MEDIATOR - {"tia"}
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


def told(what: What, **facts: Any) -> Callable[[Floor], Floor]:
    one = Told(number=99, seat=COLINS, what=what, at=START, word="provision" if what is What.WORD else None, **facts)
    return lambda before: replace(before, told=(*before.told, one))


def held(by: str) -> Held:
    return Held(seat=COLINS, by=SeatKey(by), since=START, until=START + timedelta(minutes=1))


def retold(**facts: Any) -> Callable[[Floor], Floor]:
    return lambda before: replace(before, told=tuple(replace(one, **facts) for one in before.told))


def seen(by: str) -> Callable[[Floor], Floor]:
    return retold(seen_by=SeatKey(by), seen_at=START)


def answering(words: str | None) -> Callable[[Floor], Floor]:
    """Colin is asked a question, and his answer waits."""
    return lambda before: replace(
        before,
        hands=tuple(
            replace(one, kind=Kind.REPLY, place=1, words=words) if one.seat == "colin" else one for one in before.hands
        ),
    )


def swapped(before: Floor) -> Floor:
    first, second, *rest = before.hands
    moved = replace(before, hands=(replace(first, wave=second.wave), replace(second, wave=first.wave), *rest))
    assert [one.seat for one in order(moved)] != [one.seat for one in order(before)]
    return moved


def shown(change: Callable[[Floor], Floor]) -> Callable[[Floor], Floor]:
    return lambda before: change(replace(before, time_shown=True))


LONGER = timedelta(seconds=77)
CUES = {"cue_first", "cue_last"}


def number(name: str) -> Callable[[Floor], Floor]:
    return lambda before: replace(before, numbers=replace(before.numbers, **{name: LONGER}))  # type: ignore[arg-type]


ITEMS: dict[str, tuple[Callable[[Floor], Floor], set[str]]] = {
    "own remaining time": (turn(budget=timedelta(seconds=301)), SPEAKER | MEDIATOR),
    "own remaining time, overrun": (turn(ran=timedelta(minutes=20)), SPEAKER | MEDIATOR),
    "the planned time": (turn(planned=timedelta(seconds=301)), NOBODY),
    "grace": (lambda one: replace(one, numbers=replace(one.numbers, grace=LONGER)), SPEAKER | MEDIATOR),
    "the signs of the time left": (number("cue_first"), SPEAKER | MEDIATOR),
    **{f"the number {name}": (number(name), ROOM) for name in PUBLISHED},
    **{f"the number {name}": (number(name), MEDIATOR) for name in {*BOUNDS} - {*PUBLISHED, "grace", *CUES, "patience"}},
    "the usual patience": (number("patience"), MEDIATOR),
    "the number of the published rule": (lambda one: replace(one, numbers=replace(one.numbers, owed_after=9)), NOBODY),
    "order of hands": (swapped, ALL),
    "moved by the mediator": (hand("colin", moved=True), ALL),
    "a text waits": (hand("colin", words="The bus."), ALL),
    "an answer waits in writing": (answering("The bus."), ALL),
    "balance by side": (lambda one: replace(one, spent={**one.spent, COLIN.side: LONGER}), NOBODY),
    "who has spoken": (floor(spoken=(SeatKey("dana"),)), NOBODY),
    "how often somebody was passed over": (hand("colin", overtaken=1), NOBODY),
    "owed": (floor(owed=(COLIN.side, TESSA.side)), MEDIATOR),
    "a multiplier": (seat("colin", stretch=150), {"colin"} | MEDIATOR),
    "the multiplier of who speaks": (seat("tessa", stretch=150), SPEAKER | MEDIATOR),
    "the multiplier of a supporter": (seat("jo", stretch=150), {"jo"} | MEDIATOR),
    "patience": (seat("colin", patience=NEEDS_TIME), MEDIATOR),
    "break due": (floor(break_due=START + timedelta(hours=9)), ALL),
    "the planned end": (floor(ends_at=START + timedelta(hours=2)), ALL),
    "the planned end is near": (floor(ends_at=START + timedelta(minutes=10)), ALL),
    "break is asked for": (floor(break_planned=START + timedelta(hours=2)), ALL),
    "who asked for a break": (floor(break_askers=((COLINS, START),)), NOBODY),
    "break is due": (floor(at=START + timedelta(minutes=50)), ALL),
    "stage": (floor(stage_since=START + LONGER), ALL),
    "a note": (hand("colin", note="about the bus"), {"colin"} | MEDIATOR),
    "the reason of a move": (hand("colin", reason="must leave"), MEDIATOR),
    "a nudge": (floor(steps=(step(Step.NUDGE),)), {"colin"} | MEDIATOR),
    "a mute": (floor(steps=(step(Step.MUTE),)), {"colin"} | MEDIATOR),
    "a cue": (floor(overlap=Overlap(seats=(COLINS,), since=START, over=True)), MEDIATOR),
    "silence": (turn(silent=LONGER, quiet_to=START, still_to=START), NOBODY),
    "hearing": (floor(hearing=False), MEDIATOR),
    "ears": (floor(ears=True), MEDIATOR),
    "who agreed": (seat("colin", agreed=True), {"colin"} | MEDIATOR),
    "a signal": (told(What.UPSET), {"colin"} | MEDIATOR),
    "a word": (told(What.WORD), {"colin"} | MEDIATOR),
    "a signal that nobody has seen for a minute": (
        told(What.UPSET, escalated=True),
        {"colin"} | MEDIATOR | COORDINATOR,
    ),
    "that one is passed on": (retold(escalated=True), {"dana"} | MEDIATOR | COORDINATOR),
    "a hold": (floor(holds=(held("mediator"),)), ROOM),
    "who has seen a signal": (seen("mina"), {"dana"} | MEDIATOR),
    "which word it was": (retold(word="EOTAS"), {"dana"} | MEDIATOR),
    "a lowered hand": (floor(lowered=()), NOBODY),
    "the card": (floor(card_until=START + LONGER), ROOM),
    "the ground rules": (floor(rules=("Be kind.",)), ROOM),
    "who is asked to agree again": (seat("colin", again=True), {"colin"}),
    "the plan to come": (lambda one: replace(one, plan=(*one.plan[:-1], one.plan[0])), MEDIATOR),
    "the recap": (floor(recap="So far: the bus."), ROOM),
    "the agreed shares": (floor(fair={COLIN.side: 2}), ROOM),
    "who was passed by the lot": (floor(waves=99), NOBODY),
    "operations": (floor(ops=((COLINS, "an-operation", 3),), forgotten={COLINS: 2}), NOBODY),
}


def test_who_is_back_from_a_break_is_for_themselves_and_process_people_and_its_end_for_all() -> None:
    on = Pause(why=Why.BREAK, since=START, until=START + timedelta(minutes=10))
    rests = floor(pause=on)(sitting())
    back, over = frames(replace(rests, back=(COLINS,))), frames(replace(rests, at=START + timedelta(minutes=10)))

    assert {key for key, frame in frames(rests).items() if back[key] != frame} == {"colin"} | MEDIATOR
    assert {
        key for key, frame in frames(rests).items() if over[key]["floor"]["paused"] != frame["floor"]["paused"]
    } == ALL


def rest(key: str) -> Callable[[Floor], Floor]:
    left = Unfinished(seat=SeatKey(key), rest=Rest(planned=LONGER, budget=LONGER), until=START + timedelta(hours=1))
    return lambda before: replace(before, unfinished=(left,))


def longer_rest(before: Floor) -> Floor:
    (one,) = before.unfinished
    return replace(before, unfinished=(replace(one, rest=replace(one.rest, budget=LONGER * 2)),))


PAIRS: dict[str, tuple[Callable[[Floor], Floor], Callable[[Floor], Floor], set[str]]] = {
    "a note of who is interpreted": (hand("owen"), hand("owen", note="about the bus"), {"owen"} | MEDIATOR),
    "words of who is interpreted": (
        hand("owen", words="A bus."),
        hand("owen", words="A car."),
        {"owen"} | MEDIATOR - {"tia"},
    ),
    "what is left of who is interpreted": (rest("owen"), longer_rest, {"owen"}),
    "a note of who is spoken for": (hand("dana"), hand("dana", note="about the bus"), {"dana"} | MEDIATOR),
    "words of who is spoken for": (
        hand("dana", words="A bus."),
        hand("dana", words="A car."),
        {"dana"} | MEDIATOR - {"tia"},
    ),
    "what is left of who is spoken for": (rest("dana"), longer_rest, {"dana"}),
    "the time of who is spoken for, while they speak": (turn(), turn(budget=LONGER), SPEAKER | {"jo"} | MEDIATOR),
}
"""Lena interprets for Owen, Jo speaks for Tessa, and Sam for Dana: they share a hand, and nothing that was written."""


def paired() -> Floor:
    before = sitting()
    sam = replace(COLIN, key=SeatKey("sam"), speaks_for=SeatKey("dana"))
    jo = replace(before.seat(SeatKey("jo")), speaks_for=SeatKey("tessa"))
    return replace(before, seats=(*before.seats, sam)).with_seat(jo)


@pytest.mark.parametrize("item", PAIRS)
def test_who_shares_a_turn_sees_what_they_need_to_share_it_and_nothing_that_was_written(item: str) -> None:
    first, then, who = PAIRS[item]
    one = first(paired())
    before, after = frames(one), frames(then(one))

    assert {key for key, frame in before.items() if after[key] != frame} == who


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


def test_who_holds_and_who_has_seen_is_told_apart_to_exactly_those_who_know_of_it() -> None:
    held_by = floor(holds=(held("mediator"),)), floor(holds=(held("mina"),))
    seen_by_one = seen("mediator"), seen("mina")

    for (first, second), who in ((held_by, ROOM), (seen_by_one, {"dana"} | MEDIATOR)):
        before, after = frames(first(sitting())), frames(second(sitting()))
        assert {key for key, frame in before.items() if after[key] != frame} == who


def test_the_words_of_a_text_are_seen_by_all_once_it_is_read() -> None:
    late, cold = hand("colin", words="The bus is late."), hand("colin", words="The bus is cold.")
    waiting = frames(late(sitting())), frames(cold(sitting()))
    reading = frames(turn(words="The bus is late.")(sitting())), frames(turn(words="The bus is cold.")(sitting()))

    answers = frames(answering("The bus is late.")(sitting())), frames(answering("The bus is cold.")(sitting()))

    for one, other in (waiting, answers):
        assert {key for key in one if one[key] != other[key]} == {"colin"} | LEADING
    assert {key for key in reading[0] if reading[0][key] != reading[1][key]} == ROOM


def test_the_time_of_a_turn_is_for_those_who_share_it() -> None:
    table = Table(TESSA, JO, OWEN, COLIN)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.raises("tessa").give_next()

    assert {key for key, frame in frames(table.floor).items() if "turn" in frame} == {"tessa", "jo", "mediator"}


def test_who_speaks_for_somebody_does_not_read_how_much_more_time_they_have() -> None:
    table = Table(TESSA, JO, COLIN)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    before = frames(table.floor)
    table.rule(commands.SetStretch, seat="tessa", percent=150)
    after = frames(table.floor)

    assert (before["tessa"]["you"]["time"], before["jo"]["you"]["time"]) == (None, None)
    assert after["tessa"]["you"]["time"] == {"stretch": 1.5, "usual": 180, "yours": 270}
    assert [key for key in after if key != "coordinator" and after[key]["you"]["time"]] == ["tessa"]


def test_a_coordinator_sees_no_time_no_names_of_notes_and_no_desk() -> None:
    one = watched(sitting(), now=START)

    assert set(one) == {"kind", "version", "now", "floor", "told"}
    assert isinstance(one["floor"], dict)
    assert set(one["floor"]) == {
        *(
            "mode",
            "under",
            "in_person",
            "stage",
            "break_due",
            "break",
            "paused",
            "ends",
            "holder",
            "queue",
            "mediator",
            "people",
        ),
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
            "back",
            "break_planned",
            "ends_at",
            "past",
            "break_askers",
            "awaited",
            "unattended_since",
            "safe_hold",
            "hands",
            "lowered",
        ),
        *("unfinished", "overlap", "card_until", "holds", "steps", "told", "tellings", "waves", "waved_at", "fair"),
        *("spent", "spoken", "unheard", "stated", "passed", "owed", "ruled", "ruled_by", "ordered", "done", "events"),
        *("ops", "forgotten"),
        *("planned", "planned_by", "rules_in"),
    }


def test_nobody_learns_from_the_frame_what_another_asked_or_said_before() -> None:
    table = Table(TESSA, COLIN)
    before = frames(table.floor)
    table.ask(asks.Tell, "tessa", what=What.WORD, word="provision")
    table.rule(commands.SetStretch, seat="tessa", percent=150)
    after = frames(table.floor)

    assert {**after["colin"], "version": 0, "now": ""} == {**before["colin"], "version": 0, "now": ""}
