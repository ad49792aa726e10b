"""Edge: messages that need a person: what did not arrive, with the number to ring; what waits; what went today."""

from aiohttp import web

from cases import put_right
from cases.working_days import day_of
from notifications import outbox
from notifications.when import begins
from pages.changes import change
from pages.coordinator import deliveries
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render

SHOWN = 100  # rows of a list


async def show(request: web.Request) -> web.StreamResponse:
    """Failed first, then waiting, then what was sent today."""
    async with request.app[DATABASE].read() as db:
        failed = await deliveries.lines(db, await outbox.failed(db))
        waiting = await deliveries.lines(db, (await outbox.waiting(db))[:SHOWN])
        since = begins(day_of(now(request)))
        sent = await deliveries.lines(db, await outbox.sent_since(db, since, most=SHOWN))
    return render(
        request,
        "coordinator/messages.html",
        failed=failed,
        waiting=waiting,
        sent=sent,
        counts={"/desk/messages": len(failed)},
    )


async def done(request: web.Request) -> web.StreamResponse:
    """A person has dealt with it; it leaves the list."""
    async with change(request) as made:
        await put_right.put_right(made.db, request.match_info["message"], person=person(request), now=now(request))
        return await made.to("desk-messages")


PAGES = (
    Page(name="desk-messages", path="/desk/messages", who=COORDINATOR, get=show),
    Page(
        name="desk-message-done",
        path="/desk/messages/{message:[a-z2-7]{26}}/done",
        who=COORDINATOR,
        post=done,
        form="desk-messages",
    ),
)
