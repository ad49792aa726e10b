"""Edge: forms: what was typed is read into a frozen value, or refused field by field in plain words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from aiohttp import web
from multidict import MultiDictProxy
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from database import cleaning
from database.refusal import Refusal
from records.agreement import LONGEST_TEXT

MOST_FIELDS = 200
FORM_TYPE = "application/x-www-form-urlencoded"  # no page takes a file, so none takes a body of many parts
BROKEN_SIGN = "A character in this text is broken. Please type it again"
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class FormRefused(Exception):  # noqa: N818 - a refusal, with everything that was typed
    """Something in the form needs another look."""

    def __init__(self, errors: dict[str, str], typed: dict[str, list[str]]) -> None:
        self.errors = errors
        self.typed = typed
        super().__init__("form refused")


class WrongType(Refusal):
    """This page takes what its own form sends."""


class Unreadable(Refusal):
    """We could not read what was sent. Please go back and send it again."""


# What aiohttp and json raise for bodies that no browser sends: bytes that are not text, an unknown charset, a broken
# compression, a hundred thousand brackets.
BROKEN_BODY = (ValueError, LookupError, AssertionError, EOFError, RuntimeError, RecursionError, web.RequestPayloadError)


class Form(BaseModel):
    """The fields of one form. `DATES` are asked as day, month and year; `WORDS` say what to do about a field."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    DATES: ClassVar[tuple[str, ...]] = ()
    MANY: ClassVar[tuple[str, ...]] = ()
    WORDS: ClassVar[Mapping[str, str]] = {}
    form_key: str = ""


FormT = TypeVar("FormT", bound=Form)


def _cleaned(clean: Callable[[str], str]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("Write this as text")  # noqa: TRY004 - pydantic reads ValueError
        try:
            return clean(value)
        except Refusal as refusal:
            raise ValueError(refusal.words) from refusal

    return check


def _or_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def line_of(most: int) -> Any:
    """A check that a text is one line of at most so many letters; its refusal says the same number as its field."""
    return BeforeValidator(_cleaned(lambda text: cleaning.line(text, most)))


def paragraph_of(most: int) -> Any:
    """The same for lines of text together."""
    return BeforeValidator(_cleaned(lambda text: cleaning.paragraph(text, most)))


EMPTY_IS_NONE = BeforeValidator(_or_none)
Name = Annotated[str, BeforeValidator(_cleaned(cleaning.name))]
Line = Annotated[str, line_of(200)]
Paragraph = Annotated[str, paragraph_of(4000)]
Sentences = Annotated[str, paragraph_of(LONGEST_TEXT)]  # what a record can hold of one thing
Email = Annotated[str, BeforeValidator(_cleaned(cleaning.email))]
Phone = Annotated[str, BeforeValidator(_cleaned(cleaning.phone))]
EmailOrNone = Annotated[Email | None, EMPTY_IS_NONE]
PhoneOrNone = Annotated[Phone | None, EMPTY_IS_NONE]
DateOrNone = Annotated[date | None, EMPTY_IS_NONE]
TextOrNone = Annotated[Paragraph | None, EMPTY_IS_NONE]
NameOrNone = Annotated[Name | None, EMPTY_IS_NONE]
LineOrNone = Annotated[Line | None, EMPTY_IS_NONE]
SentencesOrNone = Annotated[Sentences | None, EMPTY_IS_NONE]


def _number(text: str, label: str, largest: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(largest)):
        raise ValueError(f"The {label} must be a number. You wrote {text[:20]}")
    if not 1 <= int(text) <= largest:
        raise ValueError(f"The {label} must be a number from 1 to {largest}. You wrote {text[:20]}")
    return int(text)


def _month(text: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if len(text) >= len("jan") and name.startswith(text.lower()):
            return number
    return _number(text, "month", 12)


def read_date(day: str, month: str, year: str) -> date | None:
    """The day that was typed in three fields, None when all are empty; ValueError in words otherwise."""
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return None
    missing = [label for label, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if missing:
        raise ValueError(f"Add the {' and the '.join(missing)}")
    numbers = (_number(parts[0], "day", 31), _month(parts[1]), _number(parts[2], "year", 9999))
    if numbers[2] < 1900:
        raise ValueError(f"Write the year with 4 numbers. You wrote {parts[2][:20]}")
    try:
        return date(numbers[2], numbers[1], numbers[0])
    except ValueError as impossible:
        raise ValueError("There is no such day in that month") from impossible


def _gather(model: type[Form], sent: dict[str, list[str]]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {name: many[0] for name, many in sent.items() if name not in model.MANY}
    values |= {name: tuple(sent.get(name, ())) for name in model.MANY}
    errors: dict[str, str] = {}
    for name in model.DATES:
        parts = [sent.get(f"{name}-{part}", [""])[0] for part in ("day", "month", "year")]
        try:
            values[name] = read_date(*parts)
        except ValueError as wrong:
            errors[name] = str(wrong)
    # No database keeps this sign; texts that are cleaned would say so themselves, ids and the like would not.
    broken = [name for name in model.model_fields if "\0" in "".join(sent.get(name, ()))]
    errors |= {name: model.WORDS.get(name, BROKEN_SIGN) for name in broken}
    return values, errors


def _words(model: type[Form], fault: Any) -> tuple[str, str]:
    name = str(fault["loc"][0]) if fault["loc"] else "form"
    if fault["type"] == "value_error":
        said = str(fault["ctx"]["error"])
        return name, said
    return name, model.WORDS.get(name, "Answer this question")


def check(model: type[FormT], sent: dict[str, list[str]]) -> FormT:
    """The form's value; FormRefused names each field that is wrong, with all that was typed."""
    values, errors = _gather(model, sent)
    try:
        value = model.model_validate({name: value for name, value in values.items() if name not in errors})
    except ValidationError as invalid:
        for name, words in (_words(model, fault) for fault in invalid.errors()):
            errors.setdefault(name, words)
        raise FormRefused(_as_asked(model, errors), sent) from invalid
    if errors:
        raise FormRefused(_as_asked(model, errors), sent)
    return value


def _as_asked(model: type[Form], errors: dict[str, str]) -> dict[str, str]:
    """The errors in the order of the questions, as the summary above the form lists them."""
    order = list(model.model_fields)
    return dict(sorted(errors.items(), key=lambda error: order.index(error[0]) if error[0] in order else len(order)))


def _texts(post: MultiDictProxy[Any]) -> dict[str, list[str]]:
    if len(post) > MOST_FIELDS:
        raise web.HTTPRequestEntityTooLarge(max_size=MOST_FIELDS, actual_size=len(post))
    sent: dict[str, list[str]] = {}
    for name, value in post.items():
        if isinstance(value, str):
            sent.setdefault(name, []).append(value)
    return sent


def _is_utf8(request: web.Request) -> bool:
    """Our pages are UTF-8, so their forms are; other charsets would decode to what no text can hold."""
    return (request.charset or "utf-8").lower() == "utf-8"


async def sent(request: web.Request) -> dict[str, list[str]]:
    """Everything that was typed, field by field; WrongType when it is not a form."""
    if request.can_read_body and (request.content_type != FORM_TYPE or not _is_utf8(request)):
        raise WrongType
    try:
        post = await request.post()
    except BROKEN_BODY as broken:
        raise Unreadable from broken
    return _texts(post)


async def read(request: web.Request, model: type[FormT]) -> FormT:
    """The form that was posted, as a frozen value."""
    return check(model, await sent(request))
