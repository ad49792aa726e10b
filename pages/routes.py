"""Edge: every page of the service, in one table."""

from pages import static_files
from pages.adviser import call as adviser_call
from pages.adviser import certificate as adviser_certificate
from pages.adviser import day as adviser_day
from pages.adviser import facts as adviser_facts
from pages.authority import cases as authority_cases
from pages.authority import confirm as authority_confirm
from pages.authority import papers as authority_papers
from pages.coordinator import (
    accounts as coordinator_accounts,
)
from pages.coordinator import (
    assign as coordinator_assign,
)
from pages.coordinator import (
    board as coordinator_board,
)
from pages.coordinator import (
    book as coordinator_book,
)
from pages.coordinator import (
    case as coordinator_case,
)
from pages.coordinator import (
    colleagues as coordinator_colleagues,
)
from pages.coordinator import (
    contact as coordinator_contact,
)
from pages.coordinator import (
    councils as coordinator_councils,
)
from pages.coordinator import (
    diary as coordinator_diary,
)
from pages.coordinator import (
    enquiry as coordinator_enquiry,
)
from pages.coordinator import (
    family_yes as coordinator_family_yes,
)
from pages.coordinator import (
    hours as coordinator_hours,
)
from pages.coordinator import (
    live as coordinator_live,
)
from pages.coordinator import (
    meeting as coordinator_meeting,
)
from pages.coordinator import (
    messages as coordinator_messages,
)
from pages.coordinator import (
    move as coordinator_move,
)
from pages.coordinator import (
    seats as coordinator_seats,
)
from pages.coordinator import (
    times as coordinator_times,
)
from pages.coordinator import (
    venues as coordinator_venues,
)
from pages.family import confirm as family_confirm
from pages.family import home as family_home
from pages.family import papers as family_papers
from pages.mediator import close as mediator_close
from pages.mediator import day as mediator_day
from pages.mediator import draft as mediator_draft
from pages.mediator import prepare as mediator_prepare
from pages.mediator import prepare_rules as mediator_prepare_rules
from pages.mediator import prepare_stages as mediator_prepare_stages
from pages.mediator import rest as mediator_rest
from pages.page import Page
from pages.public import (
    certificate as public_certificate,
)
from pages.public import (
    enquire as public_enquire,
)
from pages.public import (
    health as public_health,
)
from pages.public import (
    home as public_home,
)
from pages.public import (
    join as public_join,
)
from pages.public import (
    second_proof as public_second_proof,
)
from pages.public import (
    signin as public_signin,
)
from pages.room import door as room_door
from pages.room import hook as room_hook
from pages.room import live as room_live
from pages.room import sitting as room_sitting

ALL: tuple[Page, ...] = (
    *static_files.PAGES,
    *public_certificate.PAGES,
    *public_enquire.PAGES,
    *public_health.PAGES,
    *public_home.PAGES,
    *public_join.PAGES,
    *public_second_proof.PAGES,
    *public_signin.PAGES,
    *room_door.PAGES,
    *room_hook.PAGES,
    *room_live.PAGES,
    *room_sitting.PAGES,
    *family_confirm.PAGES,
    *family_home.PAGES,
    *family_papers.PAGES,
    *authority_cases.PAGES,
    *authority_confirm.PAGES,
    *authority_papers.PAGES,
    *adviser_call.PAGES,
    *adviser_certificate.PAGES,
    *adviser_day.PAGES,
    *adviser_facts.PAGES,
    *mediator_close.PAGES,
    *mediator_day.PAGES,
    *mediator_draft.PAGES,
    *mediator_prepare.PAGES,
    *mediator_prepare_rules.PAGES,
    *mediator_prepare_stages.PAGES,
    *mediator_rest.PAGES,
    *coordinator_accounts.PAGES,
    *coordinator_assign.PAGES,
    *coordinator_board.PAGES,
    *coordinator_book.PAGES,
    *coordinator_case.PAGES,
    *coordinator_colleagues.PAGES,
    *coordinator_contact.PAGES,
    *coordinator_councils.PAGES,
    *coordinator_diary.PAGES,
    *coordinator_enquiry.PAGES,
    *coordinator_family_yes.PAGES,
    *coordinator_hours.PAGES,
    *coordinator_live.PAGES,
    *coordinator_meeting.PAGES,
    *coordinator_messages.PAGES,
    *coordinator_move.PAGES,
    *coordinator_seats.PAGES,
    *coordinator_times.PAGES,
    *coordinator_venues.PAGES,
)
