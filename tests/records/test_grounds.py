"""What is noted of a matter, gathered for its certificate."""

from dataclasses import replace
from datetime import date, datetime

from cases import file
from cases.case import Choice, Decision, Standing
from cases.dossier import NewSeat
from database.engine import Database
from people.roles import Party
from records import grounds
from records.certificate import Grounds, Kind
from tests.records.samples import HOUSE
from tests.records.stage import SEATS, Stage, advise, choose, in_session, set_up


async def look(stage: Stage, now: datetime) -> grounds.Outlook:
    async with stage.database.read() as db:
        return await grounds.outlook(db, await file.load_matter(db, stage.matter.id), now=now)


async def test_before_the_advice_nothing_fits_and_each_kind_says_why(database: Database, moment: datetime) -> None:
    known = await look(await set_up(database, moment), moment)

    assert (known.fits, known.due, known.advice, known.adviser) == (None, None, None, None)
    assert set(known.objections) == set(Kind)
    assert set(known.objections.values()) == {
        "No information and advice about mediation is noted for this decision, so there is nothing to certify yet."
    }


async def test_the_grounds_are_what_is_noted(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)

    known = await look(stage, moment)

    assert known.grounds == Grounds(
        mediation=True,
        notice_on=date(2026, 9, 14),
        advised_on=date(2026, 10, 8),
        declined_on=None,
        concluded_on=None,
        family_admitted=True,
        not_arranged_on=None,
    )
    assert (known.admitted_at, known.adviser) == (meeting.starts, "Joy Okoro")
    assert [seat.id for seat in known.family] == [stage.family.id]


async def test_a_no_has_its_three_working_days(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment, decision=Decision.REFUSE_ASSESS)
    await advise(stage)
    await choose(stage, Choice.DECLINED)

    known = await look(stage, moment)

    assert known.due is not None
    assert (known.fits, known.due.due) == (Kind.DECLINED, date(2026, 10, 13))
    assert set(known.objections) == {Kind.PARTICIPATED, Kind.DEEMED}


async def test_a_certificate_that_only_lacks_the_letters_date_is_due_all_the_same(
    database: Database, moment: datetime
) -> None:
    stage = await set_up(database, moment, decision=Decision.REFUSE_ASSESS)
    await advise(stage)
    early = await look(stage, moment)
    await choose(stage, Choice.DECLINED)
    known = await look(stage, moment)

    undated, nothing = (
        replace(each, grounds=replace(each.grounds, notice_on=None)).waits_for_date for each in (known, early)
    )

    assert undated is not None
    assert undated.day == date(2026, 10, 13)
    assert (nothing, known.waits_for_date) == (None, None)


async def test_a_young_person_who_is_the_party_stands_alone_on_the_paper(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    async with database.write() as db:
        own: NewSeat = replace(SEATS[0], party=Party.YOUNG_PERSON, standing=Standing.PRINCIPAL, name="Rowan Adair")
        await file.edit_seat(db, stage.case, stage.family.id, changed=own)
    known = await look(stage, moment)
    known = replace(known, case=replace(known.case, subject_kind="young_person"))

    facts = grounds.says(
        known, Kind.DECLINED, number="EH-1-D", check_code="7KQ2XM4R", issued_on=date(2026, 10, 9), house=HOUSE
    )

    assert (facts.subject, facts.parent, facts.advised_on, facts.adviser) == (
        "Rowan Adair",
        None,
        date(2026, 10, 8),
        "Joy Okoro",
    )


async def test_a_letter_whose_day_of_sending_nobody_knows_is_named_by_its_own_date(
    database: Database, moment: datetime
) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    known = await look(stage, moment)
    known = replace(known, matter=replace(known.matter, sent_date=None))

    facts = grounds.says(
        known, Kind.DECLINED, number="EH-1-D", check_code="7KQ2XM4R", issued_on=date(2026, 10, 9), house=HOUSE
    )

    assert (facts.notice_dated_on, facts.notice_sent_on) == (date(2026, 9, 14), None)
