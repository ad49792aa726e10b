"""What follows from a frozen value is reckoned once, and never for another."""

from dataclasses import dataclass, replace

import orjson

from meetings.room.reckoned import carried, once

reckoned: list[int] = []


@dataclass(frozen=True, kw_only=True)
class Heap:
    """Some stones."""

    stones: int
    name: str = ""


@once
def twice(heap: Heap) -> int:
    reckoned.append(heap.stones)
    return heap.stones * 2


def test_it_is_reckoned_once_for_each_value() -> None:
    reckoned.clear()
    heap = Heap(stones=3)
    assert [twice(heap), twice(heap), twice(replace(heap, stones=4)), twice(heap)] == [6, 6, 8, 6]
    assert reckoned == [3, 4]


def test_it_changes_nothing_of_the_value() -> None:
    heap = Heap(stones=3)
    twice(heap)
    assert heap == Heap(stones=3)
    assert repr(heap) == repr(Heap(stones=3))
    assert orjson.loads(orjson.dumps(heap)) == {"stones": 3, "name": ""}


def test_a_value_that_differs_in_something_else_may_take_it_over() -> None:
    reckoned.clear()
    heap = Heap(stones=5)
    twice(heap)
    assert twice(carried(twice, heap, replace(heap, name="by the gate"))) == 10
    assert reckoned == [5]


def test_what_was_never_reckoned_is_not_taken_over() -> None:
    reckoned.clear()
    assert twice(carried(twice, Heap(stones=1), Heap(stones=2))) == 4
