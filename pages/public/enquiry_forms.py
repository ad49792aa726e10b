"""Edge: the forms of an enquiry's steps: what each asks, and what one field alone cannot tell."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from pages.enquiry_words import DECISIONS, NEEDS, REACH, SAFE, YOU
from pages.forms import DateOrNone, EmailOrNone, Form, FormRefused, LineOrNone, Name, PhoneOrNone, TextOrNone
from pages.reaching import AddressOrNone, of_helper, some_of, unreachable

NOTHING_TO_REACH = "Give us a phone number, an email or a postal address, so that we can reach you"


def one_of(words: Mapping[str, Any], otherwise: str) -> Any:
    """A check that an answer is among those that were offered."""

    def look(value: str) -> str:
        if value not in words:
            raise ValueError(otherwise)
        return value

    return AfterValidator(look)


def _not_ahead(value: date | None) -> date | None:
    if value is not None and value.year > date.max.year - 10:
        raise ValueError("Check the year")
    return value


class DecisionForm(Form):
    """Step 1: what the letter decided."""

    decision: Annotated[str, one_of(DECISIONS, "Pick the one that is nearest")]
    WORDS: ClassVar = {"decision": "Pick the one that is nearest"}


class LetterForm(Form):
    """Step 2: who sent it and when."""

    DATES: ClassVar = ("letter", "sent")
    WORDS: ClassVar = {"authority": "Choose the council that sent the letter"}
    authority: str
    letter: DateOrNone = None
    sent: DateOrNone = None


class WhoForm(Form):
    """Step 3: whom it is about, and who writes."""

    DATES: ClassVar = ("born",)
    WORDS: ClassVar = {
        "child": "Write the first name of the child or young person",
        "name": "Write your name",
        "you": "Say who you are",
        "born": "Write the date of birth, for example 19 5 2016",
    }
    child: Name
    surname: LineOrNone = None
    born: date
    you: Annotated[str, one_of(YOU, "Say who you are")]
    name: Name


class ReachForm(Form):
    """Step 4: how to reach them."""

    MANY: ClassVar = ("way",)
    WORDS: ClassVar = {"safe": "Say whether we may leave a message", "way": "Choose among the ways that are offered"}
    phone: PhoneOrNone = None
    email: EmailOrNone = None
    way: Annotated[tuple[str, ...], some_of(REACH, "Choose among the ways that are offered")] = ()
    address: AddressOrNone = None
    safe: Annotated[str, one_of(SAFE, "Say whether we may leave a message")]
    when: LineOrNone = None


class _FamilyForm(Form):
    family: Name


class HelperReachForm(ReachForm, _FamilyForm):
    """Step 4 of somebody who helps: how to reach the family, who it is, and how to answer the helper."""

    WORDS: ClassVar = {**ReachForm.WORDS, "family": "Write the name of the parent or carer"}
    own_phone: PhoneOrNone = None
    own_email: EmailOrNone = None


class NeedsForm(Form):
    """Step 5: what would make this easier."""

    MANY: ClassVar = ("need",)
    need: Annotated[tuple[str, ...], some_of(NEEDS, "Choose among what is offered, or write it below")] = ()
    more: TextOrNone = None


def check_together(form: Form, *, today: date) -> None:
    """What one field alone cannot tell: FormRefused at the field that is to be mended."""
    errors: dict[str, str] = {}
    if isinstance(form, LetterForm):
        for name in ("letter", "sent"):
            day = getattr(form, name)
            if day is not None and not date(2014, 9, 1) <= day <= today:
                errors[name] = "This day must be in the past"
    if isinstance(form, WhoForm) and not date(today.year - 26, 1, 1) <= form.born <= today:
        errors["born"] = "Check the date of birth. We can help from birth to age 25"
    if isinstance(form, HelperReachForm):
        errors |= of_helper(form, form.way)
    elif isinstance(form, ReachForm):
        errors |= unreachable(
            form, form.way, whose="your", otherwise="another way to hear from us", nothing=NOTHING_TO_REACH
        )
    if errors:
        raise FormRefused(errors, {})
