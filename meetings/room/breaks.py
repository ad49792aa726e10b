"""Rules: breaks: when one is due or asked for, what puts it off, when it is over, and who is back from it (3.5).

A break is a mark that all see, and that anyone may bring forward to now; none begins or ends by itself. At the end that
was announced everybody is told that the break is over, and process people see who has not come back yet.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from meetings.room.asks import BackAgain
from meetings.room.commands import PutOffBreak
from meetings.room.seats import SeatKey
from meetings.room.state import Floor, NotAllowed, Why
from meetings.room.told import What


class Mark(StrEnum):
    """How near the next break is, as everybody sees it."""

    LATER = "later"
    SOON = "soon"
    DUE = "due"
    ASKED = "asked"


def on_break(floor: Floor) -> bool:
    return floor.pause is not None and floor.pause.why is Why.BREAK


def mark(floor: Floor) -> Mark | None:
    """How near the next break is; None during one."""
    if on_break(floor):
        return None
    if floor.break_planned is not None:
        return Mark.ASKED
    if floor.awaited:
        return Mark.LATER
    if floor.at >= floor.break_due:
        return Mark.DUE
    return Mark.SOON if floor.at >= floor.break_due - floor.numbers.break_ahead else Mark.LATER


def next_mark(floor: Floor) -> datetime | None:
    """When the break that is planned comes nearer."""
    if on_break(floor) or floor.awaited:
        return None
    return next((at for at in (floor.break_due - floor.numbers.break_ahead, floor.break_due) if at > floor.at), None)


def marked(floor: Floor) -> Floor:
    now = mark(floor)
    return floor.noting("break_mark", mark=now.value if now else "")


def asked(floor: Floor, by: SeatKey) -> Floor:
    """The break is due now, and all see that it was asked for; who asked is not said. Once in ten minutes a person."""
    lately = tuple(one for one in floor.break_askers if one[1] + floor.numbers.break_again > floor.at)
    if mark(floor) not in {Mark.LATER, Mark.SOON} or floor.awaited or any(seat == by for seat, _ in lately):
        return floor
    now = replace(floor, break_due=floor.at, break_planned=floor.break_due, break_askers=(*lately, (by, floor.at)))
    return now.noting("break_asked")


def withdrawn(floor: Floor) -> Floor:
    """Whoever asked for a break has taken it back: unless another asks too, it is due as it was planned."""
    if floor.break_planned is None or any(one.open and one.what is What.BREAK for one in floor.told):
        return floor
    return replace(floor, break_due=floor.break_planned, break_planned=None).noting("break_withdrawn")


def answered(floor: Floor, by: SeatKey) -> Floor:
    """The break is settled by this process person: nobody asks for it any more, and who did has a tick."""
    told = tuple(
        replace(one, seen_by=by, seen_at=floor.at) if one.open and one.what is What.BREAK else one for one in floor.told
    )
    return replace(floor, told=told, break_planned=None)


def next_end(floor: Floor) -> datetime | None:
    """When the standstill comes to the end that was announced."""
    until = floor.pause.until if floor.pause else None
    return until if until and until > floor.at else None


def is_over(floor: Floor) -> bool:
    """Whether the end that was announced is past, though everything still stands still."""
    return floor.pause is not None and floor.pause.until is not None and floor.at >= floor.pause.until


def told_over(floor: Floor) -> Floor:
    return floor.noting("rest_over")


def put_off(floor: Floor, signal: PutOffBreak) -> Floor:
    """The break is due in so many minutes, or later if it was planned for later."""
    due = max(floor.break_due, floor.at + timedelta(minutes=signal.minutes))
    if on_break(floor) or due == floor.break_due:
        return floor
    return replace(answered(floor, signal.by), break_due=due).noting("break_put_off", minutes=signal.minutes)


def back_again(floor: Floor, signal: BackAgain) -> Floor:
    """Process people see that this person is back from the break."""
    if floor.seat(signal.by).process or not on_break(floor):
        raise NotAllowed("We are not on a break.")
    if signal.by in floor.back:
        return floor
    return replace(floor, back=(*floor.back, signal.by)).noting("back", seat=signal.by)


def not_back(floor: Floor) -> tuple[SeatKey, ...]:
    """Who has not said yet that they are back, or has no connection; nobody who has no screen to say it on."""
    if not on_break(floor) or floor.in_person:
        return ()
    waited = (seat for seat in floor.seats if not seat.process and seat.screen)
    return tuple(seat.key for seat in waited if seat.key not in floor.back or not seat.here)
