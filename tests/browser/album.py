"""Every page as each role sees it: pictures at two widths, and nothing that axe objects to at WCAG 2.2 AA."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page as Tab

from pages.page import Page

WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
SHOWN = {200, 422}  # a page, or a form that is shown again with what is wrong; a refusal is no picture of a page
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def pattern(path: str) -> re.Pattern[str]:
    """The address of a page as an expression: `{case:[a-z]+}` and `{case}` both match one part."""
    parts = re.split(r"(\{[^{}]+(?:\{[^{}]*\}[^{}]*)?\})", path)
    made = [
        f"(?:{part[1:-1].partition(':')[2] or '[^/]+'})" if part.startswith("{") else re.escape(part) for part in parts
    ]
    return re.compile("".join(made) + r"/?")


@dataclass(kw_only=True)
class Album:
    """Pictures in a folder, one file for each role, page and width."""

    folder: Path
    pages: tuple[Page, ...]
    taken: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def name_of(self, address: str) -> str:
        """The page's name in the router, by its address."""
        path = re.sub(r"^https?://[^/]+", "", address).partition("?")[0].partition("#")[0]
        for page in self.pages:
            if page.get and pattern(page.path).fullmatch(path):
                return page.name
        raise LookupError(f"no page of ours is at {path}")

    async def take(self, tab: Tab, role: str, state: str = "") -> None:
        """Two pictures of what this role sees just now; what axe or the width objects to is kept for the end."""
        name = self.name_of(tab.url)
        if (status := await tab.evaluate(STATUS)) not in SHOWN:
            self.faults.append(f"{role} {name}: answered {status}")
            return
        self.taken.add((role, name))
        file = f"{name}{'-' + state if state else ''}"
        for word, (width, height) in WIDTHS.items():
            await tab.set_viewport_size({"width": width, "height": height})
            target = self.folder / role / f"{file}-{word}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            await tab.screenshot(path=target, full_page=True)
            if await tab.evaluate(SCROLLS):
                self.faults.append(f"{role} {file} {word}: scrolls sideways")
            found = await Axe().run(tab, options=RULES)
            self.faults += [
                f"{role} {file} {word}: {fault['id']}: {fault['nodes'][0]['html'][:140]}"
                for fault in found.response["violations"]
            ]
        await tab.set_viewport_size({"width": 1280, "height": 900})

    def missing(self, roles: frozenset[str]) -> list[str]:
        """Every page that has a face, and each of these roles that may see it, without a picture."""
        wanted = {(role, page.name) for page in self.pages if page.shows and page.get for role in page.who & roles}
        return sorted(f"{role}: {name}" for role, name in wanted - self.taken)
