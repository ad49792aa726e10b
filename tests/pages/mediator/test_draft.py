"""Writing the record without script: a line at a time, what is wrong said at its field, what was typed kept."""

from datetime import date, datetime
from typing import Any

from database.engine import Database
from meetings.register import Meeting
from notifications import outbox
from pages.mediator import close, draft, rest
from records import drafts
from records.agreement import Draft
from tests.pages.small_service import Client, browser, get, post
from tests.records.stage import Stage, holder, in_session
from tests.records.test_drafting import save

PAGES = (*draft.PAGES, *rest.PAGES, *close.PAGES)
PLAN = {
    "what": "Issue the amended plan.",
    "side": "council",
    "body": "",
    "role": "SEN manager",
    "kind": "amend_plan",
    "by": "usual",
    "evidence": "The amended plan has arrived",
    "depends": "",
}
SCHOOL = {
    **PLAN,
    "what": "Give Rowan a named adult.",
    "side": "school",
    "body": "Alderbrook Primary School",
    "role": "SENCO",
    "kind": "voluntary",
    "by": "other",
    "due-day": "4",
    "due-month": "12",
    "due-year": "2026",
}


async def newest(stage: Stage, meeting: Meeting) -> drafts.Sheet | None:
    async with stage.database.read() as db:
        return await drafts.newest(db, meeting.id)


async def words(stage: Stage, meeting: Meeting) -> Draft:
    sheet = await newest(stage, meeting)
    assert sheet is not None
    return sheet.words


async def seen(client: Client, path: str) -> str:
    """The hash of the version that the page shows."""
    _, text = await get(client, path)
    return text.split('name="seen" value="')[1].split('"')[0]


async def add(client: Client, path: str, **fields: Any) -> int:
    answer = await post(client, f"{path}?line=new", line="new", seen=await seen(client, path), **fields)
    return answer.status


async def test_actions_are_added_changed_moved_and_taken_out(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        status, empty = await get(client, path)
        added = [await add(client, path, **PLAN), await add(client, path, **SCHOOL)]
        _, listed = await get(client, path)
        mark = await seen(client, path)
        moved = await post(client, f"{path}/arrange", line="2", do="up", seen=mark)
        after_move = await words(stage, meeting)
        mark = await seen(client, path)
        changed = await post(client, f"{path}?line=2", line="2", seen=mark, **{**PLAN, "what": "Issue it."})
        mark = await seen(client, path)
        out = await post(client, f"{path}/arrange", line="1", do="out", seen=mark)

    final = await words(stage, meeting)
    assert (status, added, moved.status, changed.status, out.status) == (200, [303, 303], 303, 303, 303)
    assert "A new action" in empty
    assert "1. Issue the amended plan." in listed
    assert "Northmere Borough Council: SEN manager" in listed
    assert "Tuesday 8 December 2026, if all say yes today" in listed
    assert "the usual limit, 5 weeks from the day of agreement" in listed
    assert "Friday 4 December 2026" in listed
    assert [(line.number, line.owner_role) for line in after_move.lines] == [(1, "SENCO"), (2, "SEN manager")]
    assert [(line.number, line.text, line.due) for line in final.lines] == [(1, "Issue it.", None)]


async def test_the_usual_limit_is_offered_with_each_kind_and_an_own_date_is_kept(
    database: Database, moment: datetime
) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"
    own = {**PLAN, "by": "other", "due-day": "18", "due-month": "dec", "due-year": "2026"}

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        _, text = await get(client, f"{path}?line=new")
        status = await add(client, path, **own)
        _, opened = await get(client, f"{path}?line=1")

    assert "Change the words of the plan (5 weeks from the day of agreement)" in text
    assert (status, (await words(stage, meeting)).lines[0].due) == (303, date(2026, 12, 18))
    assert "Tuesday 8 December 2026: 5 weeks from the day of agreement" in opened
    assert 'name="due-day" type="text" inputmode="numeric" value="18"' in opened


async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    database: Database, moment: datetime
) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"
    cases: list[tuple[dict[str, str], str]] = [
        ({"what": " "}, "what"),
        ({"role": ""}, "role"),
        ({"side": "martians"}, "side"),
        ({"kind": ""}, "kind"),
        ({"evidence": ""}, "evidence"),
        ({"side": "school", "body": "Alderbrook"}, "kind"),
        ({"side": "health"}, "body"),
        ({"by": "other"}, "due"),
        ({"by": "other", "due-day": "1", "due-month": "1", "due-year": "2020"}, "due"),
        ({"by": "other", "due-day": "31", "due-month": "2", "due-year": "2027"}, "due"),
        ({"side": "school", "body": "Alderbrook", "kind": "voluntary"}, "due"),
        ({"what": "x" * 700}, "what"),
        ({"what": "bad\x00sign"}, "what"),
    ]

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        for fields, field in cases:
            answer = await post(client, f"{path}?line=new", line="new", seen="", **{**PLAN, **fields})
            text = await answer.text()
            assert answer.status == 422, fields
            assert f'id="{field}-error"' in text, (fields, field)
            assert "The amended plan has arrived" in text or "evidence" in fields

    assert await newest(stage, meeting) is None


async def test_two_tabs_never_write_over_each_other(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        await add(client, path, **PLAN)
        old = await seen(client, path)
        await add(client, path, **SCHOOL)
        answers = [
            await post(client, f"{path}?line=new", line="new", seen=old, **{**PLAN, "what": "From a stale tab"}),
            await post(client, f"{path}/arrange", line="1", do="out", seen=old),
            await post(client, f"{path}/send", seen=old),
        ]
        text = await answers[0].text()

    assert [answer.status for answer in answers] == [409, 409, 409]
    assert "The record was changed after it was read." in text
    assert "From a stale tab" in text
    assert len((await words(stage, meeting)).lines) == 2


async def test_what_stands_beside_the_actions_is_kept(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft/rest"
    fields = {
        "issues": "Speech therapy in Section F\r\nSensory needs\r\n\r\n",
        "not_agreed": "The school named in Section I.",
        "parked_topic_1": "Transport",
        "parked_to_1": "the annual review in March",
        "review": "The case officer telephones the parent",
        "review_on-day": "14",
        "review_on-month": "12",
        "review_on-year": "2026",
        "share_who_1": "The school",
        "share_lines_1": "1 and 2",
        "share_who_2": "The adviser",
    }

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        for line in (PLAN, SCHOOL):
            await add(client, f"/mediator/{meeting.id}/draft", **line)
        kept = await post(client, path, seen=await seen(client, path), **fields)
        _, text = await get(client, path)
        wrong = {
            "share_lines_1": await post(client, path, seen="", **{**fields, "share_lines_1": "7"}),
            "share_lines_2": await post(client, path, seen="", **{**fields, "share_lines_2": "all"}),
            "parked_to_1": await post(client, path, seen="", **{**fields, "parked_to_1": ""}),
            "review_on": await post(client, path, seen="", **{**fields, "review_on-year": "2020"}),
            "review": await post(client, path, seen="", **{**fields, "review": ""}),
        }
        errors = {
            field: (answer.status, f'id="{field}-error"' in await answer.text()) for field, answer in wrong.items()
        }

    draft_now = await words(stage, meeting)
    assert kept.status == 303
    assert (draft_now.issues, draft_now.not_agreed) == (
        ("Speech therapy in Section F", "Sensory needs"),
        ("The school named in Section I.",),
    )
    assert [(topic.topic, topic.goes_to) for topic in draft_now.parked] == [("Transport", "the annual review in March")]
    assert draft_now.review is not None
    assert draft_now.review.on == date(2026, 12, 14)
    assert [(share.who, share.lines) for share in draft_now.shared_with] == [
        ("The school", (1, 2)),
        ("The adviser", ()),
    ]
    assert 'value="1 and 2"' in text
    assert errors == dict.fromkeys(wrong, (422, True))


async def test_a_version_is_sent_to_everyone_once(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        nothing = await post(client, f"{path}/send", seen="")
        await add(client, path, **PLAN)
        mark = await seen(client, path)
        first = await post(client, f"{path}/send", seen=mark, form_key="k")
        again = await post(client, f"{path}/send", seen=mark, form_key="k")
        anew = await post(client, f"{path}/send", seen=mark)
        _, text = await get(client, path)

    async with database.read() as db:
        mails = [mail for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "draft_ready"]
    assert [answer.status for answer in (nothing, first, again, anew)] == [409, 303, 303, 409]
    assert len(mails) == 3
    assert "A change makes the next version, and every mark starts again." in text


async def test_what_no_paper_can_show_is_said_before_anybody_is_asked(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/draft"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts) as client:
        await add(client, path, **{**PLAN, "what": "Build a ☃ together."})
        answer = await post(client, f"{path}/send", seen=await seen(client, path))
        text = await answer.text()

    assert answer.status == 409
    assert "A paper cannot show this: ☃ (snowman)." in text


async def test_only_its_mediator_opens_the_desk(database: Database, moment: datetime) -> None:
    stage, meeting = await in_session(database, moment)
    await save(stage, meeting, Draft(version=0, lines=()))

    for who in (stage.coordinator, stage.adviser, holder(stage.family), holder(stage.council)):
        async with browser(database, PAGES, who, now=meeting.starts) as client:
            for path in ("draft", "draft/rest", "close"):
                assert (await get(client, f"/mediator/{meeting.id}/{path}"))[0] in {303, 404}, (who.name, path)
