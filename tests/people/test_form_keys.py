"""A form is carried out once: the same again gets the same answer, another body is refused."""

import asyncio
from datetime import datetime, timedelta

import pytest

from database.engine import Database
from people import form_keys
from people.form_keys import OtherBody, StillWorking

TIMES = 12


async def test_the_same_form_again_leads_where_the_first_led(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        assert await form_keys.claim(db, "key", body_digest="body", now=moment) is None
        await form_keys.answered(db, "key", location="/desk")
    async with database.write() as db:
        assert await form_keys.claim(db, "key", body_digest="body", now=moment) == "/desk"


async def test_another_body_under_the_same_key_is_refused(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await form_keys.claim(db, "key", body_digest="body", now=moment)
        await form_keys.answered(db, "key", location="/desk")
        with pytest.raises(OtherBody) as refused:
            await form_keys.claim(db, "key", body_digest="other", now=moment)
    assert refused.value.field == "form"


async def test_a_form_whose_answer_is_not_known_yet_waits(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await form_keys.claim(db, "key", body_digest="body", now=moment)
        with pytest.raises(StillWorking):
            await form_keys.claim(db, "key", body_digest="body", now=moment)


async def test_a_form_that_failed_may_be_sent_again(database: Database, moment: datetime) -> None:
    async def fail() -> None:
        async with database.write() as db:
            await form_keys.claim(db, "key", body_digest="body", now=moment)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.write() as db:
        assert await form_keys.claim(db, "key", body_digest="body", now=moment) is None


async def test_one_form_sent_many_times_at_once_is_carried_out_once(database: Database, moment: datetime) -> None:
    async def send() -> str:
        async with database.write() as db:
            led = await form_keys.claim(db, "key", body_digest="body", now=moment)
            if led is None:
                await asyncio.sleep(0.01)
                await form_keys.answered(db, "key", location="/desk")
            return led or "carried out"

    answers = await asyncio.gather(*(send() for _ in range(TIMES)))
    assert sorted(answers) == ["/desk"] * (TIMES - 1) + ["carried out"]


async def test_a_sweep_forgets_what_is_two_days_old(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        for hours in (49, 47):
            await form_keys.claim(db, str(hours), body_digest="body", now=moment - timedelta(hours=hours))
        assert await form_keys.sweep(db, now=moment) == 1
