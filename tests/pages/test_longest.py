"""What a field says it takes is what its form refuses above: one number for the counter and for the refusal."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from pages.adviser.certificate import IssueForm
from pages.coordinator.book import BookForm
from pages.forms import Form, FormRefused, check
from pages.routes import ALL
from tests.pages.hostile import Offered, filled, fitting, forms_in, place_of
from tests.pages.whole_service import VISITOR, Whole

TEMPLATES = Path(__file__).parents[2] / "pages" / "templates"
COUNTED = re.compile(r'f\.textarea\(\w+, "(\w+)".*?\bmost=(\d+)')
ERROR = '<p id="{}-error"'
# Shown only where a coordinator issues a certificate, or with a place in the address: their forms are asked here.
UNSEEN: dict[tuple[str, int], type[Form]] = {("reason", 600): IssueForm, ("words", 4000): BookForm}


class Counted(NamedTuple):
    """One field that says how much it takes, and the form that it stands in."""

    name: str
    most: int
    form: Offered


class _Limits(HTMLParser):
    """The fields of a page that say how much they take."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, int] = {}
        self._most = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._most = int(known.get("data-maxlength", self._most))
        if tag in ("input", "textarea") and "maxlength" in known:
            self.found[known["name"]] = int(known["maxlength"])
        if tag == "textarea" and self._most:
            self.found[known["name"]], self._most = self._most, 0


async def _of_page(whole: Whole, path: str, who: str) -> list[Counted]:
    text = (await whole.get(path, who)).text
    limits = _Limits()
    limits.feed(text)
    return [
        Counted(name=name, most=limits.found[name], form=form)
        for form in forms_in(text, here=path, who=who)
        for name, _ in form.fields
        if name in limits.found
    ]


async def every_counted_field(whole: Whole) -> list[Counted]:
    """Each such field of every page, once for each address that its form is sent to."""
    found: dict[tuple[str, str], Counted] = {}
    paths = [
        (place_of(whole, page, *by), by[0]) for page in ALL if page.get and page.shows for by in fitting(whole, page)
    ]
    paths += [(f"/enquire/{step}", VISITOR) for step in ("decision", "letter", "reach", "needs")]
    for path, who in dict.fromkeys(paths):
        for one in await _of_page(whole, path, who):
            found.setdefault((one.form.address, one.name), one)
    return list(found.values())


async def _refusal(whole: Whole, one: Counted, letters: int) -> str:
    """What the field says to so many letters; empty when it says nothing."""
    fields = [(name, value) for name, value in filled(one.form.fields) if name != one.name]
    answer = await whole.post(unescape(one.form.address), one.form.who, [*fields, (one.name, "b" * letters)])
    _, found, error = answer.text.partition(ERROR.format(one.name))
    return error.partition("</p>")[0] if found else ""


@pytest.mark.parametrize("over", [1, 4400])
async def test_what_a_field_says_is_what_its_form_refuses_above(whole: Whole, over: int) -> None:
    fields = await every_counted_field(whole)
    wrong = [
        f"{one.form.address} {one.name}: says {one.most}, refuses with {said!r}"
        for one in fields
        if f"Use {one.most:,} letters at the most" not in (said := await _refusal(whole, one, one.most + over))
    ]
    written = {
        (name, int(most))
        for path in TEMPLATES.rglob("*.html")
        if path.name != "fields.html"
        for name, most in COUNTED.findall(path.read_text(encoding="utf-8"))
    }

    assert wrong == []
    assert written - {(one.name, one.most) for one in fields} <= set(UNSEEN)


def errors_of(form: type[Form], name: str, letters: int) -> dict[str, str]:
    """What the form says to so many letters in one of its fields."""
    try:
        check(form, {name: ["b" * letters]})
    except FormRefused as refused:
        return refused.errors
    return {}


@pytest.mark.parametrize(("field", "form"), UNSEEN.items(), ids=str)
def test_a_form_that_the_story_does_not_show_says_its_number_too(field: tuple[str, int], form: type[Form]) -> None:
    name, most = field
    assert errors_of(form, name, most + 1)[name] == f"This is too long. Use {most:,} letters at the most."
    assert name not in errors_of(form, name, most)
