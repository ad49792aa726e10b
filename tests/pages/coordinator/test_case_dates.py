"""The dates of a case as its page lists them, by Rowan's story (domain 4.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.case import Choice, Decision
from cases.dossier import Matter
from cases.holiday_list import joined
from cases.states import MatterState, Outcome
from pages.coordinator.case_dates import certificate_due, contact, in_words, of_matter

CALENDAR = joined(())
YES = datetime(2026, 10, 8, 9, 20, tzinfo=UTC)
ENQUIRY = Matter(
    id="m", case_id="c", decision=Decision.CONTENTS_B_F_I, letter_date=date(2026, 9, 14),
    sent_date=date(2026, 9, 14), education=True, health=False, social_care=False, about=None,
    state=MatterState.ENQUIRY, received_at=datetime(2026, 10, 6, 19, 41, tzinfo=UTC), advised_at=None, choice=None,
    chosen_at=None, council_told_at=None, contacted_at=None, concluded_at=None, outcome=None, agreed_on=None,
    certified_on=None, next_due_at=None, version=1,
)  # fmt: skip
WANTED = replace(
    ENQUIRY,
    state=MatterState.ASSIGNED,
    advised_at=datetime(2026, 10, 7, 10, tzinfo=UTC),
    choice=Choice.MEDIATION,
    chosen_at=YES,
    council_told_at=YES,
)


def rows(matter: Matter, now: datetime, meeting: date | None = None) -> list[tuple[str, str, str]]:
    return [(row.title, row.kind, row.words) for row in of_matter(matter, meeting, calendar=CALENDAR, now=now)]


def test_an_enquiry_has_the_family_s_two_dates() -> None:
    assert rows(ENQUIRY, datetime(2026, 10, 7, 9, tzinfo=UTC)) == [
        ("Family to speak to an adviser: Sat 14 Nov", "wait", "Not yet"),
        ("Appeal: Mon 16 Nov, 5 pm", "keeps", "Gets later with the certificate"),
        ("Certificate", "wait", "Starts when the mediation ends, or with a no"),
    ]


def test_a_yes_starts_the_promise_and_the_30_days() -> None:
    assert rows(WANTED, YES + timedelta(hours=1))[:3] == [
        ("Reach the family by Fri 9 Oct, 10:20", "wait", "23 h 00 left"),
        ("30 days: Sat 7 Nov", "wait", "Day 0 of 30"),
        ("Family to speak to an adviser: Sat 14 Nov", "done", "Done Wed 7 Oct"),
    ]


@pytest.mark.parametrize(
    ("later", "kind", "words"),
    [
        (timedelta(hours=20), "wait", "4 h 00 left"),
        (timedelta(hours=21), "soon", "3 h 00 left"),
        (timedelta(hours=23, minutes=40), "soon", "20 min left"),
        (timedelta(hours=24), "late", "24 hours ended Fri 9 Oct, 10:20"),
    ],
)
def test_the_promise_says_how_much_is_left(later: timedelta, kind: str, words: str) -> None:
    row = contact(WANTED, YES + later)

    assert row is not None
    assert (row.kind, row.words) == (kind, words)


def test_a_contact_in_time_is_done_and_a_late_one_says_so() -> None:
    kept = contact(replace(WANTED, contacted_at=YES + timedelta(hours=5, minutes=45)), YES)
    late = contact(replace(WANTED, contacted_at=YES + timedelta(hours=25)), YES)

    assert kept is not None
    assert late is not None
    assert (kept.kind, kept.words) == ("done", "Reached after 5 h 45 of 24 h")
    assert (late.kind, late.words) == ("late", "Reached after 25 h 00 of 24 h")


@pytest.mark.parametrize(
    ("meeting", "kind", "words"),
    [
        (date(2026, 11, 3), "keeps", "The meeting is on day 26"),
        (date(2026, 11, 6), "tight", "The meeting is on day 29"),
        (date(2026, 11, 10), "late", "The meeting is on day 33"),
    ],
)
def test_a_meeting_keeps_the_30_days_or_does_not(meeting: date, kind: str, words: str) -> None:
    assert rows(WANTED, YES, meeting)[1] == ("30 days: Sat 7 Nov", kind, words)


def test_30_days_without_a_meeting_start_the_certificate_by_themselves() -> None:
    found = rows(WANTED, datetime(2026, 11, 9, 9, tzinfo=UTC))

    assert found[1] == ("30 days: Sat 7 Nov", "late", "The date has passed")
    assert found[-1] == ("Certificate: Wed 11 Nov", "soon", "Day 1 of 3")


def test_a_no_and_an_end_start_the_certificate_and_the_certificate_ends_it() -> None:
    no = replace(ENQUIRY, state=MatterState.DECLINED, choice=Choice.DECLINED, chosen_at=YES)
    ended = replace(WANTED, state=MatterState.CONCLUDED, concluded_at=YES, outcome=Outcome.FULL)
    absent = replace(ended, outcome=Outcome.FAMILY_ABSENT)

    due = [certificate_due(each, calendar=CALENDAR, now=YES) for each in (no, ended, absent, ENQUIRY)]
    assert [each.day if each else None for each in due] == [date(2026, 10, 13), date(2026, 10, 13), None, None]
    issued = replace(ended, certified_on=date(2026, 10, 9))
    assert rows(issued, YES)[-2:] == [
        ("Appeal: Mon 16 Nov, 5 pm", "keeps", "Fixed"),
        ("Certificate", "done", "Issued Fri 9 Oct"),
    ]


def test_what_needs_no_certificate_and_cannot_be_appealed_has_neither_date() -> None:
    health = replace(ENQUIRY, decision=Decision.HEALTH_ONLY)
    unknown = replace(ENQUIRY, letter_date=None, sent_date=None)

    assert rows(health, YES) == []
    assert rows(unknown, YES)[0] == ("Appeal", "wait", "The date of the letter is not known")


def test_spans_are_said_to_the_minute() -> None:
    assert [in_words(timedelta(minutes=minutes)) for minutes in (0, 59, 60, 345)] == [
        "0 min",
        "59 min",
        "1 h 00",
        "5 h 45",
    ]
