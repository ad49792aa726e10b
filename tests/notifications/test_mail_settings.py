import pytest

from notifications.mail_settings import Limits, MailSettings, is_this_machine
from notifications.outbox import Leases


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["mail.example.org", "0.0.0.0", "10.0.0.1", "localhost.example.org", "", "::"])
def test_another_machine(host: str) -> None:
    assert not is_this_machine(host)


def test_the_password_is_not_shown() -> None:
    assert "s3cret" not in repr(MailSettings(sender="a@example.org", password="s3cret"))


def test_leases_outlast_the_phases_they_cover() -> None:
    limits, leases = Limits(), Leases()
    assert leases.claim.total_seconds() > limits.prelude + limits.patience
    assert leases.hand_over.total_seconds() > limits.command + limits.final
