"""Store: LiveKit: rooms, tokens, permissions, webhooks. The only file that knows it.

Every token carries the least right and no admin, data, record or list grant; a microphone is permitted after the join,
by the server, as the floor says (reliability 3.5). What LiveKit reports is a hint: the poll repairs.
"""

import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from livekit import api
from livekit.protocol.models import ParticipantInfo, ParticipantPermission, TrackSource
from livekit.protocol.room import (
    CreateRoomRequest,
    DeleteRoomRequest,
    ListParticipantsRequest,
    ListRoomsRequest,
    MuteRoomTrackRequest,
    RoomParticipantIdentity,
    UpdateParticipantRequest,
)

TOKEN_LIFE = timedelta(seconds=60)
EMPTY_SECONDS, DEPARTURE_SECONDS = 600, 600  # long enough for a mediator who reconnects alone
MOST_PEOPLE = 24
MOST_KNOWN = 10_000
PATIENCE = aiohttp.ClientTimeout(total=5)
NOT_FOUND = "not_found"


@dataclass(frozen=True, kw_only=True)
class VideoSettings:
    """Where LiveKit answers, and the key pair that it knows us by."""

    url: str
    api_key: str
    api_secret: str = field(repr=False)


class Source(StrEnum):
    """What a browser may send."""

    CAMERA = "camera"
    MICROPHONE = "microphone"
    SCREEN = "screen_share"
    SCREEN_SOUND = "screen_share_audio"


PROTOCOL: Mapping[Source, Any] = {
    Source.CAMERA: TrackSource.CAMERA,
    Source.MICROPHONE: TrackSource.MICROPHONE,
    Source.SCREEN: TrackSource.SCREEN_SHARE,
    Source.SCREEN_SOUND: TrackSource.SCREEN_SHARE_AUDIO,
}
BY_NUMBER: Mapping[int, Source] = {number: source for source, number in PROTOCOL.items()}


class VideoAway(Exception):  # noqa: N818 - it names what is so
    """The video server does not answer, or there is none."""


class NoSuchRoom(Exception):  # noqa: N818 - it names what is so
    """The video server does not have this room (any more)."""


class NotSigned(Exception):  # noqa: N818 - it names what is so
    """This did not come from our video server."""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Somebody in a media room, what they may send, and which of their microphones are open."""

    identity: str
    sources: frozenset[Source]
    open_microphones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the video server reports."""

    id: str
    event: str
    room: str


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except api.TwirpError as fault:
        if fault.code == NOT_FOUND:
            raise NoSuchRoom from None
        raise VideoAway(fault.code) from None  # its own text may hold a token (reliability L19)
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise VideoAway from None


class Video:
    """One LiveKit server, or none."""

    def __init__(self, settings: VideoSettings | None, client: api.LiveKitAPI | None) -> None:
        self._settings = settings
        self._client = client
        self._made: set[str] = set()  # rooms that this process has made and, as far as it knows, are there

    @property
    def on(self) -> bool:
        """Whether there is a video server at all."""
        return self._client is not None

    @property
    def url(self) -> str | None:
        """Where a browser connects to."""
        return self._settings.url if self._settings else None

    def _api(self) -> api.LiveKitAPI:
        if self._client is None:
            raise VideoAway
        return self._client

    @contextlib.contextmanager
    def _asking(self, room: str) -> Iterator[None]:
        """What this process knows of rooms is forgotten where the server says otherwise, or says nothing."""
        try:
            with _plainly():
                yield
        except NoSuchRoom:
            self._made.discard(room)
            raise
        except VideoAway:
            self._made.clear()
            raise

    async def make_room(self, name: str) -> None:
        """The room is there; making it twice changes nothing, and a room made before is not asked for again until it
        was missed. VideoAway when the server does not answer.
        """
        if name in self._made:
            return
        wanted = CreateRoomRequest(
            name=name, empty_timeout=EMPTY_SECONDS, departure_timeout=DEPARTURE_SECONDS, max_participants=MOST_PEOPLE
        )
        with self._asking(name):
            await self._api().room.create_room(wanted)
        if len(self._made) >= MOST_KNOWN:
            self._made.clear()
        self._made.add(name)

    async def drop_room(self, name: str) -> None:
        """The room is gone, with everybody in it."""
        self._made.discard(name)
        with contextlib.suppress(NoSuchRoom), self._asking(name):
            await self._api().room.delete_room(DeleteRoomRequest(room=name))

    def token(self, *, identity: str, seat_key: str, room: str, sources: frozenset[Source]) -> str:
        """A key to this one room for a minute, that may send these sources and nothing else.

        The seat's key travels as the participant's name, so that screens know whose picture it is, and says no more.
        """
        if self._settings is None:
            raise VideoAway
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_subscribe=True,
            can_publish=bool(sources),
            can_publish_data=False,
            can_publish_sources=sorted(sources) or None,
            can_update_own_metadata=False,
        )
        made = api.AccessToken(self._settings.api_key, self._settings.api_secret)
        return made.with_identity(identity).with_name(seat_key).with_ttl(TOKEN_LIFE).with_grants(grants).to_jwt()

    async def people_in(self, room: str) -> Sequence[Joined]:
        """Everybody in the room; NoSuchRoom when the server has none of this name."""
        with self._asking(room):
            found = await self._api().room.list_participants(ListParticipantsRequest(room=room))
            if not found.participants and not await self._has(room):  # an unknown room is answered like an empty one
                raise NoSuchRoom
        return [_joined(one) for one in found.participants]

    async def _has(self, room: str) -> bool:
        with self._asking(room):
            return bool((await self._api().room.list_rooms(ListRoomsRequest(names=[room]))).rooms)

    async def permit(self, room: str, identity: str, sources: frozenset[Source]) -> None:
        """From now on this person may send these sources; what they may no longer send ends. NoSuchRoom when away."""
        # An empty list would mean every source (reliability L10), so nothing to send is can_publish=False.
        right = ParticipantPermission(
            can_subscribe=True,
            can_publish=bool(sources),
            can_publish_data=False,
            can_update_metadata=False,
            can_publish_sources=[PROTOCOL[source] for source in sorted(sources)],
        )
        with self._asking(room):
            await self._api().room.update_participant(
                UpdateParticipantRequest(room=room, identity=identity, permission=right),
            )

    async def hush(self, room: str, one: Joined) -> None:
        """This person's open microphones are muted, once; they may open them again. Nothing here can open one."""
        for track in one.open_microphones:
            with contextlib.suppress(NoSuchRoom), self._asking(room):
                await self._api().room.mute_published_track(
                    MuteRoomTrackRequest(room=room, identity=one.identity, track_sid=track, muted=True)
                )

    async def put_out(self, room: str, identity: str) -> None:
        """This connection is ended."""
        with contextlib.suppress(NoSuchRoom), self._asking(room):
            await self._api().room.remove_participant(RoomParticipantIdentity(room=room, identity=identity))

    async def answers(self) -> bool:
        """Whether the server answers just now."""
        try:
            await self._has("nobody")
        except VideoAway:
            return False
        return True

    def read_report(self, body: bytes, signature: str) -> Report:
        """What the server reports; NotSigned for anything that it did not sign itself."""
        if self._settings is None:
            raise NotSigned
        receiver = api.WebhookReceiver(api.TokenVerifier(self._settings.api_key, self._settings.api_secret))
        try:
            event = receiver.receive(body.decode(), signature)
        except Exception as broken:  # the library raises a dozen kinds, all of which mean this
            raise NotSigned from broken
        return Report(id=event.id, event=event.event, room=event.room.name)


def _joined(one: ParticipantInfo) -> Joined:
    right = one.permission
    every = frozenset(BY_NUMBER[number] for number in right.can_publish_sources if number in BY_NUMBER)
    sources = (every or frozenset(Source)) if right.can_publish else frozenset()
    microphones = (track for track in one.tracks if track.source == TrackSource.MICROPHONE and not track.muted)
    return Joined(identity=one.identity, sources=sources, open_microphones=tuple(track.sid for track in microphones))


@contextlib.asynccontextmanager
async def open_video(settings: VideoSettings | None) -> AsyncIterator[Video]:
    """Inside the block rooms can be made; with no settings there is no video, and every page says so."""
    if settings is None:
        yield Video(None, None)
        return
    client = api.LiveKitAPI(settings.url, settings.api_key, settings.api_secret, timeout=PATIENCE)
    try:
        yield Video(settings, client)
    finally:
        await client.aclose()
