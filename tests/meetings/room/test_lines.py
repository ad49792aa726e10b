"""A line: what is told goes out in its order, and whoever is far behind is cut off."""

import asyncio

from meetings.room.lines import CLOSE, QUEUE, Line


def line() -> Line:
    return Line(meeting_id="m" * 26, seat_key="s" * 26)


async def test_what_is_told_goes_out_in_its_order_whether_or_not_the_screen_waits() -> None:
    one = line()
    first = asyncio.create_task(one.next())
    await asyncio.sleep(0)
    for frame in ("one", "two", "three"):
        one.tell(frame)
    assert [await first, await one.next(), await one.next()] == ["one", "two", "three"]


async def test_a_sender_that_ends_takes_nothing_with_it() -> None:
    one = line()
    sender = asyncio.create_task(one.next())
    await asyncio.sleep(0)
    sender.cancel()
    one.tell("one")
    assert await one.next() == "one"


async def test_a_screen_that_is_too_far_behind_is_cut_off_and_holds_nothing_back() -> None:
    one = line()
    for number in range(QUEUE):
        one.tell(str(number))
    assert len(one.waiting) == QUEUE
    one.tell("one too many")
    assert [await one.next(), one.waiting] == [CLOSE, []]
