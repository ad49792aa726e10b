"""Rules: whom an interpreter interprets for, as a process person says it in the sitting (Q10)."""

from dataclasses import replace

from meetings.room.commands import Interprets
from meetings.room.state import Floor, NotAllowed


def interprets(floor: Floor, signal: Interprets) -> Floor:
    """The interpreter's hand, and their voice in a turn, are from now on those of this person; or of nobody."""
    worker = floor.seat(signal.seat)
    if not worker.interprets:
        raise NotAllowed("Only an interpreter speaks in the turn of somebody else.")
    if signal.whom is not None and not floor.seat(signal.whom).takes_turns:
        raise NotAllowed("This person speaks without a turn.")
    if worker.helps == signal.whom:
        return floor
    return floor.with_seat(replace(worker, helps=signal.whom)).noting("interprets", seat=worker.key)
