"""How people are named, in full and in short."""

from datetime import date

import pytest

from cases.dossier import Child

ROWAN = Child(first_name="Rowan", last_name="Alderton", born=date(2016, 5, 19))


def test_a_child_is_named_in_full_and_in_short() -> None:
    assert (ROWAN.full_name, ROWAN.label) == ("Rowan Alderton", "Rowan A.")
    alone = Child(first_name="Rowan", last_name="", born=None)
    assert (alone.full_name, alone.label, alone.age(date(2026, 10, 8))) == ("Rowan", "Rowan", None)


@pytest.mark.parametrize(("today", "age"), [(date(2026, 5, 18), 9), (date(2026, 5, 19), 10), (date(2027, 1, 1), 10)])
def test_a_year_is_full_on_the_birthday(today: date, age: int) -> None:
    assert ROWAN.age(today) == age


def test_what_is_kept_of_a_child_reads_as_the_same_child() -> None:
    assert Child.from_kept(ROWAN.as_kept()) == ROWAN
