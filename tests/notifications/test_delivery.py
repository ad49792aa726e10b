import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from database import failpoints
from database.engine import Database
from notifications import messages, outbox
from notifications.delivery import deliver_due, look_again, recover
from notifications.mail_settings import Limits, MailSettings, Security
from notifications.outbox import Leases, Posted
from notifications.posting import Recipient, post
from notifications.retries import CANNOT_BE_SENT, GAVE_UP, TOO_LATE, UNCERTAIN, UNREACHED, State
from notifications.schema import message
from notifications.smtp import Mailer, open_mailer
from tests.notifications.samples import LINK, NUMBER, office
from tests.notifications.scripted_smtp import Rule, ScriptedSmtp, agreeable, scripted

OFFICE = office()
QUICK = Limits(connect=3, command=3, prelude=6, final=1, patience=5, stop=0.3)
ENDED = Leases(claim=timedelta(seconds=30), hand_over=timedelta(seconds=-1))


@dataclass(frozen=True)
class Post:
    """A post office of the test: a database, a mailer and a scripted server."""

    database: Database
    mailer: Mailer
    server: ScriptedSmtp

    async def put(self, *names: str, now: datetime, code: bool = False, useful: timedelta | None = None) -> list[str]:
        async with self.database.write() as db:
            box = await db.new_box(now=now)
            ids = []
            for name in names:
                letter = messages.draft_ready(draft_id=name, number=NUMBER, link=LINK, version=1)
                letter = replace(letter, once=code, useless_after=now + useful if useful else None)
                to = Recipient(email=f"{name}@example.org", name=name, key_id=box.key_id, case_id="case", seat_id=name)
                ids.append(await post(db, OFFICE, letter, to=to, now=now))
            return ids

    async def deliver(self, now: datetime, *, worker: str = "w", leases: Leases | None = None) -> int:
        """Everything due is dealt with, also what had stepped aside."""
        count = await deliver_due(self.database, self.mailer, worker=worker, leases=leases or Leases(), now=now)
        await self.mailer.settled()
        return count

    async def rows(self) -> Sequence[Posted]:
        async with self.database.read() as db:
            return await outbox.for_case(db, "case")

    async def states(self) -> Counter[State]:
        return Counter(row.state for row in await self.rows())

    def arrived(self) -> list[str]:
        return [mail.to.partition("@")[0] for mail in self.server.accepted]


@contextlib.asynccontextmanager
async def opened(database: Database, rule: Rule = agreeable, limits: Limits = QUICK) -> AsyncIterator[Post]:
    async with scripted(rule) as server:
        settings = MailSettings(port=server.port, security=Security.PLAIN, sender="bounces@evenhand.example")
        async with open_mailer(settings, limits) as mailer:
            yield Post(database, mailer, server)


@pytest.fixture
def armed() -> Iterator[None]:
    yield
    failpoints.arm("")


async def until(true: Callable[[], bool]) -> None:
    """Returns when it has become true."""
    async with asyncio.timeout(15):
        while not true():  # noqa: ASYNC110 - the scripted server tells nobody
            await asyncio.sleep(0.01)


def names(count: int, prefix: str = "n") -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


async def test_everything_due_is_sent_once(database: Database, moment: datetime) -> None:
    async with opened(database) as office_:
        await office_.put(*names(40), now=moment)
        assert await office_.deliver(moment) == 40
        assert await office_.deliver(moment) == 0
        assert sorted(office_.arrived()) == sorted(names(40))
        assert [(row.state, row.attempt, row.sent_at) for row in await office_.rows()] == [(State.SENT, 1, moment)] * 40
        assert office_.server.connections <= 4


async def test_workers_at_once_send_everything_once(database: Database, moment: datetime) -> None:
    async with opened(database) as office_:
        await office_.put(*names(60), now=moment)
        await asyncio.gather(*(office_.deliver(moment, worker=f"w{number}") for number in range(4)))
        await office_.deliver(moment)
        assert sorted(office_.arrived()) == sorted(names(60))


async def test_a_code_overtakes_what_waits(database: Database, moment: datetime) -> None:
    async with opened(database) as office_:
        await office_.put(*names(20), now=moment)
        await office_.put("code", now=moment, code=True, useful=timedelta(minutes=10))
        await office_.deliver(moment)
        assert "code" in office_.arrived()[:4]


async def test_three_times_later_then_taken_is_one_copy(database: Database, moment: datetime) -> None:
    left = ["450 4.2.0 later", "451 4.3.0 later", "421 4.3.2 closing"]
    async with opened(database, lambda phase, _: left.pop(0) if phase == "RCPT" and left else None) as office_:
        await office_.put("tessa", now=moment)
        for minutes in (0, 1, 6, 21):
            await office_.deliver(moment + timedelta(minutes=minutes))
        (row,) = await office_.rows()
        assert (office_.arrived(), row.state, row.attempt, row.error) == (["tessa"], State.SENT, 4, None)


async def test_hard_bounces_fail_at_once_and_alone(database: Database, moment: datetime) -> None:
    def rule(phase: str, line: str) -> str | None:
        return "550 5.1.1 <somebody> unknown" if phase == "RCPT" and "gone" in line else None

    async with opened(database, rule) as office_:
        await office_.put(*names(18), *names(2, "gone"), now=moment)
        await office_.deliver(moment)
        await office_.deliver(moment + timedelta(days=1))
        async with database.read() as db:
            assert [(row.error, row.attempt) for row in await outbox.failed(db)] == [
                ("address unknown (550 5.1.1)", 1)
            ] * 2
        assert sorted(office_.arrived()) == sorted(names(18))


async def test_what_we_ourselves_are_refused_for_fails_nobody(database: Database, moment: datetime) -> None:
    async with opened(database, lambda phase, _: "554 5.7.1 not you" if phase == "MAIL" else None) as office_:
        await office_.put(*names(3), now=moment)
        await office_.deliver(moment)
        assert await office_.states() == {State.QUEUED: 3}
        assert {row.error for row in await office_.rows()} == {
            "the mail server does not accept us as a sender (554 5.7.1)"
        }


@pytest.mark.parametrize("fault", ["reset", "take-reset", "hang"])
async def test_no_word_after_the_message_sends_the_same_bytes_again(
    database: Database, moment: datetime, fault: str
) -> None:
    left = [fault]
    async with opened(database, lambda phase, _: left.pop() if phase == "." and left else None) as office_:
        await office_.put("tessa", now=moment)
        await office_.deliver(moment)
        assert [(row.state, row.error) for row in await office_.rows()] == [(State.QUEUED, UNCERTAIN)]
        await office_.deliver(moment + timedelta(minutes=1))
        assert await office_.states() == {State.SENT: 1}
        assert len({mail.raw for mail in office_.server.accepted}) == 1
        assert len(office_.server.accepted) == (2 if fault == "take-reset" else 1)


async def test_a_code_is_never_handed_over_twice(database: Database, moment: datetime) -> None:
    left = ["take-reset"]
    async with opened(database, lambda phase, _: left.pop() if phase == "." and left else None) as office_:
        await office_.put("tessa", now=moment, code=True, useful=timedelta(minutes=10))
        await office_.deliver(moment)
        await office_.deliver(moment + timedelta(minutes=1))
        assert office_.arrived() == ["tessa"]
        assert [(row.state, row.error) for row in await office_.rows()] == [(State.FAILED, UNCERTAIN)]


async def test_taken_then_reset_is_sent(database: Database, moment: datetime) -> None:
    async with opened(database, lambda phase, _: "250-reset" if phase == "." else None) as office_:
        await office_.put(*names(5), now=moment)
        await office_.deliver(moment)
        assert await office_.states() == {State.SENT: 5}


async def test_stuck_connections_hold_up_nobody(database: Database, moment: datetime) -> None:
    def rule(phase: str, line: str) -> str | None:
        return "hang" if phase == "RCPT" and "stuck" in line else None

    limits = replace(QUICK, command=30, prelude=30, patience=0.1)
    async with opened(database, rule, limits) as office_:
        await office_.put(*names(20, "stuck"), *names(100), now=moment)
        async with asyncio.timeout(20):
            await deliver_due(database, office_.mailer, worker="w", now=moment)
            await until(
                lambda: len(office_.arrived()) == 100
            )  # on a slow machine a good one may have stepped aside too
        assert sorted(office_.arrived()) == sorted(names(100))


async def test_poison_fails_after_three_tries_and_the_others_flow(database: Database, moment: datetime) -> None:
    async with opened(database) as office_:
        poison, *_ = await office_.put("poison", *names(10), now=moment)
        async with database.write() as db:
            box = await db.new_box(now=moment)
            broken = box.seal("message.to", "another row", "x@example.org")
            await db.execute(update(message).where(message.c.id == poison).values(to_sealed=broken))
        for minutes in (0, 1, 6, 21, 81):
            await office_.deliver(moment + timedelta(minutes=minutes))
        assert sorted(office_.arrived()) == sorted(names(10))
        failed = [row for row in await office_.rows() if row.state is State.FAILED]
        assert [(row.id, row.attempt, row.error) for row in failed] == [(poison, 3, CANNOT_BE_SENT)]


async def test_an_outage_loses_nothing_and_is_over_when_it_is_over(database: Database, moment: datetime) -> None:
    async with opened(database, lambda phase, _: "reset" if phase == "CONNECT" else None) as office_:
        await office_.put(*names(50), now=moment)
        for minutes in (0, 1, 6, 21, 81):
            await office_.deliver(moment + timedelta(minutes=minutes))
        assert {(row.state, row.error) for row in await office_.rows()} == {(State.QUEUED, UNREACHED)}
        later = moment + timedelta(minutes=85)
        assert await look_again(database, office_.mailer, now=later) == 0

        office_.server.rule = agreeable
        assert await look_again(database, office_.mailer, now=later) == 50
        await office_.deliver(later)
        assert sorted(office_.arrived()) == sorted(names(50))
        assert await look_again(database, office_.mailer, now=later) == 0


async def test_after_a_day_without_a_server_a_person_is_told(database: Database, moment: datetime) -> None:
    async with opened(database, lambda phase, _: "reset" if phase == "CONNECT" else None) as office_:
        await office_.put("tessa", now=moment)
        await office_.deliver(moment + timedelta(hours=23, minutes=59, seconds=30))
        async with database.read() as db:
            assert [row.error for row in await outbox.failed(db)] == [f"{GAVE_UP}: {UNREACHED}"]


async def test_what_would_come_too_late_is_told_at_once(database: Database, moment: datetime) -> None:
    async with opened(database, lambda phase, _: "450 4.2.2 full" if phase == "RCPT" else None) as office_:
        await office_.put("tessa", now=moment, useful=timedelta(seconds=30))
        await office_.deliver(moment)
        async with database.read() as db:
            assert [row.error for row in await outbox.failed(db)] == [f"{TOO_LATE}: the mailbox is full (450 4.2.2)"]


async def test_a_cut_off_hand_over_is_recovered_with_the_same_bytes(
    database: Database, moment: datetime, armed: None
) -> None:
    async with opened(database) as office_:
        await office_.put("tessa", now=moment)
        failpoints.arm("outbox.sent=raise")
        await office_.deliver(moment, leases=ENDED)
        assert await office_.states() == {State.HANDING_OVER: 1}

        failpoints.arm("")
        assert await recover(database) == 1
        await office_.deliver(moment)
        assert await office_.states() == {State.SENT: 1}
        first, second = office_.server.accepted
        assert first == second


async def test_a_fault_after_the_mark_and_before_data_hands_nothing_over(
    database: Database, moment: datetime, armed: None
) -> None:
    async with opened(database) as office_:
        await office_.put("tessa", now=moment)
        failpoints.arm("outbox.handing_over=raise")
        await office_.deliver(moment)
        assert (office_.arrived(), await office_.states()) == ([], {State.QUEUED: 1})


async def test_a_lease_that_ran_out_hands_nothing_over(database: Database, moment: datetime) -> None:
    async with opened(database) as office_:
        await office_.put("tessa", now=moment)
        async with asyncio.timeout(5):
            task = asyncio.create_task(office_.deliver(moment, leases=Leases(claim=timedelta(seconds=-1))))
            await until(lambda: bool(office_.server.commands))
            office_.mailer.closing = True
            await task
        assert office_.arrived() == []
        office_.mailer.closing = False
        await office_.deliver(moment)
        assert office_.arrived() == ["tessa"]


async def test_stopping_lets_a_hand_over_end_and_gives_the_rest_back(
    database: Database, moment: datetime, armed: None
) -> None:
    async with opened(database, limits=replace(QUICK, stop=5)) as office_:
        await office_.put(*names(30), now=moment)
        failpoints.arm("outbox.handing_over=pause:0.3")
        delivering = asyncio.create_task(office_.deliver(moment))
        await until(lambda: "DATA" in office_.server.commands)
        await office_.mailer.close()
        await delivering

        states = await office_.states()
        assert states[State.SENT] == len(office_.arrived()) > 0
        assert states == {State.SENT: len(office_.arrived()), State.QUEUED: 30 - len(office_.arrived())}
        assert {row.attempt for row in await office_.rows() if row.state is State.QUEUED} == {0}
