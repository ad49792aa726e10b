"""Turns, from a side's own time to a hold that ends, in real browsers with real sound, by keyboard alone.

Pictures of both faces, at desktop and phone width, in `build/journey/turns/`; axe objects to none of them.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page as Tab
from playwright.async_api import expect

from pages.routes import ALL
from tests.browser.album import Album
from tests.browser.keyboard import choose, pick, press, reach, tab_of, write
from tests.browser.sitting import Room, sitting_room
from tests.flows.stage import ROOT
from tests.servers.sitting import DANA, OWEN

BUILD = ROOT / "build" / "journey" / "turns"


@dataclass(frozen=True, kw_only=True)
class Play:
    """The room, and the tabs of who is in it."""

    room: Room
    album: Album
    idris: Tab
    tessa: Tab
    owen: Tab
    officer: Tab
    names: dict[str, str]

    async def look(self, state: str) -> None:
        """Both faces, as they are just now."""
        await self.album.take(self.idris, "ME", state)
        await self.album.take(self.tessa, "PA", state)
        await self.album.take(self.officer, "LA", state)


async def says(tab: Tab, words: str) -> None:
    """The room of this person says so."""
    await expect(tab.locator("#room")).to_contain_text(words)


async def holder(play: Play) -> Tab:
    """The tab of the person who has the floor, once somebody has it."""
    tabs = (play.tessa, play.officer, play.owen)
    for _ in range(200):
        for tab in tabs:
            if await tab.get_by_role("heading", name="You have the floor").count():
                return tab
        await tabs[0].wait_for_timeout(100)
    raise AssertionError("nobody has the floor")


async def ways(play: Play, words: str, button: str = "Change to this") -> None:
    """The mediator chooses another way of taking turns."""
    await choose(play.idris, "#mode", words)
    await press(play.idris, button)


async def agree(play: Play) -> None:
    """Everybody reads the ground rules and agrees with one press."""
    await press(play.tessa, "Read them")
    await play.album.take(play.tessa, "PA", "rules")
    await play.tessa.keyboard.press("Escape")
    for tab in (play.tessa, play.officer):
        await press(tab, "I agree")
        await expect(tab.get_by_role("button", name="I agree")).to_have_count(0)


async def own_time(play: Play) -> None:
    """A side's own time: who listens is held, on every side alike, and comes back muted."""
    await press(play.officer, "Mic", role="switch", key="Space")
    await play.room.until_sends(play.names["officer"], 1)
    await choose(play.idris, "#mode", "Uninterrupted")
    await choose(play.idris, "#own-seat", "Tessa")
    await press(play.idris, "Start this time")
    await says(play.tessa, "You have the floor")
    await says(play.officer, "Your microphone is held")
    await play.room.until_sends(play.names["officer"], 0)
    await play.look("statement")
    await press(play.tessa, "I have finished")
    await expect(play.officer.get_by_role("switch", name="Mic")).to_have_attribute("aria-checked", "false")


async def a_round(play: Play) -> None:
    """Each side in turn: one passes and comes back, and at the end the mediator reads back."""
    await ways(play, "Round", "Set up the round")
    await pick(play.idris, "As the sides agreed", 'input[name="round-order"]')
    await play.album.take(play.idris, "ME", "round-order")
    await press(play.idris, "Start the round")
    await says(play.tessa, "A round")
    await press(play.idris, "Give the floor to")
    await play.look("round")
    await press(await holder(play), "Pass, come back to us")
    await says(play.idris, "Comes back")
    for _ in range(2):
        await press(play.idris, "Give the floor to")
        await press(await holder(play), "I have finished")
    await says(play.officer, "The round is complete")
    await play.look("round-complete")


async def the_queue(play: Play) -> None:
    """Hands with notes, a turn in writing, one order on every screen, an entry moved, a hand kept."""
    await ways(play, "Queue")
    await press(play.tessa, "Ask to speak")
    await says(play.tessa, "You are next")
    await press(play.tessa, "Add a note")
    await write(play.tessa, "#hand-note", "Who saw Rowan settle?")
    await press(play.tessa, "Save my note")
    await says(play.idris, "Who saw Rowan settle?")
    assert "Who saw Rowan settle?" not in await play.officer.content()
    await play.tessa.wait_for_timeout(1200)  # hands of one second are one wave
    await press(play.owen, "Write my turn")
    await write(play.owen, "#turn-words", "In the mornings Rowan holds on to the car door.")
    await play.album.take(play.owen, "PA", "writing")
    await press(play.owen, "Ask for my turn")
    await press(play.officer, "Ask to speak")
    await says(play.tessa, "Who speaks next")
    await play.look("queue")
    await press(play.idris, "Move or remove Owen A.")
    await play.album.take(play.idris, "ME", "move")
    await press(play.idris, "To the front")
    await says(play.officer, "Moved by mediator")
    await press(play.idris, "Give the floor to Owen A.")
    await says(play.officer, "In the mornings Rowan holds on to the car door.")
    await play.look("text-turn")
    await press(play.owen, "I have finished")
    await says(play.idris, "Nobody has the floor")


async def a_reply(play: Play) -> None:
    """The holder asks a direct question: the answer comes directly after, whoever else waits."""
    await press(play.idris, "Give the floor to")
    asks = await holder(play)
    asked = play.officer if asks is play.tessa else play.tessa
    await press(asks, "Ask someone a question")
    await play.album.take(asks, "PA" if asks is play.tessa else "LA", "question")
    await press(asks, play.names["team"] if asked is play.officer else "Tessa A.", within="dialog")
    await says(asked, "To answer the question, up to 1 minute.")
    await play.look("reply")
    await press(asks, "I have finished")
    await press(play.idris, "Give the floor to")
    await says(asked, "This is for your answer to the question")
    await play.look("answer")
    await press(asked, "I have finished")
    await says(play.idris, "Nobody has the floor")


async def clear(play: Play) -> None:
    """Nobody waits any more."""
    entries = play.idris.locator(".queue__entry")
    for left in range(await entries.count(), 0, -1):
        await press(play.idris, "Give the floor to")
        await press(await holder(play), "I have finished")
        await says(play.idris, "Nobody has the floor")
        await expect(entries).to_have_count(left - 1)


async def an_interruption(play: Play) -> None:
    """Two sides are heard at once: a private cue, a neutral card; then the rest of the turn, given back."""
    await press(play.tessa, "Ask to speak")
    await press(play.idris, "Give the floor to Tessa A.")
    await press(play.tessa, "Turn on my microphone")
    await play.room.until_sends(play.names["tessa"], 1)
    await press(play.officer, "Mic", role="switch", key="Space")
    await play.room.until_sends(play.names["officer"], 1)
    await says(play.idris, "Let Tessa finish")
    await says(play.tessa, "so your time has stopped")
    assert "You were not finished" not in await play.tessa.content()
    await play.look("interrupted")
    assert "Let Tessa finish" not in await play.officer.content()
    await press(play.idris, "Let Tessa finish")
    await says(play.officer, "Tessa A. still has the floor")
    await play.look("still-has-the-floor")
    await press(play.officer, "Mic", role="switch", key="Space")
    await play.room.until_sends(play.names["officer"], 0)
    await expect(play.idris.locator(".cue")).to_have_count(0)
    await play.idris.wait_for_timeout(2500)  # it was quiet for a while, and then they speak again
    await press(play.officer, "Mic", role="switch", key="Space")
    await says(play.idris, "Tessa gives way")
    await press(play.idris, "Tessa gives way")
    await says(play.tessa, "You were not finished")
    await play.look("not-finished")
    await press(play.tessa, "I was not finished")
    await says(play.officer, "Finishing")
    await press(play.idris, "Give the floor to Tessa A.")
    await says(play.tessa, "This is the time you had left.")
    await play.look("the-rest")
    await press(play.tessa, "I have finished")


async def signals(play: Play) -> None:
    """Told to the mediator alone, seen, and a word without a name."""
    await press(play.tessa, "Tell Idris")
    await write(play.tessa, "#tell-word-which", "EOTAS")
    await press(play.tessa, "What does that word mean?", within="dialog")
    await press(play.tessa, "Slower", within="dialog")
    await expect(play.tessa.locator("dialog")).to_contain_text("Sent")
    await play.album.take(play.tessa, "PA", "tell")
    await says(play.idris, "“EOTAS”: what is it?")
    await says(play.idris, "Sent without a name")
    await play.album.take(play.idris, "ME", "signals")
    await press(play.idris, "Seen: Slower")
    await expect(play.tessa.locator("dialog")).to_contain_text("has seen it")
    await play.tessa.keyboard.press("Escape")
    assert "EOTAS" not in await play.officer.content()


async def a_hold(play: Play) -> None:
    """Nudge, soft mute, and a hold that is asked for twice and ends by itself."""
    await press(play.owen, "Mic", role="switch", key="Space")
    await play.room.until_sends(play.names["owen"], 1)
    await tab_of(play.idris, "Settings")
    await play.album.take(play.idris, "ME", "settings")
    await tab_of(play.idris, "Microphones")
    await choose(play.idris, "#who", "Owen")
    await press(play.idris, "Nudge")
    await says(play.owen, "Someone is waiting to speak. Only you see this.")
    await press(play.idris, "Mute")
    await says(play.owen, "muted your microphone: background noise")
    await play.room.until_sends(play.names["owen"], 0)
    await play.album.take(play.owen, "PA", "muted")
    await press(play.owen, "Mic", role="switch", key="Space")
    await play.room.until_sends(play.names["owen"], 1)
    await press(play.idris, "Hold…")
    await play.album.take(play.idris, "ME", "hold-asks-again")
    await press(play.idris, "Yes, hold it")
    await says(play.owen, "Your microphone is held")
    await play.room.until_sends(play.names["owen"], 0)
    await play.look("hold")
    await play.album.take(play.owen, "PA", "held")
    mic = play.owen.get_by_role("switch", name="Mic")
    await expect(mic).to_have_attribute("aria-checked", "false", timeout=90_000)  # it ends by itself
    assert await play.room.sends(play.names["owen"]) == 0
    await play.look("hold-over")
    await play.album.take(play.owen, "PA", "free-again")
    await reach(play.owen, mic)
    await play.owen.keyboard.press("Space")
    await play.room.until_sends(play.names["owen"], 1)


async def begin(room: Room) -> Play:
    """Everybody is in the room, and the mediator goes on."""
    sitting = room.sitting
    album = Album(folder=BUILD, pages=ALL)
    ways_in = (sitting.mediator, sitting.parent, sitting.others["Owen"], sitting.officer)
    idris, tessa, owen, officer = [await room.tab(way) for way in ways_in]
    names = {"tessa": sitting.parent.seat, "owen": sitting.others["Owen"].seat, "officer": sitting.officer.seat}
    if await idris.get_by_role("button", name="Go on where we were").count():
        await press(idris, "Go on where we were")
    team = await officer.evaluate("document.querySelector('#room').dataset.role")
    assert team == "participant"
    return Play(
        room=room, album=album, idris=idris, tessa=tessa, owen=owen, officer=officer, names={**names, "team": "SEND"}
    )


async def test_turns_are_taken_by_keyboard_alone_and_every_face_is_looked_at(tmp_path: Path, sqlite_url: str) -> None:
    shutil.rmtree(BUILD, ignore_errors=True)
    async with sitting_room(tmp_path, sqlite_url, (OWEN, DANA)) as room:
        play = await begin(room)
        await agree(play)
        await own_time(play)
        await a_round(play)
        await the_queue(play)
        await a_reply(play)
        await clear(play)
        await an_interruption(play)
        await signals(play)
        await a_hold(play)
        assert play.album.faults == []
