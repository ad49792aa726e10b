"""Rules: what each person may see of the floor. There are three kinds: process people, the holder, and everyone else.

What all may see is made, and encoded, once; what is private stands beside it. Others never receive what time somebody
is allowed or has left, multipliers, what is owed, or how much a side has spoken (3.5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.room.holds import Microphone, Right, microphones, planned_end
from meetings.room.order import order, owed_seats
from meetings.room.signals import write
from meetings.room.state import Floor, Hand, Seat, SeatKey, Why

Json = Mapping[str, object]
PAUSED: Mapping[Why, str] = {Why.PAUSE: "paused", Why.BREAK: "break", Why.UNATTENDED: "unattended"}


@dataclass(frozen=True, kw_only=True)
class _Sight:
    """A floor with what every view of it needs, reckoned once."""

    floor: Floor
    queue: tuple[Hand, ...]
    rights: Mapping[SeatKey, Right]


def seen_by(floor: Floor, seat: SeatKey, *, now: datetime) -> Json:
    """The whole frame for one seat, ready for JSON. Only `now` differs between two frames of one version."""
    sight = _look(floor)
    return {**_head(floor, now), "floor": _shared(sight), **_own(sight, floor.seat(seat))}


def frames(floor: Floor, seats: Iterable[SeatKey], *, now: datetime) -> Mapping[SeatKey, str]:
    """The frames of these seats as they travel, each as `seen_by` makes it, with the common part encoded once."""
    sight = _look(floor)
    common = write({**_head(floor, now), "floor": _shared(sight)})[:-1]
    return {key: f"{common},{write(_own(sight, floor.seat(key)))[1:]}" for key in seats}


def clock(at: datetime | None) -> str | None:
    """A moment as browsers read it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def _look(floor: Floor) -> _Sight:
    return _Sight(floor=floor, queue=order(floor), rights=microphones(floor))


def _head(floor: Floor, now: datetime) -> Json:
    return {"kind": "floor", "version": floor.version, "now": clock(max(now, floor.at))}


def _shared(sight: _Sight) -> Json:
    floor = sight.floor
    return {
        "mode": _mode(floor),
        "under": floor.mode.value,
        "in_person": floor.in_person,
        "stage": _stage(floor),
        "break_due": clock(floor.break_due),
        "paused": {"since": clock(floor.pause.since), "until": clock(floor.pause.until)} if floor.pause else None,
        "holder": floor.turn.seat if floor.turn else None,
        "kept_until": clock(floor.turn.kept_until) if floor.turn else None,
        "statement": _statement(floor),
        "queue": [_entry(floor, hand) for hand in sight.queue],
        "held": [key for key, right in sight.rights.items() if right.microphone is Microphone.HELD],
        "mediator": _mediator(floor),
        "people": [_person(seat) for seat in floor.seats],
    }


def _own(sight: _Sight, seat: Seat) -> Json:
    """What only this seat sees: itself, the time of a turn it may know, and for process people the desk."""
    frame: dict[str, object] = {"you": _you(sight, seat)}
    if sight.floor.turn and (seat.process or _holds(sight.floor, seat)):
        frame["turn"] = _turn(sight.floor)
    if seat.process:
        frame["desk"] = _desk(sight)
    return frame


def _mode(floor: Floor) -> str:
    """The way turns are taken, or why they are not: everything stands still, or has not begun without a mediator."""
    why = Why.UNATTENDED if floor.awaited else floor.pause.why if floor.pause else None
    return PAUSED[why] if why else floor.mode.value


def _stage(floor: Floor) -> Json:
    stage, since = floor.current, clock(floor.stage_since)
    return {
        "number": floor.stage,
        "count": len(floor.plan),
        "code": stage.code,
        "minutes": stage.minutes,
        "since": since,
    }


def _statement(floor: Floor) -> Json | None:
    if floor.turn is None or not floor.turn.own_time:
        return None
    side = floor.seat(floor.turn.seat).side
    return {
        "side": side.value,
        "minutes": floor.turn.planned // timedelta(minutes=1),
        "planned_end": clock(planned_end(floor)),
        "had": [one.value for one in floor.stated if one is not side],
    }


def _entry(floor: Floor, hand: Hand) -> Json:
    away = not floor.present(hand.seat)
    return {"seat": hand.seat, "moved": hand.place is not None, "added": hand.added, "away": away}


def _mediator(floor: Floor) -> Json | None:
    """The first process person who is here, else the first of all."""
    process = sorted((seat for seat in floor.seats if seat.process), key=lambda seat: seat.away_since is not None)
    if not process:
        return None
    seat = process[0]
    here = {"here": seat.away_since is None, "came": not floor.awaited}
    return {"seat": seat.key, **here, "away_since": clock(seat.away_since)}


def _person(seat: Seat) -> Json:
    return {
        "seat": seat.key,
        "name": seat.label,
        "side": seat.side.value,
        "standing": seat.standing.value,
        "tag": seat.tag,
        "here": seat.away_since is None,
        "speaks_for": seat.speaks_for,
        "helps": seat.helps,
    }


def _you(sight: _Sight, seat: Seat) -> Json:
    floor, key = sight.floor, sight.floor.owner(seat.key)
    undo = next((one.until for one in floor.lowered if one.hand.seat == key), None)
    return {
        "seat": seat.key,
        "process": seat.process,
        "holds": _holds(floor, seat),
        "hand": "up" if floor.hand(key) else "down",
        "place": _place(sight, key),
        "undo_until": clock(undo),
        "mic": _mic(sight.rights[seat.key]),
        "can": _can(floor, seat, undo=undo is not None),
    }


def _place(sight: _Sight, key: SeatKey) -> int | None:
    keys = [hand.seat for hand in sight.queue]
    return keys.index(key) + 1 if key in keys and sight.floor.present(key) else None


def _mic(right: Right) -> Json:
    reason = right.reason.value if right.reason else None
    return {"right": right.microphone.value, "reason": reason, "until": clock(right.until)}


def _can(floor: Floor, seat: Seat, *, undo: bool) -> list[str]:
    key = floor.owner(seat.key)
    if not floor.seat(key).takes_turns:
        return []
    holds = floor.turn is not None and floor.turn.seat == key
    up, joins = floor.hand(key) is not None, not floor.frozen and not holds
    may = {
        "raise_hand": joins and not up,
        "lower_hand": up,
        "restore_hand": joins and undo and not up,
        "finish": _holds(floor, seat),
    }
    return [kind for kind, allowed in may.items() if allowed]


def _holds(floor: Floor, seat: Seat) -> bool:
    return floor.turn is not None and seat.takes_turns and floor.owner(seat.key) == floor.turn.seat


def _turn(floor: Floor) -> Json | None:
    if floor.turn is None:
        return None
    left = floor.turn.budget - floor.turn.ran
    return {
        "seat": floor.turn.seat,
        "given_at": clock(floor.turn.given_at),
        "allowed": floor.turn.budget.total_seconds(),
        "left": round(left.total_seconds(), 3),
        "running": floor.runs,
        "ends_at": clock(floor.at + left) if floor.runs else None,
        "grace": floor.numbers.grace.total_seconds(),
    }


def _desk(sight: _Sight) -> Json:
    floor = sight.floor
    first = sight.queue[0].seat if sight.queue and floor.present(sight.queue[0].seat) else None
    stretch = {seat.key: seat.stretch / 100 for seat in floor.seats if seat.stretch != 100}
    return {"next": first, "owed": list(owed_seats(floor)), "stretch": stretch}
