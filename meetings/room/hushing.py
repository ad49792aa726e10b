"""Act: the microphone of somebody who was softly muted is closed in the media room, whatever their browser does (3.4).

The floor has noted it and their browser closes it by itself; this is for a browser that does not. It happens once: who
opens the microphone again may speak.
"""

import structlog

from database.engine import Database
from meetings.room import media
from meetings.room.video import NoSuchRoom, Video, VideoAway

log = structlog.get_logger("video")


async def hush(database: Database, video: Video, meeting_id: str, *, seat_key: str) -> None:
    """Every open microphone of this seat is muted; nothing when there is no video, or it does not answer."""
    if not video.on:
        return
    async with database.read() as db:
        room = await media.find(db, meeting_id)
        whose = await media.identities(db, room) if room else {}
    if room is None:
        return
    try:
        for one in await video.people_in(room.name):
            if whose.get(one.identity) == seat_key:
                await video.hush(room.name, one)
    except (NoSuchRoom, VideoAway):
        log.warning("video away", action="video.hush", meeting=meeting_id)
