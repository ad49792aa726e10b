"""The board: what is late, due, failed or waiting, one step a row; the list of all cases; who may see them."""

import re
from datetime import datetime, timedelta

from database.engine import Database
from tests.pages.coordinator.desk import advised, opened_desk, rowan, with_mediator


def section(text: str, name: str) -> str:
    """The words of one group of the board."""
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', text, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split())


async def test_an_empty_board_says_so_kindly(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        text = await desk.get("/desk")

    assert "<h1" in text
    assert "Today, Thursday 8 October" in text
    assert "Nothing is late." in section(text, "late")
    assert "No case is open" in text
    assert "Nobody sits today." in text


async def test_a_case_asks_for_one_step_at_each_point_of_its_way(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        assert "Rowan A.’s family has no adviser yet" in section(await desk.get("/desk"), "due")

        await advised(desk, matter)
        assert "Rowan A. has no mediator yet" in section(await desk.get("/desk"), "due")

        await with_mediator(desk, matter)
        waiting = section(await desk.get("/desk"), "waiting")
        assert "Nobody has reached Rowan A.’s family yet" in waiting
        assert "24 h 00 left" in waiting

        desk.clock.moment = moment + timedelta(hours=21)
        await desk.sign_in("mina")
        assert "3 h 00 left" in section(await desk.get("/desk"), "due")

        desk.clock.moment = moment + timedelta(hours=25)
        await desk.sign_in("mina")
        late = section(await desk.get("/desk"), "late")
        assert "24 hours ended Fri 9 Oct, 10:00" in late
        assert "Choose another mediator" in late

        said = {"reached": "yes", "channel": "phone", "time": "10:15", "note": "Ring after school"}
        day = {"day__day": 9, "day__month": 10, "day__year": 2026}
        await desk.done(f"/desk/case/{matter.case_id}/contact", **said, **day)
        assert "Find a time for Rowan A." in section(await desk.get("/desk"), "waiting")

        desk.clock.moment = moment + timedelta(days=20)
        await desk.sign_in("mina")
        assert "Day 20 of 30" in section(await desk.get("/desk"), "due")

        desk.clock.moment = moment + timedelta(days=31)
        await desk.sign_in("mina")
        assert "Certificate for Rowan A. must go out" in section(await desk.get("/desk"), "waiting")
