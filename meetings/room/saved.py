"""Rules: a floor, or another value of the room, as JSON text and back, exactly: what is read is what was written.

Moments are ISO text in UTC, durations whole microseconds, words their value. A field that is missing has its default,
so that what was saved by yesterday's service can be read by today's.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

import orjson

from meetings.room.state import Floor

ValueT = TypeVar("ValueT")
Reader = Callable[[Any], Any]
MICROSECOND = timedelta(microseconds=1)


def to_json(floor: Floor) -> str:
    """The floor as one line of text."""
    return text_of(floor)


def from_json(text: str) -> Floor:
    """The floor that was written."""
    return value_of(Floor, text)


def text_of(value: object) -> str:
    """A frozen value as one line of text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def value_of(kind: type[ValueT], text: str) -> ValueT:
    """The value of this type that was written."""
    whole: Any = kind
    value: ValueT = _reader(whole)(orjson.loads(text))
    return value


def seat_keys(text: str) -> frozenset[str]:
    """Who is on the floor that was written, without reading the rest of it."""
    return frozenset(seat["key"] for seat in orjson.loads(text)["seats"])


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, timedelta):
        return value // MICROSECOND
    raise TypeError(f"a floor holds no {type(value).__name__}")


def _same(value: Any) -> Any:
    return value


SIMPLE: Mapping[Any, Reader] = {
    str: _same,
    int: _same,
    bool: _same,
    datetime: datetime.fromisoformat,
    timedelta: lambda said: timedelta(microseconds=said),
}


@cache
def _reader(kind: Any) -> Reader:
    """How what was written of this type is read, made once."""
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if get_origin(kind) is not None:
        return _of_parts(get_origin(kind), get_args(kind))
    if issubclass(kind, StrEnum):
        return {word.value: word for word in kind}.__getitem__
    return _of_fields(kind)


def _of_parts(whole: Any, parts: tuple[Any, ...]) -> Reader:
    if whole is tuple and parts[-1] is ...:
        return _of_row(_reader(parts[0]))
    if whole is tuple:
        return _of_group([_reader(part) for part in parts])
    if NoneType in parts:
        return _of_maybe(_reader(next(part for part in parts if part is not NoneType)))
    if issubclass(whole, Mapping):
        return _of_mapping(_reader(parts[0]), _reader(parts[1]))
    return _same  # the plain facts of an event: text, whole number, or yes and no


def _of_row(each: Reader) -> Reader:
    return tuple if each is _same else lambda said: tuple([each(one) for one in said])


def _of_group(parts: list[Reader]) -> Reader:
    return lambda said: tuple([part(one) for part, one in zip(parts, said, strict=True)])


def _of_maybe(some: Reader) -> Reader:
    return _same if some is _same else lambda said: None if said is None else some(said)


def _of_mapping(key: Reader, value: Reader) -> Reader:
    return lambda said: {key(name): value(one) for name, one in said.items()}


def _of_fields(made: type[Any]) -> Reader:
    """Most fields travel as they are: only the others cost a call."""
    hints = get_type_hints(made)
    parts = {one.name: _reader(hints[one.name]) for one in fields(made)}
    changed = [(name, part) for name, part in parts.items() if part is not _same]

    def read(said: dict[str, Any]) -> Any:
        facts = {name: one for name, one in said.items() if name in parts}
        for name, part in changed:
            if name in facts:
                facts[name] = part(facts[name])
        return made(**facts)

    return read
