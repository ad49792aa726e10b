"""Rules: somebody who wrote for a family: a contact of ours and no part of the case, until the family says yes.

A helper has no seat and no link. Whether they come along as the family's supporter is the family's choice.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from cases.case import Channel
from database.refusal import Refusal


class FamilyNotAsked(Refusal):
    """Somebody helping the family wrote. The family has not said yes yet. Ask them first, and write their yes down."""


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Who wrote, how we answer them, and when and how the family said yes to it; None while it has not."""

    name: str
    email: str | None
    phone: str | None
    yes_at: datetime | None = None
    yes_channel: Channel | None = None

    def as_kept(self) -> str:
        """What is stored of them, sealed."""
        return json.dumps({"name": self.name, "email": self.email, "phone": self.phone})


def read_helper(kept: str | None, *, yes_at: datetime | None, yes_channel: str | None) -> Helper | None:
    """The helper as they were stored; None where the family wrote to us itself."""
    if kept is None:
        return None
    return Helper(**json.loads(kept), yes_at=yes_at, yes_channel=Channel(yes_channel) if yes_channel else None)
