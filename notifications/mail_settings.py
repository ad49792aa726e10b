"""Rules: where mail is handed over, how private the talk is, and how long each phase of it may last."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path


class Security(StrEnum):
    """How the talk with the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"  # to a server on this machine only


class NotPrivate(ValueError):  # noqa: N818 - it names what is wrong
    """Mail in clear text may only go to a server on this machine: set MAIL_SECURITY to starttls or tls."""


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """The mail server, how we sign in there, and the address that bounces come back to."""

    host: str = "127.0.0.1"
    port: int = 587
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Security = Security.STARTTLS
    sender: str
    authorities: Path | None = None  # a file of certificates to trust instead of the machine's
    lanes: int = 4


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long each phase may last, in seconds (reliability.md M2)."""

    connect: float = 10
    command: float = 30
    prelude: float = 60  # everything before DATA together; shorter than the lease of a claim
    final: float = 120
    patience: float = 3  # a sending that takes longer steps aside and holds up nobody
    stop: float = 8
    most_open: int = 32


def is_this_machine(host: str) -> bool:
    """Whether a server of this name is on the machine itself, so that nothing travels."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
