"""Who may do what: every cell of the matrix against every way of belonging, and what a refusal tells."""

import pytest

from people.access import (
    CODE_OF,
    SERVICE,
    VISITOR,
    NotAllowed,
    NotFound,
    Person,
    Relation,
    by_reason,
    may,
    require,
)
from people.matrix import CODES, MATRIX
from people.roles import AccountId, Party, Role
from tests.people.founding_matrix import OTHERWISE, cells

ROLE_OF = {code: role for role, code in CODE_OF.items()}
# What each letter lets through, written out a second time.
LETS = {
    "y": {"own", "assigned", "shared", "other_side", "none"},
    "a": {"own", "assigned", "shared"},
    "o": {"own"},
    "s": {"own", "shared"},
    "r": {"own", "assigned", "shared", "other_side", "none"},
    "2": set(),
    "-": set(),
}


def in_role(code: str) -> Person:
    if code in ROLE_OF:
        return Person(kind="staff", account_id=AccountId("a"), roles=frozenset({ROLE_OF[code]}))
    return Person(kind="seat", seat_id="s", case_id="c", party=Party(code))


@pytest.mark.parametrize("code", CODES)
def test_a_role_may_exactly_what_its_column_lets_through(code: str) -> None:
    person, column = in_role(code), CODES.index(code)
    wanted = {
        (row, relation): str(relation) in LETS[OTHERWISE.get((row, code), letters[column])]
        for row, letters in cells().items()
        for relation in Relation
    }
    assert {(row, relation): may(person, row, relation=relation) for row, relation in wanted} == wanted


@pytest.mark.parametrize("relation", Relation)
def test_require_agrees_with_may_in_every_cell(relation: Relation) -> None:
    for row in MATRIX:
        for code in (*CODES, "HB", "ED"):
            person = in_role(code)
            try:
                require(person, row, relation=relation)
            except (NotFound, NotAllowed):
                assert not may(person, row, relation=relation), (row, code)
            else:
                assert may(person, row, relation=relation), (row, code)


def test_two_roles_give_what_either_gives() -> None:
    both = Person(kind="staff", roles=frozenset({Role.ADVISER, Role.MEDIATOR}))
    assert may(both, "certificate.issue", relation=Relation.OWN)
    assert may(both, "floor.grant", relation=Relation.ASSIGNED)
    assert not may(both, "case.edit")


@pytest.mark.parametrize("row", MATRIX)
def test_a_visitor_may_nothing_and_knows_of_nothing(row: str) -> None:
    for relation in Relation:
        with pytest.raises(NotFound):
            require(VISITOR, row, relation=relation)


@pytest.mark.parametrize("row", MATRIX)
def test_staff_who_wait_for_their_second_proof_may_nothing(row: str) -> None:
    waits = Person(kind="staff", account_id=AccountId("a"), roles=frozenset(Role), pending=True)
    for relation in Relation:
        with pytest.raises(NotFound):
            require(waits, row, relation=relation)


def test_the_service_itself_is_never_refused() -> None:
    assert all(may(SERVICE, row) for row in MATRIX)


def test_a_row_that_is_not_in_the_matrix_is_a_fault() -> None:
    with pytest.raises(KeyError):
        may(SERVICE, "certificate.forge")


@pytest.mark.parametrize(
    ("code", "row", "relation", "refusal"),
    [
        ("ME", "case.edit", Relation.ASSIGNED, NotAllowed),  # they read it every day
        ("ME", "case.edit", Relation.NONE, NotFound),  # another mediator's case
        ("MA", "certificate.issue", Relation.ASSIGNED, NotAllowed),  # another adviser's talk, a case they know
        ("PA", "draft.write", Relation.OWN, NotAllowed),
        ("PA", "mediator_notes.any", Relation.ASSIGNED, NotFound),  # even that there are notes is the mediator's own
        ("LA", "private_notes.any", Relation.OTHER_SIDE, NotFound),
        ("LA", "needs.read", Relation.ASSIGNED, NotFound),  # not shared, so not known
        ("LA", "certificate.read", Relation.ASSIGNED, NotFound),
        ("PA", "case.read", Relation.NONE, NotFound),
        ("AD", "case.read", Relation.ASSIGNED, NotFound),
        ("CO", "mediator_notes.any", Relation.ASSIGNED, NotFound),
        ("CO", "floor.grant", Relation.ASSIGNED, NotAllowed),
        ("DP", "certificate.issue", Relation.NONE, NotAllowed),  # they may read certificates, with a reason
    ],
)
def test_a_refusal_tells_only_what_may_be_known(
    code: str, row: str, relation: Relation, refusal: type[NotFound | NotAllowed]
) -> None:
    with pytest.raises(refusal) as refused:
        require(in_role(code), row, relation=relation)
    assert type(refused.value) is refusal


def test_what_needs_a_reason_can_be_told_apart() -> None:
    assert by_reason(in_role("CO"), "needs.read")
    assert by_reason(in_role("ME"), "contact.read", relation=Relation.ASSIGNED)
    assert not by_reason(in_role("CO"), "case.read")
    assert not by_reason(in_role("PA"), "audit.read")
    both = Person(kind="staff", roles=frozenset({Role.ADVISER, Role.COORDINATOR}))
    assert not by_reason(both, "needs.read", relation=Relation.ASSIGNED)  # as the adviser of the case they may


def test_an_actor_is_named_by_id() -> None:
    assert in_role("CO").actor == "account:a"
    assert in_role("PA").actor == "seat:s"
    assert (VISITOR.actor, SERVICE.actor) == ("visitor", "service")
    assert Person(kind="staff", account_id=AccountId("a"), name="Idris Vaughan").actor == "account:a"
