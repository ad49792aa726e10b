"""Rules: how a page writes a number that is dialled, an hour that stays on its line, and words that stand alone."""

import re

UK = "+44"
NAMES = ("British ",)  # what begins one of our own words and keeps its capital
HOUR = re.compile(r"(\d) ([ap]m)\b")


def tied(text: str) -> str:
    """The text with each hour on one line: never "9" here and "am" below."""
    return HOUR.sub("\\1\N{NO-BREAK SPACE}\\2", text)


def first_up(text: str) -> str:
    """The text as it stands alone: with a capital, and its names left as they are."""
    return text[:1].upper() + text[1:]


def first_down(text: str) -> str:
    """The text inside a sentence: a small letter first, except where a name or an abbreviation begins it."""
    named = text.startswith(NAMES) or text[1:2].isupper()
    return text if named else text[:1].lower() + text[1:]


def national(number: str) -> str:
    """A number as one dials it from here: 07700 900142; another country's stays as it is."""
    if not number.startswith(UK):
        return number
    rest = number.removeprefix(UK)
    return f"0{rest[:4]} {rest[4:]}"
