"""Rules: a floor, or another value of the room, as JSON text and back, exactly: what is read is what was written.

Moments are ISO text in UTC, durations whole microseconds, words their value. A field that is missing has its default,
so that what was saved by yesterday's service can be read by today's.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, NewType, TypeVar, get_args, get_origin, get_type_hints

from meetings.room.state import Floor

ValueT = TypeVar("ValueT")


class Codec(NamedTuple):
    """How a value of one type becomes plain JSON, and comes back."""

    put: Callable[[Any], Any]
    get: Callable[[Any], Any]


def to_json(floor: Floor) -> str:
    """The floor as one line of text."""
    return text_of(floor)


def from_json(text: str) -> Floor:
    """The floor that was written."""
    return value_of(Floor, text)


def text_of(value: object) -> str:
    """A frozen value as one line of text."""
    kind: Any = type(value)
    return ENCODER.encode(_codec(kind).put(value))


def value_of(kind: type[ValueT], text: str) -> ValueT:
    """The value of this type that was written."""
    whole: Any = kind
    value: ValueT = _codec(whole).get(json.loads(text))
    return value


def seat_keys(text: str) -> frozenset[str]:
    """Who is on the floor that was written, without reading the rest of it."""
    return frozenset(seat["key"] for seat in json.loads(text)["seats"])


def _same(value: Any) -> Any:
    return value


ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
SAME = Codec(put=_same, get=_same)
MOMENT = Codec(put=datetime.isoformat, get=datetime.fromisoformat)
DURATION = Codec(
    put=lambda value: value // timedelta(microseconds=1),
    get=lambda said: timedelta(microseconds=said),
)
SIMPLE: Mapping[Any, Codec] = {str: SAME, int: SAME, bool: SAME, datetime: MOMENT, timedelta: DURATION}


@cache
def _codec(kind: Any) -> Codec:
    """The codec of a type, made once."""
    if isinstance(kind, NewType):
        return _codec(kind.__supertype__)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if get_origin(kind) is not None:
        return _of_parts(get_origin(kind), get_args(kind))
    if issubclass(kind, StrEnum):
        return Codec(put=_same, get={word.value: word for word in kind}.__getitem__)
    return _of_fields(kind)


def _of_parts(whole: Any, parts: tuple[Any, ...]) -> Codec:
    if whole is tuple and parts[-1] is ...:
        return _of_row(_codec(parts[0]))
    if whole is tuple:
        return _of_group([_codec(part) for part in parts])
    if NoneType in parts:
        return _of_maybe(_codec(next(part for part in parts if part is not NoneType)))
    if issubclass(whole, Mapping):
        return _of_mapping(_codec(parts[0]), _codec(parts[1]))
    return SAME  # the plain facts of an event: text, whole number, or yes and no


def _of_row(each: Codec) -> Codec:
    return Codec(
        put=list if each.put is _same else lambda row: [each.put(one) for one in row],
        get=tuple if each.get is _same else lambda said: tuple([each.get(one) for one in said]),
    )


def _of_group(parts: list[Codec]) -> Codec:
    return Codec(
        put=lambda group: [part.put(one) for part, one in zip(parts, group, strict=True)],
        get=lambda said: tuple([part.get(one) for part, one in zip(parts, said, strict=True)]),
    )


def _of_maybe(some: Codec) -> Codec:
    return Codec(
        put=_same if some.put is _same else lambda value: None if value is None else some.put(value),
        get=_same if some.get is _same else lambda said: None if said is None else some.get(said),
    )


def _of_mapping(key: Codec, value: Codec) -> Codec:
    return Codec(
        put=lambda facts: {key.put(name): value.put(one) for name, one in facts.items()},
        get=lambda said: {key.get(name): value.get(one) for name, one in said.items()},
    )


def _of_fields(made: type[Any]) -> Codec:
    """Most fields travel as they are: only the others cost a call."""
    hints = get_type_hints(made)
    parts = {one.name: _codec(hints[one.name]) for one in fields(made)}
    puts = [(name, part.put) for name, part in parts.items() if part.put is not _same]
    gets = [(name, part.get) for name, part in parts.items() if part.get is not _same]

    def put(value: Any) -> dict[str, Any]:
        kept = vars(value)
        plain = {name: kept[name] for name in parts}
        for name, put_one in puts:
            plain[name] = put_one(plain[name])
        return plain

    def get(said: dict[str, Any]) -> Any:
        facts = {name: one for name, one in said.items() if name in parts}
        for name, get_one in gets:
            if name in facts:
                facts[name] = get_one(facts[name])
        return made(**facts)

    return Codec(put=put, get=get)
