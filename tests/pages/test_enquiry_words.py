"""Every answer that is offered leads to a decision of the law, and every person to a seat."""

from cases.case import Decision
from pages.enquiry_words import DECISIONS, told_by


def test_each_answer_stands_for_a_decision_of_its_own() -> None:
    decisions = [answer.decision for answer in DECISIONS.values()]
    assert len(set(decisions)) == len(decisions)
    assert {Decision.NO_LETTER, Decision.NOT_SURE} <= set(decisions)


def test_a_young_person_gets_their_own_seat_and_everybody_else_the_parents() -> None:
    assert {you: told_by(you) for you in ("young-person", "parent", "helper")} == {
        "young-person": "YP",
        "parent": "PA",
        "helper": "PA",
    }
