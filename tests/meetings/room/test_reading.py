"""A text turn lasts as long as it takes to be read out calmly."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.room.reading import reading_time, reply_time


@pytest.mark.parametrize(("words", "seconds"), [("", 10), ("Yes.", 10), ("word " * 25, 15), ("word " * 150, 65)])
def test_a_hundred_and_fifty_words_a_minute_and_never_under_ten_seconds(words: str, seconds: int) -> None:
    assert reading_time(words) == timedelta(seconds=seconds)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), max_size=300), st.text(alphabet="abc", min_size=1))
def test_more_words_never_take_less_time(words: list[str], more: str) -> None:
    assert reading_time(" ".join(words)) <= reading_time(" ".join([*words, more]))


@pytest.mark.parametrize(("words", "seconds"), [(None, 60), ("Yes.", 10), ("word " * 100, 45), ("word " * 175, 60)])
def test_an_answer_in_writing_takes_its_reading_time_and_no_answer_more_than_another(
    words: str | None, seconds: int
) -> None:
    assert reply_time(words, timedelta(seconds=60)) == timedelta(seconds=seconds)
