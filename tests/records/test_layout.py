"""What the papers say, word for word, and what a certificate must never say."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from cases.case import Decision, Side
from cases.legal_class import LegalClass, classes_for
from notifications.house import House
from records.agreement import Channel, Draft, Parked, Share
from records.certificate import Kind
from records.layout import CertificateFacts, certificate, record
from tests.records.samples import CERTIFICATE, DRAFT, HOUSE, LINES, facts


def words_of(data: object) -> list[str]:
    """Every text in a paper's data."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in words_of(value)]
    if isinstance(data, list):
        return [text for value in data for text in words_of(value)]
    return [data] if isinstance(data, str) else []


def part(data: dict[str, Any], heading: str) -> list[str]:
    """The paragraphs under a heading of the record, their runs joined."""
    found = [part["words"] for part in data["parts"] if part["heading"] == heading]
    return ["".join(words for words, _ in paragraph) for paragraphs in found for paragraph in paragraphs]


def lines(draft: Draft) -> list[dict[str, Any]]:
    """The actions of a draft as its record shows them."""
    shown: list[dict[str, Any]] = record(facts(draft))["agreed"]["lines"]
    return shown


def test_a_certificate_word_for_word() -> None:
    assert certificate(CERTIFICATE) == {
        "title": "Mediation certificate EH-2026-01873-P",
        "number": "EH-2026-01873-P",
        "author": "Lindenfold Mediation",
        "brand": "Evenhand",
        "made": [2026, 11, 4],
        "lang": "en",
        "region": "GB",
        "page": ["Page", "of"],
        "under_number": "Issued Wednesday 4 November 2026",
        "heading": "Mediation certificate",
        "law": "Children and Families Act 2014, section 55",
        "facts": [
            ["Certificate number", ["EH-2026-01873-P"]],
            ["Check code", ["7KQ2-XM4R"]],
            ["Date of issue", ["Wednesday 4 November 2026"]],
            ["Type", ["Participated (section 55(5))"]],
            ["Child", ["Rowan A., born 19 May 2016"]],
            ["Parent", ["Ms T. A."]],
            ["Local authority", ["Northmere Borough Council"]],
            ["Decision", ["Contents of the EHC plan (Sections B, F and I)"]],
            ["Notice of decision sent", ["Monday 14 September 2026"]],
        ],
        "certified": {
            "heading": "What is certified",
            "advice": "Information and advice about mediation was provided to Ms T. A. on Wednesday 7 October 2026 "
            "by J. Okoro, mediation adviser.",
            "words": "Ms T. A. has participated in mediation.",
        },
        "issues": {
            "heading": "Issues",
            "rows": [["Education", ["Yes"]], ["Health", ["Yes"]], ["Social care", ["Yes"]]],
        },
        "signature": "J. Okoro",
        "signed": [
            ["J. Okoro, mediation adviser", "Lindenfold Mediation"],
            ["Signed electronically on Wednesday 4 November 2026"],
        ],
        "genuine": {
            "question": "Is this certificate genuine?",
            "answer": "Go to evenhand.example/certificate and type the number and the check code, or ring "
            "0808 157 0123. You are told whether it is, and its date of issue, and nothing else.",
        },
        "closing": "Issued by J. Okoro for Lindenfold Mediation, which is independent of every local authority, "
        "integrated care board and NHS England. This certificate says nothing about what was said, offered or agreed.",
    }


@pytest.mark.parametrize(
    ("kind", "limb", "sentence"),
    [
        (Kind.PARTICIPATED, "Participated (section 55(5))", "Ms T. A. has participated in mediation."),
        (
            Kind.DECLINED,
            "Declined (section 55(4))",
            "Ms T. A. has told the mediation adviser that they do not wish to pursue mediation.",
        ),
        (
            Kind.DEEMED,
            "Treated as having participated (section 55(5))",
            "Mediation was not arranged within 30 days. Ms T. A. is treated as having participated in mediation.",
        ),
    ],
)
def test_each_kind_says_its_limb_and_one_sentence(kind: Kind, limb: str, sentence: str) -> None:
    data = certificate(replace(CERTIFICATE, kind=kind))

    assert ["Type", [limb]] in data["facts"]
    assert data["certified"]["words"] == sentence


def test_a_young_person_is_the_party_and_no_parent_is_named() -> None:
    data = certificate(replace(CERTIFICATE, parent=None, subject="Zoë Ångström", born=None))

    labels = [label for label, _ in data["facts"]]
    assert ["Young person", ["Zoë Ångström"]] in data["facts"]
    assert "Parent" not in labels
    assert data["certified"]["words"] == "Zoë Ångström has participated in mediation."


def test_a_letter_whose_day_of_sending_nobody_knows_is_named_by_its_own_date() -> None:
    data = certificate(replace(CERTIFICATE, notice_sent_on=None, notice_dated_on=date(2026, 9, 11)))

    assert data["facts"][-1] == ["Notice of decision dated", ["Friday 11 September 2026"]]


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_has_its_words(decision: Decision) -> None:
    rows = dict(certificate(replace(CERTIFICATE, decision=decision))["facts"])

    assert len(rows["Decision"][0]) > 20


def test_a_certificate_has_room_for_its_fields_and_no_others() -> None:
    assert {field.name for field in fields(CertificateFacts)} == {
        *("number", "check_code", "kind", "issued_on", "subject", "born", "parent", "authority", "decision"),
        *("notice_dated_on", "notice_sent_on", "advised_on", "adviser", "education", "health", "social_care", "house"),
    }


def test_a_certificate_never_tells_a_date_of_appeal_an_outcome_or_a_reason() -> None:
    text = " ".join(words_of([certificate(replace(CERTIFICATE, kind=kind)) for kind in Kind])).lower()

    assert "certificate" in text
    assert not [
        word for word in ("appeal", "outcome", "because", "council failed", "refused", "attend") if word in text
    ]


def test_the_record_of_the_drawings() -> None:
    data = record(facts())

    assert data["title"] == "Record of agreed actions EH-2026-01873"
    assert data["under_number"] == "Version 3"
    assert data["facts"] == [
        ["Date of agreement", ["Wednesday 4 November 2026"]],
        ["Meeting", ["Tuesday 3 November 2026, 10:00 to 12:20, online"]],
        ["About", ["Rowan A."]],
        ["Parties", ["Ms T. A. (parent)", "Northmere Borough Council", "Northmere and Vale Integrated Care Board"]],
        ["Also agreed", ["Alderbrook Primary School"]],
        ["Mediator", ["I. Vaughan, Lindenfold Mediation"]],
        ["Issues talked about", ["Speech therapy in Section F · sensory needs · feeling safe at school"]],
    ]
    assert data["confirmed"]["lines"] == [
        {
            "who": "C. Beale, SEN manager, for the council",
            "at": "Wed 4 November 2026, 10:05",
            "how": "Own link, version 3",
        },
        {
            "who": "Ms T. A., parent",
            "at": "Wed 4 November 2026, 11:32",
            "how": "By phone, read aloud; I. Vaughan as witness",
        },
        {
            "who": "Dr S. Rahimi, for the integrated care board",
            "at": "Wed 4 November 2026, 12:47",
            "how": "Own link, version 3",
        },
        {"who": "F. Lund, SENCO, for the school", "at": "Wed 4 November 2026, 15:40", "how": "Own link, version 3"},
        {"who": "I. Vaughan, mediator", "at": "Wed 4 November 2026, 15:52", "how": "Sealed"},
    ]


def test_a_yes_in_the_room_is_no_own_link() -> None:
    agreement = facts().agreement
    marks = tuple(replace(mark, channel=Channel.ROOM) if mark.witness else mark for mark in agreement.confirmations)

    lines = record(replace(facts(), agreement=replace(agreement, confirmations=marks)))["confirmed"]["lines"]

    assert [line["how"] for line in lines if "read aloud" in line["how"]] == [
        "In the room, read aloud; I. Vaughan as witness"
    ]


def test_each_action_says_who_by_when_and_why_then() -> None:
    shown = lines(DRAFT)

    assert [(line["number"], line["owner"], line["by"], line["why"]) for line in shown] == [
        (
            "1",
            "Northmere Borough Council: SEN manager",
            "Wed 9 December 2026",
            "The usual limit for changing a plan: 5 weeks",
        ),
        ("2", "Northmere Borough Council: SEN manager", "Fri 18 December 2026", "Date agreed by everyone"),
        ("3", "Alderbrook Primary School: SENCO", "Fri 4 December 2026", "A promise; the law sets no limit"),
        (
            "4",
            "Northmere and Vale Integrated Care Board: Designated Clinical Officer",
            "Wed 18 November 2026",
            "The usual limit: 2 weeks",
        ),
    ]
    assert shown[3]["depends"] == "Depends on: the parent sends the private psychology report by Wed 11 November"
    assert shown[0]["depends"] is None


@pytest.mark.parametrize(
    ("legal_class", "by", "why"),
    [
        (
            LegalClass.ASSESS,
            "Wed 18 November 2026",
            (
                "Tell the family that it will assess: the usual limit, 2 weeks. "
                "If there will be no plan: the decision, with reasons: Wed 13 January 2027. "
                "If there will be a plan: the final plan: Wed 10 February 2027"
            ),
        ),
        (
            LegalClass.ISSUE_PLAN,
            "Wed 9 December 2026",
            "The draft plan: the usual limit, 5 weeks. The final plan: Wed 20 January 2027",
        ),
        (LegalClass.NAME_SCHOOL, "Wed 18 November 2026", "The usual limit for naming a school: 2 weeks"),
        (LegalClass.MAINTAIN, "Wed 4 November 2026", "The usual rule for keeping a plan going: at once"),
        (LegalClass.RECONSIDER, "Wed 18 November 2026", "The usual limit for a new decision: 2 weeks"),
    ],
)
def test_a_time_set_by_law_says_so(legal_class: LegalClass, by: str, why: str) -> None:
    (shown,) = lines(replace(DRAFT, lines=(replace(LINES[0], legal_class=legal_class),)))

    assert (shown["by"], shown["why"]) == (by, why)


@pytest.mark.parametrize("legal_class", [kind for kind in LegalClass if kind is not LegalClass.VOLUNTARY])
def test_every_limit_in_words_is_the_limit_in_law(legal_class: LegalClass) -> None:
    side = next(side for side in Side if legal_class in classes_for(side))
    (shown,) = lines(replace(DRAFT, lines=(replace(LINES[3], owner_side=side, legal_class=legal_class),)))

    weeks = legal_class.limits[0].weeks
    assert ("at once" if weeks == 0 else f"{weeks} week") in shown["why"]


def test_the_rest_of_the_record_in_words() -> None:
    data = record(facts())

    assert part(data, "Not agreed") == [
        "The school named in Section I.",
        (
            "It stays open, and so does any right of appeal about it. Everyone has agreed to name this topic here; "
            "nothing more is said about it."
        ),
    ]
    assert part(data, "Looking at it again") == [
        (
            "The council’s case officer telephones the parent on Monday 14 December 2026. "
            "Anyone may ask Evenhand for a review meeting."
        ),
    ]
    assert part(data, "Who may see this record") == [
        (
            "The parties. The school and the care board’s therapy lead may see actions 1, 3 and 4 only. "
            "Nobody else, unless everyone above agrees."
        ),
    ]
    assert data["closing"].startswith("Words sealed on Wed 4 November 2026, 15:52. Check mark of version 3: ")


def test_what_is_empty_is_said_or_left_out() -> None:
    data = record(facts(Draft(version=1, lines=LINES[:1])))

    assert part(data, "Not agreed") == ["No topic is named here."]
    assert part(data, "Left aside") == []
    assert part(data, "Looking at it again") == ["No day was set. Anyone may ask Evenhand for a review meeting."]
    assert part(data, "Who may see this record") == ["The parties. Nobody else, unless everyone above agrees."]
    assert "Issues talked about" not in [label for label, _ in data["facts"]]


def test_what_was_left_aside_says_where_it_goes() -> None:
    draft = replace(DRAFT, parked=(Parked(topic="Respite", goes_to="the social care team’s meeting in January"),))

    assert part(record(facts(draft)), "Left aside") == ["Respite: the social care team’s meeting in January"]


def test_several_topics_and_readers() -> None:
    draft = replace(
        DRAFT,
        not_agreed=("The school.", "Transport."),
        shared_with=(Share(who="The school", lines=(3,)), Share(who="The SENDIAS adviser")),
    )
    data = record(facts(draft))

    assert part(data, "Not agreed")[2].startswith("They stay open, and so does any right of appeal about them.")
    assert part(data, "Who may see this record") == [
        (
            "The parties. The school may see action 3 only. The SENDIAS adviser may see the whole record. "
            "Nobody else, unless everyone above agrees."
        ),
    ]


def test_large_print_says_the_same_words() -> None:
    plain, large = record(facts()), record(facts(), large=True)

    differing = {key for key in plain if plain[key] != large[key]}
    assert differing == {"title", "under_number", "closing"}
    assert large["under_number"] == "Version 3, large print"


def test_sittings_on_two_days_are_both_named() -> None:
    first = facts().sittings[0]
    second = replace(first, starts=first.starts + timedelta(days=7), ends=first.ends + timedelta(days=7))
    data = record(replace(facts(), sittings=(first, replace(second, place="in person, Northmere Library"))))

    assert data["facts"][1] == [
        "Meeting",
        [
            "Tuesday 3 November 2026, 10:00 to 12:20, online",
            "Tuesday 10 November 2026, 10:00 to 12:20, in person, Northmere Library",
        ],
    ]


def test_the_data_are_plain_json() -> None:
    for data in (certificate(CERTIFICATE), record(facts()), record(facts(), large=True)):
        assert json.loads(json.dumps(data)) == data


def test_a_house_without_a_provider_behind_it_is_the_provider() -> None:
    house = House(**{**{field.name: getattr(HOUSE, field.name) for field in fields(House)}, "run_by": ""})

    assert certificate(replace(CERTIFICATE, house=house))["author"] == "Evenhand"
