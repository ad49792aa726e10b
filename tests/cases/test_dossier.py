"""How people are named, in full and in short."""

from datetime import UTC, date, datetime

import pytest

from cases.case import Side, Standing
from cases.dossier import Child, Seat
from people.roles import Party

ROWAN = Child(first_name="Rowan", last_name="Alderton", born=date(2016, 5, 19))


def _seat(name: str, title: str) -> Seat:
    family = title == "Parent or carer"
    return Seat(
        id="s",
        case_id="c",
        side=Side.FAMILY if family else Side.COUNCIL,
        standing=Standing.PRINCIPAL,
        party=Party.PARENT if family else Party.COUNCIL,
        name=name,
        title=title,
        email=None,
        phone=None,
        address=None,
        reach=(),
        reach_note=None,
        needs=(),
        needs_words=None,
        made_at=datetime(2026, 10, 6, tzinfo=UTC),
        revoked_at=None,
    )


def test_a_child_is_named_in_full_and_in_short() -> None:
    assert (ROWAN.full_name, ROWAN.label) == ("Rowan Alderton", "Rowan A.")
    alone = Child(first_name="Rowan", last_name="", born=None)
    assert (alone.full_name, alone.label, alone.age(date(2026, 10, 8))) == ("Rowan", "Rowan", None)


@pytest.mark.parametrize(("today", "age"), [(date(2026, 5, 18), 9), (date(2026, 5, 19), 10), (date(2027, 1, 1), 10)])
def test_a_year_is_full_on_the_birthday(today: date, age: int) -> None:
    assert ROWAN.age(today) == age


def test_what_is_kept_of_a_child_reads_as_the_same_child() -> None:
    assert Child.from_kept(ROWAN.as_kept()) == ROWAN


def test_a_person_is_told_with_what_they_do_and_a_team_with_its_whole_name() -> None:
    tessa, team = _seat("Tessa Archer", "Parent or carer"), _seat("SEND mediation team", "Council")
    colin = _seat("Colin Beale", "SEN manager")

    assert [one.described for one in (tessa, colin, team)] == [
        "Tessa A., parent or carer",
        "Colin B., SEN manager",
        "SEND mediation team",
    ]
    assert [one.greeting for one in (tessa, colin, team)] == ["Tessa", "Colin", "SEND mediation team"]
