"""Edge: the meeting that an address of the desk names, with its case."""

from aiohttp import web

from database.engine import Transaction
from meetings import register
from meetings.register import Meeting
from pages.coordinator.case import Opened, opened
from pages.keys import person

ONE = "/desk/meeting/{meeting:[a-z2-7]{26}}"


async def meeting_and_case(request: web.Request, db: Transaction) -> tuple[Meeting, Opened]:
    """The meeting of the address with its case; NotFound when there is none."""
    meeting = await register.load(db, request.match_info["meeting"])
    return meeting, await opened(db, meeting.case_id, person(request))
