"""The times as dated data."""

from datetime import date

from cases.periods import PERIODS, Clock, period


def test_every_clock_has_its_row_with_a_source_and_a_reader() -> None:
    assert [row.clock for row in PERIODS] == list(Clock)
    assert all(row.source and row.title and row.since and row.owed_by for row in PERIODS)


def test_lengths_by_the_table_of_the_brief() -> None:
    assert {row.clock.value: row.words for row in PERIODS} == {
        "D1": "24 hours",
        "D2": "2 months",
        "D3": "3 working days",
        "D4": "3 working days",
        "D5": "3 working days",
        "D6": "3 working days",
        "D7": "3 working days",
        "D8": "30 days",
        "D9": "30 days",
        "D10": "5 working days",
        "D11": "2 months",
        "D12": "2 weeks",
        "D13": "2 weeks",
        "D14": "1 week",
        "D15": "24 hours",
    }


def test_only_an_appeal_moves_to_a_later_day() -> None:
    assert [row.clock for row in PERIODS if row.moves] == [Clock.APPEAL]


def test_the_row_of_the_day_is_used_and_the_oldest_before_any() -> None:
    assert period(Clock.APPEAL, date(2026, 9, 14)).length == 2
    assert period(Clock.CONTACT, date(2000, 1, 1)).length == 24
