"""The end: an outcome that starts what the law starts, and a record that is sealed when everybody said yes."""

import asyncio
from datetime import date, datetime

import pytest

from cases import file
from cases.states import Event, MatterState, Outcome
from database.engine import Database
from meetings import register
from meetings.meeting import MeetingState
from meetings.register import Meeting
from people.access import NotFound
from records import archive, certificate, closing, drafting, drafts, prints
from records.agreement import Mark, NotAllConfirmed, NothingAgreed, OldVersion
from records.archive import SealedRecord
from records.closing import AlreadyEnded, StillGoing
from records.drafting import AlreadySealed
from records.drafts import Sheet
from records.prints import PaperKind, PaperState
from tests.records.samples import DRAFT
from tests.records.stage import HOUR, OFFICE, Stage, holder, in_session
from tests.records.test_confirming import say
from tests.records.test_drafting import save, send


async def conclude(stage: Stage, meeting: Meeting, outcome: Outcome = Outcome.PARTIAL) -> closing.Ended:
    async with stage.database.write() as db:
        end = meeting.starts + 2 * HOUR
        return await closing.conclude(db, OFFICE, meeting.id, outcome=outcome, person=stage.mediator, now=end)


async def seal(stage: Stage, meeting: Meeting) -> SealedRecord:
    async with stage.database.write() as db:
        return await closing.seal(db, OFFICE, meeting.id, person=stage.mediator, now=meeting.starts + 30 * HOUR)


async def confirmed(database: Database, moment: datetime) -> tuple[Stage, Meeting, Sheet]:
    """The meeting has ended and all three parties have said yes."""
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)
    await conclude(stage, meeting)
    sheet = await send(stage, meeting)
    for seat in (stage.family, stage.council, stage.school):
        await say(stage, sheet, seat)
    return stage, meeting, sheet


@pytest.mark.parametrize("outcome", Outcome)
async def test_each_outcome_starts_the_time_for_the_certificate_where_one_is_owed(
    database: Database, moment: datetime, outcome: Outcome
) -> None:
    stage, meeting = await in_session(database, moment)

    ended = await conclude(stage, meeting, outcome)

    end, nobody = meeting.starts + 2 * HOUR, {Outcome.COUNCIL_ABSENT, Outcome.FAMILY_ABSENT}
    assert (ended.meeting.state, ended.meeting.ended_at) == (MeetingState.CONCLUDED, end)
    assert (ended.matter.state, ended.matter.outcome) == (MatterState.CONCLUDED, outcome)
    assert ended.matter.concluded_at == (None if outcome in nobody else end)


async def test_a_council_that_was_not_there_opens_the_way_of_the_thirty_days(
    database: Database, moment: datetime
) -> None:
    stage, meeting = await in_session(database, moment)

    await conclude(stage, meeting, Outcome.COUNCIL_ABSENT)

    async with database.read() as db:
        events = [each.event for each in await file.history(db, stage.matter.id)]
    assert events[-2:] == [Event.CONCLUDED, Event.CANNOT_ARRANGE]


async def test_adjourned_is_not_ended_and_starts_nothing(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)

    async with database.write() as db:
        ended = await closing.adjourn(db, meeting.id, person=stage.mediator, now=meeting.starts + HOUR)

    assert (ended.meeting.state, ended.matter.state) == (MeetingState.ADJOURNED, MatterState.ADJOURNED)
    assert (ended.matter.concluded_at, ended.matter.outcome) == (None, None)


async def test_a_meeting_ends_once(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await conclude(stage, meeting, Outcome.FULL)

    with pytest.raises(AlreadyEnded):
        await conclude(stage, meeting, Outcome.NONE)

    assert (await stage.now_matter()).outcome is Outcome.FULL


async def test_only_its_mediator_ends_a_meeting_or_seals_its_record(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    for person in (stage.coordinator, stage.adviser, holder(stage.family), holder(stage.council)):
        async with database.write() as db:
            with pytest.raises(NotFound):
                await closing.adjourn(db, meeting.id, person=person, now=moment)
            with pytest.raises(NotFound):
                await closing.seal(db, OFFICE, meeting.id, person=person, now=moment)


async def test_sealed_when_all_have_confirmed_with_the_day_of_the_last_yes(
    database: Database, moment: datetime
) -> None:
    stage, meeting, sheet = await confirmed(database, moment)

    sealed = await seal(stage, meeting)

    matter = await stage.now_matter()
    async with database.read() as db:
        papers = await prints.of_source(db, sealed.id)
        kept = await archive.record_of(db, meeting.id)
    assert kept == sealed
    assert (sealed.draft_id, sealed.hash, sealed.agreed_on) == (sheet.id, sheet.hash, date(2026, 11, 4))
    assert certificate.read_code(sealed.check_code) == sealed.check_code
    assert (matter.state, matter.agreed_on) == (MatterState.RECORD_CONFIRMED, date(2026, 11, 4))
    assert [(paper.kind, sorted(paper.readers), paper.state) for paper in papers] == [
        (PaperKind.RECORD, ["council", "family", "school"], PaperState.WAITING),
        (PaperKind.RECORD_LARGE, ["council", "family", "school"], PaperState.WAITING),
    ]


async def test_pressed_twice_or_by_many_it_is_one_record(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)

    records = await asyncio.gather(*(seal(stage, meeting) for _ in range(4)))

    async with database.read() as db:
        papers = await prints.of_case(db, stage.case.id)
    assert (len({record.id for record in records}), len(papers)) == (1, 2)


async def test_one_missing_yes_holds_the_record_back(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await confirmed(database, moment)
    await say(stage, sheet, stage.council, Mark.NOT_AGREED)

    with pytest.raises(NotAllConfirmed):
        await seal(stage, meeting)

    assert (await stage.now_matter()).state is MatterState.RECORD_DRAFT


async def test_words_changed_after_the_yes_are_not_sealed(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    await save(stage, meeting, DRAFT)

    with pytest.raises(OldVersion):
        await seal(stage, meeting)
    await send(stage, meeting)
    with pytest.raises(NotAllConfirmed):
        await seal(stage, meeting)


async def test_nothing_written_cannot_be_sealed_nor_before_the_end(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    with pytest.raises(StillGoing):
        await seal(stage, meeting)
    await conclude(stage, meeting)
    with pytest.raises(NothingAgreed):
        await seal(stage, meeting)


async def test_after_sealing_no_word_and_no_mark_changes(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await confirmed(database, moment)
    await seal(stage, meeting)

    with pytest.raises(AlreadySealed):
        await save(stage, meeting, DRAFT)
    with pytest.raises(AlreadySealed):
        await send(stage, meeting)
    with pytest.raises(AlreadySealed):
        await say(stage, sheet, stage.family, Mark.NOT_AGREED)

    async with database.read() as db:
        marks = await drafts.marks(db, sheet)
        parties = await drafting.parties(db, await register.load(db, meeting.id))
    assert [mark.mark for mark in marks] == [Mark.YES] * 3
    assert len(parties) == 3


async def test_a_record_confirmed_in_the_room_is_sealed_after_the_end(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)
    sheet = await send(stage, meeting)
    for seat in (stage.family, stage.council, stage.school):
        await say(stage, sheet, seat)
    await conclude(stage, meeting, Outcome.FULL)

    await seal(stage, meeting)

    assert (await stage.now_matter()).state is MatterState.RECORD_CONFIRMED
