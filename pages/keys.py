"""Edge: what the application and a request carry, under typed keys."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from database.engine import Database
from meetings.room.lines import Lines
from meetings.room.together import Turns
from meetings.room.video import Video
from notifications.smtp import Mailer
from notifications.wording import Office
from people.access import Person
from records.pdf import Printer

DATABASE = web.AppKey("DATABASE", Database)
OFFICE = web.AppKey("OFFICE", Office)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("CLOCK", Callable)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """How the pages are served; `demonstration` shows the mail catcher and lets staff in without a second factor."""

    public_url: str
    demonstration: bool = False
    media_url: str | None = None  # what a browser connects to for sound and picture; None without video

    @property
    def secure(self) -> bool:
        """Whether the service is reached by TLS, so that cookies may say so."""
        return self.public_url.startswith("https://")


READY: web.AppKey[dict[str, Callable[[], Awaitable[bool]]]] = web.AppKey("READY", dict)
SETTINGS = web.AppKey("SETTINGS", PageSettings)
PERSON = web.RequestKey("PERSON", Person)
REQUEST_ID = web.RequestKey("REQUEST_ID", str)


@dataclass(frozen=True, kw_only=True)
class FormState:
    """What a form shows again: what was typed, and what is to be mended, field by field."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, default: object = "") -> str:
        """What was typed in the field, or the default."""
        values = self.typed.get(name)
        return values[0] if values else ("" if self.typed or default is None else str(default))

    def values(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Everything that was chosen in a field of several choices, or the default."""
        return tuple(self.typed.get(name, () if self.typed else default))

    def error(self, name: str) -> str | None:
        """What is wrong with the field, in words."""
        return self.errors.get(name)


MAILER = web.AppKey("MAILER", Mailer)
PRINTER = web.AppKey("PRINTER", Printer)
VIDEO = web.AppKey("VIDEO", Video)
LINES = web.AppKey("LINES", Lines)
TURNS = web.AppKey("TURNS", Turns)
FORM = web.RequestKey("FORM", FormState)


def now(request: web.Request) -> datetime:
    """The moment of this request, by the application's clock, in UTC."""
    return request.app[CLOCK]()


def person(request: web.Request) -> Person:
    """Who asks."""
    return request[PERSON]
