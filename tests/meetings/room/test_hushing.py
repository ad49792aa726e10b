"""A soft mute in the media room never fails a turn: not without video, nor where nobody joined, nor when it is away.

That a microphone is closed, and may be opened again, is shown with real browsers in tests/browser/test_microphones.py.
"""

from datetime import datetime

from database.engine import Database
from demonstration.video_server import free_port
from meetings.room import hushing, joining
from meetings.room.video import Video, VideoSettings, open_video
from tests.meetings.room.test_joining import video
from tests.servers.sitting import open_sitting

__all__ = ["video"]


async def test_without_video_nothing_is_asked_of_it(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)

    async with open_video(None) as nothing:
        await hushing.hush(database, nothing, sitting.meeting_id, seat_key=sitting.parent.seat)


async def test_who_has_not_joined_has_no_microphone_to_close(
    database: Database,
    video: Video,
    moment: datetime,
) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key=sitting.parent.seat, now=now)

    await hushing.hush(database, video, sitting.meeting_id, seat_key=sitting.parent.seat)


async def test_a_video_server_that_does_not_answer_costs_nobody_their_turn(
    database: Database,
    video: Video,
    moment: datetime,
) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key=sitting.parent.seat, now=now)
    nowhere = VideoSettings(url=f"http://127.0.0.1:{free_port()}", api_key="key", api_secret="s" * 40)

    async with open_video(nowhere) as away:
        await hushing.hush(database, away, sitting.meeting_id, seat_key=sitting.parent.seat)
