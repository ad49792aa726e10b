"""What a browser may say about who is heard: as strict as everything on the line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room.asks import Report
from meetings.room.readers import BadSignal
from meetings.room.seats import SeatKey
from meetings.room.signals import read

IDRIS = SeatKey("mediator")
SAID = {"kind": "heard", "at": 17, "rtt": 80, "seats": ["jo", "tessa"]}
WRONG: dict[str, list[object]] = {
    "at": [-1, 2**53 + 1, 17.0, "17", True, None],
    "rtt": [-1, 60_001, 80.0, "80", False, None],
    "seats": ["jo", {"jo": 1}, None, ["jo", "jo"], ["jo", 5], ["a b"], [["jo"]], [f"s{n}" for n in range(41)]],
    "op": ["12345678"],
    "version": [4],
    "by": ["tessa"],
}
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text() | st.integers())


def test_a_report_is_read_as_its_senders() -> None:
    heard = frozenset({SeatKey("jo"), SeatKey("tessa")})

    assert read(json.dumps(SAID), by=IDRIS) == Report(by=IDRIS, at=17, seats=heard, rtt=80)
    assert read('{"kind":"heard","at":0,"seats":[]}', by=IDRIS) == Report(by=IDRIS, at=0, seats=frozenset())
    assert read(json.dumps({**SAID, "seats": [f"s{n}" for n in range(40)]}), by=IDRIS)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_too_much_or_of_another_type_or_size_is_refused(name: str) -> None:
    for value in WRONG[name]:
        with pytest.raises(BadSignal):
            read(json.dumps({**SAID, name: value}), by=IDRIS)


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"heard"}',
        '{"kind":"heard","at":1}',
        '{"kind":"heard","seats":[]}',
        '{"kind":"heard","at":1,"seats":[],"at":2}',
        '{"kind":"heard","at":1,"seats":[]}' + " " * 4096,
    ],
)
def test_half_a_report_and_one_that_says_a_thing_twice_are_none(text: str) -> None:
    with pytest.raises(BadSignal):
        read(text, by=IDRIS)


@settings(max_examples=200, deadline=None)
@given(said=st.dictionaries(st.sampled_from([*SAID, *WRONG]), ANYTHING))
def test_whatever_else_it_says_it_is_a_report_or_a_bad_signal(said: dict[str, object]) -> None:
    try:
        report = read(json.dumps({**SAID, **said, "kind": "heard"}), by=IDRIS)
    except BadSignal:
        return
    assert isinstance(report, Report)
    assert report.by == IDRIS
