"""Rules: meeting in person, by way of exception: for which reasons, by whose decision, and what is offered instead.

Domain 3.4 and 5.6. Meetings are online unless there is a reason. An adjustment for a disability is a duty under the
Equality Act 2010, s.20, and goes a way of its own: it is never refused as a matter of taste, but only where what online
offers meets the need. The 30 days do not stop, and everybody is told in time again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.working_days import Calendar, day_of
from database.refusal import Refusal
from people.roles import Role

DECIDED_WITHIN = 2  # working days; the provider's own promise
MAY_DECIDE = frozenset({Role.COORDINATOR})


class Reason(StrEnum):
    """Why online will not do."""

    ACCESS_NEED = "access_need"
    NO_PRIVATE_PLACE = "no_private_place"
    NO_CONNECTION = "no_connection"
    YOUNG_PERSON = "young_person"
    INTERPRETER_OR_AID = "interpreter_or_aid"
    BROKE_DOWN_ONLINE = "broke_down_online"
    SAFETY = "safety"

    @property
    def words(self) -> str:
        """The reason in plain words."""
        return REASON_WORDS[self]


REASON_WORDS: Mapping[Reason, str] = {
    Reason.ACCESS_NEED: "An access need that online cannot meet",
    Reason.NO_PRIVATE_PLACE: "No private or safe place",
    Reason.NO_CONNECTION: "No connection or device that works",
    Reason.YOUNG_PERSON: "The young person wants to come and cannot online",
    Reason.INTERPRETER_OR_AID: "An interpreter or a communication aid",
    Reason.BROKE_DOWN_ONLINE: "Online has broken down before",
    Reason.SAFETY: "Safety",
}


class Path(StrEnum):
    """How the request is looked at."""

    ADJUSTMENT = "adjustment"
    PREFERENCE = "preference"

    @property
    def words(self) -> str:
        """The path as the coordinator reads it."""
        return PATH_WORDS[self]


PATH_WORDS: Mapping[Path, str] = {
    Path.ADJUSTMENT: "Because of a disability. An adjustment, not a favour",
    Path.PREFERENCE: "A wish, looked at with care",
}


class OnlineHelp(StrEnum):
    """What online can offer instead, to be talked through before a decision."""

    QUIET_ROOM = "quiet_room"
    PHONE = "phone"
    SHORTER = "shorter"
    SET_UP = "set_up"
    CAPTIONS = "captions"

    @property
    def words(self) -> str:
        """The offer in plain words."""
        return HELP_WORDS[self]


HELP_WORDS: Mapping[OnlineHelp, str] = {
    OnlineHelp.QUIET_ROOM: "Phone or video from a quiet room lent by us",
    OnlineHelp.PHONE: "Joining by phone, without video",
    OnlineHelp.SHORTER: "Shorter meetings with breaks",
    OnlineHelp.SET_UP: "Someone to set it up at home",
    OnlineHelp.CAPTIONS: "Captions on the screen",
}


class Answer(StrEnum):
    """What was decided."""

    IN_PERSON = "in_person"
    MIXED = "mixed"
    ONLINE_WITH_HELP = "online_with_help"

    @property
    def words(self) -> str:
        """The answer in plain words."""
        return ANSWER_WORDS[self]


ANSWER_WORDS: Mapping[Answer, str] = {
    Answer.IN_PERSON: "Yes, in person",
    Answer.MIXED: "Yes, some in the room and some online",
    Answer.ONLINE_WITH_HELP: "Not now, and here is the help we offer online",
}


class ReasonMissing(Refusal):
    """Meetings are online unless there is a reason. Please say why this one needs to be in person."""


class WordsMissing(Refusal):
    """Please write, in a sentence or two, what we tell the person who asked."""


class NotYoursToDecide(Refusal):
    """A coordinator decides whether a meeting is in person."""


class EverybodyMustAgree(Refusal):
    """Some in the room and some online is fair only if everybody agrees to it. Somebody has not said yes yet."""


class OfferMissing(Refusal):
    """Before saying not now, talk through what online can offer, and write down what was offered."""


class NeedNotMet(Refusal):
    """This is an adjustment for a disability. It can be not now only if what online offers meets the need."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Somebody asks to meet in person. `disability` tells whether they say that it has to do with one."""

    asked_on: date
    reasons: frozenset[Reason]
    disability: bool = False

    @property
    def path(self) -> Path:
        """How it is looked at. It is enough that they say so: nobody is asked for proof."""
        needs = {Reason.ACCESS_NEED, Reason.INTERPRETER_OR_AID} & self.reasons
        return Path.ADJUSTMENT if self.disability or needs else Path.PREFERENCE


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a coordinator decides, with what was talked through, and the words that the person who asked gets."""

    answer: Answer
    words: str
    offered: frozenset[OnlineHelp] = frozenset()
    meets_need: bool = False  # what online offers meets the need, as the person who asked sees it too
    all_agree: bool = False


def decide_by(asked: date, calendar: Calendar) -> date:
    """The day by which the person who asked has an answer: two working days later."""
    return calendar.after(day_of(asked), DECIDED_WITHIN)


def check_request(request: Request) -> None:
    """Refuses, by ReasonMissing, a request without any reason."""
    if not request.reasons:
        raise ReasonMissing(field="reasons")


def check_decision(request: Request, decision: Decision, *, roles: Iterable[Role]) -> None:
    """Refuses a decision that is not this person's, that says nothing, or that the rules of the file do not allow."""
    if not MAY_DECIDE & frozenset(roles):
        raise NotYoursToDecide
    check_request(request)
    if not decision.words.strip():
        raise WordsMissing(field="words")
    if decision.answer is Answer.MIXED and not decision.all_agree:
        raise EverybodyMustAgree(field="answer")
    if decision.answer is Answer.ONLINE_WITH_HELP:
        _check_not_now(request, decision)


def _check_not_now(request: Request, decision: Decision) -> None:
    if not decision.offered:
        raise OfferMissing(field="offered")
    if request.path is Path.ADJUSTMENT and not decision.meets_need:
        raise NeedNotMet(field="answer")


@dataclass(frozen=True, kw_only=True)
class Exceptional:
    """What is kept with a meeting in person: the reason, in words as well, and who decided it when."""

    reason: Reason
    words: str
    decided_by: str
    decided_at: datetime
