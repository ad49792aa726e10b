"""Act: whom a supporter or an interpreter helps at a meeting, as far as the house knows.

Whom an interpreter interprets for is said where they are entered; where nobody has said it, it is the one person at the
meeting who has asked for an interpreter. The mediator can say otherwise at the desk.
"""

from collections.abc import Mapping

from cases import file
from cases.case import Standing
from cases.dossier import Seat
from database.engine import Transaction
from meetings import register
from meetings.meeting import AttendanceState
from meetings.register import Meeting
from meetings.room.seats import SeatKey

INTERPRETED = frozenset({"interpreter", "bsl"})
"""The needs, as they are chosen in an enquiry, that an interpreter meets."""


async def helped(db: Transaction, meeting: Meeting, helper: Seat) -> SeatKey | None:
    """The person helped, by their place at this meeting; None for who helps nobody, or where it is not known whom."""
    if helper.standing is Standing.SUPPORTER:
        return _supported(await _expected(db, meeting), helper)
    if helper.standing is Standing.LANGUAGE_WORKER:
        return _interpreted(await _expected(db, meeting), helper)
    return None


async def _expected(db: Transaction, meeting: Meeting) -> Mapping[SeatKey, Seat]:
    there = [one for one in await register.attendances(db, meeting.id) if one.state is not AttendanceState.WITHDRAWN]
    return {SeatKey(one.id): await file.load_seat(db, one.seat_id) for one in there}


def _supported(expected: Mapping[SeatKey, Seat], helper: Seat) -> SeatKey | None:
    """The principal of the helper's side."""
    mine = (key for key, one in expected.items() if one.side is helper.side and one.standing is Standing.PRINCIPAL)
    return next(mine, None)


def _interpreted(expected: Mapping[SeatKey, Seat], helper: Seat) -> SeatKey | None:
    if helper.helps is not None:
        return next((key for key, one in expected.items() if one.id == helper.helps), None)
    asked = [key for key, one in expected.items() if INTERPRETED.intersection(one.needs)]
    return asked[0] if len(asked) == 1 else None
