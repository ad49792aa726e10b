"""Rules: which way a dispute can go, and why: mediation, disagreement resolution or neither (domain 1.1, 1.6, 3.1).

What is shown is an offer, never a gate: an adviser may overrule it, and nobody is turned away at intake. A dispute
about the school alone has its right to mediation, with no certificate to wait for. A decision that can be appealed is
always offered mediation first, since disagreement resolution stops no clock. Unfair treatment because of a disability
has a way of its own, which is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases import deadlines
from cases.case import Decision
from cases.working_days import Calendar
from notifications.when import full_day


class Route(StrEnum):
    """The way that is offered first."""

    MEDIATION = "mediation"
    DISAGREEMENT_RESOLUTION = "disagreement_resolution"
    NEITHER = "neither"
    ASK = "ask"  # the adviser finds out with the family

    @property
    def words(self) -> str:
        """The way as a page names it."""
        return ROUTE_WORDS[self]


ROUTE_WORDS: Mapping[Route, str] = {
    Route.MEDIATION: "Mediation",
    Route.DISAGREEMENT_RESOLUTION: "Disagreement resolution",
    Route.NEITHER: "Another way",
    Route.ASK: "We work it out with you",
}


@dataclass(frozen=True, kw_only=True)
class Triage:
    """The way that is offered, the reason, what else is good to know, and whether a certificate will be owed."""

    route: Route
    why: str
    notes: tuple[str, ...]
    certificate: bool
    others: frozenset[Route] = frozenset()  # ways that are open besides


_APPEALABLE = (
    "This decision can be appealed. You have a right to mediation about it, and the council must take part. "
    "You can say no. You still get your certificate."
)
_PLACEMENT = (
    "You have a right to mediation about the school, and the council must take part. "
    "You do not need a certificate to appeal about the school alone."
)
_CARE = (
    "You have a right to mediation about health or social care in the plan. It cannot be appealed by itself. "
    "Disagreement resolution is open to you too, if everybody agrees to take part."
)
_NO_LETTER = (
    "Without a letter there is nothing to appeal yet. In disagreement resolution everybody is asked to come and talk. "
    "Everybody may say no."
)
_DISCRIMINATION = (
    "There is no right to mediation about unfair treatment because of a disability. It has a way of its own, a claim "
    "to the tribunal, with its own time limit. Please ask for free advice soon. We tell you where."
)
_NOT_SURE = "We find out together what the letter says. Until we know, we keep every date that could matter to you."

WHY: Mapping[Decision, str] = {
    Decision.PLACEMENT_ONLY: _PLACEMENT,
    Decision.HEALTH_ONLY: _CARE,
    Decision.SOCIAL_CARE_ONLY: _CARE,
    Decision.NO_LETTER: _NO_LETTER,
    Decision.DISCRIMINATION: _DISCRIMINATION,
    Decision.NOT_SURE: _NOT_SURE,
}

# A certificate is owed for the needs and the help, so a family that adds them later needs one. Said, never advised.
NOTE_PLACEMENT = (
    "If you appeal about the needs or the help in the plan as well, you need a certificate for that. "
    "We cannot tell you whether to appeal."
)
NOTE_HEALTH = "Health is part of it, so the council must tell the local NHS within 3 working days."
NOTE_HEALTH_ALONE = "It is about health alone, so the local NHS arranges the meeting."
NOTE_NO_DATE = "We do not know yet when the letter was sent. We need that day to work out your dates."


def triaged(decision: Decision, *, health: bool, sent: date | None, calendar: Calendar, today: date) -> Triage:
    """The way to offer on this day; `sent` is the safe day to count from (`deadlines.counted_from`), if it is known."""
    route = _route(decision)
    return Triage(
        route=route,
        why=WHY.get(decision, _APPEALABLE),
        notes=_notes(decision, health=health, late=_late(decision, sent, calendar=calendar, today=today), sent=sent),
        certificate=decision.certificate_needed,
        others=_others(decision, route),
    )


def _route(decision: Decision) -> Route:
    if decision is Decision.NOT_SURE:
        return Route.ASK
    if decision.mediable:
        return Route.MEDIATION
    return Route.DISAGREEMENT_RESOLUTION if decision is Decision.NO_LETTER else Route.NEITHER


def _others(decision: Decision, route: Route) -> frozenset[Route]:
    if decision is Decision.NOT_SURE:
        return frozenset({Route.MEDIATION, Route.DISAGREEMENT_RESOLUTION})
    open_to_all = {Route.DISAGREEMENT_RESOLUTION} if decision.mediable else set()
    return frozenset(open_to_all - {route})


def _late(decision: Decision, sent: date | None, *, calendar: Calendar, today: date) -> str | None:
    """What a family hears whose time to reach an adviser has passed. It bars nobody; the way past it is shown."""
    if sent is None or not decision.appealable:
        return None
    last = deadlines.adviser_by(sent, calendar)
    if today <= last.day:
        return None
    return (
        f"The date to reach an adviser was {full_day(last.day)}. It has passed. We still talk with you. "
        "You can ask the tribunal to let you appeal late, or without a certificate. You must give reasons, and it does "
        "not have to say yes. Please ask for free advice at once."
    )


def _notes(decision: Decision, *, health: bool, late: str | None, sent: date | None) -> tuple[str, ...]:
    told = (
        (late, late is not None),
        (NOTE_NO_DATE, sent is None and decision.appealable),
        (NOTE_PLACEMENT, decision is Decision.PLACEMENT_ONLY),
        (NOTE_HEALTH_ALONE, decision is Decision.HEALTH_ONLY),
        (NOTE_HEALTH, health and decision.mediable),
    )
    return tuple(note for note, holds in told if holds and note)
