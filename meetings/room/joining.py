"""Act: a seat gets a token for the media room of its meeting, and what it may send follows the floor.

No network call is made inside a write transaction; the room is made when the first person asks to go in, and made again
as the next epoch when the video server has lost it (reliability V3).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from database.engine import Database
from database.refusal import Refusal
from meetings.meeting import AttendanceState, Mode
from meetings.room import floors, media
from meetings.room.floor import SeatKey
from meetings.room.media import Door, MediaRoom
from meetings.room.rights import AT_THE_DOOR, may_send
from meetings.room.saved import seat_keys
from meetings.room.video import Joined, NoSuchRoom, Source, Video, VideoAway
from people.access import NotFound, Person
from people.proofs import Shown, short_of

INSIDE = (AttendanceState.ADMITTED, AttendanceState.AWAY)
BEING_MADE = timedelta(seconds=10)  # between a room's name and its first person; until then its absence means nothing
log = structlog.get_logger("video")


class NoVideoNow(Refusal):
    """The video line does not answer at the moment. We try again by ourselves; you do not need to do anything."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What a browser needs to go into the media room."""

    url: str
    token: str
    epoch: int


async def ticket(database: Database, video: Video, *, meeting_id: str, seat_key: str, now: datetime) -> Ticket:
    """A token for a minute, for somebody who is on the floor; NotFound for others, NoVideoNow when LiveKit is away."""
    async with database.write() as db:
        floor = await floors.load(db, meeting_id)
        if floor is None or not floor.has(SeatKey(seat_key)):
            raise NotFound
        room = await media.room_of(db, meeting_id, now=now)
        identity = await media.enter_identity(db, room, seat_key, now=now)
    key = SeatKey(seat_key)
    sources = may_send(floor)[key] if floor.seat(key).process else AT_THE_DOOR
    return await _written(video, room, identity=identity, seat_key=seat_key, sources=sources)


async def seat_ticket(database: Database, video: Video, attendance_id: str, *, person: Person, now: datetime) -> Ticket:
    """A token for a minute, for the holder of a seat who was let in online; the refusals are those of `ticket`."""
    async with database.write() as db:
        door = await media.door(db, attendance_id, now=now)
        if door is None or not _theirs(door, attendance_id, person):
            raise NotFound
        identity = await media.enter_identity(db, door.room, attendance_id, now=now)
    return await _written(video, door.room, identity=identity, seat_key=attendance_id, sources=AT_THE_DOOR)


def _theirs(door: Door, attendance_id: str, person: Person) -> bool:
    held = door.seat_id == person.seat_id and person.attendance_id in (None, attendance_id)
    known = not short_of(person, Shown.KNOWN)
    return (
        held and known and door.state in INSIDE and door.mode is Mode.ONLINE and attendance_id in seat_keys(door.floor)
    )


async def _written(video: Video, room: MediaRoom, *, identity: str, seat_key: str, sources: frozenset[str]) -> Ticket:
    try:
        await video.make_room(room.name)
        token = video.token(
            identity=identity, seat_key=seat_key, room=room.name, sources=frozenset(map(Source, sources))
        )
    except VideoAway as away:
        raise NoVideoNow from away
    return Ticket(url=video.url or "", token=token, epoch=room.epoch)


async def enforce(database: Database, video: Video, meeting_id: str, *, now: datetime) -> None:
    """Whoever is in the media room may send what the floor says and nothing else; strangers to the floor are out.

    A room that the video server has lost is replaced by its next epoch. When it does not answer, nothing changes.
    """
    async with database.read() as db:
        room, floor = await media.find(db, meeting_id), await floors.load(db, meeting_id)
        whose = await media.identities(db, room) if room else {}
    if room is None or floor is None:
        return
    try:
        found = await video.people_in(room.name)
        wanted = may_send(floor)
        for one in found:
            may = wanted.get(SeatKey(whose.get(one.identity, "")), frozenset())
            await _settle(video, room, one, wanted=frozenset(map(Source, may)))
    except NoSuchRoom:
        if now - room.made_at > BEING_MADE:
            await _again(database, room, now=now)
    except VideoAway:
        log.warning("video away", action="video.away", meeting=meeting_id)


async def _settle(video: Video, room: MediaRoom, one: Joined, *, wanted: frozenset[Source]) -> None:
    if not wanted:
        log.warning("stranger", action="video.put_out", meeting=room.meeting_id)
        await video.put_out(room.name, one.identity)
    elif one.sources != wanted:
        await video.permit(room.name, one.identity, wanted)


async def _again(database: Database, room: MediaRoom, *, now: datetime) -> None:
    async with database.write() as db:
        await media.next_epoch(db, room, now=now)
    log.warning("room lost", action="video.next_epoch", meeting=room.meeting_id)


async def poll(database: Database, video: Video, *, now: datetime) -> int:
    """The media rooms of open meetings that nobody has looked at for five seconds have been looked at: how many."""
    if not video.on:
        return 0
    async with database.write() as db:
        rooms = await media.claim(db, now=now)
    for room in rooms:
        await enforce(database, video, room.meeting_id, now=now)
    return len(rooms)
