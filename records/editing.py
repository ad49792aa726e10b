"""Rules: a draft written line by line: an action put in, changed, moved or taken out; who may see which follows along.

A line is checked by itself as it is written, so that what is wrong is said at its own field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.case import Side
from cases.legal_class import WEEKS, FixedByLaw, LegalClass, NotTheirs
from database.refusal import Refusal
from records.agreement import ActionLine, DateMissing, Draft, LineIncomplete, Share, WordsTooLong, checked

EMPTY = Draft(version=0, lines=())
# Where the words of a refusal stand in the form of one line.
FIELDS: Mapping[type[Refusal], str] = {
    LineIncomplete: "what",
    NotTheirs: "kind",
    DateMissing: "due",
    FixedByLaw: "due",
    WordsTooLong: "what",
}


class NoSuchLine(Refusal):
    """This action is not in the draft any more. Please look at the draft again."""


@dataclass(frozen=True, kw_only=True)
class UsualLimit:
    """What the law offers for one kind of action, counted from a day: in words, and the day itself if there is one."""

    kind: LegalClass
    words: str
    due: date | None


def line_checked(line: ActionLine) -> ActionLine:
    """The line if it can stand in a record; its refusal names the field of the form."""
    try:
        checked(Draft(version=1, lines=(replace(line, number=1),)))
    except Refusal as refused:
        raise type(refused)(field=FIELDS.get(type(refused), "what")) from refused
    return line


def added(draft: Draft, line: ActionLine) -> Draft:
    """The draft with this action at its end."""
    return _arranged(draft, [*draft.lines, line], was=[*range(1, len(draft.lines) + 1), 0])


def changed(draft: Draft, number: int, line: ActionLine) -> Draft:
    """The draft with this action in place of the one of that number."""
    place = _place(draft, number)
    lines = [line if index == place else each for index, each in enumerate(draft.lines)]
    return _arranged(draft, lines, was=[*range(1, len(lines) + 1)])


def moved(draft: Draft, number: int, *, up: bool) -> Draft:
    """The draft with the action one place higher or lower; at the end of the list it stays."""
    place = _place(draft, number)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(draft.lines):
        return draft
    order = [*range(len(draft.lines))]
    order[place], order[other] = order[other], order[place]
    return _arranged(draft, [draft.lines[index] for index in order], was=[index + 1 for index in order])


def removed(draft: Draft, number: int) -> Draft:
    """The draft without the action; the others keep their order."""
    place = _place(draft, number)
    kept = [index for index in range(len(draft.lines)) if index != place]
    return _arranged(draft, [draft.lines[index] for index in kept], was=[index + 1 for index in kept])


def _place(draft: Draft, number: int) -> int:
    if not 1 <= number <= len(draft.lines):
        raise NoSuchLine
    return number - 1


def _arranged(draft: Draft, lines: Sequence[ActionLine], *, was: Sequence[int]) -> Draft:
    """The lines numbered from one; `was` names the number each had, by which sharing finds it again."""
    numbers = {before: now for now, before in enumerate(was, start=1) if before}
    shares = [_follow(share, numbers) for share in draft.shared_with]
    return replace(
        draft,
        lines=tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)),
        shared_with=tuple(share for share in shares if share is not None),
    )


def _follow(share: Share, numbers: Mapping[int, int]) -> Share | None:
    """The share by the new numbers; none when all it was about is gone, for an empty one would mean everything."""
    if not share.lines:
        return share
    lines = tuple(sorted(numbers[number] for number in share.lines if number in numbers))
    return replace(share, lines=lines) if lines else None


def usual_limit(kind: LegalClass, agreed_on: date) -> UsualLimit:
    """The nearest time in law for this kind, if everybody agreed on that day."""
    if kind is LegalClass.VOLUNTARY:
        return UsualLimit(kind=kind, words="The law sets no limit. It needs a date of its own", due=None)
    weeks = WEEKS[kind]
    words = "At once" if not weeks else f"{weeks} week{'s' if weeks > 1 else ''} from the day of agreement"
    return UsualLimit(kind=kind, words=words, due=agreed_on + timedelta(weeks=weeks))


def body_of(side: Side, typed: str, *, council: str) -> str:
    """The body that a side belongs to, where none was typed: the council by its name, the family as such."""
    usual = {Side.COUNCIL: council, Side.SOCIAL_CARE: council, Side.FAMILY: "The family"}
    return typed.strip() or usual.get(side, "")


def signs_of(draft: Draft) -> str:
    """Every character of the draft, each once: what a printer is asked about before anybody is."""
    lines = [
        words
        for line in draft.lines
        for words in (line.text, line.owner_body, line.owner_role, line.evidence, line.depends_on or "")
    ]
    parked = [words for topic in draft.parked for words in (topic.topic, topic.goes_to)]
    review = [draft.review.words] if draft.review else []
    shares = [share.who for share in draft.shared_with]
    return "".join(dict.fromkeys("".join([*lines, *draft.issues, *draft.not_agreed, *parked, *review, *shares])))
