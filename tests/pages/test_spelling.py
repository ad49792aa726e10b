"""What is written on a page is written as people say and dial it."""

from pages.spelling import first_up, national, tied


def test_an_hour_stays_on_one_line_and_a_name_keeps_its_capitals() -> None:
    assert tied("Monday to Friday, 9 am to 5 pm") == "Monday to Friday, 9\u00a0am to 5\u00a0pm"
    assert first_up("not to assess: EHC plan") == "Not to assess: EHC plan"
    assert national("+447700900142") == "07700 900142"
    assert national("+33123456789") == "+33123456789"
