"""What a time does to each date: the six times of the drawing (design/pages/co-booking), and the edges."""

from datetime import date

import pytest

from cases.case import Decision
from cases.holiday_list import joined
from pages.coordinator.effects import DateFacts, Effect, Line, appeal, of_time, thirty_days, worst

CALENDAR = joined(())
ROWAN = DateFacts(
    decision=Decision.CONTENTS_B_F_I,
    council_told=date(2026, 10, 8),
    letter=date(2026, 9, 14),
    certified_on=None,
    calendar=CALENDAR,
)
MONDAY = date(2026, 10, 19)


def said(meeting: date, facts: DateFacts = ROWAN, today: date = MONDAY) -> list[tuple[Effect, str]]:
    return [(line.effect, line.words) for line in of_time(meeting, facts, today=today)]


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (
            date(2026, 11, 3),
            [
                (Effect.KEEPS, "Day 26"),
                (Effect.KEEPS, "Send by Tue 27 Oct"),
                (Effect.KEEPS, "Certificate by Fri 6 Nov, appeal by Mon 7 Dec at the latest"),
            ],
        ),
        (
            date(2026, 11, 6),
            [
                (Effect.CLOSE, "Day 29, the last working day"),
                (Effect.KEEPS, "Send by Fri 30 Oct"),
                (Effect.KEEPS, "Certificate by Wed 11 Nov, appeal by Fri 11 Dec at the latest"),
            ],
        ),
        (
            date(2026, 10, 26),
            [
                (Effect.KEEPS, "Day 18"),
                (Effect.CLOSE, "Send today, or never"),
                (Effect.KEEPS, "Certificate by Thu 29 Oct, appeal by Mon 30 Nov at the latest"),
            ],
        ),
        (
            date(2026, 10, 23),
            [
                (Effect.KEEPS, "Day 15"),
                (Effect.MISSES, "1 working day short. Only if the family agrees"),
                (Effect.KEEPS, "Certificate by Wed 28 Oct, appeal by Mon 30 Nov at the latest"),
            ],
        ),
        (
            date(2026, 11, 10),
            [
                (Effect.MISSES, "Day 33. A certificate is then owed by Wed 11 Nov, meeting or not"),
                (Effect.KEEPS, "Send by Tue 3 Nov"),
                (Effect.KEEPS, "Certificate by Wed 11 Nov, appeal by Fri 11 Dec at the latest"),
            ],
        ),
    ],
    ids=["kept", "close to day 30", "notice today", "notice short", "past day 30"],
)
def test_the_times_of_the_drawing(meeting: date, expected: list[tuple[Effect, str]]) -> None:
    assert said(meeting) == expected


def test_without_a_letter_or_a_told_council_nothing_is_claimed() -> None:
    facts = DateFacts(
        decision=Decision.CONTENTS_F, council_told=None, letter=None, certified_on=None, calendar=CALENDAR
    )

    assert said(date(2026, 11, 3), facts) == [
        (Effect.NOTHING, "The council has not been told yet"),
        (Effect.KEEPS, "Send by Tue 27 Oct"),
        (Effect.NOTHING, "The date of the letter is not known yet"),
    ]


def test_after_the_certificate_the_appeal_date_can_be_missed() -> None:
    facts = DateFacts(
        decision=Decision.CONTENTS_F,
        council_told=date(2026, 10, 8),
        letter=date(2026, 9, 14),
        certified_on=date(2026, 11, 4),
        calendar=CALENDAR,
    )

    lines = [appeal(day, facts) for day in (date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 7))]

    assert [(line.effect, line.words) for line in lines] == [
        (Effect.KEEPS, "By Fri 4 Dec, 5 pm"),
        (Effect.CLOSE, "By Fri 4 Dec, 5 pm"),
        (Effect.MISSES, "By Fri 4 Dec, 5 pm, before the meeting"),
    ]


def test_what_cannot_be_appealed_has_no_appeal_date() -> None:
    facts = DateFacts(
        decision=Decision.HEALTH_ONLY, council_told=None, letter=date(2026, 9, 14), certified_on=None, calendar=CALENDAR
    )

    assert appeal(date(2026, 11, 3), facts) == Line(
        effect=Effect.NOTHING, title="Appeal.", words="There is nothing to appeal"
    )


def test_a_slot_has_the_edge_of_its_worst_line() -> None:
    assert worst(of_time(date(2026, 11, 10), ROWAN, today=MONDAY)) is Effect.MISSES
    assert worst(of_time(date(2026, 11, 6), ROWAN, today=MONDAY)) is Effect.CLOSE
    assert worst(of_time(date(2026, 11, 3), ROWAN, today=MONDAY)) is Effect.KEEPS
    assert worst([thirty_days(date(2026, 11, 3), ROWAN)]) is Effect.KEEPS
