"""Rules: what a dispute is made of: sides and standings, the council's decision, the family's choice, ways to talk.

Children and Families Act 2014, sections 51 and 52: what may be appealed, and what may be mediated. What the law says of
a decision is dated data with its source, so that a change of the law is a new row and not a new branch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
MatterId = NewType("MatterId", str)
SeatId = NewType("SeatId", str)
AuthorityId = NewType("AuthorityId", str)

PART_3_IN_FORCE = date(2014, 9, 1)


class Side(StrEnum):
    """Whose interest a person brings to the table."""

    FAMILY = "family"
    COUNCIL = "council"
    SCHOOL = "school"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        """The side as screens name it."""
        return SIDE_WORDS[self]


SIDE_WORDS: Mapping[Side, str] = {
    Side.FAMILY: "the family",
    Side.COUNCIL: "the council",
    Side.SCHOOL: "the school",
    Side.HEALTH: "the local NHS",
    Side.SOCIAL_CARE: "social care",
    Side.NOBODY: "on nobody’s side",
}


class Standing(StrEnum):
    """What a person is at the table for."""

    PRINCIPAL = "principal"
    SUPPORTER = "supporter"
    WITNESS = "witness"
    LANGUAGE_WORKER = "language_worker"
    YOUNG_PERSON = "young_person"
    PROCESS = "process"

    @property
    def words(self) -> str:
        """The standing in plain words."""
        return STANDING_WORDS[self]


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.PRINCIPAL: "speaks and decides for their side",
    Standing.SUPPORTER: "supports one side",
    Standing.WITNESS: "knows something that helps",
    Standing.LANGUAGE_WORKER: "interprets or signs",
    Standing.YOUNG_PERSON: "the young person the meeting is about",
    Standing.PROCESS: "runs the meeting",
}


class Choice(StrEnum):
    """What the family has chosen after advice."""

    MEDIATION = "mediation"
    DECLINED = "declined"
    DISAGREEMENT_RESOLUTION = "disagreement_resolution"
    CONSIDERING = "considering"

    @property
    def words(self) -> str:
        """The choice as the adviser's page names it."""
        return CHOICE_WORDS[self]


CHOICE_WORDS: Mapping[Choice, str] = {
    Choice.MEDIATION: "Mediation",
    Choice.DECLINED: "No mediation",
    Choice.DISAGREEMENT_RESOLUTION: "Disagreement resolution",
    Choice.CONSIDERING: "Time to think",
}


class Channel(StrEnum):
    """How something was said."""

    PHONE = "phone"
    VIDEO = "video"
    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in_person"
    ONLINE = "online"

    @property
    def words(self) -> str:
        """The channel as it ends the sentence "They told us …"."""
        return CHANNEL_WORDS[self]


CHANNEL_WORDS: Mapping[Channel, str] = {
    Channel.PHONE: "by phone",
    Channel.VIDEO: "on a video call",
    Channel.EMAIL: "by email",
    Channel.POST: "by post",
    Channel.IN_PERSON: "in person",
    Channel.ONLINE: "on our website",
}


@dataclass(frozen=True, kw_only=True)
class DecisionLaw:
    """What the law says of one kind of decision, from `valid_from` on."""

    words: str  # completes "The council decided …" or "It is about …"
    certificate: bool  # a mediation certificate is needed before an appeal
    appealable: bool
    mediable: bool
    on_paper: str  # as a certificate names it, for the Tribunal
    form: str | None  # the Tribunal's form; none where nothing can be appealed, or where it is not known yet
    source: str
    valid_from: date = PART_3_IN_FORCE


class Decision(StrEnum):
    """What the family disagrees with. Its text is the column `matter.decision`."""

    REFUSE_ASSESS = "refuse_assess"
    REFUSE_REASSESS = "refuse_reassess"
    REFUSE_ISSUE = "refuse_issue"
    REFUSE_AMEND = "refuse_amend"
    CEASE = "cease"
    CONTENTS_B = "contents_b"
    CONTENTS_F = "contents_f"
    CONTENTS_B_F_I = "contents_b_f_i"
    PLACEMENT_ONLY = "placement_only"
    HEALTH_ONLY = "health_only"
    SOCIAL_CARE_ONLY = "social_care_only"
    DISCRIMINATION = "discrimination"
    NO_LETTER = "no_letter"
    NOT_SURE = "not_sure"

    @property
    def law(self) -> DecisionLaw:
        """What the law says of it today."""
        return DECISION_LAW[self]

    @property
    def words(self) -> str:
        """The decision in plain words: "not to assess"."""
        return self.law.words

    @property
    def on_paper(self) -> str:
        """The decision as a certificate names it."""
        return self.law.on_paper

    @property
    def certificate_needed(self) -> bool:
        """Whether a family needs a certificate before it may appeal about this."""
        return self.law.certificate

    @property
    def appealable(self) -> bool:
        """Whether this can be appealed to the Tribunal by itself."""
        return self.law.appealable

    @property
    def mediable(self) -> bool:
        """Whether the family has a right to mediation about this."""
        return self.law.mediable

    @property
    def tribunal_form(self) -> str | None:
        """The Tribunal's form for an appeal about this."""
        return self.law.form


def _appeal(words: str, on_paper: str, source: str, *, form: str = "SEND35", certificate: bool = True) -> DecisionLaw:
    return DecisionLaw(
        words=words,
        on_paper=on_paper,
        certificate=certificate,
        appealable=True,
        mediable=True,
        form=form,
        source=f"Act 2014, {source}",
    )


def _no_appeal(words: str, on_paper: str, source: str, *, mediable: bool = True) -> DecisionLaw:
    return DecisionLaw(
        words=words,
        on_paper=on_paper,
        certificate=False,
        appealable=False,
        mediable=mediable,
        form=None,
        source=source,
    )


_CONTENTS = "Contents of the EHC plan"
DECISION_LAW: Mapping[Decision, DecisionLaw] = {
    Decision.REFUSE_ASSESS: _appeal(
        "not to assess", "Refusal to secure an EHC needs assessment", "s.51(2)(a)", form="SEND35a"
    ),
    Decision.REFUSE_REASSESS: _appeal("not to assess again", "Refusal to secure a re-assessment", "s.51(2)(d)"),
    Decision.REFUSE_ISSUE: _appeal("not to write a plan", "Refusal to issue an EHC plan", "s.51(2)(b)"),
    Decision.REFUSE_AMEND: _appeal("not to change the plan", "Refusal to amend or replace the EHC plan", "s.51(2)(e)"),
    Decision.CEASE: _appeal("to end the plan", "Decision to cease to maintain the EHC plan", "s.51(2)(f)"),
    Decision.CONTENTS_B: _appeal("the needs written in the plan", f"{_CONTENTS} (Section B)", "s.51(2)(c)(i)"),
    Decision.CONTENTS_F: _appeal("the help written in the plan", f"{_CONTENTS} (Section F)", "s.51(2)(c)(ii)"),
    Decision.CONTENTS_B_F_I: _appeal(
        "the needs, help or school written in the plan", f"{_CONTENTS} (Sections B, F and I)", "s.51(2)(c)"
    ),
    Decision.PLACEMENT_ONLY: _appeal(
        "only the school in the plan",
        f"{_CONTENTS} (Section I only)",
        "s.51(2)(c)(iii) and (iv), s.55",
        certificate=False,
    ),
    Decision.HEALTH_ONLY: _no_appeal(
        "health care in the plan", "Health care provision in the EHC plan", "Act 2014, s.52 and s.53"
    ),
    Decision.SOCIAL_CARE_ONLY: _no_appeal(
        "social care in the plan", "Social care provision in the EHC plan", "Act 2014, s.52 and s.54"
    ),
    Decision.DISCRIMINATION: _no_appeal(
        "unfair treatment because of a disability", "Disability discrimination", "Equality Act 2010", mediable=False
    ),
    Decision.NO_LETTER: _no_appeal(
        "the support, without a letter", "No decision that can be appealed", "Act 2014, s.57", mediable=False
    ),
    # Until the adviser has found out, the family is treated as having every right that a letter can give.
    Decision.NOT_SURE: DecisionLaw(
        words="not clear yet",
        on_paper="Decision under section 51",
        certificate=True,
        appealable=True,
        mediable=True,
        form=None,
        source="Act 2014, s.51 and s.52",
    ),
}
