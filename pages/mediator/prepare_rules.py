"""Edge: the ground rules of one sitting, and what the room does for everybody by them."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from database import cleaning
from database.refusal import Refusal
from meetings.room import planning
from meetings.room.plan import LONGEST_RULE, MOST_RULES, Plan
from meetings.room.stages import GROUND_RULES
from pages.changes import change
from pages.forms import FormRefused, read, sent
from pages.keys import DATABASE, now, person
from pages.mediator.prepare import ADDRESS, SeenForm, prepared, version_of
from pages.mediator.prepare_stages import elsewhere
from pages.page import MEDIATOR, Page
from pages.rendering import render


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
    )


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
    form, rules = await read(request, RulesForm), _rules(await sent(request))
    values: dict[str, Any] = {
        "rules": rules,
        "time_shown": form.time_shown == "yes",
        "hearing": form.hearing == "yes",
    }

    def edit(plan: Plan) -> Plan:
        return replace(plan, **values)

    async with change(request) as made:
        meeting_id = request.match_info["meeting"]
        await planning.save(
            made.db, meeting_id, edit, seen=version_of(form.seen), person=person(request), now=now(request)
        )
        return await made.to("sitting-prepare", meeting=meeting_id)


PAGES = (Page(name="sitting-rules", path=f"{ADDRESS}/rules", who=MEDIATOR, get=show, post=keep),)
