"""Rules: the promise that a mediator reaches the family within 24 hours, and when somebody is reminded of it (D1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cases.case import Choice
from cases.states import MatterState

OPEN_STATES = frozenset(
    {
        MatterState.CHOSE_MEDIATION,
        MatterState.ASSIGNED,
        MatterState.FIRST_CONTACT,
        MatterState.SCHEDULING,
        MatterState.BOOKED,
        MatterState.PREPARING,
    },
)


class Nudge(StrEnum):
    """One step of reminding: three to the mediator, the last to the coordinators."""

    FIRST = "4h"
    SECOND = "12h"
    THIRD = "20h"
    LATE = "24h"


AFTER: Mapping[Nudge, timedelta] = {
    Nudge.FIRST: timedelta(hours=4),
    Nudge.SECOND: timedelta(hours=12),
    Nudge.THIRD: timedelta(hours=20),
    Nudge.LATE: timedelta(hours=24),
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What of a matter the promise depends on."""

    state: MatterState
    choice: Choice | None
    chosen_at: datetime | None
    contacted_at: datetime | None


def runs(facts: Facts) -> bool:
    """Whether a family that said yes still waits for its mediator."""
    waits = facts.chosen_at is not None and facts.contacted_at is None
    return waits and facts.choice is Choice.MEDIATION and facts.state in OPEN_STATES


def due_nudge(facts: Facts, *, now: datetime) -> Nudge | None:
    """The latest step that has come; earlier ones that nobody was there to take are pointless by then."""
    if not runs(facts) or facts.chosen_at is None:
        return None
    come = [nudge for nudge in Nudge if facts.chosen_at + AFTER[nudge] <= now]
    return come[-1] if come else None


def after_nudge(facts: Facts, *, now: datetime) -> datetime | None:
    """When the next step comes after what is due by now has been done; None when there is none."""
    if not runs(facts) or facts.chosen_at is None:
        return None
    return next((facts.chosen_at + wait for wait in AFTER.values() if facts.chosen_at + wait > now), None)


def next_due(facts: Facts, *, before: Facts | None = None, planned: datetime | None = None) -> datetime | None:
    """When the round must look at the matter, after a fact has changed.

    A promise that goes on keeps its plan, so that no step is skipped and none comes twice; a new one begins with its
    first step.
    """
    if not runs(facts) or facts.chosen_at is None:
        return None
    if before is not None and runs(before) and before.chosen_at == facts.chosen_at:
        return planned
    return facts.chosen_at + AFTER[Nudge.FIRST]
