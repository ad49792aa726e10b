"""Edge: how somebody is to be reached, as forms ask it: known words, each once, with the contact it needs."""

from collections.abc import Mapping
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator

from cases.reach import Way, missing
from pages.forms import EMPTY_IS_NONE, paragraph_of

LONGEST_ADDRESS = 300


def some_of(words: Mapping[str, Any], otherwise: str) -> Any:
    """A check that every answer is among those that were offered; one that was sent twice counts once."""

    def look(values: tuple[str, ...]) -> tuple[str, ...]:
        if any(value not in words for value in values):
            raise ValueError(otherwise)
        return tuple(dict.fromkeys(values))

    return AfterValidator(look)


AddressOrNone = Annotated[Annotated[str, paragraph_of(LONGEST_ADDRESS)] | None, EMPTY_IS_NONE]


class Reached(Protocol):
    """A form that asks for these three."""

    @property
    def phone(self) -> str | None:
        """Their number."""

    @property
    def email(self) -> str | None:
        """Their mail."""

    @property
    def address(self) -> str | None:
        """Where a letter reaches them."""


def unreachable(form: Reached, ways: tuple[str, ...], *, whose: str, otherwise: str, nothing: str) -> dict[str, str]:
    """What is to be mended, at its field: a way without its contact, or no contact at all, with the words `nothing`."""
    given = (form.phone, form.email, form.address)
    lacking = missing(map(Way, ways), phone=form.phone, email=form.email, address=form.address)
    asked = {"phone": "phone number", "email": "email", "address": "postal address"}
    errors = {name: f"Write {whose} {asked[name]}, or choose {otherwise}" for name in lacking}
    return errors if any(given) or not nothing else errors | {"phone": nothing}


class Helped(Reached, Protocol):
    """A form that somebody fills in for a family."""

    @property
    def own_phone(self) -> str | None:
        """The helper's number."""

    @property
    def own_email(self) -> str | None:
        """The helper's mail."""


def of_helper(form: Helped, ways: tuple[str, ...], *, whose: str = "your") -> dict[str, str]:
    """Likewise, where somebody helps: the family may be out of reach for now, but whoever helps may not."""
    errors = unreachable(form, ways, whose="their", otherwise="another way", nothing="")
    if not (form.own_phone or form.own_email):
        errors["own_phone"] = f"Write {whose} own phone number or email, so that we can answer"
    if form.email and form.own_email and form.email.casefold() == form.own_email.casefold():
        errors["email"] = "This is the helper’s own email. Write the family’s here, or leave it empty"
    return errors
