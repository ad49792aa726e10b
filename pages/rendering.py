"""Edge: pages from templates. Strict: an unknown name stops the page; everything a person wrote is shown as text.

Templates know the filters and names of `words_of` below besides what a handler gives them. There is no inline style
or script anywhere, so the content policy needs no nonce. Words are English; `_()` and `{% trans %}` may be given
another language's catalogue in one place, `prepare_templates`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from database.ids import new_id
from notifications import when
from pages import days, navigation, spelling
from pages.keys import FORM, OFFICE, PERSON, SETTINGS, FormState, now
from people.access import VISITOR, Person

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
BUILT_FOLDER = Path(__file__).parent / "static"
LANG = "en-GB"
NOT_BUILT = (
    f'<!doctype html><html lang="{LANG}"><meta charset="utf-8"><title>Not built yet</title>'
    "<h1>The pages have not been built yet</h1><p>Styles and browser code are made by Node.js 20 or newer: "
    "run <code>make browser</code>, then load this page again.</p></html>"
)


class NotBuilt(Exception):  # noqa: N818 - a state of the checkout, told in words
    """The styles and browser code have not been built."""


@dataclass(kw_only=True)
class Built:
    """The files that the browser build made, by their plain names; read again when there is a newer build."""

    folder: Path = BUILT_FOLDER
    names: dict[str, str] = field(default_factory=dict)
    built_at: int = 0

    def known(self) -> Mapping[str, str]:
        """Plain name to name by content; empty when nothing has been built."""
        manifest = self.folder / "manifest.json"
        try:
            built_at = manifest.stat().st_mtime_ns
            if built_at != self.built_at:
                self.names = json.loads(manifest.read_text(encoding="utf-8"))
                self.built_at = built_at
        except FileNotFoundError:  # not built yet, or just now being put in place
            return self.names
        return self.names

    def address(self, name: str) -> str:
        """Where a browser finds the file; NotBuilt when the build has not made it."""
        known = self.known()
        if name not in known:
            raise NotBuilt(name)
        return f"/static/{known[name]}"


TEMPLATES = web.AppKey("TEMPLATES", Environment)
BUILT = web.AppKey("BUILT", Built)
ADDRESSES: web.AppKey[dict[str, bool]] = web.AppKey("ADDRESSES", dict)


def time_element(moment: date, words: str | None = None) -> Markup:
    """A `time` element; its words are the full day unless others are given."""
    said = words or when.full_day(moment)
    return Markup('<time datetime="{}">{}</time>').format(days.stamp(moment), said)


def unbroken(text: str) -> str:
    """The text kept on one line, as telephone numbers are."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def dial(number: str) -> str:
    """A telephone number as a link writes it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: getattr(when, name) for name in ("day", "full_day", "hour", "at", "by")},
    **{name: getattr(days, name) for name in ("short_day", "plain_day", "clock", "stamp", "leaf", "faulty_part")},
    "dial": dial,
    **{name: getattr(spelling, name) for name in ("first_down", "first_up", "national", "tied")},
    "unbroken": unbroken,
}


def url_maker(app: web.Application) -> Callable[..., str]:
    """A function that gives the address of a page by its name; KeyError for a page that is not there."""

    def url(name: str, **parts: object) -> str:
        return str(app.router[name].url_for(**{key: str(value) for key, value in parts.items()}))

    return url


def prepare_templates(
    app: web.Application,
    *,
    folders: Sequence[Path] = (TEMPLATE_FOLDER,),
    built: Built | None = None,
    translations: NullTranslations | None = None,
) -> None:
    """The application can render pages, in the language of `translations` (English without any)."""
    app[BUILT], app[ADDRESSES] = built or Built(), {}
    templates = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # The i18n extension adds this method when it is loaded.
    templates.install_gettext_translations(translations or NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    templates.filters.update(FILTERS)
    templates.globals.update(
        url=url_maker(app),
        static=app[BUILT].address,
        built=app[BUILT].known,
        new_key=new_id,
        hours=days.hours,
        clock_hours=days.clock_hours,
        span=when.span,
        when=time_element,
        lang=LANG,
    )
    app[TEMPLATES] = templates


def answers(app: web.Application) -> Callable[[str], bool]:
    """Whether the application has a page at an address; looked up once for each."""
    known = app[ADDRESSES]

    def answered(path: str) -> bool:
        if path not in known:
            infos = [resource.get_info() for resource in app.router.resources()]
            known[path] = any(
                info.get("path") == path or ("pattern" in info and info["pattern"].fullmatch(path)) for info in infos
            )
        return known[path]

    return answered


def words_of(request: web.Request) -> dict[str, Any]:
    """What every page knows: who asks, the form's state, the house, the moment, and the frame's links."""
    person: Person = request.get(PERSON) or VISITOR
    answered = answers(request.app)
    mine = navigation.navigation_of(person)
    return {
        "person": person,
        "form": request.get(FORM) or FormState(),
        "house": request.app[OFFICE].house,
        "demonstration": request.app[SETTINGS].demonstration,
        "now": now(request),
        "path": request.path,
        "nav_label": mine.label,
        "nav": navigation.that_exist(mine.entries, answered),
        "foot": navigation.that_exist(navigation.foot_of(person), answered),
        "home": navigation.home_of(person),
        "counts": {},
    }


def page_text(request: web.Request, template: str, context: Mapping[str, Any]) -> str:
    """The page's HTML."""
    return request.app[TEMPLATES].get_template(template).render({**words_of(request), **context})


def render(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """The page as an answer; a page in plain words when the styles have not been built."""
    try:
        text = page_text(request, template, {"status": status, **context})
    except NotBuilt:
        return web.Response(text=NOT_BUILT, status=503, content_type="text/html", charset="utf-8")
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")
