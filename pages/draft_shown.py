"""Rules: a version of the record as a screen shows it: each action with its owner, its day and why that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.case import Side
from cases.legal_class import LegalClass
from notifications.when import full_day
from records.agreement import ActionLine, Draft, Mark, Share
from records.editing import usual_limit
from records.words import listed

MARK_WORDS: Mapping[Mark, str] = {Mark.YES: "Yes", Mark.REWORD: "Other words, please", Mark.NOT_AGREED: "Not agreed"}
MARK_TAGS: Mapping[Mark, str] = {Mark.YES: "done", Mark.REWORD: "tight", Mark.NOT_AGREED: "soon"}


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One action."""

    number: int
    text: str
    side: Side
    owner: str
    by: str
    why: str
    evidence: str
    depends_on: str | None


def line_shown(line: ActionLine, today: date) -> LineShown:
    """The action, with its day as it would be if everybody agreed today."""
    by, why = when_due(line, today)
    return LineShown(
        number=line.number,
        text=line.text,
        side=line.owner_side,
        owner=f"{line.owner_body}: {line.owner_role}",
        by=by,
        why=why,
        evidence=line.evidence,
        depends_on=line.depends_on,
    )


def when_due(line: ActionLine, today: date) -> tuple[str, str]:
    """By when, and why then."""
    if line.due is not None:
        promise = line.legal_class is LegalClass.VOLUNTARY
        return full_day(line.due), "a promise; the law sets no limit" if promise else "a date that all agree on"
    limit = usual_limit(line.legal_class, today)
    if limit.due is None:
        return "no date yet", "the law sets no limit, so it needs a date"
    steps = [f"{later.step}, {later.weeks} weeks" for later in line.legal_class.limits[1:]]
    why = f"the usual limit, {limit.words[:1].lower()}{limit.words[1:]}"
    return f"{full_day(limit.due)}, if all say yes today", "; ".join([why, *steps])


def lines_shown(draft: Draft, today: date) -> Sequence[LineShown]:
    """Every action of the draft."""
    return [line_shown(line, today) for line in draft.lines]


def share_words(share: Share) -> str:
    """Who else may see what: "The school: actions 1 and 3"."""
    if not share.lines:
        return f"{share.who}: the whole record"
    actions = "action" if len(share.lines) == 1 else "actions"
    return f"{share.who}: {actions} {listed([str(number) for number in share.lines])}"


def shares_shown(draft: Draft) -> Sequence[str]:
    """Each share of the draft in words."""
    return [share_words(share) for share in draft.shared_with]
