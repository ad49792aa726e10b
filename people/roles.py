"""Rules: the roles of the provider's staff, and the kinds of seat that everybody else holds (reliability 3.1).

Staff sign in and have roles. Everyone else holds a seat in one case, and proves themselves to that case only.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NewType

AccountId = NewType("AccountId", str)


class Role(StrEnum):
    """What a member of staff may do; one person may have several."""

    COORDINATOR = "coordinator"
    ADVISER = "adviser"
    MEDIATOR = "mediator"
    ADMINISTRATOR = "administrator"
    DATA_LEAD = "data_lead"

    @property
    def words(self) -> str:
        """The role as a person on the other side of a screen reads it."""
        return ROLE_WORDS[self]


ROLE_WORDS: Mapping[Role, str] = {
    Role.COORDINATOR: "coordinator",
    Role.ADVISER: "mediation adviser",
    Role.MEDIATOR: "mediator",
    Role.ADMINISTRATOR: "administrator",
    Role.DATA_LEAD: "data protection lead",
}


class Party(StrEnum):
    """The kind of a seat: whom it is for, and so what it may see and do."""

    PARENT = "PA"
    YOUNG_PERSON = "YP"
    COUNCIL = "LA"
    SUPPORTER = "SU"
    INTERPRETER = "IN"
    PROFESSIONAL = "PR"
    HEALTH = "HB"
    SETTING = "ED"

    @property
    def words(self) -> str:
        """The kind of seat in plain words."""
        return PARTY_WORDS[self]


PARTY_WORDS: Mapping[Party, str] = {
    Party.PARENT: "parent or carer",
    Party.YOUNG_PERSON: "young person",
    Party.COUNCIL: "council officer",
    Party.SUPPORTER: "supporter",
    Party.INTERPRETER: "interpreter or signer",
    Party.PROFESSIONAL: "professional",
    Party.HEALTH: "local NHS",
    Party.SETTING: "school or college",
}

# Those who are asked to agree and to confirm. A professional is a witness, a supporter belongs to somebody else's side.
PARTIES = frozenset({Party.PARENT, Party.YOUNG_PERSON, Party.COUNCIL, Party.HEALTH, Party.SETTING})


def written(roles: Iterable[Role]) -> str:
    """The roles as one stored text: their words in the order of the list, joined by one space."""
    held = frozenset(roles)
    return " ".join(role for role in Role if role in held)


def read(text: str) -> frozenset[Role]:
    """The roles of a stored text; ValueError for a word that is no role."""
    return frozenset(Role(word) for word in text.split())
