"""Meeting in person: a reason, a decision, and a way of its own for a disability."""

from dataclasses import replace
from datetime import date

import pytest

from database.refusal import Refusal
from meetings.exceptional import (
    Answer,
    Decision,
    EverybodyMustAgree,
    NeedNotMet,
    NotYoursToDecide,
    OfferMissing,
    OnlineHelp,
    Path,
    Reason,
    ReasonMissing,
    Request,
    WordsMissing,
    check_decision,
    decide_by,
)
from people.roles import Role
from tests.cases.days import CALENDAR

WISH = Request(asked_on=date(2026, 10, 15), reasons=frozenset({Reason.NO_PRIVATE_PLACE}))
NEED = Request(asked_on=date(2026, 10, 15), reasons=frozenset({Reason.ACCESS_NEED, Reason.NO_PRIVATE_PLACE}))
YES = Decision(answer=Answer.IN_PERSON, words="Yes. We are finding a neutral place near you.")
NOT_NOW = Decision(
    answer=Answer.ONLINE_WITH_HELP,
    words="Not now. We lend you a quiet room.",
    offered=frozenset({OnlineHelp.QUIET_ROOM}),
)
COORDINATOR = {Role.COORDINATOR}


def test_an_answer_comes_within_two_working_days() -> None:
    assert decide_by(date(2026, 10, 15), CALENDAR) == date(2026, 10, 19)


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        (WISH, Path.PREFERENCE),
        (NEED, Path.ADJUSTMENT),
        (replace(WISH, disability=True), Path.ADJUSTMENT),
        (replace(WISH, reasons=frozenset({Reason.INTERPRETER_OR_AID})), Path.ADJUSTMENT),
        (replace(WISH, reasons=frozenset({Reason.SAFETY})), Path.PREFERENCE),
    ],
)
def test_a_disability_has_a_path_of_its_own_on_their_word(request_: Request, path: Path) -> None:
    assert request_.path is path


@pytest.mark.parametrize(
    ("request_", "decision"),
    [
        (WISH, YES),
        (NEED, YES),
        (WISH, NOT_NOW),
        (NEED, replace(NOT_NOW, meets_need=True)),
        (WISH, replace(YES, answer=Answer.MIXED, all_agree=True)),
    ],
)
def test_a_decision_that_holds(request_: Request, decision: Decision) -> None:
    check_decision(request_, decision, roles=COORDINATOR)


@pytest.mark.parametrize(
    ("request_", "decision", "refusal"),
    [
        (replace(WISH, reasons=frozenset()), YES, ReasonMissing),
        (WISH, replace(YES, words="  "), WordsMissing),
        (WISH, replace(YES, answer=Answer.MIXED), EverybodyMustAgree),
        (WISH, replace(NOT_NOW, offered=frozenset()), OfferMissing),
        (NEED, NOT_NOW, NeedNotMet),
    ],
)
def test_a_decision_that_is_refused(request_: Request, decision: Decision, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_decision(request_, decision, roles=COORDINATOR)


def test_a_coordinator_decides() -> None:
    with pytest.raises(NotYoursToDecide):
        check_decision(WISH, YES, roles={Role.MEDIATOR, Role.ADVISER})


def test_everything_has_words_and_fits_its_column() -> None:
    for kind in (Reason, OnlineHelp, Answer, Path):
        assert all(each.words for each in kind)
    assert max(map(len, Reason)) <= 32
