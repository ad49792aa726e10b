"""Each way of reaching somebody needs its contact."""

import pytest

from cases.reach import Way, missing


@pytest.mark.parametrize(
    ("ways", "lacking"),
    [
        ((), ()),
        ((Way.PHONE,), ("phone",)),
        ((Way.TEXT, Way.PHONE), ("phone",)),
        ((Way.EMAIL,), ("email",)),
        ((Way.POST,), ("address",)),
        (tuple(Way), ("phone", "email", "address")),
    ],
)
def test_a_way_without_its_contact_is_missed(ways: tuple[Way, ...], lacking: tuple[str, ...]) -> None:
    assert missing(ways, phone=None, email="", address=None) == lacking
    assert missing(ways, phone="+447700900142", email="tessa@example.org", address="1 Fell Lane") == ()


def test_every_way_has_words() -> None:
    assert [way.words for way in Way] == ["phone call", "text message", "email", "letter"]
