"""Rules: text is cleaned where it comes in: nothing behind it meets a sign that breaks a mail, a page or a PDF.

Real names and words are kept exactly, in every script: Welsh, Arabic, Chinese, with apostrophes and hyphens. What is
equal is written in one way (NFC). What nobody can see and no script needs is left out. What steers, hides or breaks
(reliability 4.2, X2) is refused in words that say which sign it is, never quoting what was typed.
"""

import re
import unicodedata
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from database.refusal import Refusal

LONGEST_NAME = 120
LONGEST_EMAIL = 254  # RFC 5321 4.5.3.1.3, less the two brackets
MOST_MARKS = 8  # on one letter; no living script needs more
SLACK = 4  # composing letters can shorten a text, never to less than a quarter

# Zero-width space, word joiner, invisible operators, byte order mark, soft hyphen, the direction marks.
_UNSEEN = dict.fromkeys([0x200B, *range(0x2060, 0x2065), 0xFEFF, 0x00AD, 0x200E, 0x200F, 0x061C])
# Embeddings, overrides and isolates turn the text that follows them round, also that of others.
_STEERING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_STRANGE = frozenset(map(chr, [*range(0x206A, 0x2070), 0xFFF9, 0xFFFA, 0xFFFB, *range(0x1D173, 0x1D17B)]))
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs that look like nothing
_JOINERS = re.compile("(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # England, Scotland, Wales
_TAGS = range(0xE0000, 0xE0080)
_LINE_ENDS = re.compile(r"\r\n?")
_ADDRESS = re.compile(r"[/\\@]|\bwww\.", re.IGNORECASE)
_TRUNK = re.compile(r"^(\+|00)(.*?)\(0\)")  # the 0 that is left out when dialling from abroad
_DIALLED = re.compile(r"\+[1-9][0-9]{7,14}")
_BRITISH = re.compile(r"\+44[1-9][0-9]{8,9}")
_SPACING = re.compile(r"[\s().\-\u2010-\u2015]+")


class Unclean(Refusal):
    """Something in this text cannot be kept. Please look at it and write it again."""


def line(text: str, limit: int, *, field: str | None = None) -> str:
    """One line of at most `limit` characters, without space at its ends; an empty one is allowed."""
    clean = _cleaned(_LINE_ENDS.sub("\n", _bounded(text, limit, field)).replace("\t", " "), field)
    if "\n" in clean.strip():
        raise Unclean("Write this on one line.", field=field)
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in clean)
    return _fitting(plain.strip(), limit, field)


def paragraph(text: str, limit: int, *, field: str | None = None) -> str:
    """Lines of text of at most `limit` characters together; line ends become one newline each."""
    clean = _cleaned(_LINE_ENDS.sub("\n", _bounded(text, limit, field)).replace("\t", " "), field)
    return _fitting("\n".join(each.rstrip() for each in clean.split("\n")).strip(), limit, field)


def name(text: str, *, field: str | None = None) -> str:
    """A person's name: at least one letter, and no sign that stands for something else (emoji, money, addresses)."""
    clean = re.sub(" {2,}", " ", line(text, LONGEST_NAME, field=field))
    if _ADDRESS.search(clean):
        # A name is printed in mails to others: it may not carry a link there.
        raise Unclean("Write a name here, without a web address or an email address.", field=field)
    if any(_is_symbol(sign) for sign in clean):
        raise Unclean("Write the name with letters, without pictures or signs.", field=field)
    if not any(sign.isalpha() and sign not in _FILLERS for sign in clean):
        raise Unclean("Write the name with letters.", field=field)
    return clean


def email(text: str, *, field: str | None = None) -> str:
    """An email address as it is written in mail heads; its domain in lower case. Nobody is asked whether it exists."""
    clean = line(text, LONGEST_EMAIL, field=field)
    if not clean:
        raise Unclean("Write an email address, like name@example.org.", field=field)
    try:
        return validate_email(clean, check_deliverability=False, strict=True).normalized
    except EmailNotValidError as wrong:
        raise Unclean("Check the email address. It should look like name@example.org.", field=field) from wrong


def phone(text: str, *, field: str | None = None) -> str:
    """A telephone number as networks dial it: +447700900123. A number without a country is British."""
    typed = _bounded(text, 60, field).translate(_UNSEEN)
    typed = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign not in _STEERING)
    digits = _dialled(_SPACING.sub("", _TRUNK.sub(r"\1\2", typed.strip())))
    wrong = digits.startswith("+44") and not _BRITISH.fullmatch(digits)
    if wrong or not _DIALLED.fullmatch(digits):
        raise Unclean("Check the phone number. It should look like 07700 900123, or +353 for abroad.", field=field)
    return digits


def _dialled(typed: str) -> str:
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+44{digits[1:]}" if digits.startswith("0") else digits


def _bounded(text: str, limit: int, field: str | None) -> str:
    """The text if it is worth looking at; one far too long is refused before any work is done on it."""
    if len(text) > limit * SLACK + 2:
        raise _too_long(limit, field)
    return text


def _too_long(limit: int, field: str | None) -> Unclean:
    return Unclean(f"This is too long. Use {limit:,} letters at the most.", field=field)


def _fitting(text: str, limit: int, field: str | None) -> str:
    if len(text) > limit:
        raise _too_long(limit, field)
    return text


def _cleaned(text: str, field: str | None) -> str:
    # A lone surrogate is looked for first: nothing else can be asked of such a text.
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unclean("A character in this text is broken. Please type it again.", field=field)
    seen = _JOINERS.sub("", text.translate(_UNSEEN))
    # Before normalising as well: putting a long heap of marks in order takes the square of its height.
    clean = seen if _heaped(seen) else unicodedata.normalize("NFC", seen)
    for place, sign in _doubtful(clean):
        if fault := _fault(sign):
            raise Unclean(f"{fault} (character {place}). Please take it out, or type the words again.", field=field)
    if _heaped(clean):
        raise Unclean("Too many accents stand on one letter. Please type the word again.", field=field)
    return clean


def _doubtful(text: str) -> Iterator[tuple[int, str]]:
    flagged = {place for flag in _FLAG.finditer(text) for place in range(*flag.span())}
    return ((place + 1, sign) for place, sign in enumerate(text) if sign != "\n" and place not in flagged)


def _fault(sign: str) -> str | None:
    category = unicodedata.category(sign)
    if sign in _STEERING:
        return "There is a hidden sign that turns the writing round"
    if category in {"Cc", "Zl", "Zp"}:
        return "There is a hidden control sign"
    if category == "Co" or ord(sign) in _TAGS or sign in _STRANGE or _is_no_character(sign):
        return "There is a sign that has no meaning here"
    return None


def _is_no_character(sign: str) -> bool:
    return 0xFDD0 <= ord(sign) <= 0xFDEF or ord(sign) & 0xFFFE == 0xFFFE


def _heaped(text: str) -> bool:
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            return True
    return False


def _is_symbol(sign: str) -> bool:
    # Unassigned signs are emoji of tomorrow. Modifier symbols (Sk) hold accents that people type as apostrophes.
    return unicodedata.category(sign) in {"So", "Sm", "Sc", "Cn"} or sign in "\ufe0f\u20e3"
