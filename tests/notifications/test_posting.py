from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest
from sqlalchemy import select

from database.bell import Alarm
from database.engine import Database, Transaction
from notifications import messages, outbox, posting
from notifications.messages import Letter, Reader
from notifications.outbox import Contents, Leases
from notifications.plain import AddressNotUsable
from notifications.posting import Recipient, post
from notifications.schema import message
from tests.notifications.samples import LINK, NOW, NUMBER, SITTING, letters, office

OFFICE = office()


async def tessa(db: Transaction, moment: datetime, **changed: str) -> Recipient:
    box = await db.new_box(now=moment)
    known = {"email": "tessa@example.org", "name": "Tessa Alderton", "greeting": "Tessa", "seat_id": "seat"}
    return Recipient(key_id=box.key_id, case_id="case", **known | changed)


async def posted(database: Database, letter: Letter, moment: datetime, **changed: str) -> Contents:
    async with database.write() as db:
        await post(db, OFFICE, letter, to=await tessa(db, moment, **changed), now=moment)
        (claim,) = await outbox.claim(db, worker="w", most=1, leases=Leases(), now=moment)
        return await outbox.contents(db, claim)


INVITATION = messages.invitation(SITTING, reader=Reader.FAMILY, number=NUMBER, link=LINK, told_on=NOW, full_notice=True)


async def test_an_invitation_comes_from_the_persons_own_reply_address(database: Database, moment: datetime) -> None:
    contents = await posted(database, INVITATION, moment)
    mail = message_from_bytes(contents.raw, policy=SMTP)
    assert contents.to == "tessa@example.org"
    assert mail["To"] == "Tessa Alderton <tessa@example.org>"
    assert mail["From"] == f"Evenhand <{SITTING.organizer}>"
    assert mail["Subject"] == "Mediation meeting: Tuesday 3 November 2026, 10 am"
    assert mail["Date"].datetime == moment


async def test_the_row_keeps_what_the_calendar_says(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        id_ = await post(db, OFFICE, INVITATION, to=await tessa(db, moment), now=moment)
        assert [(row.id, row.kind, row.seat_id) for row in await outbox.for_case(db, "case")] == [
            (id_, "invitation", "seat")
        ]
        row = await db.first(select(message).where(message.c.id == id_))
        assert row is not None
        assert (row.method, row.uid, row.sequence) == ("REQUEST", SITTING.uid, 0)
        assert row.message_id == f"<{id_}@evenhand.example>"
        assert row.key == f"invitation:{SITTING.uid}:0:seat"


async def test_posting_twice_posts_once_and_each_person_gets_their_own(database: Database, moment: datetime) -> None:
    letter = messages.draft_ready(draft_id="d", number=NUMBER, link=LINK, version=1)
    async with database.write() as db:
        one, other = await tessa(db, moment), await tessa(db, moment, seat_id="other")
        first = await post(db, OFFICE, letter, to=one, now=moment)
        assert await post(db, OFFICE, letter, to=one, now=moment) == first
        assert await post(db, OFFICE, letter, to=other, now=moment) != first
        assert len(await outbox.for_case(db, "case")) == 2


async def test_someone_without_seat_or_account_is_known_by_a_digest(database: Database, moment: datetime) -> None:
    letter = messages.draft_ready(draft_id="d", number=NUMBER, link=LINK, version=1)
    async with database.write() as db:
        for email in ("Tessa@example.org", "tessa@example.org", "jo@example.org"):
            await post(db, OFFICE, letter, to=await tessa(db, moment, seat_id="", email=email), now=moment)
        rows = await db.all(select(message.c.key))
    assert len(rows) == 2
    assert not [row.key for row in rows if "tessa" in row.key.lower()]


async def post_and(database: Database, moment: datetime, fault: Exception | None = None) -> None:
    letter = messages.draft_ready(draft_id="d", number=NUMBER, link=LINK, version=1)
    async with database.write() as db:
        await post(db, OFFICE, letter, to=await tessa(db, moment), now=moment)
        if fault:
            raise fault


async def test_the_bell_rings_after_the_commit_and_not_without_one(database: Database, moment: datetime) -> None:
    alarm = Alarm()
    with database.bell.listening("outbox", alarm):
        await alarm.wait(0.5)  # the bell of PostgreSQL rings once when its line is up
        with pytest.raises(LookupError):
            await post_and(database, moment, LookupError())
        assert not await alarm.wait(0.1)
        await post_and(database, moment)
        assert await alarm.wait(3)


async def test_an_unverified_address_sees_nothing_that_was_typed(database: Database, moment: datetime) -> None:
    receipt = messages.enquiry_receipt(case_id="case", number=NUMBER, link=LINK)
    contents = await posted(database, receipt, moment, name="Buy at http://evil.test", greeting="Buy now")
    mail = message_from_bytes(contents.raw, policy=SMTP)
    assert mail["To"] == "tessa@example.org"
    assert "evil" not in contents.raw.decode()
    assert contents.raw.partition(b"\r\n\r\n")[2].find(b"\r\n\r\nHello,\r\n\r\n") > 0


async def test_an_address_that_is_none_is_refused_and_nothing_is_posted(database: Database, moment: datetime) -> None:
    letter = messages.draft_ready(draft_id="d", number=NUMBER, link=LINK, version=1)
    async with database.write() as db:
        with pytest.raises(AddressNotUsable):
            await post(db, OFFICE, letter, to=await tessa(db, moment, email="a@b.org\r\nx"), now=moment)
        assert await outbox.waiting(db) == []


async def test_every_message_can_be_posted(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        to = await tessa(db, moment)
        ids = {await post(db, OFFICE, letter, to=to, now=moment) for letter in letters()}
        assert len(ids) == len({letter.key for letter in letters()})


async def test_a_reply_address_is_one_persons_and_can_be_made_again(database: Database) -> None:
    async with database.read() as db:
        one, again, other = [posting.reply_address(db, OFFICE, uid) for uid in ("a@x", "a@x", "b@x")]
    assert one == again != other
    assert one.startswith("replies+")
    assert one.endswith("@evenhand.example")
    assert "a@x" not in one
