"""Act: who is here: a line opens or closes, or is lost with its browser, its session or its worker."""

from datetime import datetime

from database.engine import Database, Transaction
from meetings.room import floors, lines
from meetings.room.asks import Arrived, Left
from meetings.room.lines import Line, Lines
from meetings.room.seats import NoSuchSeat, SeatKey
from meetings.room.turns import take_turn
from people import sessions
from people.roles import Role


async def came(db: Transaction, line: Line, *, worker: str, now: datetime) -> None:
    """The seat has a line, and the floor knows that it is here."""
    await lines.enter(db, line, worker=worker, now=now)
    await take_turn(db, line.meeting_id, Arrived(by=SeatKey(line.seat_key)), now=now)


async def went(
    db: Transaction,
    line_ids: tuple[str, ...],
    meeting_id: str,
    *,
    seat_key: str,
    since: datetime | None = None,
    now: datetime,
) -> None:
    """These lines are gone; if the seat has no other, the floor knows that it is away, and its place is kept.

    They may have been dead `since` before that was noticed: that time is not the seat's, until it had another line.
    """
    await lines.drop(db, line_ids)
    # Held first: a line of this seat that opens elsewhere at this moment is either seen here, or arrives after this.
    if not await floors.hold(db, [meeting_id]):
        return
    back = await lines.has_since(db, meeting_id, seat_key)
    if back and (since is None or back <= since):
        return
    try:
        await take_turn(db, meeting_id, Left(by=SeatKey(seat_key), since=since, back=back), now=now)
    except NoSuchSeat:
        return  # it was moved out of the meeting before its line closed


async def sweep(database: Database, open_lines: Lines, *, now: datetime) -> int:
    """The lines of this process are kept; seats whose lines nobody has kept for ten seconds are away. How many.

    A line that others gave up for lost, as when this process stood still, is cut: its browser comes back by itself.
    """
    mine = [(line, line.entered) for line in open_lines.everyone()]  # one that is just entering may have no row yet
    async with database.write() as db:
        kept = await lines.keep(db, (line for line, _ in mine), now=now)
    for line, entered in mine:
        if entered and line.id not in kept:
            line.cut()
    async with database.read() as db:
        lost = await lines.lost(db, now=now)
    for line_id, meeting_id, seat_key, since in lost:
        async with database.write() as db:
            await went(db, (line_id,), meeting_id, seat_key=seat_key, since=since, now=now)
    return len(lost)


async def look(database: Database, open_lines: Lines, *, now: datetime) -> None:
    """Whose session has ended has no line here, whatever comes over it; the others keep theirs awake.

    One look for all lines of this process.
    """
    mine = [line for line in open_lines.everyone() if line.session]
    if not mine:
        return
    async with database.read() as db:
        seen = await sessions.open_now(db, {line.session for line in mine}, role=Role.MEDIATOR, now=now)
    for line in mine:
        if line.session not in seen:
            line.cut()
    old = [one for one, at in seen.items() if at < now - sessions.WRITTEN_EVERY]
    if old:
        async with database.write() as db:
            await sessions.touch_all(db, old, now=now)
