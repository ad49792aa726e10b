"""Edge: a page with two forms: only the one that was sent shows again what was typed; the other shows what is kept."""

from typing import Any

from aiohttp import web

from pages.keys import FORM, FormState
from pages.page import page_of


def two_forms(request: web.Request, second: str) -> dict[str, Any]:
    """The state of the page's first form and of its second one, which posts to the page called `second`."""
    state, page = request.get(FORM) or FormState(), page_of(request)
    if page is not None and page.name == second:
        return {"first": FormState(), "second": state}
    return {"first": state, "second": FormState()}
