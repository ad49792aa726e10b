"""Rules: how one value of a word on the socket is read: of the right type and size, or not at all."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from cases.case import Side
from database.refusal import Refusal
from meetings.room.seats import SeatKey
from meetings.room.shares import LEAST_PARTS, MOST_PARTS

KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_HEARD = 40
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # signs that nobody can see, and that can hide others


class BadSignal(Refusal):
    """We could not read that. Nothing was changed."""

    def __init__(self, words: str | None = None, *, op: str | None = None) -> None:
        super().__init__(words)
        self.op = op


Reader = Callable[[Any], Any]


def whole(least: int, most: int) -> Reader:
    """A whole number."""

    def read_whole(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise BadSignal
        return value

    return read_whole


def tenths(least: int, most: int) -> Reader:
    """Seconds, to a tenth."""

    def read_tenths(value: Any) -> float:
        if type(value) not in {int, float} or not least <= value <= most or round(value, 1) != value:
            raise BadSignal
        seconds: float = value
        return seconds

    return read_tenths


def text(shape: re.Pattern[str]) -> Reader:
    """A short text of this shape."""

    def read_text(value: Any) -> str:
        if type(value) is not str or not shape.fullmatch(value):
            raise BadSignal
        return value

    return read_text


def word(words: type[StrEnum], but: frozenset[StrEnum] = frozenset()) -> Reader:
    """One of these words, but for some."""
    allowed = {word.value: word for word in words if word not in but}

    def read_word(value: Any) -> StrEnum:
        if type(value) is not str or value not in allowed:
            raise BadSignal
        return allowed[value]

    return read_word


def said_words(most: int, least: int = 0) -> Reader:
    """What a person wrote: no control signs, no blanks at the ends, and no longer than this."""

    def read_words(value: Any) -> str:
        if type(value) is not str:
            raise BadSignal
        plain = "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in UNSEEN).strip()
        if not least <= len(plain) <= most:
            raise BadSignal
        return plain

    return read_words


def row(each: Reader, most: int, least: int = 1) -> Reader:
    """A list of so many, none twice."""

    def read_row(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or not least <= len(value) <= most:
            raise BadSignal
        row = tuple(each(one) for one in value)
        if len(set(row)) != len(row):
            raise BadSignal
        return row

    return read_row


def parts(value: Any) -> tuple[tuple[Side, int], ...]:
    """How many parts each side has, in one order."""
    if type(value) is not dict or not 1 <= len(value) <= len(Side):
        raise BadSignal
    read_side, read_parts = word(Side, frozenset({Side.NOBODY})), whole(LEAST_PARTS, MOST_PARTS)
    return tuple(sorted((read_side(side), read_parts(parts)) for side, parts in value.items()))


def seats(value: Any) -> frozenset[SeatKey]:
    """Keys of seats, in no order."""
    return frozenset(row(text(KEY), MOST_HEARD, 0)(value))


def switch(value: Any) -> bool:
    """Yes or no, and nothing that only looks like it."""
    if type(value) is not bool:
        raise BadSignal
    return value
