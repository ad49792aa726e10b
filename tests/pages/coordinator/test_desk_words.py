"""What the coordinators' pages call things."""

from datetime import UTC, datetime

import pytest

from cases.case import Side, Standing
from cases.dossier import Happened, Seat
from cases.states import Event, MatterState
from pages.coordinator.desk_words import (
    EVENTS,
    agreed,
    happened_words,
    letters,
    message_word,
    moment_word,
    needs_words,
    phone_word,
    side_word,
)
from people.roles import Party

MOMENT = datetime(2026, 10, 15, 13, 10, tzinfo=UTC)
SEAT = Seat(
    id="s", case_id="c", side=Side.FAMILY, standing=Standing.PRINCIPAL, party=Party.PARENT, name="Tessa Arden",
    title="", email=None, phone=None, address=None, reach=(), reach_note=None, needs=("bsl", "nothing", "quiet"),
    needs_words="Slowly, please", made_at=MOMENT, revoked_at=None,
)  # fmt: skip


def test_sides_have_letters_by_arrival_and_the_family_the_first() -> None:
    given = letters([Side.COUNCIL, Side.FAMILY, Side.SCHOOL, Side.NOBODY, Side.HEALTH, Side.SOCIAL_CARE])

    assert given == {
        Side.FAMILY: "a",
        Side.COUNCIL: "b",
        Side.SCHOOL: "c",
        Side.HEALTH: "d",
        Side.SOCIAL_CARE: "d",
        Side.NOBODY: "n",
    }


def test_sides_are_words_beside_their_shapes() -> None:
    assert [side_word(side) for side in Side] == [
        "Family",
        "Council",
        "School",
        "Local NHS",
        "Social care",
        "On nobody’s side",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+447700900142", "07700 900142"),
        ("+441632960233", "01632 960233"),
        ("+33123456789", "+33123456789"),
        (None, None),
    ],
)
def test_a_number_is_written_as_one_dials_it(number: str | None, words: str | None) -> None:
    assert phone_word(number) == words


def test_needs_are_one_line() -> None:
    assert needs_words(SEAT) == "British Sign Language (BSL), quiet; Slowly, please"


def test_every_event_has_its_words() -> None:
    assert set(EVENTS) == set(Event)
    line = Happened(event=Event.RECEIVED, state=MatterState.ENQUIRY, at=MOMENT, actor="visitor")
    assert happened_words(line, came_by="post") == "Enquiry by post"


def test_moments_messages_and_agreements_are_short() -> None:
    assert moment_word(MOMENT) == "Thu 15 Oct, 14:10"
    assert message_word("invitation") == "Invitation"
    assert message_word("something_new") == "Something new"
    assert agreed(None, None) == ("wait", "Not yet")
    assert agreed(MOMENT, "phone") == ("done", "Thu 15 Oct, by phone")
