"""Hostile requests: what a page takes, spoiled in every way that we know of; the same ones for the same seed."""

import html
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urlencode

from pages.page import Page
from pages.routes import ALL
from tests.pages.whole_service import FORM, ORIGIN, VISITOR, Whole

LENGTHS = (21, 41, 65, 81, 121, 160, 200, 201, 254, 301, 601, 4000, 4001)  # about what columns and fields may hold
BAD_TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x0b\x0c\x1b[31m",
    "\x85\u2028\u2029",
    "\u202eevil\u202c",
    "e" + "\u0301" * 5000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Siân ap Gwilym-O’Neill",
    "{{7*7}}",
    "${7*7}",
    "<%= 7*7 %>",
    "<script>alert(7)</script>",
    '"><img src=x onerror=alert(7)>',
    "'; DROP TABLE case_file; --",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1:A9)",
    "x@evil.test\r\nBcc: y@evil.test",
    "a\r\nSet-Cookie: evil=1",
    "a\nb",
    "../../../../etc/passwd",
    "//evil.test",
    "https://evil.test/",
    "javascript:alert(7)",
    "__proto__",
    "constructor",
    "9" * 5000,
    "-1",
    "0",
    "00",
    "1e999",
    "NaN",
    "Infinity",
    "0x10",
    "٣",
    "²",
    "９",
    "31",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "2026-10-25T01:30",
    "2026-10-25T01:30:00+99:99",
    "25:61",
    "true",
    "null",
    "[1]",
    "A" * 100_000,
    "[" * 100_000,
    "a" * 26,
    "a" * 64 + "b",
    "%00%ff%zz",
    "\U000e0041\ufeff\u200b",
    "\ufffd\uffff",
    *("b" * length for length in LENGTHS),
    *(("Åsa " * length)[:length] for length in LENGTHS),
)
RAW_VALUES: tuple[bytes, ...] = (
    b"%ED%A0%80",
    b"%FF%FE",
    b"%",
    b"%u0041",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"%00",
    b"+" * 50,
)
QUERIES = ("line", "week", "from", "starts", "minutes", "mediator", "venue", "duty", "__proto__[x]", "a[]", "")
CHARSETS: tuple[str, ...] = (
    "utf-8",
    "UTF-8",
    "latin-1",
    "utf-7",
    "utf-16",
    "utf-32",
    "unknown-8",
    "rot13",
    "base64",
    "hex",
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    '"utf-8"',
    "",
    "utf-8; charset=utf-7",
    "x" * 500,
    "\x7f",
    "mbcs",
)
TYPES: tuple[str, ...] = (
    FORM,
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 200,
    "multipart/mixed; boundary=b",
    "application/json",
    "text/plain",
    "text/html",
    "application/octet-stream",
    "nonsense",
    "/",
    "",
    ";;;",
    "application/x-www-form-urlencoded; boundary=b",
    "a/b/c",
    "application/xml",
)
HOSTILE_HEADERS: tuple[dict[str, str], ...] = (
    {"X-Long": "a" * 20_000},
    {f"X-{number}": "a" for number in range(300)},
    {"Cookie": "evenhand-staff=\udcff\udcfe; __Host-evenhand-staff=" + "a" * 43},
    {"Cookie": 'a=b; ; =; __Host-evenhand-seat; $Version=1; x="\\";' + "c=d;" * 400},
    {"Cookie": "__Host-evenhand-seat=" + "%00" * 20 + "; __proto__=1"},
    {"User-Agent": "\udcff\udcfe\udc80"},
    {"Accept": "application/json"},
    {"Accept": "\udcff" * 50},
    {"Accept-Language": "x" * 4000},
    {"X-Forwarded-For": "127.0.0.1, ' OR 1=1", "X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test"},
    {"X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/desk"},
    {"Range": "bytes=-1,5-2,0-99999999999999999999"},
    {"Range": "lines=1-2"},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT", "If-None-Match": '"' + "a" * 500},
    {"If-Range": "\udcff", "If-Unmodified-Since": "0"},
    {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "12"},
    {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x",
        "Origin": ORIGIN,
    },
    {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Origin": ORIGIN,
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Extensions": "permessage-deflate; x=\udcff",
    },
    {"Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA"},
    {"Expect": "100-continue"},
    {"Expect": "the unexpected"},
    {"Content-Encoding": "gzip"},
    {"Content-Encoding": "deflate"},
    {"Content-Encoding": "br"},
    {"Content-Encoding": "nonsense"},
    {"Content-Length": "-1"},
    {"Content-Length": "99999999999999999999"},
    {"Transfer-Encoding": "chunked"},
    {"Transfer-Encoding": "chunked, gzip"},
    {"Transfer-Encoding": "nonsense"},
    {"Origin": "https://evil.test"},
    {"Origin": "null"},
    {"Origin": "\udcff"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Host": "evil.test"},
    {"Host": ""},
    {"Host": "evenhand.example:99999999"},
    {"Host": "[::1"},
    {"Host": "evenhand.example@evil.test"},
    {"Host": "\udcff\udcfe"},
    {"Authorization": "Bearer " + "a." * 2000},
    {"Authorization": "\udcff"},
    {"Referer": "https://evenhand.example/\udcff"},
    {"Bad Name": "x"},
    {"X-Nul": "a\0b"},
    {"": "empty"},
)
ENDINGS: tuple[str, ...] = (
    "",
    "",
    "",
    "",
    "",
    "",
    "/",
    "//",
    "/%00",
    "%00",
    "/%ff",
    "%ff%fe",
    "/..",
    "/%2e%2e/",
    "/%2e%2e%2f%2e%2e%2fetc/passwd",
    ";a=b",
    "%",
    "%u0041",
    "%zz",
    "/\udcff",
    "/é",
    "?",
    "?%",
    "?\udcff=\udcfe",
    "#x",
    "/.git/config",
    "/../static/../../app.py",
)


@dataclass
class _Forms(HTMLParser):
    """Every form of a page that is posted: its address and fields, as a browser would send them."""

    here: str
    found: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._action: str | None = None
        self._fields: list[tuple[str, str]] = []
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form" and known.get("method", "").lower() == "post":
            self._action, self._fields = known.get("action") or self.here, []
        if self._action is None:
            return
        name = known.get("name", "")
        if tag in ("input", "button") and name:
            self._fields.append((name, known.get("value", "on")))
        if tag == "textarea" and name:
            self._fields.append((name, "words"))
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            self._fields.append((self._select, known.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "form" and self._action is not None:
            self.found.append((self._action, self._fields))
            self._action = None


PARTIES = {"parent": "PA", "officer": "LA", "supporter": "SU", "interpreter": "IN", "school": "ED"}


def everybody(whole: Whole) -> list[tuple[str, str]]:
    """Everybody who may come, with a case."""
    staff = [(who, case) for who in (*whole.cast.staff, "pending") for case in whole.cast.cases]
    seats = [(who, "wren" if who.endswith("_b") else "rowan") for who in whole.cast.seat_roles()]
    return [(VISITOR, "rowan"), (VISITOR, "wren"), *staff, *seats]


def fitting(whole: Whole, page: Page) -> list[tuple[str, str]]:
    """Those whom the page is for."""
    found = []
    for who, case in everybody(whole):
        roles = {str(role) for role in whole.cast.staff[who].roles} if who in whole.cast.staff else set()
        roles |= {PARTIES.get(who.removesuffix("_b"), ""), "anyone" if who == VISITOR else ""}
        if roles & page.who or "signed" in page.who:
            found.append((who, case))
    return found


def place_of(whole: Whole, page: Page, who: str, case: str) -> str:
    """The page's address for this person's own seat in the case, where they have one."""
    word, known = who.removesuffix("_b"), whole.cast.cases[case]
    return whole.address(page, case, seat=word if word in known.seats else "parent")


Fields = list[tuple[str, str]]
ASKING = re.compile(r'href="(/[^"#]*\?[^"#]*)"')
PLAUSIBLE = {
    "name": "Ada Moor",
    "child": "Ada",
    "surname": "Moor",
    "email": "ada@moor.example",
    "phone": "07700 900321",
    "team": "The team",
    "title": "Helper",
    "room": "Elm",
    "seats": "4",
    "address": "1 Mill Lane, Northmere",
    "hour": "10:20",
    "time": "10:20",
    "what": "Write to the family",
    "role": "SEN manager",
    "evidence": "The letter has arrived",
    "read": "yes",
    "known": "yes",
}
DAYS = {
    "born": ("9", "5", "2015"),
    "sent_date": ("5", "10", "2026"),
    "due": ("9", "12", "2026"),
    "review_on": ("9", "12", "2026"),
    "away": ("9", "11", "2026"),
    "until": ("11", "11", "2026"),
}


def filled(fields: Fields) -> Fields:
    """The fields as a person might fill them in; of several answers to one question the first stays."""
    found = []
    for name, value in fields:
        stem, _, part = name.rpartition("-")
        if not value and part in ("day", "month", "year"):
            day, month, year = DAYS.get(stem, ("9", "9", "2026"))
            found.append((name, {"day": day, "month": month, "year": year}[part]))
        elif value or name in PLAUSIBLE:
            found.append((name, value or PLAUSIBLE[name]))
    return found


class Offered(NamedTuple):
    """A form as a page offers it: where it is sent, with the query that it was shown at, by whom, and what is in it."""

    address: str
    who: str
    fields: Fields


Forms = dict[str, list[Offered]]


async def forms_of(whole: Whole) -> Forms:
    """What every address takes, as the pages themselves offer it to those whom they are for."""
    found: Forms = {}
    for page in ALL:
        if page.get is None or not page.shows:
            continue
        for who, case in fitting(whole, page):
            path = place_of(whole, page, who, case)
            text = await _collect(whole, path, who, found)
            for further in list(dict.fromkeys(ASKING.findall(text)))[:4]:
                await _collect(whole, html.unescape(further), who, found)
    for step in ("decision", "letter", "reach", "needs"):
        await _collect(whole, f"/enquire/{step}", VISITOR, found)
    return found


def forms_in(text: str, *, here: str, who: str) -> list[Offered]:
    """The forms of a page that this person was shown at this address."""
    parser = _Forms(here=here)
    parser.feed(text)
    return [Offered(html.unescape(action), who, fields) for action, fields in parser.found]


async def _collect(whole: Whole, path: str, who: str, found: Forms) -> str:
    text = (await whole.get(path, who)).text
    for form in forms_in(text, here=path, who=who):
        found.setdefault(form.address.partition("?")[0], []).append(form)
    return text


@dataclass(kw_only=True)
class Shot:
    """One hostile request."""

    method: str
    page: Page
    who: str
    path: str
    headers: dict[str, str | None]
    body: bytes

    def __str__(self) -> str:
        body = self.body[:300]
        return f"{self.method} {self.page.name} as {self.who}: {self.path[:200]!r} {str(self.headers)[:300]} {body!r}"


@dataclass(kw_only=True)
class Gun:
    """Makes hostile requests, the same ones for the same seed."""

    whole: Whole
    forms: Forms
    dice: random.Random

    def shots(self, many: int) -> Iterator[Shot]:
        """Every page with every method in turn, each time spoiled in another way."""
        for number in range(many):
            yield self.shot(ALL[number % len(ALL)])

    def shot(self, page: Page) -> Shot:
        """One request to this page."""
        dice = self.dice
        usual = ["POST"] * 9 if page.post else []
        usual += ["GET"] * 3 if page.get else []
        method = dice.choice(
            [
                *usual,
                dice.choice(["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X"]),
            ]
        )
        who, case = dice.choice(everybody(self.whole))
        if dice.random() < 0.75:
            who, case = dice.choice(fitting(self.whole, page))
        if dice.random() < 0.15:
            case = dice.choice(list(self.whole.cast.cases))
        path = place_of(self.whole, page, who, case)
        headers: dict[str, str | None] = {}
        body = b""
        if method in ("POST", "PUT", "PATCH", "DELETE") or dice.random() < 0.05:
            headers, body = self.body(path)
            # with the query that the form was shown at
            path = dice.choice(self.forms.get(path) or [Offered(path, who, [])]).address
        if dice.random() < 0.15:
            headers |= dice.choice(HOSTILE_HEADERS)
        return Shot(method=method, page=page, who=who, path=self.spoiled(path), headers=headers, body=body)

    def spoiled(self, path: str) -> str:
        """The path with something after it, or in it."""
        dice = self.dice
        if dice.random() < 0.1:
            path += dice.choice(ENDINGS)
        if dice.random() < 0.05:
            cut = dice.randrange(1, len(path) + 1)
            path = (
                path[:cut]
                + dice.choice(["%", "%00", "%c3%28", "\udcff", "//", "%0d%0a", "A" * 9000, "%E2%80%AE"])
                + path[cut:]
            )
        if dice.random() < 0.35:
            values = [(dice.choice(QUERIES), self.text()[:6000]) for _ in range(dice.randrange(1, 4))]
            path = path.partition("#")[0]
            path += ("&" if "?" in path else "?") + urlencode(values, errors="surrogateescape")
        return "".join(
            sign if "!" <= sign <= "~" or sign >= "\udc80" else quote(sign, errors="surrogateescape") for sign in path
        )

    def text(self) -> str:
        """A hostile text, or an id of somebody's."""
        if self.dice.random() < 0.25:
            ids = [
                *self.whole.cast.rowan.ids.values(),
                *self.whole.cast.wren.ids.values(),
                *self.whole.cast.shared.values(),
            ]
            return self.dice.choice(ids)
        return self.dice.choice(BAD_TEXTS)

    def fields(self, path: str) -> list[tuple[str, str]]:
        """The fields that the address takes, some of them spoiled."""
        dice = self.dice
        usual = Offered(path, "", [("email", "a@b.example"), ("code", "123456")])
        known = list(dice.choice(self.forms.get(path) or [usual]).fields)
        if dice.random() < 0.7:
            known = filled(known)
        dice.shuffle(known)
        if dice.random() < 0.15:
            known = known[: dice.randrange(len(known) + 1)]
        for _ in range(dice.randrange(0, 4)):
            if known:
                place = dice.randrange(len(known))
                known[place] = (known[place][0], self.text())
        if dice.random() < 0.2:
            known += [
                (
                    dice.choice(
                        ["__proto__", "constructor[prototype]", "role", "case_id", "form_key", self.text()[:90]]
                    ),
                    self.text(),
                )
            ]
        if known and dice.random() < 0.2:
            known += [(known[0][0], self.text())] * 2
        return known

    def body(self, path: str) -> tuple[dict[str, str | None], bytes]:
        """A body, and the headers that go with it or do not."""
        makers: list[Callable[[str], tuple[dict[str, str | None], bytes]]] = [
            *[self.encoded] * 12,
            self.raw,
            self.raw,
            self.multipart,
            self.multipart,
            self.huge,
            self.script,
            self.charset,
            self.odd,
        ]
        return self.dice.choice(makers)(path)

    def encoded(self, path: str) -> tuple[dict[str, str | None], bytes]:
        body = urlencode([(name, value) for name, value in self.fields(path)], errors="surrogateescape").encode()
        return {"Content-Length": str(len(body))}, body

    def raw(self, path: str) -> tuple[dict[str, str | None], bytes]:
        body = b"&".join(quote(name).encode() + b"=" + self.dice.choice(RAW_VALUES) for name, _ in self.fields(path))
        return {"Content-Length": str(len(body))}, body

    def huge(self, path: str) -> tuple[dict[str, str | None], bytes]:
        body = self.dice.choice(
            [
                b"&".join(b"f%d=1" % number for number in range(100_000)),
                b"a=" + b"x" * 2_000_000,
                b"&" * 200_000,
                b"=" * 200_000,
                b"%" * 200_000,
            ]
        )
        return {"Content-Length": str(len(body))}, body

    def script(self, path: str) -> tuple[dict[str, str | None], bytes]:
        body = self.dice.choice(
            [
                b"[" * 100_000,
                b'{"a":' * 50_000,
                b"1" * 5000,
                b'{"id":' + b"9" * 5000 + b"}",
                b"{",
                b"",
                b"null",
                b"true",
                b'"\\ud800"',
                b'{"id":"\\ud800","response":{}}',
                b'{"__proto__":{"a":1}}',
                b"\xff\xfe{}",
                b"NaN",
                b'{"id":1e999}',
                b'{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
                b'{"id":null,"rawId":[],"type":{},"response":7}',
                b'{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"%%%","authenticatorData":"","signature":""}}',
            ]
        )
        return {"Content-Type": self.dice.choice(["application/json", FORM]), "Content-Length": str(len(body))}, body

    def charset(self, path: str) -> tuple[dict[str, str | None], bytes]:
        _, body = self.encoded(path)
        body = self.dice.choice([body, b"a=+2AA-&b=\\ud800", b"form_key=+2AA-", b"\xff\xfea\x00=\x00b\x00"])
        kind = self.dice.choice([FORM, "application/json", "text/plain"])
        return {"Content-Type": f"{kind}; charset={self.dice.choice(CHARSETS)}", "Content-Length": str(len(body))}, body

    def odd(self, path: str) -> tuple[dict[str, str | None], bytes]:
        _, body = self.encoded(path)
        if self.dice.random() < 0.4:
            chunks = self.dice.choice(
                [
                    b"5\r\nhello\r\n0\r\n\r\n",
                    b"zz\r\nhello\r\n0\r\n\r\n",
                    b"fffffffffffffffff\r\n",
                    b"-1\r\n\r\n0\r\n\r\n",
                ]
            )
            return {"Transfer-Encoding": "chunked", "Content-Length": None}, chunks
        return {"Content-Type": self.dice.choice(TYPES), "Content-Length": str(len(body))}, body

    def multipart(self, path: str) -> tuple[dict[str, str | None], bytes]:
        dice, lines = self.dice, []
        for name, value in self.fields(path)[:30]:
            said = name.replace('"', "%22").encode("utf-8", "surrogateescape")
            about = dice.choice(
                [
                    b"",
                    b"",
                    b"",
                    b"",
                    b"",
                    b'; filename="../../x.svg"',
                    b"; filename*=UTF-8''%ff",
                    b'; filename="a\r\nX: y"',
                    b"; name=again",
                ]
            )
            more = dice.choice(
                [
                    b"",
                    b"",
                    b"",
                    b"",
                    b"",
                    b"",
                    b"",
                    b"Content-Type: text/plain; charset=utf-7\r\n",
                    b"Content-Type: text/plain; charset=rot13\r\n",
                    b"Content-Type: text/plain; charset=unicode_escape\r\n",
                    b"Content-Transfer-Encoding: base64\r\n",
                    b"Content-Transfer-Encoding: nonsense\r\n",
                    b"Content-Transfer-Encoding: quoted-printable\r\n",
                    b"Content-Encoding: gzip\r\n",
                    b"Content-Type: multipart/mixed; boundary=c\r\n",
                    b"Content-Type: nonsense\r\n",
                    b"\xff\xfe: x\r\n",
                    b"X-Long: " + b"a" * 20_000 + b"\r\n",
                    b"Content-Length: 5\r\n",
                    b"Content-Length: no\r\n",
                ]
            )
            lines.append(
                b'--bound\r\nContent-Disposition: form-data; name="'
                + said
                + b'"'
                + about
                + b"\r\n"
                + more
                + b"\r\n"
                + value.encode("utf-8", "surrogatepass")
                + b"\r\n"
            )
        body = b"".join(lines) + dice.choice(
            [b"--bound--\r\n", b"--bound--\r\n", b"--bound--\r\n", b"", b"--bound", b"--other--"]
        )
        if dice.random() < 0.15:
            body = body[: dice.randrange(len(body) + 1)]
        if dice.random() < 0.05:
            body = b"--bound\r\n\r\n\r\n" * 3000
        kind = dice.choice(
            ["multipart/form-data; boundary=bound"] * 6
            + ["multipart/form-data", "multipart/form-data; boundary=other", 'multipart/form-data; boundary="bound']
        )
        return {"Content-Type": kind, "Content-Length": str(len(body))}, body
