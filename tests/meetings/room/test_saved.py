import json
from pathlib import Path

from hypothesis import given, settings

from meetings.room import asks, commands
from meetings.room.floor import seen_by, step
from meetings.room.saved import from_json, to_json
from meetings.room.state import Floor
from meetings.room.told import What
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, TESSA, Table


@settings(max_examples=15, deadline=None)
@given(play=PLAYS)
def test_a_floor_that_is_written_and_read_is_the_same_floor(play: Play) -> None:
    for _, floor in played(play):
        text = to_json(floor)
        assert from_json(text) == floor
        assert to_json(from_json(text)) == text


def test_a_floor_that_is_read_plays_on_as_if_it_had_never_been_away() -> None:
    tables = [Table(TESSA, COLIN).raises("tessa", "colin"), Table(TESSA, COLIN).raises("tessa", "colin")]
    tables[1].floor = from_json(to_json(tables[1].floor))

    for table in tables:
        table.turn(61.234567)
        table.give_next()

    assert tables[0].floor == tables[1].floor


def test_a_floor_of_yesterdays_service_has_the_defaults_of_today() -> None:
    floor = Table(TESSA).floor
    said = json.loads(to_json(floor))
    del said["safe_hold"]
    said["numbers"] = {"reply": 60_000_000, "owed_after": 2}
    for seat in said["seats"]:
        del seat["tag"]

    assert from_json(json.dumps({**said, "of_tomorrow": 1})) == floor


def test_a_floor_that_was_saved_before_the_whole_machine_is_read_and_plays_on() -> None:
    """Written by the service of the issue before: no answers, rounds, ladder or signals; a turn runs, two wait."""
    table = Table()
    table.floor = from_json(Path(__file__).with_name("yesterday.json").read_text(encoding="utf-8"))
    table.now = table.floor.at

    assert (table.floor.turn is not None, table.queue()) == (True, ["freya", "colin"])
    assert from_json(to_json(table.floor)) == table.floor
    table.ask(asks.Tell, "tessa", what=What.LOST)
    table.rule(commands.Hold, seat="owen", sure=True)
    table.sleep(600)
    table.rule(commands.StartRound)
    assert table.floor.holds == ()
    assert [seen_by(table.floor, seat.key, now=table.now)["version"] for seat in table.floor.seats] == [
        table.floor.version
    ] * len(table.floor.seats)


def test_a_floor_is_one_line_of_text() -> None:
    text = to_json(Table(TESSA).floor)

    assert "\n" not in text
    assert set(json.loads(text)) == {one for one in Floor.__dataclass_fields__}  # noqa: C416
    assert step.__doc__ is not None
