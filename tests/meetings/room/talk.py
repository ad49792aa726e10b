"""Talk at a table, as a browser hears and reports it: who speaks from when to when, its clock, and the way to us."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey
from meetings.room.hearing import Hearing, faded, heard
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MEDIATOR, MINA, OWEN, TESSA, Table

PEOPLE = (TESSA, OWEN, JO, LENA, COLIN, DANA, FREYA, MINA)
Change = tuple[int, frozenset[str]]


class Said(NamedTuple):
    """Somebody speaks, from and until so many milliseconds after the floor was given."""

    who: str
    since: int
    until: int


class Told(NamedTuple):
    """What the floor heard, and when the report came that led to it."""

    at: int
    signal: asks.Signal


def table(*, holder: str | None = "owen", patience: timedelta | None = timedelta(seconds=8)) -> Table:
    """A table at which this person has had the floor from this moment."""
    people = [replace(one, patience=patience) if one.key == holder else one for one in PEOPLE]
    made = Table(*people).wait(60)
    if holder:
        made.rule(commands.GiveTo, seat=SeatKey(holder))
    return made


def changes(talk: Sequence[Said], *, until: int) -> Iterator[Change]:
    """Who is heard, whenever that changes, and once a second."""
    moments = {moment for one in talk for moment in (one.since, one.until)} | set(range(0, until + 1, 1000))
    for moment in sorted(moment for moment in moments if 0 <= moment <= until):
        yield moment, frozenset(one.who for one in talk if one.since <= moment < one.until)


class Ear:
    """The mediator's browser: its clock is ahead of ours by `skew`, and each report takes as long as `delays` says."""

    def __init__(self, floor: Floor, *, skew: int = 0, delays: Sequence[int] = (0,), rtt: int | None = None) -> None:
        self.floor, self.skew, self.delays, self.rtt = floor, skew, delays, rtt
        self.began = floor.at
        self.hearing = Hearing()
        self.told: list[Told] = []
        self.sent = self.came = 0

    def now(self, at: int) -> datetime:
        return self.began + timedelta(milliseconds=at)

    def hears(self, at: int, *seats: str, by: str = MEDIATOR) -> tuple[asks.Signal, ...]:
        """A report of this moment has come."""
        self.came = max(self.came, at + self.delays[self.sent % len(self.delays)])  # a line keeps the order
        self.sent += 1
        clock = max(0, 10**12 + at + self.skew)
        keys = frozenset(map(SeatKey, seats))
        report = asks.Report(by=SeatKey(by), at=clock, seats=keys, rtt=self.rtt)
        self.hearing, said = heard(self.hearing, report, self.floor, now=self.now(self.came))
        return self._note(self.came, said)

    def listens(self, talk: Sequence[Said], *, until: int, since: int = 0) -> list[Told]:
        """All that was told of this talk."""
        for at, seats in changes(talk, until=until):
            if at >= since:
                self.hears(at, *seats)
        return self.told

    def waits(self, at: int) -> tuple[asks.Signal, ...]:
        """No report has come, and it is this late."""
        self.hearing, said = faded(self.hearing, self.floor, now=self.now(at))
        return self._note(at, said)

    def of(self, *kinds: type[asks.Signal]) -> list[asks.Signal]:
        return [told.signal for told in self.told if isinstance(told.signal, kinds)]

    def _note(self, at: int, said: tuple[asks.Signal, ...]) -> tuple[asks.Signal, ...]:
        for signal in said:
            if isinstance(signal, asks.Hears):
                self.floor = replace(self.floor, ears=signal.on)
        self.told.extend(Told(at, signal) for signal in said)
        return said
