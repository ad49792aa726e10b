"""Rules: the access matrix as data (reliability 3.2): what each role may do with each thing, one letter a cell.

y may · a only assigned or own case · o own, or own side's, only · s only after its owner shared it · 2 with a second
person · r with a reason, noted and alerting · - never. A co-mediator has the mediator's cells; the local NHS and a
school that takes part have the council's, each for its own side. Coordinators look after staff accounts until a
provider has administrators (the founding table gives that to two administrators together).
"""

from collections.abc import Mapping
from enum import StrEnum

CODES = ("CO", "MA", "ME", "PA", "YP", "LA", "SU", "IN", "PR", "AD", "DP")
LIKE_COUNCIL = ("HB", "ED")


class Cell(StrEnum):
    """What a role may do."""

    MAY = "y"
    ASSIGNED = "a"
    OWN = "o"
    SHARED = "s"
    SECOND = "2"
    REASON = "r"
    NEVER = "-"


TABLE = """
intake.submit                y y - y y y - - - - -
intake.read                  y y - o o o - - - - r
intake.triage                y y - - - - - - - - -
case.read                    y a a a a a s - - - r
case.edit                    y a - - - - - - - - -
needs.read                   r a a o o s s - - - r
needs.edit                   - a - o o - - - - - -
contact.read                 y a r o o o - - - - r
contact_of_others.read       y a r - - - - - - - -
keep_apart.flag              y a a o o - - - - - r
adviser_notes.any            - o s - - - - - - - r
mediator_notes.any           - - o - - - - - - - -
private_notes.any            - - a o o o o - - - -
private_notes_of_others.any  - - - - - - - - - - -
paper.add                    y a a o o o s - s - -
paper.read_before_sharing    - a a o o o s - o - -
paper.read_after_everyone    - a a a a a s s s - r
paper.share                  - - - o o o - - o - -
slots.publish                y - o - - - - - - - -
booking.change               y a a o o o - - - - -
booking.read                 y a a o o o o o o - -
seat.change                  y - a - - - - - - - -
helper.nominate              y - - o o o - - - - -
waiting.see                  a - a - - - - - - - -
room.admit                   r - a - - - - - - - -
room.join                    r - a o o o o o o - -
room.watch_unseen            - - - - - - - - - - -
floor.ask                    - - a o o o o - o - -
floor.grant                  - - a - - - - - - - -
floor.speak_freely           - - - - - - - o - - -
private_room.open            - - a - - - - - - - -
private_room.ask             - - a o o o s s - - -
meeting.take_over            r - r - - - - - - - -
draft.write                  - - a - - - - - - - -
draft.confirm                - - - o o o - - - - -
record.read                  y a a a a a s - - - r
record.correct               - - 2 - - - - - - - -
certificate.issue            r o - - - - - - - - -
certificate.read             y a - o o s - - - - r
certificate.check            y y y y y y y y y y y
dates.read                   y a a o o o - - - - r
dates.override               r r - - - - - - - - -
building.read                y a a o o o o o o - -
access_needs.read            y a a o o o s - - - r
delivery.read                y a - o o o o o o - -
search.any                   y a a - - - - - - - r
statistics.read              y - - - - - - - - - y
case.export                  - - - - - - - - - - 2
case.erase                   - - - - - - - - - - 2
accounts.change              y - - - - - - - - 2 -
audit.read                   - - - - - - - - - - y
settings.change              - - - - - - - - - 2 -
"""


def _read(table: str) -> Mapping[str, Mapping[str, Cell]]:
    matrix: dict[str, Mapping[str, Cell]] = {}
    for line in table.strip().splitlines():
        row, *cells = line.split()
        known = dict(zip(CODES, map(Cell, cells), strict=True))
        matrix[row] = known | dict.fromkeys(LIKE_COUNCIL, known["LA"])
    return matrix


MATRIX = _read(TABLE)
