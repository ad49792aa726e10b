"""What is promised to people, whatever is said and heard: one holder, holds that end, microphones that stay theirs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings

from cases.case import Side, Standing
from meetings.room import asks, commands, signals
from meetings.room.floor import MOVES, Floor, SeatKey, microphones, seen_by, step
from meetings.room.holds import Microphone, Reason, Right
from meetings.room.rights import MICROPHONE, may_send
from meetings.room.seats import Seat
from meetings.room.stages import Mode
from meetings.room.steps import Step
from meetings.room.waking import caught_up
from tests.meetings.room.plays import COMMANDED, PLAYS, SAYINGS, Play, Saying, played, told
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MINA, OWEN, ROWAN, TESSA, Table

ROOM = Path(signals.__file__).parent
HOUSE = ROOM.parents[1]
HOLDING: tuple[Saying, ...] = (*SAYINGS, *[one for one in COMMANDED if one[1] is commands.Hold] * 4)
"""All of it, with many more holds."""
GIVES = (commands.GiveNext, commands.GiveTo, commands.SetMode)


def holds_by_mediator(floor: Floor) -> dict[SeatKey, Right]:
    return {key: right for key, right in microphones(floor).items() if right.reason is Reason.MEDIATOR}


def exempt(floor: Floor, seat: Seat) -> bool:
    """Who may never be held: language workers, process people, who speaks for another or is spoken for, the holder."""
    shares = seat.speaks_for is not None or any(one.speaks_for == seat.key for one in floor.seats)
    never = seat.standing in {Standing.LANGUAGE_WORKER, Standing.PROCESS}
    return never or shares or floor.holds_floor(seat)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_at_most_one_holds_the_floor_and_only_a_process_person_or_the_holder_hands_it_on(play: Play) -> None:
    for before, said, after in told(play):
        owners = {after.owner(seat.key) for seat in after.seats if after.holds_floor(seat)}
        assert owners <= ({after.turn.seat} if after.turn else set())
        holding = [seen_by(after, seat.key, now=after.at)["floor"]["holder"] for seat in after.seats]  # type: ignore[index]
        assert {*holding} == {after.turn.seat if after.turn else None}
        if after.turn and (before.turn is None or before.turn.given_in != after.turn.given_in):
            by_mediator = isinstance(said, GIVES) and after.seat(said.by).leads
            by_holder = isinstance(said, asks.HandOver) and before.holds_floor(before.seat(said.by))
            assert by_mediator or by_holder


@settings(max_examples=60, deadline=None)
@given(play=PLAYS)
def test_a_hold_is_never_of_a_whole_side_a_language_worker_or_who_speaks_for_another(play: Play) -> None:
    for floor in (after for _, _, after in told(play, sayings=HOLDING)):
        held = holds_by_mediator(floor)
        assert not [key for key in held if exempt(floor, floor.seat(key))]
        for side in Side:
            here = [seat.key for seat in floor.seats if seat.side is side and seat.takes_turns and seat.here]
            assert not here or not {*here} <= {one.seat for one in floor.holds}


@settings(max_examples=60, deadline=None)
@given(play=PLAYS)
def test_a_hold_ends_by_itself_within_its_seconds_whatever_else_happens(play: Play) -> None:
    for _, _, floor in told(play, sayings=HOLDING):
        for one in floor.holds:
            assert floor.at < one.until
            assert (one.until - one.since).total_seconds() <= 120
            assert one.seat not in {other.seat for other in caught_up(floor, one.until).holds}


@settings(max_examples=60, deadline=None)
@given(play=PLAYS)
def test_nobody_is_held_twice_without_a_pause_between(play: Play) -> None:
    held: set[SeatKey] = set()
    for before, said, after in told(play, sayings=HOLDING):
        if after is before:
            continue
        if any(event["kind"] == "paused" for event in after.events):
            held.clear()
        if isinstance(said, commands.Hold) and any(event["kind"] == "hold" for event in after.events):
            assert said.seat not in held
            held.add(said.seat)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_a_right_to_a_microphone_never_says_more_than_that_its_owner_may_open_it(play: Play) -> None:
    for _, floor in played(play):
        rights = microphones(floor)
        assert {right.microphone for right in rights.values()} <= {*Microphone}
        sends = {key for key, sources in may_send(floor).items() if MICROPHONE in sources}
        trainees = {seat.key for seat in floor.seats if seat.process and not seat.leads}
        assert sends == {key for key, right in rights.items() if right.microphone is not Microphone.HELD} - trainees
        for seat in floor.seats:
            you = seen_by(floor, seat.key, now=floor.at)["you"]
            assert isinstance(you, dict)
            assert you["mic"]["right"] in {"free", "held", "yours"}


OPENS = re.compile(r"unmute|un_mute|open_mic|mic_on|microphone_on|start_mic|publish|force")


def test_no_word_on_the_socket_opens_anything() -> None:
    assert not [word for word in (*signals.WORDS, *signals.FIELDS, *Step) if OPENS.search(word)]
    for made in MOVES:
        assert not OPENS.search(made.__name__.lower())
        assert not [one.name for one in fields(made) if OPENS.search(one.name)]


@pytest.mark.parametrize("kind", [Microphone, Reason])
def test_a_right_has_three_words_and_none_of_them_is_open(kind: type[Microphone] | type[Reason]) -> None:
    assert {word.value for word in kind} in (
        {"free", "held", "yours"},
        {"statement", "unattended", "mediator", "trainee"},
    )


def mutes(path: Path) -> Iterator[ast.Call]:
    """Each place in this file that asks the video server to mute a track, or the contrary."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "MuteRoomTrackRequest":
            yield node


def test_the_video_server_is_asked_to_close_a_microphone_and_in_no_place_to_open_one() -> None:
    files = [path for folder in ("meetings", "people", "cases", "records") for path in (HOUSE / folder).rglob("*.py")]
    asked = [call for path in [*files, *(HOUSE / "pages").glob("*/*.py")] for call in mutes(path)]

    assert len(asked) == 1
    assert [ast.unparse(word.value) for call in asked for word in call.keywords if word.arg == "muted"] == ["True"]
    assert not [path.name for path in ROOM.glob("*.py") if re.search(r"(?i)unmute", path.read_text(encoding="utf-8"))]
    assert '"enable_remote_unmute": False' in (HOUSE / "demonstration/video_server.py").read_text("utf-8")


def test_no_event_in_any_play_tells_a_browser_to_open_a_microphone() -> None:
    kinds = {str(event["kind"]) for seed in range(40) for _, floor in played((seed, 60)) for event in floor.events}

    assert len(kinds) > 30
    assert not [kind for kind in kinds if OPENS.search(kind)]


NOISE: tuple[Saying, ...] = tuple(one for one in SAYINGS if one[1] in {asks.Hears, asks.Spoke, asks.Quiet}) + tuple(
    one for one in SAYINGS if one[1] in {asks.Overlapped, asks.OverlapOver}
)


def people(floor: Floor) -> Iterator[Right]:
    """Rights without when a side's own time ends, which moves with its clock."""
    return (Right(microphone=one.microphone, reason=one.reason) for one in microphones(floor).values())


@pytest.mark.parametrize("kind", ["turn", "own time", "round"])
def test_a_hundred_noises_of_every_kind_end_no_turn_and_mute_nobody(kind: str) -> None:
    table = Table(TESSA, JO, OWEN, ROWAN, LENA, COLIN, DANA, MINA).raises("tessa", "colin", "owen")
    if kind == "own time":
        table.rule(commands.SetMode, mode=Mode.STATEMENT)
    if kind == "round":
        table.rule(commands.StartRound)
    table.rule(commands.GiveTo, seat="tessa")
    before = table.floor
    for number in range(25):
        table.wait(1 + number % 4).server(asks.Hears, "", on=number % 5 != 4)
        table.server(asks.Overlapped, "", seats=(SeatKey("colin"), SeatKey("lena")), since=table.now)
        table.server(asks.Spoke, "", seat=SeatKey("colin"))
        table.wait(1).server(asks.OverlapOver, "")

    after = caught_up(table.floor, table.now)
    assert before.turn is not None
    assert after.turn is not None
    assert (after.turn.seat, after.turn.given_in) == (before.turn.seat, before.turn.given_in)
    assert (after.hands, after.holds, after.steps) == (before.hands, before.holds, before.steps)
    assert [*people(after)] == [*people(before)]


def test_a_step_of_time_alone_gives_nobody_the_floor() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    assert step(table.floor, asks.Tick(), now=table.now.replace(year=2030)).turn is None
