"""What a mediator sets for a side, at a real desk: who interprets for whom, agreed shares, and a side that is away."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.sitting import sitting_room
from tests.browser.test_desk import clean, going
from tests.servers.sitting import IDA, screens, until


async def test_who_interprets_for_whom_and_agreed_shares_are_set_at_the_desk_and_all_see_the_shares(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with sitting_room(tmp_path, sqlite_url, (IDA,)) as room:
        desk, parent = await going(room, "queue"), await room.tab(room.sitting.parent)
        await desk.get_by_role("tab", name="Settings").click()
        await desk.locator("summary", has_text="Who interprets for whom").click()
        await desk.get_by_label("Ida R. interprets for").first.select_option(label="Tessa A.")
        await desk.get_by_role("button", name="Save: Ida R. interprets for").click()
        async with screens(room.service.url, room.sitting.others["Ida"]) as (ida,):
            await until(lambda: any(one["helps"] for one in (ida.floor or {}).get("people", [])), 5, "the desk's word")
            await ida.say("raise_hand")
            await until(lambda: ida.queue() == [room.sitting.parent.seat], 5, "the hand of who is interpreted")

        await desk.locator("summary", has_text="Shares of the time").click()
        await desk.get_by_label("Family: parts of the time").select_option("2")
        await desk.get_by_role("button", name="Save what they agreed").click()

        for tab in (desk, parent):
            await expect(tab.get_by_text("family 2 parts, council 1 part").first).to_be_visible()
            await clean(tab)


async def test_a_round_goes_on_without_a_side_that_is_not_here(sqlite_url: str, tmp_path: Path) -> None:
    async with sitting_room(tmp_path, sqlite_url) as room:
        desk, _ = await going(room, "queue"), await room.tab(room.sitting.parent)
        await desk.locator("#mode").select_option("round")
        await desk.get_by_role("button", name="Set up the round").click()
        await desk.get_by_role("button", name="Start the round").click()
        card = desk.locator("#round")
        await card.get_by_role("button", name="They pass", exact=True).click()

        await expect(card).to_contain_text("Still to come: council, not here just now.")
        await clean(desk)
        await card.get_by_role("button", name="Not here: come back to them later").click()

        await expect(card).to_contain_text("Round complete")
        await expect(card).to_contain_text("Not here, comes back later")
        await clean(desk)
        await card.get_by_role("button", name="Go on with the queue").click()
        await expect(desk.locator("#mode")).to_have_value("queue")
