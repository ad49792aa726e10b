"""The web platform: headers, hosts, origins, methods, bodies, cookies, and that looking at a page changes nothing."""

import asyncio
import json
import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from database.ids import new_id
from notifications.schema import message
from pages.cookies import BROWSER, SEAT, STAFF
from pages.malformed import UNREADABLE
from pages.page import SIGNED
from pages.routes import ALL
from people.schema import audit
from tests.pages.hostile import everybody, fitting, place_of
from tests.pages.whole_service import FORM, HOST, ORIGIN, VISITOR, Answer, Whole, code_of, cookies

OF_THE_REQUEST = re.compile(r"(?<=value=\")[a-z2-7]{26}(?=\")")  # the key of a form
SOCKETS = frozenset({"room-socket", "sitting-socket"})
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob: mediastream:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
OF_A_PAPER = {"sandbox": "", "default-src": "'none'", "frame-ancestors": "'none'"}


def policy(answer: Answer) -> dict[str, str]:
    """The content policy of an answer, word by word."""
    parts = (part.strip().partition(" ") for part in answer.headers.get("Content-Security-Policy", "").split(";"))
    return {name: value for name, _, value in parts if name}


def bare(answer: Answer, path: str) -> list[str]:
    """Which of the headers that every answer owes are missing or weak."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Server": "Evenhand",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "Referrer-Policy": "no-referrer" if path.startswith("/j/") else "same-origin",
    }
    kept = "public, max-age=31536000, immutable" if path.startswith("/static/") else "no-store"
    paper = answer.headers.get("Content-Type") == "application/pdf"
    wrong = [name for name, value in wanted.items() if answer.headers.getall(name, []) != [value]]
    wrong += [] if answer.headers.get("Cache-Control") == kept or answer.status >= 400 else ["Cache-Control"]
    wrong += [] if policy(answer) == (OF_A_PAPER if paper else POLICY) else ["Content-Security-Policy"]
    wrong += [name for name in ("Access-Control-Allow-Origin", "X-Powered-By") if name in answer.headers]
    return wrong


async def test_every_answer_carries_the_headers(whole: Whole) -> None:
    found = []
    for page in ALL:
        for who, case in fitting(whole, page)[:6]:
            path = place_of(whole, page, who, case)
            for method in ("GET", "HEAD", "POST", "PUT"):
                answer = await whole.ask(method, path, who)
                found += [f"{method} {page.name} as {who}: {name}" for name in bare(answer, path)]
        answer = await whole.ask("POST", path, headers={"Origin": "https://evil.test"})
        found += [f"foreign {page.name}: {name}" for name in bare(answer, path)]
    for path in ("/nowhere", "/j/short", "/%00", "/static/nothing.css"):
        found += [f"{path}: {name}" for name in bare(await whole.get(path), path)]
    assert found == []


async def test_a_page_has_no_inline_script_or_style(whole: Whole) -> None:
    found = []
    for page in ALL:
        for who, case in fitting(whole, page)[:3]:
            if page.get is None or not page.shows:
                continue
            text = (await whole.get(place_of(whole, page, who, case), who)).text
            scripts = re.findall(r"<script(?![^>]* src=)[^>]*>", text)
            inline = re.findall(r"\s(?:on[a-z]+|style)=\"", text) + re.findall(r"<style|javascript:", text)
            found += [f"{page.name}: {one}" for one in scripts + inline if 'type="application/json"' not in one]
            foreign = re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]*", text)
            found += [f"{page.name}: {one}" for one in foreign if HOST not in one]
    assert found == []


HOSTS = (
    "evil.test",
    "evenhand.example.evil.test",
    "evil.test#evenhand.example",
    "evenhand.example@evil.test",
    "evenhand.example:80",
    "evenhand.example:8443",
    "evenhand.example.",
    "xevenhand.example",
    "www.evenhand.example",
    "localhost",
    "127.0.0.1",
    "127.0.0.1:8080",
    "[::1]",
    "0.0.0.0",
    "",
    "evenhand",
)


async def test_only_our_own_host_is_answered(whole: Whole) -> None:
    for host in ("evenhand.example", "EVENHAND.example", "evenhand.example:443"):
        assert (await whole.ask("GET", "/", headers={"Host": host})).status == 200, host
    for host in HOSTS:
        for path, who in (("/", VISITOR), ("/desk", "coordinator"), ("/nowhere", VISITOR)):
            answer = await whole.ask("GET", path, who, headers={"Host": host})
            assert answer.status in (400, 421), (host, path, answer.status)
            assert "Mina" not in answer.text
            assert "evil" not in answer.text


async def test_health_alone_is_told_by_whatever_name_it_is_asked(whole: Whole) -> None:
    assert {page.name for page in ALL if page.any_host} == {"healthz", "readyz"}
    for host in ("10.0.0.5:8080", "[fd00::5]:8080", *HOSTS):
        if "@" in host or "#" in host:
            continue  # no address at all
        alive = await whole.ask("GET", "/healthz", headers={"Host": host})
        ready = await whole.ask("GET", "/readyz", headers={"Host": host})
        assert (alive.status, alive.text) == (200, '{"alive": true}'), host
        assert ready.status == 503, host  # the mails of the story wait
        assert json.loads(ready.text) == {"database": True, "mail": False}, host
        assert (await whole.ask("POST", "/healthz", headers={"Host": host})).status == 421, host
    old = b"GET /healthz HTTP/1.0\r\n\r\n"  # the plainest probe names no host
    assert (await whole.send(old)).status == 200
    for page in ALL:
        if page.any_host:
            continue
        who, case = fitting(whole, page)[0]
        for method in ("GET", "POST"):
            other = await whole.ask(method, place_of(whole, page, who, case), who, headers={"Host": "10.0.0.5:8080"})
            assert other.status == 421, (method, page.name)


async def test_a_forged_host_is_in_no_mail_and_no_redirect(whole: Whole) -> None:
    forged = {"X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test;proto=http", "X-Forwarded-Proto": "gopher"}
    answer = await whole.ask("GET", "/staff", headers=dict(forged))
    assert (answer.status, answer.location) == (303, "/sign-in")
    body = urlencode({"email": "mina@evenhand.example"}).encode()
    await whole.ask("POST", "/sign-in", headers=dict(forged), body=body)
    async with whole.database.read() as db:
        rows = await db.all(select(message).where(message.c.kind == "staff_code"))
        mails = [(await db.box(row.key_id)).open_bytes("message.raw", row.id, row.raw_sealed) or b"" for row in rows]
    assert len(mails) == 1
    assert b"evil" not in mails[0]


ORIGINS: tuple[dict[str, str | None], ...] = (
    {"Origin": "https://evil.test"},
    {"Origin": "http://evenhand.example"},
    {"Origin": "https://evenhand.example.evil.test"},
    {"Origin": "https://evil.test/evenhand.example"},
    {"Origin": "https://evenhand.example:8443"},
    {"Origin": "https://evenhand.example@evil.test"},
    {"Origin": "https://EVENHAND.example.evil.test"},
    {"Origin": "https://www.evenhand.example"},
    {"Origin": "null", "Sec-Fetch-Site": "none"},
    {"Origin": ""},
    {"Origin": "file://"},
    {"Origin": "https://evenhand.example, https://evil.test"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": None, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": None},
)
OLD_PHONE = ORIGINS[-1]  # Safari before 16.4, on a page without referrer


async def test_nothing_that_another_site_began_has_any_effect(whole: Whole) -> None:
    before, found = await whole.rows(), []
    for page in ALL:
        if page.post is None or page.who == SIGNED:
            continue
        who, case = fitting(whole, page)[0]
        path = place_of(whole, page, who, case)
        for headers in ORIGINS:
            if headers == OLD_PHONE and path.startswith("/j/"):
                continue
            answer = await whole.ask("POST", path, who, headers=headers, body=b"email=mina@evenhand.example")
            found += [] if answer.status == 403 else [f"{page.name} with {headers}: {answer.status}"]
    assert found == []
    assert await whole.rows() == before


@pytest.mark.parametrize("site", ["same-origin", None])
async def test_the_form_of_a_link_is_heard_though_its_page_has_no_referrer(whole: Whole, site: str | None) -> None:
    path = f"/j/{whole.cast.rowan.locators['parent']}"
    answer = await whole.ask("POST", path, headers={"Origin": "null", "Sec-Fetch-Site": site})
    assert (answer.status, answer.location) == (303, f"{path}/code")


async def test_a_socket_opens_to_our_own_page_alone(whole: Whole) -> None:
    case = whole.cast.rowan.ids
    places = (
        (f"/room/{case['attendance_parent']}/socket", "parent"),
        (f"/mediator/sitting/{case['meeting']}/socket", "mediator"),
    )
    others: list[dict[str, str | None]] = [
        *ORIGINS,
        {"Origin": None},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ]
    for path, who in places:
        for headers in others:
            assert (await whole.ask("GET", path, who, headers={**UPGRADE, **headers})).status == 403, headers
        ours: dict[str, str | None] = {**UPGRADE, "Origin": ORIGIN}
        assert (await whole.ask("GET", path, who, headers=ours)).status == 101
        assert (await whole.ask("GET", path, headers=ours)).status in (303, 403)
        assert (await whole.ask("HEAD", path, who, headers=ours)).status == 405


# What a page writes when it is looked at, and why that is meant.
NOTED = {
    "draft.read": "a version of the record is the children's data: whoever reads it is noted (reliability 3.6)",
    "record.read": "likewise for a paper",
}


async def test_looking_changes_nothing(whole: Whole) -> None:
    tables = ("audit", "audit_head")  # held to NOTED below
    before = await whole.rows(*tables)
    async with whole.database.read() as db:
        last = (await db.scalar(select(audit.c.number).order_by(audit.c.number.desc()).limit(1))) or 0
    for page in ALL:
        if page.get is None:
            continue
        for who, case in everybody(whole):
            path = place_of(whole, page, who, case)
            await whole.get(path, who)
            if (who, case) in fitting(whole, page):
                await whole.ask("HEAD", path, who)
    after = await whole.rows(*tables)
    assert [table for table in before if before[table] != after[table]] == []
    async with whole.database.read() as db:
        noted = {row.action for row in await db.all(select(audit.c.action).where(audit.c.number > last))}
    assert noted == set(NOTED)
    assert whole.faults() == []


async def test_a_session_is_kept_awake_once_a_minute_and_nothing_else(whole: Whole) -> None:
    before = await whole.rows()
    whole.clock[0] = whole.cast.moment.replace(minute=whole.cast.moment.minute + 5)
    for who, path in (("coordinator", "/desk"), ("parent", "/my")):
        assert (await whole.get(path, who)).status == 200
    after = await whole.rows()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"staff_session", "seat_session"}


SCANNERS: tuple[tuple[str, dict[str, str | None]], ...] = (
    ("GET", {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)"}),
    ("HEAD", {"User-Agent": "Mimecast"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"}),
    ("OPTIONS", {"Origin": "https://evil.test", "Access-Control-Request-Method": "POST"}),
    ("GET", {"Referer": "https://mail.evil.test/"}),
    ("GET", {"Range": "bytes=0-1023"}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
)


async def test_a_scanner_may_open_a_link_as_often_as_it_likes(whole: Whole) -> None:
    link, nobody = whole.cast.rowan.locators["parent"], new_id()
    before = await whole.rows()
    for _ in range(30):
        for method, headers in SCANNERS:
            for end in ("", "/code"):
                known = await whole.ask(method, f"/j/{link}{end}", headers=headers)
                unknown = await whole.ask(method, f"/j/{nobody}{end}", headers=headers)
                assert "Set-Cookie" not in known.headers
                assert known.status == unknown.status == (405 if method == "OPTIONS" else 200)
                texts = [OF_THE_REQUEST.sub("", one.text) for one in (known, unknown)]
                assert texts[0].replace(link, "") == texts[1].replace(nobody, "")
    assert await whole.rows() == before
    assert [word for word in ("Rowan", "Tessa", "Northmere", "EH-") if word in known.text] == []


async def test_a_link_says_the_same_to_a_stranger_when_a_code_is_asked_for(whole: Whole) -> None:
    answers = []
    for locator in (whole.cast.rowan.locators["parent"], new_id()):
        answer = await whole.post(f"/j/{locator}")
        answers.append((answer.status, answer.location.replace(locator, ""), sorted(answer.headers)))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (303, "/j//code")


TRICKS = (
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "https://evil.test",
    "https:evil.test",
    "%2f%2fevil.test",
    "/%5cevil.test",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//evil.test",
)


async def test_no_answer_leads_off_the_site(whole: Whole) -> None:
    found = []
    names = ("next", "url", "return", "to", "redirect", "location", "continue", "from", "back")
    for path, who in (
        ("/sign-in", VISITOR),
        ("/staff", "mediator"),
        ("/mine", "parent"),
        ("/", VISITOR),
        ("/second-factor", "pending"),
        ("/enquire/decision", VISITOR),
        ("/enquire/check", VISITOR),
        ("/desk", VISITOR),
    ):
        for trick in TRICKS:
            query = urlencode(dict.fromkeys(names, trick))
            for method in ("GET", "POST"):
                answer = await whole.ask(method, f"{path}?{query}", who, body=query.encode())
                found += [answer.location] if "evil" in answer.location or "javascript" in answer.location else []
    for trick in TRICKS:
        raw = trick.replace("\t", "%09")
        answer = await whole.ask("GET", raw if raw.startswith("/") else f"/{raw}")
        found += [answer.location] if answer.location else []
        assert answer.status in (400, 404), (trick, answer.status)
    assert found == []


def venue(name: str, key: str) -> list[tuple[str, str]]:
    """The form for a new place."""
    return [("name", name), ("address", "1 Mill Lane"), ("directions", ""), ("form_key", key)]


async def places(whole: Whole) -> int:
    return (await whole.counts())["venue"]


async def test_a_form_is_carried_out_once(whole_on_both: Whole) -> None:
    whole, key = whole_on_both, new_id()
    before = await places(whole)

    first = await whole.post("/desk/venues/new", "coordinator", venue("Mill House", key))
    again = await whole.post("/desk/venues/new", "coordinator", venue("Mill House", key))
    other = await whole.post("/desk/venues/new", "coordinator", venue("Another House", key))
    fresh = await whole.post("/desk/venues/new", "coordinator", venue("Another House", new_id()))

    assert (first.status, again.status, other.status, fresh.status) == (303, 303, 422, 303)
    assert first.location == again.location != fresh.location
    assert "Another House" in other.text  # what was typed is kept
    assert await places(whole) == before + 2


async def test_a_form_pressed_many_times_at_once_is_carried_out_once(whole_on_both: Whole) -> None:
    whole, key = whole_on_both, new_id()
    before = await places(whole)

    posts = (whole.post("/desk/venues/new", "coordinator", venue("Mill House", key)) for _ in range(12))
    answers = await asyncio.gather(*posts)

    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert await places(whole) == before + 1
    assert whole.faults() == []


async def test_a_key_that_nobody_was_given_is_refused_or_harmless(whole_on_both: Whole) -> None:
    before = await places(whole_on_both)
    for key in (
        "\0",
        "a\0b",
        "x" * 65,
        "ÿ",
        "A B",
        "' OR 1=1 --",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ):
        answer = await whole_on_both.post("/desk/venues/new", "coordinator", venue("Mill House", key))
        assert answer.status in (400, 422), key
    assert await places(whole_on_both) == before
    assert whole_on_both.faults() == []


async def test_what_is_not_theirs_looks_like_what_is_not_there(whole: Whole) -> None:
    wren, nobody = whole.cast.wren.ids, new_id()
    pairs = (
        ("parent", f"/my/papers/{wren['paper_record']}", f"/my/papers/{nobody}"),
        ("parent", f"/my/draft/{wren['draft']}", f"/my/draft/{nobody}"),
        ("officer", f"/authority/case/{wren['case']}", f"/authority/case/{nobody}"),
        ("officer_b", f"/authority/papers/{wren['paper_certificate']}", f"/authority/papers/{nobody}"),
        ("parent", f"/room/{wren['attendance_parent']}/waiting", f"/room/{nobody}/waiting"),
        ("mediator", f"/mediator/{wren['meeting']}/draft", f"/mediator/{nobody}/draft"),
        ("mediator", f"/mediator/sitting/{wren['meeting']}", f"/mediator/sitting/{nobody}"),
        ("mediator", f"/desk/case/{wren['case']}", f"/desk/case/{nobody}"),
        ("adviser", f"/advice/{wren['matter']}/call", f"/advice/{nobody}/call"),
        ("mediator", "/desk/people", "/nowhere/at/all"),
        ("parent", "/authority", "/nowhere/at/all"),
    )
    for who, theirs, none in pairs:
        one, other = await whole.get(theirs, who), await whole.get(none, who)
        assert (one.status, other.status) == (404, 404), (who, theirs)
        assert one.text == other.text, (who, theirs)


async def test_head_answers_as_get_does_without_the_body(whole: Whole) -> None:
    found = []
    for page in ALL:
        if page.get is None or page.name in SOCKETS:
            continue
        for who, case in fitting(whole, page)[:4]:
            path = place_of(whole, page, who, case)
            get, head = await whole.get(path, who), await whole.ask("HEAD", path, who)
            same = (get.status, get.headers.get("Content-Type"), get.location) == (
                head.status,
                head.headers.get("Content-Type"),
                head.location,
            )
            found += [] if same and head.body == b"" else [f"{page.name} as {who}: {get.status} {head.status}"]
    assert found == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "QUERY"])
async def test_other_methods_are_refused_with_those_that_there_are(whole: Whole, method: str) -> None:
    for page in ALL:
        who, case = fitting(whole, page)[0]
        answer = await whole.ask(method, place_of(whole, page, who, case), who)
        allowed = {*(["GET", "HEAD"] if page.get else []), *(["POST"] if page.post else [])}
        assert answer.status == 405, page.name
        assert set(answer.headers["Allow"].replace(" ", "").split(",")) == allowed, page.name


BODIES: tuple[tuple[str, dict[str, str | None], bytes, int], ...] = (
    ("large", {}, b"a=" + b"x" * 300_000, 413),
    ("many fields", {}, b"&".join(b"f%d=1" % number for number in range(300)), 413),
    ("not utf-8", {}, b"name=\xff\xfe", 400),
    ("json", {"Content-Type": "application/json"}, b'{"name":"x"}', 415),
    ("parts", {"Content-Type": "multipart/form-data; boundary=b"}, b"--b--\r\n", 415),
    ("text", {"Content-Type": "text/plain"}, b"name=x", 415),
    ("no type", {"Content-Type": None}, b"name=x", 415),
    ("another charset", {"Content-Type": f"{FORM}; charset=utf-7"}, b"name=+2AA-", 415),
    ("unknown charset", {"Content-Type": f"{FORM}; charset=nonsense"}, b"name=x", 415),
    ("broken compression", {"Content-Encoding": "gzip"}, b"name=x", 400),
    ("unknown compression", {"Content-Encoding": "nonsense"}, b"name=x", 422),
    ("nul", {}, b"name=%00&address=%00", 422),
)


@pytest.mark.parametrize(("kind", "headers", "body", "status"), BODIES, ids=[one[0] for one in BODIES])
async def test_a_body_that_no_page_sends_is_named(
    whole: Whole, kind: str, headers: dict[str, str | None], body: bytes, status: int
) -> None:
    del kind
    before = await whole.rows()
    for path, who in (("/desk/venues/new", "coordinator"), ("/certificate", VISITOR), ("/enquire/who", VISITOR)):
        answer = await whole.ask("POST", path, who, headers=headers, body=body)
        assert answer.status == status, (path, answer.status)
        assert bare(answer, path) == []
        assert "<h1" in answer.text
    assert await whole.rows() == before
    assert whole.faults() == []


async def test_a_body_without_end_is_cut_at_its_limit(whole: Whole) -> None:
    head = f"POST /certificate HTTP/1.1\r\nHost: {HOST}\r\nOrigin: {ORIGIN}\r\nContent-Type: {FORM}\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    raw = f"{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode() + chunk * 64
    answer = await whole.send(raw, method="POST")
    assert answer.status == 413
    assert "Make it shorter or smaller" in answer.text  # what was too large may be words, or a file


WELL_KNOWN = (
    ".git/config",
    ".git/HEAD",
    ".env",
    ".env.local",
    ".htaccess",
    ".DS_Store",
    "app.py",
    "pyproject.toml",
    "requirements.txt",
    "Makefile",
    "README.md",
    "data/evenhand.db",
    "evenhand.db",
    "service.key",
    "backup.sql",
    "dump.sql",
    "config.json",
    "admin",
    "admin/",
    "wp-login.php",
    "wp-admin/",
    "phpmyadmin/",
    "server-status",
    "server-info",
    "debug",
    "metrics",
    "actuator/env",
    "console",
    "api",
    "api/v1",
    "graphql",
    "swagger.json",
    "openapi.json",
    "docs",
    "static/",
    "static/manifest.json",
    "static/../../app.py",
    "static/..%2f..%2fapp.py",
    "static/%2e%2e/%2e%2e/app.py",
    "templates/base.html",
    "pages/routes.py",
    "demonstration/mail",
    "demonstration/mail/0",
    "crossdomain.xml",
    "clientaccesspolicy.xml",
    ".well-known/openid-configuration",
    "node_modules/",
    "package.json",
    "id_rsa",
    "etc/passwd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..;/..;/etc/passwd",
)


async def test_there_is_nothing_but_our_pages(whole: Whole) -> None:
    for path in WELL_KNOWN:
        answer = await whole.get(f"/{path}")
        assert answer.status == 404, path


STRICT = {"httponly", "path=/", "samesite=lax", "secure"}


async def test_signing_in_gives_a_fresh_strict_cookie_and_signing_out_takes_it(whole: Whole) -> None:
    asked = await whole.post("/sign-in", fields=[("email", "mina@evenhand.example")])
    mark, attributes = cookies(asked)[f"__Host-{BROWSER}"]
    assert attributes == STRICT
    fixed = "f" * 43
    jar = {"Cookie": f"__Host-{BROWSER}={mark}; __Host-{STAFF}={fixed}", "User-Agent": "odd \udcff\udcfe browser"}
    body = urlencode({"code": await code_of(whole, "staff_code")}).encode()
    entered = await whole.ask("POST", "/sign-in/code", headers=dict(jar), body=body)
    assert entered.status == 303, entered.text[:2000]
    secret, attributes = cookies(entered)[f"__Host-{STAFF}"]
    assert attributes == STRICT
    assert secret != fixed
    assert len(secret) >= 43
    me = f"{STAFF}:{secret}"
    assert (await whole.get(entered.location, me)).status == 200
    assert (await whole.ask("POST", "/sign-in/code", headers=dict(jar), body=body)).status == 422  # a code works once

    out = await whole.post("/sign-out", me)
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(out)[f"__Host-{STAFF}"][0] in ("", '""')
    assert (await whole.get("/desk", me)).location == "/sign-in"
    assert whole.faults() == []


async def test_a_seat_enters_with_a_strict_cookie_and_leaves_for_good(whole: Whole) -> None:
    path = f"/j/{whole.cast.rowan.locators['officer']}"
    asked = await whole.post(path)
    mark, _ = cookies(asked)[f"__Host-{BROWSER}"]
    body = urlencode({"code": await code_of(whole, "seat_code")}).encode()
    elsewhere = await whole.ask("POST", f"{path}/code", body=body)
    assert elsewhere.status == 422  # another browser's code
    entered = await whole.ask("POST", f"{path}/code", headers={"Cookie": f"__Host-{BROWSER}={mark}"}, body=body)
    assert entered.status == 303
    secret, attributes = cookies(entered)[f"__Host-{SEAT}"]
    assert attributes == STRICT
    me = f"{SEAT}:{secret}"
    assert (await whole.get("/authority", me)).status == 200
    left = await whole.post("/leave", me)
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (await whole.get("/authority", me)).status == 403


async def test_a_line_of_the_log_says_ids_and_nothing_that_was_sent(whole: Whole) -> None:
    secret = "Xylophone9"
    await whole.get(f"/desk?q={secret}", "coordinator")
    await whole.get(f"/{secret}")
    await whole.ask("POST", f"/certificate?{secret}", body=f"number={secret}&code={secret}".encode())
    await whole.ask("GET", "/", headers={"User-Agent": secret, "Referer": secret, "X-Request-Id": f"{secret}\tforged"})
    lines = [line for line in whole.lines if line["event"] == "request"]
    assert {frozenset(line) for line in lines} == {
        frozenset({"event", "log_level", "action", "status", "request", "milliseconds"})
    }
    assert secret not in str(whole.lines)


# What no browser sends.
MALFORMED = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03Xylophone9\r\n\r\n",
    b"Xylophone9\r\n\r\n",
    b"GET / HTTP/9.Xylophone9\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evenhand.example\r\nXylo phone9: Xylophone9\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evenhand.example\r\nX-Nul: Xylophone9\0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evenhand.example\r\nX-Long: " + b"Xylophone9" * 2000 + b"\r\n\r\n",
    b"GET /" + b"Xylophone9" * 2000 + b" HTTP/1.1\r\nHost: evenhand.example\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: evenhand.example\r\nContent-Length: Xylophone9\r\n\r\n",
)
# aiohttp reads requests in C where it can, in Python elsewhere; the two name some faults in other words.
KINDS = {"BadHttpMethod", "BadStatusLine", "BadHttpMessage", "InvalidHeader", "LineTooLong"}


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
async def test_what_is_no_request_gets_the_headers_and_is_one_line(
    whole: Whole, caplog: pytest.LogCaptureFixture, raw: bytes
) -> None:
    answer = await whole.send(raw)

    assert (answer.status, answer.text) == (400, UNREADABLE)
    assert bare(answer, "/") == []
    assert "aiohttp" not in str(answer.headers)
    kind = whole.lines[0]["fault"]
    assert kind in KINDS
    lines = [{"event": "malformed", "log_level": "warning", "action": "malformed", "status": 400, "fault": kind}]
    assert whole.lines == lines
    assert caplog.records == []
    assert (await whole.get("/")).status == 200
