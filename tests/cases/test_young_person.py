"""The day on which the rights become the young person's own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.young_person import is_young_person, rights_move_on


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(2009, 9, 1), date(2026, 6, 26)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2010, 6, 30), date(2026, 6, 26)),
        (date(2008, 2, 29), date(2024, 6, 28)),
        (date(2016, 5, 19), date(2032, 6, 25)),
    ],
)
def test_rights_move_on_the_last_friday_of_june(born: date, day: date) -> None:
    assert rights_move_on(born) == day


def test_a_child_until_the_day_and_a_young_person_from_it() -> None:
    assert not is_young_person(date(2010, 1, 1), date(2026, 6, 25))
    assert is_young_person(date(2010, 1, 1), date(2026, 6, 26))


@settings(max_examples=100)
@given(born=st.dates(date(1995, 1, 1), date(2030, 12, 31)))
def test_the_day_is_a_friday_in_the_last_week_of_june(born: date) -> None:
    day = rights_move_on(born)

    assert (day.weekday(), day.month) == (4, 6)
    assert day.day >= 24
    assert 15 <= (day - born).days / 365.2425 <= 17
