import html
import re
from html.parser import HTMLParser

import jinja2
import pytest

from notifications.messages import Letter
from notifications.wording import TEMPLATES, Wording
from tests.notifications.samples import HOUSE, LINK, NOW, letters, office

KINDS = sorted(path.name for path in TEMPLATES.iterdir() if path.name != "bones")
each_letter = pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.key)


def words_of_html(page: str) -> list[str]:
    body = re.sub(r"<(style|title).*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).split()


def words_of_text(text: str) -> list[str]:
    bare = re.sub(r"(?m)^(-{3,}|--|- )", "", text.replace(f":\n{LINK}", ""))
    return bare.split()


@each_letter
def test_text_and_html_say_the_same_in_the_same_order(letter: Letter) -> None:
    words = office().wording.put(letter.kind, {**letter.facts, "hello": "Tessa"})

    said = words_of_html(words.html)
    assert said[0] == "Evenhand"
    assert "".join(said[1:]) == "".join(words_of_text(words.text))


@each_letter
def test_a_message_has_one_heading_the_free_number_and_its_whole_link(letter: Letter) -> None:
    words = office().wording.put(letter.kind, {**letter.facts, "hello": "Tessa"})

    assert words.html.count("<h1") == 1
    assert words.text.startswith("Hello Tessa,\n\n")
    assert words.text.count("0808 157 0123") >= 1
    assert words.html.count("<a href=") == words.text.count(LINK) + 1  # the other one is the telephone
    if LINK in words.text:
        assert f"\n{LINK}\n" in words.text


@each_letter
def test_subjects_are_one_short_line_without_anything_private(letter: Letter) -> None:
    subject = office().wording.put(letter.kind, letter.facts).subject

    assert "\n" not in subject
    assert 5 < len(subject) < 80
    assert not re.search(r"tessa|428|northmere|school|council|child|special", subject, re.IGNORECASE)


class Strict(HTMLParser):
    """Fails on anything that a mail must not hold, and on tags that do not close."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "link", "img", "iframe", "form"}
        assert not {name for name, _ in attrs} & {"class", "id", "onclick", "src"}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each_letter
def test_html_is_well_formed_with_inline_style_only(letter: Letter) -> None:
    reader = Strict()
    reader.feed(office().wording.put(letter.kind, letter.facts).html)
    assert reader.open == []


def test_every_folder_of_words_is_used_and_every_message_has_one() -> None:
    assert sorted({letter.kind for letter in letters()}) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_words_stand_only_inside_the_marks_that_escape_them(kind: str) -> None:
    source = (TEMPLATES / kind / "words.txt").read_text(encoding="utf-8")
    outside = re.sub(r"\{\{ m\..*?\) \}\}|\{% (if|elif|else|endif).*?%\}", "", source, flags=re.DOTALL)
    assert outside.strip() == ""


def test_hours_and_our_number_stay_on_one_line() -> None:
    facts = {"mediator": "Idris", "number": "1", "link": LINK, "contact_by": NOW, "hello": ""}
    words = office().wording.put("mediator_introduction", facts)
    assert "10\u00a0am" in words.html
    assert "0808\u00a0157\u00a00123" in words.html
    assert "\u00a0" not in words.text


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "{% include 'x' %}",
    "${7*7}",
    "<%= 7*7 %>",
    "javascript:alert(1)",
    "</table></td>",
    "a\r\n--\r\nEvenhand",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_facts_are_shown_as_text(payload: str) -> None:
    facts = {"mediator": payload, "number": payload, "link": LINK, "contact_by": None, "hello": payload}
    words = office().wording.put("mediator_introduction", facts)

    shown = " ".join(payload.split())
    assert words.text.startswith(f"Hello {shown},\n")
    assert f"Hello {html.escape(shown).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}," in words.html
    reader = Strict()
    reader.feed(words.html)
    assert reader.open == []


def test_control_signs_and_half_characters_cannot_stop_a_message() -> None:
    facts = {"mediator": "Id\x00ris\ud800", "number": "1\u2028", "link": LINK, "contact_by": None}
    words = office().wording.put("mediator_introduction", facts)
    assert "Idris is your mediator" in words.text
    words.html.encode()


def test_a_missing_fact_is_found_at_once() -> None:
    with pytest.raises(jinja2.UndefinedError):
        Wording(HOUSE).put("contact_late", {})


def test_addresses_of_the_office() -> None:
    assert office().sender.address == "meetings@evenhand.example"
    assert office().reply_address("tok") == "replies+tok@evenhand.example"
