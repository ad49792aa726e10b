"""Rules: what the sounds of one turn mean: the holder has spoken, is silent, or is spoken over (Q13, 3.5, 3.6).

Advisory all through: nothing here mutes, moves or ends anything. All moments are milliseconds of the browser's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cases.case import Side
from meetings.room.asks import OverlapOver, Overlapped, Quiet, Signal, Spoke
from meetings.room.entries import Turn
from meetings.room.seats import SeatKey
from meetings.room.state import Floor
from meetings.room.stretches import Heard, Span, both, total

NOISE = 500  # a shorter sound of the holder is a cough or a key
FINISHING = 5000  # whoever had the floor before may finish their sentence for so long
OVER = 1000  # without an overlap for so long, it is over
UNLIMITED = 60_000  # no lost report covers a silence for longer
SILENCE = 2000  # a shorter pause belongs to speech (3.7)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)
Signals = tuple[Signal, ...]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was heard in one turn.

    Speech belongs to it from `since`, speech over it counts from `counts`, and silence has been reckoned up to
    `settled`. `spoken` is what the holder had said before hearing was broken off. A tally that is not `going` belongs
    to a turn that is over, or that stands still. The floor was told that the holder is silent, up to `silent`.
    """

    seat: SeatKey
    given_in: int
    stage: int
    since: int
    counts: int
    settled: int
    before: SeatKey | None = None
    going: bool = True
    voiced: bool = False
    spoken: int = 0
    spoke: bool = False
    overlap: bool = False
    silent: int = 0
    quiet: timedelta = timedelta(0)

    def counts_for(self, turn: Turn) -> bool:
        return (self.seat, self.given_in) == (turn.seat, turn.given_in)


def to_ms(moment: datetime) -> int:
    """Our own time, in whole milliseconds."""
    return (moment - EPOCH) // MS


def running(floor: Floor) -> Turn | None:
    """The turn in which speech counts. It is not asked whether its clock runs: in an overlap that stands still."""
    turn = floor.turn
    return turn if turn and floor.pause is None and floor.present(turn.seat) else None


def begun(floor: Floor, turn: Turn, heard: Heard, *, listened: int, rtt: int, before: SeatKey | None) -> Tally:
    """The tally of a turn that was given, of which nothing was heard before the moment `listened`."""
    given = min(heard.at, to_ms(turn.given_at) - heard.offset)
    since = max(given, listened)
    return Tally(
        seat=turn.seat,
        given_in=turn.given_in,
        stage=floor.stage,
        since=since,
        counts=given + _settling(floor) + rtt,
        settled=since,
        before=before,
    )


def resumed(tally: Tally, at: int, *, floor: Floor, rtt: int) -> Tally:
    """The tally of a turn that goes on after a standstill; what was heard in between is nothing of it."""
    return replace(tally, going=True, since=at, counts=at + _settling(floor) + rtt, settled=at)


def _settling(floor: Floor) -> int:
    """Nothing counts at the start of a turn for so long."""
    return floor.numbers.settling // MS


def put_by(tally: Tally, heard: Heard, floor: Floor) -> tuple[Tally, Signals]:
    """The tally of a turn that is over or stands still: an overlap is over, and a silence is at its end."""
    silence = timedelta(0)
    said: Signals = ()
    if tally.voiced and tally.stage == floor.stage and floor.has(tally.seat):
        silence = _pardoned(heard.at - tally.settled, floor.seat(tally.seat).patience)
        said = _quiet(tally, heard, since=tally.settled, silence=silence)
    rests = replace(
        tally,
        going=False,
        overlap=False,
        spoken=_spoken(tally, heard, floor),
        silent=0,
        quiet=tally.quiet + silence,
    )
    return rests, (*((OverlapOver(),) if tally.overlap else ()), *said)


def weighed(tally: Tally, heard: Heard, *, floor: Floor, rtt: int) -> tuple[Tally, Signals]:
    """The tally of the turn that runs, and what the floor should know of it."""
    tally = _finishing(tally, heard, floor, rtt=rtt)
    said: Signals = ()
    for rule in (_spoke, _silent, _overlapped):
        tally, signals = rule(tally, heard, floor)
        said = (*said, *signals)
    return tally, said


def needed(tally: Tally | None, heard: Heard, floor: Floor) -> Heard:
    """Of what was heard, what can still matter: the last seconds, and the first words of the holder."""
    first = _voices(tally, floor) if tally and tally.going and not tally.spoke else frozenset[SeatKey]()
    since, within = tally.since if tally else heard.at, floor.numbers.overlap_within // MS
    kept = (
        one
        for one in heard.stretches
        if one.until == heard.at
        or (one.length >= NOISE and (one.until > heard.at - within or (one.seat in first and one.until > since)))
    )
    return replace(heard, stretches=tuple(kept))


def _voices(tally: Tally, floor: Floor) -> frozenset[SeatKey]:
    """Whose voice is the holder's: their own, of who speaks for them, and of who interprets them."""
    return frozenset(seat.key for seat in floor.seats if not seat.process and floor.owner(seat.key) == tally.seat)


def _others(tally: Tally, floor: Floor) -> Mapping[Side, frozenset[SeatKey]]:
    """Those of other sides, by side. People who interpret, or who run the meeting, speak over nobody."""
    if not floor.has(tally.seat):
        return {}
    mine = floor.seat(tally.seat).side
    others = [seat for seat in floor.seats if seat.takes_turns and seat.side is not mine]
    return {side: frozenset(seat.key for seat in others if seat.side is side) for side in {one.side for one in others}}


def _finishing(tally: Tally, heard: Heard, floor: Floor, *, rtt: int) -> Tally:
    """Nothing counts while whoever had the floor before is still in the sentence that they were in."""
    late = heard.at - tally.since > FINISHING
    same = (one.since <= tally.since and one.until == heard.at for one in heard.stretches if one.seat == tally.before)
    if late or not any(same):
        return tally
    return replace(tally, counts=max(tally.counts, heard.at + _settling(floor) + rtt))


def _spoken(tally: Tally, heard: Heard, floor: Floor) -> int:
    return tally.spoken + total(heard.of(_voices(tally, floor), least=NOISE, after=tally.since))


def _spoke(tally: Tally, heard: Heard, floor: Floor) -> tuple[Tally, Signals]:
    if tally.spoke or _spoken(tally, heard, floor) < floor.numbers.spoken // MS:
        return tally, ()
    return replace(tally, spoke=True), (Spoke(seat=tally.seat),)


def _silent(tally: Tally, heard: Heard, floor: Floor) -> tuple[Tally, Signals]:
    """As much of a silence as the holder may take is not charged: told once it lasts, and when they speak again."""
    patience, voices = floor.seat(tally.seat).patience, _voices(tally, floor)
    quiet, settled, silent = tally.quiet, tally.settled, tally.silent
    said: Signals = ()
    for since, until in heard.of(voices, least=NOISE, after=tally.settled):
        silence = _pardoned(since - settled, patience)
        said = (*said, *_quiet(tally, heard, since=settled, silence=silence))
        quiet, settled, silent = quiet + silence, until, 0
    voiced = tally.voiced or settled > tally.settled
    spoken = replace(tally, settled=settled, voiced=voiced, quiet=quiet, silent=silent)
    speaks = any(one.seat in voices and one.until == heard.at for one in heard.stretches)
    if speaks or not voiced:
        return spoken, said
    lasting, more = _lasting(spoken, heard, patience)
    return lasting, (*said, *more)


def _lasting(tally: Tally, heard: Heard, patience: timedelta | None) -> tuple[Tally, Signals]:
    """Nobody is heard: the floor knows until when that is covered. Without a limit it is told again each minute."""
    silence = _pardoned(heard.at - tally.settled, patience)
    covered = tally.settled + patience // MS if patience is not None else heard.at + UNLIMITED
    told = tally.silent >= heard.at + SILENCE if patience is None else tally.silent > 0
    if not silence or told or covered <= heard.at:
        return tally, ()
    still = _moment(heard, covered)
    return replace(tally, silent=covered), _quiet(tally, heard, since=tally.settled, silence=silence, still=still)


def _pardoned(gap: int, patience: timedelta | None) -> timedelta:
    silence = gap * MS if gap >= SILENCE else timedelta(0)
    return silence if patience is None else min(silence, patience)


def _quiet(tally: Tally, heard: Heard, *, since: int, silence: timedelta, still: datetime | None = None) -> Signals:
    if not silence:
        return ()
    begun_at = _moment(heard, since)
    return (Quiet(seat=tally.seat, given_in=tally.given_in, since=begun_at, until=begun_at + silence, still=still),)


def _moment(heard: Heard, at: int) -> datetime:
    """A moment of the browser's clock by our own."""
    return EPOCH + (at + heard.offset) * MS


def _overlapped(tally: Tally, heard: Heard, floor: Floor) -> tuple[Tally, Signals]:
    """Another side is heard over the holder for two seconds of three; or none has been for a second."""
    sides, within = _others(tally, floor), floor.numbers.overlap_within // MS
    if tally.overlap:
        if any(_over(tally, heard, floor, by=seats, within=OVER) for seats in sides.values()):
            return tally, ()
        return replace(tally, overlap=False), (OverlapOver(),)
    met = {seats: _over(tally, heard, floor, by=seats, within=within) for seats in sides.values()}
    long = {seats: spans for seats, spans in met.items() if total(spans) >= floor.numbers.overlap // MS}
    if not long:
        return tally, ()
    since = _moment(heard, min(spans[0][0] for spans in long.values()))
    spoke = {
        seat for seats in long for seat in seats if _over(tally, heard, floor, by=frozenset({seat}), within=within)
    }
    seats = tuple(seat.key for seat in floor.seats if seat.key in spoke)
    return replace(tally, overlap=True), (Overlapped(seats=seats, since=since),)


def _over(tally: Tally, heard: Heard, floor: Floor, *, by: frozenset[SeatKey], within: int) -> tuple[Span, ...]:
    """When these were heard over the holder lately; words that are shorter only acknowledge."""
    after, word = max(tally.counts, heard.at - within), floor.numbers.acknowledgement // MS
    return both(heard.of(_voices(tally, floor), least=NOISE, after=after), heard.of(by, least=word, after=after))
