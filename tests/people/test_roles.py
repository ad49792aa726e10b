"""Roles of staff, and kinds of seat."""

import pytest

from people.roles import PARTIES, Party, Role, read, written


def test_roles_are_stored_as_words_in_one_order() -> None:
    assert written([Role.MEDIATOR, Role.COORDINATOR, Role.MEDIATOR]) == "coordinator mediator"
    assert read("coordinator mediator") == frozenset({Role.COORDINATOR, Role.MEDIATOR})
    assert read("") == frozenset()
    assert read(written(Role)) == frozenset(Role)


def test_a_word_that_is_no_role_is_a_fault() -> None:
    with pytest.raises(ValueError, match="owner"):
        read("coordinator owner")


def test_everybody_has_words_and_only_parties_are_asked_to_agree() -> None:
    assert len({role.words for role in Role}) == len(Role)
    assert len({party.words for party in Party}) == len(Party)
    assert set(Party) - PARTIES == {Party.SUPPORTER, Party.INTERPRETER, Party.PROFESSIONAL}
