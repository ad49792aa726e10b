import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands
from meetings.room.floor import MOVES, NotYourTurn, SeatKey, StaleFloor
from meetings.room.signals import FIELDS, LONGEST, WORDS, BadSignal, code, done, read, refused, write
from meetings.room.stages import Mode
from meetings.room.state import Why

TESSA = SeatKey("tessa")
OP = "0b9f3d8e-1f0a-4a53-9a64-0a7f2f0c1d2e"
SAID: list[tuple[dict[str, object], asks.Signal]] = [
    ({"kind": "raise_hand", "op": OP}, asks.RaiseHand(by=TESSA, op=OP)),
    ({"kind": "raise_hand", "op": OP, "version": 4}, asks.RaiseHand(by=TESSA, op=OP, version=4)),
    ({"kind": "lower_hand", "op": OP}, asks.LowerHand(by=TESSA, op=OP)),
    ({"kind": "restore_hand", "op": OP}, asks.RestoreHand(by=TESSA, op=OP)),
    ({"kind": "finish", "op": OP, "version": 9}, asks.Finish(by=TESSA, op=OP, version=9)),
    (
        {"kind": "may_speak_for_me", "op": OP, "seat": "jo", "on": True},
        asks.MaySpeakForMe(by=TESSA, op=OP, seat=SeatKey("jo"), on=True),
    ),
    (
        {"kind": "give_next", "op": OP, "version": 4, "seat": "jo"},
        commands.GiveNext(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "give_to", "op": OP, "version": 4, "seat": "jo", "minutes": 2},
        commands.GiveTo(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), minutes=2),
    ),
    ({"kind": "end_turn", "op": OP, "version": 4}, commands.EndTurn(by=TESSA, op=OP, version=4)),
    (
        {"kind": "more_time", "op": OP, "version": 4, "seconds": 60},
        commands.MoreTime(by=TESSA, op=OP, version=4, seconds=60),
    ),
    (
        {"kind": "set_mode", "op": OP, "version": 4, "mode": "statement", "seat": "jo", "minutes": 8},
        commands.SetMode(by=TESSA, op=OP, version=4, mode=Mode.STATEMENT, seat=SeatKey("jo"), minutes=8),
    ),
    (
        {"kind": "set_mode", "op": OP, "version": 4, "mode": "open_talk"},
        commands.SetMode(by=TESSA, op=OP, version=4, mode=Mode.OPEN_TALK),
    ),
    (
        {"kind": "set_stage", "op": OP, "version": 4, "number": 6},
        commands.SetStage(by=TESSA, op=OP, version=4, number=6),
    ),
    (
        {"kind": "add_hand", "op": OP, "version": 4, "seat": "jo"},
        commands.AddHand(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "remove_hand", "op": OP, "version": 4, "seat": "jo"},
        commands.RemoveHand(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "move_hand", "op": OP, "version": 4, "seat": "jo", "place": 1},
        commands.MoveHand(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), place=1),
    ),
    (
        {"kind": "pause", "op": OP, "version": 4, "why": "break", "minutes": 10},
        commands.Pause(by=TESSA, op=OP, version=4, why=Why.BREAK, minutes=10),
    ),
    ({"kind": "resume", "op": OP, "version": 4}, commands.Resume(by=TESSA, op=OP, version=4)),
    ({"kind": "heartbeat"}, asks.Heartbeat(by=TESSA)),
]
FULL = {said["kind"]: said for said, _ in SAID}


@pytest.mark.parametrize(("said", "signal"), SAID, ids=lambda one: one["kind"] if isinstance(one, dict) else "")
def test_every_word_is_read(said: dict[str, object], signal: asks.Signal) -> None:
    assert read(json.dumps(said), by=TESSA) == signal
    assert read(json.dumps(said).encode(), by=TESSA) == signal


def test_every_move_of_the_floor_has_a_word_but_those_that_only_the_server_makes() -> None:
    spoken = {made for made, _, _ in WORDS.values()}

    assert set(MOVES) - spoken == {asks.Seated, asks.Arrived, asks.Left, asks.Departed, asks.Tick}
    assert spoken <= set(MOVES)


@pytest.mark.parametrize("kind", sorted({*FULL} - {"heartbeat"}, key=str))
def test_what_is_missing_or_too_much_is_refused(kind: str) -> None:
    said = FULL[kind]
    needed = WORDS[kind][1] | {"op"} | ({"version"} if issubclass(WORDS[kind][0], commands.Command) else set())

    for name in needed:
        with pytest.raises(BadSignal):
            read(json.dumps({key: value for key, value in said.items() if key != name}), by=TESSA)
    with pytest.raises(BadSignal) as refusal:
        read(json.dumps({**said, "by": "mediator"}), by=TESSA)
    assert refusal.value.op == OP


WRONG: dict[str, list[object]] = {
    "op": ["", "short", "a" * 65, "with space", "drop\n-table", 12345678, None, ["a" * 10], "ｆullwidth"],
    "version": [-1, 2**53 + 1, 1.0, "4", True, None],
    "seat": ["", "a" * 41, "a b", "\ud800", 5, None, {"key": "jo"}, "jo\n"],
    "on": [1, 0, "true", None],
    "minutes": [0, 61, 2.5, "2", True, None],
    "seconds": [9, 601, 60.0, None],
    "mode": ["break", "", "QUEUE", 1, None, ["queue"]],
    "number": [0, 100, "6", None],
    "place": [0, 100, -1, None],
    "why": ["unattended", "", 3, None],
}


@pytest.mark.parametrize("kind", sorted({*FULL} - {"heartbeat"}, key=str))
def test_every_value_of_another_type_or_size_is_refused(kind: str) -> None:
    said = FULL[kind]

    for name in said.keys() - {"kind"}:
        for value in WRONG[name]:
            with pytest.raises(BadSignal):
                read(json.dumps({**said, name: value}), by=TESSA)


def test_every_field_has_been_tried_with_wrong_values() -> None:
    assert set(WRONG) == set(FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "true",
        '"raise_hand"',
        "{",
        "{}",
        '{"kind":null}',
        '{"kind":["raise_hand"]}',
        '{"kind":"arrived","op":"12345678"}',
        '{"kind":"left","op":"12345678"}',
        '{"kind":"seated","op":"12345678"}',
        '{"kind":"departed","op":"12345678"}',
        '{"kind":"tick"}',
        '{"kind":"heartbeat","op":"12345678"}',
        '{"kind":"raise_hand","op":"12345678","op":"87654321"}',
        '{"kind":"raise_hand","op":"12345678","version":NaN}',
        '{"kind":"raise_hand","op":"12345678","version":1e999}',
        '{"kind":"raise_hand","op":"12345678","__class__":"x"}',
        "[" * LONGEST,
        '{"a":' * (LONGEST // 5),
        "9" * LONGEST,
        '{"kind":"raise_hand","op":"12345678"}' + " " * LONGEST,
        "\ud800",
        b"\xff\xfe",
        b"\x00",
        b"\xc0\x80" * 10,
    ],
)
def test_hostile_text_is_refused_and_nothing_worse(text: str | bytes) -> None:
    with pytest.raises(BadSignal):
        read(text, by=TESSA)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NEARLY = st.dictionaries(
    st.sampled_from([*FIELDS, "kind", "by"]), JSON | st.sampled_from([*WORDS, OP, "tessa", 1, True, "queue"])
)


@settings(max_examples=200, deadline=None)
@given(text=st.text() | st.binary() | NEARLY.map(json.dumps))
def test_whatever_is_sent_is_a_signal_of_its_sender_or_a_bad_signal(text: str | bytes) -> None:
    try:
        signal = read(text, by=TESSA)
    except BadSignal:
        return
    assert signal.by == TESSA
    assert type(signal) in {made for made, _, _ in WORDS.values()} | {asks.Heartbeat}


def test_a_bad_signal_names_the_operation_only_when_it_is_one() -> None:
    def op_of(said: dict[str, Any]) -> str | None:
        with pytest.raises(BadSignal) as refusal:
            read(json.dumps(said), by=TESSA)
        return refusal.value.op

    assert op_of({"kind": "jump", "op": OP}) == OP
    assert op_of({"kind": "jump", "op": "<script>"}) is None


def test_answers_are_short_frames() -> None:
    assert done(OP, 42) == f'{{"kind":"done","op":"{OP}","version":42}}'
    assert json.loads(refused(OP, StaleFloor())) == {
        "kind": "refused",
        "op": OP,
        "code": "stale_floor",
        "words": "This has changed since you saw it. This is how it is now.",
    }
    assert (code(NotYourTurn()), code(BadSignal())) == ("not_your_turn", "bad_signal")


def test_a_frame_is_compact_and_keeps_its_letters() -> None:
    assert write({"name": "Zoë A.", "n": None}) == '{"name":"Zoë A.","n":null}'
