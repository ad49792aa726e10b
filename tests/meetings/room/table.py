"""A table to play at: a floor, a clock, and short ways to say what people do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cases.case import Side, Standing
from meetings.room import asks, commands
from meetings.room.floor import Floor, Seat, SeatKey, opened, step, wakes_at
from meetings.room.order import order
from meetings.room.seats import Office
from meetings.room.stages import Mode

START = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
MEDIATOR = SeatKey("mediator")
SIDES = (Side.FAMILY, Side.COUNCIL, Side.SCHOOL, Side.HEALTH, Side.SOCIAL_CARE)


def person(key: str, side: Side = Side.FAMILY, standing: Standing = Standing.PRINCIPAL, **facts: Any) -> Seat:
    return Seat(key=SeatKey(key), label=f"{key.title()} A.", side=side, standing=standing, **facts)


TESSA = person("tessa")
OWEN = person("owen")
JO = person("jo", standing=Standing.SUPPORTER)
ROWAN = person("rowan", standing=Standing.YOUNG_PERSON)
LENA = person("lena", Side.NOBODY, Standing.LANGUAGE_WORKER, tag="BSL", helps=SeatKey("owen"))
COLIN = person("colin", Side.COUNCIL)
DANA = person("dana", Side.COUNCIL)
FREYA = person("freya", Side.SCHOOL)
SAMI = person("sami", Side.HEALTH)
IDRIS = person("mediator", Side.NOBODY, Standing.PROCESS)
MINA = person("mina", Side.NOBODY, Standing.PROCESS, office=Office.CO_MEDIATOR)
TIA = person("tia", Side.NOBODY, Standing.PROCESS, office=Office.TRAINEE)


class Table:
    """A sitting in open queue mode whose people are all connected, unless told otherwise.

    One that is not `led` is at its first stage, and its mediator has not come in yet.
    """

    def __init__(self, *people: Seat, mode: Mode = Mode.QUEUE, in_person: bool = False, led: bool = True) -> None:
        self.now = START
        self.ops = count(10_000_000)
        self.floor = opened(IDRIS, lot="lot", in_person=in_person, now=START)
        if led:
            self.server(asks.Arrived, "mediator")
        for seat in people:
            self.server(asks.Seated, "mediator", seat=seat)
            self.server(asks.Arrived, seat.key)
        if led and mode is not self.floor.mode:
            self.rule(commands.SetMode, mode=mode)

    def wait(self, seconds: float) -> "Table":
        self.now += timedelta(seconds=seconds)
        return self

    def take(self, signal: asks.Signal) -> Floor:
        self.floor = step(self.floor, signal, now=self.now)
        return self.floor

    def server(self, kind: Any, by: str, **facts: Any) -> Floor:
        return self.take(kind(by=SeatKey(by), **facts))

    def ask(self, kind: Any, by: str, **facts: Any) -> Floor:
        return self.take(kind(by=SeatKey(by), **{"op": str(next(self.ops)), "version": self.floor.version, **facts}))

    def rule(self, kind: Any, **facts: Any) -> Floor:
        return self.ask(kind, facts.pop("by", "mediator"), **facts)

    def raises(self, *keys: str, apart: float = 2) -> "Table":
        for key in keys:
            self.wait(apart).ask(asks.RaiseHand, key)
        return self

    def give_next(self) -> str:
        """The floor to whom the desk names, after the round has looked at what is due."""
        self.tick()
        seat = order(self.floor)[0].seat
        self.rule(commands.GiveNext, seat=seat)
        return seat

    def turn(self, seconds: float) -> str:
        """The next person's whole turn."""
        seat = self.give_next()
        self.wait(seconds).rule(commands.EndTurn)
        return seat

    def tick(self) -> Floor:
        return self.take(asks.Tick())

    def sleep(self, seconds: float) -> Floor:
        """Time goes by and the round steps the floor whenever it is due."""
        until = self.now + timedelta(seconds=seconds)
        while (due := wakes_at(self.floor)) is not None and due <= until:
            self.now = due
            self.tick()
        self.now = until
        return self.tick()

    def idle(self) -> bool:
        """Whether time alone changes nothing but how near the next break is."""
        due = wakes_at(self.floor)
        return due is None or due in {self.floor.break_due - self.floor.numbers.break_ahead, self.floor.break_due}

    def queue(self) -> list[str]:
        return [str(hand.seat) for hand in order(self.floor)]

    def kinds(self) -> list[object]:
        return [event["kind"] for event in self.floor.events]

    def change(self, **facts: Any) -> None:
        self.floor = replace(self.floor, **facts)
