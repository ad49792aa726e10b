import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.mail_settings import Limits, MailSettings, NotPrivate, Security
from notifications.retries import UNREACHED, UNSAFE, NotReached, Phase, Refused, Uncertain
from notifications.smtp import open_mailer
from tests.notifications.certificates import MADE, PAST, Authority
from tests.notifications.scripted_smtp import Accepted, Rule, ScriptedSmtp, scripted

RAW = b"Subject: x\r\n\r\n.one\r\n..two\r\n"
QUICK = Limits(connect=0.2, command=0.2, prelude=0.5, final=0.3, patience=0.1, stop=0.5)


def settings(server: ScriptedSmtp, **changed: object) -> MailSettings:
    given: dict[str, object] = {"host": "127.0.0.1", "security": Security.PLAIN, "sender": "bounces@evenhand.example"}
    return MailSettings(**given | {"port": server.port} | changed)  # type: ignore[arg-type]


async def nothing() -> None:
    """Nothing is marked before DATA."""


async def send(rule: Rule, *, before_data: Callable[[], Awaitable[None]] = nothing) -> ScriptedSmtp:
    async with scripted(rule) as server, open_mailer(settings(server), QUICK) as mailer:
        await mailer.send("tessa@example.org", RAW, before_data=before_data)
    return server


def answering(phase: str, *answers: str) -> Rule:
    """These answers to this command, one after another; yes afterwards and to all others."""
    left = list(answers)
    return lambda asked, _: left.pop(0) if asked == phase and left else None


async def test_the_bytes_arrive_unchanged_for_one_recipient() -> None:
    server = await send(answering("none"))
    assert server.accepted == [Accepted(to="tessa@example.org", raw=RAW)]
    assert server.commands == [
        "EHLO evenhand.example",
        "MAIL FROM:<bounces@evenhand.example>",
        "RCPT TO:<tessa@example.org>",
        "DATA",
        "QUIT",
    ]


async def test_the_mark_is_made_after_the_last_recipient_and_before_data() -> None:
    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        seen: list[list[str]] = []

        async def mark() -> None:
            seen.append([line.split()[0] for line in server.commands])

        await mailer.send("tessa@example.org", RAW, before_data=mark)
    assert seen == [["EHLO", "MAIL", "RCPT"]]


async def test_a_mark_that_fails_hands_nothing_over() -> None:
    async def refuse() -> None:
        raise LookupError

    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        with pytest.raises(LookupError):
            await mailer.send("tessa@example.org", RAW, before_data=refuse)
        assert (server.accepted, "DATA" in server.commands) == ([], False)


async def test_a_connection_is_kept_for_the_next_message() -> None:
    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        for _ in range(5):
            await mailer.send("tessa@example.org", RAW, before_data=nothing)
        assert (server.connections, len(server.accepted)) == (1, 5)
        await mailer.rest()
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
        assert server.connections == 2


@pytest.mark.parametrize("leaving", ["421 4.3.2 closing", "reset"])
async def test_a_kept_connection_that_the_server_has_left_is_replaced(leaving: str) -> None:
    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
        server.rule = answering("MAIL", leaving)
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
        assert (server.connections, len(server.accepted)) == (2, 2)


REFUSALS = [
    ("CONNECT", "554 5.7.1 not you", Phase.CONNECT, 554),
    ("CONNECT", "421 busy", Phase.CONNECT, 421),
    ("MAIL", "550 5.7.1 not you", Phase.SENDER, 550),
    ("MAIL", "421 closing", Phase.SENDER, 421),
    ("RCPT", "550 5.1.1 <tessa@example.org> unknown", Phase.RECIPIENT, 550),
    ("RCPT", "450 4.2.0 later", Phase.RECIPIENT, 450),
    ("RCPT", "421 closing", Phase.RECIPIENT, 421),
    ("DATA", "451 4.3.0 later", Phase.DATA, 451),
    ("DATA", "554 5.6.0 no", Phase.DATA, 554),
    (".", "452 4.3.1 full", Phase.DATA, 452),
    (".", "554 5.7.1 no", Phase.DATA, 554),
]


@pytest.mark.parametrize(("asked", "answer", "phase", "code"), REFUSALS)
async def test_a_no_is_told_with_its_phase_and_code(asked: str, answer: str, phase: Phase, code: int) -> None:
    with pytest.raises(Refused) as refused:
        await send(lambda now, _: answer if now == asked else None)
    assert (refused.value.phase, refused.value.code) == (phase, code)


async def test_after_a_refused_recipient_the_next_goes_by_the_same_connection() -> None:
    async with scripted(answering("RCPT", "550 5.1.1 no")) as server, open_mailer(settings(server), QUICK) as mailer:
        with pytest.raises(Refused):
            await mailer.send("gone@example.org", RAW, before_data=nothing)
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
        assert (server.connections, [mail.to for mail in server.accepted]) == (1, ["tessa@example.org"])


@pytest.mark.parametrize("fault", ["hang", "reset", "drip", "garbage"])
@pytest.mark.parametrize("phase", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_fault_before_the_message_is_surely_not_handed_over(phase: str, fault: str) -> None:
    async with asyncio.timeout(3):
        with pytest.raises((NotReached, Refused)):
            await send(lambda asked, _: fault if asked == phase else None)


@pytest.mark.parametrize("fault", ["hang", "reset", "take-reset", "drip", "garbage"])
async def test_a_fault_after_the_message_leaves_us_uncertain(fault: str) -> None:
    async with asyncio.timeout(3):
        with pytest.raises(Uncertain):
            await send(answering(".", fault))


async def test_taken_and_then_reset_is_taken() -> None:
    server = await send(answering(".", "250-reset"))
    assert len(server.accepted) == 1


async def test_nobody_there() -> None:
    async with scripted() as server:
        pass
    async with open_mailer(settings(server), QUICK) as mailer:
        with pytest.raises(NotReached, match=UNREACHED):
            await mailer.send("tessa@example.org", RAW, before_data=nothing)
        assert not await mailer.reachable()


async def test_somebody_there() -> None:
    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        assert await mailer.reachable()
        server.rule = answering("CONNECT", "421 busy")
        assert not await mailer.reachable()


async def test_an_address_with_letters_of_its_own_needs_a_server_that_reads_them() -> None:
    async with scripted() as server, open_mailer(settings(server), QUICK) as mailer:
        await mailer.send("siân@example.org", RAW, before_data=nothing)
        assert [mail.to for mail in server.accepted] == ["siân@example.org"]
        assert "MAIL FROM:<bounces@evenhand.example> SMTPUTF8" in server.commands
    async with scripted(offers=()) as server, open_mailer(settings(server), QUICK) as mailer:
        with pytest.raises(Refused) as refused:
            await mailer.send("siân@example.org", RAW, before_data=nothing)
        assert (refused.value.code, refused.value.phase) == (553, Phase.RECIPIENT)


async def test_a_stuck_sending_steps_aside_and_the_close_ends_it() -> None:
    async with scripted(answering("RCPT", "hang")) as server:
        limits = Limits(connect=9, command=9, prelude=9, patience=0.05, stop=0.1)
        async with open_mailer(settings(server, lanes=1), limits) as mailer:
            stuck = await mailer.start(lambda: mailer.send("a@example.org", RAW, before_data=nothing))
            free = await mailer.start(lambda: mailer.send("b@example.org", RAW, before_data=nothing))
            await asyncio.gather(stuck, free)
            assert [mail.to for mail in server.accepted] == ["b@example.org"]


# M6: not one byte of content in clear text, whatever the server says.


def secure(server: ScriptedSmtp, authority: Authority, security: Security = Security.STARTTLS) -> MailSettings:
    return settings(server, security=security, authorities=authority.file, username="u", password="p")


async def test_a_trusted_server_is_spoken_to_in_private(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    offers = ("STARTTLS", "AUTH PLAIN")
    async with (
        scripted(tls=authority.server("127.0.0.1"), offers=offers) as server,
        open_mailer(secure(server, authority), QUICK) as mailer,
    ):
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
    assert len(server.accepted) == 1


async def test_a_server_with_tls_from_the_first_byte(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with (
        scripted(tls=authority.server("127.0.0.1"), at_once=True, offers=("AUTH PLAIN",)) as server,
        open_mailer(secure(server, authority, Security.TLS), QUICK) as mailer,
    ):
        await mailer.send("tessa@example.org", RAW, before_data=nothing)
    assert len(server.accepted) == 1


def right(authority: Authority) -> ssl.SSLContext:
    return authority.server("127.0.0.1")


UNTRUSTED: list[tuple[str, Callable[[Authority], ssl.SSLContext | None], tuple[str, ...], Rule]] = [
    ("not offered", right, (), answering("none")),
    ("wrong name", lambda authority: authority.server("127.0.0.9"), ("STARTTLS",), answering("none")),
    ("expired", lambda authority: authority.server("127.0.0.1", until=PAST), ("STARTTLS",), answering("none")),
    (
        "unknown",
        lambda authority: Authority(authority.folder, "x").server("127.0.0.1"),
        ("STARTTLS",),
        answering("none"),
    ),
    ("refused", right, ("STARTTLS",), answering("STARTTLS", "454 not now")),
    ("downgrade", lambda _: None, ("STARTTLS",), answering("STARTTLS", "220 go\r\n250 gone on in clear text")),
]


@pytest.mark.parametrize(("case", "context", "offers", "rule"), UNTRUSTED, ids=[case[0] for case in UNTRUSTED])
async def test_a_server_that_cannot_be_trusted_hears_nothing(
    tmp_path: Path,
    case: str,
    context: Callable[[Authority], ssl.SSLContext | None],
    offers: tuple[str, ...],
    rule: Rule,
) -> None:
    authority = Authority(tmp_path)
    async with (
        scripted(rule, tls=context(authority), offers=offers) as server,
        open_mailer(secure(server, authority), QUICK) as mailer,
    ):
        with pytest.raises((NotReached, Refused)) as refused:
            await mailer.send("tessa@example.org", RAW, before_data=nothing)
    assert not {line.split()[0] for line in server.commands} & {"AUTH", "MAIL", "RCPT", "DATA"}
    assert b"Subject" not in server.heard
    if case in {"not offered", "wrong name", "expired", "unknown"}:
        assert str(refused.value) == UNSAFE


async def test_clear_text_is_for_this_machine_only() -> None:
    away = MailSettings(host="mail.example.org", sender="a@example.org", security=Security.PLAIN)
    with pytest.raises(NotPrivate):
        async with open_mailer(away):
            pass


def test_the_expired_certificate_is_expired() -> None:
    assert timedelta(days=1) == PAST - MADE
