"""Rules: text made safe to put into a mail head or a calendar line, keeping every real name as its owner writes it.

icalendar and email.message let through, or stop at, signs that no name holds (`reliability.md` 1.2); here they are
taken away once, so that no row of the outbox is one that can never be sent.
"""

import re
import unicodedata

from database.refusal import Refusal

LONGEST_LINE = 200
LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"""[^\s@<>()\[\]:;,\\"]+@[^\s@<>()\[\]:;,\\"]+""")
# Zero-width joiners stay: Persian names, Indic names and emoji need them. Marks that turn the writing direction go.
TURNERS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
PILED_MARKS = re.compile(f"({MARK}{{4}}){MARK}+")  # no name piles five marks on one letter; a joke does
ENCODED_WORD = re.compile(r"=+\?+|\?+=+")


def _visible(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Zl", "Zp", "Zs"} or sign in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85":
        return " "
    no_sign = kind in {"Cc", "Cs"} or 0xFDD0 <= ord(sign) <= 0xFDEF or ord(sign) & 0xFFFE == 0xFFFE
    return "" if no_sign else sign


def one_line(text: str, *, at_most: int = LONGEST_LINE) -> str:
    """The text on one line: no control sign, no half character, no turned direction, single spaces, NFC."""
    settled = text
    if not (text.isascii() and text.isprintable()):
        seen = "".join(map(_visible, text.translate(TURNERS)))
        settled = PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", seen))
    return " ".join(settled.split())[:at_most].strip()


def head_line(text: str, *, at_most: int = LONGEST_LINE) -> str:
    """One line for a mail head, with nothing in it that decodes to another text.

    `=?utf-8?q?x=0d=0aBcc=3a...?=` in a subject becomes a line of its own when the mail is written out, and
    `=?utf-8?q?evil=40x.test?=` as a name is shown as an address.
    """
    return one_line(ENCODED_WORD.sub("", one_line(text)), at_most=at_most)


def display_name(text: str) -> str:
    """A name for a mail head or a calendar's CN: no quotes, which old calendars show as `^'` (RFC 6868)."""
    return head_line(re.sub(r'["\\^]', "", one_line(text)), at_most=120)


class AddressNotUsable(Refusal):
    """This does not look like an email address that we can write to."""


def address(text: str) -> str:
    """The address as it goes into a mail head and an SMTP command, its domain in ASCII; AddressNotUsable otherwise.

    Narrower than RFC 5322 on purpose: one @, no quotes, no comments, no spaces, so no parser reads two people out of
    it (CVE-2023-27043). Whether it exists is for the mail server to say.
    """
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text) or one_line(text, at_most=LONGEST_ADDRESS) != text:
        raise AddressNotUsable
    mailbox, _, domain = text.rpartition("@")
    try:
        return f"{mailbox}@{domain.encode('idna').decode()}"
    except UnicodeError as broken:
        raise AddressNotUsable from broken
