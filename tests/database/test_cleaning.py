"""Real names survive exactly; what breaks, steers or hides is refused in plain words."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database import cleaning
from database.cleaning import Unclean

NAMES = [
    "Siân Llŷr-Gwynfor", "Ŵyn ap Rhŷs", "Tŷ Ddewi", "Niamh Ní Dhómhnaill", "Seán Ó Briain", "O'Neill", "D’Arcy",
    "Jean-Luc", "St. John", "Zoë", "Chloé", "François", "Jürgen Groß", "Søren Kierkegård", "Þóra Ægisdóttir",
    "Łukasz Żółć", "Dvořák", "Şükrü Çağlayan", "İpek Işık", "Nguyễn Thị Hồng", "Trần Đại Nghĩa", "Ștefan Țepeș",
    "Gal·la Puigdomènech", "Ñuñez y Ibáñez", "María José Carreño Quiñones", "João d’Ávila", "Ngũgĩ wa Thiong’o",
    "Adébáyọ̀ Ọlátúnjí", "Chukwuemeka Ọ̀ńwụ́", "Kealiʻi Kaʻahumanu", "محمد بن عبد الله", "فاطمة الزهراء", "نور‌الدین",
    "می‌خواهم", "آرش کمانگیر", "اُردُو نام", "שָׁלוֹם כֹּהֵן", "יוֹסֵף",
    "王小明", "歐陽修", "孫悟空", "さくら", "渡邉", "김민준", "이서연",
    "प्रिया शर्मा", "क्‍षितिज", "অনিন্দ্য রায়", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "தமிழ்ச்செல்வி", "తెలుగు", "ಕನ್ನಡ", "മലയാളം",
    "ශ්‍රී ලංකා", "สมชาย ใจดี", "ខ្មែរ", "မြန်မာ", "བོད་ཡིག", "ქეთევან", "Արամ", "Ελένη Παπαδοπούλου", "Юлія Ґудзь",
    "Ольга", "ተስፋዬ", "ꦗꦮ", "ᐃᓄᒃᑎᑐᑦ", "Madonna", "X", "Mary Ann", "Sam (they)", "J. R. Smith, Jr.", "`Ofa", "ǃXóõ",
]  # fmt: skip
CONTROLS = ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\x9f", "\u2028", "\u2029"]
STEERING = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]
MEANINGLESS = ["\ue000", "\ufdd0", "\ufffe", "\U0001ffff", "\U000e0041", "\ufff9", "\u206a"]
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            [*CONTROLS, *STEERING, *MEANINGLESS, "\ud800", "\u0301", "\u200d", "\u200b", "\u00ad", "\n", " "]
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize("real", NAMES)
def test_real_names_are_kept_exactly(real: str) -> None:
    composed = unicodedata.normalize("NFC", real)

    assert cleaning.name(composed) == composed
    assert cleaning.line(composed, 100) == composed
    assert cleaning.paragraph(composed, 100) == composed


@pytest.mark.parametrize("real", NAMES)
def test_a_name_written_with_separate_accents_becomes_the_same_name(real: str) -> None:
    assert cleaning.name(unicodedata.normalize("NFD", real)) == unicodedata.normalize("NFC", real)


@pytest.mark.parametrize(
    "words",
    [
        "Thank you 😀",
        "👨‍👩‍👧‍👦 and 👍🏽",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "❤️ 1️⃣",
        "She said “no” – twice… £40 © ½",
        "مرحبا hello",
        "<b>& 'quoted' \"text\" </b>",
        "first\n\nsecond",
    ],
)
def test_words_with_pictures_and_signs_are_kept_exactly(words: str) -> None:
    assert cleaning.paragraph(words, 200) == words


@pytest.mark.parametrize("sign", CONTROLS)
def test_control_signs_are_refused_everywhere(sign: str) -> None:
    for text in (f"Mar{sign}y", f"{sign}Mary", f"Mary{sign}"):
        for clean in (
            cleaning.name,
            lambda words: cleaning.line(words, 50),
            lambda words: cleaning.paragraph(words, 50),
        ):
            with pytest.raises(Unclean, match="hidden control sign"):
                clean(text)


@pytest.mark.parametrize("sign", STEERING)
def test_signs_that_turn_the_writing_round_are_refused(sign: str) -> None:
    with pytest.raises(Unclean) as refused:
        cleaning.name(f"Ma{sign}ry", field="child")

    assert refused.value.field == "child"
    assert refused.value.words == (
        "There is a hidden sign that turns the writing round (character 3). "
        "Please take it out, or type the words again."
    )


@pytest.mark.parametrize("sign", MEANINGLESS)
def test_signs_without_a_meaning_are_refused(sign: str) -> None:
    with pytest.raises(Unclean, match="no meaning here"):
        cleaning.paragraph(f"a{sign}b", 50)


def test_half_a_character_is_refused_and_never_met_again() -> None:
    for half in ("\ud800", "\udfff", "\ud83d"):
        with pytest.raises(Unclean, match="broken"):
            cleaning.paragraph(f"a{half}b", 50)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u200f", "\u061c"])
def test_signs_that_nobody_sees_are_left_out(sign: str) -> None:
    assert cleaning.name(f"{sign}Ma{sign}ry{sign}") == "Mary"


def test_joiners_are_kept_inside_a_word_and_left_out_at_its_ends() -> None:
    assert cleaning.line("\u200dنور\u200cالدین\u200c شاه", 50) == "نور\u200cالدین شاه"


def test_spaces_of_every_kind_become_plain_in_a_line() -> None:
    assert cleaning.line("\u00a0 Mary\u3000Ann\tLee\u202f\n", 50) == "Mary Ann Lee"
    assert cleaning.name("Mary   Ann") == "Mary Ann"


def test_line_ends_of_every_system_become_one_newline() -> None:
    assert cleaning.paragraph("one \r\ntwo\rthree\n\n", 50) == "one\ntwo\nthree"


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\rtwo"])
def test_two_lines_are_refused_where_one_is_asked(text: str) -> None:
    with pytest.raises(Unclean, match="one line"):
        cleaning.line(text, 50)


def test_accents_in_a_heap_are_refused() -> None:
    assert cleaning.line("q" + "\u0301" * 8, 50) == "q" + "\u0301" * 8
    with pytest.raises(Unclean, match="Too many accents"):
        cleaning.line("q" + "\u0301" * 9, 50)


def test_a_huge_heap_costs_next_to_nothing() -> None:
    heap = "a" + "\u0301\u0316" * 7_000
    began = time.perf_counter()

    with pytest.raises(Unclean):
        cleaning.paragraph(heap, 4_000)

    assert time.perf_counter() - began < 0.5


def test_what_is_too_long_says_how_long_it_may_be() -> None:
    assert cleaning.line("é" * 10, 10) == "é" * 10
    assert cleaning.line("e\u0301" * 10, 10) == "é" * 10
    for text in ("a" * 11, "a" * 1_000_000):
        with pytest.raises(Unclean) as refused:
            cleaning.line(text, 10)
        assert refused.value.words == "This is too long. Use 10 letters at the most."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the name with letters."),
        ("   ", "Write the name with letters."),
        ("123", "Write the name with letters."),
        ("...", "Write the name with letters."),
        ("\u3164\u3164", "Write the name with letters."),
        ("Mary 😀", "Write the name with letters, without pictures or signs."),
        ("Mary ❤️", "Write the name with letters, without pictures or signs."),
        ("M£ry", "Write the name with letters, without pictures or signs."),
        ("<Mary>", "Write the name with letters, without pictures or signs."),
        ("Win at https://evil.example", "Write a name here, without a web address or an email address."),
        ("Go to WWW.evil.example", "Write a name here, without a web address or an email address."),
        ("mary@evil.example", "Write a name here, without a web address or an email address."),
    ],
)
def test_what_is_no_name_is_refused(text: str, words: str) -> None:
    with pytest.raises(Unclean) as refused:
        cleaning.name(text)

    assert refused.value.words == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" o'neill+x@Example.ORG ", "o'neill+x@example.org"),
        ("siân@example.org", "siân@example.org"),
        ("tessa@bücher.example", "tessa@bücher.example"),
        ("\u200btessa@example.org\ufeff", "tessa@example.org"),
    ],
)
def test_email_addresses(typed: str, kept: str) -> None:
    assert cleaning.email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "tessa", "tessa@", "@example.org", "tessa@localhost", "a@b@example.org", "tessa@example.org, x@example.org",
        "Tessa <tessa@example.org>", '"a b"@example.org', "tessa@[127.0.0.1]", "tessa@example..org",
        "tessa@example.org\nBcc: x@example.org", "tessa@example.org\x00", "\u202etessa@example.org",
        "a" * 65 + "@example.org", "a@" + "b" * 250 + ".org", "tes sa@example.org", "\ud800@example.org",
    ],
)  # fmt: skip
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    with pytest.raises(Unclean):
        cleaning.email(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07700 900123", "+447700900123"),
        ("(01632) 960-455", "+441632960455"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("0044 7700 900123", "+447700900123"),
        ("0808 157 0123", "+448081570123"),
        ("0800 1111 11", "+44800111111"),
        ("\u202a+44\u00a07700\u2011900123\u202c", "+447700900123"),
        ("+353 1 234 5678", "+35312345678"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "+447700900123"),
        ("０７７００９００１２３", "+447700900123"),
    ],
)
def test_phone_numbers(typed: str, kept: str) -> None:
    assert cleaning.phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "999",
        "07700",
        "7700900123",
        "07700 900123 ext 4",
        "+0123456789",
        "+44 1",
        "0" * 30,
        "1" * 1000,
        "\ud800",
    ],
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(Unclean):
        cleaning.phone(typed)


@settings(max_examples=400)
@given(text=HOSTILE)
def test_whatever_is_typed_is_kept_clean_or_refused(text: str) -> None:
    for clean in (cleaning.name, lambda words: cleaning.line(words, 40), lambda words: cleaning.paragraph(words, 40)):
        try:
            kept = clean(text)
        except Unclean:
            continue
        assert clean(kept) == kept == unicodedata.normalize("NFC", kept)
        assert kept.encode("utf-8").decode("utf-8") == kept
        assert len(kept) <= cleaning.LONGEST_NAME
        assert not any(sign in kept for sign in [*CONTROLS, *STEERING, *MEANINGLESS, "\r", "\t"])


@settings(max_examples=200)
@given(text=HOSTILE)
def test_whatever_is_typed_as_a_number_or_address_is_kept_plain_or_refused(text: str) -> None:
    for clean in (cleaning.phone, cleaning.email):
        try:
            kept = clean(text)
        except Unclean:
            continue
        assert clean(kept) == kept
        assert kept.isprintable()
