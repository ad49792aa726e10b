"""Rules: what an adviser says in the talk before mediation, point by point; which points were said is the evidence.

Children and Families Act 2014, s.55: a certificate says that information and advice was given. What must be part of it
is marked; the rest is good practice (domain 3.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from database.refusal import Refusal


class Tick(StrEnum):
    """One point of the talk."""

    SAFE = "safe"
    INDEPENDENT = "independent"
    FREE = "free"
    LETTER = "letter"
    TIME_LIMIT = "time_limit"
    MEDIATION = "mediation"
    VOLUNTARY = "voluntary"
    MAY_SAY_NO = "may_say_no"
    APPEAL_KEPT = "appeal_kept"
    OTHER_WAY = "other_way"
    SENDIASS = "sendiass"
    SUPPORTER = "supporter"
    CHILD_HEARD = "child_heard"
    ONLINE = "online"
    QUESTIONS = "questions"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point as the adviser reads it; `owed`: without it, it was not the information and advice of the law."""

    tick: Tick
    words: str
    owed: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some points that belong together, and a sentence to open them with."""

    title: str
    say: str
    points: tuple[Point, ...]


PARTS: tuple[Part, ...] = (
    Part(
        title="Begin",
        say="Is now a good time, and are you on your own?",
        points=(
            Point(tick=Tick.SAFE, words="Safe to talk now"),
            Point(tick=Tick.INDEPENDENT, words="We are independent; I work for no council"),
            Point(tick=Tick.FREE, words="This costs you nothing", owed=True),
        ),
    ),
    Part(
        title="The letter",
        say="Can we look at the date on it together?",
        points=(
            Point(tick=Tick.LETTER, words="Council, decision and date checked"),
            Point(tick=Tick.TIME_LIMIT, words="Time limit said aloud", owed=True),
        ),
    ),
    Part(
        title="The choices",
        say="There is no right answer, and no hurry today.",
        points=(
            Point(tick=Tick.MEDIATION, words="Mediation: what it is, who comes, how long", owed=True),
            Point(
                tick=Tick.VOLUNTARY,
                words="It is your choice. The council has to take part if you choose it",
                owed=True,
            ),
            Point(tick=Tick.MAY_SAY_NO, words="You may say no. You get a certificate within 3 working days", owed=True),
            Point(tick=Tick.APPEAL_KEPT, words="You can still appeal, whichever you choose", owed=True),
            Point(tick=Tick.OTHER_WAY, words="Disagreement resolution, and what is offered locally", owed=True),
            Point(tick=Tick.SENDIASS, words="SENDIASS: free advice, phone number given", owed=True),
        ),
    ),
    Part(
        title="If you mediate",
        say="A mediator rings you within 24 hours of your yes.",
        points=(
            Point(tick=Tick.SUPPORTER, words="You may bring one person of your choice"),
            Point(tick=Tick.CHILD_HEARD, words="How your child can be heard"),
            Point(tick=Tick.ONLINE, words="Online as a rule; in person when it must be"),
        ),
    ),
    Part(
        title="Questions",
        say="What would you like to ask me?",
        points=(Point(tick=Tick.QUESTIONS, words="Time given for questions; told you can ring again"),),
    ),
)
POINTS: tuple[Point, ...] = tuple(point for part in PARTS for point in part.points)
OWED = frozenset(point.tick for point in POINTS if point.owed)


class AdviceNotWhole(Refusal):
    """Some points that belong to the advice have not been said yet. Say them, or ring again, before you save it."""

    def __init__(self, missing: tuple[Point, ...]) -> None:
        self.missing = missing
        said = "; ".join(point.words for point in missing)
        super().__init__(f"These points belong to the advice and are not ticked yet: {said}.", field="ticks")


def said(ticks: Iterable[str]) -> tuple[Tick, ...]:
    """The points in the order of the talk; ValueError for a word that is none, AdviceNotWhole when one is missing."""
    found = {Tick(word) for word in ticks}
    missing = tuple(point for point in POINTS if point.owed and point.tick not in found)
    if missing:
        raise AdviceNotWhole(missing)
    return tuple(tick for tick in Tick if tick in found)
