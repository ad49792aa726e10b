"""One value of a word: of the right type and size, or refused."""

import pytest

from cases.case import Side
from meetings.room.readers import BadSignal, Reader, parts, row, said_words, seats, switch, tenths, whole, word
from meetings.room.stages import Mode

READ: list[tuple[Reader, object, object]] = [
    (whole(1, 9), 9, 9),
    (tenths(0, 10), 2.5, 2.5),
    (word(Mode), "queue", Mode.QUEUE),
    (said_words(10), " \u200bTea\x00 ", "Tea"),
    (row(whole(1, 9), 3), [3, 1], (3, 1)),
    (seats, ["jo", "tessa"], frozenset({"tessa", "jo"})),
    (switch, False, False),
    (parts, {"family": 2, "council": 9}, ((Side.COUNCIL, 9), (Side.FAMILY, 2))),
]
BAD: list[tuple[Reader, object]] = [
    (whole(1, 9), True),
    (whole(1, 9), 9.0),
    (tenths(0, 10), 2.55),
    (word(Mode, frozenset({Mode.QUEUE})), "queue"),
    (said_words(10, 1), " \u200b "),
    (row(whole(1, 9), 3), [1, 1]),
    (row(whole(1, 9), 3), (1, 2)),
    (seats, ["jo"] * 41),
    (switch, 1),
    (parts, {}),
    (parts, {"family": 10}),
    (parts, {"nobody": 1}),
    (parts, [["family", 1]]),
]


@pytest.mark.parametrize(("reader", "value", "read"), READ)
def test_what_is_right_is_read(reader: Reader, value: object, read: object) -> None:
    assert reader(value) == read


@pytest.mark.parametrize(("reader", "value"), BAD)
def test_everything_else_is_refused(reader: Reader, value: object) -> None:
    with pytest.raises(BadSignal):
        reader(value)
