"""Edge: the three cookies: a staff session, a seat's session, and the browser a code was asked from."""

from aiohttp import web

from database.ids import fingerprint, new_secret
from pages.keys import SETTINGS

STAFF, SEAT, BROWSER = "evenhand-staff", "evenhand-seat", "evenhand-browser"
BROWSER_SECONDS = 24 * 60 * 60


def _name(request: web.Request, name: str) -> str:
    return f"__Host-{name}" if request.app[SETTINGS].secure else name


def read_cookie(request: web.Request, name: str) -> str | None:
    """The secret in this cookie; None when there is none, or when it is not of our making."""
    secret = request.cookies.get(_name(request, name), "")
    return secret if secret.isascii() and 20 <= len(secret) <= 64 else None


def set_cookie(request: web.Request, response: web.StreamResponse, name: str, *, secret: str) -> None:
    """The browser keeps the secret until it is closed (a day for the browser's own mark)."""
    response.set_cookie(
        _name(request, name),
        secret,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.app[SETTINGS].secure,
        max_age=BROWSER_SECONDS if name == BROWSER else None,
    )


def drop_cookie(request: web.Request, response: web.StreamResponse, name: str) -> None:
    """The browser forgets it."""
    response.del_cookie(
        _name(request, name), path="/", secure=request.app[SETTINGS].secure, httponly=True, samesite="Lax"
    )


def browser_mark(request: web.Request) -> tuple[str, str | None]:
    """The fingerprint of this browser, and the fresh secret to set when it had none."""
    known = read_cookie(request, BROWSER)
    if known:
        return fingerprint(known), None
    fresh = new_secret()
    return fingerprint(fresh), fresh
