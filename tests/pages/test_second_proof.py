"""The pages of the second proof: the script of passkeys is there, and where a passkey cannot be, none is offered."""

import pytest

from pages.public.second_proof import named
from tests.pages.whole_service import Whole


@pytest.mark.parametrize(
    ("host", "has_a_name"),
    [("evenhand.example", True), ("localhost", True), ("127.0.0.1", False), ("::1", False), ("10.0.0.5", False)],
)
def test_a_passkey_is_made_for_a_name_only(host: str, has_a_name: bool) -> None:  # noqa: FBT001
    assert named(host) == has_a_name


async def test_the_page_that_sets_one_up_has_its_script(whole: Whole) -> None:
    page = await whole.get("/second-factor/set-up", "coordinator")
    assert page.status == 200
    assert 'data-passkey="create"' in page.text
    assert "/static/passkeys." in page.text
