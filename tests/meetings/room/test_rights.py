"""What may be sent follows the floor: a camera always, a microphone unless it is held."""

from datetime import datetime

from cases.case import Side, Standing
from meetings.room.asks import Arrived, Seated
from meetings.room.commands import SetMode
from meetings.room.floor import Floor, Seat, SeatKey, opened, step
from meetings.room.rights import AT_THE_DOOR, CAMERA, MICROPHONE, SCREEN, may_send
from meetings.room.stages import Mode

MEDIATOR, TESSA, DANA = SeatKey("mediator"), SeatKey("tessa"), SeatKey("dana")


def floor_of_two(moment: datetime) -> Floor:
    floor = opened(
        Seat(key=MEDIATOR, label="Idris V.", side=Side.NOBODY, standing=Standing.PROCESS), lot="x", now=moment
    )
    for key, side in ((TESSA, Side.FAMILY), (DANA, Side.COUNCIL)):
        seat = Seat(key=key, label=key, side=side, standing=Standing.PRINCIPAL)
        floor = step(floor, Seated(by=SeatKey(""), seat=seat), now=moment)
    for key in (MEDIATOR, TESSA, DANA):
        floor = step(floor, Arrived(by=key), now=moment)
    return floor


def test_in_open_talk_everyone_may_send_sound(moment: datetime) -> None:
    assert may_send(floor_of_two(moment)) == {
        MEDIATOR: {CAMERA, MICROPHONE} | SCREEN,
        TESSA: {CAMERA, MICROPHONE},
        DANA: {CAMERA, MICROPHONE},
    }


def test_in_a_sides_own_time_the_others_keep_their_camera_only(moment: datetime) -> None:
    floor = floor_of_two(moment)
    own = SetMode(by=MEDIATOR, op="12345678", version=floor.version, mode=Mode.STATEMENT, seat=TESSA, minutes=8)
    sources = may_send(step(floor, own, now=moment))
    assert sources[TESSA] == {CAMERA, MICROPHONE}
    assert sources[DANA] == {CAMERA}


def test_a_token_carries_no_microphone() -> None:
    assert {CAMERA} == AT_THE_DOOR
