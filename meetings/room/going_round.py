"""Rules: what is asked of a round: that it begins, and that a side passes (3.10)."""

from dataclasses import replace

from meetings.room import rounds
from meetings.room.asks import PassTurn
from meetings.room.commands import StartRound
from meetings.room.ending import ended
from meetings.room.holding import StaleFloor
from meetings.room.stages import Mode
from meetings.room.state import Floor, NotAllowed


def start_round(floor: Floor, signal: StartRound) -> Floor:
    """A round has begun, and nobody has the floor until the first side is given it."""
    still = replace(ended(floor, "ended"), mode=Mode.ROUND)
    return rounds.begun(still, minutes=signal.minutes, agreed=signal.sides)


def pass_turn(floor: Floor, signal: PassTurn) -> Floor:
    """The side that has the floor passes; while nobody has it, a process person may say so for the next side.

    For the last one, which is not here, they may; to be asked once more means then, when it is back.
    """
    seat = floor.seat(signal.by)
    if floor.mode is not Mode.ROUND or floor.round is None:
        raise NotAllowed("There is no round.")
    if floor.turn and not floor.turn.answers and (seat.leads or floor.holds_floor(seat)):
        if floor.turn.began_after(signal.version):
            raise StaleFloor
        side = floor.seat(floor.turn.seat).side
        return rounds.passed(ended(floor, "passed"), side, back=signal.back)
    missing = rounds.missing(floor)
    side_next = missing or rounds.next_side(floor)
    if floor.turn or not seat.leads or side_next is None:
        raise NotAllowed("You can pass when it is your side’s turn.")
    return (
        rounds.put_off(floor, side_next)
        if missing and signal.back
        else rounds.passed(floor, side_next, back=signal.back)
    )
