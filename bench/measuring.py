"""How a workload is measured: closed-loop callers, medians of repetitions, a row beside its two ceilings."""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

REPETITIONS = 3


@dataclass(frozen=True, kw_only=True)
class Run:
    """One repetition: answers a second, and the slowest in a hundred, in milliseconds."""

    rate: float
    p99: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: ours beside the materials (M) and the bare ceiling (C), and the floor it must hold."""

    workload: str
    variant: str
    ours: float
    materials: float | None
    ceiling: float | None
    unit: str
    ratio: float
    floor: str
    holds: bool
    repetitions: list[float]


async def drive(ask: Callable[[int], Awaitable[None]], *, times: int, callers: int) -> Run:
    """So many callers ask so many times between them, each waiting for its answer before it asks again."""
    waiting, took = iter(range(times)), []

    async def caller() -> None:
        for number in waiting:
            started = time.perf_counter()
            await ask(number)
            took.append(time.perf_counter() - started)

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    took.sort()
    return Run(rate=times / (time.perf_counter() - began), p99=took[int(len(took) * 0.99) - 1] * 1000)


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(rate=statistics.median(run.rate for run in runs), p99=statistics.median(run.p99 for run in runs))


def paired(ours: Sequence[Run], materials: Sequence[Run]) -> float:
    """How our rate compares with that of the materials: the median of the repetitions, each beside its neighbour, so
    that a machine that is busy with other things for a while slows both.
    """
    return statistics.median(mine.rate / theirs.rate for mine, theirs in zip(ours, materials, strict=True))


def table(rows: Sequence[Row]) -> str:
    """The rows as a table for the terminal."""
    heads = ("workload", "variant", "ours", "M", "C", "unit", "ratio", "floor", "holds")
    cells = [heads] + [
        (
            row.workload,
            row.variant,
            f"{row.ours:,.1f}",
            "-" if row.materials is None else f"{row.materials:,.1f}",
            "-" if row.ceiling is None else f"{row.ceiling:,.1f}",
            row.unit,
            f"{row.ratio:.2f}",
            row.floor,
            "yes" if row.holds else "NO",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)


def write(rows: Sequence[Row], file: Path) -> None:
    """The rows as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
