"""Rules: two sides at once: what a process person sees of it and may do, and how the holder gets their time back (3.6).

What is heard moves nothing and mutes nobody. While it lasts the holder's time stands still; a cue is answered in one of
three ways or goes by itself after thirty seconds, so that no lost report can stop a clock for longer.
"""

from dataclasses import replace
from datetime import timedelta

from cases.case import Side
from database.refusal import Refusal
from meetings.room import order
from meetings.room.asks import NotFinished, OverlapOver, Overlapped
from meetings.room.commands import Command, HolderYields, LetFinish, Nothing
from meetings.room.ending import ended
from meetings.room.entries import Hand, Kind, Overlap
from meetings.room.holding import StaleFloor
from meetings.room.seats import Seat, SeatKey
from meetings.room.state import Floor


class NothingLeft(Refusal):
    """There is nothing left of your turn to come back to. You can ask to speak again."""


def overlapped(floor: Floor, signal: Overlapped) -> Floor:
    """Process people have a cue, and the holder's time stands still; only other sides can speak over somebody.

    A second one stops the clock again, though the cue of the first still waits to be answered.
    """
    turn = floor.turn
    if turn is None or not floor.hearing or not floor.runs:
        return floor
    side = floor.seat(turn.seat).side
    others = tuple(key for key in signal.seats if floor.has(key) and _speaks_over(floor.seat(key), side))
    if not others:
        return floor
    return replace(floor, overlap=Overlap(seats=others, since=floor.at)).noting("overlap", seat=turn.seat)


def _speaks_over(seat: Seat, side: Side) -> bool:
    return seat.takes_turns and seat.side is not side


def overlap_over(floor: Floor, _: OverlapOver) -> Floor:
    """Time runs on; the cue stays until it is answered."""
    if floor.overlap is None or floor.overlap.over:
        return floor
    return replace(floor, overlap=replace(floor.overlap, over=True)).noting("overlap_over")


def let_finish(floor: Floor, signal: LetFinish) -> Floor:
    """Everybody is told, for a while, that the holder still has the floor."""
    turn = _spoken_over(floor, signal)
    return replace(floor, overlap=None, card_until=floor.at + floor.numbers.card).noting("let_finish", seat=turn)


def holder_yields(floor: Floor, signal: HolderYields) -> Floor:
    """Nobody has the floor, and the holder may have the rest of their time when they ask for it."""
    _spoken_over(floor, signal)
    return ended(floor, "yielded")


def nothing(floor: Floor, signal: Nothing) -> Floor:
    _spoken_over(floor, signal)
    return replace(floor, overlap=None).noting("nothing")


def _spoken_over(floor: Floor, signal: Command) -> SeatKey:
    """Who is spoken over; a cue of an earlier turn answers no later one."""
    if floor.overlap is None or floor.turn is None or (signal.version or 0) < floor.turn.given_in:
        raise StaleFloor
    return floor.turn.seat


def not_finished(floor: Floor, signal: NotFinished) -> Floor:
    """The rest of the turn stands at the head of the queue (Q8)."""
    seat = floor.owner(signal.by)
    found = next((one for one in floor.unfinished if one.seat == seat), None)
    if found is None:
        if floor.hand(seat, Kind.FINISHING):
            return floor
        raise NothingLeft
    rest = Hand(seat=seat, since=floor.at, wave=0, kind=Kind.FINISHING, rest=found.rest, words=found.rest.words)
    kept = replace(floor, unfinished=tuple(one for one in floor.unfinished if one is not found))
    return order.put(kept, rest, 1).noting("not_finished", seat=seat)


def cue_gone(floor: Floor) -> Floor:
    """The cue has been there for long enough; if it stood still, the holder's time runs on."""
    return replace(floor, overlap=None).noting("cue_gone")


def card_gone(floor: Floor) -> Floor:
    return replace(floor, card_until=None).noting("card_gone")


def chance_gone(floor: Floor) -> Floor:
    """Who did not ask for the rest of their time in a minute has let it go."""
    kept = tuple(one for one in floor.unfinished if one.until is None or one.until > floor.at)
    return replace(floor, unfinished=kept).noting("chance_gone")


def waited(floor: Floor, passed: timedelta) -> Floor:
    """While the floor stands still, so does the minute in which somebody may ask for the rest of their turn."""
    if not floor.unfinished:
        return floor
    later = (replace(one, until=one.until + passed) if one.until else one for one in floor.unfinished)
    return replace(floor, unfinished=tuple(later))


def back_again(floor: Floor, key: SeatKey) -> Floor:
    """Who lost the floor with their line has a minute from now to ask for the rest of their turn."""
    until = floor.at + floor.numbers.unfinished
    kept = (replace(one, until=until) if one.seat == key and one.until is None else one for one in floor.unfinished)
    return replace(floor, unfinished=tuple(kept))
