"""The way in: a link that only points, a code that works once in one browser, and a place in a waiting room."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from cases import entrance, work
from cases.dossier import Seat
from cases.entrance import Opened, TooEarly
from database.engine import Database
from database.ids import fingerprint, new_id
from notifications.schema import message
from people import links, sessions
from people.access import NotFound, Relation
from people.schema import challenge, seat_session
from people.throttle import TooMany
from tests.cases.house import OFFICE, Walk, enquire, walk_to

HERE, THERE = "b" * 64, "c" * 64
CODE = re.compile(r"\b(\d{3}) (\d{3})\b")


@dataclass(frozen=True, kw_only=True)
class Door:
    """A family's seat with its own link and one to a meeting."""

    walk: Walk
    seat: Seat
    page: str
    meeting: str
    attendance_id: str


@pytest.fixture
async def door(database: Database, moment: datetime) -> Door:
    walk = await walk_to(database, now=moment)
    attendance_id = new_id()
    async with database.write() as db:
        seat = await walk.family(db)
        own = await links.of_seat(db, seat.id)
        assert own is not None
        meeting = await links.make(
            db,
            seat_id=seat.id,
            case_id=walk.case.id,
            attendance_id=attendance_id,
            over_at=moment + timedelta(hours=5),
            now=moment,
        )
    return Door(walk=walk, seat=seat, page=own.locator, meeting=meeting, attendance_id=attendance_id)


async def ask(database: Database, locator: str, *, browser: str = HERE, now: datetime) -> str:
    """A code is asked for; the newest one in the outbox, or nothing."""
    async with database.write() as db:
        await entrance.ask_code(db, OFFICE, locator, browser=browser, now=now)
    return await newest_code(database)


async def newest_code(database: Database) -> str:
    async with database.read() as db:
        codes = select(message).where(message.c.kind == "seat_code").order_by(message.c.created_at.desc())
        row = await db.first(codes)
        if row is None:
            return ""
        raw = (await db.box(row.key_id)).open_bytes("message.raw", row.id, row.raw_sealed).decode()
    found = CODE.search(raw)
    assert found is not None
    return "".join(found.groups())


async def enter(database: Database, locator: str, code: str, *, browser: str = HERE, now: datetime) -> Opened | None:
    async with database.write() as db:
        return await entrance.enter_code(db, locator, code, browser=browser, now=now)


async def test_a_code_opens_a_session_for_this_seat(database: Database, door: Door, moment: datetime) -> None:
    opened = await enter(database, door.page, await ask(database, door.page, now=moment), now=moment)
    assert opened is not None
    async with database.read() as db:
        who = await entrance.holder(db, fingerprint(opened.secret), request_id="r", now=moment)
        assert who is not None
        relation = await work.relation(db, who, door.walk.case.id)
    assert (who.seat_id, who.name, who.proof, who.side) == (door.seat.id, "Tessa A.", "mail", "family")
    assert (opened.attendance_id, relation) == (None, Relation.OWN)


async def test_a_meetings_link_opens_a_session_that_outlasts_the_meeting(
    database: Database, door: Door, moment: datetime
) -> None:
    opened = await enter(database, door.meeting, await ask(database, door.meeting, now=moment), now=moment)
    assert opened is not None
    assert opened.attendance_id == door.attendance_id
    async with database.read() as db:
        assert await entrance.holder(db, fingerprint(opened.secret), request_id="", now=moment + timedelta(hours=4))


@pytest.mark.parametrize("wrong", ["", "000000", "12345678901234567890", "abcdef"])
async def test_a_wrong_code_opens_nothing_and_the_right_one_still_works(
    database: Database, door: Door, moment: datetime, wrong: str
) -> None:
    code = await ask(database, door.page, now=moment)
    if wrong != code:
        assert await enter(database, door.page, wrong, now=moment) is None
    assert await enter(database, door.page, code, now=moment) is not None


async def test_the_code_works_once_in_its_browser_for_its_link_and_ten_minutes(
    database: Database, door: Door, moment: datetime
) -> None:
    code = await ask(database, door.page, now=moment)
    assert await enter(database, door.page, code, browser=THERE, now=moment) is None
    assert await enter(database, door.meeting, code, now=moment) is None
    assert await enter(database, door.page, code, now=moment + timedelta(minutes=10)) is None
    assert await enter(database, door.page, code, now=moment + timedelta(minutes=9)) is not None
    assert await enter(database, door.page, code, now=moment) is None


async def test_the_same_code_sent_twice_at_once_is_one_session(
    database: Database, door: Door, moment: datetime
) -> None:
    code = await ask(database, door.page, now=moment)
    both = await asyncio.gather(*(enter(database, door.page, code, now=moment) for _ in range(2)))
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(seat_session)) == 1
    assert sorted(opened is None for opened in both) == [False, True]


async def test_after_five_tries_the_code_is_dead_and_tries_are_kept(
    database: Database, door: Door, moment: datetime
) -> None:
    code = await ask(database, door.page, now=moment)
    wrong = "111111" if code != "111111" else "222222"
    for _ in range(5):
        assert await enter(database, door.page, wrong, now=moment) is None
    assert await enter(database, door.page, code, now=moment) is None


async def test_unknown_dead_and_revoked_links_send_nothing_and_say_nothing(
    database: Database, door: Door, moment: datetime
) -> None:
    async with database.write() as db:
        await links.revoke(db, door.seat.id, now=moment)
    for locator in (new_id(), door.page, door.meeting):
        assert await ask(database, locator, now=moment) == ""
        assert await enter(database, locator, "123456", now=moment) is None
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(challenge)) == 0


async def test_three_codes_in_ten_minutes_are_enough_for_known_and_unknown_alike(
    database: Database, door: Door, moment: datetime
) -> None:
    for locator in (door.page, new_id()):
        for _ in range(3):
            await ask(database, locator, now=moment)
        with pytest.raises(TooMany):
            await ask(database, locator, now=moment)
    with pytest.raises(TooMany):  # the seat's other link is the same seat
        await ask(database, door.meeting, now=moment)


async def test_a_seat_without_an_address_gets_no_code(database: Database, door: Door, moment: datetime) -> None:
    async with database.write() as db:
        walk = await enquire(db, door.walk.house, now=moment, email=None)
        link = await links.of_seat(db, (await walk.family(db)).id)
    assert link is not None
    assert await ask(database, link.locator, now=moment) == ""


async def test_to_be_let_in_is_a_place_in_this_waiting_room_and_opens_no_case(
    database: Database, door: Door, moment: datetime
) -> None:
    async with database.write() as db:
        opened = await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment)
        who = await entrance.holder(db, fingerprint(opened.secret), request_id="", now=moment)
        assert who is not None
        relation = await work.relation(db, who, door.walk.case.id)
        claimed = await work.relation(db, replace(who, case_id=door.walk.case.id), door.walk.case.id)
    assert (who.proof, who.attendance_id, who.case_id) == ("not_confirmed", door.attendance_id, "")
    assert (relation, claimed) == (Relation.NONE, Relation.NONE)


async def test_whom_the_mediator_knows_has_a_place_in_the_meeting_and_opens_no_case(
    database: Database, door: Door, moment: datetime
) -> None:
    async with database.write() as db:
        opened = await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment)
        await sessions.vouch(db, door.attendance_id, proof="vouched")
        who = await entrance.holder(db, fingerprint(opened.secret), request_id="", now=moment)
        assert who is not None
        claimed = await work.relation(db, replace(who, case_id=door.walk.case.id), door.walk.case.id)
    assert (who.proof, who.attendance_id, who.case_id) == ("vouched", door.attendance_id, "")
    assert claimed is Relation.NONE


async def test_whoever_comes_next_ends_the_wait_of_whoever_came_before_without_a_code(
    database: Database, door: Door, moment: datetime
) -> None:
    async def waits(secret: str) -> bool:
        async with database.read() as db:
            return await entrance.holder(db, fingerprint(secret), request_id="", now=moment) is not None

    async with database.write() as db:
        first = await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment)
        second = await entrance.ask_to_be_let_in(db, door.meeting, browser=THERE, now=moment)
    assert [await waits(one.secret) for one in (first, second)] == [False, True]

    known = await enter(database, door.meeting, await ask(database, door.meeting, now=moment), now=moment)
    assert known is not None
    assert [await waits(one.secret) for one in (second, known)] == [False, True]


async def test_a_waiting_room_is_of_one_meeting_on_its_day(database: Database, door: Door, moment: datetime) -> None:
    async with database.write() as db:
        for locator in (door.page, new_id()):
            with pytest.raises(NotFound):
                await entrance.ask_to_be_let_in(db, locator, browser=HERE, now=moment)
        with pytest.raises(TooEarly):
            await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment - timedelta(days=1))
        with pytest.raises(NotFound):
            await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment + timedelta(hours=6))


async def test_asking_to_be_let_in_over_and_over_is_throttled(database: Database, door: Door, moment: datetime) -> None:
    async with database.write() as db:
        for _ in range(5):
            await entrance.ask_to_be_let_in(db, door.meeting, browser=HERE, now=moment)
        with pytest.raises(TooMany):
            await entrance.ask_to_be_let_in(db, door.meeting, browser=THERE, now=moment)
