"""Edge: what the video server reports: signed, kept once, answered at once; the media are then looked at."""

from aiohttp import web

from database.engine import Transaction
from meetings.room import media, reports
from meetings.room.video import NotSigned, Report
from pages.forms import BROKEN_BODY
from pages.keys import DATABASE, VIDEO, now
from pages.page import SIGNED, Page


async def _hear(db: Transaction, report: Report, request: web.Request) -> None:
    if not await reports.keep(db, report_id=report.id, event=report.event, room=report.room, now=now(request)):
        return  # told before
    room = await media.named(db, report.room)
    if room is not None:
        db.ring(f"floor:{room.meeting_id}")


async def hear(request: web.Request) -> web.StreamResponse:
    """200 for whatever the server signed, known or not, so that it never tries again; 401 for anything else."""
    try:
        report = request.app[VIDEO].read_report(await request.read(), request.headers.get("Authorization", ""))
    except (NotSigned, *BROKEN_BODY):
        return web.json_response({"signed": False}, status=401)
    async with request.app[DATABASE].write() as db:
        await _hear(db, report, request)
    return web.json_response({"heard": True})


PAGES = (Page(name="video-hook", path="/hooks/video", who=SIGNED, post=hear, shows=False),)
