"""A small application that shows the gallery of every part, and refusals, as the service would."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from aiohttp import web

from notifications.house import House
from notifications.wording import Office, open_office
from pages import static_files
from pages.keys import CLOCK, FORM, OFFICE, PERSON, SETTINGS, FormState, PageSettings
from pages.page import ANYONE, Handler, Page, add_pages
from pages.rendering import TEMPLATE_FOLDER, Built, prepare_templates, render
from people.access import VISITOR, Person

HERE = Path(__file__).parent
MOMENT = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
STARTS, ENDS = datetime(2026, 11, 3, 10, 0, tzinfo=UTC), datetime(2026, 11, 3, 13, 0, tzinfo=UTC)
WRONG = FormState(
    typed={"letter-day": ["9"], "letter-month": ["14"], "letter-year": ["2026"], "email": ["<b>tessa"], "t1": ["no"]},
    errors={
        "letter": "The month must be a number from 1 to 12. You wrote 14",
        "email": "Write an email address, like name@example.test",
        "needs": "Choose one or more",
        "form": "Something else has changed meanwhile.",
    },
)


def office() -> Office:
    """The invented provider."""
    house = House(
        run_by="Lindenfold Mediation",
        phone="0808 157 0123",
        email="help@evenhand.test",
        public_url="http://localhost:8080",
        postal="1 Linden Fold, Northmere",
    )
    return open_office(house, mail_from="help@evenhand.test")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Who looks at the gallery, and what a form there holds."""

    person: Person = VISITOR
    form: FormState = field(default_factory=FormState)


def handler(template: str, shown: Shown, status: int = 200) -> Handler:
    """Shows the template to this person."""

    async def show(request: web.Request) -> web.Response:
        request[PERSON], request[FORM] = shown.person, shown.form
        given = {"starts": STARTS, "ends": ENDS, "letter": date(2026, 9, 14), "counts": {"/desk/messages": 5}}
        return render(request, template, status=status, words=None, code="7k2qxyzab", code_first=False, **given)

    return show


def gallery(shown: Shown, *, built: Built | None = None) -> web.Application:
    """The gallery at /, a page of another name for each refusal, the head's addresses, and the built files."""
    app = web.Application()
    app[OFFICE], app[CLOCK] = office(), lambda: MOMENT
    app[SETTINGS] = PageSettings(public_url="http://localhost:8080", demonstration=True)
    addresses = ("/", "/my", "/my/times", "/authority", "/desk", "/desk/messages", "/advice", "/help", "/privacy")
    pages = [
        Page(name=f"p{number}", path=path, who=ANYONE, get=handler("gallery.html", shown))
        for number, path in enumerate(addresses)
    ]
    refused = [
        Page(name=f"r{status}", path=f"/refused/{status}", who=ANYONE, get=handler("refusal.html", shown, status))
        for status in (400, 403, 404, 405, 409, 413, 415, 418, 421, 422, 429, 500, 502, 503)
    ]
    enquiry = Page(
        name="enquire", path="/enquire/{step:decision|letter}", who=ANYONE, get=handler("gallery.html", shown)
    )
    joining = Page(name="join", path="/join", who=ANYONE, get=handler("joining.html", shown))
    add_pages(app, [*pages, *refused, joining, enquiry, *static_files.PAGES])
    prepare_templates(app, folders=(TEMPLATE_FOLDER, HERE), built=built)
    return app
