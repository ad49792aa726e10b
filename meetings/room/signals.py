"""Rules: the words on the socket, read and written. What a browser sends is strict: anything unknown is refused.

At most 4096 bytes; no unknown kind or key, no key twice, no other type; keys and operation ids of plain letters only.
"""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from database.refusal import Refusal
from meetings.room.asks import Finish, Heartbeat, LowerHand, MaySpeakForMe, RaiseHand, Report, RestoreHand, Signal
from meetings.room.commands import (
    AddHand,
    EndTurn,
    GiveNext,
    GiveTo,
    MoreTime,
    MoveHand,
    Pause,
    RemoveHand,
    Resume,
    SetMode,
    SetStage,
)
from meetings.room.stages import Mode
from meetings.room.state import SeatKey, Why

LONGEST = 4096
OP = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_HEARD = 40
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


def _switch(value: Any) -> bool:
    if type(value) is not bool:
        raise BadSignal
    return value


def _seats(value: Any) -> frozenset[SeatKey]:
    if type(value) is not list or len(value) > MOST_HEARD:
        raise BadSignal
    seats = frozenset(map(_text(KEY), value))
    if len(seats) != len(value):
        raise BadSignal
    return seats


FIELDS: Mapping[str, Reader] = {
    "op": _text(OP),
    "version": _whole(0, 2**53),
    "seat": _text(KEY),
    "on": _switch,
    "minutes": _whole(1, 60),
    "seconds": _whole(10, 600),
    "mode": _word(Mode),
    "number": _whole(1, 99),
    "place": _whole(1, 99),
    "why": _word(Why, frozenset({Why.UNATTENDED})),
}

# What a report of who is heard says; only `rtt` may be missing. It is no operation: nothing is answered.
REPORT: Mapping[str, Reader] = {"at": _whole(0, 2**53), "rtt": _whole(0, 60_000), "seats": _seats}

# kind: the value it becomes, what it must say besides op (and, for commands, version), and what it may say
WORDS: Mapping[str, tuple[type[Signal], frozenset[str], frozenset[str]]] = {
    "raise_hand": (RaiseHand, frozenset(), frozenset()),
    "lower_hand": (LowerHand, frozenset(), frozenset()),
    "restore_hand": (RestoreHand, frozenset(), frozenset()),
    "finish": (Finish, frozenset(), frozenset()),
    "may_speak_for_me": (MaySpeakForMe, frozenset({"seat", "on"}), frozenset()),
    "give_next": (GiveNext, frozenset({"seat"}), frozenset()),
    "give_to": (GiveTo, frozenset({"seat"}), frozenset({"minutes"})),
    "end_turn": (EndTurn, frozenset(), frozenset()),
    "more_time": (MoreTime, frozenset({"seconds"}), frozenset()),
    "set_mode": (SetMode, frozenset({"mode"}), frozenset({"seat", "minutes"})),
    "set_stage": (SetStage, frozenset({"number"}), frozenset()),
    "add_hand": (AddHand, frozenset({"seat"}), frozenset()),
    "remove_hand": (RemoveHand, frozenset({"seat"}), frozenset()),
    "move_hand": (MoveHand, frozenset({"seat", "place"}), frozenset()),
    "pause": (Pause, frozenset({"why"}), frozenset({"minutes"})),
    "resume": (Resume, frozenset(), frozenset()),
}


def read(text: str | bytes, *, by: SeatKey) -> Signal:
    """The signal in a text that came over the line of this seat. Whatever the bytes, the only error is BadSignal."""
    said = _said(text)
    op = said["op"] if type(said.get("op")) is str and OP.fullmatch(said["op"]) else None
    kind = said.pop("kind", None)
    if kind == "heartbeat" and not said:
        return Heartbeat(by=by)
    if kind == "heard" and {"at", "seats"} <= said.keys() <= {*REPORT}:
        return Report(by=by, **{name: REPORT[name](value) for name, value in said.items()})
    if type(kind) is not str or kind not in WORDS:
        raise BadSignal(op=op)
    made, must, may = WORDS[kind]
    must = must | ({"op", "version"} if made.process else {"op"})
    if not must <= said.keys() <= must | may | {"version"}:
        raise BadSignal(op=op)
    try:
        return made(by=by, **{name: FIELDS[name](value) for name, value in said.items()})
    except BadSignal:
        raise BadSignal(op=op) from None


def write(frame: Mapping[str, object]) -> str:
    """A frame as it travels."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def done(op: str, version: int) -> str:
    """The answer to an operation that is done, now or when it was first asked."""
    return write({"kind": "done", "op": op, "version": version})


def refused(op: str | None, refusal: Refusal) -> str:
    """The answer to an operation that was refused: a code for the browser, and plain words."""
    return write({"kind": "refused", "op": op, "code": code(refusal), "words": refusal.words})


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
