"""Rules: what a case holds, as frozen values: the child, the case, its matters, its seats and what has happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases import names, promise
from cases.case import Channel, Choice, Decision, Side, Standing
from cases.helper import Helper
from cases.reach import Way
from cases.states import Event, MatterState, Outcome
from people.roles import Party


@dataclass(frozen=True, kw_only=True)
class Child:
    """The child or young person whom a case is about."""

    first_name: str
    last_name: str
    born: date | None

    @property
    def full_name(self) -> str:
        """Both names."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def label(self) -> str:
        """Rowan A."""
        return f"{self.first_name} {self.last_name[0].upper()}." if self.last_name else self.first_name

    def age(self, today: date) -> int | None:
        """Full years on this day; None when the date of birth is not known."""
        if self.born is None:
            return None
        had_birthday = (today.month, today.day) >= (self.born.month, self.born.day)
        return today.year - self.born.year - (not had_birthday)

    def as_kept(self) -> dict[str, str | None]:
        """What is stored of them, sealed."""
        born = self.born.isoformat() if self.born else None
        return {"first_name": self.first_name, "last_name": self.last_name, "born": born}

    @classmethod
    def from_kept(cls, kept: Mapping[str, str | None]) -> "Child":
        """The child as it was stored."""
        born = kept["born"]
        return cls(
            first_name=kept["first_name"] or "",
            last_name=kept["last_name"] or "",
            born=date.fromisoformat(born) if born else None,
        )


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One child or young person and one council."""

    id: str
    key_id: str
    number: str
    authority_id: str
    council: str
    subject_kind: str
    child: Child
    came_by: str
    opened_at: datetime
    closed_at: datetime | None
    version: int
    helper: Helper | None = None  # who wrote for the family; None where it wrote itself

    @property
    def asks_first(self) -> bool:
        """Whether somebody else wrote, and the family has not said yes yet."""
        return self.helper is not None and self.helper.yes_at is None

    @property
    def label(self) -> str:
        """Whom it is about, as lists name it: Rowan A."""
        return self.child.label


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One decision that a family disagrees with, and how far it has come."""

    id: str
    case_id: str
    decision: Decision
    letter_date: date | None
    sent_date: date | None
    education: bool
    health: bool
    social_care: bool
    about: str | None
    state: MatterState
    received_at: datetime
    advised_at: datetime | None
    choice: Choice | None
    chosen_at: datetime | None
    council_told_at: datetime | None
    contacted_at: datetime | None
    concluded_at: datetime | None
    outcome: Outcome | None
    agreed_on: date | None
    certified_on: date | None
    next_due_at: datetime | None
    version: int

    @property
    def promise(self) -> promise.Facts:
        """What the promise of contact depends on."""
        return promise.Facts(
            state=self.state, choice=self.choice, chosen_at=self.chosen_at, contacted_at=self.contacted_at
        )


@dataclass(frozen=True, kw_only=True)
class NewMatter:
    """What is known of a decision when it comes in."""

    decision: Decision
    letter_date: date | None = None
    sent_date: date | None = None
    education: bool = True
    health: bool = False
    social_care: bool = False
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One line of a matter's story."""

    event: Event
    state: MatterState
    at: datetime
    actor: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person's place in one case: how to reach them, and what they need. Phone and mail are their side's own."""

    id: str
    case_id: str
    side: Side
    standing: Standing
    party: Party
    name: str
    title: str
    email: str | None
    phone: str | None
    address: str | None
    reach: tuple[Way, ...]
    reach_note: str | None
    needs: tuple[str, ...]
    needs_words: str | None
    made_at: datetime
    revoked_at: datetime | None
    helps: str | None = None  # the seat of whom they interpret for

    @property
    def label(self) -> str:
        """As the others in the case see them: Tessa A.; SEND Team."""
        return names.label(self.name, self.party)

    @property
    def greeting(self) -> str:
        """What a letter to them begins with."""
        return names.greeting(self.name, self.party)

    @property
    def described(self) -> str:
        """With what they do, where that says more than their side: "Tessa A., parent or carer"."""
        return self.label + self.after_name

    @property
    def after_name(self) -> str:
        """What they do, as it follows a name: ", parent or carer"; nothing where it only repeats the side."""
        if self.title.casefold() == self.side.words.removeprefix("the "):
            return ""
        usual = self.title.casefold() == self.party.words
        return f", {self.title.lower() if usual else self.title}"


@dataclass(frozen=True, kw_only=True)
class NewSeat:
    """What is known of a person who gets a seat."""

    side: Side
    standing: Standing
    party: Party
    name: str
    title: str
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    reach: tuple[Way, ...] = ()
    reach_note: str | None = None
    needs: tuple[str, ...] = ()
    needs_words: str | None = None
    helps: str | None = None


class Duty(StrEnum):
    """What a member of staff is assigned to a matter for."""

    ADVISER = "adviser"
    MEDIATOR = "mediator"
    CO_MEDIATOR = "comediator"  # for as long as they are to mediate a meeting of it


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who has a matter in hand, for which duty."""

    matter_id: str
    duty: Duty
    account_id: str
    name: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Information and advice that was given: the evidence of a certificate."""

    id: str
    matter_id: str
    given_at: datetime
    channel: Channel
    account_id: str
    ticks: tuple[str, ...]
    notes: str | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a family said that it wants; its times run from the moment it said so."""

    id: str
    matter_id: str
    choice: Choice
    told_at: datetime
    channel: Channel
    account_id: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One try to reach the family."""

    id: str
    matter_id: str
    at: datetime
    channel: Channel
    reached: bool
    account_id: str
    note: str | None
