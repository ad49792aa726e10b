"""Tokens and rights, against a real LiveKit server: least right at the door, and no way in for anybody else."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import jwt
import pytest

from database.engine import Database
from demonstration import video_server
from meetings.room import joining, media
from meetings.room.joining import NoVideoNow
from meetings.room.video import NotSigned, Video, VideoSettings, open_video
from people.access import NotFound
from tests.flows.stage import video_program
from tests.servers.sitting import open_sitting

SECRET = "s" * 40


@pytest.fixture
async def video() -> AsyncIterator[Video]:
    program = await video_program()
    async with (
        video_server.running(program, webhook="http://127.0.0.1:9/nobody") as server,
        open_video(VideoSettings(url=server.url, api_key=server.key, api_secret=server.secret)) as opened,
    ):
        yield opened


async def test_a_token_carries_the_least_right_for_a_minute(database: Database, video: Video, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    made = await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key=sitting.parent.seat, now=now)
    claims = jwt.decode(made.token, options={"verify_signature": False})
    grants = claims["video"]
    async with database.read() as db:
        room = await media.find(db, sitting.meeting_id)
    assert room is not None
    assert grants["room"] == room.name
    assert grants["canPublishSources"] == ["camera"]
    assert grants["canPublishData"] is False
    assert not {"roomAdmin", "roomCreate", "roomList", "roomRecord", "hidden", "recorder"} & grants.keys()
    assert claims["exp"] - claims["nbf"] <= 60
    assert "Tessa" not in str(claims)


async def test_every_join_has_an_identity_of_its_own(database: Database, video: Video, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    tokens = [
        await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key="mediator", now=now)
        for _ in range(3)
    ]
    subjects = {jwt.decode(made.token, options={"verify_signature": False})["sub"] for made in tokens}
    assert len(subjects) == 3


async def test_who_is_not_on_the_floor_gets_no_token(database: Database, video: Video, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    with pytest.raises(NotFound):
        await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key="a" * 26, now=moment)


async def test_without_an_answer_from_the_video_server_the_words_are_plain(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment)
    async with open_video(VideoSettings(url="ws://127.0.0.1:9", api_key="key", api_secret=SECRET)) as away:
        with pytest.raises(NoVideoNow):
            await joining.ticket(database, away, meeting_id=sitting.meeting_id, seat_key="mediator", now=moment)


async def test_a_room_that_the_server_lost_is_made_again_as_the_next_epoch(
    database: Database, video: Video, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    first = await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key="mediator", now=now)
    async with database.read() as db:
        room = await media.find(db, sitting.meeting_id)
    assert room is not None
    await video.drop_room(room.name)
    await joining.enforce(database, video, sitting.meeting_id, now=now + timedelta(minutes=1))
    again = await joining.ticket(database, video, meeting_id=sitting.meeting_id, seat_key="mediator", now=now)
    assert (first.epoch, again.epoch) == (1, 2)


@pytest.mark.parametrize("signature", ["", "no", "Bearer x.y.z", jwt.encode({"sha256": "x"}, SECRET, "HS256")])
@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b'{"event":"participant_joined"}'])
async def test_what_the_server_did_not_sign_is_not_believed(signature: str, body: bytes) -> None:
    async with open_video(VideoSettings(url="ws://127.0.0.1:9", api_key="key", api_secret=SECRET)) as video:
        with pytest.raises(NotSigned):
            video.read_report(body, signature)
