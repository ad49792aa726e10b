"""What process people see beside the floor."""

from typing import Any

from meetings.room import asks, commands
from meetings.room.floor import SeatKey, seen_by
from meetings.room.steps import MuteReason
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MINA, OWEN, TESSA, TIA, Table


def desk(table: Table, key: str = "mediator") -> Any:
    return seen_by(table.floor, SeatKey(key), now=table.now)["desk"]


def test_notes_reasons_and_texts_stand_beside_their_entries_in_the_order_of_the_queue() -> None:
    table = Table(TESSA, COLIN, DANA)
    table.ask(asks.RaiseHand, "colin", note="about the bus")
    table.wait(2).ask(asks.WriteTurn, "tessa", words="word " * 50)
    table.rule(commands.MoveHand, seat="tessa", place=1, reason="must leave")

    assert desk(table)["entries"] == [
        {"note": None, "reason": "must leave", "words": "word " * 50, "reads": 25.0},
        {"note": "about the bus", "reason": None, "words": None, "reads": None},
    ]


def test_the_words_of_a_text_that_waits_are_for_who_reads_them_out_and_not_for_a_trainee() -> None:
    table = Table(TESSA, COLIN, MINA, TIA)
    table.ask(asks.WriteTurn, "tessa", words="The bus is late.")
    waiting = {key: [(one["words"], one["reads"]) for one in desk(table, key)["entries"]] for key in OUR_OWN}
    room = seen_by(table.floor, SeatKey("tia"), now=table.now)["floor"]["queue"]  # type: ignore[index]
    table.give_next()

    mine, none = [("The bus is late.", 10.0)], [(None, None)]
    assert waiting == {"mediator": mine, "mina": mine, "tia": none}
    assert [one["text"] for one in room] == [True]
    assert seen_by(table.floor, SeatKey("tia"), now=table.now)["floor"]["text"] == "The bus is late."  # type: ignore[index]


OUR_OWN = ("mediator", "mina", "tia")


def test_the_mirror_shows_each_their_own_hand_by_side() -> None:
    table = Table(TESSA, JO, COLIN, DANA, LENA, MINA)
    table.rule(commands.Nudge, seat="tessa")
    table.rule(commands.Mute, seat="jo", reason=MuteReason.NOISE)
    table.rule(commands.Hold, seat="colin", sure=True, by="mina")

    assert desk(table)["mirror"] == {
        "nudge": {"family": 1, "council": 0},
        "mute": {"family": 1, "council": 0},
        "hold": {"family": 0, "council": 0},
    }
    assert desk(table, "mina")["mirror"]["hold"] == {"family": 0, "council": 1}


def test_the_cue_names_who_is_heard_and_whether_it_is_over() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.wait(5).server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    lasting = desk(table)["cue"]
    table.server(asks.OverlapOver, "")

    assert lasting == {"seats": ["colin"], "since": "2026-10-08T09:00:07.000Z", "over": False}
    assert desk(table)["cue"]["over"] is True


def test_who_needs_more_time_or_patience_who_agreed_and_what_is_set() -> None:
    table = Table(TESSA, OWEN, TIA)
    table.rule(commands.SetStretch, seat="owen", percent=150)
    table.rule(commands.SetPatience, seat="owen", seconds=None)
    table.rule(commands.SetPatience, seat="tessa", seconds=30)
    table.rule(commands.SetNumber, name="reply", seconds=90)
    table.rule(commands.SetHearing, on=False)
    table.ask(asks.AgreeRules, "tessa")

    for key in ("mediator", "tia"):
        seen = desk(table, key)
        assert (seen["stretch"], seen["patience"]) == ({"owen": 1.5}, {"owen": None, "tessa": 30.0})
        assert (seen["numbers"]["reply"], seen["ranges"]["reply"], seen["usual"]["reply"]) == (90, [15, 300], 60)
        assert (seen["hearing"], seen["ears"], seen["agreed"]) == (False, False, ["tessa"])


def test_the_last_of_each_step_for_each_person() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.Nudge, seat="tessa")
    table.wait(60).rule(commands.Nudge, seat="tessa")

    assert desk(table)["steps"] == [
        {"seat": "tessa", "step": "nudge", "at": "2026-10-08T09:01:00.000Z", "by": "mediator"}
    ]


def test_the_next_is_whom_giving_the_floor_would_name() -> None:
    table = Table(TESSA, COLIN).raises("colin", "tessa")
    first = desk(table)["next"]
    table.rule(commands.StartRound, sides=(TESSA.side, COLIN.side))

    assert (first, desk(table)["next"]) == ("colin", "tessa")
