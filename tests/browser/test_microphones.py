"""Microphones in real browsers with a real LiveKit: held, muted, freed; each opened by its owner's press alone.

Proofs 7 and 8 of 3.13, and what 3.4 says of each step of the ladder.
"""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from livekit import api
from livekit.protocol.models import TrackSource
from livekit.protocol.room import ListParticipantsRequest, MuteRoomTrackRequest
from playwright.async_api import Page as Tab
from playwright.async_api import expect

from meetings.room import media
from tests.browser.sitting import Room, sitting_room
from tests.servers.sitting import DANA, OWEN, Screen, screens, until


@pytest.fixture
async def room(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with sitting_room(tmp_path, sqlite_url, (OWEN, DANA)) as opened:
        yield opened


async def begun(desk: Screen, mode: str = "open_talk") -> None:
    """People take turns in this way, and nothing stands still."""
    if desk.floor and desk.floor["paused"]:
        await desk.say("resume")
    await desk.say("set_mode", mode=mode)


async def speak(room: Room, tab: Tab, seat: str) -> None:
    """The person presses their own button, and LiveKit has their voice."""
    await tab.get_by_role("switch", name="Mic").click()
    await room.until_sends(seat, 1)


async def test_a_soft_mute_closes_the_microphone_and_its_owner_may_open_it_again(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)

        await desk.say("mute", seat=owen.seat, reason="noise")

        await room.until_sends(owen.seat, 0)
        await expect(tab.locator("#room")).to_contain_text(
            "muted your microphone: background noise. You can turn it on again."
        )
        await speak(room, tab, owen.seat)
        await expect(tab.locator("#room")).not_to_contain_text("muted your microphone")


async def test_a_mute_that_is_asked_again_on_another_line_does_not_close_a_microphone_that_its_owner_opened(
    room: Room,
) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator, sitting.mediator) as (desk, again):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)
        before = desk.version
        await desk.say("mute", seat=owen.seat, reason="noise")
        (op,) = (one for one, answer in desk.answers.items() if answer["version"] == before + 1)
        await room.until_sends(owen.seat, 0)
        await speak(room, tab, owen.seat)

        assert again.socket is not None
        words = {"kind": "mute", "op": op, "version": before, "seat": owen.seat, "reason": "noise"}
        await again.socket.send_str(json.dumps(words))
        await until(lambda: op in again.answers, 5, "it is answered again")

        await tab.wait_for_timeout(1500)
        assert (again.answers[op]["kind"], await room.sends(owen.seat)) == ("done", 1)


async def test_a_browser_that_does_not_listen_is_muted_all_the_same(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)
        await tab.route("**/socket", lambda route: route.abort())
        await tab.evaluate("window.dispatchEvent(new Event('offline'))")  # its line is gone; its sound is not

        await desk.say("mute", seat=owen.seat, reason="noise")

        await room.until_sends(owen.seat, 0)


async def test_a_hold_ends_by_itself_though_the_mediators_browser_has_died_and_comes_back_muted(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator, sitting.officer, sitting.parent) as (desk, officer, _):
        await begun(desk)
        await desk.say("set_number", name="hold", seconds=15)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)

        await desk.say("hold", seat=owen.seat, sure=True)
        assert desk.socket is not None
        await tab.get_by_text("Your microphone is held").first.wait_for()
        await room.until_sends(owen.seat, 0)
        assert officer.floor is not None
        assert [one["seat"] for one in officer.floor["holds"]] == [owen.seat]  # everybody sees it
        desk.stop()

        mic = tab.get_by_role("switch", name="Mic")
        await expect(mic).to_have_attribute("aria-checked", "false", timeout=30_000)
        assert await room.sends(owen.seat) == 0  # free again, and still closed until its owner presses


async def test_a_held_microphone_cannot_be_opened_by_its_own_button_or_from_the_page(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator, sitting.parent) as (desk, _):
        await begun(desk)
        tab = await room.tab(owen)
        await desk.say("hold", seat=owen.seat, sure=True)
        held = tab.get_by_role("button", name="Mic held")

        await held.click(force=True)
        await tab.wait_for_timeout(1000)

        assert await room.sends(owen.seat) == 0
        await expect(held).to_have_attribute("aria-disabled", "true")


async def test_an_own_time_holds_who_listens_and_lets_them_go_muted(room: Room) -> None:
    sitting, owen, dana = room.sitting, room.sitting.others["Owen"], room.sitting.others["Dana"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab, other = await room.tab(owen), await room.tab(dana)
        await speak(room, tab, owen.seat)
        await speak(room, other, dana.seat)

        await desk.say("set_mode", mode="statement", seat=owen.seat, minutes=2)

        await room.until_sends(dana.seat, 0)
        assert await room.sends(owen.seat) == 1
        await expect(other.locator("#room")).to_contain_text("Your microphone is held")
        await desk.say("end_turn")
        await expect(other.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "false")
        assert await room.sends(dana.seat) == 0
        await speak(room, other, dana.seat)


async def test_a_reload_and_a_new_connection_come_back_muted(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)

        await tab.reload()

        await expect(tab.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "false")
        await room.until_sends(owen.seat, 0)


async def test_a_connection_that_livekit_takes_up_again_comes_back_muted(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)
        before, opened = [one.identity for one in await room.joined(owen.seat)], room.wire.opened

        room.wire.cut()

        await until(lambda: room.wire.opened > opened, 10, "the browser has called again")
        await expect(tab.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "false")
        await room.until_sends(owen.seat, 0)
        await tab.wait_for_timeout(3000)  # it is taken up, and nothing opens by itself
        assert await room.sends(owen.seat) == 0
        assert [one.identity for one in await room.joined(owen.seat)] == before  # the same connection, not a new one
        await speak(room, tab, owen.seat)


async def test_livekit_refuses_to_open_anybodys_microphone_from_outside(room: Room) -> None:
    sitting, owen = room.sitting, room.sitting.others["Owen"]
    async with screens(room.service.url, sitting.mediator) as (desk,):
        await begun(desk)
        tab = await room.tab(owen)
        await speak(room, tab, owen.seat)
        await desk.say("mute", seat=owen.seat, reason="noise")
        await room.until_sends(owen.seat, 0)

        with pytest.raises(api.TwirpError):
            await open_from_outside(room)
        assert await room.sends(owen.seat) == 0


async def open_from_outside(room: Room) -> None:
    """With the service's own keys, and past all of its code."""
    async with room.database.read() as db:
        found = await media.find(db, room.sitting.meeting_id)
    assert found is not None
    client = api.LiveKitAPI(room.server.url, room.server.key, room.server.secret)
    try:
        people = await client.room.list_participants(ListParticipantsRequest(room=found.name))
        sid, track = next(
            (one.identity, track.sid)
            for one in people.participants
            for track in one.tracks
            if track.source == TrackSource.MICROPHONE
        )
        unmute = MuteRoomTrackRequest(room=found.name, identity=sid, track_sid=track, muted=False)
        await client.room.mute_published_track(unmute)
    finally:
        await client.aclose()
