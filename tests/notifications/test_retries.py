from datetime import UTC, datetime, timedelta

import pytest

from notifications.retries import Phase, Refused, Verdict, judge, next_try

CREATED = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)


def test_tries_are_spaced_and_end_after_a_day() -> None:
    now, minutes = CREATED, []
    for attempt in range(1, 60):
        due = next_try(attempt, created_at=CREATED, now=now)
        if due is None:
            break
        minutes.append((due - now) // timedelta(minutes=1))
        now = due

    assert minutes[:6] == [1, 5, 15, 60, 60, 60]
    assert timedelta(hours=23) < now - CREATED <= timedelta(hours=24)


def test_a_try_that_would_come_after_a_day_is_not_made() -> None:
    assert next_try(9, created_at=CREATED, now=CREATED + timedelta(hours=23, minutes=30)) is None


@pytest.mark.parametrize(
    ("refused", "verdict"),
    [
        (
            Refused(Phase.RECIPIENT, 550, "5.1.1 <tessa@example.org>: unknown"),
            Verdict(final=True, reason="address unknown (550 5.1.1)"),
        ),
        (Refused(Phase.RECIPIENT, 551), Verdict(final=True, reason="this person is not at this server (551)")),
        (Refused(Phase.RECIPIENT, 553), Verdict(final=True, reason="the address is not taken (553)")),
        (Refused(Phase.DATA, 554, "no"), Verdict(final=True, reason="the message was refused (554)")),
        (Refused(Phase.DATA, 552, "5.2.2"), Verdict(final=True, reason="the mailbox is full (552 5.2.2)")),
        (Refused(Phase.RECIPIENT, 450, "4.2.1"), Verdict(final=False, reason="the mailbox is closed (450 4.2.1)")),
        (Refused(Phase.DATA, 451), Verdict(final=False, reason="the mail server has trouble of its own (451)")),
        (Refused(Phase.RECIPIENT, 452), Verdict(final=False, reason="the mail server has no room (452)")),
        (
            Refused(Phase.SENDER, 550),
            Verdict(final=False, reason="the mail server does not accept us as a sender (550)"),
        ),
        (
            Refused(Phase.CONNECT, 554),
            Verdict(final=False, reason="the mail server does not accept us as a sender (554)"),
        ),
        (
            Refused(Phase.RECIPIENT, 530),
            Verdict(final=False, reason="the mail server does not accept us as a sender (530)"),
        ),
        (Refused(Phase.RECIPIENT, 599), Verdict(final=True, reason="no reason known to us (599)")),
    ],
)
def test_what_an_answer_means(refused: Refused, verdict: Verdict) -> None:
    assert judge(refused) == verdict


def test_the_servers_own_words_are_never_kept() -> None:
    refused = Refused(Phase.RECIPIENT, 550, "5.1.1 <tessa@example.org>: unknown")
    assert "tessa" not in f"{refused} {refused.args} {judge(refused).reason}"
