"""Rules: how far a message has come, when it is tried again, what a server's answer means, and the words kept of that.

A server's own words are never kept: they repeat addresses. We keep its numbers and a sentence of ours.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
GIVES_UP_AFTER = timedelta(hours=24)
POISON_TRIES = 3
TOO_LATE = "too late to be of use"
GAVE_UP = "not delivered in 24 hours"
UNREACHED = "the mail server could not be reached"
UNSAFE = f"{UNREACHED} safely"
UNCERTAIN = "the connection broke while the message was handed over; it may have arrived"
CANNOT_BE_SENT = "this message cannot be sent as it is"
ENHANCED = re.compile(r"\A([245])\.(\d{1,3})\.(\d{1,3})\b")
# What 5.x.x and 4.x.x say (RFC 3463), as a coordinator may read it.
MEANINGS = {
    "1.1": "address unknown",
    "1.2": "the part after the @ is unknown",
    "1.3": "the address is not written as one",
    "1.6": "this person has moved to another address",
    "1.10": "this address takes no mail",
    "2.1": "the mailbox is closed",
    "2.2": "the mailbox is full",
    "3.4": "the message is too large for it",
    "6.7": "the mail server cannot write to an address with these letters",
    "7.1": "the server does not take our mail",
}
BY_CODE = {
    450: "the mailbox is busy",
    451: "the mail server has trouble of its own",
    452: "the mail server has no room",
    421: "the mail server is closing",
    550: "address unknown or not taking mail",
    551: "this person is not at this server",
    552: "the mailbox is full",
    553: "the address is not taken",
    554: "the message was refused",
}


class Phase(StrEnum):
    """How far the talk with the mail server had come."""

    CONNECT = "connect"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


class Refused(Exception):  # noqa: N818 - it names what the server did
    """The mail server answered no: for now (4xx) or for good (5xx)."""

    def __init__(self, phase: Phase, code: int, text: str = "") -> None:
        self.phase = phase
        self.code = code
        found = ENHANCED.match(text)
        self.enhanced = found.group(0) if found else ""
        super().__init__(f"{phase} {code}")


class State(StrEnum):
    """How far a message has come."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"  # until a person lets it go, as after a restore


class NotReached(Exception):  # noqa: N818 - it names what happened
    """The mail server was not there, not safe to speak to, or fell silent before anything was handed over."""


class Uncertain(Exception):  # noqa: N818 - it names what we know
    """The message was written to the server and no answer came: nobody can know whether it was taken."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether to stop trying, and the words for the coordinator's screen."""

    final: bool
    reason: str


def next_try(attempt: int, *, created_at: datetime, now: datetime) -> datetime | None:
    """When the next try is due after this many: 1, 5, 15, 60 minutes, then hourly; None after 24 hours."""
    due = now + DELAYS[min(max(attempt, 1), len(DELAYS)) - 1]
    return due if due <= created_at + GIVES_UP_AFTER else None


def judge(refused: Refused) -> Verdict:
    """What a refusal means for its message.

    Only what is said of this recipient or this message ends it. A server that refuses us (our name, our password,
    our sender) is our own trouble: every message waits until a person has put it right.
    """
    ours = refused.phase in {Phase.CONNECT, Phase.SENDER} or refused.code in {502, 503, 530, 535, 538}
    meaning = MEANINGS.get(refused.enhanced.partition(".")[2]) or BY_CODE.get(refused.code) or "no reason known to us"
    if ours:
        meaning = "the mail server does not accept us as a sender"
    numbers = f"{refused.code} {refused.enhanced}".strip()
    return Verdict(final=refused.code >= 500 and not ours, reason=f"{meaning} ({numbers})")
