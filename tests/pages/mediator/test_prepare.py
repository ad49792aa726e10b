"""Preparing a sitting without script: the plan and its times, people and their needs, rules; nothing typed is lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import Side
from database.engine import Database
from meetings import register
from meetings.meeting import MeetingState
from meetings.register import Meeting
from meetings.room import admission, plans
from meetings.room.plan import Plan, Setting
from meetings.room.seats import SeatKey
from meetings.room.stages import BREAK, GROUND_RULES, PLAN, Mode, Stage
from pages.mediator import prepare, prepare_rules, prepare_stages
from tests.meetings.room.test_planning import needs_time, places
from tests.meetings.room.test_plans import booked
from tests.pages.small_service import Client, browser, get, post
from tests.records.stage import Stage as Story

PAGES = (*prepare.PAGES, *prepare_stages.PAGES, *prepare_rules.PAGES)
TEA = {"code": "break", "called": "Tea", "minutes": "15", "mode": "", "turn": "", "own": "", "stage": "new"}
DRAWING = {
    "code": "childs_voice",
    "called": "Rowan’s drawing, shown by Tessa",
    "minutes": "12",
    "mode": "queue",
    "turn": "2",
    "own": "5",
    "stage": "3",
}


def place(meeting: Meeting) -> str:
    return f"/mediator/sitting/{meeting.id}/prepare"


async def plan_of(story: Story, meeting: Meeting) -> Plan:
    async with story.database.read() as db:
        return (await plans.load(db, meeting.id)).plan


async def seen(client: Client, path: str) -> str:
    """The version that the page shows."""
    _, text = await get(client, path)
    return text.split('name="seen" value="')[1].split('"')[0]


async def arranged(client: Client, path: str, stage: int, do: str) -> int:
    answer = await post(client, f"{path}/arrange", stage=stage, do=do, seen=await seen(client, path))
    return answer.status


async def begun(story: Story, meeting: Meeting) -> None:
    async with story.database.write() as db:
        await admission.start(db, meeting.id, person=story.mediator, now=meeting.starts)


async def test_the_page_tells_who_comes_what_they_need_and_when_each_stage_begins(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    await needs_time(story)

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        status, text = await get(client, place(meeting))

    assert status == 200
    for words in (
        "Tuesday 3 November 2026, 09:00 to 12:00 · online",
        "Tessa A.",
        "More time, and breaks",
        "None told",
        "09:00</time><div>Arriving<span>Mediator speaks · 15 minutes",
        "09:35</time><div>First turns<span>Own time, 8 minutes a side · 35 minutes",
        "10:10</time><div>Questions<span>Open talk, 3 minutes a turn · 30 minutes",
        "The plan takes 2 hours 50 minutes. The meeting is 3 hours long, so 10 minutes are left.",
        "These are the usual ones.",
        *GROUND_RULES,
    ):
        assert words in text, words
    assert text.count('<option value="150" selected>') == 1
    assert text.count('<option value="long" selected>') == 1


async def test_private_rooms_are_no_choice_for_a_stage_on_screens_but_where_they_stand(
    database: Database, moment: datetime
) -> None:
    """As a kind of stage they can always be planned; as a way of taking turns the room cannot do them yet."""
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        shown = [(await get(client, f"{path}?stage={stage}"))[1] for stage in ("new", "5", "6")]

    assert [text.count('value="private_rooms"') for text in shown] == [1, 1, 2]


async def test_stages_are_added_changed_moved_taken_out_and_put_back(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        answers = [
            (await post(client, f"{path}?stage=new", **TEA, after="4", seen=await seen(client, path))).status,
            (await post(client, f"{path}?stage=3", **DRAWING, seen=await seen(client, path))).status,
            await arranged(client, path, 3, "up"),
            await arranged(client, path, 1, "down"),
            await arranged(client, path, 9, "out"),
        ]
        _, without = await get(client, path)
        out = (await plan_of(story, meeting)).stages
        answers.append(await arranged(client, path, 1, "back"))
        _, text = await get(client, path)

    plan = await plan_of(story, meeting)
    assert answers == [303] * 6
    assert [stage.code for stage in out] == [
        "childs_voice",
        "arriving",
        "welcome",
        "first_turns",
        BREAK,
        "questions",
        "private_rooms",
        "options",
    ]
    assert out[0] == Stage(
        code="childs_voice",
        mode=Mode.QUEUE,
        minutes=12,
        turn_minutes=2,
        own_minutes=5,
        name="Rowan’s drawing, shown by Tessa",
    )
    assert out[4] == Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=15, name="Tea")
    assert "Put it back" in without
    assert plan == Plan(stages=(*out, PLAN[-1]))
    assert "Put it back" not in text
    assert "That is 7 minutes more than the 3 hours you have." in text


WRONG = [
    ({"code": "martians"}, "code"),
    ({"code": ""}, "code"),
    ({"minutes": ""}, "minutes"),
    ({"minutes": "0"}, "minutes"),
    ({"minutes": "181"}, "minutes"),
    ({"minutes": "ten"}, "minutes"),
    ({"turn": "31"}, "turn"),
    ({"own": "61"}, "own"),
    ({"mode": "shouting"}, "mode"),
    ({"mode": ""}, "mode"),
    ({"called": "n" * 81}, "called"),
    ({"called": "bad\x00sign"}, "called"),
]


async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        for fields, field in WRONG:
            answer = await post(client, f"{path}?stage=3", **{**DRAWING, **fields}, seen="0")
            text = await answer.text()
            assert answer.status == 422, fields
            assert f'id="{field}-error"' in text, fields
            assert "Rowan’s drawing, shown by Tessa" in text or "called" in fields

    assert await plan_of(story, meeting) == Plan()


async def test_what_no_sitting_can_be_held_by_is_said_and_changes_nothing(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        first = await post(client, f"{path}?stage=new", **TEA, after="0", seen="0")
        gone = await post(client, f"{path}/arrange", stage="9", do="out", seen="0")
        text = await first.text()

    assert (first.status, gone.status) == (409, 409)
    assert "A sitting cannot begin with a break. Put a stage before it." in text
    assert 'value="Tea"' in text
    assert await plan_of(story, meeting) == Plan()


async def test_a_plan_of_twenty_stages_takes_no_more(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        for version in range(12):
            answer = await post(client, f"{path}?stage=new", **TEA, after="8", seen=version)
            assert answer.status == 303
        _, full = await get(client, path)
        more = await post(client, f"{path}?stage=new", **TEA, after="8", seen="12")

    assert "A plan holds 20 stages at the most." in full
    assert "Add a stage" not in full
    assert more.status == 409
    assert len((await plan_of(story, meeting)).stages) == 20


async def test_back_to_the_usual_plan_asks_first(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/stages"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        await post(client, f"{path}?stage=new", **TEA, after="4", seen="0")
        await arranged(client, path, 1, "out")
        _, asked = await get(client, f"{path}/usual")
        before = await plan_of(story, meeting)
        done = await post(client, f"{path}/usual", seen=await seen(client, f"{path}/usual"))

    assert "Your own stages go" in asked
    assert len(before.stages) == 8
    assert done.status == 303
    assert await plan_of(story, meeting) == Plan()


async def test_what_the_room_does_for_each_person_is_kept(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    at = await places(story, meeting)
    tessa, colin = at[story.family.id], at[story.council.id]
    usual = {f"time_{one}": "100" for one in at.values()} | {f"silence_{one}": "short" for one in at.values()}

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        chosen = {f"time_{tessa}": "150", f"silence_{tessa}": "long", f"silence_{colin}": "no_limit"}
        done = await post(client, place(meeting), **{**usual, **chosen}, seen="0")
        _, text = await get(client, place(meeting))
        wrong = await post(client, place(meeting), **{**usual, f"time_{colin}": "300"}, seen="1")
        said = await wrong.text()

    assert done.status == 303
    assert (await plan_of(story, meeting)).settings == {
        SeatKey(tessa): Setting(stretch=150, patience=timedelta(seconds=30)),
        SeatKey(colin): Setting(stretch=100, patience=None),
    }
    assert text.count('<option value="no_limit" selected>') == 1
    assert (wrong.status, f'id="time_{colin}-error"' in said) == (422, True)


async def test_the_sides_may_have_agreed_on_other_shares_of_the_time(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/rules"

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        done = await post(client, path, rule_1="One.", fair_family="2", fair_council="1", seen="0")
        agreed = (await plan_of(story, meeting)).fair
        _, shown = await get(client, place(meeting))
        wrong = await post(client, path, rule_1="One.", fair_family="10", fair_council="1", seen="1")
        said = await wrong.text()
        await post(client, path, rule_1="One.", fair_family="4", fair_council="4", fair_school="4", seen="1")

    assert (done.status, wrong.status) == (303, 422)
    assert agreed == {Side.FAMILY: 2, Side.COUNCIL: 1, Side.SCHOOL: 1}
    assert "Shares of the time, as the sides agreed: Family 2, Council 1, School 1." in shown
    assert 'id="fair_family-error"' in said
    assert (await plan_of(story, meeting)).fair == {}


async def test_the_ground_rules_are_this_sittings_own(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = f"{place(meeting)}/rules"
    lines = {"rule_1": "One person speaks at a time.", "rule_2": "", "rule_5": "  Jo may speak\r\nfor Tessa.  "}

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        _, usual = await get(client, path)
        done = await post(client, path, **lines, time_shown="yes", seen="0")
        _, shown = await get(client, place(meeting))
        none = await post(client, path, rule_1=" ", hearing="yes", seen="1")
        long = await post(client, path, rule_1="One.", rule_3="r" * 161, rule_4="bad\x00sign", seen="1")
        errors = (await none.text(), await long.text())

    plan = await plan_of(story, meeting)
    assert usual.count(" checked") == 1
    assert done.status == 303
    assert plan == Plan(
        rules=("One person speaks at a time.", "Jo may speak for Tessa."), time_shown=True, hearing=False
    )
    assert "Everybody sees when a turn is planned to end." in shown
    assert "The room does not listen for two sides speaking at once." in shown
    assert (none.status, long.status) == (422, 422)
    assert 'id="rule_1-error"' in errors[0]
    assert all(f'id="rule_{number}-error"' in errors[1] for number in (3, 4))
    assert ">\nOne.</textarea>" in errors[1]


async def test_the_second_of_two_windows_is_told_and_loses_nothing(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    path = place(meeting)
    tessa = (await places(story, meeting))[story.family.id]

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        await post(client, f"{path}/stages?stage=new", **TEA, after="4", seen="0")
        stale = [
            await post(client, f"{path}/stages?stage=3", **DRAWING, seen="0"),
            await post(client, f"{path}/stages/arrange", stage="5", do="out", seen="0"),
            await post(client, f"{path}/stages/usual", seen="0"),
            await post(client, f"{path}/rules", rule_1="Typed in the second window", seen="0"),
            await post(client, path, **{f"time_{tessa}": "200", f"silence_{tessa}": "no_limit"}, seen="0"),
        ]
        texts = [await answer.text() for answer in stale]
        again = await post(client, f"{path}/rules", rule_1="Typed in the second window", seen="1")

    assert [answer.status for answer in stale] == [409] * 5
    assert all("The plan was changed in another window." in text for text in texts)
    assert all('name="seen" value="1"' in text for text in texts)
    assert 'value="Rowan’s drawing, shown by Tessa"' in texts[0]
    assert ">\nTyped in the second window</textarea>" in texts[3]
    assert '<option value="200" selected>' in texts[4]
    assert again.status == 303
    plan = await plan_of(story, meeting)
    assert (len(plan.stages), plan.rules, plan.settings) == (9, ("Typed in the second window",), {})


async def test_once_begun_the_stages_are_changed_from_the_desk_and_people_can_still_be_set(
    database: Database, moment: datetime
) -> None:
    story, meeting = await booked(database, moment)
    path = place(meeting)
    tessa = (await places(story, meeting))[story.family.id]
    await begun(story, meeting)

    async with browser(database, PAGES, story.mediator, now=meeting.starts) as client:
        _, text = await get(client, path)
        led = [
            await client.get(f"{path}/{page}", allow_redirects=False) for page in ("stages", "rules", "stages/usual")
        ]
        late = await post(client, f"{path}/stages?stage=3", **DRAWING, seen="0")
        done = await post(client, path, **{f"time_{tessa}": "200", f"silence_{tessa}": "short"}, seen="0")

    assert "The sitting has begun" in text
    assert "Change the stages" not in text
    assert [(answer.status, answer.headers["Location"]) for answer in led] == [(303, path)] * 3
    assert late.status in (303, 409)
    assert done.status == 303
    assert await plan_of(story, meeting) == Plan(settings={SeatKey(tessa): Setting(stretch=200)})


@pytest.mark.parametrize(("state", "status"), [(MeetingState.CONCLUDED, 303), (MeetingState.CANCELLED, 404)])
async def test_a_meeting_that_is_over_is_not_prepared(
    database: Database, moment: datetime, state: MeetingState, status: int
) -> None:
    story, meeting = await booked(database, moment)
    async with database.write() as db:
        await register.change_state(db, meeting, state)

    async with browser(database, PAGES, story.mediator, now=moment) as client:
        answers = [
            await client.get(f"{place(meeting)}{page}", allow_redirects=False)
            for page in ("", "/stages", "/stages/usual", "/rules")
        ]

    assert [answer.status for answer in answers] == [status] * 4


async def test_another_mediator_finds_nothing(database: Database, moment: datetime) -> None:
    story, meeting = await booked(database, moment)
    other = replace(story.mediator, account_id=story.adviser.account_id)

    async with browser(database, PAGES, other, now=moment) as client:
        assert [(await get(client, f"{place(meeting)}{page}"))[0] for page in ("", "/stages", "/rules")] in (
            [404] * 3,
            [403] * 3,
        )
