"""Rules: what follows from a frozen value alone is reckoned once for it, however often it is asked for."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

ValueT = TypeVar("ValueT")
AnswerT = TypeVar("AnswerT")


def once(answer: Callable[[ValueT], AnswerT]) -> Callable[[ValueT], AnswerT]:
    """The same answer, kept beside the fields of its value: neither compared with them, nor saved, nor copied."""
    name = _name(answer)

    @wraps(answer)
    def known(value: ValueT) -> AnswerT:
        kept = vars(value)
        if name not in kept:
            kept[name] = answer(value)
        found: AnswerT = kept[name]
        return found

    return known


def _name(answer: Callable[..., object]) -> str:
    """What begins with a line is no field of a frozen value: JSON leaves it out."""
    return f"_{answer.__module__}.{answer.__qualname__}"


def carried(answer: Callable[[ValueT], AnswerT], before: ValueT, after: ValueT) -> ValueT:
    """The value after, for which the answer of the one before holds: they differ in nothing that it looks at."""
    name = _name(answer)
    kept = vars(before)
    if name in kept:
        vars(after)[name] = kept[name]
    return after
