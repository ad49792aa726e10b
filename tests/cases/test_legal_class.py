"""Classes of agreed action: whose they are and what the law gives them."""

from datetime import date

import pytest

from cases.case import Side
from cases.legal_class import (
    WEEKS,
    FixedByLaw,
    LegalClass,
    NotTheirs,
    check_owner,
    check_variation,
    classes_for,
    may_vary,
)


def test_times_in_law_by_the_table_of_the_brief() -> None:
    assert {kind: tuple(limit.weeks for limit in kind.limits) for kind in LegalClass} == {
        LegalClass.ASSESS: (2, 10, 14),
        LegalClass.REASSESS: (2, 10, 14),
        LegalClass.ISSUE_PLAN: (5, 11),
        LegalClass.AMEND_PLAN: (5,),
        LegalClass.NAME_SCHOOL: (2,),
        LegalClass.MAINTAIN: (0,),
        LegalClass.RECONSIDER: (2,),
        LegalClass.NON_APPEALABLE: (2,),
        LegalClass.TELL_COUNCIL: (1,),
        LegalClass.VOLUNTARY: (),
    }
    assert {kind: kind.limits[0].weeks for kind in LegalClass if kind.limits} == WEEKS


@pytest.mark.parametrize("side", [Side.FAMILY, Side.SCHOOL, Side.NOBODY])
def test_those_whom_the_law_does_not_bind_make_promises(side: Side) -> None:
    assert classes_for(side) == (LegalClass.VOLUNTARY,)
    with pytest.raises(NotTheirs):
        check_owner(LegalClass.NON_APPEALABLE, side)


def test_the_council_and_the_nhs_have_their_own_classes() -> None:
    assert set(classes_for(Side.COUNCIL)) == set(LegalClass) - {LegalClass.TELL_COUNCIL}
    assert classes_for(Side.HEALTH) == (LegalClass.NON_APPEALABLE, LegalClass.TELL_COUNCIL, LegalClass.VOLUNTARY)
    assert classes_for(Side.SOCIAL_CARE) == (LegalClass.NON_APPEALABLE, LegalClass.VOLUNTARY)
    check_owner(LegalClass.AMEND_PLAN, Side.COUNCIL)


def test_everybody_may_agree_another_day_but_for_the_one_week() -> None:
    usual, later = date(2026, 11, 11), date(2026, 11, 12)

    assert {kind for kind in LegalClass if not may_vary(kind)} == {LegalClass.TELL_COUNCIL}
    check_variation(LegalClass.NON_APPEALABLE, later, usual)
    check_variation(LegalClass.TELL_COUNCIL, usual, usual)
    check_variation(LegalClass.TELL_COUNCIL, None, usual)
    with pytest.raises(FixedByLaw):
        check_variation(LegalClass.TELL_COUNCIL, later, usual)


def test_every_class_has_words_of_its_own() -> None:
    assert len({kind.words for kind in LegalClass}) == len(LegalClass)
