"""Edge: the ground rules of one sitting, and what the room does for everybody by them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from cases.case import Side, Standing
from database import cleaning
from database.refusal import Refusal
from meetings.room import planning
from meetings.room.plan import LONGEST_RULE, MOST_RULES, Plan
from meetings.room.planning import Prepared
from meetings.room.shares import LEAST_PARTS, MOST_PARTS, unequal
from meetings.room.stages import GROUND_RULES
from pages.case_view import SIDE_NAMES
from pages.changes import change
from pages.forms import FormRefused, read, sent
from pages.keys import DATABASE, now, person
from pages.mediator.prepare import ADDRESS, CHOOSE, SeenForm, prepared, version_of
from pages.mediator.prepare_stages import elsewhere
from pages.page import MEDIATOR, Page
from pages.rendering import render

PARTS = tuple(str(parts) for parts in range(LEAST_PARTS, MOST_PARTS + 1))


class RulesForm(SeenForm):
    """What the sitting's rules let the room do."""

    time_shown: str = ""
    hearing: str = ""


async def show(request: web.Request) -> web.StreamResponse:
    """A field for each rule there can be, and the two choices."""
    async with request.app[DATABASE].read() as db:
        found = await prepared(db, request)
    rules = found.plan.rules
    return elsewhere(request, found) or render(
        request,
        "mediator/prepare_rules.html",
        found=found,
        rules=[*rules, *[""] * (MOST_RULES - len(rules))],
        usual=GROUND_RULES,
        most=MOST_RULES,
        longest=LONGEST_RULE,
        shares=[(side.value, SIDE_NAMES[side], found.plan.fair.get(side, LEAST_PARTS)) for side in _sides(found)],
        parts=[(one, one) for one in PARTS],
    )


def _sides(found: Prepared) -> list[Side]:
    """The sides that take turns at this meeting."""
    there = {one.seat.side for one in found.people if one.seat.standing is not Standing.LANGUAGE_WORKER}
    return [side for side in Side if side in there and side is not Side.NOBODY]


def _fair(typed: dict[str, list[str]], sides: list[Side]) -> Mapping[Side, int]:
    """The parts that were chosen; FormRefused names each field that holds no choice."""
    chosen = {side: typed.get(f"fair_{side}", [str(LEAST_PARTS)])[0] for side in sides}
    if errors := {f"fair_{side}": CHOOSE for side, parts in chosen.items() if parts not in PARTS}:
        raise FormRefused(errors, typed)
    return unequal({side: int(parts) for side, parts in chosen.items()}, sides)


def _rules(typed: dict[str, list[str]]) -> tuple[str, ...]:
    """The fields in which something was written, each as one line; FormRefused names each that cannot stay."""
    rules, errors = [], {}
    for number in range(1, MOST_RULES + 1):
        name = f"rule_{number}"
        try:
            rules.append(" ".join(cleaning.paragraph(typed.get(name, [""])[0], LONGEST_RULE).split()))
        except Refusal as refusal:
            errors[name] = refusal.words
    if not errors and not any(rules):
        errors["rule_1"] = "Write at least one rule"
    if errors:
        raise FormRefused(errors, typed)
    return tuple(rule for rule in rules if rule)


async def keep(request: web.Request) -> web.StreamResponse:
    """These are the ground rules of this sitting."""
    form, typed = await read(request, RulesForm), await sent(request)
    rules = _rules(typed)
    values: dict[str, Any] = {
        "rules": rules,
        "time_shown": form.time_shown == "yes",
        "hearing": form.hearing == "yes",
    }

    def edit(plan: Plan) -> Plan:
        return replace(plan, **values)

    async with change(request) as made:
        meeting_id = request.match_info["meeting"]
        values["fair"] = _fair(typed, _sides(await prepared(made.db, request)))
        await planning.save(
            made.db, meeting_id, edit, seen=version_of(form.seen), person=person(request), now=now(request)
        )
        return await made.to("sitting-prepare", meeting=meeting_id)


PAGES = (Page(name="sitting-rules", path=f"{ADDRESS}/rules", who=MEDIATOR, get=show, post=keep),)
