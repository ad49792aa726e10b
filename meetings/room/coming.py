"""Rules: who is here: admitted, connected, away, gone; who speaks for whom; and a room without a process person.

Identity is the seat, not the connection: whoever comes back finds hand, turn and rights as they were (3.11). While no
process person is here, clocks and queue stop after five seconds; after twenty, all microphones are held alike (3.12).
Both are the grace of a lost line. Before a process person has come in at all there is no line to lose and nothing that
could stand still: whoever is let in early waits with every microphone held, and the first to come finds all as opened,
with the next break in its full time.
"""

from dataclasses import replace

from meetings.room import charging, interruptions, modes, order
from meetings.room.asks import Arrived, Departed, Left, MaySpeakForMe, Seated
from meetings.room.ending import ended
from meetings.room.entries import Kind
from meetings.room.numbers import USUAL, patience_by
from meetings.room.seats import Seat, SeatKey
from meetings.room.state import Floor, NotAllowed, Pause, Why


def seated(floor: Floor, signal: Seated) -> Floor:
    """The person is one of the meeting, away until their screen is connected. Seating twice keeps the first."""
    seat = signal.seat
    if floor.has(seat.key):
        return floor
    away = floor.at if seat.screen else None
    patience = patience_by(floor.numbers, USUAL, seat.patience)  # what the plan says, in this sitting's own numbers
    there = replace(seat, away_since=away, speaks_for=None, patience=patience)
    return attended(replace(floor, seats=(*floor.seats, there)).noting("seated", seat=seat.key))


def arrived(floor: Floor, signal: Arrived) -> Floor:
    seat = floor.seat(signal.by)
    if seat.away_since is None:
        return floor
    back = floor.with_seat(replace(seat, away_since=None)).noting("arrived", seat=seat.key)
    return attended(charging.kept(interruptions.back_again(back, floor.owner(seat.key))))


def left(floor: Floor, signal: Left) -> Floor:
    """The line of this seat is down: its place is kept, and if it held the floor, its clock stopped with the line."""
    seat = floor.seat(signal.by)
    if seat.away_since is not None or not seat.screen:
        return floor
    gone = floor.with_seat(replace(seat, away_since=floor.at))
    if signal.since and floor.turn and not gone.present(floor.turn.seat):
        floor = charging.given_back(floor, signal.since, signal.back or floor.at)
    if signal.back:
        return floor if floor.turn == gone.turn else floor.noting("missed", seat=seat.key)
    return attended(charging.kept(replace(gone, turn=floor.turn, spent=floor.spent).noting("left", seat=seat.key)))


def departed(floor: Floor, signal: Departed) -> Floor:
    """The person is no longer of this meeting; what their side spoke stays counted, what they told is still seen."""
    key = floor.seat(signal.by).key
    out = ended(floor, "ended") if floor.turn and floor.turn.seat == key else floor
    for kind in Kind:
        out = order.without(out, out.hand(key, kind))
    seats = tuple(_let_go(seat, key) for seat in out.seats if seat.key != key)
    lowered = tuple(one for one in out.lowered if one.hand.seat != key)
    unfinished = tuple(one for one in out.unfinished if one.seat != key)
    rest = replace(out, seats=seats, lowered=lowered, unfinished=unfinished).noting("departed", seat=key)
    return attended(charging.kept(rest))


def may_speak(floor: Floor, signal: MaySpeakForMe) -> Floor:
    """Both share one turn and one place from now on, or no longer. A hand of the helper becomes that of the person."""
    mine, helper = floor.seat(signal.by), floor.seat(signal.seat)
    if not signal.on:
        return _alone(floor, helper) if helper.speaks_for == mine.key else floor
    if helper.speaks_for == mine.key:
        return floor
    _may_share(floor, mine, helper)
    shared = _joined(floor, mine.key, helper.key).with_seat(replace(helper, speaks_for=mine.key))
    return charging.kept(shared.noting("speaks_for", seat=mine.key, helper=helper.key, on=True))


def attended(floor: Floor) -> Floor:
    """The floor with it reckoned whether somebody who leads is here for those who have been let in: no trainee does.

    Round a real table people look to each other.
    """
    alone = all(seat.process for seat in floor.seats)
    led = any(seat.leads and seat.away_since is None for seat in floor.seats)
    if alone or floor.in_person or led:
        begun = floor.awaited and led
        due = floor.at + floor.numbers.break_every if begun else floor.break_due
        awaited = floor.awaited and not led
        here = replace(floor, unattended_since=None, safe_hold=False, awaited=awaited, break_due=due)
        return here if here == floor else here.noting("attended")
    if floor.unattended_since is not None:
        return floor
    left = replace(floor, unattended_since=floor.at, ears=False, overlap=None).noting("unattended")
    return held_alike(left) if floor.awaited else left


def stopped(floor: Floor) -> Floor:
    """No process person for five seconds: clocks and queue stand still until one says to go on.

    What stood still in a pause has stood still since then; a break, in which nobody queues, stays a break.
    """
    since, until = (floor.pause.since, floor.pause.until) if floor.pause else (floor.at, None)
    return modes.halted(floor, Pause(why=Why.UNATTENDED, since=since, until=until))


def held_alike(floor: Floor) -> Floor:
    """No process person for twenty seconds: the microphones of all sides are held alike until one is here."""
    return replace(floor, safe_hold=True).noting("safe_hold")


def _may_share(floor: Floor, mine: Seat, helper: Seat) -> None:
    fit = mine.takes_turns and helper.takes_turns and mine.side == helper.side and mine.key != helper.key
    if not fit or mine.speaks_for:
        raise NotAllowed("Only someone of your own side can speak for you.")
    if helper.speaks_for or any(seat.speaks_for == helper.key for seat in floor.seats):
        raise NotAllowed("They share a turn with someone else at the moment.")
    if floor.turn and floor.turn.seat == helper.key:
        raise NotAllowed("They have the floor for themselves at the moment.")


def _joined(floor: Floor, key: SeatKey, helper: SeatKey) -> Floor:
    """The floor with each entry of the helper now the person's, or gone where they have one of its kind."""
    for kind in Kind:
        hand = floor.hand(helper, kind)
        holds = kind is Kind.TURN and floor.turn is not None and floor.turn.seat == key
        if hand and (floor.hand(key, kind) or holds):
            floor = order.without(floor, hand)
        elif hand:
            hands = (replace(one, seat=key) if one is hand else one for one in floor.hands)
            floor = replace(floor, hands=tuple(hands))
    rests = {one.seat: one for one in floor.unfinished}
    if rest := rests.pop(helper, None):
        rests.setdefault(key, replace(rest, seat=key))
    return replace(floor, unfinished=tuple(rests.values()))


def _alone(floor: Floor, helper: Seat) -> Floor:
    alone = floor.with_seat(replace(helper, speaks_for=None))
    return charging.kept(alone.noting("speaks_for", seat=helper.speaks_for or "", helper=helper.key, on=False))


def _let_go(seat: Seat, key: SeatKey) -> Seat:
    """Nobody speaks for who has left; whom they help they still help when that person is let in again."""
    return replace(seat, speaks_for=None) if seat.speaks_for == key else seat
