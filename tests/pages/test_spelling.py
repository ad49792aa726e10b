"""What is written on a page is written as people say and dial it."""

import re
from pathlib import Path

from pages.spelling import first_down, first_up, national, tied


def test_an_hour_stays_on_one_line_and_a_name_keeps_its_capitals() -> None:
    assert tied("Monday to Friday, 9 am to 5 pm") == "Monday to Friday, 9\u00a0am to 5\u00a0pm"
    assert first_up("not to assess: EHC plan") == "Not to assess: EHC plan"
    assert first_up("in person, Lindenfold House") == "In person, Lindenfold House"
    assert first_down("Within 5 weeks of the EHC plan") == "within 5 weeks of the EHC plan"
    assert first_down("BSL and British Sign Language") == "BSL and British Sign Language"
    assert first_down("British Sign Language (BSL)") == "British Sign Language (BSL)"
    assert national("+447700900142") == "07700 900142"
    assert national("+33123456789") == "+33123456789"


def test_no_page_makes_the_rest_of_a_word_small() -> None:
    """`capitalize` and `title` turn "In person, Lindenfold House" into "In person, lindenfold house"."""
    pages = Path(__file__).parents[2] / "pages"
    asked = re.compile(r"\.capitalize\(|\.title\(\)(?<!self\.title\(\))|\| *(capitalize|title)\b")
    files = [*pages.rglob("*.py"), *(pages / "templates").rglob("*.html")]
    assert len(files) > 100
    assert [path.name for path in files if asked.search(path.read_text(encoding="utf-8"))] == []
