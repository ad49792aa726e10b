"""What is open, and who has it in hand."""

from datetime import datetime

from cases import board, file
from cases.dossier import Duty
from cases.states import Event
from database.engine import Database
from tests.cases.house import enquire, walk_to


async def test_the_desk_shows_every_open_matter_with_its_people(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        await walk.ready(db)
        new = await enquire(db, walk.house, now=moment, email="b@example.org", child_first_name="Maya")
        closed = await enquire(db, walk.house, now=moment, email="c@example.org")
        await file.move_matter(db, closed.matter, Event.CLOSED, person=walk.house.coordinator, now=moment)
        rows = {row.case.label: row for row in await board.on_desk(db)}
        free = await board.without_adviser(db)
        mine = await board.of_account(db, str(walk.house.adviser.account_id), Duty.ADVISER)

    assert sorted(rows) == ["Maya A.", "Rowan A."]
    ready, waiting = rows["Rowan A."], rows["Maya A."]
    assert (ready.adviser and ready.adviser.name, ready.mediator and ready.mediator.name) == (
        "Joy Okoro",
        "Idris Vaughan",
    )
    assert (waiting.adviser, waiting.mediator) == (None, None)
    assert [row.matter.id for row in free] == [new.matter.id]
    assert [row.matter.id for row in mine] == [walk.matter.id]
