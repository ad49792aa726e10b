"""Edge: an adviser's day: who is to be rung, whose certificate is due, who is thinking it over."""

from dataclasses import dataclass

from aiohttp import web

from cases import board
from cases.case import Choice
from cases.dossier import Duty
from cases.states import MatterState
from pages.case_view import CaseView, appeal, certificate_due, view
from pages.keys import DATABASE, now, person
from pages.page import ADVISER, Page
from pages.rendering import render

CALLS = (MatterState.ENQUIRY,)
TO_CHOOSE = (MatterState.ADVISED, MatterState.CONSIDERING)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case in the adviser's hands."""

    case: CaseView
    mine: bool

    @property
    def family(self) -> str:
        """Whom to ring."""
        names = [seat.label for seat in self.case.seats if seat.side == "family"]
        return names[0] if names else "The family"


async def _lines(request: web.Request) -> list[Line]:
    async with request.app[DATABASE].read() as db:
        mine = await board.of_account(db, person(request).account_id or "", Duty.ADVISER)
        free = await board.without_adviser(db)
        return [Line(case=await view(db, row.case.id, row.matter.id), mine=row in mine) for row in [*mine, *free]]


def owes_certificate(case: CaseView) -> bool:
    """Whether the time for a certificate has begun and none has been issued."""
    return case.matter.certified_on is None and certificate_due(case) is not None


async def show(request: web.Request) -> web.StreamResponse:
    """Calls first, then certificates by their last day, then those who are thinking."""
    lines, moment = await _lines(request), now(request)
    certificates = sorted((line for line in lines if owes_certificate(line.case)), key=_due)
    return render(
        request,
        "adviser/day.html",
        calls=[line for line in lines if line.case.matter.state in CALLS],
        choosing=[line for line in lines if line.case.matter.state in TO_CHOOSE],
        certificates=[(line, certificate_due(line.case)) for line in certificates],
        others=[line for line in lines if line.mine and line.case.matter.choice is Choice.MEDIATION],
        appeal=appeal,
        moment=moment,
    )


def _due(line: Line) -> str:
    due = certificate_due(line.case)
    return str(due.day) if due else ""


PAGES = (Page(name="advice", path="/advice", who=ADVISER, get=show),)
