"""Rules: who holds the floor: given to the next or to a chosen person, ended, and kept for one who lost connection.

The tool never ends a turn because its time is over; only a process person, the holder, or 90 seconds of absence do.
"""

from dataclasses import replace
from datetime import timedelta

from cases.case import Side
from database.refusal import Refusal
from meetings.room import order
from meetings.room.asks import Finish
from meetings.room.commands import EndTurn, GiveNext, GiveTo, MoreTime
from meetings.room.stages import Mode
from meetings.room.state import WEIGHTS, Floor, Hand, NotAllowed, SeatKey, Turn


class StaleFloor(Refusal):
    """This has changed since you saw it. This is how it is now."""


class NotYourTurn(Refusal):
    """You do not have the floor at the moment."""


class NobodyWaits(Refusal):
    """Nobody is waiting to speak."""


class NobodySpeaks(Refusal):
    """Nobody has the floor."""


def give_next(floor: Floor, signal: GiveNext) -> Floor:
    """The next in the order has the floor, if it is still the one whom the sender saw."""
    _going(floor)
    hand = order.next_hand(floor)
    if hand is None:
        raise NobodyWaits
    if hand.seat != signal.seat:
        raise StaleFloor
    how = "next" if hand.place is None else "moved"
    return _begun(_answered(floor, hand), hand.seat, how=how, minutes=None)


def give_to(floor: Floor, signal: GiveTo) -> Floor:
    """A chosen person has the floor. Who is chosen out of order moves no count (Q9)."""
    return given(floor, signal.seat, minutes=signal.minutes)


def given(floor: Floor, seat: SeatKey, *, minutes: int | None) -> Floor:
    """The floor with this person holding it; `minutes` in place of what the stage plans."""
    _going(floor)
    key = floor.owner(seat)
    if not floor.seat(key).takes_turns:
        raise NotAllowed("This person speaks without a turn.")
    if not floor.present(key):
        raise NotAllowed("This person has lost connection.")
    hand = order.next_hand(floor)
    if hand and hand.seat == key:
        return _begun(_answered(floor, hand), key, how="next", minutes=minutes)
    chosen = order.answered(order.without(floor, key), floor.seat(key).side)
    return _begun(chosen, key, how="chosen", minutes=minutes)


def end_turn(floor: Floor, _: EndTurn) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    return ended(floor, "ended")


def finish(floor: Floor, signal: Finish) -> Floor:
    """The holder, or who speaks for them, gives the floor back. A word from an earlier turn ends no later one."""
    if floor.turn is None or floor.owner(signal.by) != floor.turn.seat or not floor.seat(signal.by).takes_turns:
        raise NotYourTurn
    if signal.version is not None and signal.version < floor.turn.given_in:
        raise StaleFloor
    return ended(floor, "finished")


def more_time(floor: Floor, signal: MoreTime) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    more = timedelta(seconds=signal.seconds)
    turn = replace(floor.turn, planned=floor.turn.planned + more, budget=floor.turn.budget + more)
    return replace(floor, turn=turn).noting("more_time", seat=turn.seat, seconds=signal.seconds)


def ended(floor: Floor, how: str) -> Floor:
    """The floor with nobody holding it; `how` is the word in the list of events."""
    return replace(floor, turn=None).noting(how, seat=floor.turn.seat) if floor.turn else floor


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


def charged(floor: Floor, ran: timedelta) -> Floor:
    """The floor after its running turn ran on: for the holder's own time, and weighed for the share of their side."""
    if not floor.runs or floor.turn is None:
        return floor
    seat = floor.seat(floor.turn.seat)
    spent = floor.spent.get(seat.side, timedelta(0)) + ran * WEIGHTS[seat.stretch]
    turn = replace(floor.turn, ran=floor.turn.ran + ran)
    return replace(floor, turn=turn, spent={**floor.spent, seat.side: spent})


def _going(floor: Floor) -> None:
    if floor.pause is not None:
        raise NotAllowed("Everything stands still. Go on first.")


def _answered(floor: Floor, hand: Hand) -> Floor:
    out = order.without(floor, hand.seat)
    if hand.place is not None:
        return order.answered(out, floor.seat(hand.seat).side)
    counted = order.served(floor, hand)
    kept_places = {one.seat: one.place for one in out.hands}
    hands = tuple(replace(one, place=kept_places[one.seat]) for one in counted.hands if one.seat in kept_places)
    return replace(counted, hands=hands)


def _begun(floor: Floor, key: SeatKey, *, how: str, minutes: int | None) -> Floor:
    floor = ended(floor, "ended")
    own = floor.mode is Mode.STATEMENT
    planned = timedelta(minutes=minutes or (floor.current.own_minutes if own else floor.current.turn_minutes))
    turn = Turn(
        seat=key,
        given_at=floor.at,
        given_in=floor.version + 1,
        planned=planned,
        budget=planned * floor.seat(key).stretch // 100,
        own_time=own,
    )
    mode = Mode.QUEUE if floor.mode is Mode.MEDIATOR_SPEAKS else floor.mode
    spoken = floor.spoken if key in floor.spoken else (*floor.spoken, key)
    lowered = tuple(one for one in floor.lowered if one.hand.seat != key)
    begun = replace(floor, turn=turn, mode=mode, spoken=spoken, lowered=lowered, stated=_stated(floor, key, own=own))
    return begun.noting("gave", seat=key, how=how)


def _stated(floor: Floor, key: SeatKey, *, own: bool) -> tuple[Side, ...]:
    side = floor.seat(key).side
    return floor.stated if not own or side in floor.stated else (*floor.stated, side)
