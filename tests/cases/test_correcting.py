"""Facts are corrected by who may, for as long as no paper prints them, and everything counts from them then."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases import clocks, correcting, file, holiday_list
from cases.case import Choice, Decision
from cases.correcting import Known
from cases.dossier import Matter, NewMatter
from cases.facts import AlreadyPrinted, Facts, MediationChosen
from cases.file import StaleCase
from cases.letter import DayNotLikely
from cases.states import Event
from database.engine import Database, Transaction
from people import audit
from people.access import SERVICE, NotAllowed, NotFound, Person
from people.roles import Role
from tests.cases.house import Walk, enquire, furnish, staff, walk_to

LETTER, SENT = date(2026, 9, 14), date(2026, 9, 15)


async def undated(database: Database, moment: datetime) -> Walk:
    """An enquiry that knew neither the decision nor a date."""
    async with database.write() as db:
        house = await furnish(db, now=moment)
        return await enquire(
            db, house, now=moment, decision=Decision.NOT_SURE, letter_date=None, sent_date=None, child_last_name="A"
        )


def found(known: Known) -> Facts:
    """What the letter says, once it has been found."""
    return replace(known.facts, decision=Decision.CEASE, letter_date=LETTER, sent_date=SENT, last_name="Alderton")


async def look(database: Database, walk: Walk, person: Person) -> Known:
    async with database.read() as db:
        return await correcting.look(db, walk.matter.id, person=person)


async def correct(db: Transaction, walk: Walk, after: Facts, *, seen: str, person: Person | None = None) -> None:
    who = person or walk.house.coordinator
    await correcting.correct(db, walk.matter.id, after, seen=seen, person=who, now=walk.now)


async def test_what_is_corrected_holds_and_only_its_fields_are_noted(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)

    async with database.write() as db:
        await correct(db, walk, found(known), seen=known.facts.mark)

    after = await look(database, walk, walk.house.coordinator)
    async with database.read() as db:
        lines = [(line["action"], line["resource"]) for line in await audit.lines_of(db, walk.case.id)]
        whole = await audit.verify(db, walk.case.id)
    assert after.facts == found(known)
    assert (after.case.label, after.matter.version, after.case.version) == ("Rowan A.", 2, 2)
    assert lines[1:] == [
        ("case.edit", f"matter:{walk.matter.id} decision,letter_date,sent_date"),
        ("case.edit", f"case:{walk.case.id} last_name"),
    ]
    assert whole is None


async def test_every_date_is_counted_from_what_was_corrected(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db)
        walk = await walk.assigned(db)
    planned = walk.matter.next_due_at
    known = await look(database, walk, walk.house.adviser)

    async with database.write() as db:
        await correct(db, walk, found(known), seen=known.facts.mark, person=walk.house.adviser)
        matter = await file.load_matter(db, walk.matter.id)
        calendar = await holiday_list.calendar(db)

    days = {each.code.name: each.day for each in clocks.running(_clock_facts(matter), calendar)}
    assert planned is not None
    assert matter.next_due_at == planned  # the promise of contact counts from the family's yes, and goes on
    assert days["APPEAL"] == date(2026, 11, 16)
    async with database.write() as db:
        moved = await file.move_matter(db, matter, Event.CONTACTED, person=SERVICE, now=moment, contacted_at=moment)
    assert moved.next_due_at is None


def _clock_facts(matter: Matter) -> clocks.Facts:
    names = ("decision", "state", "letter_date", "sent_date", "choice", "chosen_at", "council_told_at")
    return clocks.Facts(**{name: getattr(matter, name) for name in names})


@pytest.mark.parametrize(
    ("decision", "issues"),
    [(Decision.HEALTH_ONLY, (False, True, False)), (Decision.CEASE, (True, False, False))],
)
async def test_what_it_is_about_follows_the_decision(
    database: Database, moment: datetime, decision: Decision, issues: tuple[bool, bool, bool]
) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)

    async with database.write() as db:
        await correct(db, walk, replace(known.facts, decision=decision), seen=known.facts.mark)

    matter = (await look(database, walk, walk.house.coordinator)).matter
    assert (matter.education, matter.health, matter.social_care) == issues


async def test_without_a_change_nothing_is_written(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)

    async with database.write() as db:
        await correct(db, walk, known.facts, seen="anything")
        lines = await audit.lines_of(db, walk.case.id)

    after = await look(database, walk, walk.house.coordinator)
    assert (after, len(lines)) == (known, 1)


async def test_a_refusal_leaves_everything_as_it_was(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)
    wrong = replace(found(known), letter_date=moment.date() + timedelta(days=1))

    with pytest.raises(DayNotLikely):
        async with database.write() as db:
            await correct(db, walk, wrong, seen=known.facts.mark)

    assert await look(database, walk, walk.house.coordinator) == known


async def with_paper(database: Database, moment: datetime, paper: str) -> Walk:
    """A matter whose certificate was issued, or whose record was sealed."""
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, Choice.DECLINED)
        await file.move_matter(db, walk.matter, Event.CERTIFIED, person=SERVICE, now=moment, **{paper: moment.date()})
    return walk


@pytest.mark.parametrize(
    ("paper", "changes"),
    [
        ("certified_on", {"letter_date": SENT}),
        ("certified_on", {"decision": Decision.CEASE}),
        ("certified_on", {"born": date(2016, 5, 18)}),
        ("certified_on", {"first_name": "Robin"}),
        ("agreed_on", {"first_name": "Robin"}),
    ],
)
async def test_what_a_paper_prints_is_not_changed_any_more(
    database: Database, moment: datetime, paper: str, changes: dict[str, object]
) -> None:
    walk = await with_paper(database, moment, paper)
    known = await look(database, walk, walk.house.coordinator)

    with pytest.raises(AlreadyPrinted):
        async with database.write() as db:
            await correct(db, walk, replace(known.facts, **changes), seen=known.facts.mark)  # type: ignore[arg-type]

    assert await look(database, walk, walk.house.coordinator) == known


@pytest.mark.parametrize("changes", [{"letter_date": SENT, "sent_date": SENT}, {"born": date(2016, 5, 18)}])
async def test_after_the_record_the_certificate_may_still_wait_for_a_date(
    database: Database, moment: datetime, changes: dict[str, object]
) -> None:
    walk = await with_paper(database, moment, "agreed_on")
    known = await look(database, walk, walk.house.coordinator)
    after = replace(known.facts, **changes)  # type: ignore[arg-type]

    async with database.write() as db:
        await correct(db, walk, after, seen=known.facts.mark)

    assert (await look(database, walk, walk.house.coordinator)).facts == after


async def test_a_paper_of_another_matter_holds_the_child_and_not_the_letter(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, Choice.DECLINED)
        await file.move_matter(db, walk.matter, Event.CERTIFIED, person=SERVICE, now=moment, certified_on=LETTER)
        new = NewMatter(decision=Decision.NOT_SURE)
        second = await file.add_matter(db, walk.case, new, person=SERVICE, now=moment)
    walk = replace(walk, matter=second)
    known = await look(database, walk, walk.house.coordinator)

    async with database.write() as db:
        with pytest.raises(AlreadyPrinted):
            await correct(db, walk, replace(known.facts, first_name="Robin"), seen=known.facts.mark)
        await correct(db, walk, replace(known.facts, letter_date=LETTER), seen=known.facts.mark)

    assert (await look(database, walk, walk.house.coordinator)).facts.letter_date == LETTER


async def test_what_somebody_else_corrected_meanwhile_is_not_undone(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)
    async with database.write() as db:
        await correct(db, walk, found(known), seen=known.facts.mark)

    with pytest.raises(StaleCase):
        async with database.write() as db:
            await correct(db, walk, replace(known.facts, first_name="Robin"), seen=known.facts.mark)

    assert (await look(database, walk, walk.house.coordinator)).facts == found(known)


async def test_of_two_at_once_one_is_told_to_look_again(database: Database, moment: datetime) -> None:
    walk = await undated(database, moment)
    known = await look(database, walk, walk.house.coordinator)

    async def at_once(name: str) -> str:
        try:
            async with database.write() as db:
                await correct(db, walk, replace(known.facts, first_name=name), seen=known.facts.mark)
        except StaleCase:
            return "stale"
        return name

    told = await asyncio.gather(*(at_once(name) for name in ("Robin", "Wren", "Jay")))

    kept = (await look(database, walk, walk.house.coordinator)).facts.first_name
    assert sorted(told) == sorted([kept, "stale", "stale"])


async def test_a_name_waits_for_the_certificate_that_is_being_issued_and_then_stays(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, Choice.DECLINED)
    known = await look(database, walk, walk.house.coordinator)

    async def rename() -> None:
        async with database.write() as db:
            await correct(db, walk, replace(known.facts, first_name="Robin"), seen=known.facts.mark)

    async with database.write() as db:
        matter = await file.load_matter(db, walk.matter.id, held=True)
        renaming = asyncio.create_task(rename())
        done, _ = await asyncio.wait({renaming}, timeout=0.5)
        await file.move_matter(db, matter, Event.CERTIFIED, person=SERVICE, now=moment, certified_on=moment.date())
    with pytest.raises(AlreadyPrinted):
        await renaming

    assert done == set()
    assert (await look(database, walk, walk.house.coordinator)).facts == known.facts


async def test_the_coordinator_and_the_adviser_of_the_case_may_and_nobody_else(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        other = await staff(db, "Ann Lowe", Role.ADVISER, now=moment)
    await look(database, walk, other)  # nobody has it yet: whoever rings asks about the letter
    async with database.write() as db:
        walk = await walk.ready(db)

    for who in (walk.house.coordinator, walk.house.adviser):
        assert (await look(database, walk, who)).facts.first_name == "Rowan"
    known = await look(database, walk, walk.house.coordinator)
    for who, refusal in ((other, NotFound), (walk.house.mediator, NotAllowed), (walk.house.other_mediator, NotFound)):
        with pytest.raises(refusal):
            await look(database, walk, who)
        async with database.write() as db:
            with pytest.raises(refusal):
                await correct(db, walk, replace(known.facts, born=None), seen=known.facts.mark, person=who)


async def test_a_decision_about_which_nobody_mediates_waits_for_another_choice(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db)
    known = await look(database, walk, walk.house.coordinator)

    async with database.write() as db:
        with pytest.raises(MediationChosen):
            await correct(db, walk, replace(known.facts, decision=Decision.NO_LETTER), seen=known.facts.mark)
