"""Which way is offered, and why; nobody is turned away."""

from datetime import date

import pytest

from cases.case import Decision
from cases.triage import (
    NOTE_HEALTH,
    NOTE_HEALTH_ALONE,
    NOTE_NO_DATE,
    NOTE_PLACEMENT,
    WHY,
    Route,
    Triage,
    triaged,
)
from tests.cases.days import CALENDAR

TODAY = date(2026, 10, 7)
SENT = date(2026, 9, 14)


def offered(decision: Decision, *, health: bool = False, sent: date | None = SENT, today: date = TODAY) -> Triage:
    return triaged(decision, health=health, sent=sent, calendar=CALENDAR, today=today)


@pytest.mark.parametrize(
    ("decision", "route"),
    [
        (Decision.REFUSE_ASSESS, Route.MEDIATION),
        (Decision.CONTENTS_B_F_I, Route.MEDIATION),
        (Decision.PLACEMENT_ONLY, Route.MEDIATION),
        (Decision.HEALTH_ONLY, Route.MEDIATION),
        (Decision.SOCIAL_CARE_ONLY, Route.MEDIATION),
        (Decision.NO_LETTER, Route.DISAGREEMENT_RESOLUTION),
        (Decision.DISCRIMINATION, Route.NEITHER),
        (Decision.NOT_SURE, Route.ASK),
    ],
)
def test_each_decision_has_its_way(decision: Decision, route: Route) -> None:
    assert offered(decision).route is route


def test_an_appealable_decision_says_its_right_and_that_no_is_harmless() -> None:
    assert offered(Decision.REFUSE_ISSUE) == Triage(
        route=Route.MEDIATION,
        why=(
            "This decision can be appealed. You have a right to mediation about it, and the council must take part. "
            "You can say no. You still get your certificate."
        ),
        notes=(),
        certificate=True,
        others=frozenset({Route.DISAGREEMENT_RESOLUTION}),
    )


def test_the_school_alone_is_mediated_and_waits_for_no_certificate() -> None:
    found = offered(Decision.PLACEMENT_ONLY)

    assert (found.route, found.certificate, found.notes) == (Route.MEDIATION, False, (NOTE_PLACEMENT,))
    assert found.why == WHY[Decision.PLACEMENT_ONLY]


def test_health_forks_the_way() -> None:
    assert offered(Decision.CONTENTS_F, health=True).notes == (NOTE_HEALTH,)
    assert offered(Decision.HEALTH_ONLY, health=True).notes == (NOTE_HEALTH_ALONE, NOTE_HEALTH)
    assert offered(Decision.HEALTH_ONLY).certificate is False


def test_discrimination_is_shown_its_own_way() -> None:
    found = offered(Decision.DISCRIMINATION, health=True)

    assert (found.notes, found.others, found.certificate) == ((), frozenset(), False)
    assert "ask for free advice soon" in found.why


def test_late_is_said_and_bars_nobody() -> None:
    in_time = offered(Decision.CEASE, today=date(2026, 11, 14))
    late = offered(Decision.CEASE, today=date(2026, 11, 15))

    assert in_time.notes == ()
    assert late.route is Route.MEDIATION
    assert " ".join(late.notes) == (
        "The date to reach an adviser was Saturday 14 November 2026. It has passed. We still talk with you. You can "
        "ask the tribunal to let you appeal late, or without a certificate. You must give reasons, and it does not "
        "have to say yes. Please ask for free advice at once."
    )


def test_a_letter_without_a_date_is_asked_for_only_where_it_matters() -> None:
    assert offered(Decision.REFUSE_AMEND, sent=None).notes == (NOTE_NO_DATE,)
    assert offered(Decision.NO_LETTER, sent=None).notes == ()
    assert offered(Decision.NOT_SURE, sent=None).notes == (NOTE_NO_DATE,)


def test_every_way_has_words_and_what_can_be_appealed_is_never_sent_past_mediation() -> None:
    assert len({route.words for route in Route}) == len(Route)
    for decision in Decision:
        found = offered(decision)
        assert not decision.appealable or found.route in {Route.MEDIATION, Route.ASK}
        assert found.why
