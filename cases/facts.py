"""Rules: the facts of a case that can be mistyped or not known at first: the decision, its dates, whom it is about.

Everything is counted from them and papers print them. A certificate prints them all and a record the names alone; what
a paper that was issued prints does not change any more.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cases.case import Choice, Decision
from cases.dossier import CaseFile, Child, Matter
from cases.letter import check_letter
from database.refusal import Refusal

OLDEST = 25  # years: help is from birth to 25 (Children and Families Act 2014, s.83)
NAMES = frozenset({"first_name", "last_name"})
CHILD = NAMES | {"born"}
LETTER = frozenset({"decision", "letter_date", "sent_date"})


class NameMissing(Refusal):
    """Write the first name of the child or young person."""


class BornLater(Refusal):
    """This day is still to come. Please check the date of birth."""


class TooOld(Refusal):
    """Check the date of birth. We can help from birth to age 25."""


class MediationChosen(Refusal):
    """The family has chosen mediation, and about this there is no right to it. First write down what they want now."""


class AlreadyPrinted(Refusal):
    """A paper with these facts has been issued. A paper that people hold is never changed behind their backs."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What can be corrected; the names of the fields are those of the form."""

    decision: Decision
    letter_date: date | None
    sent_date: date | None
    first_name: str
    last_name: str
    born: date | None

    @property
    def child(self) -> Child:
        """Whom it is about."""
        return Child(first_name=self.first_name, last_name=self.last_name, born=self.born)

    @property
    def mark(self) -> str:
        """Short and the same for the same facts, so that a form can say which ones it showed."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()


def facts_of(case: CaseFile, matter: Matter) -> Facts:
    """The facts as they are written down now."""
    child = case.child
    return Facts(
        decision=matter.decision,
        letter_date=matter.letter_date,
        sent_date=matter.sent_date,
        first_name=child.first_name,
        last_name=child.last_name,
        born=child.born,
    )


def changed(before: Facts, after: Facts) -> tuple[str, ...]:
    """The fields that are not what they were."""
    return tuple(field.name for field in fields(Facts) if getattr(before, field.name) != getattr(after, field.name))


def printed(matter: Matter, all_of_case: Iterable[Matter]) -> frozenset[str]:
    """The fields of this matter and its case that a paper which was issued prints."""
    found: frozenset[str] = LETTER if matter.certified_on else frozenset()
    for each in all_of_case:
        found |= CHILD if each.certified_on else frozenset()
        found |= NAMES if each.agreed_on else frozenset()
    return found


def check(before: Facts, after: Facts, *, choice: Choice | None, today: date) -> None:
    """Refuses, at its field, what cannot be so; what was there before and stays is not asked about again."""
    new = changed(before, after)
    if not after.first_name:
        raise NameMissing(field="first_name")
    if before.last_name and not after.last_name:
        raise NameMissing("Write the surname of the child or young person.", field="last_name")
    if "born" in new and after.born is not None:
        _check_born(after.child, today=today)
    if {"letter_date", "sent_date"} & {*new}:
        check_letter(after.letter_date, after.sent_date, today=today)
    if "decision" in new and choice is Choice.MEDIATION and not after.decision.mediable:
        raise MediationChosen(field="decision")


def _check_born(child: Child, *, today: date) -> None:
    if child.born is not None and child.born > today:
        raise BornLater(field="born")
    if (child.age(today) or 0) > OLDEST:
        raise TooOld(field="born")


def issues(decision: Decision, *, before: Decision | None = None) -> Mapping[str, Any]:
    """What it is about, as far as the decision alone says so; `before`: the decision that it takes the place of."""
    if decision is Decision.HEALTH_ONLY:
        return {"education": False, "health": True}
    if decision is Decision.SOCIAL_CARE_ONLY:
        return {"education": False, "social_care": True}
    return {"education": True} if before in {Decision.HEALTH_ONLY, Decision.SOCIAL_CARE_ONLY} else {}
