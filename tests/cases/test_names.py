"""Names in full and in short: persons lose their surname, teams and roles keep their words, on every side alike."""

import pytest

from cases import names
from people.roles import Party

OTHERS = tuple(party for party in Party if party not in names.PERSONS)
TEAMS = (
    "SEND Team",
    "SEND mediation team",
    "Northmere SEND Team",
    "SEND Northmere",
    "Northmere SENDIASS",
    "SEND Team, Northmere",
    "SEND/Inclusion Team",
    "Larkfield School Office",
    "Parent Advocacy Service",
    "Duty Officer",
    "Senior Casework Manager",
    "Head of Inclusion",
    "Office for Children",
)
PEOPLE = (
    ("Tessa Archer", "Tessa A."),
    ("Colin Baker", "Colin B."),
    ("Priya Sen", "Priya S."),
    ("PRIYA SEN", "PRIYA S."),
    ("Sen Priya", "Sen P."),
    ("Jo Head", "Jo H."),
    ("Office Clerkson", "Office C."),
    ("Colin Baker, SEND Team", "Colin B."),
    ("Colin Baker (SEND)", "Colin B."),
    ("Colin Baker - SEND Team", "Colin B."),
    ("Baker, Colin", "Baker, C."),
    ("Ann of Cleves", "Ann C."),
)


@pytest.mark.parametrize("party", OTHERS)
@pytest.mark.parametrize("name", TEAMS)
def test_a_team_or_a_role_is_named_whole_on_every_side(name: str, party: Party) -> None:
    assert (names.label(name, party), names.greeting(name, party)) == (name, name)


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize(("name", "shown"), PEOPLE)
def test_a_person_is_shortened_on_every_side(name: str, shown: str, party: Party) -> None:
    assert (names.label(name, party), names.greeting(name, party)) == (shown, name.split(maxsplit=1)[0])


@pytest.mark.parametrize("party", sorted(names.PERSONS))
def test_a_parent_and_a_young_person_are_always_persons(party: Party) -> None:
    assert names.label("Robert Service", party) == "Robert S."


@pytest.mark.parametrize(
    ("name", "shortened"),
    [
        ("Tessa Alderton", "Tessa A."),
        ("Siân Mair O’Neill", "Siân O."),
        ("李明", "李明"),
        ("محمد علي", "محمد ع."),
        (" Tessa ", "Tessa"),
        ("ann de la tour", "ann T."),
    ],
)
def test_others_see_a_first_word_and_a_letter(name: str, shortened: str) -> None:
    assert names.short(name) == shortened


def test_a_greeting_is_the_first_word() -> None:
    assert [names.first(name) for name in ("Tessa Alderton", "Tessa", "")] == ["Tessa", "Tessa", ""]
