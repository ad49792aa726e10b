"""Rules: what each seat may send, as its floor says: a camera always, a microphone unless it is held.

A trainee, who is there to learn, has a camera alone.
"""

from collections.abc import Mapping

from meetings.room.floor import Floor, SeatKey, microphones
from meetings.room.holds import Microphone

CAMERA, MICROPHONE = "camera", "microphone"
SCREEN = frozenset({"screen_share", "screen_share_audio"})
AT_THE_DOOR = frozenset({CAMERA})  # what a token carries; the rest is permitted after the join (reliability L9)


def may_send(floor: Floor) -> Mapping[SeatKey, frozenset[str]]:
    """The sources of every seat on the floor. Who leads may share their screen as well."""
    held = {key for key, right in microphones(floor).items() if right.microphone is Microphone.HELD}
    sources: dict[SeatKey, frozenset[str]] = {}
    for seat in floor.seats:
        voice = frozenset() if seat.key in held else frozenset({MICROPHONE})
        sources[seat.key] = AT_THE_DOOR | voice | (SCREEN if seat.leads else frozenset())
    return sources
