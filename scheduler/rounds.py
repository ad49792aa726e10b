"""Act: the rounds: one table of what is looked after, how often, and which bell makes it happen at once.

A round takes what is due under leases or unique keys of its own, so any number of workers may turn the same one; what a
missed hour left behind is caught up by the next turn. Rounds that are needed once for all workers take the lease of
their row first, by the database's clock.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from cases import contact, enquiries
from database.engine import Database
from meetings.room import joining, paging, presence, reports, turns
from meetings.room.lines import Lines
from meetings.room.video import Video
from notifications import delivery
from notifications.smtp import Mailer
from notifications.wording import Office
from people import challenges, form_keys, throttle
from records import papers
from records.pdf import Printer
from scheduler import leases, reminding, telling

ONCE_A_MINUTE, ONCE_AN_HOUR = 60.0, 3600.0


@dataclass(frozen=True, kw_only=True)
class Places:
    """Everything that a round may need."""

    database: Database
    office: Office
    mailer: Mailer
    printer: Printer
    video: Video
    lines: Lines
    worker: str
    clock: Callable[[], datetime]


Turn = Callable[[Places, datetime], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Round:
    """One thing that is looked after. `bell`: what makes it turn at once. `alone`: one worker at a time does."""

    name: str
    turn: Turn
    seconds: float
    bell: str | None = None
    alone: bool = False


async def deliver(places: Places, now: datetime) -> int:
    """Mails that are due have been handed over, or have their next try."""
    return await delivery.deliver_due(places.database, places.mailer, worker=places.worker, now=now)


async def make_papers(places: Places, now: datetime) -> int:
    """Papers that were asked for have been made."""
    return await papers.make_due(places.database, places.office, places.printer, worker=places.worker, now=now)


async def wake_floors(places: Places, now: datetime) -> int:
    """Floors that time itself changes have been stepped."""
    return await turns.wake_due(places.database, now=now)


async def call_coordinators(places: Places, now: datetime) -> int:
    """Coordinators know of what was told in a room and not answered."""
    return await paging.call_due(places.database, places.office, now=now)


async def keep_presence(places: Places, now: datetime) -> int:
    """The lines of this worker are kept, and whoever was lost is away."""
    return await presence.sweep(places.database, places.lines, now=now)


async def look_at_sessions(places: Places, now: datetime) -> None:
    """No line of this worker outlives its session."""
    await presence.look(places.database, places.lines, now=now)


async def poll_media(places: Places, now: datetime) -> int:
    """The media rooms are as their floors say."""
    return await joining.poll(places.database, places.video, now=now)


async def nudge(places: Places, now: datetime) -> int:
    """Whoever had to be reminded of a promise has been."""
    return await contact.nudge_due(places.database, places.office, now=now)


async def remind(places: Places, now: datetime) -> int:
    """Everybody has been reminded of tomorrow's meetings."""
    return await reminding.remind_due(places.database, places.office, now=now)


async def look_again(places: Places, now: datetime) -> object:
    """Mails that failed to leave while the server was away are tried as soon as it is back."""
    return await delivery.look_again(places.database, places.mailer, now=now)


async def tell_failures(places: Places, now: datetime) -> int:
    """Coordinators know of every mail that could not be delivered."""
    return await telling.tell_failures(places.database, places.office, now=now)


async def sweep(places: Places, now: datetime) -> None:
    """What is kept for a time only, and is past it, is gone."""
    async with places.database.write() as db:
        await throttle.sweep(db, now=now)
        await challenges.sweep(db, now=now)
        await form_keys.sweep(db, now=now)
        await enquiries.sweep(db, now=now)
        await reports.sweep(db, now=now)


ROUNDS: tuple[Round, ...] = (
    Round(name="deliver", turn=deliver, seconds=5.0, bell="outbox"),
    Round(name="papers", turn=make_papers, seconds=5.0, bell="papers"),
    Round(name="floors", turn=wake_floors, seconds=1.0),
    Round(name="calls", turn=call_coordinators, seconds=5.0, bell="escalated"),
    Round(name="presence", turn=keep_presence, seconds=4.0),
    Round(name="sessions", turn=look_at_sessions, seconds=3.0),
    Round(name="media", turn=poll_media, seconds=5.0),
    Round(name="promises", turn=nudge, seconds=ONCE_A_MINUTE),
    Round(name="reminders", turn=remind, seconds=10 * ONCE_A_MINUTE, alone=True),
    Round(name="look-again", turn=look_again, seconds=5 * ONCE_A_MINUTE, alone=True),
    Round(name="failures", turn=tell_failures, seconds=20.0, alone=True),
    Round(name="sweep", turn=sweep, seconds=ONCE_AN_HOUR, alone=True),
)


async def turn(one: Round, places: Places, *, now: datetime) -> bool:
    """The round is turned, unless it is one for a single worker and another has it; whether it was."""
    if one.alone and not await leases.take(places.database, one.name, worker=places.worker, seconds=one.seconds / 2):
        return False
    await one.turn(places, now)
    return True
