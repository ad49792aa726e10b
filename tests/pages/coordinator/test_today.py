"""One step for each matter, in the group in which it belongs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.case import Choice, Decision
from cases.dossier import Matter
from cases.holiday_list import joined
from cases.states import MatterState, Outcome
from pages.coordinator.today import Group, Leads, Standing, ask_of, asks
from tests.pages.coordinator.test_case_dates import ENQUIRY, WANTED, YES

CALENDAR = joined(())


def standing(matter: Matter, **more: object) -> Standing:
    known = {"adviser": None, "mediator": None} | more
    return Standing(case_id="c", label="Rowan A.", number="EH-2026-00001", matter=matter, **known)  # type: ignore[arg-type]


def step(one: Standing, now: datetime) -> tuple[Group, str, str, Leads] | None:
    ask = ask_of(one, calendar=CALENDAR, now=now)
    return (ask.group, ask.what, ask.tag[1], ask.page) if ask else None


REACHED = replace(WANTED, state=MatterState.FIRST_CONTACT, contacted_at=YES + timedelta(hours=1))
BOOKED = replace(REACHED, state=MatterState.BOOKED)
MEETING = {"meeting_id": "x", "meeting_starts": datetime(2026, 11, 3, 10, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("one", "now", "expected"),
    [
        (
            standing(ENQUIRY),
            YES,
            (Group.DUE, "Rowan A.’s family has no adviser yet", "Since Tue 6 Oct", Leads.ADVISER),
        ),
        (
            standing(ENQUIRY),
            datetime(2026, 11, 16, 9, tzinfo=UTC),
            (Group.LATE, "Rowan A.’s family has no adviser yet", "2 months have passed", Leads.ADVISER),
        ),
        (standing(ENQUIRY, adviser="Joy Okoro"), YES, None),
        (
            standing(ENQUIRY, adviser="Joy Okoro", asks_first=True),
            YES,
            (Group.WAITING, "Rowan A.’s family has not said yes yet", "Ask them first", Leads.YES),
        ),
        (
            standing(ENQUIRY, adviser="Joy Okoro"),
            datetime(2026, 11, 13, 9, tzinfo=UTC),
            (Group.DUE, "Rowan A.’s family has had no advice yet", "Not yet", Leads.CASE),
        ),
        (
            standing(replace(WANTED, state=MatterState.CHOSE_MEDIATION)),
            YES,
            (Group.DUE, "Rowan A. has no mediator yet", "24 h 00 left", Leads.MEDIATOR),
        ),
        (
            standing(WANTED, mediator="Idris Vaughan"),
            YES,
            (Group.WAITING, "Nobody has reached Rowan A.’s family yet", "24 h 00 left", Leads.CONTACT),
        ),
        (
            standing(WANTED, mediator="Idris Vaughan"),
            YES + timedelta(hours=24),
            (
                Group.LATE,
                "Nobody has reached Rowan A.’s family yet",
                "24 hours ended Fri 9 Oct, 10:20",
                Leads.MEDIATOR,
            ),
        ),
        (
            standing(REACHED, mediator="Idris Vaughan"),
            YES + timedelta(days=8),
            (Group.WAITING, "Find a time for Rowan A.", "Day 8 of 30", Leads.TIMES),
        ),
        (
            standing(REACHED, mediator="Idris Vaughan"),
            YES + timedelta(days=20),
            (Group.DUE, "Find a time for Rowan A.", "Day 20 of 30", Leads.TIMES),
        ),
        (
            standing(REACHED, mediator="Idris Vaughan", adviser="Joy Okoro"),
            datetime(2026, 11, 11, 9, tzinfo=UTC),
            (Group.DUE, "Certificate for Rowan A. must go out", "Day 3 of 3", Leads.CASE),
        ),
        (
            standing(REACHED),
            datetime(2026, 11, 12, 9, tzinfo=UTC),
            (Group.LATE, "Certificate for Rowan A. must go out", "The date has passed", Leads.ADVISER),
        ),
        (
            standing(replace(REACHED, letter_date=None, sent_date=None), adviser="Joy Okoro"),
            datetime(2026, 11, 11, 9, tzinfo=UTC),
            (Group.DUE, "Certificate for Rowan A. must go out", "Day 3 of 3", Leads.FACTS),
        ),
        (standing(BOOKED, **MEETING, meeting_ends=datetime(2026, 11, 3, 13, tzinfo=UTC)), YES, None),
        (
            standing(BOOKED, **MEETING, meeting_ends=datetime(2026, 11, 3, 13, tzinfo=UTC)),
            datetime(2026, 11, 3, 14, tzinfo=UTC),
            (Group.DUE, "Nobody has said how Rowan A.’s meeting went", "Ended Tue 3 Nov, 13:00", Leads.MEETING),
        ),
        (
            standing(replace(REACHED, state=MatterState.ADJOURNED)),
            datetime(2026, 11, 3, 14, tzinfo=UTC),
            (Group.DUE, "Find another time for Rowan A.", "Day 26 of 30", Leads.TIMES),
        ),
        (
            standing(
                replace(
                    REACHED,
                    state=MatterState.CONCLUDED,
                    concluded_at=datetime(2026, 11, 3, 13, tzinfo=UTC),
                    outcome=Outcome.FULL,
                ),
                adviser="Joy Okoro",
            ),
            datetime(2026, 11, 4, 9, tzinfo=UTC),
            (Group.WAITING, "Certificate for Rowan A. must go out", "Day 1 of 3", Leads.CASE),
        ),
        (
            standing(
                replace(
                    ENQUIRY,
                    state=MatterState.CHOSE_DR,
                    choice=Choice.DISAGREEMENT_RESOLUTION,
                    chosen_at=YES,
                    decision=Decision.NO_LETTER,
                )
            ),
            YES,
            (
                Group.WAITING,
                "Rowan A.’s family asked for disagreement resolution",
                "Since Thu 8 Oct",
                Leads.CASE,
            ),
        ),
        (standing(replace(ENQUIRY, state=MatterState.CERTIFIED, certified_on=date(2026, 10, 8))), YES, None),
    ],
)
def test_a_matter_asks_for_one_step(
    one: Standing, now: datetime, expected: tuple[Group, str, str, Leads] | None
) -> None:
    assert step(one, now) == expected


def test_only_what_asks_for_something_is_on_the_board() -> None:
    found = list(asks([standing(ENQUIRY), standing(ENQUIRY, adviser="Joy")], calendar=CALENDAR, now=YES))

    assert [ask.what for ask in found] == ["Rowan A.’s family has no adviser yet"]
