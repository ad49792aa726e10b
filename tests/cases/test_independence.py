"""Nobody of the council, and nobody who takes part, advises or mediates."""

import pytest

from cases.independence import independent

COUNCIL = "send@northmere.example"
SEATS = ["tessa@example.org", "Dana@school.example"]


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("idris@evenhand.example", True),
        ("idris@northmere.example", False),
        ("idris@NORTHMERE.example", False),
        ("idris@legal.northmere.example", False),
        ("idris@farnorthmere.example", True),
        ("tessa@example.org", False),
        ("dana@school.example", False),
        ("head@school.example", True),
    ],
)
def test_an_address_tells(email: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    assert independent(email, council=COUNCIL, seats=SEATS) is expected
