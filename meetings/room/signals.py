"""Rules: the words on the socket, read and written. What a browser sends is strict: anything unknown is refused.

At most 4096 bytes; no unknown kind or key, no key twice, no other type; keys and operation ids of plain letters only.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import orjson

from cases.case import Side
from database.refusal import Refusal
from meetings.room import asks, commands, replanning
from meetings.room.asks import Heartbeat, Report, Signal
from meetings.room.commands import Command
from meetings.room.entries import Kind
from meetings.room.plan import (
    CODES,
    LONGEST_NAME,
    LONGEST_RULE,
    MOST_MINUTES,
    MOST_OWN_MINUTES,
    MOST_RULES,
    MOST_STAGES,
    MOST_TURN_MINUTES,
)
from meetings.room.readers import (
    KEY,
    BadSignal,
    Reader,
    parts,
    row,
    said_words,
    seats,
    switch,
    tenths,
    text,
    whole,
    word,
)
from meetings.room.seats import SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason
from meetings.room.told import What

LONGEST = 4096
OP = re.compile(r"[A-Za-z0-9_-]{8,64}")
HEARTBEAT = '{"kind":"heartbeat"}'


FIELDS: Mapping[str, Reader] = {
    "op": text(OP),
    "version": whole(0, 2**53),
    "seat": text(KEY),
    "whom": text(KEY),
    "on": switch,
    "back": switch,
    "sure": switch,
    "minutes": whole(1, 60),
    "mode": word(Mode),
    "place": whole(1, 99),
    "why": word(Why, frozenset({Why.UNATTENDED})),
    "what": word(What),
    "entry": word(Kind),
    "note": said_words(120),
    "word": said_words(40, 1),
    "reason": said_words(40),
    "percent": whole(100, 200),
    "name": text(KEY),
    "parts": parts,
    "sides": row(word(Side, frozenset({Side.NOBODY})), len(Side)),
    "put_off_break.minutes": whole(1, 30),
    "more_time.seconds": whole(10, 600),
    "set_number.seconds": tenths(0, 7200),
    "set_patience.seconds": whole(2, 300),
    "set_stage.number": whole(1, 99),
    "take_back.number": whole(1, 10**6),
    "seen_told.number": whole(1, 10**6),
    "write_turn.words": said_words(1200, 1),
    "write_reply.words": said_words(700, 1),
    "set_recap.words": said_words(300),
    "mute.reason": word(MuteReason),
    "code": text(re.compile("|".join(CODES))),
    "called": said_words(LONGEST_NAME),
    "turn": whole(1, MOST_TURN_MINUTES),
    "own": whole(1, MOST_OWN_MINUTES),
    "after": whole(0, MOST_STAGES),
    "up": switch,
    "rules": row(said_words(LONGEST_RULE, 1), MOST_RULES),
    "add_stage.minutes": whole(1, MOST_MINUTES),
    "change_stage.minutes": whole(1, MOST_MINUTES),
    "change_stage.number": whole(1, MOST_STAGES),
    "move_stage.number": whole(1, MOST_STAGES),
    "remove_stage.number": whole(1, MOST_STAGES),
}
"""How each field is read; where kinds differ in it, under the name of the kind and its own."""

NOTHING: frozenset[str] = frozenset()
STAGE = frozenset({"turn", "own", "called"})

REPORT: Mapping[str, Reader] = {"at": whole(0, 2**53), "rtt": whole(0, 60_000), "seats": seats}
"""What a report of who is heard says; `rtt` may be missing. It asks for nothing, so it has no op and no answer."""

# kind: the value it becomes, what it must say besides op (and, for commands, version), and what it may say
WORDS: Mapping[str, tuple[type[Signal], frozenset[str], frozenset[str]]] = {
    "raise_hand": (asks.RaiseHand, NOTHING, frozenset({"note"})),
    "lower_hand": (asks.LowerHand, NOTHING, NOTHING),
    "restore_hand": (asks.RestoreHand, NOTHING, NOTHING),
    "keep_hand": (asks.KeepHand, NOTHING, NOTHING),
    "write_turn": (asks.WriteTurn, frozenset({"words"}), NOTHING),
    "not_finished": (asks.NotFinished, NOTHING, NOTHING),
    "ask_reply": (asks.AskReply, frozenset({"seat"}), NOTHING),
    "write_reply": (asks.WriteReply, frozenset({"words"}), NOTHING),
    "pass_turn": (asks.PassTurn, frozenset({"back"}), NOTHING),
    "hand_over": (asks.HandOver, frozenset({"seat"}), NOTHING),
    "tell": (asks.Tell, frozenset({"what"}), frozenset({"word"})),
    "take_back": (asks.TakeBack, frozenset({"number"}), NOTHING),
    "agree_rules": (asks.AgreeRules, NOTHING, NOTHING),
    "back_again": (asks.BackAgain, NOTHING, NOTHING),
    "finish": (asks.Finish, NOTHING, NOTHING),
    "may_speak_for_me": (asks.MaySpeakForMe, frozenset({"seat", "on"}), NOTHING),
    "give_next": (commands.GiveNext, frozenset({"seat"}), NOTHING),
    "give_to": (commands.GiveTo, frozenset({"seat"}), frozenset({"minutes"})),
    "end_turn": (commands.EndTurn, NOTHING, NOTHING),
    "more_time": (commands.MoreTime, frozenset({"seconds"}), NOTHING),
    "set_mode": (commands.SetMode, frozenset({"mode"}), frozenset({"seat", "minutes"})),
    "set_stage": (commands.SetStage, frozenset({"number"}), NOTHING),
    "add_hand": (commands.AddHand, frozenset({"seat"}), frozenset({"note"})),
    "remove_hand": (commands.RemoveHand, frozenset({"seat"}), frozenset({"entry", "reason"})),
    "move_hand": (commands.MoveHand, frozenset({"seat", "place"}), frozenset({"entry", "reason"})),
    "pause": (commands.Pause, frozenset({"why"}), frozenset({"minutes"})),
    "resume": (commands.Resume, NOTHING, NOTHING),
    "extend": (commands.Extend, frozenset({"minutes"}), NOTHING),
    "put_off_break": (commands.PutOffBreak, frozenset({"minutes"}), NOTHING),
    "start_round": (commands.StartRound, NOTHING, frozenset({"minutes", "sides"})),
    "let_finish": (commands.LetFinish, NOTHING, NOTHING),
    "holder_yields": (commands.HolderYields, NOTHING, NOTHING),
    "nothing": (commands.Nothing, NOTHING, NOTHING),
    "nudge": (commands.Nudge, frozenset({"seat"}), NOTHING),
    "mute": (commands.Mute, frozenset({"seat", "reason"}), NOTHING),
    "hold": (commands.Hold, frozenset({"seat", "sure"}), NOTHING),
    "end_hold": (commands.EndHold, frozenset({"seat"}), NOTHING),
    "seen_told": (commands.SeenTold, frozenset({"number"}), NOTHING),
    "set_number": (commands.SetNumber, frozenset({"name", "seconds"}), NOTHING),
    "usual_numbers": (commands.UsualNumbers, NOTHING, NOTHING),
    "set_stretch": (commands.SetStretch, frozenset({"seat", "percent"}), NOTHING),
    "set_patience": (commands.SetPatience, frozenset({"seat"}), frozenset({"seconds"})),
    "interprets": (commands.Interprets, frozenset({"seat"}), frozenset({"whom"})),
    "add_stage": (replanning.AddStage, frozenset({"after", "code", "mode", "minutes"}), STAGE),
    "change_stage": (replanning.ChangeStage, frozenset({"number", "code", "mode", "minutes"}), STAGE),
    "move_stage": (replanning.MoveStage, frozenset({"number", "up"}), NOTHING),
    "remove_stage": (replanning.RemoveStage, frozenset({"number"}), NOTHING),
    "set_rules": (replanning.SetRules, frozenset({"rules"}), NOTHING),
    "set_hearing": (commands.SetHearing, frozenset({"on"}), NOTHING),
    "set_fair": (commands.SetFair, frozenset({"parts"}), NOTHING),
    "set_time_shown": (commands.SetTimeShown, frozenset({"on"}), NOTHING),
    "set_recap": (commands.SetRecap, frozenset({"words"}), NOTHING),
}


def read(text: str | bytes, *, by: SeatKey) -> Signal:
    """The signal in a text that came over the line of this seat. Whatever the bytes, the only error is BadSignal."""
    said = _said(text)
    op = said["op"] if type(said.get("op")) is str and OP.fullmatch(said["op"]) else None
    kind = said.pop("kind", None)
    if kind == "heartbeat" and not said:
        return Heartbeat(by=by)
    if kind == "heard" and {"at", "seats"} <= said.keys() <= REPORT.keys():
        return Report(by=by, **{name: REPORT[name](value) for name, value in said.items()})
    if type(kind) is not str or kind not in WORDS:
        raise BadSignal(op=op)
    made, must, may = WORDS[kind]
    must = must | ({"op", "version"} if issubclass(made, Command) else {"op"})
    if not must <= said.keys() <= must | may | {"version"}:
        raise BadSignal(op=op)
    try:
        return made(by=by, **{name: _reader(kind, name)(value) for name, value in said.items()})
    except BadSignal:
        raise BadSignal(op=op) from None


def _reader(kind: str, name: str) -> Reader:
    return FIELDS.get(f"{kind}.{name}") or FIELDS[name]


def write(frame: Mapping[str, object]) -> str:
    """A frame as it travels."""
    return orjson.dumps(frame).decode()


def done(op: str, version: int) -> str:
    """The answer to an operation that is done, now or when it was first asked."""
    return write({"kind": "done", "op": op, "version": version})


def refused(op: str | None, refusal: Refusal) -> str:
    """The answer to an operation that was refused: a code for the browser, plain words, and at which field if any."""
    at = {"field": refusal.field} if refusal.field else {}
    return write({"kind": "refused", "op": op, "code": code(refusal), "words": refusal.words, **at})


def code(refusal: Refusal) -> str:
    """The name of a refusal as a browser reads it: StaleFloor is stale_floor."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()


def _said(text: str | bytes) -> dict[str, Any]:
    try:
        raw = text.encode() if isinstance(text, str) else text
        if len(raw) > LONGEST:
            raise BadSignal
        said = json.loads(raw.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadSignal from None
    if type(said) is not dict:
        raise BadSignal
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise BadSignal
    return said
