"""Rules: for what time a holder and their side are charged, and how long the floor of who lost connection is kept.

Time runs for a turn and weighs for its side together; what somebody could not use, because their line was dead before
anybody noticed, is given back to both.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Side
from meetings.room.entries import Turn
from meetings.room.seats import WEIGHTS
from meetings.room.stages import UNCOUNTED
from meetings.room.state import Floor

NOTHING = timedelta(0)


def charged(floor: Floor, ran: timedelta) -> Floor:
    """The floor after its running turn ran on: for the holder's own time, and weighed for the share of their side.

    A silence that the holder's patience covers is in their time, and in nobody's share.
    """
    turn = floor.turn
    if turn is None or not ran or not floor.runs:
        return floor
    free = min(silent_for(floor), ran)
    after = replace(
        turn,
        ran=turn.ran + ran,
        silent=turn.silent + free,
        quiet_to=floor.at + free if free else turn.quiet_to,
        ran_from=turn.ran_from if turn.ran_to == floor.at else floor.at,
        ran_to=floor.at + ran,
    )
    return _weighed(floor, after, ran - free)


def given_back(floor: Floor, since: datetime, until: datetime) -> Floor:
    """The floor with the time that ran between these moments not charged: the holder's line was dead, unnoticed.

    What of it was silence weighed nothing, and so is not given back to the side a second time.
    """
    turn = floor.turn
    if turn is None or turn.ran_from is None or turn.ran_to is None:
        return floor
    since, until = max(since, turn.ran_from), min(until, turn.ran_to)
    lost = min(until - since, turn.ran)
    if lost <= NOTHING:
        return floor
    silent = _silent_between(turn, since, until)
    after = replace(turn, ran=turn.ran - lost, silent=turn.silent - silent, ran_from=until)
    return _weighed(floor, after, silent - lost)


def silent_for(floor: Floor) -> timedelta:
    """How much longer the holder, who is silent now, is charged with nothing (3.5)."""
    still_to = floor.turn.still_to if floor.turn else None
    return max(NOTHING, still_to - floor.at) if still_to else NOTHING


def kept(floor: Floor) -> Floor:
    """The floor with its holder's absence reckoned: kept from now if they are away, unless everything stands still."""
    turn = floor.turn
    if turn is None:
        return floor
    away = not floor.present(turn.seat) and floor.pause is None
    until = (turn.kept_until or floor.at + floor.numbers.kept) if away else None
    if until == turn.kept_until:
        return floor
    return replace(floor, turn=replace(turn, kept_until=until)).noting("kept", seat=turn.seat, on=until is not None)


def _silent_between(turn: Turn, since: datetime, until: datetime) -> timedelta:
    """What of this time is reckoned as silence; of several silences, as if they had been one up to the last."""
    if turn.quiet_to is None:
        return NOTHING
    return max(NOTHING, min(until, turn.quiet_to) - max(since, turn.quiet_to - turn.silent))


def spent_more(floor: Floor, side: Side, weighed: timedelta) -> Floor:
    """The floor with so much more, or less, in the share of this side; never less than nothing."""
    spent = max(NOTHING, floor.spent.get(side, NOTHING) + weighed)
    return replace(floor, spent={**floor.spent, side: spent})


def _weighed(floor: Floor, turn: Turn, ran: timedelta) -> Floor:
    charged = replace(floor, turn=turn)
    if floor.mode in UNCOUNTED:
        return charged
    seat = floor.seat(turn.seat)
    return spent_more(charged, seat.side, ran * WEIGHTS[seat.stretch])
