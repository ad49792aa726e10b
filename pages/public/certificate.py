"""Edge: is a certificate genuine? Asked with its number and check code; the answer is yes or no, kind and date."""

from aiohttp import web

from pages.forms import Form, Line, read
from pages.keys import DATABASE, now
from pages.page import ANYONE, Page
from pages.rendering import render
from people import throttle
from records import certifying

MOST_AN_HOUR = 10


class CheckForm(Form):
    """What is printed on the paper."""

    number: Line
    code: Line
    WORDS = {"number": "Write the number on the certificate", "code": "Write the check code"}  # noqa: RUF012


async def show(request: web.Request) -> web.StreamResponse:
    """The form."""
    return render(request, "public/certificate.html", asked=False, found=None)


async def look(request: web.Request) -> web.StreamResponse:
    """Yes or no; ten an hour from one address."""
    form = await read(request, CheckForm)
    async with request.app[DATABASE].write() as db:
        bucket = f"certificate:{db.digest(request.remote or '')}"
        await throttle.count(db, bucket, most=MOST_AN_HOUR, seconds=3600, now=now(request))
        found = await certifying.check(db, form.number, form.code)
    return render(request, "public/certificate.html", asked=True, found=found)


PAGES = (Page(name="certificate-check", path="/certificate", who=ANYONE, get=show, post=look),)
