"""Marks: each party speaks for itself, about the words it saw, and any edit starts all of them again."""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from cases.dossier import Seat
from cases.states import Outcome
from database.engine import Database
from database.refusal import Refusal
from meetings import register
from meetings.meeting import ProofLevel
from meetings.register import Meeting
from people.access import NotFound, Person
from people.proofs import CodeFirst
from records import archive, closing, confirming, drafts
from records.agreement import (
    Channel,
    Confirmation,
    Draft,
    Mark,
    OldVersion,
    WitnessMissing,
    WordsMissing,
)
from records.archive import SealedRecord
from records.confirming import NotYourMark
from records.drafts import Sheet
from tests.records.samples import DRAFT, LINES
from tests.records.stage import HOUR, OFFICE, Stage, holder, in_session
from tests.records.test_drafting import save, send


async def sent(database: Database, moment: datetime) -> tuple[Stage, Meeting, Sheet]:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, DRAFT)
    return stage, meeting, await send(stage, meeting)


async def say(
    stage: Stage,
    sheet: Sheet,
    seat: Seat,
    mark: Mark = Mark.YES,
    *,
    words: str | None = None,
    shown: str | None = None,
    person: Person | None = None,
    channel: Channel = Channel.ONLINE,
    witness: str | None = None,
) -> Confirmation:
    async with stage.database.write() as db:
        return await confirming.confirm(
            db,
            sheet.id,
            seat_id=seat.id,
            mark=mark,
            words=words,
            shown_hash=shown or sheet.hash,
            channel=channel,
            witness=witness,
            person=person or holder(seat),
            now=stage.moment + timedelta(days=27),
        )


async def marks(stage: Stage, meeting: Meeting, sheet: Sheet) -> dict[str, Mark | None]:
    async with stage.database.read() as db:
        answers = await confirming.answers(db, meeting, sheet)
    return {answer.seat.greeting: answer.mark.mark if answer.mark else None for answer in answers}


async def test_silence_is_not_a_yes_and_each_speaks_for_itself(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)

    await say(stage, sheet, stage.family)
    await say(stage, sheet, stage.council, Mark.REWORD, words="“commission”, not “carry out”")

    assert await marks(stage, meeting, sheet) == {"Tessa": Mark.YES, "Colin": Mark.REWORD, "Freya": None}


async def test_a_mark_can_be_changed_and_the_last_counts(database: Database, moment: datetime) -> None:
    stage, _, sheet = await sent(database, moment)

    await say(stage, sheet, stage.family, Mark.NOT_AGREED)
    await say(stage, sheet, stage.family, Mark.YES)

    async with database.read() as db:
        kept = await drafts.marks(db, sheet)
    assert [(mark.seat, mark.mark, mark.words) for mark in kept] == [(stage.family.id, Mark.YES, None)]


async def test_a_mark_binds_to_the_words_that_were_shown(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)

    with pytest.raises(OldVersion):
        await say(stage, sheet, stage.family, shown="0" * 64)

    assert await marks(stage, meeting, sheet) == {"Tessa": None, "Colin": None, "Freya": None}


async def test_an_edit_makes_every_mark_void(database: Database, moment: datetime) -> None:
    stage, meeting, first = await sent(database, moment)
    for seat in (stage.family, stage.council, stage.school):
        await say(stage, first, seat)

    await save(stage, meeting, Draft(version=0, lines=LINES[:3]))

    with pytest.raises(OldVersion):  # the words they saw are not the newest, though nobody has sent the next ones yet
        await say(stage, first, stage.family)
    second = await send(stage, meeting)
    assert await marks(stage, meeting, second) == {"Tessa": None, "Colin": None, "Freya": None}


async def test_other_words_must_be_written(database: Database, moment: datetime) -> None:
    stage, _, sheet = await sent(database, moment)

    with pytest.raises(WordsMissing):
        await say(stage, sheet, stage.family, Mark.REWORD, words="  ")


async def test_nobody_answers_for_another(database: Database, moment: datetime) -> None:
    stage, _, sheet = await sent(database, moment)

    with pytest.raises(NotFound):
        await say(stage, sheet, stage.family, person=holder(stage.council))
    with pytest.raises(NotFound):
        await say(stage, sheet, stage.family, person=holder(stage.family, proof=ProofLevel.NOT_CONFIRMED))
    with pytest.raises(NotFound):
        await say(stage, sheet, stage.supporter)
    with pytest.raises(NotFound):
        await say(stage, sheet, stage.family, person=stage.mediator)


async def test_a_principal_who_was_not_let_in_is_no_party(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    async with database.write() as db:
        places = await register.attendances(db, meeting.id)
        absent = next(place for place in places if place.seat_id == stage.school.id)
        await register.note_attendance(db, absent.id, admitted_at=None)

    assert set(await marks(stage, meeting, sheet)) == {"Tessa", "Colin"}
    with pytest.raises(NotYourMark):
        await say(stage, sheet, stage.school)


async def test_whom_the_mediator_knows_by_face_has_no_link_of_their_own(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    face = holder(stage.family, proof=ProofLevel.VOUCHED)

    with pytest.raises(CodeFirst):
        await say(stage, sheet, stage.family, person=face)
    async with database.write() as db:
        with pytest.raises(CodeFirst):
            await confirming.read(db, sheet.id, person=face, now=moment)
        assert await confirming.asked_of(db, face) == []
        assert [each.id for each in await confirming.asked_of(db, holder(stage.family))] == [sheet.id]

    assert set((await marks(stage, meeting, sheet)).values()) == {None}


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.ROOM])
async def test_of_what_is_said_the_mediator_is_the_witness(
    database: Database, moment: datetime, channel: Channel
) -> None:
    stage, _, sheet = await sent(database, moment)
    me = stage.mediator.account_id

    said = await say(stage, sheet, stage.family, person=stage.mediator, channel=channel, witness=me)

    async with database.read() as db:
        kept = await drafts.marks(db, sheet)
    assert list(kept) == [said]
    assert (said.channel, said.witness) == (channel, me)
    with pytest.raises(WitnessMissing):
        await say(stage, sheet, stage.family, person=stage.mediator, channel=channel)
    for person in (stage.adviser, stage.coordinator, holder(stage.family)):
        with pytest.raises(NotFound):
            await say(stage, sheet, stage.family, person=person, channel=channel, witness=me)


async def test_the_page_of_a_party_says_what_waits_for_it(database: Database, moment: datetime) -> None:
    stage, _, sheet = await sent(database, moment)
    async with database.read() as db:
        before = [each.id for each in await confirming.asked_of(db, holder(stage.family))]
        nothing = [await confirming.asked_of(db, person) for person in (holder(stage.supporter), stage.mediator)]
    await say(stage, sheet, stage.family)
    async with database.read() as db:
        after = await confirming.asked_of(db, holder(stage.family))
        answered = [each.id for each in await confirming.answered_by(db, holder(stage.family))]
        others = list(await confirming.answered_by(db, holder(stage.council)))

    assert (answered, others) == ([sheet.id], [])
    assert (before, list(after), [list(each) for each in nothing]) == ([sheet.id], [], [[], []])


async def test_a_version_is_read_by_its_parties_only_and_only_once_it_was_sent(
    database: Database, moment: datetime
) -> None:
    stage, meeting = await in_session(database, moment)
    unsent = await save(stage, meeting, DRAFT)
    async with database.write() as db:
        with pytest.raises(NotFound):
            await confirming.read(db, unsent.id, person=holder(stage.family), now=moment)
    sheet = await send(stage, meeting)
    async with database.write() as db:
        reading = await confirming.read(db, sheet.id, person=holder(stage.family), now=moment)
        with pytest.raises(NotFound):
            await confirming.read(db, sheet.id, person=holder(stage.supporter), now=moment)
        with pytest.raises(NotFound):
            await confirming.read(db, sheet.id, person=stage.coordinator, now=moment)

    assert (reading.sheet, reading.mine, reading.open) == (sheet, None, True)


@dataclass(frozen=True, kw_only=True)
class Hurry:
    """Everybody at once, in an order that chance makes."""

    stage: Stage
    meeting: Meeting
    chance: random.Random
    seen: dict[str, str] = field(default_factory=dict)

    async def party(self, seat: Seat) -> None:
        for _ in range(6):
            async with self.stage.database.read() as db:
                newest = next(each for each in await drafts.versions(db, self.meeting.id) if each.sent_at)
            await asyncio.sleep(self.chance.random() / 50)
            with contextlib.suppress(Refusal):
                await say(self.stage, newest, seat)
                self.seen[seat.id] = newest.hash

    async def mediator(self) -> None:
        for number in range(1, 4):
            await asyncio.sleep(self.chance.random() / 25)
            with contextlib.suppress(Refusal):
                await save(self.stage, self.meeting, Draft(version=0, lines=LINES[:number]))
                await send(self.stage, self.meeting)

    async def sealer(self) -> None:
        for _ in range(6):
            await asyncio.sleep(self.chance.random() / 25)
            with contextlib.suppress(Refusal):
                await sealed(self.stage, self.meeting)


async def sealed(stage: Stage, meeting: Meeting) -> SealedRecord:
    async with stage.database.write() as db:
        return await closing.seal(db, OFFICE, meeting.id, person=stage.mediator, now=meeting.starts + 3 * HOUR)


async def test_nobody_is_ever_held_to_words_they_did_not_see(database: Database, moment: datetime) -> None:
    """C5: sides confirm while the mediator edits, sends and seals, in any order."""
    stage, meeting, _ = await sent(database, moment)
    seed = random.randrange(10**6)
    async with database.write() as db:
        end = meeting.starts + 2 * HOUR
        await closing.conclude(db, OFFICE, meeting.id, outcome=Outcome.FULL, person=stage.mediator, now=end)
    hurry = Hurry(stage=stage, meeting=meeting, chance=random.Random(seed))

    parties = (stage.family, stage.council, stage.school)
    await asyncio.gather(*map(hurry.party, parties), hurry.mediator(), hurry.sealer())

    async with database.read() as db:
        newest, record = await drafts.newest(db, meeting.id), await archive.record_of(db, meeting.id)
    assert newest is not None
    if record is not None:
        assert (record.hash, set(hurry.seen.values())) == (newest.hash, {newest.hash}), seed
