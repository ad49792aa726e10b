"""Rules: what the holder of a seat has shown of who they are, and how much of it their case asks for.

A code to their own mail or phone opens what is theirs. Whom the mediator knows by face or voice may be in that one
meeting; whoever came by the link alone may wait at its door (reliability 3.3).
"""

from collections.abc import Mapping
from enum import IntEnum

from people.access import NotAllowed, Person


class Shown(IntEnum):
    """How far somebody has shown who they are; each holds what is below it."""

    NOTHING = 0
    KNOWN = 1  # the mediator knows them
    CODE = 2


# By the proof of their session, as `ProofLevel` of the meetings names it; any other proof shows nothing.
SHOWN_BY: Mapping[str, Shown] = {
    "not_confirmed": Shown.NOTHING,
    "vouched": Shown.KNOWN,
    "mail": Shown.CODE,
    "phone": Shown.CODE,
}


class CodeFirst(NotAllowed):
    """This is yours alone, so it opens with a code. Ask for one with your link, type it, and then it opens."""


def shown_by(proof: str) -> Shown:
    """What a session with this proof has shown."""
    return SHOWN_BY.get(proof, Shown.NOTHING)


def short_of(person: Person, asked: Shown) -> bool:
    """Whether this holder of a seat has shown less than is asked; of nobody else is anything asked here."""
    return person.kind == "seat" and shown_by(person.proof) < asked


def ask_code(person: Person) -> None:
    """Nothing, unless a seat's holder has typed no code: then CodeFirst."""
    if short_of(person, Shown.CODE):
        raise CodeFirst
