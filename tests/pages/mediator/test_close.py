"""Confirm and close: marks as they are, a yes by phone, the end, the seal."""

from datetime import datetime

import pytest

from cases.states import MatterState
from database.engine import Database
from meetings.meeting import MeetingState
from pages.mediator import close, draft, rest
from records import archive, drafts, papers
from records.agreement import Mark
from records.drafts import Sheet
from tests.pages.small_service import browser, get, post
from tests.records.stage import HOUR, OFFICE, Stage, in_session
from tests.records.test_closing import conclude, confirmed
from tests.records.test_confirming import say, sent
from tests.records.test_papers import Press

PAGES = (*draft.PAGES, *rest.PAGES, *close.PAGES)


def phone(stage: Stage, sheet: Sheet, **more: str) -> dict[str, str]:
    return {
        "seat": stage.family.id,
        "where": "phone",
        "mark": "yes",
        "aloud": "yes",
        "draft": sheet.id,
        "shown": sheet.hash,
        **more,
    }


async def marks(stage: Stage, sheet: Sheet) -> list[tuple[str, Mark, str | None]]:
    async with stage.database.read() as db:
        return [(mark.seat, mark.mark, mark.witness) for mark in await drafts.marks(db, sheet)]


async def test_each_party_stands_with_what_it_has_said(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    await say(stage, sheet, stage.family)
    await say(stage, sheet, stage.council, Mark.REWORD, words="<b>commission</b>, not carry out")

    async with browser(database, PAGES, stage.mediator, now=meeting.starts + HOUR) as client:
        status, text = await get(client, f"/mediator/{meeting.id}/close")

    assert status == 200
    for words in (
        "Who has confirmed version 1",
        "Tessa A.",
        "Other words, please",
        "&lt;b&gt;commission&lt;/b&gt;, not carry out",
        "No answer yet",
        "No answer is not a yes.",
        "How did the mediation end?",
        "Not issued yet",
    ):
        assert words in text, words
    assert "Seal the record" not in text


async def test_a_yes_by_phone_has_the_mediator_as_witness(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/mediator/{meeting.id}/close"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts + HOUR) as client:
        silent = await post(client, f"{path}/phone", **phone(stage, sheet, aloud=""))
        stale = await post(client, f"{path}/phone", **phone(stage, sheet, shown="0" * 64))
        broken = await post(client, f"{path}/phone", **phone(stage, sheet, seat="\x00"))
        wordless = await post(client, f"{path}/phone", **phone(stage, sheet, mark="reword", words=""))
        done = await post(client, f"{path}/phone", **phone(stage, sheet))
        _, text = await get(client, path)

    assert [each.status for each in (silent, stale, broken, wordless, done)] == [422, 409, 422, 422, 303]
    assert await marks(stage, sheet) == [(stage.family.id, Mark.YES, stage.mediator.account_id)]
    assert "By phone to you, read aloud" in text


async def test_a_yes_in_the_room_is_said_to_the_mediator_too(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/mediator/{meeting.id}/close"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts + HOUR) as client:
        unsaid = await post(client, f"{path}/phone", **phone(stage, sheet, where=""))
        own = await post(client, f"{path}/phone", **phone(stage, sheet, where="online"))
        done = await post(client, f"{path}/phone", **phone(stage, sheet, where="room"))
        _, text = await get(client, path)

    assert [each.status for each in (unsaid, own, done)] == [422, 422, 303]
    assert await marks(stage, sheet) == [(stage.family.id, Mark.YES, stage.mediator.account_id)]
    assert "In the room to you, read aloud" in text


@pytest.mark.parametrize(
    ("outcome", "meeting_state", "matter_state"),
    [
        ("partial", MeetingState.CONCLUDED, MatterState.CONCLUDED),
        ("council_absent", MeetingState.CONCLUDED, MatterState.CONCLUDED),
        ("adjourned", MeetingState.ADJOURNED, MatterState.ADJOURNED),
    ],
)
async def test_the_meeting_ends_as_the_mediator_says(
    database: Database, moment: datetime, outcome: str, meeting_state: MeetingState, matter_state: MatterState
) -> None:
    stage, meeting = await in_session(database, moment)
    path = f"/mediator/{meeting.id}/close"

    async with browser(database, PAGES, stage.mediator, now=meeting.starts + HOUR) as client:
        unsaid = await post(client, path)
        done = await post(client, path, outcome=outcome, form_key="k")
        again = await post(client, path, outcome=outcome, form_key="k")
        status, text = await get(client, path)

    assert [each.status for each in (unsaid, done, again)] == [422, 303, 303]
    assert (status, (await stage.now_matter()).state) == (200, matter_state)
    assert ("Ended Tue 3 Nov" in text) is (meeting_state is MeetingState.CONCLUDED)


async def test_sealed_and_sent_when_all_have_said_yes(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    path, when = f"/mediator/{meeting.id}/close", meeting.starts + 30 * HOUR

    async with browser(database, PAGES, stage.mediator, now=when) as client:
        _, ready = await get(client, path)
        unticked = await post(client, f"{path}/seal", read="yes")
        done = await post(client, f"{path}/seal", read="yes", known="yes")
        again = await post(client, f"{path}/seal", read="yes", known="yes")
        await papers.make_due(database, OFFICE, Press(), worker="w", now=when)
        _, text = await get(client, path)
        paper = text.split('href="/mediator/papers/')[1].split('"')[0]
        answer = await client.get(f"/mediator/papers/{paper}")
        _, after = await get(client, f"/mediator/{meeting.id}/draft")

    async with database.read() as db:
        sealed = await archive.record_of(db, meeting.id)
    assert "date of agreement is Wednesday 4 November 2026" in ready
    assert "The school and the care board’s therapy lead: actions 1, 3 and 4" in ready
    assert [each.status for each in (unticked, done, again)] == [422, 303, 303]
    assert sealed is not None
    assert "The record is sealed" in text
    assert (answer.status, answer.headers["Content-Disposition"]) == (
        200,
        f'inline; filename="record-{stage.case.number}.pdf"',
    )
    assert "No word of it can change." in after
    assert "Save this action" not in after


async def test_without_every_yes_nothing_is_sealed(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await sent(database, moment)
    await conclude(stage, meeting)

    async with browser(database, PAGES, stage.mediator, now=meeting.starts + 3 * HOUR) as client:
        answer = await post(client, f"/mediator/{meeting.id}/close/seal", read="yes", known="yes")
        text = await answer.text()

    assert answer.status == 409
    assert "Not everyone has said yes to these exact words yet." in text
