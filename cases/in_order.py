"""Rules: what comes before what in the story of a matter; a moment that is written down fits into it.

The law's times are counted from these moments, so one that cannot be right is asked about before it is kept.
"""

from collections.abc import Iterable
from datetime import date, datetime

from cases.working_days import day_of
from database.refusal import Refusal
from notifications.when import at, full_day


class TooSoon(Refusal):
    """This cannot have been so early. Please check the day."""


class AboutNothing(Refusal):
    """Say what it is about: education, health or social care. The certificate names it."""


def check_advice(given_at: datetime, *, letter: date | None, received_at: datetime) -> None:
    """TooSoon for advice before the letter it is about, or before the day on which the family came to us.

    The first call may be typed in after it, so that whole day is all right.
    """
    given_on, came_on = day_of(given_at), day_of(received_at)
    if letter is not None and given_on < letter:
        raise TooSoon(f"That was before the letter, which is of {full_day(letter)}. Check the day.", field="day")
    if given_on < came_on:
        raise TooSoon(f"That was before the family came to us, on {full_day(came_on)}. Check the day.", field="day")


def check_choice(told_at: datetime, *, advised_at: datetime | None) -> None:
    """TooSoon for a choice before the advice; on the same day it is the hour that is to be mended."""
    if advised_at is None or told_at >= advised_at:
        return
    field = "hour" if day_of(told_at) == day_of(advised_at) else "day"
    raise TooSoon(
        f"That was before the advice, on {at(advised_at)}. A family chooses after it.",
        field=field,
    )


def keeps_promise(reached_at: datetime, *, chosen_at: datetime | None) -> bool:
    """Whether reaching the family at this moment keeps the promise that its choice began; nothing before it does."""
    return chosen_at is None or reached_at >= chosen_at


def check_waived(waived_at: datetime, *, chosen_at: datetime | None) -> None:
    """TooSoon when the family is said to have let the five days go on a day before it chose mediation."""
    if chosen_at is not None and day_of(waived_at) < day_of(chosen_at):
        raise TooSoon(f"That was before the family chose mediation, on {full_day(chosen_at)}.", field="waived")


def check_about(issues: Iterable[bool]) -> None:
    """AboutNothing when it is about neither education nor health nor social care."""
    if not any(issues):
        raise AboutNothing(field="about")
