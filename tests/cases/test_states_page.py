"""The pictures on the page about states are drawn from the tables of moves."""

import re
from pathlib import Path

import pytest

from cases.lifecycle import ADVICE, BESIDE, DISAGREEMENT_RESOLUTION, MEDIATION, Moves
from cases.states import Event, MatterState

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


def plain(word: MatterState | Event) -> str:
    return word.replace("_", " ")


def picture(moves: Moves) -> str:
    """The moves between states as a state diagram; those that stay where they are make no arrow."""
    arrows = [
        f"    {before} --> {after}: {plain(event)}"
        for before, row in moves.items()
        for event, after in row.items()
        if before is not after
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])


def beside() -> str:
    rows = [
        f"| {plain(event)} | {', '.join(plain(state) for state in MatterState if state in states)} |"
        for event, states in BESIDE.items()
    ]
    return "\n".join(["| What is noted | While the matter is |", "| --- | --- |", *rows])


def words() -> str:
    rows = [f"| {plain(state)} | {state.words} |" for state in MatterState]
    return "\n".join(["| State | In words |", "| --- | --- |", *rows])


SECTIONS = {
    "advice": picture(ADVICE),
    "mediation": picture(MEDIATION),
    "disagreement-resolution": picture(DISAGREEMENT_RESOLUTION),
    "beside": beside(),
    "words": words(),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_the_page_shows_the_tables(name: str) -> None:
    found = re.search(rf"<!-- {name} -->\n\n(.*?)\n\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    assert found is not None
    assert found.group(1) == SECTIONS[name]
