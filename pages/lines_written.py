"""Edge: how the service writes what happens: one JSON line an event, ids only, to the terminal or to a file."""

import logging
import sys
from pathlib import Path
from typing import Any, TextIO

import structlog

QUIET = ("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "livekit", "mail.log", "sqlalchemy", "psycopg")


def _settle(out: TextIO) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )


class _Line(logging.Formatter):
    """What libraries say: their name and level only, and the kind of a fault; their words may hold private things."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        event: dict[str, Any] = {
            "event": "library",
            "action": record.name,
            "level": record.levelname.lower(),
            "fault": kind,
            "where": f"{record.module}:{record.lineno}",
        }
        return str(structlog.processors.JSONRenderer()(None, "info", event))


def write_lines(file: Path | None) -> None:
    """From now on every event is one line: to standard output, or to this file, which is made if need be."""
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    out = sys.stdout if file is None else file.open("a", encoding="utf-8", buffering=1)
    _settle(out)
    handler = logging.StreamHandler(out)
    handler.setFormatter(_Line())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
