"""Rules: the mediation certificate of section 55: which kind fits the facts, its number, and the code that proves it.

Children and Families Act 2014, section 55(4) and (5). A certificate is owed whatever happens. Nothing here knows of a
record, an outcome or a council's signature, so none of them can hold a certificate back.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from database.refusal import Refusal

# Crockford's 32 signs: no I, L, O or U, so what is read aloud or copied by hand is read one way only.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_READ_AS = str.maketrans("OIL", "011", " -–\t\n")


class Kind(StrEnum):
    """What is certified: took part, said no, or could not be arranged in time."""

    PARTICIPATED = "participated"
    DECLINED = "declined"
    DEEMED = "deemed"


LETTERS = {Kind.PARTICIPATED: "P", Kind.DECLINED: "D", Kind.DEEMED: "T"}


class NoCertificateHere(Refusal):
    """Disagreement resolution has no certificate, and no appeal waits for one."""


class AdviceNotGiven(Refusal):
    """No information and advice about mediation is noted for this decision, so there is nothing to certify yet."""


class NoticeUndated(Refusal):
    """The certificate must name the date of the council's letter, and that date is not noted yet."""


class DidNotDecline(Refusal):
    """The family has not said that it does not want mediation."""


class TookPart(Refusal):
    """The family took part in mediation, so the certificate must say that it took part."""


class NotConcluded(Refusal):
    """The mediation has not ended. A meeting that was adjourned has not ended."""


class FamilyNotThere(Refusal):
    """Nobody of the family was let in to the meeting, so the certificate cannot say that the family took part."""


class NotTooLate(Refusal):
    """It is not noted that mediation could not be arranged within 30 days."""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All that decides which certificate fits. A family that changes its mind back to mediation has not declined."""

    mediation: bool  # False on the path of disagreement resolution
    notice_on: date | None  # the day the letter was sent, else the day it is dated
    advised_on: date | None
    declined_on: date | None
    concluded_on: date | None
    family_admitted: bool  # somebody of the family was let in to a sitting of the mediation; leaving early is no matter
    not_arranged_on: date | None  # the council said so, or the thirtieth day passed without a meeting

    @property
    def took_part(self) -> bool:
        """Whether the family was let in to a mediation that has ended."""
        return self.family_admitted and self.concluded_on is not None


def objection(kind: Kind, grounds: Grounds) -> Refusal | None:
    """Why this kind does not fit the facts; None when it does. Domain 3.2 (guards) and 4.1."""
    if not grounds.mediation:
        return NoCertificateHere()
    if grounds.advised_on is None:
        return AdviceNotGiven()
    if grounds.notice_on is None:
        return NoticeUndated()
    match kind:
        case Kind.DECLINED:
            return _not_declined(grounds)
        case Kind.PARTICIPATED:
            return _not_participated(grounds)
        case Kind.DEEMED:
            return NotTooLate() if grounds.not_arranged_on is None else None


def _not_declined(grounds: Grounds) -> Refusal | None:
    if grounds.took_part:
        return TookPart()
    return DidNotDecline() if grounds.declined_on is None else None


def _not_participated(grounds: Grounds) -> Refusal | None:
    if grounds.concluded_on is None:
        return NotConcluded()
    return None if grounds.family_admitted else FamilyNotThere()


def allowed(kind: Kind, grounds: Grounds) -> None:
    """Refuses a kind that does not fit the facts."""
    refusal = objection(kind, grounds)
    if refusal is not None:
        raise refusal


def fitting(grounds: Grounds) -> Kind | None:
    """The kind that fits the facts: taking part counts first, then a no, then the thirty days; None while none does."""
    order = (Kind.PARTICIPATED, Kind.DECLINED, Kind.DEEMED)
    return next((kind for kind in order if objection(kind, grounds) is None), None)


def number(case_number: str, kind: Kind, *, earlier: int = 0) -> str:
    """The printed number: EH-2026-01873-P; EH-2026-01873-P2 for a second decision letter of the same case.

    `earlier` counts the certificates of this kind that the case already has.
    """
    return f"{case_number}-{LETTERS[kind]}" + (str(earlier + 1) if earlier else "")


def read_number(typed: str) -> str:
    """A number as it is kept, from what somebody typed: spaces out, letters large, any dash a plain one."""
    return "".join(typed.upper().split()).replace("–", "-").replace("—", "-")


def check_code(digest: str) -> str:
    """The eight signs printed beside the number, from a keyed digest of it in hexadecimal: 40 bits, so no guessing.

    The digest must be made with a key of the service: a code that follows from the number alone proves nothing.
    """
    bits = int(digest[:10], 16)
    return "".join(SIGNS[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))


def shown_code(code: str) -> str:
    """A code as it is printed, in two groups: 7KQ2-XM4R."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str:
    """A code as it is kept, from what somebody typed: O is zero, I and L are one; empty when it can be no code."""
    code = typed.upper().translate(_READ_AS)
    return code if len(code) == CODE_LENGTH and set(code) <= set(SIGNS) else ""
