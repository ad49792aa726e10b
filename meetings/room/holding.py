"""Rules: who holds the floor: given to the next or to a chosen person, ended, and kept for one who lost connection.

The tool never ends a turn because its time is over; only a process person, the holder, or 90 seconds of absence do.
Every turn begins in `given` or `give_next`, and ends in `ended`.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from cases.case import Side
from database.refusal import Refusal
from meetings.room import order, rounds
from meetings.room.asks import Finish, HandOver
from meetings.room.commands import EndTurn, GiveNext, GiveTo, MoreTime
from meetings.room.ending import ended
from meetings.room.entries import Hand, Kind, Rest, Turn
from meetings.room.reading import reading_time, reply_time
from meetings.room.seats import WEIGHTS, SeatKey
from meetings.room.stages import UNCOUNTED, Mode
from meetings.room.state import Floor, NotAllowed

One = TypeVar("One")


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
    seat, hand = _upcoming(floor)
    if seat is None:
        raise NobodyWaits
    if seat != signal.seat:
        raise StaleFloor
    return _answered(floor, hand) if hand else _in_round(floor, seat, how="round", minutes=None)


def next_seat(floor: Floor) -> SeatKey | None:
    """Whom the mediator's button names: the next in the order, and in a round the speaker of the next side."""
    return _upcoming(floor)[0]


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
    if floor.turn and floor.turn.seat == key:
        floor = ended(floor, "ended")
    if floor.mode is Mode.ROUND:
        return _in_round(floor, key, how="chosen", minutes=minutes)
    hand = order.next_hand(floor)
    if hand and hand.seat == key:
        return _answered(floor, hand, minutes=minutes)
    mine = floor.hand(key)
    chosen = order.answered(order.without(floor, mine), floor.seat(key).side)
    return _begun(chosen, key, how="chosen", planned=_allotted(floor, minutes, mine), hand=mine)


def end_turn(floor: Floor, _: EndTurn) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    return ended(floor, "ended")


def finish(floor: Floor, signal: Finish) -> Floor:
    """The holder, or who speaks for them, gives the floor back. A word from an earlier turn ends no later one."""
    if floor.turn is None or not floor.holds_floor(floor.seat(signal.by)):
        raise NotYourTurn
    if signal.version is not None and signal.version < floor.turn.given_in:
        raise StaleFloor
    return ended(floor, "finished")


def hand_over(floor: Floor, signal: HandOver) -> Floor:
    """Somebody else of the side goes on in the time that is left: in a round and in a side's own time (3.10)."""
    turn = floor.turn
    if turn is None or not floor.holds_floor(floor.seat(signal.by)):
        raise NotYourTurn
    before, after = floor.seat(turn.seat), floor.seat(floor.owner(signal.seat))
    belongs = turn.own_time or floor.mode is Mode.ROUND
    if not belongs or after.side is not before.side or not after.takes_turns or not floor.present(after.key):
        raise NotAllowed("Only somebody of your own side who is here can go on in your time.")
    if after.key == before.key:
        return floor
    rest, waiting = turn.rest.planned, floor.hand(after.key)
    budget = turn.ran + rest * after.stretch // 100
    passed_on = replace(
        turn,
        seat=after.key,
        given_in=floor.version + 1,
        budget=budget,
        hand=waiting if waiting and not waiting.words else None,
        keep_until=None,
        words=None,
        ran_from=None,
    )
    out = order.without(floor, passed_on.hand)
    return replace(out, turn=passed_on, spoken=_with(out.spoken, after.key)).noting("handed_over", seat=after.key)


def more_time(floor: Floor, signal: MoreTime) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    more = timedelta(seconds=signal.seconds)
    turn = replace(floor.turn, planned=floor.turn.planned + more, budget=floor.turn.budget + more)
    return replace(floor, turn=turn).noting("more_time", seat=turn.seat, seconds=signal.seconds)


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
    turn = floor.turn
    if not floor.runs or turn is None:
        return floor
    begins = turn.ran_from if turn.ran_to == floor.at else floor.at
    return _counted(floor, replace(turn, ran=turn.ran + ran, ran_from=begins, ran_to=floor.at + ran), ran)


def given_back(floor: Floor, since: datetime, until: datetime) -> Floor:
    """The floor with the time that ran between these moments not charged: the holder's line was dead, unnoticed."""
    turn = floor.turn
    if turn is None or turn.ran_from is None or turn.ran_to is None:
        return floor
    until = min(until, turn.ran_to)
    lost = min(until - max(since, turn.ran_from), turn.ran)
    if lost <= timedelta(0):
        return floor
    return _counted(floor, replace(turn, ran=turn.ran - lost, ran_from=until), -lost)


def _counted(floor: Floor, turn: Turn, ran: timedelta) -> Floor:
    charged = replace(floor, turn=turn)
    if floor.mode in UNCOUNTED:
        return charged
    seat = floor.seat(turn.seat)
    spent = floor.spent.get(seat.side, timedelta(0)) + ran * WEIGHTS[seat.stretch]
    return replace(charged, spent={**floor.spent, seat.side: max(timedelta(0), spent)})


def _going(floor: Floor) -> None:
    if floor.pause is not None:
        raise NotAllowed("Everything stands still. Go on first.")
    if floor.mode is Mode.PRIVATE_ROOMS:
        raise NotAllowed("People are in private rooms. Choose another way of taking turns first.")


def _upcoming(floor: Floor) -> tuple[SeatKey | None, Hand | None]:
    """Who is next, and by which entry. In a round only the rest of an interrupted turn comes before the next side."""
    hand = order.next_hand(floor)
    if floor.mode is not Mode.ROUND or (hand and hand.kind is Kind.FINISHING):
        return (hand.seat if hand else None), hand
    speaker = rounds.speaker(floor)
    return (speaker.key if speaker else None), None


def _answered(floor: Floor, hand: Hand, *, minutes: int | None = None) -> Floor:
    """The floor to who stands first. Only a turn that was not moved counts for the bounds (Q5, Q6)."""
    if hand.waits_in_turn:
        counted, how = order.served(floor, hand), "next"
    elif hand.kind is Kind.TURN:
        counted, how = order.answered(order.without(floor, hand), floor.seat(hand.seat).side), "moved"
    else:
        counted, how = order.without(floor, hand), hand.kind.value
    return _begun(counted, hand.seat, how=how, planned=_allotted(floor, minutes, hand), hand=hand)


def _in_round(floor: Floor, key: SeatKey, *, how: str, minutes: int | None) -> Floor:
    """The floor to a side in its round: a hand that its speaker had up goes with it, outside both counts (Q13)."""
    mine = floor.hand(key)
    return _begun(order.without(floor, mine), key, how=how, planned=_allotted(floor, minutes, mine), hand=mine)


def _allotted(floor: Floor, minutes: int | None, hand: Hand | None = None) -> timedelta:
    """How long this turn is planned to last: as said now, else by what is asked for, else by the stage."""
    if minutes:
        return timedelta(minutes=minutes)
    if hand and hand.kind is Kind.REPLY:
        return reply_time(hand.words, floor.numbers.reply)
    if hand and hand.words:
        return reading_time(hand.words)
    if floor.mode is Mode.ROUND and floor.round:
        return timedelta(minutes=floor.round.minutes)
    return own_time(floor) if floor.mode is Mode.STATEMENT else timedelta(minutes=floor.current.turn_minutes)


def usual_turn(floor: Floor) -> timedelta:
    """How long a turn is at this moment for somebody whose time is not stretched."""
    return _allotted(floor, None)


def own_time(floor: Floor) -> timedelta:
    """How long each side's own time is: the same for every side, as it was set when the first began, else planned."""
    return timedelta(minutes=floor.own_minutes or floor.current.own_minutes)


def _begun(floor: Floor, key: SeatKey, *, how: str, planned: timedelta, hand: Hand | None = None) -> Floor:
    floor = ended(floor, "ended")
    kind = hand.kind if hand else Kind.TURN
    own = floor.mode is Mode.STATEMENT and kind is not Kind.REPLY
    rest = (hand.rest if hand else None) or _stretched(floor, key, planned, text=bool(hand and hand.words))
    turn = Turn(
        seat=key,
        given_at=floor.at,
        given_in=floor.version + 1,
        planned=rest.planned,
        budget=rest.budget,
        own_time=own,
        kind=kind,
        hand=hand if kind is Kind.TURN else None,
        words=hand.words if hand else None,
    )
    begun = replace(
        floor,
        turn=turn,
        mode=Mode.QUEUE if floor.mode is Mode.MEDIATOR_SPEAKS else floor.mode,
        spoken=_with(floor.spoken, key),
        lowered=tuple(one for one in floor.lowered if one.hand.seat != key),
        unfinished=tuple(one for one in floor.unfinished if one.seat != key),
        stated=_stated(floor, key, own=own),
    )
    return begun.noting("gave", seat=key, how=how)


def _stretched(floor: Floor, key: SeatKey, planned: timedelta, *, text: bool) -> Rest:
    """A text takes as long to read whoever wrote it; everything else is stretched for who needs more time."""
    percent = 100 if text else floor.seat(key).stretch
    return Rest(planned=planned, budget=planned * percent // 100)


def _stated(floor: Floor, key: SeatKey, *, own: bool) -> tuple[Side, ...]:
    side = floor.seat(key).side
    return _with(floor.stated, side) if own else floor.stated


def _with(row: tuple[One, ...], one: One) -> tuple[One, ...]:
    return row if one in row else (*row, one)
