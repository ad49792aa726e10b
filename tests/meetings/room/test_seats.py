"""One person in the room, and what their standing lets them do."""

from dataclasses import replace

import pytest

from cases.case import Side, Standing
from meetings.room.seats import WEIGHTS, Office, Seat
from tests.meetings.room.table import IDRIS, LENA, MINA, TESSA, TIA, person


@pytest.mark.parametrize(
    ("seat", "process", "leads", "takes_turns"),
    [
        (IDRIS, True, True, False),
        (MINA, True, True, False),
        (TIA, True, False, False),
        (LENA, False, False, False),
        (TESSA, False, False, True),
        (person("wes", Side.SCHOOL, Standing.WITNESS), False, False, True),
        (person("ro", Side.FAMILY, Standing.YOUNG_PERSON), False, False, True),
        (person("sue", Side.FAMILY, Standing.SUPPORTER), False, False, True),
    ],
    ids=lambda one: one.key if isinstance(one, Seat) else "",
)
def test_who_leads_and_who_takes_turns(seat: Seat, *, process: bool, leads: bool, takes_turns: bool) -> None:
    assert (seat.process, seat.leads, seat.takes_turns) == (process, leads, takes_turns)


def test_a_co_mediator_leads_and_a_trainee_only_watches() -> None:
    assert [replace(IDRIS, office=office).leads for office in (None, *Office)] == [True, True, True, False]


def test_a_moment_of_speech_weighs_less_the_more_time_somebody_needs() -> None:
    assert {percent * weight for percent, weight in WEIGHTS.items()} == {3000}
