"""The ceilings of a booking: by the materials the same rows in one commit; bare the people's quarter hours alone."""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import psycopg_pool
from aiohttp import web
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.ceilings import mails
from bench.ceilings.ground import Handler, Materials, is_sqlite, main
from cases.schema import assignment, case_file, closure, matter, matter_event, seat
from database.base import Ciphertext
from database.ids import fingerprint, new_id
from meetings.schema import attendance, meeting
from notifications.schema import message
from people.schema import account, audit, audit_head, form_key, link, staff_session
from scheduler.schema import absence, claim, diary, hours

PATH = "/desk/case/{case}/book"
COOKIE = "evenhand-staff"
READY = b"x" * 9000  # a mail with its calendar part, as if nobody had to write it
CIPHER = AESGCM(bytes(32))
TAKEN = "Somebody was a little quicker: this time has just been taken."

SESSION = (
    select(staff_session.c.account_id, account.c.roles)
    .join(account, account.c.id == staff_session.c.account_id)
    .where(staff_session.c.id == bindparam("session"), staff_session.c.ends_at > bindparam("now"), account.c.active)
)
MATTER = (
    select(matter, case_file.c.key_id, case_file.c.number, assignment.c.account_id.label("mediator"))
    .join(case_file, case_file.c.id == matter.c.case_id)
    .join(assignment, assignment.c.matter_id == matter.c.id)
    .where(matter.c.case_id == bindparam("case"), assignment.c.duty == "mediator", assignment.c.ended_at.is_(None))
    .with_for_update(of=matter)
)
SEATS = select(seat).where(seat.c.case_id == bindparam("case"), seat.c.revoked_at.is_(None))
DIARY = select(diary.c.id).where(diary.c.owner_id == bindparam("owner")).with_for_update()
HOURS = select(hours).where(hours.c.diary_id == bindparam("diary"))
ABSENCES = select(func.count()).where(
    absence.c.diary_id == bindparam("diary"),
    absence.c.starts < bindparam("ends"),
    absence.c.ends > bindparam("starts"),
)
HEAD = select(audit_head).where(audit_head.c.chain == bindparam("chain")).with_for_update()
MOVED = update(matter).where(matter.c.id == bindparam("matter"), matter.c.version == bindparam("before"))
KEYED = update(form_key).where(form_key.c.key == bindparam("sent"))
HEAD_MOVED = update(audit_head).where(audit_head.c.chain == bindparam("of_chain"))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the form asks for."""

    case_id: str
    mediator_id: str
    starts: datetime
    minutes: int
    seat_ids: tuple[str, ...]
    key: str
    digest: str

    @property
    def ends(self) -> datetime:
        """When it ends."""
        return self.starts + timedelta(minutes=self.minutes)


async def _wanted(request: web.Request) -> Wanted:
    form = await request.post()
    return Wanted(
        case_id=request.match_info["case"],
        mediator_id=str(form["mediator"]),
        starts=datetime.fromisoformat(str(form["starts"])).astimezone(UTC),
        minutes=int(str(form["minutes"])),
        seat_ids=tuple(str(value) for value in form.getall("seats")),
        key=str(form["form_key"]),
        digest=hashlib.sha256(repr(sorted(form.items())).encode()).hexdigest(),
    )


def _sealed(value: bytes, row: str) -> Ciphertext:
    nonce = hashlib.sha256(row.encode()).digest()[:12]
    return Ciphertext(nonce + CIPHER.encrypt(nonce, value, row.encode()))


class _Booking:
    """One booking by the materials: each row that ours writes, and each that it must have read."""

    def __init__(self, db: AsyncConnection, wanted: Wanted, account_id: str, *, mails_ready: bool) -> None:
        self.db, self.wanted, self.account_id, self.mails_ready = db, wanted, account_id, mails_ready
        self.now, self.meeting_id = datetime.now(UTC), new_id()

    async def carry_out(self) -> str:
        wanted, now = self.wanted, self.now
        await self.db.execute(insert(form_key), {"key": wanted.key, "body_digest": wanted.digest, "made_at": now})
        found = (await self.db.execute(MATTER, {"case": wanted.case_id})).one()
        seats = (await self.db.execute(SEATS, {"case": wanted.case_id})).all()
        if found.state not in ("scheduling", "first_contact", "assigned") or found.mediator != wanted.mediator_id:
            raise web.HTTPConflict
        await self._claim()
        await self._move(found)
        await self._register(found, seats)
        await self._note(found.case_id)
        location = f"/desk/meeting/{self.meeting_id}"
        await self.db.execute(KEYED, {"sent": wanted.key, "location": location})
        return location

    async def _claim(self) -> None:
        wanted = self.wanted
        number = (await self.db.execute(DIARY, {"owner": wanted.mediator_id})).scalar_one()
        opened = (await self.db.execute(HOURS, {"diary": number})).all()
        span = {"starts": wanted.starts, "ends": wanted.ends}
        away = (await self.db.execute(ABSENCES, {"diary": number, **span})).scalar_one()
        closed: set[date] = {row.day for row in (await self.db.execute(select(closure.c.day))).all()}
        if away or wanted.starts.date() in closed or not opened:
            raise web.HTTPConflict
        values = {"id": new_id(), "diary_id": number, "meeting_id": self.meeting_id, **span, "state": "booked"}
        await self.db.execute(insert(claim), {**values, "made_at": self.now})

    async def _move(self, found: Row[Any]) -> None:
        moved = {"state": "booked", "version": found.version + 1, "next_due_at": None}
        await self.db.execute(MOVED, {"matter": found.id, "before": found.version, **moved})
        actor = f"account:{self.account_id}"
        line = {"matter_id": found.id, "event": "booked", "state": "booked", "at": self.now, "actor": actor}
        await self.db.execute(insert(matter_event), line)

    async def _register(self, found: Row[Any], seats: Any) -> None:
        wanted, now, meeting_id = self.wanted, self.now, self.meeting_id
        fixed = {"mode": "online", "state": "booked", "sequence": 0, "made_at": now, "version": 1}
        what = {"id": meeting_id, "case_id": found.case_id, "matter_id": found.id, "mediator_id": wanted.mediator_id}
        span = {"starts": wanted.starts, "ends": wanted.ends}
        await self.db.execute(insert(meeting), {**what, **span, **fixed, "made_by": self.account_id})
        places = [(new_id(), one.id) for one in seats if one.id in wanted.seat_ids]
        shared: dict[str, Any] = {"meeting_id": meeting_id, "state": "invited", "made_at": now}
        rows = [{"id": place, "seat_id": seat_id, "uid": f"{place}@house", **shared} for place, seat_id in places]
        await self.db.execute(insert(attendance), rows)
        over = wanted.ends + timedelta(hours=2)
        ways = [{"locator": new_id(), "seat_id": one, "attendance_id": place} for place, one in places]
        await self.db.execute(
            insert(link), [{**way, "case_id": found.case_id, "over_at": over, "made_at": now} for way in ways]
        )
        await self._post(found, [*places, (meeting_id, None)])

    async def _post(self, found: Row[Any], to: list[tuple[str, str | None]]) -> None:
        fixed = {
            "kind": "invitation", "channel": "mail", "case_id": found.case_id, "key_id": found.key_id,
            "method": "REQUEST", "sequence": 0, "once": False, "state": "queued", "attempt": 0,
            "next_at": self.now, "created_at": self.now, "useless_after": self.wanted.ends,
        }  # fmt: skip
        rows = []
        for place, seat_id in to:
            row = new_id()
            raw = READY if self.mails_ready else self._mail(row, place)
            sealed = {"to_sealed": _sealed(b"somebody@post.example", row), "raw_sealed": _sealed(raw, row)}
            whose = {"id": row, "key": f"invitation:{place}:0", "seat_id": seat_id, "uid": place}
            rows.append({**fixed, **whose, **sealed, "message_id": f"<{row}@house>"})
        await self.db.execute(insert(message), rows)

    def _mail(self, row: str, place: str) -> bytes:
        email, way = f"{place[:8]}@post.example", f"https://house.example/j/{place}"
        wanted, uid = self.wanted, f"{place}@house.example"
        part = mails.calendar_part(uid, starts=wanted.starts, ends=wanted.ends, now=self.now, email=email, link=way)
        return mails.mail(f"<{row}@house.example>", part, email=email, link=way)

    async def _note(self, chain: str) -> None:
        make = postgresql.insert if self.db.dialect.name == "postgresql" else sqlite.insert
        begun = make(audit_head).on_conflict_do_nothing(index_elements=["chain"])
        await self.db.execute(begun, {"chain": chain, "place": 0, "hash": "0" * 64})
        head = (await self.db.execute(HEAD, {"chain": chain})).one()
        line: dict[str, Any] = {
            "chain": chain, "place": head.place + 1, "at": self.now, "actor": f"account:{self.account_id}",
            "role": "CO", "action": "meeting.book", "resource": f"meeting:{self.meeting_id}", "outcome": "done",
            "request_id": new_id(), "proof": "mail", "previous": head.hash,
        }  # fmt: skip
        line["hash"] = hashlib.sha256(json.dumps(line, default=str, sort_keys=True).encode()).hexdigest()
        await self.db.execute(insert(audit), line)
        moved = {"of_chain": chain, "place": line["place"], "hash": line["hash"]}
        await self.db.execute(HEAD_MOVED, moved)


@contextlib.asynccontextmanager
async def by_materials(url: str, mails_are: str = "written") -> AsyncIterator[Handler]:
    """As a good hand would write it: a statement for each thing to know, and for each table to write."""
    places = Materials(url)

    async def book(request: web.Request) -> web.Response:
        wanted = await _wanted(request)
        words = {"session": fingerprint(request.cookies[COOKIE]), "now": datetime.now(UTC)}
        async with places.read() as db:
            who = (await db.execute(SESSION, words)).one()
        if "coordinator" not in who.roles:
            raise web.HTTPForbidden
        try:
            async with places.write() as db:
                location = await _Booking(db, wanted, who.account_id, mails_ready=mails_are == "ready").carry_out()
        except IntegrityError:
            return web.Response(text=TAKEN, status=409)
        return web.Response(status=303, headers={"Location": location})

    yield book
    await places.engine.dispose()


TABLES = (
    "CREATE TABLE IF NOT EXISTS bare_meeting (id TEXT PRIMARY KEY, starts BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS bare_party (meeting TEXT, person TEXT, PRIMARY KEY (meeting, person))",
    "CREATE TABLE IF NOT EXISTS bare_held (person TEXT, quarter BIGINT, PRIMARY KEY (person, quarter))",
)
QUARTER_SECONDS = 900


def _rows(wanted: Wanted) -> Mapping[str, list[tuple[object, ...]]]:
    """46 rows: the meeting, five people, and eight quarter hours of each."""
    meeting_id, first = new_id(), int(wanted.starts.timestamp()) // QUARTER_SECONDS
    people = sorted([wanted.mediator_id, *wanted.seat_ids])
    quarters = range(first, first + wanted.minutes * 60 // QUARTER_SECONDS)
    return {
        "INSERT INTO bare_meeting VALUES ({0}, {0})": [(meeting_id, first)],
        "INSERT INTO bare_party VALUES ({0}, {0})": [(meeting_id, one) for one in people],
        "INSERT INTO bare_held VALUES ({0}, {0})": [(one, quarter) for one in people for quarter in quarters],
    }


def _bare_answer(*, won: bool) -> web.Response:
    return web.Response(status=303, headers={"Location": "/"}) if won else web.Response(text=TAKEN, status=409)


@contextlib.asynccontextmanager
async def bare(url: str) -> AsyncIterator[Handler]:
    """The rows of the store that decides who wins, each booking in a commit of its own."""
    if is_sqlite(url):
        file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *TABLES):
            file.execute(statement)

        async def in_file(request: web.Request) -> web.Response:
            rows = _rows(await _wanted(request))
            file.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in rows.items():
                    file.executemany(statement.format("?"), values)
                file.execute("COMMIT")
            except sqlite3.IntegrityError:
                file.execute("ROLLBACK")
                return _bare_answer(won=False)
            return _bare_answer(won=True)

        yield in_file
        file.close()
        return
    async with psycopg_pool.AsyncConnectionPool(url, min_size=10, max_size=10) as pool:
        async with pool.connection() as connection:
            for statement in TABLES:
                await connection.execute(statement)

        async def in_server(request: web.Request) -> web.Response:
            rows = _rows(await _wanted(request))
            try:
                async with pool.connection() as connection, connection.cursor() as cursor:
                    for statement, values in rows.items():
                        await cursor.executemany(statement.format("%s"), values)
            except psycopg.IntegrityError:
                return _bare_answer(won=False)
            return _bare_answer(won=True)

        yield in_server


if __name__ == "__main__":
    main(PATH, materials=by_materials, bare=bare)
