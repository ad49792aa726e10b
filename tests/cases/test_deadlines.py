"""The worked examples T1 to T35 of the domain brief, and what must hold of every date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import deadlines, tribunal
from cases.deadlines import Deadline
from cases.legal_class import LegalClass
from cases.periods import Clock
from cases.working_days import plus_months
from tests.cases.days import CALENDAR

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 8, 31))


@pytest.mark.parametrize(
    ("name", "told", "due"),
    [
        ("T1", date(2026, 10, 14), date(2026, 10, 19)),
        ("T2", date(2026, 4, 2), date(2026, 4, 9)),
        ("T3", date(2026, 5, 2), date(2026, 5, 7)),
        ("T8", date(2026, 8, 28), date(2026, 9, 3)),
        ("T9", date(2027, 12, 23), date(2027, 12, 30)),
    ],
)
def test_certificate_after_a_no_is_due_in_three_working_days(name: str, told: date, due: date) -> None:
    assert deadlines.certificate_due(told, CALENDAR).due == due


@pytest.mark.parametrize(
    ("name", "ended", "due"),
    [
        ("T4", date(2026, 12, 22), date(2026, 12, 29)),
        ("T5", date(2026, 12, 24), date(2026, 12, 31)),
        ("T6", date(2026, 12, 31), date(2027, 1, 6)),
        ("T7", date(2027, 3, 25), date(2027, 4, 1)),
    ],
)
def test_certificate_after_mediation_is_due_in_three_working_days(name: str, ended: date, due: date) -> None:
    assert deadlines.certificate_due(ended, CALENDAR, clock=Clock.CONCLUDED).due == due


@pytest.mark.parametrize(
    ("name", "told", "due", "safe"),
    [
        ("T10", date(2026, 12, 7), date(2027, 1, 6), date(2027, 1, 6)),
        ("T11", date(2026, 11, 26), date(2026, 12, 26), date(2026, 12, 24)),
        ("T12", date(2027, 2, 26), date(2027, 3, 28), date(2027, 3, 25)),
    ],
)
def test_day_thirty_does_not_move_and_warns_on_the_last_working_day(
    name: str, told: date, due: date, safe: date
) -> None:
    deadline = deadlines.arranged_by(told, CALENDAR)

    assert (deadline.due, deadline.safe, deadline.hard) == (due, safe, True)


def test_t13_a_lapsed_day_thirty_starts_the_certificate() -> None:
    lapse = deadlines.arranged_by(date(2026, 11, 25), CALENDAR)

    certificate = deadlines.certificate_due(lapse.due, CALENDAR, clock=Clock.DEEMED)

    assert (lapse.due, certificate.due) == (date(2026, 12, 25), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "sent", "certificate", "due"),
    [
        ("T14", date(2026, 12, 31), None, date(2027, 3, 1)),
        ("T16", date(2027, 12, 31), None, date(2028, 2, 29)),
        ("T17", date(2026, 7, 31), None, date(2026, 9, 30)),
        ("T18", date(2026, 6, 5), None, date(2026, 9, 1)),
        ("T19", date(2027, 6, 1), None, date(2027, 9, 1)),
        ("T20", date(2026, 10, 1), date(2026, 11, 29), date(2027, 1, 4)),
        ("T21", date(2026, 11, 2), None, date(2027, 1, 4)),
        ("T22", date(2027, 10, 26), None, date(2028, 1, 4)),
        ("T23", date(2026, 2, 3), None, date(2026, 4, 7)),
        ("T24", date(2026, 3, 25), None, date(2026, 5, 26)),
        ("T25", date(2026, 9, 14), date(2026, 10, 20), date(2026, 11, 20)),
        ("T26", date(2026, 9, 14), date(2026, 9, 18), date(2026, 11, 16)),
        ("T27", date(2027, 1, 5), date(2027, 2, 26), date(2027, 3, 30)),
        ("T28", date(2026, 6, 29), date(2026, 8, 3), date(2026, 9, 3)),
        ("T29", date(2026, 12, 15), date(2027, 1, 31), date(2027, 3, 1)),
    ],
)
def test_appeal_arrives_by(name: str, sent: date, certificate: date | None, due: date) -> None:
    assert deadlines.appeal_by(sent, certificate, CALENDAR).due == due


def test_t15_the_time_to_reach_an_adviser_does_not_move() -> None:
    deadline = deadlines.adviser_by(date(2026, 12, 31), CALENDAR)

    assert (deadline.due, deadline.safe, deadline.hard) == (date(2027, 2, 28), date(2027, 2, 26), True)


def test_t30_an_action_of_two_weeks_does_not_move() -> None:
    deadline = deadlines.action_due(LegalClass.NON_APPEALABLE, date(2026, 12, 11), CALENDAR)

    assert deadline is not None
    assert (deadline.code, deadline.due, deadline.safe) == (Clock.ACTION, date(2026, 12, 25), date(2026, 12, 24))


@pytest.mark.parametrize(
    ("legal_class", "dues"),
    [
        (LegalClass.AMEND_PLAN, (date(2027, 1, 19),)),
        (LegalClass.ISSUE_PLAN, (date(2027, 1, 19), date(2027, 3, 2))),
        (LegalClass.ASSESS, (date(2026, 12, 29), date(2027, 2, 23), date(2027, 3, 23))),
        (LegalClass.MAINTAIN, (date(2026, 12, 15),)),
        (LegalClass.TELL_COUNCIL, (date(2026, 12, 22),)),
        (LegalClass.VOLUNTARY, ()),
    ],
)
def test_t31_times_of_an_action_by_its_class(legal_class: LegalClass, dues: tuple[date, ...]) -> None:
    steps = deadlines.action_steps(legal_class, date(2026, 12, 15), CALENDAR)

    assert tuple(step.due for step in steps) == dues


@pytest.mark.parametrize(
    ("name", "session", "due"),
    [("T32", date(2026, 4, 8), date(2026, 3, 30)), ("T33", date(2027, 1, 5), date(2026, 12, 24))],
)
def test_notice_is_five_working_days_back(name: str, session: date, due: date) -> None:
    assert deadlines.notice_by(session, CALENDAR).due == due


@pytest.mark.parametrize(
    ("name", "yes", "due"),
    [
        ("T34", datetime(2026, 10, 24, 18, tzinfo=LONDON), datetime(2026, 10, 25, 17, tzinfo=LONDON)),
        ("T35", datetime(2027, 3, 27, 18, tzinfo=LONDON), datetime(2027, 3, 28, 19, tzinfo=LONDON)),
    ],
)
def test_the_promise_of_24_hours_runs_by_the_clock(name: str, yes: datetime, due: datetime) -> None:
    assert deadlines.contact_promise(yes).due == due.astimezone(UTC)


def test_the_whole_invented_case_of_the_brief() -> None:
    told = date(2026, 10, 8)
    chosen = datetime(2026, 10, 8, 10, 20, tzinfo=LONDON)
    ended = datetime(2026, 11, 3, 12, 20, tzinfo=LONDON)

    assert deadlines.contact_promise(chosen).due == datetime(2026, 10, 9, 9, 20, tzinfo=UTC)
    assert deadlines.arranged_by(told, CALENDAR).due == date(2026, 11, 7)
    assert deadlines.health_told_by(told, CALENDAR).due == date(2026, 10, 13)
    assert deadlines.notice_by(ended, CALENDAR).due == date(2026, 10, 27)
    assert deadlines.certificate_due(ended, CALENDAR, clock=Clock.CONCLUDED).due == date(2026, 11, 6)
    assert deadlines.record_by(ended).due == datetime(2026, 11, 4, 12, 20, tzinfo=UTC)
    assert deadlines.appeal_by(date(2026, 9, 14), date(2026, 11, 4), CALENDAR).due == date(2026, 12, 4)
    assert deadlines.council_told_by(date(2026, 11, 4), CALENDAR).due == date(2026, 11, 11)
    assert deadlines.council_asked_on(told) == (date(2026, 10, 28), date(2026, 11, 2), date(2026, 11, 7))


def test_an_appeal_says_all_that_there_is_to_know() -> None:
    assert deadlines.appeal_by(date(2026, 9, 14), date(2026, 11, 4), CALENDAR) == Deadline(
        code=Clock.APPEAL,
        title="An appeal arrives at the Tribunal",
        since=date(2026, 11, 4),
        due=date(2026, 12, 4),
        hard=False,
        safe=date(2026, 12, 4),
        why=(
            "The letter was sent on Monday 14 September 2026. 2 months later is Saturday 14 November 2026. The "
            "tribunal is closed then, so it is Monday 16 November 2026. The certificate was issued on Wednesday 4 "
            "November 2026. 1 month later is Friday 4 December 2026. This is later, so it counts."
        ),
        owed_by="the family",
        source="Tribunal Procedure Rules 2008 (SI 2008/2699), rules 12 and 20",
        hour=time(17),
    )


@pytest.mark.parametrize(
    ("deadline", "why"),
    [
        (
            deadlines.contact_promise(datetime(2026, 10, 8, 9, 20, tzinfo=UTC)),
            (
                "The family said yes to mediation on Thursday 8 October 2026, 10:20 am. 24 hours run by the clock, "
                "nights and weekends too, until Friday 9 October 2026, 10:20 am."
            ),
        ),
        (
            deadlines.adviser_by(date(2026, 12, 31), CALENDAR),
            (
                "The letter was sent on Thursday 31 December 2026. 2 months later is Sunday 28 February 2027. "
                "February has no day 31, so its last day counts. It does not move to a later day. The last working "
                "day before it is Friday 26 February."
            ),
        ),
        (
            deadlines.certificate_due(date(2026, 12, 31), CALENDAR),
            (
                "The family said no to mediation on Thursday 31 December 2026. Then 3 working days: Monday 4, Tuesday"
                " 5 and Wednesday 6 January. Weekends and bank holidays do not count."
            ),
        ),
        (
            deadlines.arranged_by(date(2026, 10, 8), CALENDAR),
            (
                "The council was told that mediation is wanted on Thursday 8 October 2026. Every day counts, weekends"
                " too. Day 30 is Saturday 7 November 2026. It does not move to a later day. The last working day "
                "before it is Friday 6 November."
            ),
        ),
        (
            deadlines.notice_by(date(2026, 4, 8), CALENDAR),
            (
                "The meeting is on Wednesday 8 April 2026. 5 working days must lie before it, the last day to tell "
                "included: Monday 30, Tuesday 31 March, Wednesday 1, Thursday 2 and Tuesday 7 April."
            ),
        ),
        (
            deadlines.action_due(LegalClass.MAINTAIN, date(2026, 11, 4), CALENDAR),
            "It was agreed on Wednesday 4 November 2026, and it holds at once.",
        ),
        (
            deadlines.action_due(LegalClass.TELL_COUNCIL, date(2026, 11, 4), CALENDAR),
            "It was agreed on Wednesday 4 November 2026. 1 week later is Wednesday 11 November 2026.",
        ),
        (
            deadlines.appeal_by(date(2026, 6, 5), None, CALENDAR),
            (
                "The letter was sent on Friday 5 June 2026. 2 months later is Wednesday 5 August 2026. In August the "
                "tribunal’s time runs on, so it is Tuesday 1 September 2026."
            ),
        ),
        (
            deadlines.appeal_by(date(2027, 10, 26), None, CALENDAR),
            (
                "The letter was sent on Tuesday 26 October 2027. 2 months later is Sunday 26 December 2027. From 25 "
                "December to 1 January the tribunal’s time runs on, so it is Tuesday 4 January 2028."
            ),
        ),
        (
            deadlines.appeal_by(date(2026, 9, 14), date(2026, 9, 18), CALENDAR),
            (
                "The letter was sent on Monday 14 September 2026. 2 months later is Saturday 14 November 2026. The "
                "tribunal is closed then, so it is Monday 16 November 2026. The certificate was issued on Friday 18 "
                "September 2026. 1 month later is Sunday 18 October 2026. The tribunal is closed then, so it is "
                "Monday 19 October 2026. The letter’s day is later, so it counts."
            ),
        ),
    ],
)
def test_each_date_says_why(deadline: Deadline | None, why: str) -> None:
    assert deadline is not None
    assert deadline.why == why


def test_two_dates_on_one_letter_count_from_the_earlier_to_be_safe() -> None:
    letter, sent = date(2026, 9, 14), date(2026, 9, 17)

    deadline = deadlines.appeal_by(sent, None, CALENDAR, letter=letter)

    assert (deadline.due, deadline.safe) == (date(2026, 11, 17), date(2026, 11, 16))
    assert deadlines.counted_from(letter, sent) == letter
    assert deadlines.counted_from(letter, None) == letter
    assert deadlines.counted_from(None, None) is None


def test_a_moment_counts_as_its_day_in_london() -> None:
    just_after_midnight = datetime(2026, 10, 14, 23, 30, tzinfo=UTC)

    assert deadlines.certificate_due(just_after_midnight, CALENDAR) == deadlines.certificate_due(
        date(2026, 10, 15), CALENDAR
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        deadlines.contact_promise(datetime(2026, 10, 8, 10))  # noqa: DTZ001 - the fault under test
    with pytest.raises(ValueError, match="without a zone"):
        deadlines.certificate_due(datetime(2026, 10, 8, 10), CALENDAR)  # noqa: DTZ001 - the fault under test


def test_a_time_is_over_at_midnight_in_london_but_for_an_appeal_at_five() -> None:
    summer = deadlines.certificate_due(date(2026, 6, 1), CALENDAR)
    appeal = deadlines.appeal_by(date(2026, 9, 14), None, CALENDAR)

    assert summer.closes_at == datetime(2026, 6, 4, 23, tzinfo=UTC)
    assert appeal.closes_at == datetime(2026, 11, 16, 17, tzinfo=UTC)
    assert not appeal.passed(datetime(2026, 11, 16, 16, 59, tzinfo=UTC))
    assert appeal.passed(datetime(2026, 11, 16, 17, tzinfo=UTC))


def test_dates_in_order() -> None:
    early = deadlines.certificate_due(date(2026, 10, 14), CALENDAR)
    late = deadlines.appeal_by(date(2026, 9, 14), None, CALENDAR)

    assert deadlines.in_order([late, early]) == (early, late)


@settings(max_examples=200)
@given(sent=DAYS)
def test_a_rolled_day_is_a_working_day_and_never_before_the_raw_one(sent: date) -> None:
    raw = plus_months(sent, 2)
    rolled = deadlines.appeal_by(sent, None, CALENDAR).due

    assert CALENDAR.is_working(rolled)
    assert rolled >= raw


@settings(max_examples=200)
@given(first=DAYS, second=DAYS, certificate=st.none() | DAYS)
def test_an_appeal_is_never_earlier_for_a_later_letter(first: date, second: date, certificate: date | None) -> None:
    early, late = sorted((first, second))

    assert deadlines.appeal_by(early, certificate, CALENDAR).due <= deadlines.appeal_by(late, certificate, CALENDAR).due


@settings(max_examples=200)
@given(sent=DAYS, first=DAYS, second=DAYS)
def test_an_appeal_is_never_earlier_for_a_later_certificate(sent: date, first: date, second: date) -> None:
    early, late = sorted((first, second))

    none_yet = deadlines.appeal_by(sent, None, CALENDAR).due
    assert none_yet <= deadlines.appeal_by(sent, early, CALENDAR).due <= deadlines.appeal_by(sent, late, CALENDAR).due


@settings(max_examples=200)
@given(sent=DAYS, certificate=DAYS)
def test_later_then_rolled_equals_rolled_then_later(sent: date, certificate: date) -> None:
    letter, issued = deadlines.appeal_limbs(sent, certificate, CALENDAR)
    _, later_then_rolled = tribunal.moved(max(letter.ends, issued.ends), CALENDAR)

    assert deadlines.appeal_by(sent, certificate, CALENDAR).due == later_then_rolled
    assert later_then_rolled == max(letter.arrives_by, issued.arrives_by)


@settings(max_examples=200)
@given(told=DAYS, clock=st.sampled_from([Clock.DECLINED, Clock.CONCLUDED, Clock.DEEMED, Clock.CHANGED_MIND]))
def test_a_certificate_is_always_due_on_a_working_day(told: date, clock: Clock) -> None:
    due = deadlines.certificate_due(told, CALENDAR, clock=clock).due

    assert CALENDAR.is_working(due)
    assert CALENDAR.left(told, due) == 3


@settings(max_examples=200)
@given(day=DAYS)
def test_day_thirty_and_two_weeks_never_move(day: date) -> None:
    action = deadlines.action_due(LegalClass.NON_APPEALABLE, day, CALENDAR)

    assert deadlines.arranged_by(day, CALENDAR).due == day + timedelta(days=30)
    assert action is not None
    assert action.due == day + timedelta(days=14)


@settings(max_examples=200)
@given(session=DAYS)
def test_notice_leaves_five_working_days_at_the_least(session: date) -> None:
    last = deadlines.notice_by(session, CALENDAR).due

    assert CALENDAR.is_working(last)
    assert CALENDAR.left(last - timedelta(days=1), session - timedelta(days=1)) == 5
