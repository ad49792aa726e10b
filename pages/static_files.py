"""Edge: the files that the browser build made. Their names change with their content, so a browser keeps them."""

from pathlib import PurePosixPath

from aiohttp import web

from pages.page import ANYONE, Page
from pages.rendering import BUILT

KEPT = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
}


async def static(request: web.Request) -> web.StreamResponse:
    """One built file, in its compressed copy where the browser takes it; 404 for anything the build did not make."""
    built, name = request.app[BUILT], request.match_info["name"]
    if name not in built.known().values():
        raise web.HTTPNotFound
    headers = {
        "Cache-Control": KEPT,
        "Content-Type": TYPES[PurePosixPath(name).suffix],
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    # FileResponse finds the .br and .gz copies beside the file by itself.
    return web.FileResponse(built.folder / name, headers=headers)


PAGES = (Page(name="static", path="/static/{name}", who=ANYONE, get=static, shows=False),)
