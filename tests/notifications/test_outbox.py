from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from database.engine import Database, Transaction
from database.ids import new_id
from database.vault import KeyGone
from notifications import entries, outbox
from notifications.entries import Entry
from notifications.outbox import Claim, Contents, Leases, Posted
from notifications.retries import TOO_LATE, UNCERTAIN, UNREACHED, State
from notifications.schema import message

LEASES = Leases()
OVER = Leases(claim=timedelta(seconds=-1), hand_over=timedelta(seconds=-1))


async def entry(db: Transaction, moment: datetime, **changed: object) -> Entry:
    id_ = new_id()
    plain = Entry(
        id=id_,
        key=f"test:{id_}",
        kind="test",
        case_id="case",
        seat_id="seat",
        account_id=None,
        key_id=(await db.new_box(now=moment)).key_id,
        to="tessa@example.org",
        raw=b"Subject: x\r\n\r\nx\r\n",
        message_id=f"<{id_}@evenhand.example>",
        method=None,
        uid=None,
        sequence=None,
        once=False,
        useless_after=None,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


async def entered(database: Database, moment: datetime, **changed: object) -> str:
    async with database.write() as db:
        new = await entry(db, moment, **changed)
        return (await entries.enter(db, [new], now=moment))[new.key]


async def claimed(database: Database, moment: datetime, *, leases: Leases = LEASES, worker: str = "w1") -> list[Claim]:
    async with database.write() as db:
        return await outbox.claim(db, worker=worker, most=10, leases=leases, now=moment)


async def state(database: Database, id_: str) -> Posted:
    async with database.read() as db:
        return next(posted for posted in await outbox.for_case(db, "case") if posted.id == id_)


async def handed_over(database: Database, claim: Claim, leases: Leases = LEASES) -> bool:
    async with database.write() as db:
        return await outbox.hand_over(db, claim, leases=leases)


async def test_a_message_is_entered_queued_and_due(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    assert await state(database, id_) == Posted(
        id=id_,
        kind="test",
        state=State.QUEUED,
        case_id="case",
        seat_id="seat",
        account_id=None,
        attempt=0,
        created_at=moment,
        next_at=moment,
        sent_at=None,
        error=None,
        dealt_with_at=None,
    )


async def test_one_effect_is_entered_once(database: Database, moment: datetime) -> None:
    first = await entered(database, moment, key="invitation:uid:0")
    assert await entered(database, moment, key="invitation:uid:0") == first
    async with database.read() as db:
        assert len(await outbox.for_case(db, "case")) == 1


async def test_address_and_bytes_are_sealed_and_come_back(database: Database, moment: datetime) -> None:
    await entered(database, moment)
    (claim,) = await claimed(database, moment)
    async with database.read() as db:
        row = await db.first(select(message.c.to_sealed, message.c.raw_sealed))
        assert row is not None
        assert b"tessa" not in bytes(row.to_sealed)
        assert b"Subject" not in bytes(row.raw_sealed)
        assert await outbox.contents(db, claim) == Contents(to="tessa@example.org", raw=b"Subject: x\r\n\r\nx\r\n")


async def test_a_destroyed_key_leaves_nothing_to_read(database: Database, moment: datetime) -> None:
    await entered(database, moment)
    (claim,) = await claimed(database, moment)
    async with database.read() as db:
        with pytest.raises(KeyGone):
            await outbox.contents(db, replace(claim, key_id=new_id()))


async def test_a_claimed_message_is_nobody_elses(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    (claim,) = await claimed(database, moment)
    assert (claim.id, claim.worker, claim.attempt) == (id_, "w1", 1)
    assert await claimed(database, moment, worker="w2") == []
    assert (await state(database, id_)).state is State.CLAIMED


async def test_two_workers_at_once_share_what_is_due(database: Database, moment: datetime) -> None:
    ids = {await entered(database, moment) for _ in range(4)}
    if database.engine.dialect.name == "postgresql":
        async with database.write() as one, database.write() as other:
            first = await outbox.claim(one, worker="w1", most=2, leases=LEASES, now=moment)
            second = await outbox.claim(other, worker="w2", most=10, leases=LEASES, now=moment)
        taken = [claim.id for claim in [*first, *second]]
    else:
        taken = [claim.id for worker in ("w1", "w2") for claim in await claimed(database, moment, worker=worker)]
    assert sorted(taken) == sorted(ids)


async def test_codes_go_first_then_what_was_due_first(database: Database, moment: datetime) -> None:
    second = await entered(database, moment)
    first = await entered(database, moment - timedelta(minutes=1))
    code = await entered(database, moment, once=True, useless_after=moment + timedelta(minutes=10))
    assert [claim.id for claim in await claimed(database, moment)] == [code, first, second]


async def test_what_is_not_due_is_left(database: Database, moment: datetime) -> None:
    await entered(database, moment + timedelta(minutes=1))
    assert await claimed(database, moment) == []


async def test_what_is_too_late_to_be_of_use_fails(database: Database, moment: datetime) -> None:
    late = await entered(database, moment, useless_after=moment - timedelta(seconds=1))
    in_time = await entered(database, moment, useless_after=moment)
    assert [claim.id for claim in await claimed(database, moment)] == [in_time]
    assert ((await state(database, late)).state, (await state(database, late)).error) == (State.FAILED, TOO_LATE)


async def test_the_way_to_sent(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    (claim,) = await claimed(database, moment)
    assert await handed_over(database, claim)
    assert (await state(database, id_)).state is State.HANDING_OVER
    async with database.write() as db:
        await outbox.mark_sent(db, claim, now=moment)
    assert ((await state(database, id_)).state, (await state(database, id_)).sent_at) == (State.SENT, moment)
    assert await claimed(database, moment) == []


async def test_put_off_and_claimed_again(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    (claim,) = await claimed(database, moment)
    async with database.write() as db:
        await outbox.mark_waiting(db, claim, reason="later", next_at=moment + timedelta(minutes=1))
    assert await claimed(database, moment) == []
    (again,) = await claimed(database, moment + timedelta(minutes=1))
    assert (again.id, again.attempt) == (id_, 2)


async def test_an_unused_claim_counts_as_no_try(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    (claim,) = await claimed(database, moment)
    async with database.write() as db:
        await outbox.give_back(db, claim)
    assert ((await state(database, id_)).state, (await state(database, id_)).attempt) == (State.QUEUED, 0)


async def test_a_claim_whose_lease_ran_out_may_not_hand_over(database: Database, moment: datetime) -> None:
    await entered(database, moment)
    (claim,) = await claimed(database, moment, leases=OVER)
    assert not await handed_over(database, claim)


async def test_a_worker_that_lost_its_claim_changes_nothing(database: Database, moment: datetime) -> None:
    id_ = await entered(database, moment)
    (lost,) = await claimed(database, moment, leases=OVER)
    async with database.write() as db:
        await outbox.recover(db)
    (claim,) = await claimed(database, moment, worker="w2")
    async with database.write() as db:
        assert not await outbox.hand_over(db, lost, leases=LEASES)
        await outbox.mark_failed(db, lost, reason="mine")
        await outbox.mark_waiting(db, lost, reason="mine", next_at=moment)
        await outbox.mark_sent(db, lost, now=moment)
        await outbox.give_back(db, lost)
    assert ((await state(database, id_)).state, (await state(database, id_)).attempt) == (State.CLAIMED, 2)
    assert await handed_over(database, claim)


@pytest.mark.parametrize(
    ("once", "over", "then", "error"),
    [
        (False, False, State.QUEUED, None),
        (True, False, State.QUEUED, None),
        (False, True, State.QUEUED, UNCERTAIN),
        (True, True, State.FAILED, UNCERTAIN),
    ],
)
async def test_recovery(
    database: Database, moment: datetime, *, once: bool, over: bool, then: State, error: str | None
) -> None:
    id_ = await entered(database, moment, once=once)
    (claim,) = await claimed(database, moment, leases=LEASES if over else OVER)
    assert await handed_over(database, claim, OVER) is over
    async with database.write() as db:
        assert await outbox.recover(db) == 1
        assert await outbox.recover(db) == 0
    assert ((await state(database, id_)).state, (await state(database, id_)).error) == (then, error)


async def test_what_is_at_work_is_not_recovered(database: Database, moment: datetime) -> None:
    await entered(database, moment)
    await entered(database, moment)
    (claim, _) = await claimed(database, moment)
    assert await handed_over(database, claim)
    async with database.write() as db:
        assert await outbox.recover(db) == 0


@pytest.mark.parametrize("shift", [timedelta(days=400), timedelta(hours=-1)])
async def test_a_clock_that_was_moved_matters_to_no_lease(
    database: Database, moment: datetime, shift: timedelta
) -> None:
    await entered(database, moment + shift)
    (claim,) = await claimed(database, moment + shift)
    async with database.write() as db:
        assert await outbox.recover(db) == 0
    assert await handed_over(database, claim)


async def test_after_an_outage_all_that_waited_is_due(database: Database, moment: datetime) -> None:
    ids = [await entered(database, moment) for _ in range(3)]
    claims = await claimed(database, moment)
    async with database.write() as db:
        for claim, reason in zip(claims, [UNREACHED, f"{UNREACHED} safely", "the mailbox is full"], strict=True):
            await outbox.mark_waiting(db, claim, reason=reason, next_at=moment + timedelta(hours=1))
        assert await outbox.unreached(db) == 2
        assert await outbox.hurry(db, now=moment) == 2
    assert sorted(claim.id for claim in await claimed(database, moment)) == sorted(ids[:2])


async def test_lists_for_the_pages(database: Database, moment: datetime) -> None:
    other = await entered(database, moment, case_id="other")
    failed = await entered(database, moment + timedelta(seconds=1))
    claims = {claim.id: claim for claim in await claimed(database, moment + timedelta(seconds=1))}
    async with database.write() as db:
        await outbox.mark_failed(db, claims[failed], reason="address unknown (550)")
    async with database.read() as db:
        assert [posted.id for posted in await outbox.for_case(db, "other")] == [other]
        assert [posted.id for posted in await outbox.failed(db)] == [failed]
        assert [posted.id for posted in await outbox.waiting(db)] == [other]
    async with database.write() as db:
        await outbox.deal_with(db, failed, now=moment)
        assert await outbox.failed(db) == []
    assert (await state(database, failed)).dealt_with_at == moment


async def test_after_a_restore_nothing_goes_by_itself(database: Database, moment: datetime) -> None:
    first, second = [await entered(database, moment) for _ in range(2)]
    async with database.write() as db:
        assert await outbox.hold(db) == 2
    assert await claimed(database, moment) == []
    async with database.write() as db:
        await outbox.let_go(db, second, now=moment)
    assert [claim.id for claim in await claimed(database, moment)] == [second]
    assert (await state(database, first)).state is State.HELD


async def test_looking_for_due_mail_does_not_read_what_was_sent(database: Database) -> None:
    asked = f"SELECT id FROM message WHERE {outbox.UNDER_WAY} AND state = 'queued' AND next_at <= '2026-10-08'"
    async with database.read() as db:
        if db.dialect == "postgresql":
            await db.execute(text("SET LOCAL enable_seqscan = off"))  # of an empty table it would rightly read it all
        explain = "EXPLAIN QUERY PLAN" if db.dialect == "sqlite" else "EXPLAIN"
        assert "ix_message_waiting" in str(await db.all(text(f"{explain} {asked} ORDER BY next_at")))


async def test_times_are_stored_so_that_the_databases_clock_compares(database: Database, moment: datetime) -> None:
    await entered(database, moment)
    await claimed(database, moment)
    async with database.write() as db:
        until = await db.scalar(select(message.c.lease_until))
        assert isinstance(until, datetime)
        await db.execute(update(message).values(lease_until=until + timedelta(microseconds=1)))
        assert await db.scalar(select(message.c.lease_until)) == until + timedelta(microseconds=1)
        assert await outbox.recover(db) == 0
        await db.execute(update(message).values(lease_until=until - timedelta(days=1)))
        assert await outbox.recover(db) == 1
