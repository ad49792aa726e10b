"""What is heard: noise changes nothing, a true overlap is found whatever the browser's clock, and silence is free."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands
from meetings.room.hearing import Hearing, ended
from meetings.room.seats import Office, SeatKey
from tests.meetings.room.table import Table
from tests.meetings.room.talk import PEOPLE, Ear, Said, table

BOTH = (asks.Overlapped, asks.OverlapOver)
DAY = 86_400_000
HOLDER, SAME_SIDE, OTHERS = "owen", ("tessa", "jo"), ("colin", "dana", "freya")
NEUTRAL = ("lena", "mina", "mediator", "nobody-known")
ANYBODY = (HOLDER, *SAME_SIDE, *OTHERS, *NEUTRAL)
SKEWS = st.sampled_from([0, 300_000, -300_000, DAY, -3 * DAY, 400 * DAY]) | st.integers(-300_000, 300_000)
DELAYS = st.lists(st.integers(0, 300), min_size=1, max_size=7)


def talk(who: tuple[str, ...], *, longest: int, most: int = 40) -> st.SearchStrategy[list[Said]]:
    """Any talk of these: each says something, is silent for a while, says something else."""
    lengths = st.integers(longest // 2, longest) | st.integers(1, longest)
    silences = st.integers(1, 150) | st.integers(1, 5_000)
    return st.lists(st.tuples(st.sampled_from(who), silences, lengths), max_size=most).map(one_by_one)


def one_by_one(drawn: list[tuple[str, int, int]]) -> list[Said]:
    said: list[Said] = []
    for who, silence, length in drawn:
        since = max((one.until for one in said if one.who == who), default=0) + silence
        said.append(Said(who, since, since + length))
    return said


def through(talk: list[Said], **facts: int | list[int] | None) -> Ear:
    ear = Ear(table().floor, **facts)  # type: ignore[arg-type]
    ear.listens(talk, until=24_000)
    return ear


@settings(deadline=None)
@given(bursts=talk(ANYBODY, longest=999), skew=SKEWS, delays=DELAYS)
def test_bursts_under_a_second_by_anyone_are_no_overlap(bursts: list[Said], skew: int, delays: list[int]) -> None:
    assert through(bursts, skew=skew, delays=delays).of(*BOTH) == []


@settings(deadline=None)
@given(bursts=talk(OTHERS, longest=999), skew=SKEWS, delays=DELAYS)
def test_acknowledgements_over_a_long_speech_are_no_overlap(bursts: list[Said], skew: int, delays: list[int]) -> None:
    assert through([Said(HOLDER, 0, 22_000), *bursts], skew=skew, delays=delays).of(*BOTH) == []


def test_the_same_word_again_and_again_is_no_overlap() -> None:
    yes = [Said("colin", since, since + 950) for since in range(3_000, 12_000, 1_000)]

    assert through([Said(HOLDER, 0, 22_000), *yes]).of(*BOTH) == []


@settings(deadline=None)
@given(help_=talk((*SAME_SIDE, *NEUTRAL), longest=15_000), skew=SKEWS, delays=DELAYS)
def test_own_side_language_workers_and_process_people_never_speak_over_anybody(
    help_: list[Said], skew: int, delays: list[int]
) -> None:
    assert through([Said(HOLDER, 0, 22_000), *help_], skew=skew, delays=delays).of(*BOTH) == []


@settings(deadline=None)
@given(
    noise=talk(ANYBODY, longest=999),
    since=st.integers(4_000, 15_000),
    who=st.sampled_from(OTHERS),
    skew=SKEWS,
    delays=DELAYS,
)
def test_a_true_overlap_is_found_whatever_the_browsers_clock(
    noise: list[Said], since: int, who: str, skew: int, delays: list[int]
) -> None:
    around = [one for one in noise if one.who not in {who, HOLDER}]
    ear = through([Said(HOLDER, 0, 22_000), Said(who, since, since + 2_500), *around], skew=skew, delays=delays)

    found = next(told for told in ear.told if isinstance(told.signal, asks.Overlapped))
    assert found.at <= since + 3_500
    assert isinstance(found.signal, asks.Overlapped)
    assert found.signal.seats == (who,)
    assert abs(found.signal.since - ear.now(since)) <= timedelta(milliseconds=300)
    assert [type(one) for one in ear.of(*BOTH)] == [asks.Overlapped, asks.OverlapOver]


@settings(deadline=None)
@given(said=talk(ANYBODY, longest=6_000), skew=SKEWS, delays=DELAYS, jumps=st.lists(st.integers(-DAY, DAY), max_size=3))
def test_an_overlap_begins_and_ends_in_turn(said: list[Said], skew: int, delays: list[int], jumps: list[int]) -> None:
    ear = Ear(table().floor, skew=skew, delays=delays)
    for at in range(0, 30_000, 400):
        if at % 8_000 == 0 and jumps:
            ear.skew += jumps.pop()
        ear.hears(at, *(one.who for one in said if one.since <= at < one.until))
    kinds = [type(one) for one in ear.of(*BOTH)]

    assert kinds == [asks.Overlapped, asks.OverlapOver] * (len(kinds) // 2) + [asks.Overlapped] * (len(kinds) % 2)


@settings(deadline=None)
@given(said=talk(ANYBODY, longest=8_000), skew=SKEWS, delays=DELAYS)
def test_with_hearing_off_nothing_is_told(said: list[Said], skew: int, delays: list[int]) -> None:
    ear = Ear(replace(table().floor, hearing=False), skew=skew, delays=delays)
    ear.listens(said, until=24_000)
    ear.waits(60_000)

    assert ear.told == []
    assert ear.hearing == Hearing()


@settings(deadline=None)
@given(noise=talk(ANYBODY, longest=499), skew=SKEWS, delays=DELAYS)
def test_coughs_and_keys_change_nothing(noise: list[Said], skew: int, delays: list[int]) -> None:
    assert through(noise, skew=skew, delays=delays).of(asks.Spoke, asks.Quiet, *BOTH) == []


@settings(deadline=None)
@given(
    said=talk((HOLDER, *OTHERS), longest=6_000),
    jump=st.integers(-400 * DAY, 400 * DAY),
    at=st.integers(4_000, 15_000),
    delays=DELAYS,
)
def test_a_clock_that_jumps_invents_no_overlap(said: list[Said], jump: int, at: int, delays: list[int]) -> None:
    still = [one for one in said if one.who == HOLDER or one.until - one.since < 1_000]
    ear = Ear(table().floor, delays=delays)
    ear.listens(still, until=at)
    ear.skew = jump
    ear.listens(still, since=at + 1, until=24_000)

    assert ear.of(*BOTH) == []


def test_a_jump_of_the_clock_does_not_stretch_a_word_over_the_holder() -> None:
    ear = Ear(table().floor)
    for at in range(0, 8_000, 1_000):
        ear.hears(at, HOLDER)
    ear.hears(8_000, HOLDER, "colin")
    ear.skew = 1_500
    ear.hears(8_500, HOLDER)
    ear.hears(9_500, HOLDER)

    assert ear.of(*BOTH) == []


def test_what_was_heard_before_a_clock_went_back_is_not_heard_again() -> None:
    over = [Said(HOLDER, 0, 30_000), Said("colin", 5_000, 6_500), Said("colin", 20_000, 21_500)]
    ear = Ear(table().floor)
    ear.listens(over, until=7_000)
    ear.skew = -DAY
    ear.listens(over, since=7_001, until=24_000)

    assert ear.of(*BOTH) == []


def test_after_a_clock_went_back_by_days_an_overlap_is_found_again() -> None:
    over = [Said(HOLDER, 0, 30_000), Said("colin", 15_000, 18_000)]
    ear = Ear(table().floor)
    ear.listens(over, until=7_000)
    ear.skew = -3 * DAY
    ear.listens(over, since=7_001, until=24_000)

    assert [type(one) for one in ear.of(*BOTH)] == [asks.Overlapped, asks.OverlapOver]


def test_the_quickest_report_tells_how_far_the_clocks_are_apart() -> None:
    ear = through([Said(HOLDER, 0, 20_000), Said("colin", 9_000, 12_000)], skew=DAY, delays=[280, 290, 0, 270])

    assert ear.of(asks.Overlapped) == [asks.Overlapped(seats=(SeatKey("colin"),), since=ear.now(9_000))]


def test_a_clock_that_runs_slow_for_an_hour_is_followed() -> None:
    ear = Ear(table().floor)
    for second in range(3_600):
        ear.skew -= 5
        ear.hears(second * 1_000, *((HOLDER, "colin") if second > 3_590 else ()))

    (found,) = ear.of(asks.Overlapped)
    assert isinstance(found, asks.Overlapped)
    assert abs(found.since - ear.now(3_591_000)) < timedelta(milliseconds=200)


def test_reports_that_come_again_or_late_are_passed_over() -> None:
    ear = Ear(table().floor)
    ear.hears(0, HOLDER)
    ear.hears(1_000, HOLDER, "colin")
    before = ear.hearing
    ear.hears(1_000)
    ear.hears(200)

    assert ear.hearing == before


def test_who_finishes_a_sentence_after_losing_the_floor_speaks_over_nobody() -> None:
    room = table(holder="colin")
    ear = Ear(room.floor)
    ear.listens([Said("colin", 0, 9_000)], until=5_000)
    room.wait(5).rule(commands.GiveTo, seat=SeatKey(HOLDER))
    ear.floor = replace(room.floor, ears=True)
    ear.listens([Said("colin", 0, 9_000), Said(HOLDER, 5_000, 12_000)], since=5_001, until=12_000)

    assert ear.of(*BOTH) == []


def test_the_first_moments_of_a_turn_and_the_way_to_the_browser_are_not_counted() -> None:
    started = [Said(HOLDER, 0, 6_000), Said("colin", 0, 3_400)]

    assert through(started, rtt=0).of(*BOTH) == []
    assert through([Said(HOLDER, 0, 6_000), Said("colin", 0, 3_600)], rtt=0).of(asks.Overlapped) != []
    assert through([Said(HOLDER, 0, 6_000), Said("colin", 0, 3_600)], rtt=400).of(*BOTH) == []


def test_an_overlap_is_over_as_soon_as_everything_stands_still() -> None:
    ear = Ear(table().floor)
    both = [Said(HOLDER, 0, 20_000), Said("colin", 3_000, 20_000)]
    ear.listens(both, until=7_000)
    assert [type(one) for one in ear.of(*BOTH)] == [asks.Overlapped]
    ear.floor = replace(ear.floor, turn=None)

    assert ear.hears(7_500, HOLDER, "colin") == (asks.OverlapOver(),)


def test_the_holder_has_spoken_after_three_seconds_in_all_once_in_a_turn() -> None:
    in_all = [Said(HOLDER, 1_000, 2_500), Said(HOLDER, 4_000, 4_400), Said(HOLDER, 6_000, 20_000)]
    ear = through(in_all)

    assert [told for told in ear.told if isinstance(told.signal, asks.Spoke)] == [
        (8_000, asks.Spoke(seat=SeatKey(HOLDER)))
    ]


@pytest.mark.parametrize(("who", "spoke"), [("lena", True), ("tessa", False), ("colin", False), ("mediator", False)])
def test_the_voice_of_the_holder_is_theirs_or_of_who_speaks_or_interprets_for_them(who: str, *, spoke: bool) -> None:
    assert bool(through([Said(who, 1_000, 9_000)]).of(asks.Spoke)) is spoke


def test_who_speaks_for_the_holder_is_the_holders_voice() -> None:
    room = table(holder=None)
    room.ask(asks.MaySpeakForMe, HOLDER, seat=SeatKey("tessa"), on=True)
    room.rule(commands.GiveTo, seat=SeatKey(HOLDER))
    ear = Ear(room.floor)
    ear.listens([Said("tessa", 1_000, 9_000)], until=9_000)

    assert ear.of(asks.Spoke) == [asks.Spoke(seat=SeatKey(HOLDER))]


SILENCES = [
    pytest.param(
        [Said(HOLDER, 0, 4_000), Said(HOLDER, 9_000, 12_000)], timedelta(seconds=8), [5.0], id="of-five-seconds"
    ),
    pytest.param([Said(HOLDER, 0, 4_000), Said(HOLDER, 5_500, 9_000)], timedelta(seconds=8), [], id="between-words"),
    pytest.param([Said(HOLDER, 0, 4_000), Said(HOLDER, 16_000, 19_000)], timedelta(seconds=8), [8.0], id="too-long"),
    pytest.param([Said(HOLDER, 0, 4_000), Said(HOLDER, 16_000, 19_000)], None, [12.0], id="without-limit"),
    pytest.param(
        [Said(HOLDER, 0, 4_000), Said(HOLDER, 6_000, 6_300), Said(HOLDER, 9_000, 12_000)],
        timedelta(seconds=8),
        [5.0],
        id="with-a-cough-in-it",
    ),
    pytest.param([Said(HOLDER, 3_000, 9_000)], timedelta(seconds=8), [3.0], id="before-the-first-word"),
]


@pytest.mark.parametrize(("said", "patience", "seconds"), SILENCES)
def test_silence_inside_a_turn_is_told_when_it_ends(
    said: list[Said], patience: timedelta | None, seconds: list[float]
) -> None:
    ear = Ear(table(patience=patience).floor)
    ear.listens(said, until=said[-1].until)

    assert [lasted(one) for one in silences(ear) if one.still is None] == [timedelta(seconds=one) for one in seconds]
    assert ear.hearing.quiet == timedelta(seconds=sum(seconds))


def test_silence_at_the_end_of_a_turn_is_told_with_its_end() -> None:
    ear = Ear(table().floor)
    ear.listens([Said(HOLDER, 0, 4_000)], until=9_000)
    ear.floor = replace(ear.floor, turn=None)

    (quiet,) = ear.hears(9_500)
    assert isinstance(quiet, asks.Quiet)
    assert (quiet.seat, lasted(quiet), quiet.still) == (HOLDER, timedelta(seconds=5), None)


def test_a_silence_is_told_once_it_lasts_with_the_moment_until_which_it_is_covered() -> None:
    ear = Ear(table(patience=timedelta(seconds=8)).floor, skew=300_000)
    ear.listens([Said(HOLDER, 0, 4_000)], until=30_000)

    (quiet,) = silences(ear)
    assert (quiet.since, lasted(quiet)) == (ear.now(4_000), timedelta(seconds=2))
    assert quiet.still == ear.now(12_000)


def test_without_a_limit_it_is_told_again_each_minute_so_that_no_lost_report_covers_more() -> None:
    ear = Ear(table(patience=None).floor)
    ear.listens([Said(HOLDER, 0, 4_000)], until=130_000)

    assert [quiet.still for quiet in silences(ear)] == [ear.now(at) for at in (66_000, 125_000, 184_000)]


def test_who_begins_to_speak_is_not_taken_for_silent() -> None:
    ear = Ear(table().floor)
    ear.hears(0, HOLDER)
    ear.hears(1_000, HOLDER)
    ear.hears(2_000)
    ear.hears(3_900, HOLDER)
    ear.hears(4_200, HOLDER, "colin")

    assert silences(ear) == []


def silences(ear: Ear) -> list[asks.Quiet]:
    return [one for one in ear.of(asks.Quiet) if isinstance(one, asks.Quiet)]


def lasted(quiet: asks.Quiet) -> timedelta:
    return quiet.until - quiet.since


def test_who_cannot_be_heard_is_not_taken_for_silent() -> None:
    ear = Ear(table().floor)
    ear.listens([], until=9_000)
    ear.floor = replace(ear.floor, turn=None)

    assert ear.hears(9_500) == ()


def test_time_in_which_nobody_listened_is_not_taken_for_silence() -> None:
    ear = Ear(table().floor)
    ear.listens([Said(HOLDER, 0, 3_000)], until=3_000)
    ear.hears(7_900, HOLDER)
    ear.hears(8_900, HOLDER)

    assert ear.of(asks.Quiet) == []


def test_hearing_is_told_once_and_has_ended_when_reports_stop() -> None:
    ear = Ear(table().floor)
    ear.listens([Said(HOLDER, 0, 2_000)], until=3_000)
    assert ear.waits(7_900) == ()
    assert ear.waits(8_100) == (asks.Hears(on=False),)
    ear.hears(20_000)

    assert ear.of(asks.Hears) == [asks.Hears(on=on) for on in (True, False, True)]


def test_a_line_that_closes_ends_hearing_and_an_overlap_that_runs() -> None:
    ear = Ear(table().floor)
    ear.listens([Said(HOLDER, 0, 20_000), Said("colin", 3_000, 20_000)], until=7_000)

    assert ended(ear.hearing, ear.floor) == (Hearing(), (asks.OverlapOver(), asks.Hears(on=False)))
    assert ended(Hearing(), ear.floor) == (Hearing(), ())


def test_only_the_browser_of_the_first_who_leads_is_listened_to_for_as_long_as_they_are_here() -> None:
    room = table()
    ear = Ear(room.floor)
    assert ear.hears(0, by="mina") == ()
    room.server(asks.Left, "mediator")
    ear.floor = room.floor
    assert ear.hears(1_000, by="mina") == (asks.Hears(on=True),)
    room.server(asks.Arrived, "mediator")
    ear.floor = replace(room.floor, ears=True)

    assert ear.hears(2_000, by="mina") == (asks.Hears(on=False),)
    assert ear.hears(3_000, by="mina") == ()


def test_a_floor_that_has_not_heard_of_it_is_told_again_after_a_while() -> None:
    ear = Ear(table().floor)
    ear.hears(0)
    ear.floor = replace(ear.floor, ears=False)

    assert [ear.hears(at) for at in (500, 1_500, 2_500)] == [(), (), (asks.Hears(on=True),)]


@pytest.mark.parametrize("by", [*OTHERS, HOLDER, "lena", "unknown"])
def test_nobody_else_can_say_who_is_heard(by: str) -> None:
    assert Ear(table().floor).hears(0, "colin", by=by) == ()


def test_a_trainee_only_looks_on() -> None:
    room = Table(*(replace(one, office=Office.TRAINEE) if one.key == "mina" else one for one in PEOPLE))

    assert Ear(room.floor).hears(0, by="mina") == ()


def test_round_a_real_table_nothing_is_heard() -> None:
    assert Ear(Table(*PEOPLE, in_person=True).floor).hears(0, "colin") == ()
