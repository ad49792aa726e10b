from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from notifications import messages
from notifications.messages import CertificateKind, Letter, Reader
from tests.notifications.samples import LINK, NOW, NUMBER, SITTING, letters


def test_every_message_names_its_effect_once() -> None:
    about_a_sitting = {"invitation", "moved", "cancelled", "reminder"}
    keys = [letter.key for letter in letters() if letter.kind not in about_a_sitting]
    assert len(keys) > 15
    assert len(keys) == len(set(keys))


def test_a_code_is_handed_over_once_and_dies_with_its_time() -> None:
    expires = NOW + timedelta(minutes=10)
    assert messages.seat_code(challenge_id="x", code="428913", expires_at=expires) == Letter(
        kind="seat_code",
        key="seat_code:x",
        facts={"code": "428913"},
        once=True,
        useless_after=expires,
        nameless=True,
    )


def test_what_the_law_asks_for_is_never_too_late() -> None:
    notice = messages.council_notice(matter_id="m", number=NUMBER, link=LINK, told_at=NOW, meet_by=date(2026, 11, 7))
    letter = messages.certificate_letter(
        certificate_id="c", number=NUMBER, link=LINK, certificate=CertificateKind.DEEMED, appeal_by=None
    )
    assert (notice.useless_after, letter.useless_after) == (None, None)


def test_an_invitation_is_of_use_until_the_meeting_ends() -> None:
    letter = messages.invitation(SITTING, reader=Reader.FAMILY, number=NUMBER, link=LINK, told_on=NOW, full_notice=True)
    assert letter.useless_after == SITTING.ends
    assert letter.key == f"invitation:{SITTING.uid}:0"
    assert letter.calendar is not None
    assert letter.calendar.method == "REQUEST"


def test_a_moved_and_a_cancelled_meeting_are_new_effects_of_the_same_uid() -> None:
    reader, number, link = Reader.COUNCIL, NUMBER, LINK
    later, over = replace(SITTING, sequence=1), replace(SITTING, sequence=2)
    changed = messages.moved(later, reader=reader, number=number, link=link, was=SITTING.starts)
    gone = messages.cancelled(over, reader=reader, number=number, link=link)
    assert (changed.key, gone.key) == (f"moved:{SITTING.uid}:1", f"cancelled:{SITTING.uid}:2")
    assert [part.method for part in (changed.calendar, gone.calendar) if part] == ["REQUEST", "CANCEL"]
    assert gone.useless_after is None  # an entry that stays in a calendar misleads, however late


def test_tomorrow_is_true_until_midnight_in_london() -> None:
    summer = replace(
        SITTING, starts=datetime(2026, 7, 7, 9, 0, tzinfo=UTC), ends=datetime(2026, 7, 7, 12, 0, tzinfo=UTC)
    )
    letter = messages.reminder(summer, reader=Reader.FAMILY, number=NUMBER, link=LINK)
    assert letter.useless_after == datetime(2026, 7, 6, 23, 0, tzinfo=UTC)
    assert letter.calendar is None


def test_a_receipt_to_an_unverified_address_repeats_nothing_that_was_typed() -> None:
    letter = messages.enquiry_receipt(case_id="case", number=NUMBER, link=LINK)
    assert letter.nameless
    assert letter.facts == {"number": NUMBER, "link": LINK, "rings_by": None}
