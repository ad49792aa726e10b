"""Rules: what stands in the head of a page for whom, and at its foot, at the addresses of the site map (pages.md 2)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from people.access import Person
from people.proofs import Shown, short_of


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One link of the frame; `within` is the address under which a page counts as part of it."""

    words: str
    address: str
    within: str = ""

    @property
    def path(self) -> str:
        """The address without what it points at inside its page."""
        return self.address.partition("#")[0]

    def current(self, path: str) -> str:
        """How a page at this path marks the entry: page, true (a page within it), or nothing."""
        if "#" in self.address:
            return ""
        if path == self.path:
            return "page"
        return "true" if self.within and path.startswith(f"{self.within}/") else ""


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """The links of a person, and the name by which assistive technology announces them."""

    label: str
    entries: tuple[Entry, ...]


HELP = Entry(words="Help", address="/help")
PUBLIC = Navigation(
    label="Main",
    entries=(
        Entry(words="Home", address="/"),
        Entry(words="Start an enquiry", address="/enquire/decision", within="/enquire"),
        Entry(words="How mediation works", address="/#how"),
        Entry(words="Check a certificate", address="/certificate"),
    ),
)
FAMILY = Navigation(
    label="Your case",
    entries=(
        Entry(words="Where we are", address="/my"),
        Entry(words="Times", address="/my/times"),
        Entry(words="Appeal date", address="/my/appeal-date"),
        Entry(words="Papers", address="/my/papers", within="/my/papers"),
        HELP,
    ),
)
AUTHORITY = Navigation(
    label="Authority pages",
    entries=(Entry(words="My cases", address="/authority", within="/authority"), HELP),
)
SETTING = Navigation(
    label="Your case", entries=(Entry(words="Papers", address="/my/papers", within="/my/papers"), HELP)
)
# Whoever only comes to a meeting, and whoever has not shown a code yet.
DOOR = Navigation(label="Your meeting", entries=(Entry(words="Your meeting", address="/mine"), HELP))
STAFF = {
    "coordinator": Navigation(
        label="Coordinator",
        entries=(
            Entry(words="Today", address="/desk", within="/desk/case"),
            Entry(words="Diary", address="/desk/diary", within="/desk/diary"),
            Entry(words="Colleagues", address="/desk/people", within="/desk/people"),
            Entry(words="Venues", address="/desk/venues", within="/desk/venues"),
            Entry(words="Councils", address="/desk/councils", within="/desk/councils"),
            Entry(words="Messages", address="/desk/messages", within="/desk/messages"),
            Entry(words="Returns", address="/desk/returns", within="/desk/returns"),
        ),
    ),
    "adviser": Navigation(
        label="Adviser",
        entries=(Entry(words="My day", address="/advice", within="/advice"),),
    ),
    "mediator": Navigation(
        label="Mediator",
        entries=(
            Entry(words="My day", address="/mediator", within="/mediator"),
            Entry(words="My diary", address="/desk/diary"),
        ),
    ),
}
FOOT = (
    Entry(words="Help and contact", address="/help"),
    Entry(words="Easy read", address="/easy-read"),
    Entry(words="Other languages", address="/languages"),
    Entry(words="Privacy", address="/privacy"),
    Entry(words="Accessibility", address="/accessibility"),
)
PROOF = Entry(words="Your second proof", address="/second-factor/set-up")


def _of_staff(roles: Collection[str]) -> Navigation:
    mine = [navigation for role, navigation in STAFF.items() if role in roles]
    entries: dict[str, Entry] = {}
    for entry in (entry for navigation in mine for entry in navigation.entries):
        entries.setdefault(entry.address, entry)
    return Navigation(label=" and ".join(navigation.label for navigation in mine), entries=tuple(entries.values()))


def navigation_of(person: Person) -> Navigation:
    """The links this person has: staff by role, a seat by its party or its meeting alone, others the public ones."""
    if person.kind == "staff":
        return _of_staff({str(role) for role in person.roles})
    if short_of(person, Shown.CODE):
        return DOOR
    if person.kind == "seat":
        own = {"PA": FAMILY, "YP": FAMILY, "LA": AUTHORITY, "HB": AUTHORITY, "ED": SETTING}
        return own.get(str(person.party), DOOR)
    return PUBLIC


def foot_of(person: Person) -> tuple[Entry, ...]:
    """The links at the foot; staff have one more, to add a passkey or a new phone after their first day."""
    return (*FOOT, PROOF) if person.kind == "staff" else FOOT


def that_exist(entries: Collection[Entry], answers: Callable[[str], bool]) -> tuple[Entry, ...]:
    """The entries whose address is answered, so that the frame never holds a dead link."""
    return tuple(entry for entry in entries if answers(entry.path))


def home_of(person: Person) -> str:
    """Where the name in the head leads: a person's own first page."""
    entries = navigation_of(person).entries
    return entries[0].address if entries else "/"
