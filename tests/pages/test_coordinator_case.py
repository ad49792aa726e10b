"""One case: what a coordinator sees, what an adviser and a mediator see of theirs, and what nobody else sees."""

from datetime import datetime, timedelta

from cases.case import Choice
from database.engine import Database
from tests.pages.coordinator.desk import advised, opened_desk, rowan, with_mediator


async def test_a_case_shows_its_step_its_story_its_dates_and_its_people(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        text = await desk.get(f"/desk/case/{matter.case_id}")

    for words in (
        "Now: the family has chosen mediation",
        "Rowan A. has no mediator yet",
        "Choose the mediator",
        "Enquiry on our website",
        "Information and advice given",
        "Joy Okoro",
        "24 h 00 left",
        "30 days: Sat 7 Nov",
        "Appeal: Mon 16 Nov, 5 pm",
        "Tessa Arden",
        "tessa@family.test",
        "I find it hard when people talk fast",
        "Notice that mediation is wanted",
        "On its way",
        "None yet.",
    ):
        assert words in text, words
    # The family's own words about the child are special: a coordinator gives a reason first (reliability 3.2).
    assert "Speech therapy" not in text
    assert "Arden, Rowan" not in text


async def test_an_adviser_sees_their_own_case_without_the_desk_s_links(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        case = f"/desk/case/{matter.case_id}"
        await desk.sign_in("joy")
        await desk.get(case, 404)
        await desk.sign_in("mina")
        await advised(desk, matter)
        await desk.sign_in("joy")
        text = await desk.get(case)
        for page in ("people", "times", "assign", "in-person", "book"):
            await desk.get(f"{case}/{page}", 404)

    assert "tessa@family.test" in text
    assert f"{case}/people" not in text
    assert f"{case}/assign" not in text


async def test_the_facts_are_corrected_from_the_case_by_coordinator_and_adviser_alone(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        case, facts, links = f"/desk/case/{matter.case_id}", f"/advice/{matter.id}/facts", []
        await advised(desk, matter)
        await with_mediator(desk, matter)
        for who in ("mina", "joy", "idris"):
            await desk.sign_in(who)
            links.append(f'href="{facts}?back=case"' in await desk.get(case))
        await desk.get(facts, 404)
        await desk.sign_in("joy")
        shown = await desk.get(f"{facts}?back=case")

    assert links == [True, True, False]
    assert f'href="{case}">Leave without saving' in shown


async def test_a_certificate_that_waits_for_the_letters_date_asks_for_it(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter, Choice.DECLINED)
        facts = f"/advice/{matter.id}/facts"
        seen = (await desk.get(facts)).split('name="seen" value="')[1].split('"')[0]
        await desk.done(facts, seen=seen, decision=matter.decision, first_name="Rowan", last_name="Arden")
        text = await desk.get(f"/desk/case/{matter.case_id}")

    assert "The date of the letter is missing" in text
    assert f'href="{facts}"' in text
    assert "Add the date of the letter" in text


async def test_a_mediator_sees_their_own_case_without_contacts_and_messages(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        await with_mediator(desk, matter)
        await desk.sign_in("ruth")
        await desk.get(f"/desk/case/{matter.case_id}", 404)
        await desk.get(f"/desk/case/{matter.case_id}/contact", 404)
        await desk.sign_in("idris")
        text = await desk.get(f"/desk/case/{matter.case_id}")
        call = await desk.get(f"/desk/case/{matter.case_id}/contact")

    assert "Tessa Arden" in text
    assert "I find it hard when people talk fast" in text
    for private in ("tessa@family.test", "900142", "Receipt of the enquiry", "Speech therapy"):
        assert private not in text
    assert "900142" not in call


async def test_what_is_not_there_and_what_is_no_address_is_not_found(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        for path in (
            f"/desk/case/{'a' * 26}",
            "/desk/case/1",
            f"/desk/case/{'A' * 26}",
            f"/desk/case/{'a' * 26}/people",
        ):
            await desk.get(path, 404)


async def test_a_visitor_is_sent_to_sign_in(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        desk.client.session.cookie_jar.clear()
        for path in ("/desk", "/desk/people", f"/desk/case/{'a' * 26}", f"/desk/meeting/{'a' * 26}/cancel"):
            answer = await desk.client.get(path, allow_redirects=False)
            assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
        assert (await desk.post("/desk/enquiry", name="Tessa")).headers["Location"] == "/sign-in"


async def test_staff_of_other_roles_do_not_find_the_desk(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        await desk.sign_in("joy")
        for path in ("/desk", "/desk/cases", "/desk/enquiry", "/desk/messages", "/desk/venues", "/desk/people"):
            await desk.get(path, 404)
        await desk.get("/desk/diary", 404)


async def test_a_call_ends_the_promise_and_is_listed(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        await with_mediator(desk, matter)
        page = f"/desk/case/{matter.case_id}/contact"
        desk.clock.moment = moment + timedelta(hours=5, minutes=45)
        await desk.sign_in("idris")
        day = {"day__day": 8, "day__month": "October", "day__year": 2026}
        assert await desk.done(page, reached="no", channel="phone", time="15:30", **day) == "/mediator"
        assert (
            await desk.done(page, reached="yes", channel="phone", time="15:45", note="Ring at 4", **day) == "/mediator"
        )
        await desk.sign_in("mina")
        text = await desk.get(page)
        case = await desk.get(f"/desk/case/{matter.case_id}")

    assert "Reached after 5 h 45 of 24 h" in text
    assert "No answer" in text
    assert "Ring at 4" in text
    assert "Now: the mediator has reached the family" in case


async def test_a_call_that_cannot_have_been_is_refused_and_kept(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        await with_mediator(desk, matter)
        page = f"/desk/case/{matter.case_id}/contact"
        day = {"day__day": 8, "day__month": 10, "day__year": 2026}
        said = [
            await desk.refused(page, 422),
            await desk.refused(page, 422, reached="yes", channel="phone", time="16:05", **day),
            await desk.refused(page, 422, reached="yes", channel="phone", time="half past", **day),
            await desk.refused(page, 422, reached="yes", channel="phone", time="25:00", **day),
            await desk.refused(page, 422, reached="yes", channel="phone", time="9:00", **{**day, "day__year": 1901}),
            await desk.refused(page, 422, reached="perhaps", channel="pigeon", time="9:00", note="x" * 5000, **day),
        ]
        text = await (await desk.post(page, reached="yes", channel="phone", time="25:00", note="Kept", **day)).text()
        case = await desk.get(f"/desk/case/{matter.case_id}")

    assert set(said[0]) == {
        "Say whether you reached them",
        "Say how",
        "Write the day, for example 8 10 2026",
        "Write the time like 16:05",
    }
    assert said[1] == ["This moment is still to come. Write down when it was"]
    assert said[2] == ["Write the time like 16:05"]
    assert said[3] == ["There is no such time. You wrote 25:00"]
    assert said[4] == ["That was before the family wrote to us. Check the day"]
    assert len(said[5]) == 3
    assert "Kept</textarea>" in text
    assert "24 h 00 left" in case


async def test_a_no_gives_the_certificate_its_three_days(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter, Choice.DECLINED)
        text = await desk.get(f"/desk/case/{matter.case_id}")

    assert "Certificate: Tue 13 Oct" in text
    assert "Day 0 of 3" in text
