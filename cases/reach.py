"""Rules: the ways in which somebody likes to hear from us, and which contact each of them needs."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Way(StrEnum):
    """How we get in touch. Its text is a word of the column `seat.reach`."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    POST = "post"

    @property
    def words(self) -> str:
        """The way, as it follows "Best way:"."""
        return WAY_WORDS[self]


WAY_WORDS: Mapping[Way, str] = {
    Way.PHONE: "phone call",
    Way.TEXT: "text message",
    Way.EMAIL: "email",
    Way.POST: "letter",
}
NEEDS: Mapping[Way, str] = {Way.PHONE: "phone", Way.TEXT: "phone", Way.EMAIL: "email", Way.POST: "address"}


def missing(ways: Iterable[Way], *, phone: str | None, email: str | None, address: str | None) -> tuple[str, ...]:
    """The contacts, of phone, email and address, that these ways need and that were not given."""
    given = {"phone": phone, "email": email, "address": address}
    needed = {NEEDS[way] for way in ways}
    return tuple(name for name, value in given.items() if name in needed and not value)
