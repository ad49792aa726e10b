"""Rules: who is heard, as the browser of a process person reports it, and what the floor should know of that.

Lengths are measured on the reporting browser's own clock, so that no delay on the way invents or hides speech. Only to
know when a turn began is that clock compared with ours, by the report that was quickest of late. A clock that jumps,
and reports that fail to come, count as not having listened. Nothing here mutes, moves or ends anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meetings.room.asks import Hears, Report
from meetings.room.entries import Turn
from meetings.room.seats import SeatKey
from meetings.room.state import Floor
from meetings.room.stretches import Heard, Stretch
from meetings.room.tally import MS, Signals, Tally, begun, needed, put_by, resumed, running, to_ms, weighed

WINDOW = 30_000
AHEAD, REPEATED = 500, 5000
UNHEARD = 2500  # browsers report once a second: without a report for so long, nobody listened
LONGEST_RTT = 2000

FADES = timedelta(seconds=5)
AGAIN = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What one open line of a process person has reported of late. It is lost with the line.

    `received` and `since` are when the last report came, by our clock, and the first without a break, by the browser's.
    `offsets` are the quickest reports of the last half minute: when they came, and by how much our clock was ahead.
    """

    last: Report | None = None
    received: int = 0
    since: int = 0
    offsets: tuple[tuple[int, int], ...] = ()
    rtt: int = 0
    stretches: tuple[Stretch, ...] = ()
    told: datetime | None = None
    tally: Tally | None = None

    @property
    def quiet(self) -> timedelta:
        """How long the holder of this turn has been silent, as far as that is not charged."""
        return self.tally.quiet if self.tally else timedelta(0)


DEAF = Hearing()


def heard(hearing: Hearing, report: Report, floor: Floor, *, now: datetime) -> tuple[Hearing, Signals]:
    """The hearing after this report, and what the floor should know; mostly nothing."""
    if not floor.hearing or floor.in_person:
        return DEAF, ()
    if hearing.last and 0 <= hearing.last.at - report.at < REPEATED:
        return hearing, ()
    listens, broken = _listens(floor, report.by), _broken(hearing, report, received=to_ms(now))
    turn = running(floor) if listens else None
    hearing, parted = _parted(hearing, floor, None if broken else turn)
    before = replace(hearing, last=None, offsets=(), stretches=()) if broken else hearing
    hearing = _taken(before, report, received=to_ms(now))
    if not listens:
        return replace(hearing, tally=None, told=None), (*parted, *_no_longer(hearing))
    hearing, told = _telling(hearing, floor, now=now)
    hearing, found = _weighed(hearing, floor, turn)
    return hearing, (*told, *parted, *found)


def faded(hearing: Hearing, floor: Floor, *, now: datetime) -> tuple[Hearing, Signals]:
    """The same, unless reports have stopped for five seconds: then hearing has ended."""
    if hearing.last is None or to_ms(now) - hearing.received <= FADES // MS:
        return hearing, ()
    return ended(hearing, floor)


def ended(hearing: Hearing, floor: Floor) -> tuple[Hearing, Signals]:
    """Nobody listens on this line any more."""
    if hearing.last is None or hearing.told is None or not floor.hearing:
        return DEAF, ()
    _, parted = _parted(hearing, floor, None)
    return DEAF, (*parted, *_no_longer(hearing))


def _no_longer(hearing: Hearing) -> Signals:
    return (Hears(on=False),) if hearing.told else ()


def _listens(floor: Floor, by: SeatKey) -> bool:
    """One browser is listened to: that of the first who leads and is here. Who reports is here, whatever was seen."""
    leading = (seat for seat in floor.seats if seat.leads and (seat.here or seat.key == by))
    first = next(leading, None)
    return first is not None and first.key == by


def _broken(hearing: Hearing, report: Report, *, received: int) -> bool:
    """Whether the browser's clock, or its reports, did not simply go on since the last one."""
    if hearing.last is None:
        return False
    ahead = report.at + hearing.offsets[0][1] - received
    return not 0 < report.at - hearing.last.at <= UNHEARD or ahead > AHEAD


def _parted(hearing: Hearing, floor: Floor, turn: Turn | None) -> tuple[Hearing, Signals]:
    """The hearing with its turn put by, unless it is this one."""
    tally = hearing.tally
    if tally is None or not tally.going or (turn and tally.counts_for(turn)):
        return hearing, ()
    rests, said = put_by(tally, _sounds(hearing), floor)
    return replace(hearing, tally=rests), said


def _taken(hearing: Hearing, report: Report, *, received: int) -> Hearing:
    """The hearing with what was heard until this report."""
    last, offset = hearing.last, received - report.at
    slower = (one for one in hearing.offsets if one[0] > received - WINDOW and one[1] < offset)
    talked = last.seats if last else frozenset[SeatKey]()
    until = (
        replace(one, until=report.at) if last and one.seat in talked and one.until == last.at else one
        for one in hearing.stretches
    )
    fresh = (Stretch(seat=seat, since=report.at, until=report.at) for seat in sorted(report.seats - talked))
    return replace(
        hearing,
        last=report,
        received=received,
        since=hearing.since if last else report.at,
        offsets=(*slower, (received, offset)),
        rtt=hearing.rtt if report.rtt is None else min(report.rtt, LONGEST_RTT),
        stretches=(*until, *fresh),
    )


def _telling(hearing: Hearing, floor: Floor, *, now: datetime) -> tuple[Hearing, Signals]:
    """The floor is told that it is listened to, and again after a while if it does not know."""
    if hearing.told and (floor.ears or now - hearing.told < AGAIN):
        return hearing, ()
    return replace(hearing, told=now), (Hears(on=True),)


def _weighed(hearing: Hearing, floor: Floor, turn: Turn | None) -> tuple[Hearing, Signals]:
    """The hearing with what this report means for the turn that runs."""
    sounds, tally = _sounds(hearing), hearing.tally
    said: Signals = ()
    if turn:
        tally, said = weighed(_of_turn(hearing, floor, turn), sounds, floor=floor, rtt=hearing.rtt)
    return replace(hearing, tally=tally, stretches=needed(tally, sounds, floor).stretches), said


def _of_turn(hearing: Hearing, floor: Floor, turn: Turn) -> Tally:
    tally, sounds = hearing.tally, _sounds(hearing)
    if tally and tally.counts_for(turn):
        return tally if tally.going else resumed(tally, sounds.at, floor=floor, rtt=hearing.rtt)
    before = tally.seat if tally and tally.seat != turn.seat else None
    return begun(floor, turn, sounds, listened=hearing.since, rtt=hearing.rtt, before=before)


def _sounds(hearing: Hearing) -> Heard:
    at = hearing.last.at if hearing.last else hearing.since
    offset = hearing.offsets[0][1] if hearing.offsets else 0
    return Heard(at=at, offset=offset, stretches=hearing.stretches)
