"""Dates of a letter that cannot be right are asked about."""

from datetime import date

import pytest

from cases.letter import DayNotLikely, check_letter

TODAY = date(2026, 10, 7)


@pytest.mark.parametrize(
    ("letter", "sent"),
    [(None, None), (TODAY, None), (None, TODAY), (date(2026, 9, 14), date(2026, 9, 14)), (date(2014, 9, 1), TODAY)],
)
def test_dates_that_can_be_right_pass(letter: date | None, sent: date | None) -> None:
    check_letter(letter, sent, today=TODAY)


@pytest.mark.parametrize(
    ("letter", "sent", "field", "words"),
    [
        (date(2026, 10, 8), None, "letter_date", "This date is still to come. Today is Wednesday 7 October 2026."),
        (None, date(2027, 1, 1), "sent_date", "This date is still to come. Today is Wednesday 7 October 2026."),
        (date(1926, 9, 14), None, "letter_date", "This date is too long ago. Please check the year."),
        (
            date(2026, 9, 14),
            date(2026, 9, 13),
            "sent_date",
            "A letter cannot be sent before the date that is on it. Please check both.",
        ),
    ],
)
def test_dates_that_cannot_be_right_are_refused_at_their_field(
    letter: date | None, sent: date | None, field: str, words: str
) -> None:
    with pytest.raises(DayNotLikely) as refused:
        check_letter(letter, sent, today=TODAY)

    assert (refused.value.field, refused.value.words) == (field, words)
