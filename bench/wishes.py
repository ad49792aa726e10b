"""What is booked: cases with a time that each wants, in peace and in contention, and the forms that say so."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench import asking, seeding, straight
from bench.seeding import MINUTES, Bookable, House
from bench.sizes import Sizes
from database.engine import Transaction
from database.ids import new_id

COOKIE = "evenhand-staff"
MEDIATORS, COORDINATORS, WARM = 8, 8, 24


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A case that wants a time."""

    case: Bookable
    starts: datetime

    def asked(self, url: str, secret: str) -> bytes:
        """The form as the coordinator's browser sends it."""
        form = [
            ("form_key", new_id()),
            ("mediator", self.case.mediator_id),
            ("minutes", str(MINUTES)),
            ("starts", self.starts.isoformat(timespec="minutes")),
            *(("seats", seat) for seat in self.case.seat_ids),
        ]
        return asking.post(url, f"/desk/case/{self.case.case_id}/book", cookie=f"{COOKIE}={secret}", form=form)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that will be asked: in peace, lap by lap, and in contention, lap by lap."""

    secrets: tuple[str, ...]
    warm: list[Wish]
    peace: list[list[Wish]]
    fights: list[list[Wish]]


def fill(sizes: Sizes) -> Callable[[Transaction], Plan]:
    """Fills a database with everything that the laps ask for."""

    async def plan(db: Transaction) -> Plan:
        now = datetime.now(UTC) - timedelta(minutes=2)
        house = await seeding.furnish(db, mediators=MEDIATORS, coordinators=COORDINATORS, now=now)
        free = await _free(db, house, sizes, now=now)
        made = _Maker(db, house, now)
        warm = [await made.wish(*free.pop()) for _ in range(WARM)]
        peace = [[await made.wish(*free.pop()) for _ in range(sizes.bookings)] for _ in range(sizes.repetitions)]
        fights = [
            await made.fight([free.pop() for _ in range(sizes.slots)], sizes.rivals) for _ in range(sizes.repetitions)
        ]
        return Plan(secrets=house.cookies, warm=warm, peace=peace, fights=fights)

    return lambda db: straight.at_once(plan(db))


async def _free(db: Transaction, house: House, sizes: Sizes, *, now: datetime) -> list[tuple[int, datetime]]:
    """So many times, of one mediator after the other."""
    needed = WARM + sizes.repetitions * (sizes.bookings + sizes.slots)
    starts = await seeding.slots(db, -(-needed // len(house.mediators)), now=now)
    return [(mediator, start) for start in reversed(starts) for mediator in range(len(house.mediators))]


class _Maker:
    """Makes cases with a wish."""

    def __init__(self, db: Transaction, house: House, now: datetime) -> None:
        self._db, self._house, self._now, self._made = db, house, now, 0

    async def wish(self, mediator: int, starts: datetime) -> Wish:
        self._made += 1
        account = self._house.mediators[mediator]
        case = await seeding.bookable(self._db, self._house, self._made, mediator=account, now=self._now)
        return Wish(case=case, starts=starts)

    async def fight(self, times: Sequence[tuple[int, datetime]], rivals: int) -> list[Wish]:
        wishes = [await self.wish(*time) for time in times for _ in range(rivals)]
        random.Random(len(wishes)).shuffle(wishes)
        return wishes
