"""How much each proof has shown, and what asks for a code."""

from dataclasses import replace

import pytest

from meetings.meeting import ProofLevel
from people import proofs
from people.access import VISITOR
from people.proofs import CodeFirst, Shown, short_of, shown_by

SEAT = replace(VISITOR, kind="seat")


def test_every_proof_of_the_meetings_is_placed() -> None:
    assert {level: shown_by(level) for level in ProofLevel} == {
        ProofLevel.PHONE: Shown.CODE,
        ProofLevel.MAIL: Shown.CODE,
        ProofLevel.VOUCHED: Shown.KNOWN,
        ProofLevel.NOT_CONFIRMED: Shown.NOTHING,
    }
    assert set(proofs.SHOWN_BY) == {str(level) for level in ProofLevel}


def test_a_proof_that_nobody_knows_shows_nothing() -> None:
    assert [shown_by(proof) for proof in ("", "second_factor")] == [Shown.NOTHING, Shown.NOTHING]


def test_a_code_is_asked_of_seats_alone() -> None:
    for proof in ("", "not_confirmed", "vouched"):
        with pytest.raises(CodeFirst):
            proofs.ask_code(replace(SEAT, proof=proof))
    for person in (replace(SEAT, proof="mail"), replace(VISITOR, kind="staff"), VISITOR):
        proofs.ask_code(person)


def test_whom_the_mediator_knows_is_short_of_the_code_alone() -> None:
    known = replace(SEAT, proof="vouched")
    assert [short_of(known, asked) for asked in Shown] == [False, False, True]
