"""The promise of 24 hours: who is reminded when, once each, and never skipped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases import promise
from cases.case import Choice
from cases.promise import Facts, Nudge
from cases.states import MatterState

YES = datetime(2026, 10, 8, 9, 20, tzinfo=UTC)
WAITING = Facts(state=MatterState.ASSIGNED, choice=Choice.MEDIATION, chosen_at=YES, contacted_at=None)
REACHED = replace(WAITING, state=MatterState.FIRST_CONTACT, contacted_at=YES + timedelta(hours=3))


def test_the_steps_come_after_4_12_20_and_24_hours() -> None:
    due = [promise.due_nudge(WAITING, now=YES + timedelta(hours=hours)) for hours in (3, 4, 11, 12, 19, 20, 23, 24, 90)]
    expected = [None, Nudge.FIRST, Nudge.FIRST, Nudge.SECOND, Nudge.SECOND, Nudge.THIRD, Nudge.THIRD, Nudge.LATE]
    assert due == [*expected, Nudge.LATE]


def test_after_a_step_the_next_is_planned_and_after_the_last_none() -> None:
    planned = [promise.after_nudge(WAITING, now=YES + timedelta(hours=hours)) for hours in (4, 13, 20, 24)]
    assert planned == [YES + timedelta(hours=12), YES + timedelta(hours=20), YES + timedelta(hours=24), None]


def test_a_new_promise_begins_with_its_first_step() -> None:
    before = replace(WAITING, state=MatterState.ADVISED, choice=None, chosen_at=None)
    assert promise.next_due(WAITING, before=before, planned=None) == YES + timedelta(hours=4)


def test_a_promise_that_goes_on_keeps_its_plan_so_that_no_step_is_skipped() -> None:
    planned = YES + timedelta(hours=4)
    still = replace(WAITING, state=MatterState.SCHEDULING)
    assert promise.next_due(still, before=WAITING, planned=planned) == planned


def test_a_family_that_was_reached_or_said_no_is_no_reminder() -> None:
    declined = replace(WAITING, state=MatterState.DECLINED, choice=Choice.DECLINED)
    for over in (REACHED, declined):
        assert promise.next_due(over, before=WAITING, planned=YES + timedelta(hours=4)) is None
        assert promise.due_nudge(over, now=YES + timedelta(hours=30)) is None


@settings(max_examples=80)
@given(st.lists(st.floats(min_value=0.1, max_value=9), min_size=1, max_size=12))
def test_however_the_round_is_late_no_step_comes_twice_and_the_last_always_comes(gaps: list[float]) -> None:
    taken, planned, now = [], promise.next_due(WAITING), YES
    for gap in [*gaps, 40.0]:
        now += timedelta(hours=gap)
        if planned is not None and planned <= now:
            taken.append(promise.due_nudge(WAITING, now=now))
            planned = promise.after_nudge(WAITING, now=now)
    assert len(taken) == len(set(taken))
    assert taken[-1] is Nudge.LATE
