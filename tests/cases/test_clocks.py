"""Which dates run at each point of a matter."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cases.case import Choice, Decision
from cases.clocks import STARTS, Facts, certificate_since, running
from cases.periods import Clock
from cases.states import MatterState, Outcome
from tests.cases.days import CALENDAR

ASKED = Facts(
    decision=Decision.CONTENTS_B_F_I,
    state=MatterState.ENQUIRY,
    letter_date=date(2026, 9, 14),
    sent_date=date(2026, 9, 14),
)
ADVISED = replace(ASKED, state=MatterState.ADVISED, advised_at=datetime(2026, 10, 7, 10, tzinfo=UTC))
CHOSE = replace(
    ADVISED,
    state=MatterState.CHOSE_MEDIATION,
    choice=Choice.MEDIATION,
    chosen_at=datetime(2026, 10, 8, 9, 20, tzinfo=UTC),
    council_told_at=datetime(2026, 10, 8, 10, tzinfo=UTC),
    health=True,
)
REACHED = replace(
    CHOSE,
    state=MatterState.FIRST_CONTACT,
    contacted_at=datetime(2026, 10, 8, 15, 5, tzinfo=UTC),
    health_told_at=datetime(2026, 10, 13, 9, tzinfo=UTC),
)
ENDED = replace(
    REACHED,
    state=MatterState.CONCLUDED,
    concluded_at=datetime(2026, 11, 3, 12, 20, tzinfo=UTC),
    outcome=Outcome.PARTIAL,
)
NO = replace(
    ADVISED,
    state=MatterState.DECLINED,
    choice=Choice.DECLINED,
    chosen_at=datetime(2026, 10, 14, 9, tzinfo=UTC),
)


def codes(facts: Facts) -> list[tuple[Clock, date]]:
    return [(deadline.code, deadline.day) for deadline in running(facts, CALENDAR)]


@pytest.mark.parametrize(
    ("facts", "dates"),
    [
        (ASKED, [(Clock.ADVISER, date(2026, 11, 14)), (Clock.APPEAL, date(2026, 11, 16))]),
        (ADVISED, [(Clock.APPEAL, date(2026, 11, 16))]),
        (
            CHOSE,
            [
                (Clock.CONTACT, date(2026, 10, 9)),
                (Clock.TELL_HEALTH, date(2026, 10, 13)),
                (Clock.ARRANGE, date(2026, 11, 7)),
                (Clock.APPEAL, date(2026, 11, 16)),
            ],
        ),
        (REACHED, [(Clock.ARRANGE, date(2026, 11, 7)), (Clock.APPEAL, date(2026, 11, 16))]),
        (
            ENDED,
            [
                (Clock.RECORD, date(2026, 11, 4)),
                (Clock.CONCLUDED, date(2026, 11, 6)),
                (Clock.APPEAL, date(2026, 11, 16)),
            ],
        ),
        (
            replace(ENDED, drafted_at=ENDED.concluded_at, certified_on=date(2026, 11, 4)),
            [(Clock.APPEAL, date(2026, 12, 4))],
        ),
        (NO, [(Clock.DECLINED, date(2026, 10, 19)), (Clock.APPEAL, date(2026, 11, 16))]),
        (
            replace(NO, had_chosen_mediation=True),
            [(Clock.CHANGED_MIND, date(2026, 10, 19)), (Clock.APPEAL, date(2026, 11, 16))],
        ),
        (replace(NO, decision=Decision.PLACEMENT_ONLY), [(Clock.APPEAL, date(2026, 11, 16))]),
        (replace(NO, decision=Decision.SOCIAL_CARE_ONLY), []),
        (replace(NO, letter_date=None, sent_date=None), [(Clock.DECLINED, date(2026, 10, 19))]),
        (replace(NO, state=MatterState.CLOSED), []),
    ],
)
def test_dates_run_from_the_fact_that_starts_them_to_the_fact_that_ends_them(
    facts: Facts, dates: list[tuple[Clock, date]]
) -> None:
    assert codes(facts) == dates


def test_health_alone_is_arranged_by_the_nhs_once_it_is_told() -> None:
    alone = replace(REACHED, decision=Decision.HEALTH_ONLY)

    assert codes(alone) == [(Clock.ARRANGE_HEALTH, date(2026, 11, 12))]
    assert codes(replace(alone, health_told_at=None)) == [(Clock.TELL_HEALTH, date(2026, 10, 13))]


@pytest.mark.parametrize(
    ("outcome", "clock"),
    [
        (Outcome.FULL, Clock.CONCLUDED),
        (Outcome.NONE, Clock.CONCLUDED),
        (Outcome.BACK_TO_PANEL, Clock.CONCLUDED),
        (Outcome.FAMILY_WITHDREW, Clock.CHANGED_MIND),
        (Outcome.COUNCIL_ABSENT, Clock.DEEMED),
        (Outcome.FAMILY_ABSENT, None),
    ],
)
def test_an_end_starts_the_certificate_by_its_outcome(outcome: Outcome, clock: Clock | None) -> None:
    started = certificate_since(replace(ENDED, outcome=outcome))

    assert started == ((clock, date(2026, 11, 3)) if clock else None)


def test_the_earliest_start_of_a_certificate_counts() -> None:
    late = replace(ENDED, cannot_arrange_at=datetime(2026, 10, 28, 9, tzinfo=UTC))

    assert certificate_since(late) == (Clock.DEEMED, date(2026, 10, 28))


def test_disagreement_resolution_has_no_certificate_and_no_thirty_days() -> None:
    other = replace(CHOSE, state=MatterState.CHOSE_DR, choice=Choice.DISAGREEMENT_RESOLUTION)

    assert codes(other) == [(Clock.APPEAL, date(2026, 11, 16))]
    assert certificate_since(other) is None


def test_a_letter_dated_before_it_was_sent_keeps_the_earlier_day_safe() -> None:
    facts = replace(ADVISED, sent_date=date(2026, 9, 17))

    (appeal,) = running(facts, CALENDAR)

    assert (appeal.due, appeal.safe) == (date(2026, 11, 17), date(2026, 11, 16))


def test_every_outcome_is_in_the_table() -> None:
    assert set(STARTS) == set(Outcome)
