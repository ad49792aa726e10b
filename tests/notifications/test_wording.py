import html
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import jinja2
import pytest

from notifications.messages import Letter, Reader, Sitting, moved
from notifications.wording import TEMPLATES, Wording
from tests.notifications.samples import HOUSE, LINK, NOW, NUMBER, SITTING, letters, office

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


HALL, YARD = "Meadow Hall, 4 Meadow Lane, Northmere NM1 2AB", "The Yard, 2 Yard Lane, Northmere NM1 3CD"
LATER = replace(SITTING, starts=SITTING.starts + timedelta(days=3), ends=SITTING.ends + timedelta(days=3))
NEVER_OF_A_PLACE = ("new time", "New time", "Old time", "old time", "sooner", "appeal")
SHAPES = [
    pytest.param(
        LATER, None, "New time", "Your meeting has a new time", ("New time", "Old time", "Where"),
        ("New place", "Old place", "place is wrong"), id="time",
    ),
    pytest.param(
        replace(SITTING, place=HALL), "Online", "Now in person", "Your meeting is now in person",
        ("When", f"New place: {HALL}", "Old place: Online", "The day and the time stay the same", "place is wrong"),
        NEVER_OF_A_PLACE, id="to-a-place",
    ),
    pytest.param(
        SITTING, HALL, "Now online", "Your meeting is now online",
        ("New place: Online", f"Old place: {HALL}", "The day and the time stay the same"), NEVER_OF_A_PLACE,
        id="to-online",
    ),
    pytest.param(
        replace(SITTING, place=YARD), HALL, "New place", "Your meeting has a new place",
        (f"New place: {YARD}", f"Old place: {HALL}", "Nobody will be at the old one"), NEVER_OF_A_PLACE,
        id="to-another-place",
    ),
    pytest.param(
        replace(LATER, place=HALL), "Online", "New time and place", "Your meeting has a new time and place",
        ("New time: Friday 6", "Old time: Tuesday 3", f"New place: {HALL}", "Old place: Online", "time or place is"),
        ("stay the same",), id="both",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sitting", "was_place", "subject", "heading", "said", "unsaid"), SHAPES)
def test_a_change_says_whether_it_is_of_the_time_of_the_place_or_of_both(
    sitting: Sitting,
    was_place: str | None,
    subject: str,
    heading: str,
    said: tuple[str, ...],
    unsaid: tuple[str, ...],
) -> None:
    letter = moved(
        sitting, reader=Reader.FAMILY, number=NUMBER, link=LINK, was=SITTING.starts, was_place=was_place,
        inside_30_days=True,
    )  # fmt: skip
    words = office().wording.put(letter.kind, letter.facts)
    html_words = " ".join(words_of_html(words.html))

    assert words.subject.startswith("Changed: " if was_place is None else subject)
    assert f"\n{heading}\n" in words.text
    assert f">{heading}</h1>" in words.html
    flat = " ".join(words.text.split())
    assert [each for each in said if each not in flat or each not in html_words.replace(" :", ":")] == []
    assert [each for each in unsaid if each in flat or each in html_words] == []


@pytest.mark.parametrize(
    ("reader", "to_place", "to_online"),
    [
        (Reader.FAMILY, "Please come to the new place. Nobody", "You do not need to travel."),
        (Reader.GUEST, "Please come to the new place. Nobody", "You do not need to travel."),
        (Reader.COUNCIL, "tell your colleagues who come with you", "Nobody from the council needs to travel."),
        (Reader.MEDIATOR, "You run it round a table now.", "You run it on screen now."),
        (Reader.CO_MEDIATOR, "You run it round a table now.", "You run it on screen now."),
        (Reader.TRAINEE, "You sit in the room now.", "You join on screen now."),
    ],
)
def test_each_reader_of_a_new_place_has_words_of_their_own(reader: Reader, to_place: str, to_online: str) -> None:
    def told(sitting: Sitting, was_place: str) -> str:
        letter = moved(sitting, reader=reader, number=NUMBER, link=LINK, was=sitting.starts, was_place=was_place)
        return office().wording.put(letter.kind, letter.facts).text

    there, back = told(replace(SITTING, place=HALL), "Online"), told(SITTING, HALL)
    assert to_place in there
    assert to_online in back
    assert ("your dates stay as they are" in there) == (reader is Reader.FAMILY)
    assert ("The meeting is now" in there) == reader.ours


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
