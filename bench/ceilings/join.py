"""The ceilings of a join: by the materials the same reads and the same row; bare the look-up and the token alone."""

import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg_pool
from aiohttp import web
from livekit import api
from sqlalchemy import bindparam, insert, select

from bench.ceilings.ground import SERVICE_KEY, Handler, Materials, is_sqlite, main
from cases.schema import case_file, seat
from database.ids import fingerprint, new_id
from database.vault import KeyId, Vault
from meetings.schema import attendance, floor, media_identity, media_room, meeting
from people.schema import seat_session

PATH = "/room/{attendance}/token"
COOKIE = "evenhand-seat"
LOOK_UP = (
    select(
        seat_session.c.seat_id,
        seat.c.name_sealed,
        case_file.c.key_id,
        attendance.c.state,
        meeting.c.mode,
        floor.c.state_sealed,
        media_room,
    )
    .select_from(seat_session)
    .join(seat, seat.c.id == seat_session.c.seat_id)
    .join(case_file, case_file.c.id == seat.c.case_id)
    .join(attendance, attendance.c.seat_id == seat.c.id)
    .join(meeting, meeting.c.id == attendance.c.meeting_id)
    .join(floor, floor.c.meeting_id == meeting.c.id)
    .join(media_room, media_room.c.meeting_id == meeting.c.id)
    .where(
        seat_session.c.id == bindparam("session"),
        seat_session.c.ended_at.is_(None),
        seat_session.c.ends_at > bindparam("now"),
        seat_session.c.seen_at > bindparam("awake"),
        seat.c.revoked_at.is_(None),
        attendance.c.id == bindparam("attendance"),
        (attendance.c.state == "admitted") | (attendance.c.state == "away"),
        meeting.c.mode == "online",
    )
)
BARE = (
    "SELECT a.meeting_id FROM seat_session s JOIN attendance a ON a.seat_id = s.seat_id "
    "WHERE s.id = {0} AND a.id = {0} AND s.ended_at IS NULL"
)
IDENTITY = insert(media_identity)


def token(key: str, secret: str, *, identity: str, room: str, name: str) -> str:
    """A LiveKit token with the grants that ours has."""
    grants = api.VideoGrants(
        room_join=True,
        room=room,
        can_subscribe=True,
        can_publish=True,
        can_publish_data=False,
        can_publish_sources=["camera"],
        can_update_own_metadata=False,
    )
    made = api.AccessToken(key, secret).with_identity(identity).with_name(name)
    return made.with_ttl(timedelta(seconds=60)).with_grants(grants).to_jwt()


@contextlib.asynccontextmanager
async def by_materials(url: str, key: str, secret: str) -> AsyncIterator[Handler]:
    """One look-up in one transaction, one row in another, as a good hand would write it."""
    places, vault = Materials(url), Vault(SERVICE_KEY)

    async def join(request: web.Request) -> web.Response:
        place, now = request.match_info["attendance"], datetime.now(UTC)
        words = {"session": fingerprint(request.cookies[COOKIE]), "attendance": place, "now": now}
        async with places.read() as db:
            row = (await db.execute(LOOK_UP, {**words, "awake": now - timedelta(minutes=30)})).one()
            box = await vault.box(db, KeyId(row.key_id))
        on_floor = json.loads(box.open("floor.state", row.meeting_id, row.state_sealed))
        if not any(one["key"] == place for one in on_floor["seats"]):
            raise web.HTTPNotFound
        identity = new_id()
        facts = {"meeting_id": row.meeting_id, "seat_key": place, "epoch": row.epoch, "minted_at": now}
        async with places.write() as db:
            await db.execute(IDENTITY, {"identity": identity, **facts})
        made = token(key, secret, identity=identity, room=row.name, name=place)
        return web.json_response({"url": "", "token": made, "epoch": row.epoch})

    yield join
    await places.engine.dispose()


@contextlib.asynccontextmanager
async def bare(url: str, key: str, secret: str) -> AsyncIterator[Handler]:
    """The look-up and the token: nothing is written."""

    def answer(row: object, place: str) -> web.Response:
        if row is None:
            raise web.HTTPNotFound
        return web.json_response({"token": token(key, secret, identity=new_id(), room=place, name=place)})

    if is_sqlite(url):
        file = sqlite3.connect(url.removeprefix("sqlite:///"))

        async def from_file(request: web.Request) -> web.Response:
            place = request.match_info["attendance"]
            return answer(
                file.execute(BARE.format("?"), (fingerprint(request.cookies[COOKIE]), place)).fetchone(), place
            )

        yield from_file
        file.close()
        return

    async with psycopg_pool.AsyncConnectionPool(url, min_size=10, max_size=10, kwargs={"autocommit": True}) as pool:

        async def from_server(request: web.Request) -> web.Response:
            place = request.match_info["attendance"]
            async with pool.connection() as connection:
                found = await connection.execute(BARE.format("%s"), (fingerprint(request.cookies[COOKIE]), place))
                return answer(await found.fetchone(), place)

        yield from_server


if __name__ == "__main__":
    main(PATH, materials=by_materials, bare=bare)
