"""A family's papers: listed, opened inline under a neutral name, noted, and shown to nobody else."""

from datetime import datetime

from database.engine import Database
from meetings.meeting import ProofLevel
from pages.authority import confirm as council_confirm
from pages.authority import papers as council_papers
from pages.family import confirm, papers
from records import certifying, prints
from records.certificate import Kind
from records.papers import make_due
from records.prints import PaperKind
from tests.pages.small_service import browser, get, views
from tests.records.stage import OFFICE, Stage, holder
from tests.records.test_closing import confirmed, seal
from tests.records.test_papers import Press

PAGES = (*papers.PAGES, *confirm.PAGES, *council_papers.PAGES, *council_confirm.PAGES)


async def with_papers(database: Database, moment: datetime, *, made: bool = True) -> tuple[Stage, dict[PaperKind, str]]:
    stage, meeting, _ = await confirmed(database, moment)
    await seal(stage, meeting)
    async with database.write() as db:
        await certifying.issue(db, OFFICE, stage.matter.id, kind=Kind.PARTICIPATED, person=stage.adviser, now=moment)
    if made:
        await make_due(database, OFFICE, Press(), worker="w", now=moment)
    async with database.read() as db:
        return stage, {paper.kind: paper.id for paper in await prints.of_case(db, stage.case.id)}


async def test_the_family_finds_its_certificate_and_the_record_in_both_sizes(
    database: Database, moment: datetime
) -> None:
    stage, ids = await with_papers(database, moment)

    async with browser(database, PAGES, holder(stage.family), now=moment) as client:
        status, text = await get(client, "/my/papers")
        answer = await client.get(f"/my/papers/{ids[PaperKind.CERTIFICATE]}")
        body = await answer.read()

    assert status == 200
    assert all(f"/my/papers/{paper}" in text for paper in ids.values())
    assert "Only you" in text
    assert (answer.status, answer.content_type, body[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == f'inline; filename="certificate-{stage.case.number}-P.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await views(database))[-1] == "certificate.read"


async def test_the_council_has_the_record_and_never_the_certificate(database: Database, moment: datetime) -> None:
    stage, ids = await with_papers(database, moment)

    async with browser(database, PAGES, holder(stage.council), now=moment) as client:
        _, text = await get(client, "/authority/papers")
        record = await get(client, f"/authority/papers/{ids[PaperKind.RECORD]}")
        certificate = await get(client, f"/authority/papers/{ids[PaperKind.CERTIFICATE]}")
        elsewhere = await get(client, f"/my/papers/{ids[PaperKind.RECORD]}")

    assert ids[PaperKind.CERTIFICATE] not in text
    assert "certificate" not in text.lower()
    assert (record[0], certificate[0], elsewhere[0]) == (200, 404, 404)


async def test_a_school_that_took_part_has_the_record(database: Database, moment: datetime) -> None:
    stage, ids = await with_papers(database, moment)

    async with browser(database, PAGES, holder(stage.school), now=moment) as client:
        status, text = await get(client, "/my/papers")
        record = await get(client, f"/my/papers/{ids[PaperKind.RECORD]}")
        certificate = await get(client, f"/my/papers/{ids[PaperKind.CERTIFICATE]}")

    assert (status, record[0], certificate[0]) == (200, 200, 404)
    assert "Your certificate" not in text


async def test_while_a_paper_is_made_the_page_says_so(database: Database, moment: datetime) -> None:
    stage, ids = await with_papers(database, moment, made=False)

    async with browser(database, PAGES, holder(stage.family), now=moment) as client:
        _, text = await get(client, "/my/papers")
        status, early = await get(client, f"/my/papers/{ids[PaperKind.CERTIFICATE]}")

    assert "Being made now:" in text
    assert (status, "This paper is being made." in early) == (409, True)


async def test_a_link_alone_or_a_face_at_the_door_opens_nothing(database: Database, moment: datetime) -> None:
    stage, ids = await with_papers(database, moment)
    path = f"/my/papers/{ids[PaperKind.CERTIFICATE]}"

    async with browser(database, PAGES, None, now=moment) as client:
        assert (await get(client, path))[0] == 403
    async with browser(database, PAGES, holder(stage.family, proof=ProofLevel.VOUCHED), now=moment) as client:
        for address in (path, "/my/papers"):
            status, text = await get(client, address)
            assert (status, "opens with a code" in text, "Ask for a code" in text) == (403, True, True)
            assert "No papers yet" not in text
    async with browser(database, PAGES, holder(stage.family, proof=ProofLevel.NOT_CONFIRMED), now=moment) as client:
        assert (await get(client, path))[0] == 403
        assert (await get(client, f"/my/papers/{'b' * 26}"))[0] == 403
    async with browser(database, PAGES, holder(stage.supporter), now=moment) as client:
        assert (await get(client, path))[0] == 404
    async with browser(database, PAGES, holder(stage.family), now=moment) as client:
        assert (await get(client, f"/my/papers/{'b' * 26}"))[0] == 404
