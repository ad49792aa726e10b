"""A floor answers plain questions about itself."""

from datetime import datetime

import pytest

from cases.case import Side, Standing
from meetings.room.floor import Seat, SeatKey, opened
from meetings.room.seats import NoSuchSeat

MEDIATOR = Seat(key=SeatKey("mediator"), label="Idris V.", side=Side.NOBODY, standing=Standing.PROCESS)


def test_a_seat_that_is_not_there_is_refused(moment: datetime) -> None:
    floor = opened(MEDIATOR, lot="one", now=moment)
    assert floor.has(SeatKey("mediator"))
    assert not floor.has(SeatKey("nobody"))
    with pytest.raises(NoSuchSeat):
        floor.seat(SeatKey("nobody"))


def test_time_stretches_by_known_steps_only() -> None:
    with pytest.raises(ValueError, match="130"):
        Seat(key=SeatKey("t"), label="Tessa A.", side=Side.FAMILY, standing=Standing.PRINCIPAL, stretch=130)


def test_language_workers_and_process_people_take_no_turns() -> None:
    worker = Seat(key=SeatKey("l"), label="Lena F.", side=Side.NOBODY, standing=Standing.LANGUAGE_WORKER)
    parent = Seat(key=SeatKey("t"), label="Tessa A.", side=Side.FAMILY, standing=Standing.PRINCIPAL)
    assert [seat.takes_turns for seat in (MEDIATOR, worker, parent)] == [False, False, True]
