"""Rules: the two dates of a letter, as far as they can be right.

Everything is counted from them, so one that cannot be right is asked about before anything is worked out.
"""

from datetime import date

from cases.case import PART_3_IN_FORCE
from database.refusal import Refusal
from notifications.when import full_day


class DayNotLikely(Refusal):
    """Please look at this date again."""


def check_letter(letter: date | None, sent: date | None, *, today: date) -> None:
    """Refuses, by DayNotLikely at the field `letter_date` or `sent_date`, what cannot be the date of a letter."""
    for field, day in (("letter_date", letter), ("sent_date", sent)):
        if day and day > today:
            raise DayNotLikely(f"This date is still to come. Today is {full_day(today)}.", field=field)
        if day and day < PART_3_IN_FORCE:
            raise DayNotLikely("This date is too long ago. Please check the year.", field=field)
    if letter and sent and sent < letter:
        raise DayNotLikely(
            "A letter cannot be sent before the date that is on it. Please check both.", field="sent_date"
        )
