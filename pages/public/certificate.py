"""Edge: is a certificate genuine? Asked with its number and check code; the answer is yes or no, kind and date."""

from aiohttp import web

from pages.forms import Form, Line, read
from pages.keys import DATABASE, now
from pages.page import ANYONE, Page
from pages.rendering import render
from records import certifying


class CheckForm(Form):
    """What is printed on the paper."""

    number: Line
    code: Line
    WORDS = {"number": "Write the number on the certificate", "code": "Write the check code"}  # noqa: RUF012


async def show(request: web.Request) -> web.StreamResponse:
    """The form."""
    return render(request, "public/certificate.html", asked=False, found=None)


async def look(request: web.Request) -> web.StreamResponse:
    """Yes or no; ten an hour about one number."""
    form = await read(request, CheckForm)
    async with request.app[DATABASE].write() as db:
        found = await certifying.ask(db, form.number, form.code, now=now(request))
    return render(request, "public/certificate.html", asked=True, found=found)


PAGES = (Page(name="certificate-check", path="/certificate", who=ANYONE, get=show, post=look),)
