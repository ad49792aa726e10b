"""Each person is written to alone, by their own door."""

from datetime import datetime

from cases import file
from cases.case import Side, Standing
from cases.dossier import NewSeat
from database.engine import Database
from notifications import messages, outbox
from people import links
from people.roles import Party
from records import telling
from tests.records.stage import OFFICE, set_up


async def test_the_principals_of_a_side_are_written_to_once_each_with_their_own_link(
    database: Database, moment: datetime
) -> None:
    stage = await set_up(database, moment)
    second = NewSeat(
        side=Side.FAMILY, standing=Standing.PRINCIPAL, party=Party.PARENT, name="Ben Adair", title="Parent"
    )
    opened: list[str] = []

    def letter(link: str) -> messages.Letter:
        opened.append(link)
        return messages.draft_ready(draft_id="draft", number=stage.case.number, link=link, version=1)

    async with database.write() as db:
        await file.add_seat(db, stage.case, second, now=moment)  # has no address: somebody rings
        seats = await telling.principals_of(db, stage.case.id, {Side.FAMILY, Side.COUNCIL})
        told = [await telling.tell(db, OFFICE, stage.case, seats=seats, letter=letter, now=moment) for _ in range(2)]
        mine = await links.of_seat(db, stage.family.id)
        mails = await outbox.for_case(db, stage.case.id)

    assert sorted(seat.name for seat in seats) == ["Ben Adair", "Colin Beale", "Tessa Adair"]
    assert (told, sorted(mail.seat_id or "" for mail in mails)) == ([2, 2], sorted([stage.family.id, stage.council.id]))
    assert mine is not None
    assert opened[0] == f"https://evenhand.example/j/{mine.locator}"
    assert len(set(opened)) == 2


async def test_a_seat_without_a_link_gets_one(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    async with database.write() as db:
        seat = await file.add_seat(
            db,
            stage.case,
            NewSeat(
                side=Side.HEALTH,
                standing=Standing.PRINCIPAL,
                party=Party.HEALTH,
                name="Sami Rahimi",
                title="Designated Clinical Officer",
                email="sami@board.example",
            ),
            now=moment,
        )

        def letter(link: str) -> messages.Letter:
            return messages.draft_ready(draft_id="draft", number=stage.case.number, link=link, version=1)

        await telling.tell(db, OFFICE, stage.case, seats=[seat], letter=letter, now=moment)
        assert await links.of_seat(db, seat.id) is not None
