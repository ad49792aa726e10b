import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from cases.case import Side
from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, NoSuchSeat, Seat, SeatKey, seen_by, step
from meetings.room.order import order
from meetings.room.saved import from_json, to_json
from meetings.room.stages import GROUND_RULES, Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason, Step, Taken
from meetings.room.told import Told, What
from meetings.room.views import frames
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MEDIATOR, OWEN, START, TESSA, Table

NUMBERS = {
    "reply": 60,
    "undo": 10,
    "keep_hand": 10,
    "unfinished": 60,
    "unseen": 60,
    "hold": 60,
    "break_ahead": 300,
}
OTHERS_MAY_SEE = {
    *("kind", "version", "now", "floor", "you"),
    *(
        "mode",
        "under",
        "in_person",
        "stage",
        "break_due",
        "break",
        "paused",
        "over",
        "ends",
        "holder",
        "turn_kind",
        "text",
        "kept_until",
    ),
    *("planned_end", "still_until", "statement", "round", "queue", "held", "holds", "mediator", "people", "rules"),
    *("fair", "parts", "later", "missing"),
    *NUMBERS,
    *("numbers", "recap", "number", "count", "code", "minutes", "since", "until", "side", "had", "agreed", "again"),
    *("order", "said", "time", "stretch", "usual", "yours"),
    *("passed", "back", "next", "complete", "seat", "moved", "added", "away", "here", "came", "away_since", "name"),
    *("standing", "office", "tag", "speaks_for", "helps", "process", "leads", "hand", "place", "note", "undo_until"),
    *("reply_text",),
    *("keep_until", "rest", "left", "mic", "right", "reason", "nudged_at", "muted", "by", "told", "what", "at"),
    *("seen_at", "seen_by", "word", "escalated", "asked", "can"),
}
"""Of these, what is in `you` is one's own: hand, note, text, rest, signals, nudges, how much longer a turn is."""


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from keys_in(one)
    if isinstance(value, list):
        for one in value:
            yield from keys_in(one)


def frame(table: Table, seat: str) -> dict[str, object]:
    return dict(seen_by(table.floor, SeatKey(seat), now=table.now))


def test_another_person_sees_who_speaks_the_order_and_themselves() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("freya", "colin", "tessa")
    table.give_next()

    assert frame(table, "tessa") == {
        "kind": "floor",
        "version": table.floor.version,
        "now": "2026-10-08T09:00:06.000Z",
        "floor": {
            "mode": "queue",
            "under": "queue",
            "in_person": False,
            "stage": {
                "number": 1,
                "count": 8,
                "code": "arriving",
                "name": "",
                "minutes": 15,
                "since": "2026-10-08T09:00:00.000Z",
            },
            "break_due": "2026-10-08T09:50:00.000Z",
            "break": "later",
            "paused": None,
            "ends": None,
            "holder": "freya",
            "turn_kind": "turn",
            "text": None,
            "kept_until": None,
            "planned_end": None,
            "still_until": None,
            "statement": None,
            "round": None,
            "queue": [entry_frame("colin"), entry_frame("tessa")],
            "held": [],
            "holds": [],
            "mediator": {"seat": "mediator", "here": True, "came": True, "away_since": None},
            "people": [
                person_frame("mediator", "nobody", "process"),
                person_frame("tessa", "family", "principal"),
                person_frame("colin", "council", "principal"),
                person_frame("freya", "school", "principal"),
            ],
            "fair": [],
            "rules": list(GROUND_RULES),
            "recap": "",
            "numbers": NUMBERS,
        },
        "you": {
            "seat": "tessa",
            "process": False,
            "leads": False,
            "holds": False,
            "hand": "up",
            "place": 2,
            "note": None,
            "text": None,
            "reply_text": None,
            "undo_until": None,
            "keep_until": None,
            "rest": None,
            "time": None,
            "mic": {"right": "free", "reason": None, "until": None},
            "nudged_at": None,
            "muted": None,
            "told": [],
            "asked": [],
            "agreed": False,
            "again": False,
            "can": ["write_turn", "lower_hand", "agree_rules", "tell"],
        },
    }


def entry_frame(key: str) -> dict[str, object]:
    return {"seat": key, "kind": "turn", "moved": False, "added": False, "text": False, "away": False}


def person_frame(key: str, side: str, standing: str) -> dict[str, object]:
    return {
        "seat": key,
        "name": f"{key.title()} A.",
        "side": side,
        "standing": standing,
        "office": None,
        "tag": None,
        "here": True,
        "speaks_for": None,
        "helps": None,
    }


def test_the_holder_and_who_speaks_for_them_see_the_time_and_others_do_not() -> None:
    table = Table(replace(TESSA, stretch=150), JO, OWEN, COLIN).raises("tessa")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.give_next()
    table.wait(60).server(asks.Left, "colin")

    turn = {
        "seat": "tessa",
        "given_at": "2026-10-08T09:00:02.000Z",
        "allowed": 270.0,
        "left": 210.0,
        "running": True,
        "ends_at": "2026-10-08T09:04:32.000Z",
        "grace": 20.0,
        "cues": [30, 10],
    }
    assert [frame(table, key).get("turn") for key in ("tessa", "jo", "mediator")] == [turn, turn, turn]
    assert [frame(table, key).get("turn") for key in ("owen", "colin")] == [None, None]


def test_a_clock_that_stands_still_has_time_left_and_no_end() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.wait(200).rule(commands.Pause, why=Why.PAUSE)

    turn = frame(table, "tessa")["turn"]

    assert isinstance(turn, dict)
    assert (turn["left"], turn["running"], turn["ends_at"]) == (-20.0, False, None)


def test_only_process_people_see_the_desk() -> None:
    table = Table(replace(OWEN, stretch=150), TESSA, COLIN).raises("tessa", "colin")
    table.change(owed=(TESSA.side,))

    desk = frame(table, "mediator")["desk"]

    assert isinstance(desk, dict)
    assert (desk["next"], desk["owed"], desk["stretch"]) == ("tessa", ["tessa"], {"owen": 1.5})
    assert ["desk" in frame(table, key) for key in ("tessa", "owen", "colin")] == [False, False, False]


def test_a_sides_own_time_shows_what_everybody_may_know() -> None:
    table = Table(replace(COLIN, stretch=200), TESSA, FREYA, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="freya")
    table.rule(commands.GiveTo, seat="colin")

    floor = frame(table, "tessa")["floor"]

    assert isinstance(floor, dict)
    assert floor["statement"] == {
        "side": "council",
        "minutes": 8,
        "planned_end": "2026-10-08T09:08:00.000Z",
        "had": ["school"],
    }
    assert floor["held"] == ["tessa", "freya"]


@pytest.mark.parametrize(("why", "mode"), [(Why.PAUSE, "paused"), (Why.BREAK, "break"), (None, "unattended")])
def test_a_standstill_is_the_mode_and_the_mode_beneath_stays(why: Why | None, mode: str) -> None:
    table = Table(TESSA)
    if why:
        table.rule(commands.Pause, why=why)
    else:
        table.server(asks.Left, "mediator")
        table.sleep(5)

    floor = frame(table, "tessa")["floor"]

    assert isinstance(floor, dict)
    assert (floor["mode"], floor["under"]) == (mode, "queue")


def test_somebody_who_is_away_keeps_an_entry_without_a_place() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Left, "tessa")

    you, floor = frame(table, "tessa")["you"], frame(table, "colin")["floor"]

    assert isinstance(you, dict)
    assert isinstance(floor, dict)
    assert (you["hand"], you["place"]) == ("up", None)
    assert [entry["away"] for entry in floor["queue"]] == [False, True]


def test_an_interpreter_sees_the_place_of_the_person_interpreted() -> None:
    table = Table(OWEN, LENA, COLIN).raises("colin", "owen")

    you = frame(table, "lena")["you"]

    assert isinstance(you, dict)
    assert (you["hand"], you["place"], you["can"]) == ("up", 2, ["write_turn", "lower_hand", "agree_rules", "tell"])


def test_what_you_can_do_is_what_would_be_accepted() -> None:
    table = Table(replace(TESSA, agreed=True), COLIN)

    def can() -> object:
        you = frame(table, "tessa")["you"]
        return you["can"] if isinstance(you, dict) else None

    at_first = can()
    table.raises("tessa")
    up = can()
    table.ask(asks.LowerHand, "tessa")
    lowered = can()
    table.rule(commands.Pause, why=Why.BREAK)
    rests = can()
    table.rule(commands.Resume)
    table.rule(commands.GiveTo, seat="tessa")

    assert at_first == ["raise_hand", "write_turn", "tell"]
    assert up == ["write_turn", "lower_hand", "tell"]
    assert lowered == ["raise_hand", "write_turn", "restore_hand", "tell"]
    assert (rests, can()) == (["restore_hand", "tell", "back_again"], ["tell", "finish", "ask_reply"])


def test_now_never_runs_behind_the_floor() -> None:
    table = Table(TESSA)
    table.wait(60).server(asks.Left, "tessa")

    seen = seen_by(table.floor, SeatKey("tessa"), now=START)

    assert seen["now"] == "2026-10-08T09:01:00.000Z"


def test_nobody_from_outside_sees_anything() -> None:
    with pytest.raises(NoSuchSeat):
        frame(Table(TESSA), "somebody")


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_others_never_receive_a_budget_a_multiplier_an_owed_mark_or_a_share(play: Play) -> None:
    for _, floor in played(play):
        for seat in floor.seats:
            seen = seen_by(floor, seat.key, now=floor.at)
            if not seat.process and "turn" not in seen:
                assert set(keys_in(dict(seen))) - OTHERS_MAY_SEE == set()
                assert seen == seen_by(with_other_secrets(floor, seat.key), seat.key, now=floor.at)


def with_other_secrets(floor: Floor, key: SeatKey) -> Floor:
    """A floor that differs in all that this person may not know, and in nothing that they may."""
    turn = floor.turn and replace(floor.turn, budget=floor.turn.budget + timedelta(seconds=7777))
    mine = floor.owner(key)
    secret = replace(
        floor,
        turn=turn,
        seats=tuple(_with_other_time(seat, key) for seat in floor.seats),
        hands=tuple(
            replace(hand, reason="secret", note=hand.note if hand.seat == mine else "secret") for hand in floor.hands
        ),
        steps=(*floor.steps, *(taken(one.key) for one in floor.seats if one.key != key)),
        told=(*floor.told, *(told(number, one.key) for number, one in enumerate(floor.seats, 1) if one.key != key)),
        overlap=floor.overlap and replace(floor.overlap, seats=(SeatKey("secret"),)),
        numbers=replace(floor.numbers, cue=timedelta(seconds=119), grace=timedelta(seconds=99)),
        hearing=not floor.hearing,
        ears=not floor.ears,
    )
    counted = replace(
        secret,
        spent={side: spent + timedelta(hours=7) for side, spent in floor.spent.items()},
        hands=tuple(replace(hand, overtaken=1 - min(1, hand.overtaken)) for hand in secret.hands),
        passed={side: 1 for side in floor.passed},  # noqa: C420
    )
    same = [hand.seat for hand in order(counted)] == [hand.seat for hand in order(floor)]
    return counted if same else secret


def _with_other_time(seat: Seat, key: SeatKey) -> Seat:
    return replace(seat, stretch=seat.stretch if seat.key == key else 125, patience=None)


def taken(key: SeatKey) -> Taken:
    return Taken(number=999, step=Step.MUTE, by=MEDIATOR, seat=key, side=Side.FAMILY, at=START, reason=MuteReason.ECHO)


def told(number: int, key: SeatKey) -> Told:
    return Told(number=900_000 + number, seat=key, what=What.UPSET, at=START)


@settings(max_examples=30, deadline=None)
@given(play=PLAYS)
def test_a_reload_gives_the_same_frame_and_so_does_the_encoded_one(play: Play) -> None:
    *_, (_, floor) = [(None, Table(TESSA).floor), *played(play)]
    keys = [seat.key for seat in floor.seats]

    encoded = frames(floor, keys, now=floor.at)

    for key in keys:
        seen = seen_by(floor, key, now=floor.at)
        later = seen_by(from_json(to_json(floor)), key, now=floor.at + timedelta(seconds=30))
        assert json.loads(encoded[key]) == seen
        assert {**later, "now": seen["now"]} == seen


BUTTONS: dict[str, tuple[type[asks.Signal], dict[str, Any]]] = {
    "raise_hand": (asks.RaiseHand, {}),
    "write_turn": (asks.WriteTurn, {"words": "Other words."}),
    "write_reply": (asks.WriteReply, {"words": "Other words."}),
    "lower_hand": (asks.LowerHand, {}),
    "restore_hand": (asks.RestoreHand, {}),
    "not_finished": (asks.NotFinished, {}),
    "agree_rules": (asks.AgreeRules, {}),
    "back_again": (asks.BackAgain, {}),
    "finish": (asks.Finish, {}),
    "keep_hand": (asks.KeepHand, {}),
    "pass_turn": (asks.PassTurn, {"back": False}),
    "pass_back": (asks.PassTurn, {"back": True}),
}
TO_SOMEBODY: dict[str, type[asks.Signal]] = {"ask_reply": asks.AskReply, "hand_over": asks.HandOver}


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_a_button_is_offered_exactly_when_it_would_do_something(play: Play) -> None:
    *_, (_, floor) = [(None, Table(TESSA).floor), *played(play)]
    for seat in floor.seats:
        you = seen_by(floor, seat.key, now=floor.at)["you"]
        assert isinstance(you, dict)
        able = {kind for kind, (made, facts) in BUTTONS.items() if does_something(floor, made(by=seat.key, **facts))}
        if not seat.process:
            assert set(you["can"]) - {*TO_SOMEBODY, "tell"} == able
            assert "tell" in you["can"]
        for kind, made in TO_SOMEBODY.items():
            works = any(does_something(floor, made(by=seat.key, seat=one.key)) for one in floor.seats)  # type: ignore[call-arg]
            assert not works or seat.process or kind in you["can"], kind


def does_something(floor: Floor, signal: asks.Signal) -> bool:
    try:
        after = step(floor, replace(signal, op="one-operation", version=floor.version), now=floor.at)
    except Refusal:
        return False
    return {event["kind"] for event in after.events} - {"arrived", "attended", "kept", "resumed"} != set()


@settings(max_examples=30, deadline=None)
@given(play=PLAYS)
def test_everybody_sees_one_order_and_their_own_place_in_it(play: Play) -> None:
    for _, floor in played(play):
        seen = [seen_by(floor, seat.key, now=floor.at) for seat in floor.seats]
        assert all(one["floor"] == seen[0]["floor"] for one in seen)
        for seat, one in zip(floor.seats, seen, strict=True):
            you, queue = one["you"], [hand.seat for hand in order(floor)]
            assert isinstance(you, dict)
            assert you["place"] is None or queue[you["place"] - 1] == floor.owner(seat.key)


def test_the_same_people_stand_in_the_same_order_for_the_whole_meeting() -> None:
    table = Table(TESSA, COLIN)
    table.server(asks.Left, "tessa")
    table.server(asks.Seated, "mediator", seat=DANA)
    table.server(asks.Arrived, "tessa")

    assert [seat.key for seat in table.floor.seats] == ["mediator", "tessa", "colin", "dana"]
