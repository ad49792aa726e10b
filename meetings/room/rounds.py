"""Rules: a round: each side in turn, in an order that is drawn or agreed and turned on by one each time (3.10).

The allotment belongs to the side, whoever of it speaks. A side may pass, or pass and be asked once more at the end.
A side that is not here is skipped; in the end it is passed for, or put off until it is back. There are no replies until
every side has had its turn; then the mediator reads back what was said.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from cases.case import Side, Standing
from meetings.room.entries import Round
from meetings.room.seats import Seat
from meetings.room.state import Floor, NotAllowed

FIRST = (Standing.PRINCIPAL, Standing.YOUNG_PERSON, Standing.WITNESS, Standing.SUPPORTER)
"""Who is named first for a side; anybody of it may speak instead."""


def begun(floor: Floor, *, minutes: int | None = None, agreed: Sequence[Side] = ()) -> Floor:
    """The floor with a new round: as the sides agreed, else the last order turned on by one, else drawn by lot."""
    sides = present_sides(floor)
    if agreed and sorted(agreed) != sorted(sides):
        raise NotAllowed("Name every side that is here, each once.")
    order = tuple(agreed) or _turned(floor, sides)
    number = floor.rounds + 1
    fresh = Round(
        number=number,
        order=order,
        waiting=order,
        minutes=minutes or floor.current.turn_minutes,
        agreed=bool(agreed),
    )
    return replace(floor, round=fresh, rounds=number, round_order=order).noting("round", number=number)


def present_sides(floor: Floor) -> tuple[Side, ...]:
    """The sides that take part in a round: those with somebody who takes turns."""
    return tuple(side for side in Side if any(seat.takes_turns and seat.side is side for seat in floor.seats))


def next_side(floor: Floor) -> Side | None:
    """Whose turn is next: the first that has somebody here and does not speak now; who is away is not dropped."""
    waiting = floor.round.waiting if floor.round else ()
    speaking = floor.seat(floor.turn.seat).side if floor.turn else None
    return next((side for side in waiting if side is not speaking and _speaker_of(floor, side)), None)


def speaker(floor: Floor) -> Seat | None:
    """Who is named for the next side."""
    side = next_side(floor)
    return _speaker_of(floor, side) if side else None


def missing(floor: Floor) -> Side | None:
    """The side that the round waits for and that is not here, once no other is to come."""
    if floor.turn is not None or next_side(floor):
        return None
    return next(iter(_open(floor)), None)


def is_complete(floor: Floor) -> bool:
    """Whether every side that is still of this meeting has had its turn, passed or is put off; answers may follow."""
    return floor.round is not None and (floor.turn is None or floor.turn.answers) and not _open(floor)


def said(floor: Floor) -> Floor:
    """The floor after the running turn, whose side has now had its turn in the round; an answer is no turn of it."""
    if floor.round is None or floor.turn is None or floor.turn.answers:
        return floor
    side = floor.seat(floor.turn.seat).side
    had = floor.round.said if side in floor.round.said else (*floor.round.said, side)
    passed = tuple(one for one in floor.round.passed if one is not side)
    return replace(floor, round=replace(_over(floor.round, side), said=had, passed=passed))


def passed(floor: Floor, side: Side, *, back: bool) -> Floor:
    """The floor after this side passed; with `back` it is asked once more at the end, and only once."""
    if floor.round is None:
        raise NotAllowed("There is no round.")
    over = _over(floor.round, side)
    if not back:
        return replace(floor, round=replace(over, passed=(*over.passed, side))).noting("passed", side=side.value)
    if side in over.back:
        raise NotAllowed("This side was asked to come back already. It can speak now, or pass.")
    again = replace(over, waiting=(*over.waiting, side), back=(*over.back, side))
    return replace(floor, round=again).noting("comes_back", side=side.value)


def put_off(floor: Floor, side: Side) -> Floor:
    """The floor with this side, which is not here, asked when it is back; until then the round goes without it."""
    if floor.round is None:
        raise NotAllowed("There is no round.")
    over = _over(floor.round, side)
    later = over.later if side in over.later else (*over.later, side)
    off = replace(over, waiting=(*over.waiting, side), later=later)
    return replace(floor, round=off).noting("put_off", side=side.value)


def _open(floor: Floor) -> tuple[Side, ...]:
    """The sides without which the round is not complete."""
    if floor.round is None:
        return ()
    there, later = present_sides(floor), floor.round.later
    return tuple(
        side for side in floor.round.waiting if side in there and (side not in later or _speaker_of(floor, side))
    )


def _over(before: Round, side: Side) -> Round:
    return replace(before, waiting=tuple(one for one in before.waiting if one is not side))


def _speaker_of(floor: Floor, side: Side) -> Seat | None:
    able = (seat for seat in floor.seats if seat.side is side and seat.takes_turns and floor.present(seat.key))
    return min(
        (seat for seat in able if not seat.speaks_for), key=lambda seat: FIRST.index(seat.standing), default=None
    )


def _turned(floor: Floor, sides: tuple[Side, ...]) -> tuple[Side, ...]:
    before = [side for side in floor.round_order if side in sides]
    if not before:
        return tuple(sorted(sides, key=lambda side: sha256(f"{floor.lot}/round/{side}".encode()).hexdigest()))
    new = [side for side in sides if side not in before]
    return (*before[1:], before[0], *new)
