"""Advice is evidence, and a choice starts its times from the moment it was said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases import advising, work
from cases.advising import MeetingStillBooked, NotMediable, NotYet, Said, Talk
from cases.case import Channel, Choice, Decision
from cases.dossier import Duty
from cases.file import move_matter
from cases.in_order import AboutNothing, TooSoon
from cases.lifecycle import MoveRefused
from cases.script import AdviceNotWhole
from cases.states import Event, MatterState
from database.engine import Database
from people import audit
from people.access import NotFound
from tests.cases.house import ALL_TICKS, OFFICE, Walk, enquire, furnish, mails, walk_to

FAMILY, COUNCIL = "tessa@example.org", "send@northmere.example"


def said(walk: Walk, choice: Choice, told_at: datetime) -> Said:
    return Said(matter_id=walk.matter.id, choice=choice, told_at=told_at, channel=Channel.PHONE)


async def test_advice_is_kept_with_its_points_and_the_adviser_has_the_matter(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    talk = Talk(
        matter_id=walk.matter.id,
        given_at=moment - timedelta(hours=1),
        channel=Channel.PHONE,
        ticks=ALL_TICKS,
        notes="Wants time.",
    )
    async with database.write() as db:
        moved = await advising.record_advice(db, OFFICE, talk, person=walk.house.adviser, now=moment)
        (given,) = await work.advice_of(db, walk.matter.id)
        holder = (await work.holders_of(db, walk.matter.id))[Duty.ADVISER]
        posted = await mails(db, "advice_summary")
    assert (moved.state, moved.advised_at) == (MatterState.ADVISED, talk.given_at)
    assert (given.ticks, given.notes, given.channel) == (ALL_TICKS, "Wants time.", Channel.PHONE)
    assert holder.account_id == walk.house.adviser.account_id
    assert posted == [("advice_summary", FAMILY)]


async def test_advice_that_is_not_whole_is_not_advice(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    talk = Talk(matter_id=walk.matter.id, given_at=moment, channel=Channel.PHONE, ticks=("free",))
    with pytest.raises(AdviceNotWhole):
        async with database.write() as db:
            await advising.record_advice(db, OFFICE, talk, person=walk.house.adviser, now=moment)
    async with database.read() as db:
        assert await work.advice_of(db, walk.matter.id) == []


async def test_only_the_adviser_of_the_case_writes_its_advice(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    talk = Talk(matter_id=walk.matter.id, given_at=moment, channel=Channel.PHONE, ticks=ALL_TICKS)
    async with database.write() as db:
        for other in (walk.house.coordinator, walk.house.mediator):
            with pytest.raises(NotFound):
                await advising.record_advice(db, OFFICE, talk, person=other, now=moment)


async def test_what_is_still_to_come_was_not_said(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    late = moment + timedelta(minutes=1)
    talk = Talk(matter_id=walk.matter.id, given_at=late, channel=Channel.PHONE, ticks=ALL_TICKS)
    async with database.write() as db:
        with pytest.raises(NotYet):
            await advising.record_advice(db, OFFICE, talk, person=walk.house.adviser, now=moment)
        walk = await walk.advised(db)
        with pytest.raises(NotYet):
            await advising.record_choice(
                db, OFFICE, said(walk, Choice.MEDIATION, late), person=walk.house.adviser, now=moment
            )


@pytest.mark.parametrize("given_at", [datetime(2026, 1, 1, 10, tzinfo=UTC), datetime(2026, 9, 13, 10, tzinfo=UTC)])
async def test_advice_before_the_letter_is_not_kept(database: Database, moment: datetime, given_at: datetime) -> None:
    walk = await walk_to(database, now=moment)
    talk = Talk(matter_id=walk.matter.id, given_at=given_at, channel=Channel.PHONE, ticks=ALL_TICKS)
    with pytest.raises(TooSoon):
        async with database.write() as db:
            await advising.record_advice(db, OFFICE, talk, person=walk.house.adviser, now=moment)
    async with database.read() as db:
        assert await work.advice_of(db, walk.matter.id) == []


async def test_advice_before_the_family_came_is_not_kept(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    before = Talk(matter_id=walk.matter.id, given_at=moment - timedelta(days=1), channel=Channel.PHONE, ticks=ALL_TICKS)
    async with database.write() as db:
        with pytest.raises(TooSoon):
            await advising.record_advice(db, OFFICE, before, person=walk.house.adviser, now=moment)
        first_call = replace(before, given_at=moment - timedelta(hours=2))
        await advising.record_advice(db, OFFICE, first_call, person=walk.house.adviser, now=moment)


async def test_a_choice_before_the_advice_is_not_kept(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    early = moment - timedelta(minutes=1)
    async with database.write() as db:
        walk = await walk.advised(db)
        for choice in Choice:
            with pytest.raises(TooSoon):
                await advising.record_choice(
                    db, OFFICE, said(walk, choice, early), person=walk.house.adviser, now=moment
                )
        assert await work.choices_of(db, walk.matter.id) == []


async def test_a_choice_is_about_something(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    nothing = replace(said(walk, Choice.DECLINED, moment), education=False, health=False, social_care=False)
    async with database.write() as db:
        walk = await walk.advised(db)
        with pytest.raises(AboutNothing):
            await advising.record_choice(db, OFFICE, nothing, person=walk.house.adviser, now=moment)
        about = replace(nothing, health=True)
        moved = await advising.record_choice(db, OFFICE, about, person=walk.house.adviser, now=moment)
    assert (moved.education, moved.health, moved.social_care) == (False, True, False)


async def test_a_choice_needs_advice_first(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        with pytest.raises(MoveRefused):
            await advising.record_choice(
                db, OFFICE, said(walk, Choice.DECLINED, moment), person=walk.house.coordinator, now=moment
            )


async def test_a_yes_starts_the_promise_and_tells_the_council(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    told_at = moment - timedelta(hours=2)
    async with database.write() as db:
        walk = await replace(walk, now=told_at).advised(db)
        moved = await advising.record_choice(
            db, OFFICE, said(walk, Choice.MEDIATION, told_at), person=walk.house.adviser, now=moment
        )
        posted = await mails(db)
        actions = [line["action"] for line in await audit.lines_of(db, walk.case.id)]
    assert (moved.state, moved.choice, moved.chosen_at) == (MatterState.CHOSE_MEDIATION, Choice.MEDIATION, told_at)
    assert (moved.council_told_at, moved.next_due_at) == (moment, told_at + timedelta(hours=4))
    assert posted[1:3] == [("choice_confirmed", FAMILY), ("council_notice", COUNCIL)]
    assert actions[-1] == "choice.mediation"


async def test_a_no_is_confirmed_with_the_day_of_the_certificate(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, Choice.DECLINED)
        posted = await mails(db)
    assert (walk.matter.state, walk.matter.next_due_at) == (MatterState.DECLINED, None)
    assert ("choice_confirmed", FAMILY) in posted
    assert not [kind for kind, _ in posted if kind == "council_notice"]


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        (Choice.DISAGREEMENT_RESOLUTION, MatterState.CHOSE_DR),
        (Choice.CONSIDERING, MatterState.CONSIDERING),
    ],
)
async def test_the_other_ways_are_entered_and_marked(
    database: Database, moment: datetime, choice: Choice, state: MatterState
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, choice)
        (told,) = await work.choices_of(db, walk.matter.id)
    assert (walk.matter.state, told.choice, told.told_at) == (state, choice, moment)


async def test_a_family_that_comes_back_is_promised_anew_and_the_council_hears_again(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db)
        walk = await (await (await walk.assigned(db)).reached(db)).chose(db, Choice.DECLINED)
        assert walk.matter.contacted_at == moment
        walk = await replace(walk, now=moment + timedelta(days=2)).chose(db)
        notices = await mails(db, "council_notice")
    assert (walk.matter.contacted_at, walk.matter.next_due_at) == (None, moment + timedelta(days=2, hours=4))
    assert len(notices) == 2


async def test_there_is_no_mediation_about_discrimination(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await enquire(db, await furnish(db, now=moment), now=moment, decision=Decision.DISCRIMINATION)
        walk = await walk.advised(db)
        with pytest.raises(NotMediable):
            await walk.chose(db)


async def test_while_a_meeting_is_booked_it_is_cancelled_first(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await walk.ready(db)
        await move_matter(db, walk.matter, Event.BOOKED, person=walk.house.coordinator, now=moment)
        with pytest.raises(MeetingStillBooked):
            await walk.chose(db, Choice.DECLINED)


async def test_the_choice_of_another_case_is_not_theirs_to_write(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await walk.advised(db)
        with pytest.raises(NotFound):
            await advising.record_choice(
                db, OFFICE, said(walk, Choice.DECLINED, moment), person=walk.house.mediator, now=moment
            )
