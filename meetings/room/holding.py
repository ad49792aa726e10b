"""Rules: who holds the floor: given to the next or to a chosen person, ended, and kept for one who lost connection.

The tool never ends a turn because its time is over; only a process person, the holder, or 90 seconds of absence do.
Every turn begins in `given` or `give_next`, and ends in `ended`.
"""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from cases.case import Side
from database.refusal import Refusal
from meetings.room import order, rounds
from meetings.room.asks import Finish, HandOver, Signal
from meetings.room.commands import EndTurn, GiveNext, GiveTo, MoreTime
from meetings.room.ending import ended
from meetings.room.entries import Hand, Kind, Rest, Turn
from meetings.room.reading import reading_time, reply_time
from meetings.room.seats import SeatKey
from meetings.room.stages import Mode
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
    """A chosen person has the floor: for an answer or the rest of a turn if they wait for one, else for a turn (Q9)."""
    key = _able(floor, signal.seat)
    if signal.minutes and floor.mode is Mode.STATEMENT:
        raise NotAllowed("Each side’s own time is equally long. Its minutes are chosen when it begins.")
    entry = _waits_for(floor, key)
    return _answered(floor, entry) if entry else given(floor, key, minutes=signal.minutes)


def given(floor: Floor, seat: SeatKey, *, minutes: int | None) -> Floor:
    """The floor with this person holding it for a turn; `minutes` in place of what the stage plans."""
    key = _able(floor, seat)
    if floor.turn and floor.turn.seat == key:
        floor = ended(floor, "ended")
    if floor.mode is Mode.ROUND:
        return _in_round(floor, key, how="chosen", minutes=minutes)
    hand = order.next_hand(floor)
    if hand and hand.seat == key:
        return _answered(floor, hand, minutes=minutes)
    mine = floor.hand(key)
    return _begun(floor, key, how="chosen", planned=allotted(floor, mine, minutes=minutes), hand=mine)


def end_turn(floor: Floor, _: EndTurn) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    return ended(floor, "ended")


def finish(floor: Floor, signal: Finish) -> Floor:
    """The holder, or who speaks for them, gives the floor back. A word from an earlier turn ends no later one."""
    own_turn(floor, signal)
    return ended(floor, "finished")


def own_turn(floor: Floor, signal: Signal) -> Turn:
    """The running turn, of which its holder asks something; what was asked of an earlier one is refused."""
    turn = floor.turn
    if turn is None or not floor.holds_floor(floor.seat(signal.by)):
        raise NotYourTurn
    if turn.began_after(signal.version):
        raise StaleFloor
    return turn


def hand_over(floor: Floor, signal: HandOver) -> Floor:
    """Somebody else of the side goes on in the time that is left: in a round and in a side's own time (3.10)."""
    turn = own_turn(floor, signal)
    before, after = floor.seat(turn.seat), floor.seat(floor.owner(signal.seat))
    belongs = turn.own_time or (floor.mode is Mode.ROUND and not turn.answers)
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
        still_to=None,
        words=None,
        ran_from=None,
    )
    out = order.without(floor, passed_on.hand)
    return replace(out, turn=passed_on, spoken=_with(out.spoken, after.key)).noting("handed_over", seat=after.key)


def more_time(floor: Floor, signal: MoreTime) -> Floor:
    if floor.turn is None:
        raise NobodySpeaks
    before, more = floor.turn, timedelta(seconds=signal.seconds)
    added = _stretched(floor, before.seat, more, text=bool(before.words))
    turn = replace(before, planned=before.planned + added.planned, budget=before.budget + added.budget)
    return replace(floor, turn=turn).noting("more_time", seat=turn.seat, seconds=signal.seconds)


def _going(floor: Floor) -> None:
    if floor.pause is not None:
        raise NotAllowed("Everything stands still. Go on first.")
    if floor.mode is Mode.PRIVATE_ROOMS:
        raise NotAllowed("People are in private rooms. Choose another way of taking turns first.")


def _able(floor: Floor, seat: SeatKey) -> SeatKey:
    """Whose turn it would be, if this person can be given the floor now."""
    _going(floor)
    key = floor.owner(seat)
    if not floor.seat(key).takes_turns:
        raise NotAllowed("This person speaks without a turn.")
    if not floor.present(key):
        raise NotAllowed("This person has lost connection.")
    return key


def _waits_for(floor: Floor, key: SeatKey) -> Hand | None:
    """The first entry of this person that is no turn. In a round there are no answers."""
    kinds = {Kind.FINISHING} if floor.mode is Mode.ROUND else {Kind.FINISHING, Kind.REPLY}
    return next((hand for hand in order.order(floor) if hand.seat == key and hand.kind in kinds), None)


def _upcoming(floor: Floor) -> tuple[SeatKey | None, Hand | None]:
    """Who is next, and by which entry. In a round the rest of an interrupted turn comes first, and answers last."""
    hand = order.next_hand(floor)
    placed = hand and (hand.kind is Kind.FINISHING or (hand.kind is Kind.REPLY and rounds.is_complete(floor)))
    if floor.mode is not Mode.ROUND or placed:
        return (hand.seat if hand else None), hand
    speaker = rounds.speaker(floor)
    return (speaker.key if speaker else None), None


def _answered(floor: Floor, hand: Hand, *, minutes: int | None = None) -> Floor:
    """The floor to who stands first."""
    in_order = "next" if hand.waits_in_turn else "moved"
    how = in_order if hand.kind is Kind.TURN else hand.kind.value
    return _begun(floor, hand.seat, how=how, planned=allotted(floor, hand, minutes=minutes), hand=hand)


def _in_round(floor: Floor, key: SeatKey, *, how: str, minutes: int | None) -> Floor:
    """The floor to a side in its round: a hand that its speaker had up goes with it (Q13)."""
    mine = floor.hand(key)
    return _begun(floor, key, how=how, planned=allotted(floor, mine, minutes=minutes), hand=mine)


def _counted(floor: Floor, key: SeatKey, hand: Hand | None, *, how: str) -> Floor:
    """The floor with this entry out of its queue.

    What was given in its order counts for both bounds, what the mediator chose ends the waiting of that side, and an
    answer, the rest of a turn and a round are outside (Q5 to Q9).
    """
    if hand and how == "next":
        return order.served(floor, hand)
    out = order.without(floor, hand)
    ends = floor.mode is not Mode.ROUND and how in {"moved", "chosen"}
    return order.answered(out, floor.seat(key).side) if ends else out


def allotted(floor: Floor, hand: Hand | None = None, *, minutes: int | None = None) -> timedelta:
    """How long a turn by this entry is planned: an answer's cap (Q7), as said, by what is asked for, by the stage."""
    if hand and hand.kind is Kind.REPLY:
        return reply_time(hand.words, floor.numbers.reply)
    if minutes:
        return timedelta(minutes=minutes)
    if hand and hand.words:
        return reading_time(hand.words)
    if floor.mode is Mode.ROUND and floor.round:
        return timedelta(minutes=floor.round.minutes)
    return own_time(floor) if floor.mode is Mode.STATEMENT else timedelta(minutes=floor.current.turn_minutes)


def own_time(floor: Floor) -> timedelta:
    """How long each side's own time is: the same for every side, as it was set when the first began, else planned."""
    return timedelta(minutes=floor.own_minutes or floor.current.own_minutes)


def _begun(floor: Floor, key: SeatKey, *, how: str, planned: timedelta, hand: Hand | None = None) -> Floor:
    floor = ended(floor, "ended")
    hand = floor.hand(key, hand.kind) if hand else None
    kind = hand.kind if hand else Kind.TURN
    rest = (hand.rest if hand else None) or _stretched(floor, key, planned, text=bool(hand and hand.words))
    own = floor.mode is Mode.STATEMENT and kind is not Kind.REPLY and not rest.answer
    turn = Turn(
        seat=key,
        given_at=floor.at,
        given_in=floor.version + 1,
        planned=rest.planned,
        budget=rest.budget,
        own_time=own,
        kind=kind,
        hand=hand if kind is Kind.TURN else None,
        before=order.counts(floor) if hand and kind is Kind.TURN else None,
        words=hand.words if hand else None,
        answer=rest.answer,
    )
    counted = _counted(floor, key, hand, how=how)
    begun = replace(
        counted,
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
