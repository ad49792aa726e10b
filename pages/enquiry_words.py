"""Rules: the words of an enquiry's choices, as a worried reader would say them, and what each stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.case import Decision
from cases.reach import Way
from pages.spelling import first_up


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """One answer to "what did the letter decide?"."""

    words: str
    hint: str
    decision: Decision


DECISIONS: Mapping[str, DecisionWords] = {
    "not-assess": DecisionWords(
        words="Not to assess my child",
        hint="“We will not carry out an EHC needs assessment”",
        decision=Decision.REFUSE_ASSESS,
    ),
    "not-issue": DecisionWords(
        words="Not to write a plan",
        hint="They assessed, but will not issue an EHC plan",
        decision=Decision.REFUSE_ISSUE,
    ),
    "contents": DecisionWords(
        words="What is in the plan",
        hint="You disagree with the needs, the help or the school written in it",
        decision=Decision.CONTENTS_B_F_I,
    ),
    "school": DecisionWords(
        words="Only the school",
        hint="You disagree with the school named, or that none is named, and nothing else",
        decision=Decision.PLACEMENT_ONLY,
    ),
    "not-change": DecisionWords(
        words="Not to change the plan",
        hint="After a review, or they will not assess again",
        decision=Decision.REFUSE_AMEND,
    ),
    "end": DecisionWords(words="To end the plan", hint="They have decided to stop it", decision=Decision.CEASE),
    "no-letter": DecisionWords(
        words="I have no letter, but I am worried about the support",
        hint="That is fine. There may be another way we can help",
        decision=Decision.NO_LETTER,
    ),
    "not-sure": DecisionWords(words="I am not sure", hint="We will work it out with you", decision=Decision.NOT_SURE),
}
HELPER = "helper"
YOU: Mapping[str, tuple[str, str]] = {
    "parent": ("Their parent or carer", ""),
    "young-person": ("The young person", "You are 16 or over and this is about you"),
    HELPER: ("Someone helping the family", "We will ask the family to say yes first"),
}
REACH: Mapping[str, str] = {way.value: first_up(way.words) for way in Way}
SAFE: Mapping[str, str] = {
    "yes": "Messages are safe",
    "no": "No messages: only speak to me",
    "depends": "Messages: ask first",
}
NEEDS: Mapping[str, tuple[str, str]] = {
    "interpreter": ("An interpreter", "Spoken language. We pay"),
    "bsl": ("British Sign Language (BSL)", ""),
    "captions": ("Captions on the screen", ""),
    "time": ("More time, and breaks", ""),
    "large-print": ("Large print or easy read", ""),
    "phone": ("To join by phone, without video", ""),
    "somebody": ("Somebody with me", "You may bring one person. It is your choice and nobody else’s"),
    "nothing": ("Nothing just now", ""),
}


def told_by(you: str) -> str:
    """The party whose seat an enquiry opens: a young person's own, else the parent's, also where a helper writes."""
    return "YP" if you == "young-person" else "PA"
