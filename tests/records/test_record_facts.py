"""What a record says beside its words: sittings, parties, and who said yes."""

from dataclasses import replace
from datetime import datetime

from cases.case import Choice, Side
from cases.states import Outcome
from database.engine import Database
from meetings import venue_list
from meetings.meeting import Mode
from meetings.register import Meeting
from records import closing, drafting, drafts, layout, record_facts
from records.agreement import seal
from records.layout import RecordFacts, Sitting
from tests.records.samples import BOARD, COUNCIL, DRAFT, HOUSE, SCHOOL
from tests.records.stage import DAY, HOUR, OFFICE, Stage, advise, book, choose, open_room, set_up
from tests.records.test_closing import confirmed
from tests.records.test_confirming import say
from tests.records.test_drafting import save, send


async def gather(stage: Stage, meeting: Meeting) -> RecordFacts:
    async with stage.database.read() as db:
        desk = await drafting.desk(db, meeting.id, person=stage.mediator)
        assert desk.newest is not None
        seats = await drafting.parties(db, desk.meeting)
        agreement = seal(desk.newest.words, await drafts.marks(db, desk.newest), [seat.id for seat in seats])
        return await record_facts.gather(
            db, desk, agreement=agreement, seats=seats, house=HOUSE, sealed_at=meeting.starts + 30 * HOUR
        )


async def test_the_record_names_its_parties_sittings_and_who_confirmed(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)

    facts = await gather(stage, meeting)

    assert (facts.number, facts.subject, facts.mediator) == (stage.case.number, "Rowan Adair", "Idris Vaughan")
    assert facts.parties == ("Tessa Adair (parent)", COUNCIL)
    assert facts.also_agreed == (SCHOOL,)
    assert facts.sittings == (Sitting(starts=meeting.starts, ends=meeting.starts + 2 * HOUR, place="online"),)
    assert facts.names == {
        stage.family.id: "Tessa Adair, parent",
        stage.council.id: "Colin Beale, SEN manager, for the council",
        stage.school.id: "Freya Lund, SENCO, for the school",
        stage.mediator.account_id: "Idris Vaughan",
    }
    assert layout.record(facts)["title"] == f"Record of agreed actions {stage.case.number}"


async def test_in_person_the_record_names_the_place(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.MEDIATION)
    async with database.write() as db:
        place = await venue_list.add(
            db,
            name="Northmere Library",
            address="Market Street, Northmere",
            directions="By the clock",
            offers=frozenset(),
            rooms={"Blue room": 10},
            now=moment,
        )
    meeting = await book(stage, starts=moment + 20 * DAY, mode=Mode.IN_PERSON, venue_id=place.venue.id)
    await open_room(stage, meeting, stage.family, stage.council)
    await save(stage, meeting, DRAFT)
    async with database.write() as db:
        end = meeting.starts + HOUR
        await closing.conclude(db, OFFICE, meeting.id, outcome=Outcome.FULL, person=stage.mediator, now=end)
    sheet = await send(stage, meeting)
    for seat in (stage.family, stage.council):
        await say(stage, sheet, seat)

    facts = await gather(stage, meeting)

    assert [sitting.place for sitting in facts.sittings] == ["in person, Northmere Library"]
    assert facts.also_agreed == ()


def test_a_side_is_called_by_the_body_that_its_actions_name() -> None:
    assert record_facts.body(DRAFT, Side.HEALTH) == BOARD
    assert record_facts.body(replace(DRAFT, lines=()), Side.HEALTH) == "The local NHS"
