"""Papers: made once, whoever dies meanwhile; read by those they are for, and every view is noted."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from cases.case import Choice
from database import failpoints
from database.engine import Database
from database.failpoints import FailpointReached
from meetings.meeting import ProofLevel
from notifications import outbox
from people import audit
from people.access import NotAllowed, NotFound, Person
from people.proofs import CodeFirst
from records import certifying, papers, pdf, prints
from records.certificate import Kind
from records.papers import CouldNotBeMade, NotMadeYet, PaperChanged
from records.pdf import NotPrintable, PrinterFailed, Template, open_printer
from records.prints import PaperKind, PaperState
from records.schema import paper
from tests.records.stage import OFFICE, Stage, advise, choose, holder, set_up
from tests.records.test_closing import confirmed, seal


@dataclass
class Press:
    """A printer of the test: the same words give the same bytes; it can be told to fail."""

    faults: list[Exception] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)

    async def render(self, template: Template, data: Mapping[str, Any]) -> bytes:
        self.jobs.append(template)
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        return f"%PDF-1.7 {template} {data['title']}".encode()


@pytest.fixture
def armed() -> Iterator[None]:
    yield
    failpoints.arm("")


async def certified(database: Database, moment: datetime) -> tuple[Stage, str]:
    """A declined certificate was issued; its paper waits."""
    stage = await set_up(database, moment)
    await advise(stage)
    await choose(stage, Choice.DECLINED)
    async with database.write() as db:
        issued = await certifying.issue(
            db, OFFICE, stage.matter.id, kind=Kind.DECLINED, person=stage.adviser, now=moment
        )
        (waiting,) = await prints.of_source(db, issued.id)
    return stage, waiting.id


async def make(stage: Stage, press: Press, *, worker: str = "w") -> int:
    return await papers.make_due(stage.database, OFFICE, press, worker=worker, now=stage.moment)


async def read(stage: Stage, paper_id: str, person: Person) -> papers.Pdf:
    async with stage.database.write() as db:
        return await papers.read(db, paper_id, person=person, now=stage.moment)


async def state(stage: Stage, paper_id: str) -> prints.Paper:
    async with stage.database.read() as db:
        return await prints.load(db, paper_id)


async def leases_end(stage: Stage) -> None:
    async with stage.database.write() as db:
        await db.execute(update(paper).values(lease_until=stage.moment - timedelta(days=3650)))


async def test_a_paper_is_made_once_with_its_hash(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    press = Press()

    tried = [await make(stage, press), await make(stage, press)]

    made = await state(stage, paper_id)
    got = await read(stage, paper_id, holder(stage.family))
    content = f"%PDF-1.7 certificate Mediation certificate {stage.case.number}-D".encode()
    assert (tried, made.state, made.size, made.made_at) == ([1, 0], PaperState.MADE, len(content), moment)
    assert got == papers.Pdf(name=f"certificate-{stage.case.number}-D.pdf", content=content, sha256=pdf.sha256(content))


async def test_several_workers_make_each_paper_once(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    await seal(stage, meeting)
    press = Press()

    await asyncio.gather(*(make(stage, press, worker=f"w{number}") for number in range(4)))

    async with database.read() as db:
        mails = [mail.seat_id for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "paper_ready"]
    assert sorted(press.jobs) == ["record", "record_large"]
    assert sorted(filter(None, mails)) == sorted([stage.family.id, stage.council.id, stage.school.id])


async def test_the_mail_of_a_certificate_is_its_letter_alone(database: Database, moment: datetime) -> None:
    stage, _ = await certified(database, moment)
    await make(stage, Press())

    async with database.read() as db:
        assert [mail.kind for mail in await outbox.for_case(db, stage.case.id)] == ["certificate_letter"]


@pytest.mark.usefixtures("armed")
@pytest.mark.parametrize("place", ["papers.taken", "papers.rendered", "papers.stored"])
async def test_a_fault_anywhere_leaves_nothing_and_the_paper_is_made_again(
    database: Database, moment: datetime, place: str
) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    sealed = await seal(stage, meeting)
    failpoints.arm(f"{place}=raise")
    with pytest.raises(FailpointReached):
        await make(stage, Press())
    failpoints.arm("")
    async with database.read() as db:
        before = [(each.state, each.attempt, each.sha256) for each in await prints.of_source(db, sealed.id)]
        mails = [mail for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "paper_ready"]
    await leases_end(stage)

    await make(stage, Press())

    async with database.read() as db:
        after = [each.state for each in await prints.of_source(db, sealed.id)]
    assert (before, mails) == ([(PaperState.WAITING, 0, None)] * 2, [])
    assert after == [PaperState.MADE] * 2


async def test_a_slow_worker_never_writes_over_the_paper(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    async with database.write() as db:
        taken = await prints.take(db, lease=timedelta(seconds=-1))
    assert taken is not None
    await make(stage, Press())

    async with database.write() as db:
        late = await prints.store(db, taken.paper, b"other", sha256=pdf.sha256(b"other"), now=moment)

    assert late is False
    assert (await read(stage, paper_id, holder(stage.family))).content.startswith(b"%PDF")


async def test_a_printer_that_fails_is_tried_three_times_then_a_person_hears(
    database: Database, moment: datetime
) -> None:
    stage, paper_id = await certified(database, moment)
    press = Press(faults=[PrinterFailed() for _ in range(3)])
    for attempt in (1, 2):
        await make(stage, press)
        waits = await state(stage, paper_id)
        assert (waits.state, waits.attempt, await make(stage, press)) == (PaperState.WAITING, attempt, 0)
        await leases_end(stage)

    await make(stage, press)

    lost = await state(stage, paper_id)
    async with database.read() as db:
        failed = [each.id for each in await prints.failed(db)]
        mails = [mail for mail in await outbox.for_case(db, stage.case.id) if mail.kind == "delivery_failed"]
    assert (lost.state, lost.attempt, failed) == (PaperState.FAILED, 3, [paper_id])
    assert [mail.account_id for mail in mails] == [stage.coordinator.account_id]
    with pytest.raises(CouldNotBeMade):
        await read(stage, paper_id, holder(stage.family))


async def test_what_no_font_has_is_given_up_at_once_and_can_be_asked_for_again(
    database: Database, moment: datetime
) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press(faults=[NotPrintable()]))
    assert (await state(stage, paper_id)).state is PaperState.FAILED

    async with database.write() as db:
        await papers.make_again(db, paper_id, person=stage.coordinator, now=moment)
    await make(stage, Press())

    assert (await state(stage, paper_id)).state is PaperState.MADE


async def test_one_paper_that_cannot_be_made_holds_up_no_other(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    sealed = await seal(stage, meeting)

    await make(stage, Press(faults=[NotPrintable()]))

    async with database.read() as db:
        states = sorted(each.state for each in await prints.of_source(db, sealed.id))
    assert states == [PaperState.FAILED, PaperState.MADE]


async def test_while_it_is_being_made_the_reader_is_told_so(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)

    with pytest.raises(NotMadeYet):
        await read(stage, paper_id, holder(stage.family))


async def test_a_certificate_is_for_the_family_and_the_staff_who_may(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press())

    for person in (holder(stage.family), stage.coordinator, stage.adviser):
        assert (await read(stage, paper_id, person)).content.startswith(b"%PDF")
    for person in (holder(stage.council), holder(stage.school), holder(stage.supporter), stage.mediator):
        with pytest.raises((NotFound, NotAllowed)):
            await read(stage, paper_id, person)


async def test_a_record_is_for_its_parties_and_the_staff_of_the_case(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    sealed = await seal(stage, meeting)
    await make(stage, Press())
    async with database.read() as db:
        record = next(each for each in await prints.of_source(db, sealed.id) if each.kind is PaperKind.RECORD)

    for person in (holder(stage.family), holder(stage.council), holder(stage.school), stage.mediator, stage.adviser):
        assert (await read(stage, record.id, person)).name == f"record-{stage.case.number}.pdf"
    with pytest.raises((NotFound, NotAllowed)):
        await read(stage, record.id, holder(stage.supporter))


async def test_papers_of_another_case_are_not_there(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press())
    stranger = Person(**{**vars(holder(stage.family)), "case_id": "another", "seat_id": "another"})

    with pytest.raises(NotFound):
        await read(stage, paper_id, stranger)
    with pytest.raises(NotFound):
        await read(stage, "a" * 26, holder(stage.family))


async def test_a_face_known_at_the_door_opens_no_paper(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press())

    with pytest.raises(CodeFirst):
        await read(stage, paper_id, holder(stage.family, proof=ProofLevel.VOUCHED))
    with pytest.raises(NotFound):
        await read(stage, paper_id, holder(stage.family, proof=ProofLevel.NOT_CONFIRMED))


async def test_every_view_is_noted_without_a_word_of_it(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press())
    await read(stage, paper_id, holder(stage.family))

    async with database.read() as db:
        last = (await audit.lines_of(db, stage.case.id))[-1]
    assert (last["actor"], last["action"], last["resource"]) == (
        f"seat:{stage.family.id}",
        "certificate.read",
        f"paper:{paper_id}",
    )


async def test_a_pdf_that_is_not_the_stored_one_is_never_handed_out(database: Database, moment: datetime) -> None:
    stage, paper_id = await certified(database, moment)
    await make(stage, Press())
    async with database.write() as db:
        await db.execute(update(paper).values(sha256="0" * 64))

    with pytest.raises(PaperChanged):
        await read(stage, paper_id, holder(stage.family))


async def test_each_person_is_listed_their_own_papers(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    await seal(stage, meeting)
    async with database.write() as db:
        await certifying.issue(db, OFFICE, stage.matter.id, kind=Kind.PARTICIPATED, person=stage.adviser, now=moment)

    async with database.read() as db:
        listed = {
            person.party or "staff": sorted(
                each.kind for each in await papers.readable(db, stage.case.id, person=person)
            )
            for person in (holder(stage.family), holder(stage.council), holder(stage.supporter), stage.coordinator)
        }
    assert listed == {
        "PA": ["certificate", "record", "record_large"],
        "LA": ["record", "record_large"],
        "SU": [],
        "staff": ["certificate", "record", "record_large"],
    }


async def test_the_real_printer_makes_all_three(database: Database, moment: datetime) -> None:
    stage, meeting, _ = await confirmed(database, moment)
    await seal(stage, meeting)
    async with database.write() as db:
        await certifying.issue(db, OFFICE, stage.matter.id, kind=Kind.PARTICIPATED, person=stage.adviser, now=moment)

    async with open_printer() as printer:
        tried = await papers.make_due(database, OFFICE, printer, worker=str(os.getpid()), now=moment)

    async with database.write() as db:
        made = await prints.of_case(db, stage.case.id)
        contents = [(await papers.read(db, each.id, person=stage.coordinator, now=moment)).content for each in made]
    assert (tried, [each.state for each in made]) == (3, [PaperState.MADE] * 3)
    assert all(content.startswith(b"%PDF-") for content in contents)
