"""Rules: how long what is written holds the floor: the time it takes to be read out calmly (3.9)."""

from datetime import timedelta

LEAST = timedelta(seconds=10)
BEGINNING = timedelta(seconds=5)
EACH_WORD = timedelta(milliseconds=400)  # 150 words a minute, as somebody reads aloud who wants to be understood


def reading_time(words: str) -> timedelta:
    """The time for these words, in whole seconds and never under ten."""
    took = BEGINNING + EACH_WORD * len(words.split())
    return max(LEAST, timedelta(seconds=round(took.total_seconds())))


def reply_time(words: str | None, most: timedelta) -> timedelta:
    """The time for an answer: no answer has more than another, and one in writing takes no longer than it is read."""
    return min(reading_time(words), most) if words else most
