"""The numbers of the specification: where each begins, how far it can go, and which of two has to stay the smaller."""

import re
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from meetings.room.numbers import (
    APART,
    BOUNDS,
    IN_MINUTES,
    IN_TENTHS,
    PUBLISHED,
    USUAL,
    NumberNotSo,
    Numbers,
    changed,
    in_seconds,
)

STARTS = {
    "simultaneous": 1,
    "undo": 10,
    "reply": 60,
    "unfinished": 60,
    "spoken": 3,
    "keep_hand": 10,
    "unseen": 60,
    "hold": 60,
    "cue_first": 30,
    "cue_last": 10,
    "grace": 20,
    "patience": 8,
    "needs_time": 30,
    "kept": 90,
    "break_every": 50 * 60,
    "break_length": 10 * 60,
    "break_ahead": 5 * 60,
    "break_again": 10 * 60,
    "end_first": 15 * 60,
    "end_last": 5 * 60,
    "overlap": 2,
    "overlap_within": 3,
    "acknowledgement": 1,
    "settling": 1.5,
    "cue": 30,
    "card": 20,
    "unattended_stops": 5,
    "unattended_holds": 20,
}
"""As turn-taking.md, 3.2 to 3.6 and 3.12, has them."""


def test_the_numbers_begin_as_the_specification_says() -> None:
    assert {name: in_seconds(USUAL, name) for name in BOUNDS} == STARTS
    assert USUAL.owed_after == 2


def test_every_number_has_bounds_but_the_one_that_is_part_of_the_published_rule() -> None:
    assert {one.name for one in fields(Numbers)} == {*BOUNDS, "owed_after"}
    assert set(PUBLISHED) | IN_MINUTES | IN_TENTHS | {name for pair in APART for name in pair} <= set(BOUNDS)


def _loose(name: str) -> Numbers:
    """The numbers with whatever is held apart from this one out of its way."""
    numbers = USUAL
    for less, more in APART:
        if name == less:
            numbers = replace(numbers, **{more: timedelta(days=1)})  # type: ignore[arg-type]
        if name == more:
            numbers = replace(numbers, **{less: timedelta(0)})  # type: ignore[arg-type]
    return numbers


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_goes_from_its_least_to_its_most_and_not_beyond(name: str) -> None:
    least, most = BOUNDS[name]

    assert least <= in_seconds(USUAL, name) <= most
    for seconds in (least, most):
        assert in_seconds(changed(_loose(name), name, seconds), name) == seconds
    for seconds in (least - 0.1, most + 0.1, float("nan"), float("inf")):
        with pytest.raises(NumberNotSo, match="Choose from") as refused:
            changed(_loose(name), name, seconds)
        assert refused.value.field == name


@pytest.mark.parametrize("name", sorted({*BOUNDS} - IN_TENTHS))
def test_parts_of_a_second_are_only_for_what_is_heard(name: str) -> None:
    with pytest.raises(NumberNotSo, match="whole number"):
        changed(USUAL, name, in_seconds(USUAL, name) + 0.5)


def test_bounds_are_said_in_the_unit_that_people_think_in() -> None:
    with pytest.raises(NumberNotSo, match="Choose from 3 to 60 minutes"):
        changed(USUAL, "break_length", 1)
    with pytest.raises(NumberNotSo, match=r"Choose from 0.2 to 5 seconds"):
        changed(USUAL, "simultaneous", 0)


@pytest.mark.parametrize(("less", "more"), APART)
def test_of_two_that_belong_together_the_first_stays_the_smaller(less: str, more: str) -> None:
    numbers = replace(USUAL, **{more: getattr(USUAL, less) + timedelta(seconds=1)})
    at = in_seconds(numbers, less), in_seconds(numbers, more)

    for name, seconds in ((less, at[1]), (more, at[0])):
        if BOUNDS[name][0] <= seconds <= BOUNDS[name][1]:
            with pytest.raises(NumberNotSo) as refused:
                changed(numbers, name, seconds)
            assert (refused.value.field, refused.value.words) == (name, APART[less, more])


def test_every_number_that_can_be_set_has_its_place_on_the_desk() -> None:
    desk = Path(__file__).parents[3] / "pages" / "browser" / "room" / "sitting.ts"
    shown = re.findall(r'{ name: "(\w+)", word: ".+", unit: "(\w+)" }', desk.read_text(encoding="utf-8"))

    assert sorted(name for name, _ in shown) == sorted(BOUNDS)
    assert {name for name, unit in shown if unit == "minutes"} == IN_MINUTES


@pytest.mark.parametrize("name", ["owed_after", "nonsense", "__init__"])
def test_what_fairness_rests_on_cannot_be_set(name: str) -> None:
    with pytest.raises(NumberNotSo, match="cannot be set"):
        changed(USUAL, name, 3)
