"""Rules: one function per message: it gathers the facts, and names the effect that must happen once.

Subject, sender, preview and calendar entry hold no child, school, authority, need, side or code (pages.md 6). Every
`link` is an address, never a key. Amounts of time are shown by the templates; facts are plain values.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from notifications.invites import Sitting
from notifications.letters import CalendarPart, Letter, Reader, requested, withdrawn
from notifications.when import begins

__all__ = ["CalendarPart", "CertificateKind", "Choice", "Letter", "PaperKind", "Reader", "Sitting"]


class Choice(StrEnum):
    """What the family chose, as their confirmation says it back."""

    MEDIATION = "mediation"
    NO_MEDIATION = "no_mediation"
    DISAGREEMENT_RESOLUTION = "disagreement_resolution"


class Moved(StrEnum):
    """What is new about a meeting that was moved."""

    TIME = "time"
    PLACE = "place"
    TIME_AND_PLACE = "time_and_place"


class PaperKind(StrEnum):
    """Which paper is ready."""

    RECORD = "record"
    CERTIFICATE = "certificate"


class CertificateKind(StrEnum):
    """Which certificate it is (Children and Families Act 2014, section 55)."""

    DECLINED = "declined"
    PARTICIPATED = "participated"
    DEEMED = "deemed"


def enquiry_receipt(*, case_id: str, number: str, link: str, rings_by: datetime | None = None) -> Letter:
    """We have your enquiry. The address is not verified yet, so nothing that was typed is in it."""
    facts = {"number": number, "link": link, "rings_by": rings_by}
    return Letter(kind="enquiry_receipt", key=f"enquiry_receipt:{case_id}", facts=facts, nameless=True)


def helper_receipt(*, case_id: str, number: str) -> Letter:
    """We have what somebody wrote for a family, and ask the family first: no way in, and nothing that was typed."""
    return Letter(kind="helper_receipt", key=f"helper_receipt:{case_id}", facts={"number": number}, nameless=True)


def staff_invitation(*, account_id: str, link: str, roles: Sequence[str]) -> Letter:
    """You can sign in now. `roles` are plain words: coordinator, adviser, mediator."""
    facts = {"link": link, "roles": tuple(roles)}
    return Letter(kind="staff_invitation", key=f"staff_invitation:{account_id}", facts=facts)


def staff_code(*, challenge_id: str, code: str, link: str, expires_at: datetime) -> Letter:
    """A code for signing in, and the page to type it on; never handed over twice, useless when it has run out."""
    facts = {"code": code, "link": link}
    key = f"staff_code:{challenge_id}"
    return Letter(kind="staff_code", key=key, facts=facts, once=True, useless_after=expires_at)


def seat_code(*, challenge_id: str, code: str, expires_at: datetime) -> Letter:
    """A code for one browser; never handed over twice, useless when it has run out."""
    key = f"seat_code:{challenge_id}"
    return Letter(kind="seat_code", key=key, facts={"code": code}, once=True, useless_after=expires_at, nameless=True)


def advice_summary(*, matter_id: str, number: str, link: str, given_at: datetime, adviser: str) -> Letter:
    """What a talk with an adviser covered, in general: the choices, and that there is time to think."""
    facts = {"number": number, "link": link, "given_at": given_at, "adviser": adviser}
    return Letter(kind="advice_summary", key=f"advice_summary:{matter_id}", facts=facts)


def choice_confirmed(
    *,
    choice_id: str,
    number: str,
    link: str,
    choice: Choice,
    certificate_by: date | None = None,
    contact_by: datetime | None = None,
) -> Letter:
    """The family's choice said back to them, with what happens next and when."""
    facts = {
        "number": number,
        "link": link,
        "choice": choice,
        "certificate_by": certificate_by,
        "contact_by": contact_by,
    }
    return Letter(kind="choice_confirmed", key=f"choice_confirmed:{choice_id}", facts=facts)


def council_notice(*, matter_id: str, number: str, link: str, told_at: datetime, meet_by: date) -> Letter:
    """The council is told that mediation is wanted, and by which day it must be arranged (SEND Regulations 36)."""
    facts = {"number": number, "link": link, "told_at": told_at, "meet_by": meet_by}
    return Letter(kind="council_notice", key=f"council_notice:{matter_id}", facts=facts)


def mediator_assigned(*, assignment_id: str, number: str, link: str, contact_by: datetime) -> Letter:
    """To the mediator: a new case, and the moment until which the family is promised to hear from them."""
    facts = {"number": number, "link": link, "contact_by": contact_by}
    return Letter(kind="mediator_assigned", key=f"mediator_assigned:{assignment_id}", facts=facts)


def mediator_introduction(
    *, assignment_id: str, number: str, link: str, mediator: str, contact_by: datetime | None
) -> Letter:
    """To the family: who their mediator is, and by when they ring."""
    facts = {"number": number, "link": link, "mediator": mediator, "contact_by": contact_by}
    return Letter(kind="mediator_introduction", key=f"mediator_introduction:{assignment_id}", facts=facts)


def _about(sitting: Sitting, reader: Reader, *, number: str, link: str) -> dict[str, object]:
    return {
        "reader": reader,
        "ours": reader.ours,
        "number": number,
        "link": link,
        "starts": sitting.starts,
        "ends": sitting.ends,
        "place": sitting.where if sitting.place else None,
    }


def _key(kind: str, sitting: Sitting) -> str:
    return f"{kind}:{sitting.uid}:{sitting.sequence}"


def invitation(
    sitting: Sitting,
    *,
    reader: Reader,
    number: str,
    link: str,
    told_on: datetime,
    full_notice: bool,
    answer_by: date | None = None,
    directions: str | None = None,
) -> Letter:
    """A meeting is booked. `full_notice`: five working days lie between telling and meeting; else that was waived."""
    facts = _about(sitting, reader, number=number, link=link)
    facts |= {"told_on": told_on, "full_notice": full_notice, "answer_by": answer_by, "directions": directions}
    return Letter(
        kind="invitation",
        key=_key("invitation", sitting),
        facts=facts,
        calendar=requested(sitting),
        useless_after=sitting.ends,
    )


def _what_moved(sitting: Sitting, was: datetime, was_place: str | None) -> Moved:
    if was_place is None:
        return Moved.TIME
    return Moved.PLACE if was == sitting.starts else Moved.TIME_AND_PLACE


def moved(
    sitting: Sitting,
    *,
    reader: Reader,
    number: str,
    link: str,
    was: datetime,
    was_place: str | None = None,
    asked_by_you: bool = False,
    full_notice: bool = True,
    inside_30_days: bool | None = None,
    certificate_by: date | None = None,
    directions: str | None = None,
) -> Letter:
    """The meeting has a new time or place; `was` is when it would have begun, `was_place` None where the place stays.

    A change of place alone says so, and that the time stays. The last facts are for the family.
    """
    facts = _about(sitting, reader, number=number, link=link)
    facts |= {"what": _what_moved(sitting, was, was_place), "was_place": was_place}
    facts |= {"was": was, "asked_by_you": asked_by_you, "full_notice": full_notice, "directions": directions}
    facts |= {"inside_30_days": inside_30_days, "certificate_by": certificate_by}
    return Letter(
        kind="moved",
        key=_key("moved", sitting),
        facts=facts,
        calendar=requested(sitting),
        useless_after=sitting.ends,
    )


def cancelled(
    sitting: Sitting,
    *,
    reader: Reader,
    number: str,
    link: str,
    rings_by: datetime | None = None,
    certificate_by: date | None = None,
) -> Letter:
    """The meeting will not take place; it leaves the calendar. `sitting` carries the raised sequence."""
    facts = _about(sitting, reader, number=number, link=link)
    facts |= {"rings_by": rings_by, "certificate_by": certificate_by}
    return Letter(kind="cancelled", key=_key("cancelled", sitting), facts=facts, calendar=withdrawn(sitting))


def stood_down(sitting: Sitting, *, number: str, link: str) -> Letter:
    """To a colleague: the meeting takes place without them; it leaves their calendar."""
    facts = {"number": number, "link": link, "starts": sitting.starts}
    return Letter(kind="stood_down", key=_key("stood_down", sitting), facts=facts, calendar=withdrawn(sitting))


def reminder(sitting: Sitting, *, reader: Reader, number: str, link: str, directions: str | None = None) -> Letter:
    """The meeting is tomorrow; useless once tomorrow has begun in London."""
    facts = _about(sitting, reader, number=number, link=link) | {"directions": directions}
    useless_after = begins(sitting.starts)
    return Letter(kind="reminder", key=_key("reminder", sitting), facts=facts, useless_after=useless_after)


def draft_ready(*, draft_id: str, number: str, link: str, version: int) -> Letter:
    """A draft of the record waits to be read and marked; the draft is behind page, button and code."""
    facts = {"number": number, "link": link, "version": version}
    return Letter(kind="draft_ready", key=f"draft_ready:{draft_id}:{version}", facts=facts)


def paper_ready(*, paper_id: str, number: str, link: str, paper: PaperKind) -> Letter:
    """A paper is ready; it is behind page, button and code."""
    facts = {"number": number, "link": link, "paper": paper}
    return Letter(kind="paper_ready", key=f"paper_ready:{paper_id}", facts=facts)


def certificate_letter(
    *,
    certificate_id: str,
    number: str,
    link: str,
    certificate: CertificateKind,
    appeal_by: datetime | None,
    basis: Sequence[str] = (),
    advice_line: str | None = None,
) -> Letter:
    """The certificate's covering letter, to the family alone: the one message with the appeal date and its reasons.

    `appeal_by` is the moment an appeal must have arrived (5 pm); None when there is nothing to appeal or the dates
    are not known. `basis`: plain sentences that say how it was counted. `advice_line`: where free advice is to be had.
    """
    facts = {
        "number": number,
        "link": link,
        "certificate": certificate,
        "appeal_by": appeal_by,
        "basis": tuple(basis),
        "advice_line": advice_line,
    }
    return Letter(kind="certificate_letter", key=f"certificate_letter:{certificate_id}", facts=facts)


def contact_reminder(*, matter_id: str, number: str, link: str, contact_by: datetime) -> Letter:
    """To the mediator: nobody has reached the family yet, and until when it was promised."""
    facts = {"number": number, "link": link, "contact_by": contact_by}
    return Letter(kind="contact_reminder", key=f"contact_reminder:{matter_id}:{contact_by:%Y%m%dT%H%M}", facts=facts)


def contact_late(*, matter_id: str, number: str, link: str, mediator: str, due_at: datetime) -> Letter:
    """To a coordinator: the promised contact has not been logged in time."""
    facts = {"number": number, "link": link, "mediator": mediator, "due_at": due_at}
    return Letter(kind="contact_late", key=f"contact_late:{matter_id}:{due_at:%Y%m%dT%H%M}", facts=facts)


def delivery_failed(*, message_id: str, kind: str, link: str, reason: str, number: str | None = None) -> Letter:
    """To a coordinator: a message of ours did not arrive and a person should ring. `reason` is the outbox's own."""
    facts = {"number": number, "link": link, "failed": kind, "reason": reason}
    return Letter(kind="delivery_failed", key=f"delivery_failed:{message_id}", facts=facts)


def unanswered(*, meeting_id: str, told: int, link: str, waited: timedelta, useless_after: datetime) -> Letter:
    """To a coordinator: somebody in a meeting waits for an answer; no name, no side, no case, and nothing of what.

    `waited` is how long a signal of that sitting waits until a coordinator is called.
    """
    key = f"unanswered:{meeting_id}:{told}"
    facts = {"link": link, "waited": int(waited.total_seconds())}
    return Letter(kind="unanswered", key=key, facts=facts, useless_after=useless_after)
