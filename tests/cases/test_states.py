"""Every state and outcome has its words."""

from cases.states import MatterState, Outcome


def test_every_state_and_outcome_has_words_of_its_own() -> None:
    states = {state.words for state in MatterState}
    outcomes = {outcome.words for outcome in Outcome}

    assert (len(states), len(outcomes)) == (len(MatterState), len(Outcome))
    assert all(len(outcome) <= 20 for outcome in Outcome)
