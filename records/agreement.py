"""Rules: the mediation agreement: its lines and versions, the marks of each side, and the moment it becomes agreed.

SEND Regulations 2014, regulations 42 and 44: what is agreed is recorded in writing, and every period counts from the
date of agreement. A mark holds for one version and its exact words; any change makes a new version, and all marks
start again.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from cases.case import Side
from cases.legal_class import WEEKS, FixedByLaw, LegalClass, check_owner, may_vary
from database.refusal import Refusal

LONDON = ZoneInfo("Europe/London")
MOST_LINES = 40
MOST_TOPICS = 20
LONGEST_TEXT = 600
LONGEST_NAME = 120


class Mark(StrEnum):
    """What a side may say to a version; silence is none of them."""

    YES = "yes"
    REWORD = "reword"
    NOT_AGREED = "not_agreed"


class Channel(StrEnum):
    """How a mark came: by the person's own link and code, or said to the mediator, by telephone or in the room."""

    ONLINE = "online"
    PHONE = "phone"
    ROOM = "room"

    @property
    def witnessed(self) -> bool:
        """Whether it was said to the mediator, who is its witness."""
        return self is not Channel.ONLINE


class NothingAgreed(Refusal):
    """There is no action in this record yet."""


class LineIncomplete(Refusal):
    """An action needs what will be done, who does it, in which body, and how everyone will know that it is done."""


class DateMissing(Refusal):
    """The law sets no time for this action, so it needs a date of its own."""


class WordsTooLong(Refusal):
    """This is longer than the record can hold. Please make it shorter."""


class OldVersion(Refusal):
    """The record was changed after it was read. Please read the new version first."""


class NotAllConfirmed(Refusal):
    """Not everyone has said yes to these exact words yet."""


class WordsMissing(Refusal):
    """Please write which words should change, and how."""


class WitnessMissing(Refusal):
    """A yes that was said needs the name of the mediator who heard it."""


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """One thing that one named role in one body will do."""

    number: int
    text: str  # begins with a verb
    owner_side: Side  # the side the body belongs to
    owner_body: str
    owner_role: str
    legal_class: LegalClass
    due: date | None  # None: the statutory period; a date: agreed by everyone (regulation 42(5)) or promised
    evidence: str  # how everyone will know that it is done
    depends_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A topic left aside, and where it goes next."""

    topic: str
    goes_to: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """Who looks at it again, how, and on which day: "The council's case officer telephones the parent"."""

    words: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Share:
    """Somebody beyond the parties who may see the record, or only the actions of these numbers."""

    who: str
    lines: tuple[int, ...] = ()  # none: the whole record


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One version of the words. It is never changed once it was shown; `revised` makes the next."""

    version: int
    lines: tuple[ActionLine, ...]
    issues: tuple[str, ...] = ()
    not_agreed: tuple[str, ...] = ()  # topics only, and only those that everyone agrees to name
    parked: tuple[Parked, ...] = ()
    review: Review | None = None
    shared_with: tuple[Share, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """The mark of one party's principal on one version, bound to the hash of what was on the screen or read aloud."""

    seat: str
    mark: Mark
    version: int
    hash: str
    channel: Channel
    at: datetime
    words: str | None = None
    witness: str | None = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The sealed words: what was agreed, by whom, on which day. Nothing in it changes any more."""

    draft: Draft
    hash: str
    agreed_on: date
    confirmations: tuple[Confirmation, ...]  # one yes of each party, in the order they came


def due_on(line: ActionLine, agreed_on: date) -> date:
    """The day by which it is to be done: its own, or the nearest time in law after the date of agreement."""
    return line.due or agreed_on + timedelta(weeks=WEEKS[line.legal_class])


def checked(draft: Draft) -> Draft:
    """The draft, when it can be shown to the parties; refuses empty, unfinished or boundless ones."""
    if not draft.lines:
        raise NothingAgreed
    _bounded(draft)
    for line in draft.lines:
        try:
            _check_line(line)
        except Refusal as refused:
            raise type(refused)(field=f"line-{line.number}") from refused
    return draft


def _check_line(line: ActionLine) -> None:
    if not all(map(str.strip, (line.text, line.owner_body, line.owner_role, line.evidence))):
        raise LineIncomplete
    check_owner(line.legal_class, line.owner_side)
    if line.due is None and line.legal_class is LegalClass.VOLUNTARY:
        raise DateMissing
    if line.due is not None and not may_vary(line.legal_class):
        raise FixedByLaw
    if _longest((line.owner_body, line.owner_role)) > LONGEST_NAME:
        raise WordsTooLong
    if _longest((line.text, line.evidence, line.depends_on or "")) > LONGEST_TEXT:
        raise WordsTooLong


def _bounded(draft: Draft) -> None:
    lists = (draft.issues, draft.not_agreed, draft.parked, draft.shared_with)
    if len(draft.lines) > MOST_LINES or any(len(topics) > MOST_TOPICS for topics in lists):
        raise WordsTooLong
    review = draft.review.words if draft.review else ""
    parked = [words for topic in draft.parked for words in (topic.topic, topic.goes_to)]
    sharing = [share.who for share in draft.shared_with]
    if _longest((*draft.issues, *draft.not_agreed, *parked, *sharing, review)) > LONGEST_TEXT:
        raise WordsTooLong


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)


def revised(before: Draft, words: Draft) -> Draft:
    """The next version, with these words and its lines numbered from one. Every mark on the version before is void."""
    lines = tuple(replace(line, number=place) for place, line in enumerate(words.lines, start=1))
    return replace(words, version=before.version + 1, lines=lines)


def canonical(draft: Draft) -> str:
    """The one JSON text of a draft: sorted keys, no spaces, days as ISO dates. It is what is stored and hashed."""
    return json.dumps(asdict(draft), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def read(text: str) -> Draft:
    """The draft behind its canonical JSON."""
    kept: dict[str, Any] = json.loads(text)
    return Draft(
        version=kept["version"],
        lines=tuple(_line(line) for line in kept["lines"]),
        issues=tuple(kept["issues"]),
        not_agreed=tuple(kept["not_agreed"]),
        parked=tuple(Parked(**topic) for topic in kept["parked"]),
        review=_review(kept["review"]),
        shared_with=tuple(Share(who=share["who"], lines=tuple(share["lines"])) for share in kept["shared_with"]),
    )


def _line(kept: Mapping[str, Any]) -> ActionLine:
    due = date.fromisoformat(kept["due"]) if kept["due"] else None
    typed = {"owner_side": Side(kept["owner_side"]), "legal_class": LegalClass(kept["legal_class"]), "due": due}
    return ActionLine(**{**kept, **typed})


def _review(kept: Mapping[str, Any] | None) -> Review | None:
    return Review(words=kept["words"], on=date.fromisoformat(kept["on"])) if kept else None


def version_hash(draft: Draft) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal; it covers the version's number as well as its words."""
    return hashlib.sha256(canonical(draft).encode()).hexdigest()


def accepted(draft: Draft, mark: Confirmation) -> Confirmation:
    """The mark, if it may be taken: on these exact words, a wish if it asks for others, a witness if it was said."""
    if not binds(draft, mark):
        raise OldVersion
    if mark.mark is Mark.REWORD and not (mark.words or "").strip():
        raise WordsMissing(field="words")
    if len(mark.words or "") > LONGEST_TEXT:
        raise WordsTooLong(field="words")
    if mark.channel.witnessed and not mark.witness:
        raise WitnessMissing(field="witness")
    return mark


def binds(draft: Draft, mark: Confirmation) -> bool:
    """Whether a mark was made on this version and its exact words."""
    return (mark.version, mark.hash) == (draft.version, version_hash(draft))


def standing(draft: Draft, marks: Iterable[Confirmation]) -> dict[str, Confirmation]:
    """The mark that counts for each seat: the last on this version and these words; older ones are void."""
    return {mark.seat: mark for mark in sorted(marks, key=lambda mark: mark.at) if binds(draft, mark)}


def seal(draft: Draft, marks: Collection[Confirmation], parties: Collection[str]) -> Agreement:
    """The agreement, once the principal of every party (by seat) has said yes to this very version.

    The date of agreement is the day, in England, of the last yes. OldVersion when a party's yes is to other words,
    NotAllConfirmed while one is missing or is no yes, and when fewer than two parties could agree at all.
    """
    checked(draft)
    counted = standing(draft, marks)
    if len(set(parties)) < 2:
        raise NotAllConfirmed
    for seat in parties:
        if seat not in counted and any(mark.seat == seat for mark in marks):
            raise OldVersion
        if seat not in counted or counted[seat].mark is not Mark.YES:
            raise NotAllConfirmed
    yeses = tuple(sorted((counted[seat] for seat in set(parties)), key=lambda mark: (mark.at, mark.seat)))
    agreed_on = yeses[-1].at.astimezone(LONDON).date()
    return Agreement(draft=draft, hash=version_hash(draft), agreed_on=agreed_on, confirmations=yeses)
