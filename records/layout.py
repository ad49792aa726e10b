"""Rules: every word of the papers, as plain JSON data for the templates: the certificate, and the record in two sizes.

Which fields a certificate may carry, and which it must not, is decided by `CertificateFacts` (domain 4.1): it has no
room for reasons, outcomes, who was there, or a date of appeal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cases.case import Decision
from cases.legal_class import LegalClass
from notifications.house import House
from notifications.when import full_day
from records.agreement import ActionLine, Agreement, Confirmation, Draft, Share, due_on
from records.certificate import Kind, shown_code
from records.words import DECISIONS, SAID, WHY, check_mark, clock, date_of, day_and_time, listed, short_day

TYPES = {
    Kind.PARTICIPATED: "Participated (section 55(5))",
    Kind.DECLINED: "Declined (section 55(4))",
    Kind.DEEMED: "Treated as having participated (section 55(5))",
}
CERTIFIED = {
    Kind.PARTICIPATED: "{name} has participated in mediation.",
    Kind.DECLINED: "{name} has told the mediation adviser that they do not wish to pursue mediation.",
    Kind.DEEMED: "Mediation was not arranged within 30 days. {name} is treated as having participated in mediation.",
}

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """All that a certificate says, and nothing else may be on it."""

    number: str
    check_code: str
    kind: Kind
    issued_on: date
    subject: str  # the child or young person
    born: date | None
    parent: str | None  # None: the young person is the party
    authority: str
    decision: Decision
    notice_dated_on: date
    notice_sent_on: date | None  # None: nobody knows the day; the paper then gives the letter's own date
    advised_on: date
    adviser: str
    education: bool
    health: bool
    social_care: bool
    house: House


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One sitting: from when to when (moments with a zone), and where: online; in person, Northmere Library."""

    starts: datetime
    ends: datetime
    place: str


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """All that a record says: the agreement, and the names to put to it."""

    number: str
    agreement: Agreement
    sittings: tuple[Sitting, ...]
    subject: str
    parties: tuple[str, ...]  # Ms T. A. (parent)
    also_agreed: tuple[str, ...]
    mediator: str
    sealed_at: datetime
    names: Mapping[str, str]  # of each seat that confirmed and each witness: "C. Beale, SEN manager, for the council"
    house: House


def certificate(facts: CertificateFacts) -> Json:
    """The words of a certificate."""
    issued, name = full_day(facts.issued_on), facts.parent or facts.subject
    return {
        **_frame(f"Mediation certificate {facts.number}", facts.number, facts.house, made=facts.issued_on),
        "under_number": f"Issued {issued}",
        "heading": "Mediation certificate",
        "law": "Children and Families Act 2014, section 55",
        "facts": _certificate_facts(facts),
        "certified": {
            "heading": "What is certified",
            "advice": f"Information and advice about mediation was provided to {name} on {full_day(facts.advised_on)} "
            f"by {facts.adviser}, mediation adviser.",
            "words": CERTIFIED[facts.kind].format(name=name),
        },
        "issues": {"heading": "Issues", "rows": _issues(facts)},
        "signature": facts.adviser,
        "signed": [
            [f"{facts.adviser}, mediation adviser", _provider(facts.house)],
            [f"Signed electronically on {issued}"],
        ],
        "genuine": {
            "question": "Is this certificate genuine?",
            "answer": f"Go to {_check_at(facts.house)} and type the number and the check code, or ring "
            f"{facts.house.phone}. You are told whether it is, and its date of issue, and nothing else.",
        },
        "closing": f"Issued by {facts.adviser} for {_provider(facts.house)}, which is independent of every local "
        "authority, integrated care board and NHS England. This certificate says nothing about what was said, offered "
        "or agreed.",
    }


def _certificate_facts(facts: CertificateFacts) -> list[list[Any]]:
    born = f", born {date_of(facts.born)}" if facts.born else ""
    notice = facts.notice_sent_on or facts.notice_dated_on
    rows = [
        ("Certificate number", facts.number),
        ("Check code", shown_code(facts.check_code)),
        ("Date of issue", full_day(facts.issued_on)),
        ("Type", TYPES[facts.kind]),
        ("Child" if facts.parent else "Young person", f"{facts.subject}{born}"),
        ("Parent", facts.parent),
        ("Local authority", facts.authority),
        ("Decision", DECISIONS[facts.decision]),
        (f"Notice of decision {'sent' if facts.notice_sent_on else 'dated'}", full_day(notice)),
    ]
    return [[label, [value]] for label, value in rows if value]


def _issues(facts: CertificateFacts) -> list[list[Any]]:
    rows = {"Education": facts.education, "Health": facts.health, "Social care": facts.social_care}
    return [[label, ["Yes" if raised else "No"]] for label, raised in rows.items()]


def _provider(house: House) -> str:
    return house.run_by or house.name


def _check_at(house: House) -> str:
    return house.address("certificate").partition("://")[2]


def _frame(title: str, number: str, house: House, *, made: date) -> Json:
    return {
        "title": title,
        "number": number,
        "author": _provider(house),
        "brand": house.name,
        "made": [made.year, made.month, made.day],
        "lang": "en",
        "region": "GB",
        "page": ["Page", "of"],
    }


def record(facts: RecordFacts, *, large: bool = False) -> Json:
    """The words of a record; the same in both sizes, but that each says how else it can be had."""
    agreed, draft = facts.agreement, facts.agreement.draft
    size = ", large print" if large else ""
    return {
        **_frame(f"Record of agreed actions {facts.number}{size}", facts.number, facts.house, made=agreed.agreed_on),
        "under_number": f"Version {draft.version}{size}",
        "heading": "Record of agreed actions",
        "facts": _record_facts(facts),
        "agreed": {
            "heading": "What was agreed",
            "heads": ["No.", "What will be done", "Who does it", "By when, and why then", "Done when"],
            "labels": {"who": "Who:", "by": "By:", "done": "Done when:"},
            "lines": [_line(line, agreed.agreed_on) for line in draft.lines],
            "note": "Time limits count from the date of agreement. The day of agreement is not counted.",
        },
        "parts": _parts(draft, facts.house),
        "confirmed": {
            "heading": "Who confirmed these words",
            "heads": ["Name and role", "When", "How"],
            "lines": _confirmed(facts),
        },
        "late": {
            "heading": "If an action is not done in time",
            "words": f"Tell the person named. {facts.house.name} can send a reminder that says only that the date has "
            "passed. You may complain to the council or the care board, and then to the Ombudsman. Actions of a school "
            "or a family are promises.",
        },
        "about": {
            "heading": "What this record is",
            "words": "It holds only what everyone agreed. It has no account of what anyone said. Agreeing to it takes "
            "away no right of appeal about anything else. The mediation certificate is a separate paper.",
        },
        "closing": _record_closing(facts, large=large),
    }


def _record_facts(facts: RecordFacts) -> list[list[Any]]:
    rows = [
        ("Date of agreement", [full_day(facts.agreement.agreed_on)]),
        ("Meeting", [_sitting(sitting) for sitting in facts.sittings]),
        ("About", [facts.subject]),
        ("Parties", list(facts.parties)),
        ("Also agreed", list(facts.also_agreed)),
        ("Mediator", [f"{facts.mediator}, {_provider(facts.house)}"]),
        ("Issues talked about", [" · ".join(facts.agreement.draft.issues)]),
    ]
    return [[label, values] for label, values in rows if any(values)]


def _sitting(sitting: Sitting) -> str:
    day = full_day(sitting.starts)
    return f"{day}, {clock(sitting.starts)} to {clock(sitting.ends)}, {sitting.place}"


def _line(line: ActionLine, agreed_on: date) -> Json:
    return {
        "number": str(line.number),
        "text": line.text,
        "depends": f"Depends on: {line.depends_on}" if line.depends_on else None,
        "owner": f"{line.owner_body}: {line.owner_role}",
        "by": short_day(due_on(line, agreed_on)),
        "why": _why(line, agreed_on),
        "done": line.evidence,
    }


def _why(line: ActionLine, agreed_on: date) -> str:
    if line.legal_class is LegalClass.VOLUNTARY:
        return "A promise; the law sets no limit"
    if line.due is not None:
        return "Date agreed by everyone"
    first, *later = line.legal_class.limits
    if not later:
        return WHY[line.legal_class]
    steps = [f"{_capital(step.step)}: {short_day(agreed_on + timedelta(weeks=step.weeks))}" for step in later]
    return ". ".join([f"{_capital(first.step)}: the usual limit, {first.weeks} weeks", *steps])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _parts(draft: Draft, house: House) -> list[Json]:
    parts = [("Not agreed", _not_agreed(draft))]
    if draft.parked:
        parts.append(("Left aside", [_plain(f"{topic.topic}: {topic.goes_to}") for topic in draft.parked]))
    parts += [("Looking at it again", [_review(draft, house)]), ("Who may see this record", [_plain(_readers(draft))])]
    return [{"heading": heading, "words": words} for heading, words in parts]


def _plain(words: str) -> list[list[Any]]:
    return [[words, False]]


def _not_agreed(draft: Draft) -> list[list[list[Any]]]:
    if not draft.not_agreed:
        return [_plain("No topic is named here.")]
    it, topic = ("it", "this topic") if len(draft.not_agreed) == 1 else ("them", "these topics")
    note = (
        f"{'It stays' if it == 'it' else 'They stay'} open, and so does any right of appeal about {it}. "
        f"Everyone has agreed to name {topic} here; nothing more is said about {it}."
    )
    return [_plain(words) for words in draft.not_agreed] + [_plain(note)]


def _review(draft: Draft, house: House) -> list[list[Any]]:
    anyone = f"Anyone may ask {house.name} for a review meeting."
    if draft.review is None:
        return _plain(f"No day was set. {anyone}")
    return [[f"{draft.review.words} on ", False], [full_day(draft.review.on), True], [f". {anyone}", False]]


def _readers(draft: Draft) -> str:
    shares = [_share(share) for share in draft.shared_with]
    return " ".join(["The parties.", *shares, "Nobody else, unless everyone above agrees."])


def _share(share: Share) -> str:
    if not share.lines:
        return f"{share.who} may see the whole record."
    actions = "action" if len(share.lines) == 1 else "actions"
    return f"{share.who} may see {actions} {listed([str(number) for number in share.lines])} only."


def _confirmed(facts: RecordFacts) -> list[Json]:
    marks = facts.agreement.confirmations
    lines = [{"who": facts.names[mark.seat], "at": day_and_time(mark.at), "how": _how(mark, facts)} for mark in marks]
    return [*lines, {"who": f"{facts.mediator}, mediator", "at": day_and_time(facts.sealed_at), "how": "Sealed"}]


def _how(mark: Confirmation, facts: RecordFacts) -> str:
    if mark.witness:
        return f"{SAID[mark.channel]}, read aloud; {facts.names[mark.witness]} as witness"
    return f"Own link, version {mark.version}"


def _record_closing(facts: RecordFacts, *, large: bool) -> str:
    other = "on A4 in ordinary print" if large else "in large print"
    return (
        f"Words sealed on {day_and_time(facts.sealed_at)}. Check mark of version {facts.agreement.draft.version}: "
        f"{check_mark(facts.agreement.hash)}. Questions: {facts.house.name}, {facts.house.phone}. You can also "
        f"have this record {other}. Ask us for another form or language."
    )
