import json

from hypothesis import given, settings

from meetings.room.floor import step
from meetings.room.saved import from_json, to_json
from meetings.room.state import Floor
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, TESSA, Table


@settings(max_examples=40, deadline=None)
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
    del said["safe_hold"], said["numbers"]["grace"]
    for seat in said["seats"]:
        del seat["tag"]

    assert from_json(json.dumps({**said, "of_tomorrow": 1})) == floor


def test_a_floor_is_one_line_of_text() -> None:
    text = to_json(Table(TESSA).floor)

    assert "\n" not in text
    assert set(json.loads(text)) == {one for one in Floor.__dataclass_fields__}  # noqa: C416
    assert step.__doc__ is not None
