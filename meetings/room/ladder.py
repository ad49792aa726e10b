"""Rules: the ladder of microphones: nudge, soft mute, hold; each noted, none opening anything (3.4).

A hold ends by itself. It is never for a language worker, for somebody who speaks for another or has the floor, for a
whole side, or twice for the same person without a pause between; a hold that comes to be one of these ends at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from meetings.room.commands import EndHold, Hold, Mute, Nudge
from meetings.room.holding import StaleFloor
from meetings.room.seats import Seat, SeatKey
from meetings.room.state import Floor, NotAllowed
from meetings.room.steps import Held, MuteReason, Step, Taken

DID: Mapping[Step, str] = {Step.NUDGE: "nudged them", Step.MUTE: "muted them", Step.HOLD: "held their microphone"}


def nudge(floor: Floor, signal: Nudge) -> Floor:
    """That person alone is told that somebody waits."""
    seat = _reached(floor, signal.seat)
    return floor if _done(floor, Step.NUDGE, signal) else _taken(floor, Step.NUDGE, by=signal.by, seat=seat)


def mute(floor: Floor, signal: Mute) -> Floor:
    """That person's microphone is closed, they see by whom and why, and may open it again."""
    seat = _reached(floor, signal.seat)
    if _done(floor, Step.MUTE, signal):
        return floor
    return _taken(floor, Step.MUTE, by=signal.by, seat=seat, reason=signal.reason)


def hold(floor: Floor, signal: Hold) -> Floor:
    """That person cannot open their microphone for a minute, and everybody sees it."""
    seat = _reached(floor, signal.seat)
    if _done(floor, Step.HOLD, signal):
        return floor
    if any(one.seat == seat.key for one in floor.holds):
        raise StaleFloor("Their microphone is held already. It ends by itself.")
    _may_hold(floor, seat, sure=signal.sure)
    held = Held(seat=seat.key, by=signal.by, since=floor.at, until=floor.at + floor.numbers.hold)
    return _taken(replace(floor, holds=(*floor.holds, held)), Step.HOLD, by=signal.by, seat=seat)


def end_hold(floor: Floor, signal: EndHold) -> Floor:
    if not any(one.seat == signal.seat for one in floor.holds):
        raise StaleFloor("That hold is over already. This is how it is now.")
    return _released(floor, {signal.seat})


def run_out(floor: Floor) -> Floor:
    """Holds whose time is over have ended, whoever is there to see it."""
    return _released(floor, {one.seat for one in floor.holds if one.until <= floor.at})


def eased(floor: Floor) -> Floor:
    """The floor without holds that may not be: who got the floor, who speaks for somebody, a whole side."""
    wrong = {one.seat for one in floor.holds if not floor.has(one.seat) or _exempt(floor, floor.seat(one.seat))}
    return _released(floor, wrong) if wrong else floor


def _released(floor: Floor, keys: set[SeatKey]) -> Floor:
    kept = tuple(one for one in floor.holds if one.seat not in keys)
    return replace(floor, holds=kept).noting("unheld", seats=len(floor.holds) - len(kept))


def _done(floor: Floor, step: Step, signal: Nudge | Mute | Hold) -> bool:
    """Whether its sender has just done this and does not see it yet; StaleFloor for a colleague's step not yet seen.

    Two people who act on one person in the same moment are one step towards them, whichever steps they are (Q14).
    """
    unseen = [one for one in _steps(floor, signal.seat) if one.version > (signal.version or 0)]
    others = next((one for one in unseen if one.by != signal.by), None)
    if others:
        who = floor.seat(others.by).label if floor.has(others.by) else "A colleague"
        raise StaleFloor(f"{who} has just {DID[others.step]}. Nothing more was done.")
    return any(one.step is step for one in unseen)


def _reached(floor: Floor, key: SeatKey) -> Seat:
    seat = floor.seat(key)
    if floor.in_person or not seat.screen:
        raise NotAllowed("Their microphone is not here. Say it to them.")
    if not seat.takes_turns:
        raise NotAllowed("Mediators and language workers are never muted.")
    return seat


def _may_hold(floor: Floor, seat: Seat, *, sure: bool) -> None:
    if not sure:
        raise NotAllowed("A hold is asked for twice. Everyone sees it.")
    if floor.holds_floor(seat):
        raise NotAllowed("They have the floor. End the turn first.")
    if seat.speaks_for or any(one.speaks_for == seat.key for one in floor.seats):
        raise NotAllowed("Somebody is speaking for another here. They are never held.")
    if not _others(floor, seat):
        raise NotAllowed("A whole side is never held. Ask for a pause, or talk with them.")
    before = max((one.at for one in _steps(floor, seat.key) if one.step is Step.HOLD), default=None)
    if before and (floor.rested_at is None or floor.rested_at < before):
        raise NotAllowed("Nobody is held twice without a pause between. Pause first.")


def _exempt(floor: Floor, seat: Seat) -> bool:
    shares = seat.speaks_for or any(one.speaks_for == seat.key for one in floor.seats)
    return bool(shares) or floor.holds_floor(seat) or not _others(floor, seat)


def _others(floor: Floor, seat: Seat) -> list[Seat]:
    """Who else of the side is here and not held."""
    held = {one.seat for one in floor.holds}
    return [
        one
        for one in floor.seats
        if one.side is seat.side and one.takes_turns and one.here and one.key not in held and one.key != seat.key
    ]


def _steps(floor: Floor, key: SeatKey) -> Iterator[Taken]:
    return (one for one in floor.steps if one.seat == key)


def _taken(floor: Floor, step: Step, *, by: SeatKey, seat: Seat, reason: MuteReason | None = None) -> Floor:
    one = Taken(
        number=len(floor.steps) + 1,
        step=step,
        by=by,
        seat=seat.key,
        side=seat.side,
        at=floor.at,
        reason=reason,
        version=floor.version + 1,
    )
    return replace(floor, steps=(*floor.steps, one)).noting(step.value, seat=seat.key)
