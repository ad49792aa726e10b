"""The certificate: owed whatever happens, issued once, by who gave the advice, dated today, and checked by number."""

import asyncio
import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from cases import file
from cases.case import Choice, Decision
from cases.dossier import NewMatter
from cases.states import Event, MatterState, Outcome
from database.engine import Database
from notifications import outbox
from people import audit
from people.access import NotFound, Person
from people.schema import attempt
from people.throttle import TooMany
from records import archive, certificate, certifying, closing, grounds, prints
from records.archive import Issued
from records.certificate import (
    AdviceNotGiven,
    DidNotDecline,
    FamilyNotThere,
    Kind,
    NoCertificateHere,
    NotConcluded,
    NotTooLate,
)
from records.certifying import Genuine, ReasonMissing
from records.grounds import Outlook
from records.prints import PaperKind, PaperState
from tests.records.stage import DAY, HOUR, OFFICE, Stage, advise, book, choose, holder, in_session, open_room, set_up


async def issue(
    stage: Stage, kind: Kind, *, now: datetime, person: Person | None = None, reason: str | None = None
) -> Issued:
    async with stage.database.write() as db:
        return await certifying.issue(
            db, OFFICE, stage.matter.id, kind=kind, reason=reason, person=person or stage.adviser, now=now
        )


async def declined(database: Database, moment: datetime, *, decision: Decision = Decision.REFUSE_ASSESS) -> Stage:
    stage = await set_up(database, moment, decision=decision)
    await advise(stage)
    await choose(stage, Choice.DECLINED)
    return stage


async def look(stage: Stage, now: datetime) -> Outlook:
    async with stage.database.read() as db:
        return await grounds.outlook(db, await file.load_matter(db, stage.matter.id), now=now)


async def conclude(stage: Stage, meeting_id: str, outcome: Outcome, now: datetime) -> None:
    async with stage.database.write() as db:
        await closing.conclude(db, OFFICE, meeting_id, outcome=outcome, person=stage.mediator, now=now)


async def test_a_family_that_says_no_gets_its_certificate_with_letter_and_paper(
    database: Database, moment: datetime
) -> None:
    stage = await declined(database, moment)

    issued = await issue(stage, Kind.DECLINED, now=moment + DAY)

    matter = await stage.now_matter()
    async with database.read() as db:
        kept = json.loads(await archive.facts_of(db, issued))
        papers = await prints.of_source(db, issued.id)
        mails = await outbox.for_case(db, stage.case.id)
    assert (issued.number, issued.issued_on, issued.kind) == (
        f"{stage.case.number}-D",
        date(2026, 10, 9),
        Kind.DECLINED,
    )
    assert (matter.state, matter.certified_on) == (MatterState.CERTIFIED, date(2026, 10, 9))
    assert kept["facts"] | {"house": None} == {
        "number": issued.number,
        "check_code": issued.check_code,
        "kind": "declined",
        "issued_on": "2026-10-09",
        "subject": "Rowan Adair",
        "born": "2016-05-19",
        "parent": "Tessa Adair",
        "authority": "Northmere Borough Council",
        "decision": "refuse_assess",
        "notice_dated_on": "2026-09-14",
        "notice_sent_on": "2026-09-14",
        "advised_on": "2026-10-08",
        "adviser": "Joy Okoro",
        "education": True,
        "health": True,
        "social_care": False,
        "house": None,
    }
    assert [(paper.kind, sorted(paper.readers), paper.state) for paper in papers] == [
        (PaperKind.CERTIFICATE, ["family"], PaperState.WAITING)
    ]
    assert [(mail.kind, mail.seat_id) for mail in mails] == [("certificate_letter", stage.family.id)]


async def test_pressed_twice_it_is_the_same_certificate_and_one_letter(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment)

    first = await issue(stage, Kind.DECLINED, now=moment + DAY)
    second = await issue(stage, Kind.DECLINED, now=moment + 3 * DAY)

    async with database.read() as db:
        mails = await outbox.for_case(db, stage.case.id)
    assert (first, len(mails), (await stage.now_matter()).certified_on) == (second, 1, date(2026, 10, 9))


async def test_pressed_by_many_at_once_it_is_one_certificate(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment)

    issued = await asyncio.gather(*(issue(stage, Kind.DECLINED, now=moment + DAY) for _ in range(5)))

    async with database.read() as db:
        kept = await archive.certificates_of(db, stage.matter.id)
    assert (len({each.id for each in issued}), len(kept)) == (1, 1)


async def test_it_is_dated_by_the_day_in_london(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment)

    issued = await issue(stage, Kind.DECLINED, now=datetime.fromisoformat("2026-10-09T23:30:00+00:00"))

    assert issued.issued_on == date(2026, 10, 10)


async def test_a_family_that_took_part_gets_it_while_no_record_exists(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    end = meeting.starts + 2 * HOUR
    with pytest.raises(NotConcluded):
        await issue(stage, Kind.PARTICIPATED, now=end)
    await conclude(stage, meeting.id, Outcome.NONE, end)

    issued = await issue(stage, Kind.PARTICIPATED, now=end + DAY)

    assert issued.number == f"{stage.case.number}-P"
    assert (await stage.now_matter()).state is MatterState.CONCLUDED
    known = await look(stage, end + DAY)
    assert known.due is not None
    assert (known.due.due, known.admitted_at) == (date(2026, 11, 6), meeting.starts)


async def test_an_adjourned_meeting_has_not_ended(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    async with database.write() as db:
        await closing.adjourn(db, meeting.id, person=stage.mediator, now=meeting.starts + HOUR)

    with pytest.raises(NotConcluded):
        await issue(stage, Kind.PARTICIPATED, now=meeting.starts + DAY)


async def test_a_family_that_was_not_let_in_never_took_part(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    meeting = await book(stage, starts=moment + 26 * DAY)
    await open_room(stage, meeting, stage.council, stage.school)
    await conclude(stage, meeting.id, Outcome.NONE, meeting.starts + HOUR)

    with pytest.raises(FamilyNotThere):
        await issue(stage, Kind.PARTICIPATED, now=meeting.starts + DAY)


@pytest.mark.parametrize(
    ("came", "outcome", "fits"),
    [
        ("both", Outcome.FULL, Kind.PARTICIPATED),
        ("both", Outcome.BACK_TO_PANEL, Kind.PARTICIPATED),
        ("both", Outcome.FAMILY_WITHDREW, Kind.PARTICIPATED),  # leaving part-way is taking part
        ("council", Outcome.FAMILY_WITHDREW, Kind.DECLINED),
        ("family", Outcome.COUNCIL_ABSENT, Kind.DEEMED),
        ("council", Outcome.FAMILY_ABSENT, None),  # a contact, never a certificate by itself
    ],
)
async def test_each_end_leads_to_its_kind(
    database: Database, moment: datetime, came: str, outcome: Outcome, fits: Kind | None
) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    meeting = await book(stage, starts=moment + 26 * DAY)
    people = {"both": (stage.family, stage.council), "family": (stage.family,), "council": (stage.council,)}
    await open_room(stage, meeting, *people[came])

    await conclude(stage, meeting.id, outcome, meeting.starts + HOUR)

    assert (await look(stage, meeting.starts + 2 * HOUR)).fits is fits


async def test_thirty_days_without_a_meeting_count_as_taking_part(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    with pytest.raises(NotTooLate):
        await issue(stage, Kind.DEEMED, now=moment + 30 * DAY)

    issued = await issue(stage, Kind.DEEMED, now=moment + 31 * DAY)

    assert issued.number == f"{stage.case.number}-T"
    assert (await look(stage, moment + 31 * DAY)).grounds.not_arranged_on == date(2026, 11, 7)


async def test_a_meeting_on_the_thirtieth_day_is_in_time(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    meeting = await book(stage, starts=moment + 30 * DAY)
    await open_room(stage, meeting, stage.family, stage.council)

    assert (await look(stage, moment + 40 * DAY)).grounds.not_arranged_on is None


async def test_what_the_facts_do_not_allow_is_refused_and_leaves_nothing(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    async with database.write() as db:
        with pytest.raises(ReasonMissing):  # nobody gave advice, so nobody owns it
            await certifying.issue(
                db, OFFICE, stage.matter.id, kind=Kind.DECLINED, person=stage.coordinator, now=moment
            )
    with pytest.raises(AdviceNotGiven):
        await issue(stage, Kind.DECLINED, person=stage.coordinator, reason="The adviser is ill.", now=moment)
    await advise(stage)
    with pytest.raises(DidNotDecline):
        await issue(stage, Kind.DECLINED, now=moment)
    await choose(stage, Choice.DISAGREEMENT_RESOLUTION)
    with pytest.raises(NoCertificateHere):
        await issue(stage, Kind.DECLINED, now=moment)

    async with database.read() as db:
        kept = await archive.certificates_of(db, stage.matter.id)
        mails = await outbox.for_case(db, stage.case.id)
    assert (list(kept), list(mails)) == ([], [])


async def test_only_the_adviser_who_gave_the_advice_issues_or_a_coordinator_with_a_reason(
    database: Database, moment: datetime
) -> None:
    stage = await declined(database, moment)
    for person in (stage.mediator, holder(stage.family), holder(stage.council)):
        with pytest.raises(NotFound):
            await issue(stage, Kind.DECLINED, person=person, now=moment)
    with pytest.raises(ReasonMissing):
        await issue(stage, Kind.DECLINED, person=stage.coordinator, reason="  ", now=moment)

    issued = await issue(stage, Kind.DECLINED, person=stage.coordinator, reason="The adviser is ill.", now=moment)

    async with database.read() as db:
        kept = json.loads(await archive.facts_of(db, issued))
        lines = [line["action"] for line in await audit.lines_of(db, stage.case.id)]
    assert (issued.issued_by, kept["reason"]) == (stage.coordinator.account_id, "The adviser is ill.")
    assert "certificate.issue" in lines
    assert all("ill" not in str(line) for line in lines)


async def test_a_later_certificate_never_moves_the_first_date(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    async with database.write() as db:
        matter = await file.load_matter(db, stage.matter.id)
        await file.move_matter(
            db, matter, Event.CERTIFIED, certified_on=date(2026, 10, 20), person=stage.adviser, now=moment
        )
    end = meeting.starts + HOUR
    await conclude(stage, meeting.id, Outcome.FULL, end)

    await issue(stage, Kind.PARTICIPATED, now=end)

    assert (await stage.now_matter()).certified_on == date(2026, 10, 20)


async def test_a_second_letter_of_the_case_has_a_number_of_its_own(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment)
    await issue(stage, Kind.DECLINED, now=moment)
    async with database.write() as db:
        second = await file.add_matter(
            db,
            stage.case,
            NewMatter(decision=Decision.CEASE, letter_date=date(2026, 10, 1)),
            person=stage.adviser,
            now=moment,
        )
    other = Stage(**{**vars(stage), "matter": second})
    await advise(other)
    await choose(other, Choice.DECLINED)

    issued = await issue(other, Kind.DECLINED, now=moment)

    assert issued.number == f"{stage.case.number}-D2"


async def test_the_appeal_date_is_the_later_of_the_two_and_none_where_nothing_can_be_appealed(
    database: Database, moment: datetime
) -> None:
    stage = await declined(database, moment)
    known = await look(stage, moment)
    without, with_ = known.appeal(None), known.appeal(date(2026, 11, 4))

    assert without is not None
    assert with_ is not None
    assert (without.due, with_.due) == (date(2026, 11, 16), date(2026, 12, 4))


async def test_where_only_the_school_is_disputed_no_certificate_moves_the_date(
    database: Database, moment: datetime
) -> None:
    stage = await declined(database, moment, decision=Decision.PLACEMENT_ONLY)

    appeal = (await look(stage, moment)).appeal(date(2026, 11, 4))

    assert appeal is not None
    assert appeal.due == date(2026, 11, 16)


async def test_health_alone_has_no_date_of_appeal(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment, decision=Decision.HEALTH_ONLY)

    assert (await look(stage, moment)).appeal(date(2026, 11, 4)) is None


async def test_a_number_with_its_code_is_genuine_however_it_is_typed(database: Database, moment: datetime) -> None:
    stage = await declined(database, moment)
    issued = await issue(stage, Kind.DECLINED, now=moment)
    code = issued.check_code.lower().replace("0", "o").replace("1", "l")
    genuine = Genuine(number=issued.number, issued_on=issued.issued_on, kind=Kind.DECLINED)

    async with database.read() as db:
        good = await certifying.check(db, f" {issued.number.lower()} ", f"{code[:4]}-{code[4:]}")
        wrong = [
            await certifying.check(db, *typed)
            for typed in (
                (issued.number, "ZZZZ-ZZZZ"),
                (issued.number, ""),
                (issued.number.replace("-D", "-P"), issued.check_code),
                ("\x00" * 3, issued.check_code),
                ("9" * 5000, "9" * 5000),
                ("", ""),
            )
        ]

    assert (good, wrong) == (genuine, [None] * 6)
    assert genuine.kind_words == "No mediation"


async def test_a_certificate_is_asked_about_ten_times_an_hour_and_others_are_not_kept_waiting(
    database: Database, moment: datetime
) -> None:
    stage = await declined(database, moment)
    issued = await issue(stage, Kind.DECLINED, now=moment)

    async def ask(number: str, code: str, now: datetime) -> Genuine | None:
        async with database.write() as db:
            return await certifying.ask(db, number, code, now=now)

    spellings = (issued.number, issued.number.lower(), f" {issued.number} ", issued.number.replace("-", "–"))
    said = [await ask(spellings[turn % 4], "ZZZZ-ZZZZ", moment) for turn in range(certifying.ASKS_OF_ONE)]
    with pytest.raises(TooMany):
        await ask(issued.number, issued.check_code, moment + HOUR - timedelta(seconds=1))
    other = await ask("EH-2026-00001-P", "ZZZZ-ZZZZ", moment)
    later = await ask(issued.number, issued.check_code, moment + HOUR)

    assert (said, other) == ([None] * certifying.ASKS_OF_ONE, None)
    assert later is not None


async def test_whoever_goes_through_all_numbers_is_stopped_long_before_finding_one(
    database: Database, moment: datetime
) -> None:
    async with database.write() as db:
        rows = [{"bucket": "certificates", "at": moment}] * (certifying.ASKS_IN_ALL - 1)
        await db.execute(insert(attempt), rows)
        await certifying.ask(db, "EH-2026-00001-P", "ZZZZ-ZZZZ", now=moment)
        with pytest.raises(TooMany):
            await certifying.ask(db, "EH-2026-00002-P", "ZZZZ-ZZZZ", now=moment)
    assert certifying.ASKS_IN_ALL * 24 * 365 < 32**certificate.CODE_LENGTH / 10_000
