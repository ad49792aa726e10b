"""Store: named places where a test may stop, break or kill the process; nothing happens unless a test armed one.

Arming is by `arm`, which only `app.py` calls and only in the test setting:
`name=kill`, `name=raise`, `name=pause:2.5`.
"""

import asyncio
import os
import signal

_ARMED: dict[str, str] = {}


class FailpointReached(RuntimeError):  # noqa: N818 - it names what happened
    """A test asked for a fault at this place."""


def arm(orders: str) -> None:
    """From now on these failpoints act: `outbox.claimed=kill,booking.claimed=pause:0.5`."""
    _ARMED.clear()
    for part in orders.split(","):
        name, _, order = part.partition("=")
        _ARMED[name] = order


async def failpoint(name: str) -> None:
    """Nothing, unless this place is armed."""
    order = _ARMED.get(name)
    if order is None:
        return
    if order == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "raise":
        raise FailpointReached(name)
    await asyncio.sleep(float(order.partition(":")[2] or "1"))
