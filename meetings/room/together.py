"""Act: turns that come in while others are being committed are taken together, in one transaction.

One action a second in each of two hundred rooms is a commit for each; when more come than commits can be made, each
commit holds more of them, so that a busy house makes nobody wait longer than one commit and their own.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime

from database.engine import Database
from meetings.room.asks import Signal
from meetings.room.floors import FloorMoved, Kept, rung
from meetings.room.state import Floor
from meetings.room.turns import AT_ONCE, Asked, take_turns

Waiting = tuple[Asked, asyncio.Future[Floor]]
AT_HAND = 512  # floors that are kept at hand, which need not be read to be changed


class Turns:
    """The turns that are asked for in this process; each floor is told to `then` as soon as it is committed."""

    def __init__(self, database: Database, then: Callable[[str, Floor], None]) -> None:
        self._database, self._then = database, then
        self._waiting: list[Waiting] = []
        self._line = asyncio.Lock()
        self._known: OrderedDict[str, Kept] = OrderedDict()

    async def take(self, meeting_id: str, signal: Signal, *, now: datetime) -> Floor:
        """The floor after this signal, committed; whatever `take_turn` refuses is refused here."""
        answer: asyncio.Future[Floor] = asyncio.get_running_loop().create_future()
        self._waiting.append((Asked(meeting_id=meeting_id, signal=signal, now=now), answer))
        while not answer.done():  # nobody before us in the line has taken it along
            await asyncio.shield(self._take_waiting())  # a browser that goes away takes nobody's turn with it
        return answer.result()

    def heard(self, topic: str) -> None:
        """A bell rang: what a floor became otherwise than by a turn, as when its meeting ended, is not at hand here."""
        meeting_id, version = rung(topic)
        if not meeting_id:
            self._known.clear()
        elif version is None:
            self._known.pop(meeting_id, None)

    async def _take_waiting(self) -> None:
        async with self._line:
            taken, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            if taken:
                await self._take_together(taken)

    async def _take_together(self, taken: Sequence[Waiting]) -> None:
        found = await self._found([asked for asked, _ in taken])
        for (asked, answer), after in zip(taken, found, strict=True):
            if not isinstance(after, Exception):
                self._keep(after)
                self._then(asked.meeting_id, after.floor)
            if answer.cancelled():
                continue
            if isinstance(after, Exception):
                answer.set_exception(after)
            else:
                answer.set_result(after.floor)

    async def _found(self, asked: Sequence[Asked]) -> Sequence[Kept | Exception]:
        """What became of each, committed. A floor that is known too old here is read: then nobody is quicker."""
        try:
            try:
                return await self._committed(asked)
            except FloorMoved:
                for one in asked:
                    self._known.pop(one.meeting_id, None)
                return await self._committed(asked)
        except Exception as fault:  # noqa: BLE001 - nothing was written: everyone who waited is told
            return [fault for _ in asked]

    async def _committed(self, asked: Sequence[Asked]) -> Sequence[Kept | Exception]:
        async with self._database.write() as db:
            return await take_turns(db, asked, self._known)

    def _keep(self, kept: Kept) -> None:
        if kept.over:
            return
        self._known[kept.meeting_id] = kept
        self._known.move_to_end(kept.meeting_id)
        if len(self._known) > AT_HAND:
            self._known.popitem(last=False)
