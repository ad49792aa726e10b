"""A sitting far from its hour is opened after one plain question, without script; at its hour without one."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from cases.case import Choice
from database.engine import Database
from meetings import register
from meetings.meeting import MeetingState, Mode
from meetings.room.video import open_video
from pages.keys import VIDEO
from pages.mediator import close, day, draft
from pages.room import sitting
from tests.pages.small_service import Client, cookie, get, post, service
from tests.records.stage import DAY, Stage, advise, book, choose, set_up

PAGES = (*sitting.PAGES, *close.PAGES, *draft.PAGES, *day.PAGES)
SURE = "Yes, open it now"


async def booked(database: Database, moment: datetime) -> tuple[Stage, str, str]:
    """Rowan's meeting in four weeks: its id, and the address of its sitting."""
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    meeting = await book(stage, starts=moment + 26 * DAY, mode=Mode.IN_PERSON)
    return stage, meeting.id, f"/mediator/sitting/{meeting.id}"


@contextlib.asynccontextmanager
async def desk(stage: Stage, *, now: datetime) -> AsyncIterator[Client]:
    """The mediator's browser at this moment, without a video server."""
    app = service(stage.database, PAGES, moment=now)
    async with open_video(None) as app[VIDEO]:
        cookies = await cookie(stage.database, stage.mediator, now)
        async with TestClient(TestServer(app), cookies=cookies) as client:
            yield client


async def state(stage: Stage, meeting_id: str) -> MeetingState:
    async with stage.database.read() as db:
        return (await register.load(db, meeting_id)).state


FAR = [
    pytest.param(timedelta(days=-3), "This meeting starts on Tuesday 3 November 2026, 9 am.", id="days-early"),
    pytest.param(timedelta(minutes=-61), "This meeting starts on Tuesday 3 November 2026, 9 am.", id="hour-early"),
    pytest.param(timedelta(days=2), "This meeting was to end on Tuesday 3 November 2026, midday.", id="days-late"),
]


@pytest.mark.parametrize(("away", "said"), FAR)
async def test_far_from_its_hour_a_sitting_is_opened_after_one_question(
    database: Database, moment: datetime, away: timedelta, said: str
) -> None:
    stage, meeting_id, where = await booked(database, moment)
    async with desk(stage, now=moment + 26 * DAY + away) as mediator:
        door = (await get(mediator, where))[1]
        status, question = await get(mediator, f"{where}/open")
        stale = await post(mediator, f"{where}/open")
        words = await stale.text()
        before = await state(stage, meeting_id)
        answer = await post(mediator, f"{where}/open", sure="yes")
        again = await mediator.get(f"{where}/open", allow_redirects=False)

    assert f'href="{where}/open"' in door
    assert f'action="{where}/open"' not in door
    assert status == 200
    assert said in " ".join(question.replace("\u00a0", " ").split())
    assert SURE in question
    assert f'href="{where}"' in question
    assert (stale.status, before) == (409, MeetingState.BOOKED)
    assert "This is not the hour of this meeting" in words
    assert (answer.status, await state(stage, meeting_id)) == (303, MeetingState.OPEN)
    assert (again.status, again.headers["Location"]) == (303, where)


@pytest.mark.parametrize("minutes", [-60, -10, 30, 240])
async def test_at_its_hour_a_sitting_is_opened_without_a_question(
    database: Database, moment: datetime, minutes: int
) -> None:
    stage, meeting_id, where = await booked(database, moment)
    async with desk(stage, now=moment + 26 * DAY + timedelta(minutes=minutes)) as mediator:
        door = (await get(mediator, where))[1]
        nothing_to_ask = await mediator.get(f"{where}/open", allow_redirects=False)
        answer = await post(mediator, f"{where}/open")

    assert f'action="{where}/open"' in door
    assert nothing_to_ask.status == 303
    assert (answer.status, await state(stage, meeting_id)) == (303, MeetingState.OPEN)
