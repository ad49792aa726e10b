"""Rules: the words on the socket, read and written. What a browser sends is strict: anything unknown is refused.

At most 4096 bytes; no unknown kind or key, no key twice, no other type; keys and operation ids of plain letters only.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
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
from meetings.room.seats import SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason
from meetings.room.told import What

LONGEST = 4096
OP = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_HEARD = 40
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # signs that nobody can see, and that can hide others
HEARTBEAT = '{"kind":"heartbeat"}'


class BadSignal(Refusal):
    """We could not read that. Nothing was changed."""

    def __init__(self, words: str | None = None, *, op: str | None = None) -> None:
        super().__init__(words)
        self.op = op


Reader = Callable[[Any], Any]


def _whole(least: int, most: int) -> Reader:
    def read_whole(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise BadSignal
        return value

    return read_whole


def _tenths(least: int, most: int) -> Reader:
    """Seconds, to a tenth."""

    def read_tenths(value: Any) -> float:
        if type(value) not in {int, float} or not least <= value <= most or round(value, 1) != value:
            raise BadSignal
        seconds: float = value
        return seconds

    return read_tenths


def _text(shape: re.Pattern[str]) -> Reader:
    def read_text(value: Any) -> str:
        if type(value) is not str or not shape.fullmatch(value):
            raise BadSignal
        return value

    return read_text


def _word(words: type[StrEnum], but: frozenset[StrEnum] = frozenset()) -> Reader:
    allowed = {word.value: word for word in words if word not in but}

    def read_word(value: Any) -> StrEnum:
        if type(value) is not str or value not in allowed:
            raise BadSignal
        return allowed[value]

    return read_word


def _said_words(most: int, least: int = 0) -> Reader:
    """What a person wrote: no control signs, no blanks at the ends, and no longer than this."""

    def read_words(value: Any) -> str:
        if type(value) is not str:
            raise BadSignal
        plain = "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in UNSEEN).strip()
        if not least <= len(plain) <= most:
            raise BadSignal
        return plain

    return read_words


def _row(each: Reader, most: int, least: int = 1) -> Reader:
    def read_row(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or not least <= len(value) <= most:
            raise BadSignal
        row = tuple(each(one) for one in value)
        if len(set(row)) != len(row):
            raise BadSignal
        return row

    return read_row


def _seats(value: Any) -> frozenset[SeatKey]:
    return frozenset(_row(_text(KEY), MOST_HEARD, 0)(value))


def _switch(value: Any) -> bool:
    if type(value) is not bool:
        raise BadSignal
    return value


FIELDS: Mapping[str, Reader] = {
    "op": _text(OP),
    "version": _whole(0, 2**53),
    "seat": _text(KEY),
    "on": _switch,
    "back": _switch,
    "sure": _switch,
    "minutes": _whole(1, 60),
    "mode": _word(Mode),
    "place": _whole(1, 99),
    "why": _word(Why, frozenset({Why.UNATTENDED})),
    "what": _word(What),
    "entry": _word(Kind),
    "note": _said_words(120),
    "word": _said_words(40, 1),
    "reason": _said_words(40),
    "percent": _whole(100, 200),
    "name": _text(KEY),
    "sides": _row(_word(Side, frozenset({Side.NOBODY})), len(Side)),
    "more_time.seconds": _whole(10, 600),
    "set_number.seconds": _tenths(0, 7200),
    "set_patience.seconds": _whole(2, 300),
    "set_stage.number": _whole(1, 99),
    "take_back.number": _whole(1, 10**6),
    "seen_told.number": _whole(1, 10**6),
    "write_turn.words": _said_words(1200, 1),
    "write_reply.words": _said_words(700, 1),
    "set_recap.words": _said_words(300),
    "mute.reason": _word(MuteReason),
    "code": _text(re.compile("|".join(CODES))),
    "called": _said_words(LONGEST_NAME),
    "turn": _whole(1, MOST_TURN_MINUTES),
    "own": _whole(1, MOST_OWN_MINUTES),
    "after": _whole(0, MOST_STAGES),
    "up": _switch,
    "rules": _row(_said_words(LONGEST_RULE, 1), MOST_RULES),
    "add_stage.minutes": _whole(1, MOST_MINUTES),
    "change_stage.minutes": _whole(1, MOST_MINUTES),
    "change_stage.number": _whole(1, MOST_STAGES),
    "move_stage.number": _whole(1, MOST_STAGES),
    "remove_stage.number": _whole(1, MOST_STAGES),
}
"""How each field is read; where kinds differ in it, under the name of the kind and its own."""

NOTHING: frozenset[str] = frozenset()
STAGE = frozenset({"turn", "own", "called"})

REPORT: Mapping[str, Reader] = {"at": _whole(0, 2**53), "rtt": _whole(0, 60_000), "seats": _seats}
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
    "add_stage": (replanning.AddStage, frozenset({"after", "code", "mode", "minutes"}), STAGE),
    "change_stage": (replanning.ChangeStage, frozenset({"number", "code", "mode", "minutes"}), STAGE),
    "move_stage": (replanning.MoveStage, frozenset({"number", "up"}), NOTHING),
    "remove_stage": (replanning.RemoveStage, frozenset({"number"}), NOTHING),
    "set_rules": (replanning.SetRules, frozenset({"rules"}), NOTHING),
    "set_hearing": (commands.SetHearing, frozenset({"on"}), NOTHING),
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
