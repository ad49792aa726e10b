from dataclasses import replace

import pytest

from pages import navigation
from pages.navigation import Entry
from pages.page import ANYONE
from pages.routes import ALL
from people.access import VISITOR, Person
from people.roles import Party, Role

STAFF = replace(VISITOR, kind="staff")
SEAT = replace(VISITOR, kind="seat", proof="mail")
COORDINATING = ["Today", "Diary", "Colleagues", "Venues", "Councils", "Messages", "Returns"]


def words(roles: frozenset[Role]) -> list[str]:
    return [entry.words for entry in navigation.navigation_of(replace(STAFF, roles=roles)).entries]


def test_each_role_has_its_own_day_first() -> None:
    assert words(frozenset({Role.COORDINATOR})) == COORDINATING
    assert words(frozenset({Role.ADVISER})) == ["My day"]
    assert words(frozenset({Role.MEDIATOR})) == ["My day", "My diary"]


def test_two_roles_share_one_list_without_a_link_twice() -> None:
    both = navigation.navigation_of(replace(STAFF, roles=frozenset({Role.COORDINATOR, Role.MEDIATOR})))

    assert both.label == "Coordinator and Mediator"
    assert [entry.address for entry in both.entries] == [
        "/desk",
        "/desk/diary",
        "/desk/people",
        "/desk/venues",
        "/desk/councils",
        "/desk/messages",
        "/desk/returns",
        "/mediator",
    ]


def test_parties_have_at_most_five_links() -> None:
    of_party = {party: navigation.navigation_of(replace(SEAT, party=party)) for party in Party}

    assert max(len(links.entries) for links in of_party.values()) == 5
    assert of_party[Party("PA")] == of_party[Party("YP")] == navigation.FAMILY
    assert of_party[Party("LA")] == navigation.AUTHORITY
    assert of_party[Party("SU")] == navigation.DOOR


PEOPLE = [
    *(replace(SEAT, party=party) for party in Party),
    *(replace(SEAT, party=party, proof="vouched") for party in Party),
    *(replace(STAFF, roles=frozenset({role})) for role in Role),
    VISITOR,
]


@pytest.mark.parametrize("person", PEOPLE)
def test_every_link_in_the_head_leads_to_a_page_that_is_for_this_person(person: Person) -> None:
    mine = {str(role) for role in person.roles} | ({str(person.party)} if person.party else set())
    for entry in navigation.navigation_of(person).entries:
        for page in (page for page in ALL if page.path == entry.path):
            assert page.who == ANYONE or page.who & mine, entry


def test_without_a_code_there_is_the_meeting_alone() -> None:
    for proof in ("not_confirmed", "vouched"):
        links = navigation.navigation_of(replace(SEAT, party=Party("LA"), proof=proof))
        assert [entry.address for entry in links.entries] == ["/mine", "/help"]


def test_a_visitor_has_the_public_links() -> None:
    assert navigation.navigation_of(VISITOR) == navigation.PUBLIC
    assert navigation.home_of(VISITOR) == "/"
    assert navigation.home_of(replace(SEAT, party=Party("PA"))) == "/my"


def test_an_entry_is_current_on_its_page_and_within_it() -> None:
    entry = Entry(words="Start an enquiry", address="/enquire/decision", within="/enquire")

    assert [entry.current(path) for path in ("/enquire/decision", "/enquire/letter", "/enquirer", "/")] == [
        "page",
        "true",
        "",
        "",
    ]
    assert Entry(words="How", address="/#how").current("/") == ""


def test_links_that_lead_nowhere_are_not_shown() -> None:
    shown = navigation.that_exist(navigation.PUBLIC.entries, {"/", "/certificate"}.__contains__)

    assert [entry.address for entry in shown] == ["/", "/#how", "/certificate"]
