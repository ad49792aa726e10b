"""Rules: the turn-taking state machine: one frozen Floor, stepped by one signal at a time.

    floor = step(floor, signal, now=now)     a new floor, one version on, or the same one, or a refusal
    wakes_at(floor)                          when it has to be stepped by a Tick though nobody did anything
    seen_by(floor, seat, now=now)            the frame that this seat may see

What each signal does stands in the table MOVES; what time does by itself, in WAKES. A signal that is missing from the
table cannot be asked. Nothing here reads a clock: `now` is an argument, and never runs behind the floor's own time.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from meetings.room import asks, coming, commands, hands, holding, modes, order
from meetings.room.holding import NobodySpeaks, NobodyWaits, NotYourTurn, StaleFloor
from meetings.room.holds import microphones
from meetings.room.stages import PLAN, Stage
from meetings.room.state import Event, Floor, NoSuchSeat, NotAllowed, Seat, SeatKey, Why
from meetings.room.views import seen_by

__all__ = [
    "Event",
    "Floor",
    "NoSuchSeat",
    "NobodySpeaks",
    "NobodyWaits",
    "NotAllowed",
    "NotYourTurn",
    "Seat",
    "SeatKey",
    "StaleFloor",
    "microphones",
    "opened",
    "seen_by",
    "step",
    "wakes_at",
]

REMEMBERED = 32
"""How many operations of each seat are remembered, so that none is done twice."""

Move = Callable[[Floor, Any], Floor]

MOVES: Mapping[type[asks.Signal], Move] = {
    asks.RaiseHand: hands.raise_hand,
    asks.LowerHand: hands.lower_hand,
    asks.RestoreHand: hands.restore_hand,
    asks.Finish: holding.finish,
    asks.MaySpeakForMe: coming.may_speak,
    commands.GiveNext: holding.give_next,
    commands.GiveTo: holding.give_to,
    commands.EndTurn: holding.end_turn,
    commands.MoreTime: holding.more_time,
    commands.SetMode: modes.set_mode,
    commands.SetStage: modes.set_stage,
    commands.AddHand: hands.add_hand,
    commands.RemoveHand: hands.remove_hand,
    commands.MoveHand: hands.move_hand,
    commands.Pause: modes.pause,
    commands.Resume: modes.resume,
    asks.Seated: coming.seated,
    asks.Arrived: coming.arrived,
    asks.Left: coming.left,
    asks.Departed: coming.departed,
    asks.Tick: lambda floor, _: floor,
}


def opened(
    seat: Seat,
    *,
    lot: str,
    in_person: bool = False,
    plan: tuple[Stage, ...] = PLAN,
    now: datetime,
) -> Floor:
    """A floor at the first stage of its plan, with one process person. `lot` is any text of this meeting alone."""
    floor = Floor(
        version=1,
        at=now,
        lot=lot,
        opened_at=now,
        in_person=in_person,
        awaited=not in_person,
        stage=1,
        stage_since=now,
        mode=plan[0].mode,
        break_due=now,
        plan=plan,
    )
    floor = replace(floor, break_due=now + floor.numbers.break_every)
    return coming.seated(floor, asks.Seated(by=seat.key, seat=seat)).noting("opened")


def step(floor: Floor, signal: asks.Signal, *, now: datetime) -> Floor:
    """The floor after this signal, with the events that led to it; the same floor if it changes nothing.

    A signal whose operation is already done changes nothing. Raises a Refusal, and then nothing has happened.
    """
    if signal.op and (signal.by, signal.op) in floor.done:
        return floor
    current = _caught_up(replace(floor, events=()), now)
    _admit(floor, current, signal)
    changed = MOVES[type(signal)](_heard(current, signal), signal)
    if not changed.events and not signal.op:
        return floor
    return _settled(floor, changed, signal)


def wakes_at(floor: Floor) -> datetime | None:
    """The next moment at which time itself changes something that somebody sees; None while nothing is due."""
    return min((at for at, _ in _dues(floor)), default=None)


def _dues(floor: Floor) -> list[tuple[datetime, Callable[[Floor], Floor]]]:
    found = [(due(floor), act) for due, act in WAKES]
    return [(at, act) for at, act in found if at is not None]


def _caught_up(floor: Floor, now: datetime) -> Floor:
    """The floor at `now`, through every moment on the way at which something was due."""
    while (dues := _dues(floor)) and (first := min(dues, key=lambda due: due[0]))[0] <= now:
        at, act = first
        floor = act(_advanced(floor, at))
    return _advanced(floor, now)


def _advanced(floor: Floor, now: datetime) -> Floor:
    at = max(now, floor.at)
    return replace(holding.charged(floor, at - floor.at), at=at)


def _admit(seen: Floor, current: Floor, signal: asks.Signal) -> None:
    """Refuses what this sender may not ask, and what was asked of a floor that is no more (Q14)."""
    if type(signal) not in MOVES:
        raise NotAllowed
    if isinstance(signal, (asks.Tick, asks.Seated)):
        return
    seat = current.seat(signal.by)
    if not signal.process:
        return
    if not seat.process:
        raise NotAllowed
    if _stale(seen, signal) or _ruling(seen) != _ruling(current):
        raise StaleFloor


def _heard(floor: Floor, signal: asks.Signal) -> Floor:
    """Who asks for something is here, whatever the last look at the lines said."""
    return coming.arrived(floor, asks.Arrived(by=signal.by)) if signal.op else floor


def _stale(floor: Floor, signal: asks.Signal) -> bool:
    since = max(floor.ruled, floor.ordered) if isinstance(signal, commands.MoveHand) else floor.ruled
    return signal.version is None or not since <= signal.version <= floor.version


def _ruling(floor: Floor) -> tuple[object, ...]:
    """What a process person's command relies on; own hands, presence and the run of time do not touch it."""
    turn = (floor.turn.seat, floor.turn.given_in) if floor.turn else None
    return turn, floor.mode, floor.stage, floor.pause


def _settled(before: Floor, after: Floor, signal: asks.Signal) -> Floor:
    version = before.version + 1
    ruled = signal.process or _ruling(before) != _ruling(after)
    ordered = _order(before) != _order(after)
    return replace(
        after,
        version=version,
        ruled=version if ruled else before.ruled,
        ordered=version if ordered else before.ordered,
        done=_remembered(before, signal),
    )


def _order(floor: Floor) -> tuple[SeatKey, ...]:
    return tuple(hand.seat for hand in order.order(floor))


def _remembered(floor: Floor, signal: asks.Signal) -> tuple[tuple[SeatKey, str], ...]:
    if not signal.op:
        return floor.done
    theirs = [one for one in floor.done if one[0] == signal.by]
    forgotten = set(theirs[: max(0, len(theirs) + 1 - REMEMBERED)])
    return (*(one for one in floor.done if one not in forgotten), (signal.by, signal.op))


def _keeping_ends(floor: Floor) -> datetime | None:
    return floor.turn.kept_until if floor.turn else None


def _unattended_stops(floor: Floor) -> datetime | None:
    due = floor.unattended_since is not None and floor.pause is None and not floor.awaited
    return _after(floor.unattended_since, floor.numbers.unattended_stops, floor) if due else None


def _unattended_holds(floor: Floor) -> datetime | None:
    rests = floor.pause is not None and floor.pause.why is Why.BREAK
    due = floor.unattended_since is not None and not floor.safe_hold and not rests
    return _after(floor.unattended_since, floor.numbers.unattended_holds, floor) if due else None


def _after(since: datetime | None, wait: timedelta, floor: Floor) -> datetime | None:
    return max(since + wait, floor.at) if since else None


def _undo_ends(floor: Floor) -> datetime | None:
    return min((lowered.until for lowered in floor.lowered), default=None)


def _order_turns(floor: Floor) -> datetime | None:
    wait = order.overtakes_in(floor)
    return floor.at + wait if wait else None


WAKES: tuple[tuple[Callable[[Floor], datetime | None], Callable[[Floor], Floor]], ...] = (
    (_keeping_ends, lambda floor: holding.ended(floor, "released")),
    (_unattended_stops, coming.stopped),
    (_unattended_holds, coming.held_alike),
    (_undo_ends, hands.forgotten),
    (_order_turns, lambda floor: floor.noting("order")),
)
"""What time does by itself: when it is due, and what happens then."""
