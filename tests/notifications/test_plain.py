import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from notifications.plain import AddressNotUsable, address, display_name, one_line

REAL_NAMES = [
    "Siân Rhŷs-Llŷr",
    "O’Neill",
    "D'Arcy",
    "Zoë",
    "محمد",
    "李小龍",
    "Nguyễn Thị Hồng Nhung",
    "Ọlábísí",
    "Ana-María 👩‍👩‍👧",
    "علی\u200cرضا",
]


@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_name_is_kept_as_it_is_written(name: str) -> None:
    assert one_line(name) == name
    assert display_name(name) == name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nBcc: b@example.org", "a Bcc: b@example.org"),
        ("a\x00b", "ab"),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", "a b c d e f g"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\ud800b", "ab"),
        ("  a   b  ", "a b"),
        ("\ufeffa\u200e", "a"),
        ("e\u0301", "é"),
        ("Z" + "\u0335" * 5000, "Z" + "\u0335" * 4),
        ("\ufffe\ufdd0a", "a"),
    ],
)
def test_what_no_name_holds_is_taken_away(given: str, kept: str) -> None:
    assert one_line(given) == kept


def test_a_long_text_is_cut() -> None:
    assert one_line("a" * 10_000_000, at_most=10) == "a" * 10


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('Tessa "the tester" A.', "Tessa the tester A."),
        ("=?utf-8?q?evil=40x.test?=", "utf-8?q?evil=40x.test"),
        ("=\x00?utf-8?q?x?=", "utf-8?q?x"),
        ("==??utf-8?q?x??==", "utf-8?q?x"),
        ("back\\slash^n", "backslashn"),
    ],
)
def test_a_display_name_decodes_to_nothing_else(given: str, kept: str) -> None:
    assert display_name(given) == kept


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    assert display_name(display_name(text)) == display_name(text)
    once.encode()


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("tessa@example.org", "tessa@example.org"),
        ("o'neill+x@example.org", "o'neill+x@example.org"),
        ("siân@example.org", "siân@example.org"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_ascii(given: str, written: str) -> None:
    assert address(given) == written


@pytest.mark.parametrize(
    "given",
    [
        "",
        "tessa",
        "@example.org",
        "a@",
        "a@b@c.org",
        "a b@example.org",
        "a@example.org\r\nRCPT TO:<b@evil.test>",
        "a@example.org>",
        "<a@example.org>",
        "alice@example.org)bob@evil.test",
        "a@example.org,b@evil.test",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "a@exa..mple.org",
        "a\x00@example.org",
        "a\u2028@example.org",
        "a\ud800@example.org",
        "a@" + "x" * 300 + ".org",
    ],
)
def test_what_could_be_read_as_two_addresses_is_refused(given: str) -> None:
    with pytest.raises(AddressNotUsable):
        address(given)


@given(st.emails())
def test_what_the_forms_accept_can_be_written_to(text: str) -> None:
    try:
        accepted = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return
    assert address(accepted).rpartition("@")[0] == accepted.rpartition("@")[0]
