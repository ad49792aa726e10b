"""Edge: the headers of every answer: strict content policy, nothing stored, nothing framed, no referrer."""

from aiohttp import web

from pages.keys import SETTINGS, PageSettings
from pages.page import Handler

LINKS = "/j/"  # an address that leads to a person's seat is told to no page at all, ours included
FIXED = {
    "Server": "Evenhand",  # else aiohttp names itself and Python, with their versions
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()",
    "X-Robots-Tag": "noindex",
}


def content_policy(media_url: str | None) -> str:
    """Only our own origin, plus the media server's address for the room; no inline script or style."""
    media = f" {media_url} {media_url.replace('ws', 'http', 1)}" if media_url else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'{media}; media-src 'self' blob: mediastream:; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; manifest-src 'self'"
    )


def owed(settings: PageSettings) -> dict[str, str]:
    """What an answer carries where it says nothing else itself."""
    policy = {"Content-Security-Policy": content_policy(settings.media_url), "Cache-Control": "no-store"}
    tls = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if settings.secure else {}
    return FIXED | policy | tls


@web.middleware
async def safe_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every answer carries them; a page is never kept by a cache unless it says so itself (built files do)."""
    response = await handler(request)
    if not response.prepared:
        if request.path.startswith(LINKS):
            response.headers["Referrer-Policy"] = "no-referrer"
        owing = owed(request.app[SETTINGS])
        response.headers.update({name: value for name, value in owing.items() if name not in response.headers})
    return response
