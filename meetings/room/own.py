"""Rules: what one person alone sees of themselves: place, microphone, what they can do, and their signals."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from meetings.room.breaks import on_break
from meetings.room.entries import Hand, Kind
from meetings.room.hands import may_write
from meetings.room.holding import allotted
from meetings.room.holds import Right
from meetings.room.replies import answering
from meetings.room.seats import Seat, SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Floor
from meetings.room.steps import Step
from meetings.room.told import Told, What
from meetings.room.when import clock

Json = Mapping[str, object]
ORDINARY = 100
"""Percent of ordinary time."""
RECENT = timedelta(minutes=2)
"""How long a nudge or a mute is shown to the person it was for, at most."""


def own(floor: Floor, seat: Seat, *, queue: Sequence[Hand], right: Right) -> Json:
    """Oneself. The hand is that of the person whose turn one uses; what they wrote with it, and their rest, theirs."""
    key = floor.owner(seat.key)
    theirs = key == seat.key
    hand, undo = floor.hand(key), next((one.until for one in floor.lowered if one.hand.seat == key), None)
    return {
        "seat": seat.key,
        "process": seat.process,
        "leads": seat.leads,
        "holds": floor.holds_floor(seat),
        "hand": "up" if hand or _still_up(floor, seat) else "down",
        "place": _place(floor, key, queue),
        "note": hand.note if hand and theirs else None,
        "text": hand.words if hand and theirs else None,
        "reply_text": reply.words if theirs and (reply := floor.hand(key, Kind.REPLY)) else None,
        "undo_until": clock(undo),
        "keep_until": clock(floor.turn.keep_until) if floor.turn and floor.holds_floor(seat) else None,
        "rest": _rest(floor, key) if theirs else None,
        "time": _time(floor, seat),
        "mic": _mic(right),
        "nudged_at": _nudged(floor, seat),
        "muted": _muted(floor, seat),
        "told": [_told(one) for one in floor.told if one.seat == seat.key],
        "asked": _asked(floor, seat),
        "agreed": seat.agreed,
        "again": seat.again,
        "can": _can(floor, seat, undo=undo is not None),
    }


def _still_up(floor: Floor, seat: Seat) -> bool:
    return floor.turn is not None and floor.turn.hand is not None and floor.holds_floor(seat)


def _place(floor: Floor, key: SeatKey, queue: Sequence[Hand]) -> int | None:
    keys = [hand.seat for hand in queue]
    return keys.index(key) + 1 if key in keys and floor.present(key) else None


def _rest(floor: Floor, key: SeatKey) -> Json | None:
    """What is left of an interrupted turn, and until when it can be asked for, without end in a standstill."""
    found = next((one for one in floor.unfinished if one.seat == key), None)
    return (
        {"left": found.rest.budget.total_seconds(), "until": None if floor.still else clock(found.until)}
        if found
        else None
    )


def _time(floor: Floor, seat: Seat) -> Json | None:
    """How much more time than others this person has, and what that makes of a turn as they are now; None for no more.

    Nobody else of their side or of another reads it, also not who speaks for them (3.5).
    """
    if seat.stretch == ORDINARY or not seat.takes_turns:
        return None
    usual = allotted(floor)
    return {
        "stretch": seat.stretch / ORDINARY,
        "usual": usual.total_seconds(),
        "yours": (usual * seat.stretch / ORDINARY).total_seconds(),
    }


def _mic(right: Right) -> Json:
    reason = right.reason.value if right.reason else None
    return {"right": right.microphone.value, "reason": reason, "until": clock(right.until)}


def _nudged(floor: Floor, seat: Seat) -> str | None:
    steps = (one.at for one in floor.steps if one.seat == seat.key and one.step is Step.NUDGE)
    last = max(steps, default=None)
    return clock(last) if last and floor.at - last < RECENT else None


def _muted(floor: Floor, seat: Seat) -> Json | None:
    """The last time that this microphone was closed by a process person: by whom, and why."""
    steps = [one for one in floor.steps if one.seat == seat.key and one.step is Step.MUTE]
    if not steps or floor.at - steps[-1].at >= RECENT:
        return None
    last = steps[-1]
    return {"number": last.number, "by": last.by, "reason": last.reason.value if last.reason else None}


def _told(one: Told) -> Json:
    return {
        "number": one.number,
        "what": one.what.value,
        "word": one.word,
        "at": clock(one.at),
        "seen_at": clock(one.seen_at),
        "seen_by": one.seen_by,
        "escalated": one.escalated,
    }


def _asked(floor: Floor, seat: Seat) -> list[SeatKey]:
    """Whom this person supports and who asks them for a word in private."""
    return [one.seat for one in floor.told if one.open and one.what is What.SUPPORTER and one.seat == seat.helps]


def _can(floor: Floor, seat: Seat, *, undo: bool) -> list[str]:
    key = floor.owner(seat.key)
    if seat.process:
        return []
    anyone = {"tell": True, "back_again": on_break(floor) and seat.key not in floor.back}
    if not floor.seat(key).takes_turns:
        return [kind for kind, allowed in anyone.items() if allowed]
    holds = floor.turn is not None and floor.turn.seat == key
    hand, reply, joins = floor.hand(key), floor.hand(key, Kind.REPLY), not floor.frozen and not holds
    up = hand is not None
    may = {
        "raise_hand": joins and not up,
        "write_turn": may_write(hand, by=seat.key) if hand else joins,
        "lower_hand": any(hand.seat == key for hand in floor.hands),
        "restore_hand": undo and not up and not holds,
        "not_finished": any(one.seat == key for one in floor.unfinished),
        "write_reply": may_write(reply, by=seat.key) if reply else answering(floor, key) is not None,
        "agree_rules": not seat.agreed,
        **anyone,
        **(_as_holder(floor) if floor.holds_floor(seat) else {}),
    }
    return [kind for kind, allowed in may.items() if allowed]


def _as_holder(floor: Floor) -> Mapping[str, bool]:
    turn = floor.turn
    if turn is None:
        return {}
    going = floor.mode is Mode.ROUND and not turn.answers
    asks = not going and not floor.frozen and not turn.answers and turn.asked is None
    side = floor.seat(turn.seat).side
    return {
        "finish": True,
        "keep_hand": turn.keep_until is not None and not floor.frozen,
        "ask_reply": asks and not turn.own_time,
        "hand_over": going or turn.own_time,
        "pass_turn": going,
        "pass_back": going and floor.round is not None and side not in floor.round.back,
    }
