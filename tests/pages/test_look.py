"""Every part of the pages, looked at by a browser: no sideways scrolling, no small target, nothing axe objects to."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from people.access import VISITOR
from people.roles import Role
from tests import ran
from tests.pages.gallery.serving import WRONG, Shown, gallery

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COORDINATOR = replace(VISITOR, kind="staff", name="Mina Farrow", roles=frozenset({Role.COORDINATOR}))
# Links inside a sentence are the one exception; a radio or a checkbox is reached by its label as well.
SMALL = """() => [...document.querySelectorAll("a, button, select, textarea, summary, input")]
  .filter((one) => !one.matches(".skip, .govuk-skip-link, [type=hidden], [type=radio], [type=checkbox]"))
  .filter((one) => !one.closest("p, .eh-choice, .eh-papers"))
  .filter((one) => { const { height } = one.getBoundingClientRect(); return height > 0 && height < 44; })
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        ran.started("Chromium", opened.version)
        yield opened
        await opened.close()


async def look(page: Page, address: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    await page.goto(address)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert await page.evaluate(SMALL) == [], (address, width)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_every_part_fits_every_width(browser: Browser, scripts: bool) -> None:  # noqa: FBT001
    async with TestServer(gallery(Shown(form=WRONG))) as server:
        page = await (await browser.new_context(java_script_enabled=scripts)).new_page()
        for width in (1280, 390, 320):
            for path in ("/", "/join", "/refused/500"):
                await look(page, str(server.make_url(path)), width)


async def test_axe_objects_to_nothing_and_nothing_fails_to_load(browser: Browser) -> None:
    failed: list[str] = []
    async with TestServer(gallery(Shown(person=COORDINATOR))) as server:
        page = await browser.new_page()
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        for path in ("/", "/join", "/refused/404"):
            await page.goto(str(server.make_url(path)))
            found = await Axe().run(page)
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == [], path
    assert failed == []


async def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(browser: Browser) -> None:
    async with TestServer(gallery(Shown(form=WRONG))) as server:
        page = await browser.new_page()
        await page.goto(str(server.make_url("/")))
        assert await page.evaluate("document.activeElement.className") == "govuk-error-summary"

        await page.click("text=The month must be a number")

        assert await page.evaluate("document.activeElement.name") == "letter-month"


async def test_a_page_prints_its_reasons_and_none_of_its_buttons(browser: Browser) -> None:
    async with TestServer(gallery(Shown())) as server:
        page = await browser.new_page()
        await page.goto(str(server.make_url("/")))
        await page.emulate_media(media="print")

        assert await page.locator(".govuk-details__text").first.is_visible()
        assert await page.locator(".govuk-button:visible, .eh-header:visible, .eh-footer:visible").count() == 0


async def test_sides_and_states_keep_their_shape_in_forced_colours(browser: Browser) -> None:
    async with TestServer(gallery(Shown())) as server:
        page = await (await browser.new_context(forced_colors="active")).new_page()
        await page.goto(str(server.make_url("/")))

        shapes = await page.locator(".eh-side svg, .eh-tag svg").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().width)"
        )

        assert shapes
        assert min(shapes) >= 12
