"""Store: which media room a meeting is in, by epoch, and whose each identity in it is. Names of rooms mean nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from database.engine import Transaction
from database.ids import new_id
from meetings.schema import media_identity, media_room, meeting

BELL = "media:"
CLAIM = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class MediaRoom:
    """The media room of a meeting as it is now."""

    meeting_id: str
    epoch: int
    name: str
    made_at: datetime


def _room(row: object) -> MediaRoom:
    return MediaRoom(**{name: getattr(row, name) for name in ("meeting_id", "epoch", "name", "made_at")})


async def room_of(db: Transaction, meeting_id: str, *, now: datetime) -> MediaRoom:
    """The meeting's media room, named at random the first time."""
    found = select(media_room).where(media_room.c.meeting_id == meeting_id)
    row = await db.first(found.with_for_update())
    if row is None:
        await db.execute(insert(media_room).values(meeting_id=meeting_id, epoch=1, name=new_id(), made_at=now))
        row = await db.first(found)
    return _room(row)


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


async def enter_identity(db: Transaction, room: MediaRoom, seat_key: str, *, now: datetime) -> str:
    """A fresh identity of this seat in this room: random for each join."""
    identity = new_id()
    await db.execute(
        insert(media_identity).values(
            identity=identity, meeting_id=room.meeting_id, seat_key=seat_key, epoch=room.epoch, minted_at=now
        )
    )
    return identity


async def identities(db: Transaction, room: MediaRoom) -> Mapping[str, str]:
    """Whose each identity of this epoch is: identity to seat."""
    mine = (media_identity.c.meeting_id == room.meeting_id) & (media_identity.c.epoch == room.epoch)
    return {row.identity: row.seat_key for row in await db.all(select(media_identity).where(mine))}
