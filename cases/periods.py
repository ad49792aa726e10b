"""Rules: the times that the law and the provider set, as dated data: how long, from what, for whom, and by what right.

Each row of domain 2.2. A change of the law is a new row with a later `valid_from`; the old row goes on for what began
under it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.case import PART_3_IN_FORCE

OPENED = date(2026, 9, 1)  # what the provider promises by itself is promised since it opened


class Clock(StrEnum):
    """One kind of date to keep, by its number in the domain brief."""

    CONTACT = "D1"
    ADVISER = "D2"
    DECLINED = "D3"
    CONCLUDED = "D4"
    DEEMED = "D5"
    CHANGED_MIND = "D6"
    TELL_HEALTH = "D7"
    ARRANGE = "D8"
    ARRANGE_HEALTH = "D9"
    NOTICE = "D10"
    APPEAL = "D11"
    ACTION = "D12"
    PLAN_ACTION = "D13"
    TELL_COUNCIL = "D14"
    RECORD = "D15"


class Unit(StrEnum):
    """How a time is counted."""

    HOURS = "hours"
    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, kw_only=True)
class Period:
    """One row of the table; `moves` tells whether a last day that is no working day moves to the next one."""

    clock: Clock
    title: str  # what is done by then
    since: str  # what starts it
    length: int
    unit: Unit
    owed_by: str
    source: str
    moves: bool = False
    valid_from: date = PART_3_IN_FORCE

    @property
    def words(self) -> str:
        """The length in words: "3 working days"; "1 week"."""
        return f"{self.length} {self.unit if self.length != 1 else self.unit.removesuffix('s')}"


PROMISE = "the provider’s own promise"
PERIODS: tuple[Period, ...] = (
    Period(
        clock=Clock.CONTACT,
        title="A mediator reaches the family",
        since="the family says yes to mediation",
        length=24,
        unit=Unit.HOURS,
        owed_by="the mediator",
        source=PROMISE,
        valid_from=OPENED,
    ),
    Period(
        clock=Clock.ADVISER,
        title="The family contacts a mediation adviser",
        since="the letter was sent",
        length=2,
        unit=Unit.MONTHS,
        owed_by="the family",
        source="SEND Regulations 2014, reg 33",
    ),
    Period(
        clock=Clock.DECLINED,
        title="The certificate is issued",
        since="the family says no to mediation",
        length=3,
        unit=Unit.WORKING_DAYS,
        owed_by="the adviser",
        source="SEND Regulations 2014, reg 34(1)",
    ),
    Period(
        clock=Clock.CONCLUDED,
        title="The certificate is issued",
        since="the mediation has ended",
        length=3,
        unit=Unit.WORKING_DAYS,
        owed_by="the adviser",
        source="Children and Families Act 2014, s.55(5)",
    ),
    Period(
        clock=Clock.DEEMED,
        title="The certificate is issued",
        since="the council says that 30 days will not be enough, or the 30 days end without a meeting",
        length=3,
        unit=Unit.WORKING_DAYS,
        owed_by="the adviser",
        source="Children and Families Act 2014, s.55(5)",
    ),
    Period(
        clock=Clock.CHANGED_MIND,
        title="The certificate is issued",
        since="the family changes its mind before the meeting",
        length=3,
        unit=Unit.WORKING_DAYS,
        owed_by="the adviser",
        source="Children and Families Act 2014, s.55(4)",
    ),
    Period(
        clock=Clock.TELL_HEALTH,
        title="The council tells the local NHS",
        since="the council is told that health is part of it",
        length=3,
        unit=Unit.WORKING_DAYS,
        owed_by="the council",
        source="Children and Families Act 2014, s.53",
    ),
    Period(
        clock=Clock.ARRANGE,
        title="The meeting takes place",
        since="the council is told that mediation is wanted",
        length=30,
        unit=Unit.DAYS,
        owed_by="the council",
        source="Children and Families Act 2014, s.53 and s.54",
    ),
    Period(
        clock=Clock.ARRANGE_HEALTH,
        title="The meeting takes place, where it is about health only",
        since="the council’s notice reaches the local NHS",
        length=30,
        unit=Unit.DAYS,
        owed_by="the local NHS",
        source="Children and Families Act 2014, s.53",
    ),
    Period(
        clock=Clock.NOTICE,
        title="Everybody is told the day and the place",
        since="the day of the meeting, counted back",
        length=5,
        unit=Unit.WORKING_DAYS,
        owed_by="whoever arranges the meeting",
        source="SEND Code of Practice 2015, chapter 11",
    ),
    Period(
        clock=Clock.APPEAL,
        title="An appeal arrives at the Tribunal",
        since="the letter was sent: 2 months; or the certificate was issued: 1 month, if that is later",
        length=2,
        unit=Unit.MONTHS,
        owed_by="the family",
        source="Tribunal Procedure Rules 2008 (SI 2008/2699), rules 12 and 20",
        moves=True,
    ),
    Period(
        clock=Clock.ACTION,
        title="An action that cannot be appealed is done",
        since="the date of agreement",
        length=2,
        unit=Unit.WEEKS,
        owed_by="the council or the local NHS",
        source="SEND Regulations 2014, reg 42(3)",
    ),
    Period(
        clock=Clock.PLAN_ACTION,
        title="An action about the assessment or the plan is done",
        since="the date of agreement",
        length=2,
        unit=Unit.WEEKS,
        owed_by="the council",
        source="SEND Regulations 2014, reg 44",
    ),
    Period(
        clock=Clock.TELL_COUNCIL,
        title="The local NHS tells the council what was agreed without it",
        since="the date of agreement",
        length=1,
        unit=Unit.WEEKS,
        owed_by="the local NHS",
        source="SEND Regulations 2014, reg 42(4)",
    ),
    Period(
        clock=Clock.RECORD,
        title="The record goes out to be read",
        since="the meeting has ended",
        length=24,
        unit=Unit.HOURS,
        owed_by="the mediator",
        source=PROMISE,
        valid_from=OPENED,
    ),
)


def _by_clock() -> Mapping[Clock, tuple[Period, ...]]:
    newest_first = sorted(PERIODS, key=lambda period: period.valid_from, reverse=True)
    return {clock: tuple(period for period in newest_first if period.clock is clock) for clock in Clock}


_ROWS = _by_clock()


def period(clock: Clock, on: date) -> Period:
    """The row that holds for what began on this day; the oldest row for a day before any of them."""
    rows = _ROWS[clock]
    return next((row for row in rows if row.valid_from <= on), rows[-1])
