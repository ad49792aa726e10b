"""Rules: who asks, and whether they may: the matrix read for one person, one thing and how the two belong together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from database.refusal import Refusal
from people.matrix import MATRIX, Cell
from people.roles import AccountId, Party, Role


class NotFound(Refusal):
    """We could not find that page."""


class NotAllowed(Refusal):
    """You can see this, but it is not yours to change."""


class Relation(StrEnum):
    """How the person belongs to the thing."""

    OWN = "own"  # their own, or their own side's
    ASSIGNED = "assigned"  # staff: their own case; a seat: a thing of the case it is in
    SHARED = "shared"  # another's, who has shared it
    OTHER_SIDE = "other_side"
    NONE = "none"


CODE_OF: Mapping[Role, str] = {
    Role.COORDINATOR: "CO",
    Role.ADVISER: "MA",
    Role.MEDIATOR: "ME",
    Role.ADMINISTRATOR: "AD",
    Role.DATA_LEAD: "DP",
}
# What each letter asks of the relation. With a reason, or with a second person, is allowed by the act that asks for it.
SATISFIES: Mapping[Cell, frozenset[Relation]] = {
    Cell.MAY: frozenset(Relation),
    Cell.ASSIGNED: frozenset({Relation.ASSIGNED, Relation.OWN, Relation.SHARED}),
    Cell.OWN: frozenset({Relation.OWN}),
    Cell.SHARED: frozenset({Relation.OWN, Relation.SHARED}),
    Cell.REASON: frozenset(Relation),
    Cell.SECOND: frozenset(),
    Cell.NEVER: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who asks: a member of staff, the holder of one seat in one case, a visitor, or the service itself."""

    kind: str  # staff, seat, visitor, service
    account_id: AccountId | None = None
    seat_id: str | None = None
    case_id: str | None = None
    attendance_id: str | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    party: Party | None = None
    side: str | None = None
    proof: str = ""
    session_id: str = ""
    request_id: str = ""
    pending: bool = False  # staff who have yet to show their second proof
    seen_at: datetime | None = field(default=None, compare=False)  # when their session was last kept awake

    @property
    def actor(self) -> str:
        """How the audit list names them: by id, never by name."""
        if self.account_id:
            return f"account:{self.account_id}"
        return f"seat:{self.seat_id}" if self.seat_id else self.kind

    @property
    def codes(self) -> tuple[str, ...]:
        """Their columns of the matrix."""
        staff = tuple(CODE_OF[role] for role in Role if role in self.roles)
        return (*staff, str(self.party)) if self.party else staff


VISITOR = Person(kind="visitor")
SERVICE = Person(kind="service")


def may(person: Person, row: str, *, relation: Relation = Relation.NONE) -> bool:
    """Whether any of the person's roles allows this; KeyError for a row that the matrix does not have.

    Staff who have yet to show their second proof may nothing, whatever page asks.
    """
    cells = MATRIX[row]
    if person.kind == "service":
        return True
    return not person.pending and any(relation in SATISFIES[cells[code]] for code in person.codes)


def by_reason(person: Person, row: str, *, relation: Relation = Relation.NONE) -> bool:
    """Whether the person may this for a stated reason only, which is then noted and told to others."""
    letters = {MATRIX[row][code] for code in person.codes if relation in SATISFIES[MATRIX[row][code]]}
    return letters == {Cell.REASON}


def require(person: Person, row: str, *, relation: Relation = Relation.NONE) -> None:
    """Nothing, when the person may; NotAllowed where they may know of the thing, NotFound where they may not."""
    if may(person, row, relation=relation):
        return
    reading = f"{row.partition('.')[0]}.read"
    if row != reading and reading in MATRIX and may(person, reading, relation=relation):
        raise NotAllowed
    ours = relation in {Relation.OWN, Relation.ASSIGNED} and may(person, "case.read", relation=Relation.ASSIGNED)
    raise NotAllowed if ours and not _unknown(row) else NotFound


def _unknown(row: str) -> bool:
    """Whether even to know that there is such a thing is more than its owner has told: notes, and what is read."""
    return row.partition(".")[2].startswith(("any", "read"))
