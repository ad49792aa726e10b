"""A party reads a version and gives one mark for its side, bound to the words on the screen."""

from datetime import datetime

from database.engine import Database
from pages.authority import confirm as council
from pages.authority import papers as council_papers
from pages.family import confirm, papers
from records import drafts
from records.agreement import Draft, Mark
from records.drafts import Sheet
from tests.pages.small_service import browser, get, post, views
from tests.records.samples import LINES
from tests.records.stage import Stage, holder
from tests.records.test_closing import conclude, seal
from tests.records.test_confirming import say, sent
from tests.records.test_drafting import save, send

PAGES = (*papers.PAGES, *confirm.PAGES, *council_papers.PAGES, *council.PAGES)


async def marks(stage: Stage, sheet: Sheet) -> list[tuple[str, Mark, str | None]]:
    async with stage.database.read() as db:
        return [(mark.seat, mark.mark, mark.words) for mark in await drafts.marks(db, sheet)]


async def test_a_parent_reads_every_line_and_says_yes(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/my/draft/{sheet.id}"

    async with browser(database, PAGES, holder(stage.family), now=meeting.starts) as client:
        status, text = await get(client, path)
        shown = text.split('name="shown" value="')[1].split('"')[0]
        done = await post(client, path, mark="yes", shown=shown)
        _, after = await get(client, path)
        _, list_ = await get(client, "/my/papers")

    assert (status, shown, done.status) == (200, sheet.hash, 303)
    for words in (
        "1. Issue the amended plan.",
        "the usual limit, 5 weeks from the day of agreement",
        "Friday 18 December 2026",
        "a date that all agree on",
        "a promise; the law sets no limit",
        "The school named in Section I.",
        "The school and the care board’s therapy lead: actions 1, 3 and 4",
        "Monday 14 December 2026",
        "What do you say for your side?",
    ):
        assert words in text, words
    assert "We have your answer: yes." in after
    assert "Waiting for your answer" not in list_
    assert path in list_  # an answer can be changed, so the way back to it stays
    assert await marks(stage, sheet) == [(stage.family.id, Mark.YES, None)]
    assert "draft.read" in await views(database)


async def test_the_council_answers_on_its_own_page(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/authority/draft/{sheet.id}"

    async with browser(database, PAGES, holder(stage.council), now=meeting.starts) as client:
        _, waiting = await get(client, "/authority/papers")
        wordless = await post(client, path, mark="reword", words=" ", shown=sheet.hash)
        text = await wordless.text()
        done = await post(client, path, mark="reword", words="“commission”, not “carry out”", shown=sheet.hash)
        other = await get(client, f"/my/draft/{sheet.id}")

    assert f"/authority/draft/{sheet.id}" in waiting
    assert (wordless.status, done.status, other[0]) == (422, 303, 404)
    assert 'id="words-error"' in text
    assert await marks(stage, sheet) == [(stage.council.id, Mark.REWORD, "“commission”, not “carry out”")]


async def test_words_that_changed_meanwhile_are_never_confirmed(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/my/draft/{sheet.id}"

    async with browser(database, PAGES, holder(stage.family), now=meeting.starts) as client:
        _, text = await get(client, path)
        shown = text.split('name="shown" value="')[1].split('"')[0]
        await save(stage, meeting, Draft(version=0, lines=LINES[:2]))
        refused = await post(client, path, mark="yes", shown=shown)
        said = await refused.text()
        second = await send(stage, meeting)
        _, old = await get(client, path)

    assert refused.status == 409
    assert "The record was changed after it was read." in said
    assert "There is a newer version" in old
    assert f"/my/draft/{second.id}" in old
    assert (await marks(stage, sheet), await marks(stage, second)) == ([], [])


async def test_a_wrong_or_missing_answer_is_said_at_its_field(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    path = f"/my/draft/{sheet.id}"

    async with browser(database, PAGES, holder(stage.family), now=meeting.starts) as client:
        none = await post(client, path, shown=sheet.hash, words="Line 2, please")
        odd = await post(client, path, mark="perhaps", shown=sheet.hash)
        text = await none.text()

    assert (none.status, odd.status) == (422, 422)
    assert 'id="mark-error"' in text
    assert "Line 2, please" in text


async def test_the_same_press_twice_is_one_answer(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)

    async with browser(database, PAGES, holder(stage.family), now=meeting.starts) as client:
        answers = [
            await post(client, f"/my/draft/{sheet.id}", mark="yes", shown=sheet.hash, form_key="k") for _ in range(3)
        ]

    assert [answer.status for answer in answers] == [303, 303, 303]
    assert len(await marks(stage, sheet)) == 1


async def test_after_sealing_the_version_can_be_read_and_not_answered(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)
    for seat in (stage.family, stage.council, stage.school):
        await say(stage, sheet, seat)
    await conclude(stage, meeting)
    await seal(stage, meeting)

    async with browser(database, PAGES, holder(stage.family), now=moment) as client:
        status, text = await get(client, f"/my/draft/{sheet.id}")
        answer = await post(client, f"/my/draft/{sheet.id}", mark="not_agreed", shown=sheet.hash)

    assert (status, answer.status) == (200, 409)
    assert "The record is sealed." in text
    assert "Send my answer" not in text


async def test_nobody_else_reads_it(database: Database, moment: datetime) -> None:
    stage, meeting, sheet = await sent(database, moment)

    async with browser(database, PAGES, holder(stage.supporter), now=meeting.starts) as client:
        assert (await get(client, f"/my/draft/{sheet.id}"))[0] == 404
    async with browser(database, PAGES, None, now=meeting.starts) as client:
        assert (await get(client, f"/my/draft/{sheet.id}"))[0] == 403
        assert (await post(client, f"/my/draft/{sheet.id}", mark="yes", shown=sheet.hash)).status == 403
