"""What the law says of each decision, by the table of the domain brief (1.1), and words for everything."""

import pytest

from cases.case import Channel, Choice, Decision, Side, Standing


@pytest.mark.parametrize(
    ("decision", "certificate", "appealable", "form"),
    [
        (Decision.REFUSE_ASSESS, True, True, "SEND35a"),
        (Decision.REFUSE_REASSESS, True, True, "SEND35"),
        (Decision.REFUSE_ISSUE, True, True, "SEND35"),
        (Decision.REFUSE_AMEND, True, True, "SEND35"),
        (Decision.CEASE, True, True, "SEND35"),
        (Decision.CONTENTS_B, True, True, "SEND35"),
        (Decision.CONTENTS_F, True, True, "SEND35"),
        (Decision.CONTENTS_B_F_I, True, True, "SEND35"),
        (Decision.PLACEMENT_ONLY, False, True, "SEND35"),
        (Decision.HEALTH_ONLY, False, False, None),
        (Decision.SOCIAL_CARE_ONLY, False, False, None),
        (Decision.DISCRIMINATION, False, False, None),
        (Decision.NO_LETTER, False, False, None),
        (Decision.NOT_SURE, True, True, None),
    ],
)
def test_decision_in_law(decision: Decision, *, certificate: bool, appealable: bool, form: str | None) -> None:
    found = (decision.certificate_needed, decision.appealable, decision.tribunal_form)

    assert found == (certificate, appealable, form)


def test_there_is_no_right_to_mediation_about_discrimination_or_without_a_decision() -> None:
    assert {decision for decision in Decision if not decision.mediable} == {
        Decision.DISCRIMINATION,
        Decision.NO_LETTER,
    }


@pytest.mark.parametrize("kind", [Side, Standing, Choice, Channel, Decision])
def test_everything_has_words_of_its_own(kind: type[Side | Standing | Choice | Channel | Decision]) -> None:
    words = [each.words for each in kind]

    assert len(set(words)) == len(words)
    assert all(words)


def test_texts_fit_their_columns() -> None:
    columns = {Side: 12, Standing: 16, Choice: 24, Channel: 12, Decision: 24}

    assert {kind: max(map(len, kind)) <= size for kind, size in columns.items()} == dict.fromkeys(columns, True)
    assert len({decision.on_paper for decision in Decision}) == len(Decision)
