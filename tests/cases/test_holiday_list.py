"""The list of holidays against the list of the domain brief, and the closures of the office."""

from datetime import date

from cases import holiday_list
from database.engine import Database
from tests.cases.days import HOLIDAYS


def test_bank_holidays_are_those_of_the_published_list() -> None:
    weekdays = {day for year in (2026, 2027, 2028) for day in holiday_list.bank_holidays(year) if day.weekday() < 5}

    assert weekdays == HOLIDAYS


def test_closures_join_the_bank_holidays() -> None:
    calendar = holiday_list.joined([date(2026, 6, 1)])

    assert not calendar.is_working(date(2026, 6, 1))
    assert not calendar.is_working(date(2026, 12, 25))
    assert calendar.is_working(date(2026, 6, 2))


async def test_a_closure_counts_until_it_is_taken_back(database: Database) -> None:
    day = date(2026, 6, 1)
    async with database.write() as db:
        await holiday_list.close(db, day, "A day of mourning")
        await holiday_list.close(db, day, "A coronation")

    async with database.read() as db:
        assert await holiday_list.closures(db) == {day: "A coronation"}
        assert not (await holiday_list.calendar(db)).is_working(day)

    async with database.write() as db:
        await holiday_list.reopen(db, day)
        await holiday_list.reopen(db, day)
        assert (await holiday_list.calendar(db)).is_working(day)
