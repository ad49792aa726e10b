"""What comes before what: a moment that cannot be right is refused at its field, the nearest that can is not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import in_order
from cases.in_order import AboutNothing, TooSoon

CAME = datetime(2026, 11, 9, 11, 0, tzinfo=UTC)  # a Monday
LETTER = date(2026, 11, 2)
MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2026, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_at", "letter", "words"),
    [
        (datetime(2026, 1, 1, 10, tzinfo=UTC), LETTER, "which is of Monday 2 November 2026"),
        (datetime(2026, 11, 1, 23, 59, tzinfo=UTC), LETTER, "which is of Monday 2 November 2026"),
        (MIDNIGHT - MINUTE, LETTER, "before the family came to us, on Monday 9 November 2026"),
        (MIDNIGHT - MINUTE, None, "before the family came to us, on Monday 9 November 2026"),
    ],
)
def test_advice_is_not_before_the_letter_nor_before_the_family_came(
    given_at: datetime, letter: date | None, words: str
) -> None:
    with pytest.raises(TooSoon) as refused:
        in_order.check_advice(given_at, letter=letter, received_at=CAME)
    assert words in refused.value.words
    assert refused.value.field == "day"


def test_advice_may_be_given_in_the_very_first_call() -> None:
    for letter in (LETTER, CAME.date(), None):
        in_order.check_advice(MIDNIGHT, letter=letter, received_at=CAME)


@pytest.mark.parametrize(("earlier", "field"), [(MINUTE, "hour"), (timedelta(days=1), "day")])
def test_a_choice_is_not_before_the_advice(earlier: timedelta, field: str) -> None:
    with pytest.raises(TooSoon) as refused:
        in_order.check_choice(CAME - earlier, advised_at=CAME)
    assert refused.value.field == field
    assert "Monday 9 November 2026, 11 am" in refused.value.words
    in_order.check_choice(CAME, advised_at=CAME)
    in_order.check_choice(CAME, advised_at=None)


def test_a_call_before_the_choice_keeps_no_promise() -> None:
    moments = (CAME - MINUTE, CAME, CAME + MINUTE)
    assert [in_order.keeps_promise(at, chosen_at=CAME) for at in moments] == [False, True, True]
    assert in_order.keeps_promise(CAME, chosen_at=None)


def test_the_five_days_are_let_go_on_the_day_of_the_choice_at_the_earliest() -> None:
    with pytest.raises(TooSoon) as refused:
        in_order.check_waived(MIDNIGHT - MINUTE, chosen_at=CAME)
    assert refused.value.field == "waived"
    for chosen_at in (CAME, None):
        in_order.check_waived(MIDNIGHT, chosen_at=chosen_at)


def test_it_is_about_something() -> None:
    with pytest.raises(AboutNothing) as refused:
        in_order.check_about((False, False, False))
    assert refused.value.field == "about"
    in_order.check_about((False, False, True))
