"""The measurements of performance.md that hold a floor: printed, kept in build/bench.json, and failed where one breaks.

`make bench`, or `python -m bench [join] [book] [fan] [start]` for some of them.
"""

import asyncio
import sys
from collections.abc import Sequence

from bench import book, fan, join, measuring, running, start
from bench.measuring import Row
from bench.running import Ground
from bench.sizes import Sizes, sizes

WORKLOADS = {"join": join.measure, "book": book.measure, "fan": fan.measure, "start": start.measure}


async def _all(names: Sequence[str], wanted: Sizes, grounds: Sequence[Ground]) -> list[Row]:
    rows: list[Row] = []
    for name in names:
        for ground in grounds:
            print(f"· {name}, {ground.name}", flush=True)
            found = await WORKLOADS[name](ground, wanted)
            print(measuring.table(found), flush=True)
            rows += found
    return rows


def main(names: Sequence[str]) -> int:
    """0 when every floor holds."""
    with running.grounds() as grounds:
        rows = asyncio.run(_all(names or list(WORKLOADS), sizes(), grounds))
    measuring.write(rows, running.BUILD / "bench.json")
    print(f"\n{measuring.table(rows)}\n")
    broken = [f"{row.workload}, {row.variant}" for row in rows if not row.holds]
    if broken:
        print(f"These floors do not hold: {'; '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
