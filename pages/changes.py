"""Edge: one change: one transaction, one form, one answer, however often the button was pressed."""

import contextlib
import hashlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import web

from database.engine import Transaction
from pages.forms import Unreadable, sent
from pages.keys import DATABASE, now
from pages.page import see_other
from people import form_keys

KEY = re.compile(r"[a-z0-9]{1,64}")  # ours are ids; nothing else belongs in the table of keys


class AlreadyDone(Exception):  # noqa: N818 - an answer, not a fault
    """The same form was sent before; the answer is where the first one led."""

    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__("already done")


@dataclass(kw_only=True)
class Change:
    """The transaction of a change, and where it leads."""

    request: web.Request
    db: Transaction
    key: str

    async def to(self, name: str, **parts: str) -> web.Response:
        """The change is kept, and the browser is sent on to the page of this name."""
        location = str(self.request.app.router[name].url_for(**parts))
        if self.key:
            await form_keys.answered(self.db, self.key, location=location)
        return see_other(location)


@contextlib.asynccontextmanager
async def change(request: web.Request) -> AsyncIterator[Change]:
    """A transaction for what this form asks; AlreadyDone when the same form was already carried out."""
    typed = await sent(request)
    key = (typed.get("form_key") or [""])[0]
    if key and not KEY.fullmatch(key):
        raise Unreadable
    body = json.dumps([request.path, sorted((k, v) for k, v in typed.items())])
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    async with request.app[DATABASE].write() as db:
        if key:
            location = await form_keys.claim(db, key, body_digest=digest, now=now(request))
            if location is not None:
                raise AlreadyDone(location)
        yield Change(request=request, db=db, key=key)
