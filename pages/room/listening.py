"""Edge: what a process person's browser reports of who is heard. No report is answered, kept or written down."""

import contextlib
from collections.abc import Callable
from datetime import datetime

from database.engine import Database
from database.refusal import Refusal
from meetings.room.asks import Report
from meetings.room.hearing import DEAF, Hearing, ended, faded, heard
from meetings.room.lines import Line
from meetings.room.readers import BadSignal
from meetings.room.tally import Signals
from meetings.room.turns import take_turn


class Listening:
    """What one line has reported of late, weighed against the newest floor that it has seen."""

    def __init__(self, database: Database, line: Line, clock: Callable[[], datetime]) -> None:
        self.line = line
        self._database, self._clock = database, clock
        self._hearing = DEAF

    async def hear(self, report: Report) -> None:
        """The floor knows what follows from this report: mostly nothing, and then nothing is read or written.

        BadSignal when it is no process person who says so.
        """
        floor = self.line.floor
        if floor is None or not floor.has(report.by) or not floor.seat(report.by).leads:
            raise BadSignal
        await self._tell(*heard(self._hearing, report, floor, now=self._clock()))

    async def look(self) -> None:
        """If reports have stopped, the floor knows that nobody listens."""
        if self.line.floor is not None:
            await self._tell(*faded(self._hearing, self.line.floor, now=self._clock()))

    async def end(self) -> None:
        """The line closes, and nobody listens on it any more."""
        if self.line.floor is not None:
            await self._tell(*ended(self._hearing, self.line.floor))

    async def _tell(self, hearing: Hearing, said: Signals) -> None:
        self._hearing = hearing
        for signal in said:
            with contextlib.suppress(Refusal):  # the floor has moved on; what was heard is only a hint
                async with self._database.write() as db:
                    floor = await take_turn(db, self.line.meeting_id, signal, now=self._clock())
                self.line.saw(floor)
