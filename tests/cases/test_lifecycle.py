"""The ways through a matter, and what the tables refuse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Choice
from cases.lifecycle import BESIDE, CHOSEN, MOVES, Event, MatterState, MoveRefused, begun, moved, possible, replayed

E, S = Event, MatterState


def test_the_whole_way_of_one_mediation() -> None:
    to_the_room = [E.RECEIVED, E.ADVISED, E.CHOSE_MEDIATION, E.COUNCIL_TOLD, E.ASSIGNED, E.ATTEMPTED, E.CONTACTED]
    sitting = [E.SCHEDULING, E.BOOKED, E.MOVED, E.PREPARING, E.OPENED, E.DRAFTED, E.CONFIRMED, E.CONCLUDED]
    papers = [E.DRAFTED, E.CERTIFIED, E.CONFIRMED, E.SEALED, E.FOLLOWING, E.CLOSED]

    assert replayed(to_the_room) is S.FIRST_CONTACT
    assert replayed(to_the_room + sitting) is S.CONCLUDED
    assert replayed(to_the_room + sitting + papers) is S.CLOSED


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], S.ENQUIRY),
        ([E.ADVISED, E.DECLINED, E.CERTIFIED, E.CLOSED], S.CLOSED),
        ([E.ADVISED, E.DECLINED, E.CERTIFIED, E.CHOSE_MEDIATION], S.CHOSE_MEDIATION),
        ([E.ADVISED, E.CONSIDERING, E.LAPSED, E.CHOSE_MEDIATION], S.CHOSE_MEDIATION),
        ([E.NOT_OURS, E.CLOSED], S.CLOSED),
        ([E.ADVISED, E.CHOSE_MEDIATION, E.ASSIGNED, E.BOOKED, E.DECLINED, E.CERTIFIED], S.CERTIFIED),
        ([E.ADVISED, E.CHOSE_MEDIATION, E.ASSIGNED, E.BOOKED, E.CANCELLED, E.BOOKED], S.BOOKED),
        ([E.ADVISED, E.CHOSE_MEDIATION, E.ASSIGNED, E.BOOKED, E.OPENED, E.ADJOURNED, E.BOOKED, E.OPENED], S.IN_SESSION),
        ([E.ADVISED, E.CHOSE_MEDIATION, E.ASSIGNED, E.BOOKED, E.CONCLUDED, E.CANNOT_ARRANGE, E.BOOKED], S.BOOKED),
        ([E.ADVISED, E.CHOSE_DR, E.SCREENED, E.INVITED, E.ALL_AGREED, E.ASSIGNED], S.ASSIGNED),
        ([E.ADVISED, E.CHOSE_DR, E.SCREENED, E.INVITED, E.REFUSED, E.OPTIONS_GIVEN, E.CLOSED], S.CLOSED),
        ([E.ADVISED, E.CHOSE_DR, E.SCREENED, E.INVITED, E.NO_REPLY, E.ALL_AGREED], S.DR_ALL_AGREED),
        ([E.ADVISED, E.CHOSE_DR, E.SCREENED, E.CHOSE_MEDIATION], S.CHOSE_MEDIATION),
    ],
)
def test_a_way_through(events: list[Event], state: MatterState) -> None:
    assert replayed(events) is state


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (S.ENQUIRY, E.DECLINED),  # no certificate without advice
        (S.ENQUIRY, E.CERTIFIED),
        (S.ADVISED, E.CERTIFIED),
        (S.ADVISED, E.BOOKED),
        (S.BOOKED, E.BOOKED),
        (S.IN_SESSION, E.DECLINED),  # who leaves part of the way has taken part
        (S.IN_SESSION, E.SEALED),
        (S.CONCLUDED, E.OPENED),
        (S.DR_REFUSED, E.CERTIFIED),  # no certificate is ever made on this path
        (S.CLOSED, E.BOOKED),
    ],
)
def test_what_the_tables_lack_is_refused(state: MatterState, event: Event) -> None:
    with pytest.raises(MoveRefused) as refused:
        moved(state, event)

    assert refused.value.words == f"This cannot be done now: {state.words}."


@pytest.mark.parametrize(
    "state",
    [S.ASSIGNED, S.BOOKED, S.IN_SESSION, S.CONCLUDED, S.RECORD_DRAFT, S.RECORD_CONFIRMED, S.FOLLOW_UP, S.CLOSED],
)
def test_a_certificate_waits_for_nothing_and_stops_nothing(state: MatterState) -> None:
    assert moved(state, E.CERTIFIED) is state


def test_each_choice_is_an_event_that_follows_advice() -> None:
    states = {choice: moved(S.ADVISED, CHOSEN[choice]) for choice in Choice}

    assert states == {
        Choice.MEDIATION: S.CHOSE_MEDIATION,
        Choice.DECLINED: S.DECLINED,
        Choice.DISAGREEMENT_RESOLUTION: S.CHOSE_DR,
        Choice.CONSIDERING: S.CONSIDERING,
    }


def test_every_state_has_a_row_and_can_be_reached_and_left() -> None:
    reached, waiting = set[MatterState](), [begun()]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += [after for after in MOVES[state].values() if after not in reached]

    assert reached == set(MatterState) == set(MOVES)
    assert [state for state in MatterState if not MOVES[state]] == [S.CLOSED]


def test_a_fact_beside_the_state_is_never_also_a_move_there() -> None:
    both = {(state, event) for event, states in BESIDE.items() for state in states if event in MOVES[state]}

    assert both == set()


@settings(max_examples=200)
@given(state=st.sampled_from(MatterState), event=st.sampled_from(Event))
def test_possible_and_moved_agree(state: MatterState, event: Event) -> None:
    if event in possible(state):
        assert moved(state, event) in MatterState
    else:
        with pytest.raises(MoveRefused):
            moved(state, event)


def test_words_fit_the_columns_of_the_database() -> None:
    assert all(len(word) <= 24 for word in [*MatterState, *Event])
