"""Who takes part: a seat is given, corrected and taken back, with everything that hangs on it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cases import entrance, file, seating
from cases.case import Side, Standing
from cases.dossier import NewSeat
from cases.seating import LastOfTheirSide
from database.engine import Database
from database.ids import fingerprint
from people import audit, links, sessions
from people.access import NotFound
from people.roles import Party
from tests.cases.house import Walk, walk_to

JO = NewSeat(
    side=Side.FAMILY,
    standing=Standing.SUPPORTER,
    party=Party.SUPPORTER,
    name="Jo Ash",
    title="Friend of the family",
    email="jo@example.org",
)


@pytest.fixture
async def walk(database: Database, moment: datetime) -> Walk:
    return await walk_to(database, now=moment)


async def session(database: Database, walk: Walk, seat_id: str) -> str:
    async with database.write() as db:
        secret = await sessions.open_seat(
            db, seat_id=seat_id, case_id=walk.case.id, attendance_id=None, proof="mail", now=walk.now
        )
    return fingerprint(secret)


async def test_a_seat_is_given_with_its_link(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        made = await seating.add(db, walk.case.id, JO, person=walk.house.coordinator, now=walk.now)
        seats = [seat.label for seat in await file.seats_of(db, walk.case.id)]
        link = await links.of_seat(db, made.id)
        lines = [line["action"] for line in await audit.lines_of(db, walk.case.id)]
    assert sorted(seats) == ["Jo A.", "SEND mediation team", "Tessa A."]
    assert link is not None
    assert lines[-1] == "seat.add"


async def test_a_new_address_ends_the_sessions_of_the_old_one(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        made = await seating.add(db, walk.case.id, JO, person=walk.house.coordinator, now=walk.now)
    open_ = await session(database, walk, made.id)
    async with database.write() as db:
        named = replace(JO, name="Jo Ashe")
        await seating.edit(db, made.id, named, person=walk.house.coordinator, now=walk.now)
        assert await entrance.holder(db, open_, request_id="", now=walk.now) is not None
        moved = replace(named, email="new@example.org")
        assert (await seating.edit(db, made.id, moved, person=walk.house.coordinator, now=walk.now)).label == "Jo A."
        assert await entrance.holder(db, open_, request_id="", now=walk.now) is None


async def test_a_revoked_seat_loses_everything_at_once(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        made = await seating.add(db, walk.case.id, JO, person=walk.house.coordinator, now=walk.now)
    open_ = await session(database, walk, made.id)
    async with database.write() as db:
        await seating.revoke(db, made.id, person=walk.house.coordinator, now=walk.now)
        link = await links.of_seat(db, made.id)
        assert link is None or link.revoked_at == walk.now
        assert await entrance.holder(db, open_, request_id="", now=walk.now) is None
        for act in (
            seating.revoke(db, made.id, person=walk.house.coordinator, now=walk.now),
            seating.edit(db, made.id, JO, person=walk.house.coordinator, now=walk.now),
        ):
            with pytest.raises(NotFound):
                await act


async def test_nobody_is_left_without_somebody_who_stands_for_their_side(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        seats = await file.seats_of(db, walk.case.id)
        coordinator: dict[str, Any] = {"person": walk.house.coordinator, "now": walk.now}
        supporter = await seating.add(db, walk.case.id, JO, **coordinator)
        for seat in seats:
            moved = replace(JO, side=Side.NOBODY, standing=Standing.LANGUAGE_WORKER, party=Party.INTERPRETER)
            for act in (seating.revoke(db, seat.id, **coordinator), seating.edit(db, seat.id, moved, **coordinator)):
                with pytest.raises(LastOfTheirSide):
                    await act
        second = replace(JO, standing=Standing.PRINCIPAL, party=Party.PARENT, name="Ash Arden")
        added = await seating.add(db, walk.case.id, second, **coordinator)
        first = next(seat for seat in seats if seat.side is Side.FAMILY)
        await seating.revoke(db, first.id, **coordinator)
        await seating.revoke(db, supporter.id, **coordinator)
        left = {seat.id for seat in await file.seats_of(db, walk.case.id) if seat.side is Side.FAMILY}
    assert left == {added.id}


async def test_who_has_not_the_case_seats_nobody(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        for person in (walk.house.adviser, walk.house.mediator):
            with pytest.raises(NotFound):
                await seating.add(db, walk.case.id, JO, person=person, now=walk.now)
