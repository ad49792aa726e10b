"""Rules: how somebody is named to others: a person by a first name and a letter, a team or a role by its whole name.

Surnames stay with a person's own side. A team has none, and "SEND T." would name nobody. Whether a name is a team's is
read from its words and the kind of seat alone, and the side does not count: a council's team, a school's office and a
family's support service are all shown whole, and an officer of a council is shortened as a parent is. Where the words
leave a doubt it is a person: a strange label is soon put right, a surname that was shown is not.
"""

import re

from people.roles import Party


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSONS = frozenset({Party.PARENT, Party.YOUNG_PERSON})
"""Seats that are always a person's, whatever their name."""
CAPITALS = _words("SEN SEND EHC EHCP EHCNA NHS ICB CAMHS SENCO SENDCO SENDIASS SENDIAS")
"""Read in capitals only: Sen is a surname."""
GROUPS = _words(
    "team teams service services department directorate unit panel council authority school academy nursery partnership"
    " office desk helpdesk helpline casework administration inclusion mediation advocacy forum trust"
)
ROLES = _words(
    "officer officers manager managers coordinator co-ordinator caseworker caseworkers headteacher teacher clerk"
    " receptionist secretary director adviser advisor"
)
BEFORE_ROLES = _words(
    "duty senior deputy assistant acting case area locality head school casework inclusion education plan health"
)
JOINING = frozenset({"of", "for"})
ASIDE = re.compile(r"[,;:(/|]| [-–—] ")


def is_team(name: str, party: Party) -> bool:
    """Whether this name of a seat is that of a team or a role, and has no surname in it."""
    words = _alone(name).split()
    if party in PERSONS or len(words) < 2:
        return False
    first, last = _read(words[0], name), _read(words[-1], name)
    if last in GROUPS | CAPITALS or first in CAPITALS:
        return True
    opens = first in BEFORE_ROLES | GROUPS
    return opens and (last in ROLES or any(word.casefold() in JOINING for word in words))


def _alone(name: str) -> str:
    """The name without what was written after it: "Colin Baker, SEND Team" is Colin Baker; "Baker, Colin" is whole."""
    before = ASIDE.split(name)[0]
    return before if len(before.split()) > 1 else name


def _read(word: str, name: str) -> str:
    """The word in small letters, but for an abbreviation in a name that is not all capitals."""
    return word if word in CAPITALS and not name.isupper() else word.casefold()


def label(name: str, party: Party) -> str:
    """As the others in the case see them: Tessa A.; SEND Team."""
    return " ".join(name.split()) if is_team(name, party) else short(_alone(name))


def greeting(name: str, party: Party) -> str:
    """What a letter to them begins with: Tessa; SEND Team."""
    return label(name, party) if is_team(name, party) else first(name)


def short(name: str) -> str:
    """The first word and the first letter of the last one: "Tessa A."; a single word stays as it is."""
    words = name.split()
    return f"{words[0]} {words[-1][0].upper()}." if len(words) > 1 else name.strip()


def first(name: str) -> str:
    """The word by which somebody is greeted."""
    return (name.split() or [""])[0]
