"""Where we are: after the meeting both sides read what comes next, each in its own words."""

from datetime import datetime

from database.engine import Database
from pages.authority import cases
from pages.authority import confirm as council_confirm
from pages.authority import papers as council_papers
from pages.family import confirm, home, papers
from tests.pages.small_service import browser, get
from tests.records.stage import holder
from tests.records.test_closing import confirmed

OWN = (*home.PAGES, *papers.PAGES, *confirm.PAGES)
COUNCIL = (*cases.PAGES, *council_papers.PAGES, *council_confirm.PAGES)


async def test_after_the_meeting_nobody_is_asked_for_another_day(database: Database, moment: datetime) -> None:
    stage, _, _ = await confirmed(database, moment)

    async with browser(database, OWN, holder(stage.family), now=moment) as client:
        _, family = await get(client, "/my")
    async with browser(database, COUNCIL, holder(stage.council), now=moment) as client:
        _, council = await get(client, f"/authority/case/{stage.case.id}")

    assert "Your meeting is over" in family
    assert "You chose mediation" in family
    assert "The meeting is over" in council
    assert "The family chose mediation" in council
    assert all("Ask for another meeting" in text and "Ask for another day" not in text for text in (family, council))
    assert "can decide for the council" not in council
    assert "certificate" not in council.lower()
