"""Rules: the states of a matter, what can happen to it, and how a mediation ends, each with its plain words."""

from collections.abc import Mapping
from enum import StrEnum


class MatterState(StrEnum):
    """Where a matter stands."""

    # Information and advice
    ENQUIRY = "enquiry"
    ADVISED = "advised"
    CONSIDERING = "considering"
    DECLINED = "declined"
    CHOSE_MEDIATION = "chose_mediation"
    CHOSE_DR = "chose_dr"
    CERTIFIED = "certified"
    NOT_OURS = "not_ours"
    LAPSED = "lapsed"
    # Mediation, and the meeting of a disagreement resolution
    ASSIGNED = "assigned"
    FIRST_CONTACT = "first_contact"
    SCHEDULING = "scheduling"
    BOOKED = "booked"
    PREPARING = "preparing"
    IN_SESSION = "in_session"
    ADJOURNED = "adjourned"
    CONCLUDED = "concluded"
    RECORD_DRAFT = "record_draft"
    RECORD_CONFIRMED = "record_confirmed"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    # Disagreement resolution, before there is a meeting
    DR_SCREENED = "dr_screened"
    DR_INVITED = "dr_invited"
    DR_ALL_AGREED = "dr_all_agreed"
    DR_REFUSED = "dr_refused"
    DR_NO_REPLY = "dr_no_reply"
    DR_OPTIONS_GIVEN = "dr_options_given"

    @property
    def words(self) -> str:
        """The state as it ends the sentence "Now: …"."""
        return STATE_WORDS[self]


class Event(StrEnum):
    """What can happen to a matter."""

    RECEIVED = "received"
    ADVISED = "advised"
    CONSIDERING = "considering"
    DECLINED = "declined"
    CHOSE_MEDIATION = "chose_mediation"
    CHOSE_DR = "chose_dr"
    NOT_OURS = "not_ours"
    LAPSED = "lapsed"
    ASSIGNED = "assigned"
    ATTEMPTED = "attempted"  # somebody rang the family and did not reach it
    CONTACTED = "contacted"
    SCHEDULING = "scheduling"  # times were asked for
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    PREPARING = "preparing"
    OPENED = "opened"
    ADJOURNED = "adjourned"
    CONCLUDED = "concluded"
    DRAFTED = "drafted"
    CONFIRMED = "confirmed"  # one party said yes, no or not so to a version
    SEALED = "sealed"  # everybody has said yes to the same version
    FOLLOWING = "following"
    CLOSED = "closed"
    SCREENED = "screened"
    INVITED = "invited"
    ALL_AGREED = "all_agreed"
    REFUSED = "refused"
    NO_REPLY = "no_reply"
    OPTIONS_GIVEN = "options_given"
    # Facts beside the state
    CERTIFIED = "certified"
    COUNCIL_TOLD = "council_told"
    CANNOT_ARRANGE = "cannot_arrange"  # the council says that 30 days will not be enough


class Outcome(StrEnum):
    """How a mediation ended."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    BACK_TO_PANEL = "back_to_panel"
    FAMILY_WITHDREW = "family_withdrew"
    COUNCIL_ABSENT = "council_absent"
    FAMILY_ABSENT = "family_absent"

    @property
    def words(self) -> str:
        """The outcome in plain words; it blames nobody."""
        return OUTCOME_WORDS[self]


S = MatterState
STATE_WORDS: Mapping[MatterState, str] = {
    S.ENQUIRY: "the family has written to us and has not had its advice yet",
    S.ADVISED: "the family has had its advice and has not chosen yet",
    S.CONSIDERING: "the family wants time to think",
    S.DECLINED: "the family has said no to mediation",
    S.CHOSE_MEDIATION: "the family has chosen mediation",
    S.CHOSE_DR: "the family has chosen disagreement resolution",
    S.CERTIFIED: "the certificate has been issued",
    S.NOT_OURS: "this is not something we can help with",
    S.LAPSED: "the time to reach an adviser has passed",
    S.ASSIGNED: "a mediator has been named",
    S.FIRST_CONTACT: "the mediator has reached the family",
    S.SCHEDULING: "a time is being looked for",
    S.BOOKED: "the meeting is booked",
    S.PREPARING: "the meeting is being prepared",
    S.IN_SESSION: "the meeting is going on",
    S.ADJOURNED: "the meeting goes on another day",
    S.CONCLUDED: "the mediation has ended",
    S.RECORD_DRAFT: "the record is being written and read",
    S.RECORD_CONFIRMED: "everybody has confirmed the record",
    S.FOLLOW_UP: "what was agreed is being followed up",
    S.CLOSED: "the case is closed",
    S.DR_SCREENED: "nothing here can be appealed, so the others can be asked",
    S.DR_INVITED: "the others have been asked whether they will take part",
    S.DR_ALL_AGREED: "everybody has agreed to take part",
    S.DR_REFUSED: "somebody has decided not to take part",
    S.DR_NO_REPLY: "somebody has not answered",
    S.DR_OPTIONS_GIVEN: "the family has been told of its other ways forward",
}

OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.FULL: "Everything was agreed",
    Outcome.PARTIAL: "Some things were agreed",
    Outcome.NONE: "Nothing was agreed this time",
    Outcome.BACK_TO_PANEL: "The council takes it back to its panel",
    Outcome.FAMILY_WITHDREW: "The family decided not to go on",
    Outcome.COUNCIL_ABSENT: "The council was not there",
    Outcome.FAMILY_ABSENT: "The family was not there",
}
