"""The hours of a mediator's week, one time or two a day, and their time off; by themselves or by a coordinator."""

import re
from datetime import datetime

import pytest

from database.engine import Database
from scheduler import diaries
from tests.pages.coordinator.desk import opened_desk


async def test_a_mediator_keeps_their_own_hours_and_nobody_else_s(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        mine, theirs = (f"/desk/diary/{desk.staff[name].id}" for name in ("idris", "ruth"))
        await desk.sign_in("idris")
        week = await desk.get("/desk/diary")
        await desk.get(theirs, 404)
        await desk.refused(theirs, 404, opens__0="9", closes__0="10")
        await desk.done(mine, opens__0="9:30", closes__0="14.00", opens__5="10", closes__5="12")
        async with database.read() as db:
            number = (await diaries.numbers(db, [str(desk.staff["idris"].id)]))[desk.staff["idris"].id]
            hours = await diaries.hours_of(db, number)

    assert "Idris Vaughan" in week
    assert "Ruth Sandhu" not in week
    assert [(each.weekday, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}") for each in hours] == [
        (0, "09:30", "14:00"),
        (5, "10:00", "12:00"),
    ]


async def test_hours_that_cannot_be_are_refused_day_by_day_and_kept(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page = f"/desk/diary/{desk.staff['idris'].id}"
        said = await desk.refused(
            page, 422, opens__0="early", closes__0="17", opens__1="12", closes__1="9", opens__2="9", closes__2=""
        )
        text = await (await desk.post(page, opens__0="early", closes__0="17")).text()
        async with database.read() as db:
            number = (await diaries.numbers(db, [str(desk.staff["idris"].id)]))[desk.staff["idris"].id]
            kept = await diaries.hours_of(db, number)

    assert said == [
        "Monday: write the time like 16:05",
        "Tuesday: the time must end after it begins",
        "Wednesday: write the time like 16:05",
    ]
    assert 'value="early"' in text
    assert len(kept) == 5


async def test_a_day_may_have_a_break_and_both_its_times_are_shown_again(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page = f"/desk/diary/{desk.staff['idris'].id}"
        monday = {"opens__0": "9:30", "closes__0": "12", "opens__0__2": "13:15", "closes__0__2": "17"}
        tuesday = {"opens__1": "13", "closes__1": "16", "opens__1__2": "9", "closes__1__2": "13"}
        friday = {"opens__4__2": "14", "closes__4__2": "15.30"}
        await desk.done(page, **monday, **tuesday, **friday)
        shown = await desk.get(page)
        sent_again = {name: value for name, value in fields_of(shown).items() if name.startswith(("opens", "closes"))}
        await desk.done(page, **{name.replace("-", "__"): value for name, value in sent_again.items()})
        async with database.read() as db:
            number = (await diaries.numbers(db, [str(desk.staff["idris"].id)]))[desk.staff["idris"].id]
            hours = await diaries.hours_of(db, number)

    assert {name: value for name, value in sent_again.items() if value} == {
        "opens-0": "09:30", "closes-0": "12:00", "opens-0-2": "13:15", "closes-0-2": "17:00",
        "opens-1": "09:00", "closes-1": "13:00", "opens-1-2": "13:00", "closes-1-2": "16:00",
        "opens-4": "14:00", "closes-4": "15:30",
    }  # fmt: skip
    assert [(each.weekday, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}") for each in hours] == [
        (0, "09:30", "12:00"),
        (0, "13:15", "17:00"),
        (1, "09:00", "13:00"),
        (1, "13:00", "16:00"),
        (4, "14:00", "15:30"),
    ]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (("9", "13", "12:30", "17"), "opens-3-2", "the second time must begin after the first one ends"),
        (("13", "17", "9", "13:30"), "opens-3-2", "the second time must begin after the first one ends"),
        (("9", "17", "9", "17"), "opens-3-2", "the second time must begin after the first one ends"),
        (("9", "12", "17", "13"), "closes-3-2", "the time must end after it begins"),
        (("9", "12", "13", ""), "closes-3-2", "write the time like 16:05"),
        (("", "", "after lunch", "17"), "opens-3-2", "write the time like 16:05"),
        (("9", "", "13", "17"), "closes-3", "write the time like 16:05"),
    ],
)
async def test_a_second_time_is_refused_at_its_own_field_and_what_was_typed_stays(
    database: Database, moment: datetime, typed: tuple[str, ...], field: str, words: str
) -> None:
    names = ("opens-3", "closes-3", "opens-3-2", "closes-3-2")
    async with opened_desk(database, moment) as desk:
        page = f"/desk/diary/{desk.staff['idris'].id}"
        answer = await desk.post(page, **dict(zip((name.replace("-", "__") for name in names), typed, strict=True)))
        text = await answer.text()
        async with database.read() as db:
            number = (await diaries.numbers(db, [str(desk.staff["idris"].id)]))[desk.staff["idris"].id]
            kept = await diaries.hours_of(db, number)

    assert answer.status == 422
    assert f'<a href="#{field}">Thursday: {words}</a>' in text
    assert f'id="{field}-error"' in text
    assert {name: value for name, value in fields_of(text).items() if name in names} == dict(
        zip(names, typed, strict=True)
    )
    assert len(kept) == 5


def fields_of(page: str) -> dict[str, str]:
    """What each field of text on the page holds."""
    found = re.findall(r'<input class="govuk-input[^>]* name="([^"]+)" type="text" value="([^"]*)"', page)
    return dict(found)


async def test_time_off_is_added_shown_in_the_week_and_taken_out(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page = f"/desk/diary/{desk.staff['idris'].id}"
        first = {"away__day": 19, "away__month": 10, "away__year": 2026}
        last = {"until__day": 20, "until__month": 10, "until__year": 2026}
        said = [
            await desk.refused(f"{page}/away", 422),
            await desk.refused(f"{page}/away", 422, **first, **{**last, "until__day": 18}),
            await desk.refused(f"{page}/away", 422, **{**first, "away__year": 2126}, **last),
            await desk.refused(f"{page}/away", 422, **first, **{**last, "until__year": 2028}),
        ]
        kept = await (await desk.post(f"{page}/away", **first)).text()
        await desk.done(f"{page}/away", **first, **last)
        shown, week = await desk.get(page), await desk.get("/desk/diary?week=2026-10-21")
        async with database.read() as db:
            number = (await diaries.numbers(db, [str(desk.staff["idris"].id)]))[desk.staff["idris"].id]
            (absence,) = await diaries.absence_ids(db, number)
        await desk.refused(f"/desk/diary/{desk.staff['ruth'].id}/away/{absence}/back", 404)
        await desk.done(f"{page}/away/{absence}/back")
        after = await desk.get(page)

    assert len(said[0]) == 2
    assert said[1] == ["The last day is before the first day"]
    assert said[2] == ["Check the year of the first day"]
    assert said[3] == ["That is longer than half a year. Check the last day"]
    # The other form of the page still shows what is kept, not what was typed elsewhere.
    assert 'name="opens-0" type="text" value="09:00"' in kept
    assert "Monday 19 October to Tuesday 20 October 2026" in shown
    assert week.count("All day") == 2
    assert "No time off is written down." in after
