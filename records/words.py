"""Rules: days, times, lists, check marks and the law's terms as the papers write them.

Weekday first, 24 hours, the time in England.
"""

from collections.abc import Sequence
from datetime import date, datetime

from cases.case import Decision
from cases.legal_class import LegalClass
from notifications.when import DAYS, MONTHS, london
from records.agreement import Channel

# Where a party said its yes to the mediator.
SAID = {Channel.PHONE: "By phone", Channel.ROOM: "In the room"}

# In the words of section 51(2); the papers are the only place where a family meets them.
DECISIONS = {
    Decision.REFUSE_ASSESS: "Not to secure an EHC needs assessment",
    Decision.REFUSE_REASSESS: "Not to secure a re-assessment of needs",
    Decision.REFUSE_ISSUE: "Not to issue an EHC plan after an assessment",
    Decision.REFUSE_AMEND: "Not to amend or replace the EHC plan after a review or re-assessment",
    Decision.CEASE: "To cease to maintain the EHC plan",
    Decision.CONTENTS_B: "Contents of the EHC plan (Section B)",
    Decision.CONTENTS_F: "Contents of the EHC plan (Section F)",
    Decision.CONTENTS_B_F_I: "Contents of the EHC plan (Sections B, F and I)",
    Decision.PLACEMENT_ONLY: "School or other institution in the EHC plan (Section I)",
    Decision.HEALTH_ONLY: "Health care provision in the EHC plan",
    Decision.SOCIAL_CARE_ONLY: "Social care provision in the EHC plan",
    Decision.DISCRIMINATION: "Disability discrimination",
    Decision.NO_LETTER: "Special educational provision, without a notice of decision",
    Decision.NOT_SURE: "Decision about an EHC needs assessment or an EHC plan",
}

# Why an action without a date of its own is due when it is; classes of several steps name the steps instead.
WHY = {
    LegalClass.AMEND_PLAN: "The usual limit for changing a plan: 5 weeks",
    LegalClass.NAME_SCHOOL: "The usual limit for naming a school: 2 weeks",
    LegalClass.MAINTAIN: "The usual rule for keeping a plan going: at once",
    LegalClass.RECONSIDER: "The usual limit for a new decision: 2 weeks",
    LegalClass.NON_APPEALABLE: "The usual limit: 2 weeks",
    LegalClass.TELL_COUNCIL: "The limit set by law: 1 week",
}


def date_of(day: date) -> str:
    """3 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Tue 3 November 2026."""
    return f"{DAYS[day.weekday()][:3]} {date_of(day)}"


def clock(moment: datetime) -> str:
    """10:05."""
    return london(moment).strftime("%H:%M")


def day_and_time(moment: datetime) -> str:
    """Wed 4 November 2026, 15:52."""
    return f"{short_day(london(moment).date())}, {clock(moment)}"


def check_mark(version_hash: str) -> str:
    """The first half of a version's hash, in groups of four."""
    return " ".join(version_hash[place : place + 4] for place in range(0, 32, 4))


def listed(words: Sequence[str]) -> str:
    """1, 3 and 4."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
