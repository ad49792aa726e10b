"""Rules: what a message is before it has words: its kind, its facts, and the effect that it has once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from notifications import invites
from notifications.invites import Sitting


class Reader(StrEnum):
    """Whom a message about a meeting speaks to: each side is told in its own words."""

    FAMILY = "family"
    COUNCIL = "council"
    GUEST = "guest"  # a supporter, a professional, an interpreter
    MEDIATOR = "mediator"
    CO_MEDIATOR = "co_mediator"
    TRAINEE = "trainee"

    @property
    def ours(self) -> bool:
        """Whether they are of the house, so that the meeting is work to them."""
        return self in {Reader.MEDIATOR, Reader.CO_MEDIATOR, Reader.TRAINEE}


@dataclass(frozen=True, kw_only=True)
class CalendarPart:
    """The calendar text of a message, and the reply address it was written from."""

    method: str
    uid: str
    sequence: int
    text: str
    organizer: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message to one person, not yet in words.

    `key` names the effect, so that posting it twice posts it once. `once`: never handed to a mail server twice.
    `useless_after`: not sent later than this; a message the law asks for has none. `nameless`: the address is not
    verified, so nothing the sender typed is repeated (reliability.md M9).
    """

    kind: str
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    calendar: CalendarPart | None = None
    once: bool = False
    useless_after: datetime | None = None
    nameless: bool = False


def requested(sitting: Sitting) -> CalendarPart:
    """The part that enters or moves the meeting in a calendar."""
    return _part("REQUEST", sitting, invites.request(sitting))


def withdrawn(sitting: Sitting) -> CalendarPart:
    """The part that takes the meeting out of a calendar."""
    return _part("CANCEL", sitting, invites.cancel(sitting))


def _part(method: str, sitting: Sitting, text: str) -> CalendarPart:
    return CalendarPart(
        method=method, uid=sitting.uid, sequence=sitting.sequence, text=text, organizer=sitting.organizer
    )
