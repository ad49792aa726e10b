"""Who wrote for a family is read as it was kept, with the family's yes beside it."""

from datetime import UTC, datetime

from cases.case import Channel
from cases.helper import Helper, read_helper

NORA = Helper(name="Nora Neighbour", email="nora@post.example", phone=None)


def test_a_helper_is_read_as_they_were_kept() -> None:
    assert read_helper(NORA.as_kept(), yes_at=None, yes_channel=None) == NORA


def test_the_yes_stands_beside_them() -> None:
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    read = read_helper(NORA.as_kept(), yes_at=at, yes_channel="email")
    assert read == Helper(
        name="Nora Neighbour", email="nora@post.example", phone=None, yes_at=at, yes_channel=Channel.EMAIL
    )


def test_a_family_that_wrote_itself_has_none() -> None:
    assert read_helper(None, yes_at=None, yes_channel=None) is None
