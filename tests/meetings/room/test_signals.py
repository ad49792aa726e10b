import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Side
from meetings.room import asks, commands, replanning
from meetings.room.entries import Kind
from meetings.room.floor import MOVES, NotYourTurn, SeatKey, StaleFloor
from meetings.room.readers import BadSignal
from meetings.room.signals import FIELDS, LONGEST, WORDS, code, done, read, refused, write
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason
from meetings.room.told import What

TESSA = SeatKey("tessa")
OP = "0b9f3d8e-1f0a-4a53-9a64-0a7f2f0c1d2e"
THE_BUS: dict[str, Any] = {"code": "options", "mode": Mode.QUEUE, "minutes": 20, "turn": 2, "own": 5, "called": "Bus"}
STAGE = {"op": OP, "version": 4, **THE_BUS, "mode": "queue"}
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
    (
        {"kind": "put_off_break", "op": OP, "version": 4, "minutes": 5},
        commands.PutOffBreak(by=TESSA, op=OP, version=4, minutes=5),
    ),
    (
        {"kind": "extend", "op": OP, "version": 4, "minutes": 15},
        commands.Extend(by=TESSA, op=OP, version=4, minutes=15),
    ),
    ({"kind": "back_again", "op": OP}, asks.BackAgain(by=TESSA, op=OP)),
    ({"kind": "heartbeat"}, asks.Heartbeat(by=TESSA)),
    (
        {"kind": "raise_hand", "op": OP, "version": 4, "note": " about\u200b the bus "},
        asks.RaiseHand(by=TESSA, op=OP, version=4, note="about the bus"),
    ),
    ({"kind": "raise_hand", "op": OP, "note": ""}, asks.RaiseHand(by=TESSA, op=OP, note="")),
    ({"kind": "keep_hand", "op": OP}, asks.KeepHand(by=TESSA, op=OP)),
    (
        {"kind": "write_turn", "op": OP, "words": "One line.\nAnother."},
        asks.WriteTurn(by=TESSA, op=OP, words="One line.\nAnother."),
    ),
    (
        {"kind": "write_reply", "op": OP, "words": "In the mornings."},
        asks.WriteReply(by=TESSA, op=OP, words="In the mornings."),
    ),
    ({"kind": "not_finished", "op": OP}, asks.NotFinished(by=TESSA, op=OP)),
    ({"kind": "ask_reply", "op": OP, "seat": "jo"}, asks.AskReply(by=TESSA, op=OP, seat=SeatKey("jo"))),
    ({"kind": "pass_turn", "op": OP, "back": True}, asks.PassTurn(by=TESSA, op=OP, back=True)),
    ({"kind": "hand_over", "op": OP, "seat": "jo"}, asks.HandOver(by=TESSA, op=OP, seat=SeatKey("jo"))),
    (
        {"kind": "tell", "op": OP, "what": "word", "word": "provision"},
        asks.Tell(by=TESSA, op=OP, what=What.WORD, word="provision"),
    ),
    ({"kind": "take_back", "op": OP, "number": 3}, asks.TakeBack(by=TESSA, op=OP, number=3)),
    ({"kind": "agree_rules", "op": OP}, asks.AgreeRules(by=TESSA, op=OP)),
    (
        {"kind": "add_hand", "op": OP, "version": 4, "seat": "jo", "note": "by phone"},
        commands.AddHand(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), note="by phone"),
    ),
    (
        {"kind": "remove_hand", "op": OP, "version": 4, "seat": "jo", "entry": "reply", "reason": "answered"},
        commands.RemoveHand(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), entry=Kind.REPLY, reason="answered"),
    ),
    (
        {
            "kind": "move_hand",
            "op": OP,
            "version": 4,
            "seat": "jo",
            "place": 1,
            "entry": "finishing",
            "reason": "must leave",
        },
        commands.MoveHand(
            by=TESSA,
            op=OP,
            version=4,
            seat=SeatKey("jo"),
            place=1,
            entry=Kind.FINISHING,
            reason="must leave",
        ),
    ),
    (
        {"kind": "start_round", "op": OP, "version": 4, "minutes": 2, "sides": ["council", "family"]},
        commands.StartRound(by=TESSA, op=OP, version=4, minutes=2, sides=(Side.COUNCIL, Side.FAMILY)),
    ),
    ({"kind": "let_finish", "op": OP, "version": 4}, commands.LetFinish(by=TESSA, op=OP, version=4)),
    ({"kind": "holder_yields", "op": OP, "version": 4}, commands.HolderYields(by=TESSA, op=OP, version=4)),
    ({"kind": "nothing", "op": OP, "version": 4}, commands.Nothing(by=TESSA, op=OP, version=4)),
    (
        {"kind": "nudge", "op": OP, "version": 4, "seat": "jo"},
        commands.Nudge(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "mute", "op": OP, "version": 4, "seat": "jo", "reason": "echo"},
        commands.Mute(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), reason=MuteReason.ECHO),
    ),
    (
        {"kind": "hold", "op": OP, "version": 4, "seat": "jo", "sure": False},
        commands.Hold(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), sure=False),
    ),
    (
        {"kind": "end_hold", "op": OP, "version": 4, "seat": "jo"},
        commands.EndHold(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "seen_told", "op": OP, "version": 4, "number": 3},
        commands.SeenTold(by=TESSA, op=OP, version=4, number=3),
    ),
    (
        {"kind": "set_number", "op": OP, "version": 4, "name": "reply", "seconds": 90},
        commands.SetNumber(by=TESSA, op=OP, version=4, name="reply", seconds=90),
    ),
    (
        {"kind": "set_number", "op": OP, "version": 4, "name": "settling", "seconds": 1.5},
        commands.SetNumber(by=TESSA, op=OP, version=4, name="settling", seconds=1.5),
    ),
    (
        {"kind": "add_stage", "after": 5, **STAGE},
        replanning.AddStage(by=TESSA, op=OP, version=4, after=5, **THE_BUS),
    ),
    (
        {"kind": "change_stage", "number": 7, **STAGE},
        replanning.ChangeStage(by=TESSA, op=OP, version=4, number=7, **THE_BUS),
    ),
    (
        {"kind": "move_stage", "op": OP, "version": 4, "number": 7, "up": True},
        replanning.MoveStage(by=TESSA, op=OP, version=4, number=7, up=True),
    ),
    (
        {"kind": "remove_stage", "op": OP, "version": 4, "number": 7},
        replanning.RemoveStage(by=TESSA, op=OP, version=4, number=7),
    ),
    (
        {"kind": "set_rules", "op": OP, "version": 4, "rules": ["Be kind.", "One at a time."]},
        replanning.SetRules(by=TESSA, op=OP, version=4, rules=("Be kind.", "One at a time.")),
    ),
    ({"kind": "usual_numbers", "op": OP, "version": 4}, commands.UsualNumbers(by=TESSA, op=OP, version=4)),
    (
        {"kind": "set_stretch", "op": OP, "version": 4, "seat": "jo", "percent": 150},
        commands.SetStretch(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), percent=150),
    ),
    (
        {"kind": "set_patience", "op": OP, "version": 4, "seat": "jo", "seconds": 30},
        commands.SetPatience(by=TESSA, op=OP, version=4, seat=SeatKey("jo"), seconds=30),
    ),
    (
        {"kind": "set_patience", "op": OP, "version": 4, "seat": "jo"},
        commands.SetPatience(by=TESSA, op=OP, version=4, seat=SeatKey("jo")),
    ),
    (
        {"kind": "interprets", "op": OP, "version": 4, "seat": "lena", "whom": "jo"},
        commands.Interprets(by=TESSA, op=OP, version=4, seat=SeatKey("lena"), whom=SeatKey("jo")),
    ),
    (
        {"kind": "set_fair", "op": OP, "version": 4, "parts": {"family": 2, "council": 1}},
        commands.SetFair(by=TESSA, op=OP, version=4, parts=((Side.COUNCIL, 1), (Side.FAMILY, 2))),
    ),
    (
        {"kind": "set_hearing", "op": OP, "version": 4, "on": False},
        commands.SetHearing(by=TESSA, op=OP, version=4, on=False),
    ),
    (
        {"kind": "set_time_shown", "op": OP, "version": 4, "on": True},
        commands.SetTimeShown(by=TESSA, op=OP, version=4, on=True),
    ),
    (
        {"kind": "set_recap", "op": OP, "version": 4, "words": "So far: the bus."},
        commands.SetRecap(by=TESSA, op=OP, version=4, words="So far: the bus."),
    ),
]
FULL = {said["kind"]: said for said, _ in sorted(SAID, key=lambda one: len(one[0]))}


@pytest.mark.parametrize(("said", "signal"), SAID, ids=lambda one: one["kind"] if isinstance(one, dict) else "")
def test_every_word_is_read(said: dict[str, object], signal: asks.Signal) -> None:
    assert read(json.dumps(said), by=TESSA) == signal
    assert read(json.dumps(said).encode(), by=TESSA) == signal


def test_every_move_of_the_floor_has_a_word_but_those_that_only_the_server_makes() -> None:
    spoken = {made for made, _, _ in WORDS.values()}

    assert set(MOVES) - spoken == {
        *(asks.Seated, asks.Arrived, asks.Left, asks.Departed, asks.Tick),
        *(asks.Hears, asks.Spoke, asks.Quiet, asks.Overlapped, asks.OverlapOver),
    }
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
    "whom": ["", "a" * 41, "a b", 5, None],
    "on": [1, 0, "true", None],
    "back": [1, 0, "true", None],
    "sure": [1, "yes", None],
    "minutes": [0, 61, 2.5, "2", True, None],
    "put_off_break.minutes": [0, 31, 2.5, "2", True, None],
    "more_time.seconds": [9, 601, 60.0, True, None],
    "set_number.seconds": [-1, 7201, 1.25, float("nan"), float("inf"), True, "60", None],
    "set_patience.seconds": [1, 301, 60.0, True, None],
    "mode": ["break", "", "QUEUE", 1, None, ["queue"]],
    "set_stage.number": [0, 100, "6", True, None],
    "take_back.number": [0, 10**6 + 1, "6", 1.0, None],
    "seen_told.number": [0, 10**6 + 1, "6", 1.0, None],
    "what": ["", "PAUSE", "unmute", 1, None],
    "entry": ["", "hand", 1, None],
    "note": ["n" * 121, 5, None, ["n"]],
    "word": ["", "  ", "\u200b", "w" * 41, 5, None],
    "reason": ["r" * 41, 5, None],
    "mute.reason": ["", "because", 5, None],
    "write_turn.words": ["", " \n ", "w" * 1201, 5, None],
    "write_reply.words": ["", " \n ", "w" * 701, 5, None],
    "set_recap.words": ["w" * 301, 5, None],
    "percent": [99, 201, 150.0, "150", None],
    "name": ["", "n" * 41, "a b", 5, None],
    "sides": [[], ["family", "family"], ["nobody"], ["somebody"], "family", {"family": 1}, [1], None],
    "parts": [{}, {"family": 0}, {"family": 10}, {"family": 2.0}, {"nobody": 2}, {"king": 2}, ["family", 2], None],
    "place": [0, 100, -1, None],
    "why": ["unattended", "", 3, None],
    "code": ["", "tea", "questions\n", "QUESTIONS", 5, None],
    "called": ["c" * 81, 5, None],
    "turn": [0, 31, 2.5, "2", True, None],
    "own": [0, 61, 2.5, "2", True, None],
    "after": [-1, 21, 2.0, "2", True, None],
    "up": [1, 0, "true", None],
    "rules": [
        [],
        [""],
        ["r" * 161],
        ["one", "one"],
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        "Be kind.",
        [1],
        None,
    ],
    "add_stage.minutes": [0, 181, 2.5, "2", True, None],
    "change_stage.minutes": [0, 181, 2.5, "2", True, None],
    "change_stage.number": [0, 21, "6", True, None],
    "move_stage.number": [0, 21, "6", True, None],
    "remove_stage.number": [0, 21, "6", True, None],
}


@pytest.mark.parametrize("kind", sorted({*FULL} - {"heartbeat"}, key=str))
def test_every_value_of_another_type_or_size_is_refused(kind: str) -> None:
    said = FULL[kind]

    for name in said.keys() - {"kind"}:
        for value in WRONG.get(f"{kind}.{name}") or WRONG[name]:
            with pytest.raises(BadSignal):
                read(json.dumps({**said, name: value}), by=TESSA)


def test_every_field_of_every_word_has_been_tried_with_wrong_values() -> None:
    assert set(WRONG) == set(FIELDS)
    assert {kind: {*said} - {"kind", "op", "version"} for kind, said in FULL.items() if kind != "heartbeat"} == {
        kind: {*must, *may} for kind, (_, must, may) in WORDS.items()
    }


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
    assert type(signal) in {made for made, _, _ in WORDS.values()} | {asks.Heartbeat, asks.Report}


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
