"""Writing a record and sending it: a version that was sent never changes, and an edit is the next version."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from cases import file
from cases.states import MatterState
from database.engine import Database
from meetings import register
from meetings.register import Meeting
from notifications import outbox
from people.access import NotFound
from records import drafting, drafts
from records.agreement import Draft, LineIncomplete, NothingAgreed, OldVersion
from records.drafting import NothingNew
from records.drafts import Sheet
from records.schema import draft
from tests.records.samples import DRAFT, LINES
from tests.records.stage import HOUR, OFFICE, Stage, holder, in_session

ONE_LINE = Draft(version=0, lines=LINES[:1])
TWO_LINES = Draft(version=0, lines=LINES[:2])


async def save(stage: Stage, meeting: Meeting, words: Draft, *, seen: str | None = None) -> Sheet:
    async with stage.database.write() as db:
        return await drafting.save(db, meeting.id, words, seen=seen, person=stage.mediator, now=meeting.starts + HOUR)


async def send(stage: Stage, meeting: Meeting, *, seen: str | None = None) -> Sheet:
    async with stage.database.write() as db:
        return await drafting.send(db, OFFICE, meeting.id, seen=seen, person=stage.mediator, now=meeting.starts + HOUR)


async def versions(stage: Stage, meeting: Meeting) -> list[tuple[int, int, bool]]:
    async with stage.database.read() as db:
        sheets = await drafts.versions(db, meeting.id)
    return [(sheet.version, len(sheet.words.lines), sheet.sent_at is not None) for sheet in sheets]


async def test_what_is_not_sent_is_written_over(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)

    await save(stage, meeting, ONE_LINE)
    await save(stage, meeting, TWO_LINES)

    assert await versions(stage, meeting) == [(1, 2, False)]


async def test_what_was_sent_stays_and_an_edit_is_the_next_version(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, ONE_LINE)
    first = await send(stage, meeting)

    await save(stage, meeting, TWO_LINES)
    await save(stage, meeting, DRAFT)

    assert await versions(stage, meeting) == [(2, 4, False), (1, 1, True)]
    async with database.read() as db:
        assert await drafts.load(db, first.id) == first


async def test_every_party_that_was_let_in_is_written_to_alone(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)

    await send(stage, meeting)

    async with database.read() as db:
        mails = [mail for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "draft_ready"]
    assert {mail.seat_id for mail in mails} == {stage.family.id, stage.council.id, stage.school.id}


async def test_after_the_end_the_matter_says_that_a_record_is_being_read(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)

    await send(stage, meeting)

    assert (await stage.now_matter()).state is MatterState.IN_SESSION  # written in the room, the sitting goes on


async def test_an_empty_or_unfinished_version_is_not_sent(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    with pytest.raises(NothingAgreed):
        await send(stage, meeting)
    await save(stage, meeting, Draft(version=0, lines=(LINES[0], replace(LINES[1], evidence=" "))))

    with pytest.raises(LineIncomplete) as refused:
        await send(stage, meeting)

    assert refused.value.field == "line-2"
    assert await versions(stage, meeting) == [(1, 2, False)]


async def test_the_same_version_is_not_sent_twice(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)
    await send(stage, meeting)

    with pytest.raises(NothingNew):
        await send(stage, meeting)


async def test_two_tabs_never_write_over_each_other_unseen(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    first = await save(stage, meeting, ONE_LINE, seen="")
    await save(stage, meeting, TWO_LINES, seen=first.hash)

    with pytest.raises(OldVersion):
        await save(stage, meeting, DRAFT, seen=first.hash)
    with pytest.raises(OldVersion):
        await send(stage, meeting, seen=first.hash)

    assert await versions(stage, meeting) == [(1, 2, False)]


async def test_nobody_but_the_mediator_of_the_meeting_writes(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    other = replace(stage.mediator, account_id=stage.adviser.account_id)

    for person in (stage.coordinator, stage.adviser, other, holder(stage.family), holder(stage.council)):
        async with database.write() as db:
            with pytest.raises(NotFound):
                await drafting.save(db, meeting.id, DRAFT, person=person, now=moment)


async def test_where_nobody_was_let_in_by_name_the_principals_who_were_asked_count(
    database: Database, moment: datetime
) -> None:
    stage, meeting = await in_session(database, moment)
    async with database.write() as db:
        for attendance in await register.attendances(db, meeting.id):
            await register.note_attendance(db, attendance.id, admitted_at=None)
        seats = await drafting.parties(db, meeting)

    assert [seat.id for seat in seats] == [stage.family.id, stage.council.id]


async def test_a_seat_that_was_taken_back_is_no_party(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    async with database.write() as db:
        await file.revoke_seat(db, stage.school.id, now=moment)
        seats = await drafting.parties(db, meeting)

    assert [seat.id for seat in seats] == [stage.family.id, stage.council.id]


async def test_no_word_of_a_draft_lies_open_in_the_database(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    sheet = await save(stage, meeting, DRAFT)

    async with database.read() as db:
        sealed = await db.scalar(select(draft.c.body_sealed).where(draft.c.id == sheet.id))
    assert b"speech therapy" not in bytes(sealed)
