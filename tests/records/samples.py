"""The invented family of the drawings and its papers: Rowan A. and Northmere, November 2026 (domain 4.5)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from cases.case import Decision, Side
from cases.legal_class import LegalClass
from notifications.house import House
from records.agreement import (
    ActionLine,
    Agreement,
    Channel,
    Confirmation,
    Draft,
    Mark,
    Review,
    Share,
    seal,
    version_hash,
)
from records.certificate import Kind
from records.layout import CertificateFacts, RecordFacts, Sitting

COUNCIL = "Northmere Borough Council"
BOARD = "Northmere and Vale Integrated Care Board"
SCHOOL = "Alderbrook Primary School"

HOUSE = House(
    run_by="Lindenfold Mediation",
    phone="0808 157 0123",
    email="meetings@evenhand.example",
    public_url="https://evenhand.example",
    postal="1 Linden Way, Northmere",
)

CERTIFICATE = CertificateFacts(
    number="EH-2026-01873-P",
    check_code="7KQ2XM4R",
    kind=Kind.PARTICIPATED,
    issued_on=date(2026, 11, 4),
    subject="Rowan A.",
    born=date(2016, 5, 19),
    parent="Ms T. A.",
    authority=COUNCIL,
    decision=Decision.CONTENTS_B_F_I,
    notice_dated_on=date(2026, 9, 14),
    notice_sent_on=date(2026, 9, 14),
    advised_on=date(2026, 10, 7),
    adviser="J. Okoro",
    education=True,
    health=True,
    social_care=True,
    house=HOUSE,
)

LINES = (
    ActionLine(
        number=1,
        text="Issue the amended plan. Section F: 45 minutes each week of direct speech therapy.",
        owner_side=Side.COUNCIL,
        owner_body=COUNCIL,
        owner_role="SEN manager",
        legal_class=LegalClass.AMEND_PLAN,
        due=None,
        evidence="The amended plan has arrived",
    ),
    ActionLine(
        number=2,
        text="Commission a sensory assessment by an occupational therapist and send the report to the family.",
        owner_side=Side.COUNCIL,
        owner_body=COUNCIL,
        owner_role="SEN manager",
        legal_class=LegalClass.NON_APPEALABLE,
        due=date(2026, 12, 18),
        evidence="The report has arrived",
    ),
    ActionLine(
        number=3,
        text="Give Rowan a named adult and a 15-minute check-in each school day, from Mon 9 November.",
        owner_side=Side.SCHOOL,
        owner_body=SCHOOL,
        owner_role="SENCO",
        legal_class=LegalClass.VOLUNTARY,
        due=date(2026, 12, 4),
        evidence="The review has been held",
    ),
    ActionLine(
        number=4,
        text="Write to the family with Rowan’s place on the waiting list and the first therapy date.",
        owner_side=Side.HEALTH,
        owner_body=BOARD,
        owner_role="Designated Clinical Officer",
        legal_class=LegalClass.NON_APPEALABLE,
        due=None,
        evidence="The letter has arrived",
        depends_on="the parent sends the private psychology report by Wed 11 November",
    ),
)

DRAFT = Draft(
    version=3,
    lines=LINES,
    issues=("Speech therapy in Section F", "sensory needs", "feeling safe at school"),
    not_agreed=("The school named in Section I.",),
    review=Review(words="The council’s case officer telephones the parent", on=date(2026, 12, 14)),
    shared_with=(Share(who="The school and the care board’s therapy lead", lines=(1, 3, 4)),),
)

NAMES: Mapping[str, str] = {
    "parent": "Ms T. A., parent",
    "officer": "C. Beale, SEN manager, for the council",
    "doctor": "Dr S. Rahimi, for the integrated care board",
    "senco": "F. Lund, SENCO, for the school",
    "mediator": "I. Vaughan",
}
PARTIES = ("parent", "officer", "doctor", "senco")
HOURS = {"parent": (11, 32), "officer": (10, 5), "doctor": (12, 47), "senco": (15, 40)}


def yes(seat: str, draft: Draft = DRAFT) -> Confirmation:
    """The yes of a seat to a draft, on Wednesday 4 November; the parent's by telephone."""
    phone = seat == "parent"
    return Confirmation(
        seat=seat,
        mark=Mark.YES,
        version=draft.version,
        hash=version_hash(draft),
        channel=Channel.PHONE if phone else Channel.ONLINE,
        witness="mediator" if phone else None,
        at=datetime(2026, 11, 4, *HOURS[seat], tzinfo=UTC),
    )


def sealed(draft: Draft = DRAFT) -> Agreement:
    """The draft with everyone's yes."""
    return seal(draft, [yes(seat, draft) for seat in PARTIES], PARTIES)


def facts(draft: Draft = DRAFT) -> RecordFacts:
    """What the record of a draft says."""
    return RecordFacts(
        number="EH-2026-01873",
        agreement=sealed(draft),
        sittings=(
            Sitting(
                starts=datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
                ends=datetime(2026, 11, 3, 12, 20, tzinfo=UTC),
                place="online",
            ),
        ),
        subject="Rowan A.",
        parties=("Ms T. A. (parent)", COUNCIL, BOARD),
        also_agreed=(SCHOOL,),
        mediator="I. Vaughan",
        sealed_at=datetime(2026, 11, 4, 15, 52, tzinfo=UTC),
        names=NAMES,
        house=HOUSE,
    )


def with_text(words: str) -> Draft:
    """The draft with these words as its only action."""
    return replace(DRAFT, lines=(replace(LINES[0], text=words),))
