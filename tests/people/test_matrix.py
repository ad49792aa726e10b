"""The matrix holds the founding table, cell by cell."""

from people.matrix import CODES, LIKE_COUNCIL, MATRIX
from tests.people.founding_matrix import OTHERWISE, cells


def test_every_cell_is_the_founding_one() -> None:
    founded = {
        row: {code: OTHERWISE.get((row, code), letter) for code, letter in zip(CODES, letters, strict=True)}
        for row, letters in cells().items()
    }
    ours = {row: {code: str(cells_[code]) for code in CODES} for row, cells_ in MATRIX.items()}
    assert ours == founded


def test_the_local_nhs_and_a_school_that_takes_part_have_the_councils_cells() -> None:
    for row in MATRIX.values():
        assert set(row) == {*CODES, *LIKE_COUNCIL}
        assert {row[code] for code in LIKE_COUNCIL} == {row["LA"]}
