"""A refusal carries the sentence that a person may read."""

from database.refusal import Refusal


class TableTaken(Refusal):
    """Somebody has just taken this table.

    The rest is for builders.
    """


def test_the_first_line_of_the_docstring_is_what_a_person_reads() -> None:
    assert TableTaken().words == "Somebody has just taken this table."


def test_a_refusal_may_say_more_and_name_its_field() -> None:
    refusal = TableTaken("Table 4 is taken.", field="table")
    assert (refusal.words, refusal.field, str(refusal)) == ("Table 4 is taken.", "table", "Table 4 is taken.")
