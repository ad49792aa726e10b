"""Rules: classes of agreed action, whose they are, and the times that the law gives for them.

SEND Regulations 2014, regulations 42 and 44 (domain 1.4). All times count from the date of the mediation agreement and
are calendar weeks. Everyone together may agree other times in writing, except for the one week of regulation 42(4).
Regulation 42 binds the council and the local NHS only: what a school, a parent or anybody else takes on is a promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.case import PART_3_IN_FORCE, Side
from database.refusal import Refusal


class NotTheirs(Refusal):
    """The law gives no time for this kind of action by this side. It can be written down as a promise, with a date."""


class FixedByLaw(Refusal):
    """The local NHS has 1 week to tell the council. This time cannot be changed by agreement."""


class LegalClass(StrEnum):
    """What kind of action it is in law."""

    ASSESS = "assess"
    REASSESS = "reassess"
    ISSUE_PLAN = "issue_plan"
    AMEND_PLAN = "amend_plan"
    NAME_SCHOOL = "name_school"
    MAINTAIN = "maintain"
    RECONSIDER = "reconsider"
    NON_APPEALABLE = "non_appealable"
    TELL_COUNCIL = "tell_council"
    VOLUNTARY = "voluntary"

    @property
    def words(self) -> str:
        """The class as the mediator picks it from a list."""
        return CLASS_WORDS[self]

    @property
    def limits(self) -> tuple["Limit", ...]:
        """The times in law, the nearest first; none for a promise."""
        return LIMITS.get(self, ())


CLASS_WORDS: Mapping[LegalClass, str] = {
    LegalClass.ASSESS: "Assess the child’s needs",
    LegalClass.REASSESS: "Assess the child’s needs again",
    LegalClass.ISSUE_PLAN: "Write a plan",
    LegalClass.AMEND_PLAN: "Change the words of the plan",
    LegalClass.NAME_SCHOOL: "Name a school, or a type of school, in the plan",
    LegalClass.MAINTAIN: "Keep the plan going",
    LegalClass.RECONSIDER: "Look at the decision again",
    LegalClass.NON_APPEALABLE: "Another action by the council or the local NHS",
    LegalClass.TELL_COUNCIL: "The local NHS tells the council what was agreed",
    LegalClass.VOLUNTARY: "A promise by anyone else",
}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One time in law for one step of an action: so many weeks after the date of agreement, 0 for at once."""

    step: str
    weeks: int
    source: str
    valid_from: date = PART_3_IN_FORCE


def _assessment() -> tuple[Limit, ...]:
    source = "Reg 44(2)(b)"
    return (
        Limit(step="tell the family that it will assess", weeks=2, source=source),
        Limit(step="if there will be no plan: the decision, with reasons", weeks=10, source=source),
        Limit(step="if there will be a plan: the final plan", weeks=14, source=source),
    )


LIMITS: Mapping[LegalClass, tuple[Limit, ...]] = {
    LegalClass.ASSESS: _assessment(),
    LegalClass.REASSESS: _assessment(),
    LegalClass.ISSUE_PLAN: (
        Limit(step="the draft plan", weeks=5, source="Reg 44(2)(c)"),
        Limit(step="the final plan", weeks=11, source="Reg 44(2)(c)"),
    ),
    LegalClass.AMEND_PLAN: (Limit(step="the changed plan", weeks=5, source="Reg 44"),),
    LegalClass.NAME_SCHOOL: (Limit(step="the plan with the school or type named", weeks=2, source="Reg 44"),),
    LegalClass.MAINTAIN: (Limit(step="the plan goes on", weeks=0, source="Reg 44"),),
    LegalClass.RECONSIDER: (Limit(step="the new decision", weeks=2, source="Reg 44"),),
    LegalClass.NON_APPEALABLE: (Limit(step="the action is done", weeks=2, source="Reg 42(3)"),),
    LegalClass.TELL_COUNCIL: (Limit(step="the council is told", weeks=1, source="Reg 42(4)"),),
}

# The weeks of the nearest limit of each class: what is offered as the date of an action.
WEEKS: Mapping[LegalClass, int] = {kind: limits[0].weeks for kind, limits in LIMITS.items()}

_COUNCIL = frozenset(LegalClass) - {LegalClass.TELL_COUNCIL, LegalClass.VOLUNTARY}
_HEALTH = frozenset({LegalClass.NON_APPEALABLE, LegalClass.TELL_COUNCIL})
_BOUND: Mapping[Side, frozenset[LegalClass]] = {
    Side.COUNCIL: _COUNCIL,
    Side.SOCIAL_CARE: frozenset({LegalClass.NON_APPEALABLE}),  # the council's own social care
    Side.HEALTH: _HEALTH,
}


def classes_for(side: Side) -> tuple[LegalClass, ...]:
    """The classes that an action of this side may have, in the order of the list; a promise is always one of them."""
    bound = _BOUND.get(side, frozenset())
    return tuple(kind for kind in LegalClass if kind in bound or kind is LegalClass.VOLUNTARY)


def check_owner(legal_class: LegalClass, side: Side) -> None:
    """Refuses, by NotTheirs, a class that the law does not put on this side."""
    if legal_class not in classes_for(side):
        raise NotTheirs(field="legal_class")


def may_vary(legal_class: LegalClass) -> bool:
    """Whether everyone together may fix another time in writing (regulation 42(5) with 42(4))."""
    return legal_class is not LegalClass.TELL_COUNCIL


def check_variation(legal_class: LegalClass, agreed: date | None, usual: date | None) -> None:
    """Refuses, by FixedByLaw, a date of one's own where the law lets nobody move it to a later day."""
    if agreed and usual and agreed > usual and not may_vary(legal_class):
        raise FixedByLaw(field="due")
