"""Sessions: idle and absolute ends, three at once, a fresh secret at each step up, ended on the server at once."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select

from database.engine import Database
from database.ids import fingerprint
from people import accounts, links, sessions
from people.roles import Role
from people.schema import seat_session, staff_session
from tests.people.samples import hashed, holder, idris, perhaps, session

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def test_the_holder_of_a_session_has_the_roles_of_this_moment(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    async with database.write() as db:
        secret = await sessions.open_staff(db, account.id, second_factor=False, device="Firefox", now=moment)
        await accounts.change(db, account.id, roles="adviser")
    person = await holder(database, secret, now=moment)
    assert (person.kind, person.account_id, person.name) == ("staff", account.id, "Idris Vaughan")
    assert person.roles == frozenset({Role.ADVISER})
    assert (person.proof, person.pending, person.request_id) == ("mail", True, "request")


async def test_only_a_hash_of_the_secret_is_stored(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    async with database.write() as db:
        secret = await sessions.open_staff(db, account.id, second_factor=True, device="Firefox", now=moment)
        assert await db.scalar(select(staff_session.c.id)) == fingerprint(secret)
    assert len(secret) >= 43  # 256 bits in base 64


async def test_a_session_left_alone_for_half_an_hour_is_over(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    person = await session(database, account, now=moment)
    later = moment + 29 * MINUTE
    async with database.write() as db:
        assert await sessions.staff_person(db, person.session_id, request_id="", now=moment + 30 * MINUTE) is None
        assert sessions.stale(person, now=later)
        await sessions.touch(db, person, now=later)
        again = await sessions.staff_person(db, person.session_id, request_id="", now=later + 29 * MINUTE)
    assert again is not None
    assert not sessions.stale(again, now=later + timedelta(seconds=59))
    assert sessions.stale(again, now=later + timedelta(seconds=61))


async def test_a_session_in_constant_use_is_over_after_twelve_hours(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    person = await session(database, account, now=moment)
    async with database.write() as db:
        await sessions.touch(db, person, now=moment + 12 * HOUR - MINUTE)
        last = moment + 12 * HOUR - timedelta(seconds=1)
        assert await sessions.staff_person(db, person.session_id, request_id="", now=last)
        assert await sessions.staff_person(db, person.session_id, request_id="", now=moment + 12 * HOUR) is None


async def test_a_fourth_session_ends_the_oldest(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    four = [await session(database, account, now=moment + i * MINUTE) for i in range(4)]
    async with database.read() as db:
        still = await sessions.staff_sessions(db, account.id, now=moment + 5 * MINUTE)
    assert [one.id for one in still] == [person.session_id for person in reversed(four[1:])]


async def test_of_many_that_open_at_one_instant_three_stay(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    people = await asyncio.gather(*(session(database, account, now=moment) for _ in range(8)), return_exceptions=True)
    async with database.read() as db:
        still = await sessions.staff_sessions(db, account.id, now=moment)
    assert len(people) == 8
    assert len(still) == 3


async def test_a_step_up_gives_a_fresh_secret_and_the_old_one_is_worth_nothing(
    database: Database, moment: datetime
) -> None:
    account = await idris(database, moment)
    async with database.write() as db:
        old = await sessions.open_staff(db, account.id, second_factor=False, device="Firefox", now=moment)
        fresh = await sessions.step_up(db, hashed(old), now=moment + MINUTE)
    person = await holder(database, fresh, now=moment + MINUTE)
    assert (person.pending, person.proof) == (False, "second_factor")
    assert await perhaps(database, old, now=moment + MINUTE) is None


async def test_an_ended_session_cannot_be_stepped_up(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    person = await session(database, account, second_factor=False, now=moment)
    async with database.write() as db:
        await sessions.end_staff(db, person.session_id, now=moment)
        fresh = await sessions.step_up(db, person.session_id, now=moment)
    assert await perhaps(database, fresh, now=moment) is None


async def test_an_account_switched_off_and_an_ended_session_are_nobody_at_once(
    database: Database, moment: datetime
) -> None:
    account = await idris(database, moment)
    one, other, mine = [await session(database, account, now=moment) for _ in range(3)]
    async with database.write() as db:

        async def known() -> list[bool]:
            found = [
                await sessions.staff_person(db, p.session_id, request_id="", now=moment) for p in (one, other, mine)
            ]
            return [person is not None for person in found]

        await sessions.end_staff(db, one.session_id, now=moment)
        assert await known() == [False, True, True]
        await sessions.end_all_of(db, account.id, but=mine.session_id, now=moment)
        assert await known() == [False, False, True]
        await accounts.change(db, account.id, active=False)
        assert await known() == [False, False, False]


async def test_a_challenge_is_taken_once(database: Database, moment: datetime) -> None:
    person = await session(database, await idris(database, moment), now=moment)
    async with database.write() as db:
        assert await sessions.take_challenge(db, person.session_id) is None
        await sessions.keep_challenge(db, person.session_id, "question")
        assert await sessions.take_challenge(db, person.session_id) == "question"
        assert await sessions.take_challenge(db, person.session_id) is None


async def seated(
    database: Database, moment: datetime, *, meeting_ends: datetime | None = None, proof: str = "mail"
) -> str:
    async with database.write() as db:
        attendance = None if meeting_ends is None else "attendance"
        if meeting_ends:
            over = meeting_ends + 2 * HOUR
            await links.make(db, seat_id="seat", case_id="case", attendance_id="attendance", over_at=over, now=moment)
        return await sessions.open_seat(
            db,
            seat_id="seat",
            case_id="case",
            attendance_id=attendance,
            proof=proof,
            meeting_ends=meeting_ends,
            now=moment,
        )


async def sits(database: Database, secret: str, now: datetime) -> bool:
    async with database.read() as db:
        found = await sessions.seat_of(db, hashed(secret), now=now)
    assert found is None or (found.seat_id, found.case_id, found.proof) == ("seat", "case", "mail")
    return found is not None


async def test_a_seats_session_on_its_own_pages_is_idle_after_half_an_hour(
    database: Database, moment: datetime
) -> None:
    secret = await seated(database, moment)
    assert await sits(database, secret, moment + 29 * MINUTE)
    assert not await sits(database, secret, moment + 30 * MINUTE)


async def test_a_seat_waits_through_a_long_meeting_and_through_one_that_runs_over(
    database: Database, moment: datetime
) -> None:
    secret = await seated(database, moment, meeting_ends=moment + 9 * HOUR)
    assert await sits(database, secret, moment + 9 * HOUR)
    assert await sits(database, secret, moment + 10 * HOUR)
    assert not await sits(database, secret, moment + 11 * HOUR)


async def test_half_an_hour_after_the_meeting_was_closed_the_session_is_over(
    database: Database, moment: datetime
) -> None:
    secret = await seated(database, moment, meeting_ends=moment + 3 * HOUR)
    async with database.write() as db:
        await sessions.meeting_over(db, ["attendance"], now=moment + 2 * HOUR)
        await sessions.meeting_over(db, ["attendance"], now=moment + 3 * HOUR)  # closing twice prolongs nothing
    assert await sits(database, secret, moment + 2 * HOUR + 29 * MINUTE)
    assert not await sits(database, secret, moment + 2 * HOUR + 30 * MINUTE)


async def test_a_meetings_link_opened_days_before_gives_an_ordinary_session(
    database: Database, moment: datetime
) -> None:
    secret = await seated(database, moment, meeting_ends=moment + timedelta(days=9))
    assert await sits(database, secret, moment + 29 * MINUTE)
    assert not await sits(database, secret, moment + 31 * MINUTE)
    async with database.read() as db:
        assert await db.scalar(select(seat_session.c.ends_at)) == moment + 8 * HOUR


async def test_a_seat_taken_back_is_out_at_once(database: Database, moment: datetime) -> None:
    secrets = [await seated(database, moment), await seated(database, moment)]
    async with database.write() as db:
        await sessions.end_seat(db, hashed(secrets[0]), now=moment)
    assert [await sits(database, secret, moment) for secret in secrets] == [False, True]
    async with database.write() as db:
        await sessions.end_all_of_seat(db, "seat", now=moment)
    assert [await sits(database, secret, moment) for secret in secrets] == [False, False]


async def proof_of(database: Database, secret: str, now: datetime) -> str | None:
    async with database.read() as db:
        found = await sessions.seat_of(db, hashed(secret), now=now)
    return found.proof if found else None


async def test_vouching_is_for_whoever_has_no_proof_of_their_own(database: Database, moment: datetime) -> None:
    proved = await seated(database, moment, meeting_ends=moment + HOUR)
    greeted = await seated(database, moment, meeting_ends=moment + HOUR, proof="not_confirmed")
    async with database.write() as db:
        await sessions.vouch(db, "attendance", proof="vouched")
    assert [await proof_of(database, secret, moment) for secret in (proved, greeted)] == ["mail", "vouched"]


async def test_one_place_has_one_person_without_a_proof(database: Database, moment: datetime) -> None:
    proved = await seated(database, moment, meeting_ends=moment + HOUR)
    waiting = await seated(database, moment, meeting_ends=moment + HOUR, proof="not_confirmed")
    async with database.write() as db:
        await sessions.end_unproved(db, "attendance", now=moment)
        await sessions.vouch(db, "attendance", proof="vouched")
    assert [await proof_of(database, secret, moment) for secret in (proved, waiting)] == ["mail", None]
