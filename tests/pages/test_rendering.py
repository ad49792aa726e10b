import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from jinja2 import UndefinedError

from pages.rendering import TEMPLATES, Built, prepare_templates, time_element
from people.access import VISITOR
from people.roles import Party, Role
from tests.pages.gallery.serving import STARTS, WRONG, Shown, gallery

FAMILY = replace(VISITOR, kind="seat", name="Tessa A.", party=Party("PA"), proof="mail")
COORDINATOR = replace(VISITOR, kind="staff", name="Mina Farrow", roles=frozenset({Role.COORDINATOR}))


async def read(shown: Shown, path: str = "/", *, built: Built | None = None) -> tuple[int, str]:
    async with TestClient(TestServer(gallery(shown, built=built))) as client:
        answer = await client.get(path)
        return answer.status, await answer.text()


async def test_a_page_has_its_frame_its_title_and_no_inline_style_or_script() -> None:
    status, text = await read(Shown(person=FAMILY), "/my")

    assert status == 200
    assert '<html class="govuk-template" lang="en-GB">' in text
    assert "<title>Every part – Evenhand</title>" in text
    assert '<a href="/my" aria-current="page">Where we are</a>' in text
    assert '<form class="eh-header__who" action="/leave" method="post"><span>Tessa A.</span>' in text
    assert 'href="tel:08081570123">0808\N{NO-BREAK SPACE}157\N{NO-BREAK SPACE}0123</a>' in text
    assert text.count("<h1") == 1
    assert " style=" not in text
    assert text.count("<script") == text.count('<script type="module" src=') == 1


async def test_the_frame_links_to_what_is_answered_and_to_nothing_else() -> None:
    _, text = await read(Shown(), "/enquire/letter")

    assert '<a href="/enquire/decision" aria-current="true">Start an enquiry</a>' in text
    assert "/certificate" not in text


async def test_staff_pages_are_wide_and_carry_counts() -> None:
    _, text = await read(Shown(person=COORDINATOR), "/desk")

    assert '<body class="govuk-template__body eh-wide eh-dense">' in text
    assert '<a href="/desk/messages">Messages <span class="eh-nav__count">5</span></a>' in text
    assert 'action="/sign-out" method="post"' in text


async def test_a_refused_form_says_so_first_and_keeps_what_was_typed_as_text() -> None:
    _, text = await read(Shown(form=WRONG))

    assert "<title>Error: Every part – Evenhand</title>" in text
    assert '<a href="#letter">The month must be a number from 1 to 12. You wrote 14</a>' in text
    assert 'id="letter" name="letter-month" type="text" inputmode="numeric" value="14"' in text
    assert 'id="letter-day" name="letter-day" type="text" inputmode="numeric" value="9"' in text
    assert 'value="&lt;b&gt;tessa" aria-describedby="email-hint email-error"' in text
    assert 'id="t1-3" name="t1" value="no" checked' in text
    assert 'value="plan" aria-describedby' in text  # the default of an answer that was not sent is not chosen again
    assert 'value="could" checked' not in text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 415, 418, 421, 422, 429, 500, 502, 503])
async def test_a_refusal_says_what_is_safe_and_what_can_be_done(status: int) -> None:
    answered, text = await read(Shown(person=FAMILY), f"/refused/{status}")

    assert answered == status
    assert "Nothing" in text
    assert '<a class="govuk-link eh-touch" href="/my">Go to your own first page</a>' in text
    assert ("Say: <span" in text.replace("Say:\n", "Say: ")) is (status >= 500)


async def test_not_found_and_not_allowed_are_the_same_page() -> None:
    (_, absent), (_, denied) = await read(Shown(), "/refused/404"), await read(Shown(), "/refused/403")

    assert absent.replace("Nothing is lost.", "Nothing has changed.") == denied


async def test_a_page_without_its_styles_says_how_to_build_them(tmp_path: Path) -> None:
    built = Built(folder=tmp_path / "static")

    status, text = await read(Shown(), built=built)

    assert status == 503
    assert "<h1>The pages have not been built yet</h1>" in text


def test_files_are_found_as_soon_as_they_have_been_built_or_built_again(tmp_path: Path) -> None:
    built = Built(folder=tmp_path)
    assert built.known() == {}

    (tmp_path / "manifest.json").write_text(json.dumps({"site.css": "site.3fa9.css"}), encoding="utf-8")

    assert built.address("site.css") == "/static/site.3fa9.css"

    (tmp_path / "manifest.json").write_text(json.dumps({"site.css": "site.77aa.css"}), encoding="utf-8")
    os.utime(tmp_path / "manifest.json", ns=(1, 1))

    assert built.address("site.css") == "/static/site.77aa.css"


def test_an_unknown_name_stops_the_page() -> None:
    app = web.Application()
    prepare_templates(app)

    with pytest.raises(UndefinedError):
        app[TEMPLATES].from_string("{{ nobody.name }}").render()


def test_words_in_a_time_element_are_text() -> None:
    assert str(time_element(STARTS)) == '<time datetime="2026-11-03T10:00+00:00">Tuesday 3 November 2026</time>'
    assert str(time_element(STARTS, "<b>")) == '<time datetime="2026-11-03T10:00+00:00">&lt;b&gt;</time>'


def test_templates_can_be_given_another_language() -> None:
    app = web.Application()
    prepare_templates(app)

    assert app[TEMPLATES].from_string("{{ _('Back') }}{% trans n=2 %} of {{ n }}{% endtrans %}").render() == "Back of 2"


def test_every_template_of_the_service_can_be_read() -> None:
    app = web.Application()
    prepare_templates(app)

    names = app[TEMPLATES].list_templates()

    assert {"base.html", "room_base.html", "refusal.html"} <= set(names)
    for name in names:
        app[TEMPLATES].get_template(name)
        source, _, _ = app[TEMPLATES].loader.get_source(app[TEMPLATES], name)  # type: ignore[union-attr]
        assert " style=" not in source, name
        assert "<script>" not in source, name
