"""Store: the words of every message, kept as templates in folders named for their kind, and the office that writes.

`templates/<kind>/subject.txt` and `words.txt`. The words are written once, as headings, paragraphs, boxes and buttons;
`templates/bones/` draws them as text and as HTML, so both say the same in the same order. Templates are never built
from input, and what they are given is text, shown as text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from notifications import when
from notifications.envelope import Mailbox, Words
from notifications.house import House
from notifications.plain import one_line

LONGEST_FACT = 1000
HOURS = re.compile(r"(\d) (am|pm)\b")
GAPS = re.compile(r"\n{3,}")
TEMPLATES = Path(__file__).parent / "templates"


def _settled(fact: object) -> object:
    if isinstance(fact, str):
        return one_line(fact, at_most=LONGEST_FACT)
    return tuple(map(_settled, fact)) if isinstance(fact, list | tuple) else fact


class Wording:
    """Puts facts into words."""

    def __init__(self, house: House, folder: Path = TEMPLATES) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(["html"]),  # what is not HTML is plain text, with nothing to escape from
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["house"] = house
        self._phone = house.phone
        for name in ("day", "full_day", "hour", "at", "by", "span", "lasting"):
            self._templates.filters[name] = getattr(when, name)

    def put(self, kind: str, facts: Mapping[str, object]) -> Words:
        """Subject, text and HTML of this kind of message; jinja2.UndefinedError when a fact is missing."""
        facts = {name: _settled(value) for name, value in facts.items()}
        subject = self._one(f"{kind}/subject.txt", facts)
        known = {"hello": "", **facts, "kind": kind, "subject": subject}
        text = GAPS.sub("\n\n", self._one("bones/body.txt", known))
        return Words(subject=subject, text=f"{text}\n", html=f"{self._whole(self._one('bones/body.html', known))}\n")

    def _whole(self, page: str) -> str:
        """The page with hours and our number kept on one line, however narrow the screen."""
        return HOURS.sub("\\1\u00a0\\2", page.replace(self._phone, self._phone.replace(" ", "\u00a0")))

    def _one(self, name: str, facts: Mapping[str, object]) -> str:
        return self._templates.get_template(name).render(facts).strip()


@dataclass(frozen=True, kw_only=True)
class Office:
    """Everything that writing a message needs: who we are, our words, and the addresses we write from."""

    house: House
    wording: Wording
    mail_from: str
    reply_domain: str

    @property
    def sender(self) -> Mailbox:
        """Whom a message comes from when no calendar answer is expected."""
        return Mailbox(name=self.house.name, address=self.mail_from)

    def reply_address(self, token: str) -> str:
        """The address that one person's calendar answers come back to (libraries.md 3.4)."""
        return f"replies+{token}@{self.reply_domain}"


def open_office(house: House, *, mail_from: str, reply_domain: str | None = None) -> Office:
    """An office ready to write; answers to calendars come to the domain of `mail_from` unless another is given."""
    domain = reply_domain or mail_from.rpartition("@")[2]
    return Office(house=house, wording=Wording(house), mail_from=mail_from, reply_domain=domain)
