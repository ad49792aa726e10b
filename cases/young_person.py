"""Rules: when a child becomes a young person, who then holds the rights (domain 1.7).

Children and Families Act 2014, s.83, and Education Act 1996, s.8: a young person is over compulsory school age, which
ends on the last Friday of June in the school year of the sixteenth birthday; the school year runs from September to
August. Capacity is presumed: whether somebody else acts for a young person is asked of them, and never worked out here.
"""

from datetime import date, timedelta

SIXTEEN = 16
SEPTEMBER, JULY = 9, 7
FRIDAY = 4


def rights_move_on(born: date) -> date:
    """The day from which the rights are the young person's own."""
    turns = born.year + SIXTEEN
    year = turns + 1 if born.month >= SEPTEMBER else turns
    last_of_june = date(year, JULY, 1) - timedelta(days=1)
    return last_of_june - timedelta(days=(last_of_june.weekday() - FRIDAY) % 7)


def is_young_person(born: date, today: date) -> bool:
    """Whether the rights are already the young person's own."""
    return today >= rights_move_on(born)
