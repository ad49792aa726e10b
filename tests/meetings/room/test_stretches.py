"""Sums over who was heard when."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.room.seats import SeatKey
from meetings.room.stretches import Heard, Stretch, both, joined, total

TESSA, COLIN = SeatKey("tessa"), SeatKey("colin")
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=8
)


def moments(spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> set[int]:
    return {moment for since, until in spans for moment in range(since, until)}


@given(spans=SPANS)
def test_each_moment_counts_once(spans: list[tuple[int, int]]) -> None:
    assert moments(joined(spans)) == moments(spans)
    assert total(joined(spans)) == len(moments(spans))


@given(one=SPANS, other=SPANS)
def test_at_once_is_what_both_have(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    met = both(joined(one), joined(other))

    assert moments(met) == moments(one) & moments(other)
    assert total(met) == len(moments(met))


def test_a_stretch_is_as_long_as_it_was_also_where_only_its_end_counts() -> None:
    heard = Heard(
        at=9_000,
        offset=0,
        stretches=(
            Stretch(seat=TESSA, since=1_000, until=3_200),
            Stretch(seat=TESSA, since=4_000, until=4_400),
            Stretch(seat=COLIN, since=3_100, until=6_000),
        ),
    )

    assert heard.of(frozenset({TESSA}), least=1_000, after=3_000) == ((3_000, 3_200),)
    assert heard.of(frozenset({TESSA, COLIN}), least=400, after=0) == ((1_000, 6_000),)
    assert heard.of(frozenset({TESSA}), least=1_000, after=3_200) == ()
