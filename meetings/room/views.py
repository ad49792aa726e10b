"""Rules: what each kind of viewer may see of the floor (3.5), each in a frame of its own.

What all may see is made, and encoded, once (`shared`); what is private stands beside it: oneself, the time of the turn
for its holder and for process people, and the desk. Others never receive what time somebody is allowed or has left,
multipliers, what is owed, notes, nudges, signals, or how much a side has spoken. `watched` is the coordinator's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.room.breaks import is_over, mark
from meetings.room.closing import left
from meetings.room.desk import desk, passed_on
from meetings.room.entries import Hand
from meetings.room.holding import own_time
from meetings.room.holds import Microphone, Reason, Right, microphones, planned_end
from meetings.room.numbers import in_seconds, published
from meetings.room.order import order
from meetings.room.own import own
from meetings.room.reckoned import once
from meetings.room.rounds import is_complete, missing, next_side
from meetings.room.seats import Seat, SeatKey
from meetings.room.shares import agreed
from meetings.room.signals import write
from meetings.room.state import Floor, Why
from meetings.room.when import clock

Json = Mapping[str, object]
WATCHED = (
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
)
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


def watched(floor: Floor, *, now: datetime) -> Json:
    """What a coordinator sees from outside: who is here, the order, the break, what was passed on; no times (3.5)."""
    shared = _shared(_look(floor))
    seen = {name: shared[name] for name in WATCHED}
    return {**_head(floor, now), "floor": seen, "told": passed_on(floor)}


def frames(floor: Floor, seats: Iterable[SeatKey], *, now: datetime) -> Mapping[SeatKey, str]:
    """The frames of these seats as they travel, each as `seen_by` makes it, with the common part encoded once."""
    sight = _look(floor)
    common = write({**_head(floor, now), "floor": _shared(sight)})[:-1]
    return {key: f"{common},{write(_own(sight, floor.seat(key)))[1:]}" for key in seats}


def _look(floor: Floor) -> _Sight:
    return _Sight(floor=floor, queue=order(floor), rights=microphones(floor))


def _head(floor: Floor, now: datetime) -> Json:
    return {"kind": "floor", "version": floor.version, "now": clock(max(now, floor.at))}


def _own(sight: _Sight, seat: Seat) -> Json:
    """What only this seat sees: itself, the time of a turn it may know, and for process people the desk."""
    floor = sight.floor
    frame: dict[str, object] = {"you": own(floor, seat, queue=sight.queue, right=sight.rights[seat.key])}
    if floor.turn and (seat.process or floor.holds_floor(seat)):
        frame["turn"] = _turn(floor)
    if seat.process:
        frame["desk"] = desk(floor, seat, queue=sight.queue)
    return frame


def _shared(sight: _Sight) -> Json:
    floor = sight.floor
    return {
        "mode": _mode(floor),
        "under": floor.mode.value,
        "in_person": floor.in_person,
        "stage": _stage(floor),
        "break_due": clock(floor.break_due),
        "break": _mark(floor),
        "paused": _paused(floor),
        "ends": _ends(floor),
        "holder": floor.turn.seat if floor.turn else None,
        "turn_kind": floor.turn.kind.value if floor.turn else None,
        "text": floor.turn.words if floor.turn else None,
        "kept_until": clock(floor.turn.kept_until) if floor.turn else None,
        "planned_end": clock(planned_end(floor)) if floor.time_shown else None,
        "still_until": clock(floor.card_until),
        "statement": _statement(floor),
        "round": _round(floor),
        "queue": [_entry(floor, hand) for hand in sight.queue],
        "held": [key for key, right in sight.rights.items() if _held(right)],
        "holds": [{"seat": one.seat, "by": one.by, "until": clock(one.until)} for one in floor.holds],
        "mediator": _mediator(floor),
        "people": [_person(seat) for seat in floor.seats],
        "fair": agreed(floor),
        "rules": list(floor.rules),
        "recap": floor.recap,
        "numbers": published(floor.numbers),
    }


def _held(right: Right) -> bool:
    """Whether everybody sees that a microphone is held; a trainee's is not, it is none."""
    return right.microphone is Microphone.HELD and right.reason is not Reason.TRAINEE


def _mode(floor: Floor) -> str:
    """The way turns are taken, or why they are not: everything stands still, or has not begun without a mediator."""
    why = Why.UNATTENDED if floor.awaited else floor.pause.why if floor.pause else None
    return PAUSED[why] if why else floor.mode.value


def _mark(floor: Floor) -> str | None:
    near = mark(floor)
    return near.value if near else None


def _paused(floor: Floor) -> Json | None:
    if floor.pause is None:
        return None
    return {"since": clock(floor.pause.since), "until": clock(floor.pause.until), "over": is_over(floor)}


def _ends(floor: Floor) -> Json | None:
    before = left(floor)
    minutes = before // timedelta(minutes=1) if before else None
    return {"at": clock(floor.ends_at), "left": minutes} if floor.ends_at else None


def _stage(floor: Floor) -> Json:
    stage, since = floor.current, clock(floor.stage_since)
    return {
        "number": floor.stage,
        "count": len(floor.plan),
        "code": stage.code,
        "name": stage.name,
        "minutes": stage.minutes,
        "since": since,
    }


def _statement(floor: Floor) -> Json | None:
    if floor.turn is None or not floor.turn.own_time:
        return None
    side = floor.seat(floor.turn.seat).side
    return {
        "side": side.value,
        "minutes": own_time(floor) // timedelta(minutes=1),
        "planned_end": clock(planned_end(floor)),
        "had": [one.value for one in floor.stated if one is not side],
    }


def _round(floor: Floor) -> Json | None:
    if floor.round is None:
        return None
    side, gone = next_side(floor), missing(floor)
    return {
        "number": floor.round.number,
        "minutes": floor.round.minutes,
        "agreed": floor.round.agreed,
        "order": [one.value for one in floor.round.order],
        "said": [one.value for one in floor.round.said],
        "passed": [one.value for one in floor.round.passed],
        "back": [one.value for one in floor.round.back if one in floor.round.waiting],
        "next": side.value if side else None,
        "missing": gone.value if gone else None,
        "later": [one.value for one in floor.round.later if one in floor.round.waiting],
        "complete": is_complete(floor),
    }


def _entry(floor: Floor, hand: Hand) -> Json:
    return {
        "seat": hand.seat,
        "kind": hand.kind.value,
        "moved": hand.moved,
        "added": hand.added,
        "text": hand.words is not None,
        "away": not floor.present(hand.seat),
    }


def _mediator(floor: Floor) -> Json | None:
    """The first of those who lead who is here; else who was here last, and before the beginning the first of all."""
    leading = [seat for seat in floor.seats if seat.leads]
    if not leading:
        return None
    last = leading[0] if floor.awaited else max(leading, key=lambda seat: seat.away_since or floor.at)
    seat = next((one for one in leading if one.here), last)
    return {"seat": seat.key, "here": seat.here, "came": not floor.awaited, "away_since": clock(seat.away_since)}


@once
def _person(seat: Seat) -> Json:
    return {
        "seat": seat.key,
        "name": seat.label,
        "side": seat.side.value,
        "standing": seat.standing.value,
        "office": seat.office.value if seat.office else None,
        "tag": seat.tag,
        "here": seat.here,
        "speaks_for": seat.speaks_for,
        "helps": seat.helps,
    }


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
        "cues": [in_seconds(floor.numbers, name) for name in ("cue_first", "cue_last")],
    }
