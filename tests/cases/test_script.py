"""What belongs to information and advice is said, or the advice is not yet whole."""

import pytest

from cases import script
from cases.script import OWED, POINTS, AdviceNotWhole, Tick


def test_every_point_stands_in_the_talk_once() -> None:
    assert sorted(point.tick for point in POINTS) == sorted(Tick)


def test_what_was_said_comes_back_in_the_order_of_the_talk() -> None:
    assert script.said([*reversed([str(tick) for tick in OWED]), "safe"]) == tuple(
        tick for tick in Tick if tick in OWED | {Tick.SAFE}
    )


@pytest.mark.parametrize("missing", sorted(OWED))
def test_without_a_point_of_the_law_the_words_say_which(missing: Tick) -> None:
    with pytest.raises(AdviceNotWhole) as refused:
        script.said(tick for tick in Tick if tick is not missing)
    assert [point.tick for point in refused.value.missing] == [missing]
    assert refused.value.field == "ticks"
    assert refused.value.missing[0].words in refused.value.words


def test_a_word_that_is_no_point_is_a_fault() -> None:
    with pytest.raises(ValueError, match="hypnosis"):
        script.said(["hypnosis"])


def test_all_points_fit_into_their_column() -> None:
    assert len(" ".join(Tick)) < 400
