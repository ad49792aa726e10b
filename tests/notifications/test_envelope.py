from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from notifications.envelope import Mailbox, Words, message_id, seal
from notifications.letters import requested, withdrawn
from notifications.plain import AddressNotUsable
from tests.notifications.samples import NOW, SITTING

ROW, DOMAIN = "h7kq2vxt9mzr4lwbn8cd3p2q5u", "evenhand.example"
OURS = Mailbox(name="Evenhand", address="meetings@evenhand.example")
TESSA = Mailbox(name="Tessa Alderton", address="tessa@example.org")
WORDS = Words(subject="Your meeting", text="Hello Siân,\n\n.\nthe council’s\n", html="<p>Hello Siân</p>\n")
HEADS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
]


def sealed(**changed: Any) -> bytes:
    given: dict[str, Any] = {"row_id": ROW, "domain": DOMAIN, "sender": OURS, "to": TESSA, "words": WORDS}
    return seal(**given | {"written_at": NOW} | changed)


def read(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def test_the_same_parts_give_the_same_bytes() -> None:
    assert sealed(calendar=requested(SITTING)) == sealed(calendar=requested(SITTING))


def test_a_plain_mail_has_two_ways_to_read_it() -> None:
    mail = read(sealed())
    assert list(mail.keys()) == HEADS
    assert mail["Message-ID"] == message_id(ROW, DOMAIN) == f"<{ROW}@evenhand.example>"
    assert mail["Date"] == "Thu, 08 Oct 2026 09:00:00 +0000"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()] == [WORDS.text, WORDS.html]


@pytest.mark.parametrize("calendar", [requested(SITTING), withdrawn(SITTING)], ids=["request", "cancel"])
def test_a_mail_with_a_calendar_has_googles_shape(calendar: Any) -> None:
    mail = read(sealed(calendar=calendar))

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    inner, attached = list(mail.walk())[-2:]
    assert inner.get_param("method") == calendar.method
    assert Calendar.from_ical(inner.get_content())["METHOD"] == calendar.method
    assert inner.get_payload(decode=True) == attached.get_payload(decode=True) == calendar.text.encode()
    assert attached.get_filename() == "invite.ics"


def test_line_ends_are_crlf_and_everything_is_seven_bit() -> None:
    raw = sealed(calendar=requested(SITTING))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.count(b"\r") == raw.count(b"\r\n")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_an_address_that_is_not_ascii_is_written_as_it_is() -> None:
    raw = sealed(to=Mailbox(name="Siân", address="siân@bücher.example"))
    assert "siân@xn--bcher-kva.example".encode() in raw


PAYLOADS = [
    "x\r\nBcc: evil@evil.test",
    "x\nBcc: evil@evil.test",
    "x\rBcc: evil@evil.test",
    "x\r\n\r\nbody",
    "x\x0bBcc: evil@evil.test",
    "x\x0cBcc: evil@evil.test",
    "x\x1cBcc: evil@evil.test",
    "x\x85Bcc: evil@evil.test",
    "x\u2028Bcc: evil@evil.test",
    "x\u2029Bcc: evil@evil.test",
    "x\x00y",
    "x\ud800y",
    'x" <evil@evil.test>, "y',
    "evil@evil.test, x",
    "evil@evil.test>, <x",
    "=?utf-8?q?evil=40x.test?=",
    "=?utf-8?b?ZXZpbEB4LnRlc3Q=?=",
    "=?utf-8?q?x=0d=0aBcc=3a_evil=40evil.test?=",
    "(comment) x",
    "x; y: z",
    "\u202eevil\u202c",
    "x" * 5000,
    "é" * 300,
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", ["to", "sender", "subject"])
def test_no_head_or_recipient_that_we_did_not_write(place: str, payload: str) -> None:
    each: dict[str, dict[str, Any]] = {
        "to": {"to": Mailbox(name=payload, address=TESSA.address)},
        "sender": {"sender": Mailbox(name=payload, address=OURS.address)},
        "subject": {"words": Words(subject=payload, text="x", html="x")},
    }
    mail = read(sealed(**each[place]))

    assert list(mail.keys()) == HEADS
    assert [box.addr_spec for box in mail["To"].addresses] == ["tessa@example.org"]
    assert [box.addr_spec for box in mail["From"].addresses] == ["meetings@evenhand.example"]
    assert "evil@x.test" not in f"{mail['To']} {mail['From']}"
    assert mail["Subject"].count("\n") == 0


@settings(max_examples=80)
@given(st.text(max_size=100), st.text(max_size=200))
def test_any_name_and_subject_can_be_sealed(name: str, subject: str) -> None:
    mail = read(sealed(to=Mailbox(name=name, address=TESSA.address), words=Words(subject=subject, text="x", html="x")))
    assert list(mail.keys()) == HEADS
    assert [box.addr_spec for box in mail["To"].addresses] == ["tessa@example.org"]


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(AddressNotUsable):
        sealed(to=Mailbox(name="x", address="a@example.org\r\nBcc: b@evil.test"))
