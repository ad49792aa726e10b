"""Store: which media room a meeting is in, by epoch, and whose each identity in it is. Names of rooms mean nothing.

Going in is what most depends on being quick: a door is one look-up, an identity one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from cases.schema import case_file
from database.base import INSERT
from database.engine import Transaction
from database.ids import new_id
from meetings.meeting import AttendanceState, Mode
from meetings.schema import attendance, floor, media_identity, media_room, meeting

BELL = "media:"
CLAIM = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class MediaRoom:
    """The media room of a meeting as it is now."""

    meeting_id: str
    epoch: int
    name: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Door:
    """One person's place in a meeting that has been opened, and the media room behind it."""

    seat_id: str
    state: AttendanceState
    mode: Mode
    floor: str  # as it is written, opened
    room: MediaRoom


def _room(row: object) -> MediaRoom:
    return MediaRoom(**{name: getattr(row, name) for name in ("meeting_id", "epoch", "name", "made_at")})


async def room_of(db: Transaction, meeting_id: str, *, now: datetime) -> MediaRoom:
    """The meeting's media room, named at random the first time."""
    found = select(media_room).where(media_room.c.meeting_id == meeting_id).with_for_update()
    row = await db.first(found)
    if row is None:
        make = INSERT[db.dialect]
        first = make(media_room).values(meeting_id=meeting_id, epoch=1, name=new_id(), made_at=now)
        await db.execute(first.on_conflict_do_nothing(index_elements=["meeting_id"]))  # two may be the first at once
        row = await db.first(found)
    return _room(row)


OPENED = (
    select(attendance.c.meeting_id)
    .join(floor, floor.c.meeting_id == attendance.c.meeting_id)
    .where(attendance.c.id == bindparam("attendance"))
)
# The room is held against a change of its epoch, and by any number of people at once.
DOOR = (
    select(
        attendance.c.seat_id,
        attendance.c.state.label("place_state"),
        meeting.c.mode,
        floor.c.state_sealed,
        case_file.c.key_id,
        media_room,
    )
    .select_from(attendance)
    .join(meeting, meeting.c.id == attendance.c.meeting_id)
    .join(case_file, case_file.c.id == meeting.c.case_id)
    .join(floor, floor.c.meeting_id == meeting.c.id)
    .join(media_room, media_room.c.meeting_id == meeting.c.id)
    .where(attendance.c.id == bindparam("attendance"))
    .with_for_update(read=True, of=media_room)
)


async def door(db: Transaction, attendance_id: str, *, now: datetime) -> Door | None:
    """The door of this place; None where there is no such place, or its meeting was not opened yet."""
    words = {"attendance": attendance_id}
    row = await db.first(DOOR, words)
    if row is None:  # nobody has gone in yet
        opened = await db.first(OPENED, words)
        if opened is None:
            return None
        await room_of(db, opened.meeting_id, now=now)
        row = await db.first(DOOR, words)
    if row is None:
        return None
    box = await db.box(row.key_id)
    return Door(
        seat_id=row.seat_id,
        state=AttendanceState(row.place_state),
        mode=Mode(row.mode),
        floor=box.open("floor.state", row.meeting_id, row.state_sealed),
        room=_room(row),
    )


async def find(db: Transaction, meeting_id: str) -> MediaRoom | None:
    """The meeting's media room, or None before anybody asked for it."""
    row = await db.first(select(media_room).where(media_room.c.meeting_id == meeting_id))
    return _room(row) if row else None


async def named(db: Transaction, name: str) -> MediaRoom | None:
    """The room of this name, or None (an old epoch's, or not ours)."""
    row = await db.first(select(media_room).where(media_room.c.name == name))
    return _room(row) if row else None


async def next_epoch(db: Transaction, before: MediaRoom, *, now: datetime) -> MediaRoom:
    """A fresh room name for everybody: old tokens point at nothing. The one that is, if somebody was quicker."""
    mine = (media_room.c.meeting_id == before.meeting_id) & (media_room.c.epoch == before.epoch)
    await db.execute(update(media_room).where(mine).values(epoch=before.epoch + 1, name=new_id(), made_at=now))
    db.ring(f"{BELL}{before.meeting_id}")
    return await room_of(db, before.meeting_id, now=now)


async def claim(db: Transaction, *, now: datetime) -> list[MediaRoom]:
    """The rooms of open meetings that no worker has looked at for five seconds; they are ours for that long."""
    free = media_room.c.claimed_until.is_(None) | (media_room.c.claimed_until <= now)
    open_ = select(media_room).join(meeting, meeting.c.id == media_room.c.meeting_id)
    found = open_.where(meeting.c.state == "open", free).with_for_update(of=media_room, skip_locked=True)
    rooms = [_room(row) for row in await db.all(found)]
    mine = media_room.c.meeting_id.in_([room.meeting_id for room in rooms])
    await db.execute(update(media_room).where(mine).values(claimed_until=now + CLAIM))
    return rooms


IDENTITY = insert(media_identity)


async def enter_identity(db: Transaction, room: MediaRoom, seat_key: str, *, now: datetime) -> str:
    """A fresh identity of this seat in this room: random for each join."""
    identity = new_id()
    place = {"meeting_id": room.meeting_id, "seat_key": seat_key, "epoch": room.epoch}
    await db.execute(IDENTITY, {"identity": identity, **place, "minted_at": now})
    return identity


async def identities(db: Transaction, room: MediaRoom) -> Mapping[str, str]:
    """Whose each identity of this epoch is: identity to seat."""
    mine = (media_identity.c.meeting_id == room.meeting_id) & (media_identity.c.epoch == room.epoch)
    return {row.identity: row.seat_key for row in await db.all(select(media_identity).where(mine))}
