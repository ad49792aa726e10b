"""Rules: a mail from its parts, as the bytes that are handed to the mail server (`libraries.md` 3.3).

The same parts always give the same bytes. Everything is seven-bit on the wire but for an address that is not ASCII.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from notifications.letters import CalendarPart
from notifications.plain import address, display_name, head_line

LONGEST_SUBJECT = 120
FILE_NAME = "invite.ics"


@dataclass(frozen=True, kw_only=True)
class Words:
    """A message in words: the same ones in text and in HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A name, perhaps empty, and an address."""

    name: str = ""
    address: str


def message_id(row_id: str, domain: str) -> str:
    """The Message-ID of a row, fixed when the row is written."""
    return f"<{row_id}@{domain}>"


def _head(mailbox: Mailbox) -> Address:
    username, _, domain = address(mailbox.address).rpartition("@")
    return Address(display_name=display_name(mailbox.name), username=username, domain=domain)


def _add_calendar(mail: EmailMessage, calendar: CalendarPart) -> None:
    # Google's own shape: with the inner part alone some clients show no buttons, with the attachment alone others.
    params = {"method": calendar.method}
    mail.add_alternative(calendar.text, subtype="calendar", params=params, cte="base64")
    mail.add_attachment(
        calendar.text.encode(), maintype="application", subtype="ics", filename=FILE_NAME, params={"name": FILE_NAME}
    )


def _settle_boundaries(mail: EmailMessage, row_id: str) -> None:
    # Left alone they are drawn by chance while the mail is written out. "=_" cannot occur in quoted-printable text.
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{row_id}_{number}")


def seal(  # noqa: PLR0913 - each is one part of the mail
    *,
    row_id: str,
    domain: str,
    sender: Mailbox,
    to: Mailbox,
    words: Words,
    calendar: CalendarPart | None = None,
    written_at: datetime,
) -> bytes:
    """The whole mail with CRLF line ends: one recipient, one Message-ID, no tracking, nothing that asks for an answer
    from a machine (RFC 3834). AddressNotUsable when it could not be addressed.
    """
    policy = SMTP if address(to.address).isascii() and address(sender.address).isascii() else SMTPUTF8
    mail = EmailMessage(policy=policy)
    mail["From"] = _head(sender)
    mail["To"] = _head(to)
    mail["Subject"] = head_line(words.subject, at_most=LONGEST_SUBJECT)
    mail["Date"] = format_datetime(written_at)
    mail["Message-ID"] = message_id(row_id, domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail.set_content(words.text, cte="quoted-printable")
    mail.add_alternative(words.html, subtype="html", cte="quoted-printable")
    if calendar:
        _add_calendar(mail, calendar)
    _settle_boundaries(mail, row_id)
    return mail.as_bytes()
