"""Rules: who may advise or mediate in a case: nobody of the council, and nobody who has a seat in it.

Children and Families Act 2014, s.56(3): a mediator or adviser is not employed by a local authority. What is known here
are mail addresses: one at the council's own domain, or one that a seat has, tells.
"""

from collections.abc import Iterable

from database.refusal import Refusal


class NotIndependent(Refusal):
    """This person cannot have this case: they have an address at its council, or take part in it themselves."""


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def independent(email: str, *, council: str, seats: Iterable[str]) -> bool:
    """Whether this address is neither at the council's domain (or below it) nor one of the seats'."""
    mine, theirs = _domain(email), _domain(council)
    at_council = mine == theirs or mine.endswith(f".{theirs}")
    return not at_council and email.casefold() not in {seat.casefold() for seat in seats}
