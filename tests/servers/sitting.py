"""An open sitting with a parent and an officer in it, told through the acts; and their screens, without browsers.

A screen does what a browser's does: it holds a line, keeps the newest floor, and comes back when the line is lost.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from cases import file
from cases.case import Side, Standing
from cases.dossier import NewSeat
from database.engine import Database, Transaction
from database.ids import new_id
from demonstration.story import tell
from meetings import attending, register
from meetings.meeting import AttendanceState, ProofLevel
from meetings.register import Attendance, Meeting
from meetings.room import admission
from people import accounts, sessions
from people.roles import Party, Role
from people.signin import as_person
from tests.cases.house import OFFICE

STAFF_COOKIE, SEAT_COOKIE = "evenhand-staff", "evenhand-seat"
BACK_AFTER = 0.2
Floor = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Way:
    """How one seat comes to its line."""

    seat: str
    path: str
    cookie: str


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """An open meeting: `ahead` is how far the service's clock must be ahead for it to be now."""

    meeting_id: str
    ahead: timedelta
    mediator: Way
    parent: Way
    officer: Way
    others: Mapping[str, Way] = field(default_factory=dict)  # who was asked for besides, by first name

    @property
    def environment(self) -> dict[str, str]:
        """What the service is told, so that it is the hour of the sitting."""
        return {"DEMONSTRATION": "true", "DEMO_CLOCK_AHEAD": str(int(self.ahead.total_seconds()))}


OWEN, DANA, FREYA, SAMI, IDA = (
    NewSeat(side=side, standing=standing, party=party, name=name, title=title)
    for side, standing, party, name, title in (
        (Side.FAMILY, Standing.PRINCIPAL, Party.PARENT, "Owen Archer", "parent"),
        (Side.COUNCIL, Standing.WITNESS, Party.COUNCIL, "Dana Whitlock", "case officer"),
        (Side.SCHOOL, Standing.PRINCIPAL, Party.SETTING, "Freya Lund", "SENCO"),
        (Side.HEALTH, Standing.PRINCIPAL, Party.HEALTH, "Sami Rahimi", "clinical officer"),
        (Side.NOBODY, Standing.LANGUAGE_WORKER, Party.INTERPRETER, "Ida Roa", "BSL interpreter"),
    )
)
"""People who may come to a sitting besides the parent and the council's officer."""


async def _expected(db: Transaction, new: NewSeat, *, now: datetime) -> str:
    """This person has a seat in the case, and is expected at its meeting."""
    met = [meeting for matter in await file.open_matters(db) for meeting in await register.of_matter(db, matter.id)]
    seat = await file.add_seat(db, await file.load_case(db, met[-1].case_id), new, now=now)
    await register.enter_attendances(db, met[-1].id, [seat.id], domain="evenhand.example", now=now)
    return seat.id


async def open_sitting(database: Database, *, now: datetime, more: Sequence[NewSeat] = ()) -> Sitting:
    """Rowan's meeting goes on, and everybody is in; their screens are not connected yet."""
    await tell(database, OFFICE, now=now)
    async with database.write() as db:
        seats = [seat for one in await file.open_matters(db) for seat in await file.seats_of(db, one.case_id)]
        extra = {new.name.split()[0]: await _expected(db, new, now=now) for new in more}
        places = {seat.side: found[-1] for seat in seats if (found := await register.attendances_of(db, seat.id))}
        meeting = await register.load(db, places[Side.FAMILY].meeting_id)
        mediator = next(one for one in await accounts.everybody(db) if Role.MEDIATOR in one.roles)
        person = as_person(mediator, proof="second_factor")
        await admission.start(db, meeting.id, person=person, now=meeting.starts)
        ways = {side: await _let_in(db, meeting, place, now=meeting.starts) for side, place in places.items()}
        added = {name: (await register.attendances_of(db, seat_id))[-1] for name, seat_id in extra.items()}
        others = {name: await _let_in(db, meeting, place, now=meeting.starts) for name, place in added.items()}
        for place in (*places.values(), *added.values()):
            await admission.admit(db, meeting.id, place.id, person=person, now=meeting.starts)
        secret = await sessions.open_staff(db, mediator.id, second_factor=True, device="test", now=meeting.starts)
    desk = f"/mediator/sitting/{meeting.id}/socket"
    return Sitting(
        meeting_id=meeting.id,
        ahead=meeting.starts - now + timedelta(seconds=30),
        mediator=Way(seat="mediator", path=desk, cookie=f"{STAFF_COOKIE}={secret}"),
        parent=ways[Side.FAMILY],
        officer=ways[Side.COUNCIL],
        others=others,
    )


async def _let_in(db: Transaction, meeting: Meeting, place: Attendance, *, now: datetime) -> Way:
    seat = await file.load_seat(db, place.seat_id)
    person = sessions.seat_holder(
        session_id="",
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=place.id,
        proof=ProofLevel.MAIL,
        party=seat.party,
        side=seat.side,
        name=seat.label,
        request_id="",
    )
    arrived = await attending.arrive(db, place.id, person=person, now=now)
    assert arrived.state is AttendanceState.ARRIVED
    await attending.agree(db, place.id, person=person, now=now)
    secret = await sessions.open_seat(
        db,
        seat_id=seat.id,
        case_id=seat.case_id,
        attendance_id=place.id,
        proof=ProofLevel.MAIL,
        meeting_ends=meeting.ends,
        now=now,
    )
    return Way(seat=place.id, path=f"/room/{place.id}/socket", cookie=f"{SEAT_COOKIE}={secret}")


@dataclass(kw_only=True)
class Screen:
    """What one person sees. `floor` is None while there is no line."""

    way: Way
    url: str
    session: aiohttp.ClientSession
    floor: Floor | None = None
    version: int = 0
    lost: int = 0
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    frames: list[dict[str, Any]] = field(default_factory=list)
    close_code: int | None = None
    socket: aiohttp.ClientWebSocketResponse | None = None
    task: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """The browser has died: its line is gone and does not come back."""
        assert self.task is not None
        self.task.cancel()

    async def keep(self) -> None:
        """The screen is connected, again and again."""
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                await self.look()
            self.floor, self.socket, self.lost = None, None, self.lost + 1
            await asyncio.sleep(BACK_AFTER)

    async def look(self) -> None:
        """One line, from its beginning to its end."""
        headers = {"Origin": self.url, "Cookie": self.way.cookie}
        async with self.session.ws_connect(f"{self.url}{self.way.path}", headers=headers) as self.socket:
            async for message in self.socket:
                self.take(json.loads(message.data))
            self.close_code = self.socket.close_code

    def take(self, frame: dict[str, Any]) -> None:
        """A frame has come."""
        self.frames.append(frame)
        if frame["kind"] == "floor" and (self.floor is None or frame["version"] >= self.version):
            self.floor, self.version = frame["floor"], frame["version"]
        elif frame["kind"] in ("done", "refused"):
            self.answers[frame["op"]] = frame

    async def say(self, kind: str, **more: object) -> int:
        """The signal is done, and the floor had this version after it; AssertionError when it was refused."""
        assert self.socket is not None
        op = new_id()
        await self.socket.send_str(json.dumps({"kind": kind, "op": op, "version": self.version, **more}))
        await until(lambda: op in self.answers, 5, f"an answer to {kind}")
        assert self.answers[op]["kind"] == "done", self.answers[op]
        return int(self.answers[op]["version"])

    def queue(self) -> list[str]:
        """Who waits, the next first."""
        return [entry["seat"] for entry in self.floor["queue"]] if self.floor else []

    def holder(self) -> str | None:
        """Who has the floor."""
        return self.floor["holder"] if self.floor else None

    def here(self) -> set[str]:
        """Who is here, as far as this screen knows."""
        return {one["seat"] for one in self.floor["people"] if one["here"]} if self.floor else set()


async def until(true: Callable[[], bool], seconds: float, what: str) -> float:
    """It has become true; how many seconds that took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, f"not within {seconds} seconds: {what}"
        await asyncio.sleep(0.01)
    return time.monotonic() - started


@contextlib.asynccontextmanager
async def screens(url: str, *ways: Way) -> AsyncIterator[list[Screen]]:
    """Inside the block each of these has a screen that comes back by itself."""
    async with aiohttp.ClientSession() as session:
        made = [Screen(way=way, url=url, session=session) for way in ways]
        tasks = [asyncio.create_task(one.keep()) for one in made]
        for one, task in zip(made, tasks, strict=True):
            one.task = task
        try:
            await until(lambda: all(one.floor for one in made), 10, "every screen has the floor")
            yield made
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
