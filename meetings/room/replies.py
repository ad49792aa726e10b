"""Rules: a direct question and its answer, which comes directly under it and is in neither bound (Q7).

So that no pair of people can talk past everybody else: one question in a turn, none in an answer, and of another side.
A process person asks whom they like. Who does not speak answers in writing, at the same place and in the same time.
"""

from dataclasses import replace

from database.refusal import Refusal
from meetings.room import hands, order, rounds
from meetings.room.asks import AskReply, WriteReply
from meetings.room.entries import Hand, Kind, Turn
from meetings.room.holding import own_turn
from meetings.room.reading import reply_time
from meetings.room.seats import Seat, SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Floor, NotAllowed


class NotAsked(Refusal):
    """There is no question that waits for your answer. You can ask for a turn, and write it."""


def ask_reply(floor: Floor, signal: AskReply) -> Floor:
    """The answer to a direct question stands directly under it: behind earlier answers, before every turn (Q7)."""
    asker, seat = floor.seat(signal.by), floor.owner(signal.seat)
    if floor.hand(seat, Kind.REPLY):
        return floor
    _may_ask(floor, signal, floor.seat(seat))
    before = sum(hand.kind is not Kind.TURN and floor.present(hand.seat) for hand in floor.hands)
    reply = Hand(seat=seat, since=floor.at, wave=0, kind=Kind.REPLY)
    turn = replace(floor.turn, asked=seat) if floor.turn and not asker.leads else floor.turn
    return order.put(replace(floor, turn=turn), reply, before + 1).noting("asked", seat=seat)


def write_reply(floor: Floor, signal: WriteReply) -> Floor:
    """The answer is in writing: read when it comes, at once where it has the floor; until then words replace words."""
    seat = floor.owner(signal.by)
    if hand := floor.hand(seat, Kind.REPLY):
        if not hands.may_write(hand, by=signal.by):
            raise NotAllowed("They have written this answer themselves. Only they can change it.")
        written = replace(hand, words=signal.words)
        after = replace(floor, hands=tuple(written if one is hand else one for one in floor.hands))
        return after.noting("wrote_reply", seat=seat)
    turn = answering(floor, seat)
    if turn is None:
        raise NotAsked
    until = turn.ran + reply_time(signal.words, floor.numbers.reply)
    reading = replace(turn, words=signal.words, planned=until, budget=until)
    return replace(floor, turn=reading).noting("wrote_reply", seat=seat)


def answering(floor: Floor, seat: SeatKey) -> Turn | None:
    """The turn in which this person answers a question, while the answer is not in writing yet."""
    turn = floor.turn
    return turn if turn and turn.seat == seat and turn.kind is Kind.REPLY and not turn.words else None


def _may_ask(floor: Floor, signal: AskReply, seat: Seat) -> None:
    asker = floor.seat(signal.by)
    if floor.mode is Mode.ROUND and not rounds.is_complete(floor):
        raise NotAllowed("In a round there are no replies until every side has spoken.")
    if floor.frozen:
        raise hands.FloorFrozen
    if not seat.takes_turns or (floor.turn and floor.turn.seat == seat.key):
        raise NotAllowed("This person can answer without asking for a turn.")
    if asker.leads:
        return
    turn = own_turn(floor, signal)
    if turn.answers or turn.asked:
        raise NotAllowed("One question in a turn, and none in an answer, so that others get theirs.")
    if turn.own_time:
        raise NotAllowed("In a side’s own time nobody answers yet. You can ask when it is over.")
    if seat.side is asker.side:
        raise NotAllowed("You can ask somebody of another side. Somebody of your own can speak in your turn.")
