"""The certificate's page: all that it will say, one button, and the same certificate however often it is pressed."""

from datetime import datetime

from cases.case import Choice, Decision
from database.engine import Database
from notifications import outbox
from pages.adviser import certificate
from records import archive, papers
from records.pdf import NotPrintable
from tests.pages.small_service import browser, get, post, views
from tests.records.stage import OFFICE, Stage, advise, choose, holder, set_up
from tests.records.test_papers import Press


async def declined(database: Database, moment: datetime) -> tuple[Stage, str]:
    stage = await set_up(database, moment, decision=Decision.REFUSE_ASSESS)
    await advise(stage)
    await choose(stage, Choice.DECLINED)
    return stage, f"/advice/{stage.matter.id}/certificate"


async def test_the_page_shows_all_that_it_will_say_and_changes_nothing(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    async with browser(database, certificate.PAGES, stage.adviser, now=moment) as client:
        status, text = await get(client, path)

    async with database.read() as db:
        issued = await archive.certificates_of(db, stage.matter.id)
    assert (status, list(issued)) == (200, [])
    for words in (
        f"{stage.case.number}-D",
        "Thursday 8 October 2026",
        "Rowan Adair, born 19 May 2016",
        "Tessa Adair",
        "Northmere Borough Council",
        "Tessa Adair has told the mediation adviser that they do not wish to pursue mediation.",
        "by Joy Okoro, mediation adviser",
        "Issue the certificate",
        "Monday 16 November 2026, 5 pm",
        "last day Tuesday 13 October",
    ):
        assert words in text, words
    assert "Why do you issue it?" not in text
    assert text.count("<h1") == 1


async def test_pressed_twice_it_is_one_certificate_with_one_letter(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    async with browser(database, certificate.PAGES, stage.adviser, now=moment) as client:
        first = await post(client, path, kind="declined", form_key="one")
        again = await post(client, path, kind="declined", form_key="one")
        anew = await post(client, path, kind="declined", form_key="two")
        _, text = await get(client, path)

    async with database.read() as db:
        issued = await archive.certificates_of(db, stage.matter.id)
        mails = await outbox.for_case(db, stage.case.id)
    assert [answer.status for answer in (first, again, anew)] == [303, 303, 303]
    assert (len(issued), len(mails)) == (1, 1)
    assert "The PDF is being made" in text
    assert "Issue the certificate" not in text


async def test_the_paper_opens_for_the_adviser_and_the_view_is_noted(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    async with browser(database, certificate.PAGES, stage.adviser, now=moment) as client:
        await post(client, path, kind="declined")
        await papers.make_due(database, OFFICE, Press(), worker="w", now=moment)
        _, text = await get(client, path)
        address = text.split('href="/advice/papers/')[1].split('"')[0]
        answer = await client.get(f"/advice/papers/{address}")
        body = await answer.read()

    assert (answer.status, answer.content_type, body[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == f'inline; filename="certificate-{stage.case.number}-D.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert (await views(database))[-1] == "certificate.read"


async def test_a_coordinator_says_why(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    async with browser(database, certificate.PAGES, stage.coordinator, now=moment) as client:
        _, shown = await get(client, path)
        refused = await post(client, path, kind="declined", reason=" ")
        words = await refused.text()
        done = await post(client, path, kind="declined", reason="The adviser is ill.")

    assert "Why do you issue it?" in shown
    assert (refused.status, done.status) == (422, 303)
    assert 'id="reason-error"' in words


async def test_while_nothing_is_due_the_page_says_why(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    path = f"/advice/{stage.matter.id}/certificate"

    async with browser(database, certificate.PAGES, stage.adviser, now=moment) as client:
        status, text = await get(client, path)
        refused = await post(client, path, kind="participated")
        nonsense = await post(client, path, kind="gold")
        words = await refused.text()

    assert (status, refused.status, nonsense.status) == (200, 409, 422)
    assert "No certificate is due yet." in text
    assert "The mediation has not ended." in words


async def test_nobody_else_finds_the_page(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    for who in (stage.mediator, holder(stage.family), holder(stage.council)):
        async with browser(database, certificate.PAGES, who, now=moment) as client:
            assert (await get(client, path))[0] in {303, 404}
            assert (await post(client, path, kind="declined")).status in {303, 404}
    async with browser(database, certificate.PAGES, stage.adviser, now=moment) as client:
        assert (await get(client, f"/advice/{'a' * 26}/certificate"))[0] == 404


async def test_a_pdf_that_could_not_be_made_is_asked_for_again(database: Database, moment: datetime) -> None:
    stage, path = await declined(database, moment)

    async with browser(database, certificate.PAGES, stage.coordinator, now=moment) as client:
        await post(client, path, kind="declined", reason="The adviser is ill.")
        await papers.make_due(database, OFFICE, Press(faults=[NotPrintable()]), worker="w", now=moment)
        _, failed = await get(client, path)
        paper = failed.split('name="paper" value="')[1].split('"')[0]
        odd = await post(client, f"{path}/again", paper="\x00")
        again = await post(client, f"{path}/again", paper=paper)
        await papers.make_due(database, OFFICE, Press(), worker="w", now=moment)
        _, made = await get(client, path)

    assert "The PDF could not be made" in failed
    assert (odd.status, again.status) == (422, 303)
    assert "Open the certificate (PDF)" in made
