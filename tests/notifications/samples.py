"""One of everything that is posted, as the tests of several files need it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from notifications import messages
from notifications.house import House
from notifications.messages import CertificateKind, Choice, Letter, PaperKind, Reader, Sitting
from notifications.wording import Office, open_office

NOW = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
LINK = "https://evenhand.example/j/h7kq2vxt9mzr4lwbn8cd3p2q"
NUMBER = "EH-2026-00017"
HOUSE = House(
    phone="0808 157 0123",
    run_by="Lindenfold Mediation",
    email="help@evenhand.example",
    public_url="https://evenhand.example",
    postal="1 Example Street, Northmere",
)
SITTING = Sitting(
    uid="h7kq2vxt9mzr4lwbn8cd3p2q@evenhand.example",
    sequence=0,
    starts=datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
    ends=datetime(2026, 11, 3, 13, 0, tzinfo=UTC),
    stamp=NOW,
    organizer="replies+8f14e45fceea167a5a36dedd@evenhand.example",
    attendee_name="Tessa Alderton",
    attendee_email="tessa@example.org",
    join_url=LINK,
    phone="0808 157 0123",
)
AT_A_TABLE = replace(SITTING, place="Meadow Hall, 4 Meadow Lane, Northmere NM1 2AB")
CHANGED = replace(SITTING, sequence=1, starts=SITTING.starts + timedelta(days=3), ends=SITTING.ends + timedelta(days=3))


def office() -> Office:
    """The house of the demonstration, ready to write."""
    return open_office(HOUSE, mail_from="meetings@evenhand.example")


def _changes_of_place(about: dict[str, Any], directions: str) -> list[Letter]:
    """Another place with and without another time, in each direction; each is a change of its own."""
    there, hall = str(AT_A_TABLE.place), "Larkfield House, 1 Lark Road, Northmere NM2 1AA"
    sittings: list[tuple[Sitting, str, dict[str, Any]]] = [
        (replace(AT_A_TABLE, sequence=4), "Online", {"directions": directions, "full_notice": False}),
        (replace(SITTING, sequence=5), there, {"asked_by_you": True}),
        (replace(AT_A_TABLE, sequence=6), hall, {"directions": directions}),
        (replace(CHANGED, sequence=7, place=there), "Online", {"directions": directions, "inside_30_days": True}),
        (replace(CHANGED, sequence=8), there, {"full_notice": False, "certificate_by": date(2026, 11, 11)}),
        (replace(CHANGED, sequence=9, place=there), hall, {}),
    ]
    return [
        messages.moved(sitting, **about, was=SITTING.starts, was_place=was, **more) for sitting, was, more in sittings
    ]


def _invitations(reader: Reader) -> list[Letter]:
    about: dict[str, Any] = {"reader": reader, "number": NUMBER, "link": LINK}
    directions = "Ring the bell at the green door."
    told: dict[str, Any] = {"told_on": NOW, "full_notice": True}
    return [
        messages.invitation(SITTING, **about, **told, answer_by=date(2026, 10, 30)),
        messages.invitation(AT_A_TABLE, **about, told_on=NOW, full_notice=False, directions=directions),
        messages.moved(CHANGED, **about, was=SITTING.starts, inside_30_days=True, certificate_by=date(2026, 11, 11)),
        messages.moved(
            CHANGED, **about, was=SITTING.starts, asked_by_you=True, full_notice=False, inside_30_days=False
        ),
        *_changes_of_place(about, directions),
        messages.cancelled(replace(SITTING, sequence=2), **about, rings_by=NOW, certificate_by=date(2026, 11, 11)),
        messages.cancelled(replace(SITTING, sequence=3), **about),
        messages.reminder(SITTING, **about),
        messages.reminder(AT_A_TABLE, **about, directions=directions),
    ]


def _certificates() -> list[Letter]:
    basis = (
        "1 month from today, 4 November, is Friday 4 December.",
        "Two months from the council’s letter of 14 September is Saturday 14 November, so Monday 16 November.",
        "The later date counts.",
    )
    appeal_by = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    dated = [
        messages.certificate_letter(
            certificate_id=f"c-{kind}",
            number=NUMBER,
            link=LINK,
            certificate=kind,
            appeal_by=appeal_by,
            basis=basis,
            advice_line="Northmere SENDIAS can help you think about it, free: 01632 960455.",
        )
        for kind in CertificateKind
    ]
    undated = messages.certificate_letter(
        certificate_id="c-4", number=NUMBER, link=LINK, certificate=CertificateKind.DECLINED, appeal_by=None
    )
    return [*dated, undated]


def _family() -> list[Letter]:
    by = NOW + timedelta(hours=24)
    return [
        messages.enquiry_receipt(case_id="case", number=NUMBER, link=LINK, rings_by=by),
        messages.enquiry_receipt(case_id="case-2", number=NUMBER, link=LINK),
        messages.helper_receipt(case_id="case-3", number=NUMBER),
        messages.seat_code(challenge_id="ch", code="428913", expires_at=NOW + timedelta(minutes=10)),
        messages.advice_summary(matter_id="m", number=NUMBER, link=LINK, given_at=NOW, adviser="Ada Lindqvist"),
        messages.choice_confirmed(choice_id="1", number=NUMBER, link=LINK, choice=Choice.MEDIATION, contact_by=by),
        messages.choice_confirmed(
            choice_id="2", number=NUMBER, link=LINK, choice=Choice.NO_MEDIATION, certificate_by=date(2026, 10, 13)
        ),
        messages.choice_confirmed(choice_id="3", number=NUMBER, link=LINK, choice=Choice.DISAGREEMENT_RESOLUTION),
        messages.mediator_introduction(
            assignment_id="a", number=NUMBER, link=LINK, mediator="Idris Vaughan", contact_by=by
        ),
        messages.draft_ready(draft_id="d", number=NUMBER, link=LINK, version=1),
        messages.paper_ready(paper_id="p", number=NUMBER, link=LINK, paper=PaperKind.RECORD),
        messages.paper_ready(paper_id="q", number=NUMBER, link=LINK, paper=PaperKind.CERTIFICATE),
        *_certificates(),
    ]


def _others() -> list[Letter]:
    by = NOW + timedelta(hours=24)
    return [
        messages.staff_invitation(account_id="acc", link=LINK, roles=["mediator", "adviser"]),
        messages.staff_code(challenge_id="ch", code="042891", link=LINK, expires_at=NOW + timedelta(minutes=10)),
        messages.council_notice(matter_id="m", number=NUMBER, link=LINK, told_at=NOW, meet_by=date(2026, 11, 7)),
        messages.mediator_assigned(assignment_id="a", number=NUMBER, link=LINK, contact_by=by),
        messages.contact_reminder(matter_id="m", number=NUMBER, link=LINK, contact_by=by),
        messages.contact_late(matter_id="m", number=NUMBER, link=LINK, mediator="Idris Vaughan", due_at=by),
        messages.stood_down(replace(SITTING, sequence=1), number=NUMBER, link=LINK),
        messages.unanswered(meeting_id="m", told=3, link=LINK, waited=timedelta(seconds=90), useless_after=by),
        messages.delivery_failed(
            message_id="x", kind="enquiry_receipt", link=LINK, reason="address unknown (550 5.1.1)", number=NUMBER
        ),
        messages.delivery_failed(message_id="y", kind="staff_code", link=LINK, reason="too late to be of use"),
    ]


def letters() -> Sequence[Letter]:
    """Every message, in every way it can be worded."""
    return [*_family(), *_others(), *(letter for reader in Reader for letter in _invitations(reader))]
