"""What the sounds of one turn mean, where the whole way through reports would hide it."""

from dataclasses import replace
from datetime import timedelta

from meetings.room import asks, commands
from meetings.room.seats import SeatKey
from meetings.room.state import Why
from meetings.room.stretches import Heard, Stretch
from meetings.room.tally import begun, needed, put_by, running, weighed
from tests.meetings.room.talk import table

OWEN, COLIN, DANA, FREYA = (SeatKey(key) for key in ("owen", "colin", "dana", "freya"))


def heard(at: int, *talk: tuple[str, int, int]) -> Heard:
    found = (Stretch(seat=SeatKey(seat), since=since, until=until) for seat, since, until in talk)
    return Heard(at=at, offset=0, stretches=tuple(found))


def test_a_stage_that_changed_owes_nothing_for_silence_before_it() -> None:
    room = table()
    assert room.floor.turn
    tally = replace(
        begun(room.floor, room.floor.turn, heard(0), listened=0, rtt=0, before=None), voiced=True, settled=0
    )
    room.rule(commands.SetStage, number=room.floor.stage + 1)

    assert put_by(tally, heard(5_000), room.floor)[1] == ()


def test_an_overlap_names_those_of_the_sides_that_spoke_over_the_holder_in_the_order_of_the_room() -> None:
    room = table()
    assert room.floor.turn
    tally = replace(begun(room.floor, room.floor.turn, heard(0), listened=0, rtt=0, before=None), counts=0, since=0)
    sounds = heard(4_000, ("owen", 0, 4_000), ("dana", 1_000, 2_400), ("colin", 2_400, 4_000), ("freya", 1_000, 2_200))

    _, said = weighed(replace(tally, spoke=True), sounds, floor=room.floor, rtt=0)

    assert [one.seats for one in said if isinstance(one, asks.Overlapped)] == [(COLIN, DANA)]


def test_nobody_is_spoken_over_while_everything_stands_still_or_the_holder_is_away() -> None:
    room = table()
    assert running(room.floor) is not None
    room.server(asks.Left, "owen")
    assert running(room.floor) is None
    room.server(asks.Arrived, "owen")
    assert running(room.floor) is not None
    room.rule(commands.Pause, why=Why.PAUSE)

    assert running(room.floor) is None


def test_only_what_can_still_matter_is_kept() -> None:
    room = table()
    assert room.floor.turn
    tally = replace(begun(room.floor, room.floor.turn, heard(0), listened=0, rtt=0, before=None), since=0)
    sounds = heard(
        60_000,
        ("owen", 1_000, 2_000),
        ("colin", 1_000, 9_000),
        ("dana", 58_000, 58_400),
        ("freya", 58_000, 59_000),
        ("jo", 59_900, 60_000),
    )

    assert [one.seat for one in needed(tally, sounds, room.floor).stretches] == ["owen", "freya", "jo"]
    assert [one.seat for one in needed(replace(tally, spoke=True), sounds, room.floor).stretches] == ["freya", "jo"]


def test_patience_is_that_of_the_person_now() -> None:
    room = table(patience=timedelta(seconds=8))
    assert room.floor.turn
    tally = replace(begun(room.floor, room.floor.turn, heard(0), listened=0, rtt=0, before=None), settled=0, since=0)
    room.change(seats=tuple(replace(one, patience=timedelta(seconds=30)) for one in room.floor.seats))

    _, said = weighed(tally, heard(22_000, ("owen", 20_000, 22_000)), floor=room.floor, rtt=0)

    (quiet,) = said
    assert isinstance(quiet, asks.Quiet)
    assert (quiet.seat, quiet.until - quiet.since) == (OWEN, timedelta(seconds=20))
