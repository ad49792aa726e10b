"""Plans as they are kept: sealed, one version after another, and readable whichever service wrote them."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases.case import Choice
from database.engine import Database
from database.vault import SealBroken
from meetings.register import Meeting
from meetings.room import plans
from meetings.room.plan import Plan, Setting, TakenOut
from meetings.room.plans import PlanMoved
from meetings.room.saved import text_of, value_of
from meetings.room.seats import SeatKey
from meetings.room.stages import BREAK, PLAN, Mode, Stage
from meetings.schema import session_plan
from tests.records.stage import DAY, advise, book, choose, set_up
from tests.records.stage import Stage as Story

FULL = Plan(
    stages=(
        Stage(code="childs_voice", mode=Mode.MEDIATOR_SPEAKS, minutes=10, name="Rowan’s drawing, shown by Tessa"),
        Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=10),
        Stage(code="first_turns", mode=Mode.STATEMENT, minutes=25, turn_minutes=2, own_minutes=6),
    ),
    rules=("One person speaks at a time.",),
    time_shown=True,
    hearing=False,
    settings={SeatKey("tessa"): Setting(stretch=150, patience=None), SeatKey("colin"): Setting()},
    out=(TakenOut(stage=PLAN[0], number=1),),
)


async def booked(database: Database, moment: datetime) -> tuple[Story, Meeting]:
    """Rowan's meeting in four weeks."""
    story = await set_up(database, moment)
    await advise(story)
    await choose(story, Choice.MEDIATION)
    return story, await book(story, starts=moment + 26 * DAY)


async def keep(database: Database, meeting: Meeting, plan: Plan, *, seen: int, now: datetime) -> None:
    async with database.write() as db:
        await plans.keep(db, plan, meeting_id=meeting.id, case_id=meeting.case_id, seen=seen, now=now)


async def test_a_meeting_without_a_plan_has_the_usual_one(database: Database, moment: datetime) -> None:
    _, meeting = await booked(database, moment)
    async with database.read() as db:
        assert await plans.load(db, meeting.id) == plans.Kept(plan=Plan(), version=0)


async def test_a_plan_is_read_as_it_was_written_and_each_change_is_a_version(
    database: Database, moment: datetime
) -> None:
    _, meeting = await booked(database, moment)
    later = moment + timedelta(minutes=5)
    await keep(database, meeting, FULL, seen=0, now=moment)
    async with database.read() as db:
        first = await plans.load(db, meeting.id)
    await keep(database, meeting, replace(FULL, hearing=True), seen=1, now=later)
    async with database.read() as db:
        second = await plans.load(db, meeting.id)
        row = await db.first(select(session_plan))

    assert first == plans.Kept(plan=FULL, version=1, changed_at=moment)
    assert second == plans.Kept(plan=replace(FULL, hearing=True), version=2, changed_at=later)
    assert row is not None
    assert (row.made_at, row.changed_at) == (moment, later)


async def test_whoever_saw_an_older_version_changes_nothing(database: Database, moment: datetime) -> None:
    _, meeting = await booked(database, moment)
    await keep(database, meeting, FULL, seen=0, now=moment)
    for seen in (0, 2, 99, -1):
        with pytest.raises(PlanMoved):
            await keep(database, meeting, Plan(), seen=seen, now=moment)
    async with database.read() as db:
        assert (await plans.load(db, meeting.id)).plan == FULL


async def test_no_word_of_a_plan_stands_in_the_table_and_no_row_can_be_moved(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    await keep(database, meeting, FULL, seen=0, now=moment)
    async with database.read() as db:
        row = await db.first(select(session_plan))
        assert row is not None
        assert row.key_id == story.case.key_id
        assert b"Rowan" not in bytes(row.body_sealed)
        with pytest.raises(SealBroken):
            (await db.box(row.key_id)).open("session_plan.body", "another", row.body_sealed)


def test_a_plan_of_yesterdays_service_has_the_defaults_of_today() -> None:
    said = json.loads(text_of(FULL))
    del said["hearing"], said["time_shown"], said["out"], said["settings"]["tessa"]["patience"]
    for stage in said["stages"]:
        del stage["name"]

    read = value_of(Plan, json.dumps({**said, "of_tomorrow": 1}))

    assert (read.hearing, read.time_shown, read.out) == (True, False, ())
    assert read.settings[SeatKey("tessa")] == Setting(stretch=150)
    assert [(stage.code, stage.mode, stage.minutes, stage.name) for stage in read.stages] == [
        ("childs_voice", Mode.MEDIATOR_SPEAKS, 10, ""),
        (BREAK, Mode.MEDIATOR_SPEAKS, 10, ""),
        ("first_turns", Mode.STATEMENT, 25, ""),
    ]


def test_the_first_plan_that_was_ever_saved_is_still_read() -> None:
    text = (
        '{"stages":[{"code":"welcome","mode":"mediator_speaks","minutes":10,"turn_minutes":3,"own_minutes":8,"name":""},'
        '{"code":"break","mode":"mediator_speaks","minutes":10,"turn_minutes":3,"own_minutes":8,"name":"Tea"}],'
        '"rules":["One at a time."],"time_shown":false,"hearing":true,'
        '"settings":{"seat":{"stretch":150,"patience":null}},"out":[]}'
    )

    assert value_of(Plan, text) == Plan(
        stages=(
            Stage(code="welcome", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
            Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=10, name="Tea"),
        ),
        rules=("One at a time.",),
        settings={SeatKey("seat"): Setting(stretch=150, patience=None)},
    )
    assert value_of(Plan, text_of(value_of(Plan, text))) == value_of(Plan, text)
