"""Edge: the command line: settings are read once from the environment, and the service is started with them.

python app.py serve               the service, for operators; settings in the environment (README)
python app.py try [--empty]       everything on this machine, with a mail catcher and a video server (`make run`)
python app.py migrate             the database brought up to date
python app.py first-coordinator   the first account, asked for on the terminal
"""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from yarl import URL

from database import failpoints, migrating
from database.engine import DatabaseSettings
from database.vault import read_service_key
from demonstration import trial
from meetings.room.video import VideoSettings
from notifications.house import House
from notifications.mail_settings import MailSettings, Security
from notifications.wording import open_office
from pages.application import ServiceSettings, real_clock, serve
from pages.keys import PageSettings
from pages.lines_written import write_lines
from people.schema import AUDIT_TRIGGERS_POSTGRESQL, AUDIT_TRIGGERS_SQLITE
from people.terminal import first_coordinator
from scheduler.schema import CLAIM_OVERLAP, CLAIM_TRIGGERS
from scheduler.workers import supervise

HERE = Path(__file__).parent
GUARDS_SQLITE = {*CLAIM_TRIGGERS, *AUDIT_TRIGGERS_SQLITE}
GUARDS_POSTGRESQL = {CLAIM_OVERLAP, *AUDIT_TRIGGERS_POSTGRESQL} - {"audit_is_kept"}  # a function, not a trigger
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Environment(BaseSettings):
    """Every setting, as operators write it. The README's table is held to this by a test."""

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True, case_sensitive=True)

    DATABASE_URL: str = "sqlite:///data/evenhand.db"
    SERVICE_KEY: SecretStr
    PUBLIC_URL: str = Field(pattern=r"^https?://[^/]+$")
    HOST: str = "127.0.0.1"
    PORT: int = Field(default=8080, ge=1, le=65535)
    WORKERS: int = Field(default=1, ge=1, le=64)
    LIVEKIT_URL: str = ""
    LIVEKIT_API_KEY: str = ""
    LIVEKIT_API_SECRET: SecretStr = SecretStr("")
    SMTP_HOST: str
    SMTP_PORT: int = Field(default=587, ge=1, le=65535)
    SMTP_USER: str = ""
    SMTP_PASSWORD: SecretStr = SecretStr("")
    SMTP_SECURITY: Security = Security.STARTTLS
    MAIL_FROM: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    HOUSE_NAME: str = "Evenhand"
    HOUSE_PHONE: str
    HOUSE_EMAIL: str
    HOUSE_HOURS: str = "Monday to Friday, 9 am to 5 pm"
    HOUSE_RUN_BY: str = ""
    HOUSE_ADDRESS: str = ""
    DEMONSTRATION: bool = False
    DEMO_CLOCK_AHEAD: int = 0
    FAILPOINTS: str = ""


class Unfit(Exception):  # noqa: N818 - what it says is for the operator
    """The settings do not make a service; the words name all that is missing or wrong at once."""


Fault = tuple[frozenset[str], str]  # the settings that it comes of, and the words


def _weak_key(values: Environment) -> str | None:
    try:
        read_service_key(values.SERVICE_KEY.get_secret_value())
    except ValueError as wrong:
        return f"SERVICE_KEY: {wrong}. Make one: openssl rand -base64 32"
    return None


def _faults(values: Environment) -> list[Fault]:
    """What no value alone can tell by its kind."""
    found = []
    if weak := _weak_key(values):
        found.append(({"SERVICE_KEY"}, weak))
    if values.WORKERS > 1 and not values.DATABASE_URL.startswith("postgresql"):
        slow = "SQLite wakes only the process that wrote, so another worker's screens would lag behind"
        found.append(({"WORKERS", "DATABASE_URL"}, f"WORKERS: more than one needs PostgreSQL. {slow}"))
    if values.LIVEKIT_URL and not (values.LIVEKIT_API_KEY and len(values.LIVEKIT_API_SECRET.get_secret_value()) >= 32):
        needed = "LIVEKIT_API_KEY and LIVEKIT_API_SECRET (32 signs or more) are needed with LIVEKIT_URL"
        found.append(({"LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"}, needed))
    if values.DEMONSTRATION and values.HOST not in LOOPBACK:
        found.append(({"DEMONSTRATION", "HOST"}, "DEMONSTRATION: only on loopback"))
    if not values.DEMONSTRATION and (values.FAILPOINTS or values.DEMO_CLOCK_AHEAD):
        played = "FAILPOINTS and DEMO_CLOCK_AHEAD are for demonstrations and tests only"
        found.append(({"DEMONSTRATION", "FAILPOINTS", "DEMO_CLOCK_AHEAD"}, played))
    if not (values.PUBLIC_URL.startswith("https://") or URL(values.PUBLIC_URL).host in LOOPBACK):
        found.append(({"PUBLIC_URL"}, "PUBLIC_URL: must begin with https:// (families' codes travel over it)"))
    return [(frozenset(names), words) for names, words in found]


# In place of what is needed and wrong by its kind, so that the rest can be looked at; nothing is ever served with it.
STAND_IN = {"SERVICE_KEY": "-", "PUBLIC_URL": "https://-", "SMTP_HOST": "-", "MAIL_FROM": "-@-"}
STAND_IN |= {"HOUSE_PHONE": "-", "HOUSE_EMAIL": "-"}


def _beside(wrong: frozenset[str], given: Mapping[str, object]) -> list[str]:
    """What else is wrong, of settings that are not named as wrong already."""
    mended = {name: STAND_IN.get(name, Environment.model_fields[name].default) for name in wrong}
    faults = _faults(Environment(**{**given, **mended}))
    return [words for names, words in faults if not names & wrong]


def read_environment(**given: object) -> Environment:
    """The settings; Unfit with every fault at once."""
    try:
        values = Environment(**given)  # type: ignore[arg-type]
    except ValidationError as invalid:
        lines = [f"{fault['loc'][0]}: {fault['msg'].lower()}" for fault in invalid.errors()]
        lines += _beside(frozenset(str(fault["loc"][0]) for fault in invalid.errors()), given)
        raise Unfit("\n".join(lines)) from None
    if faults := _faults(values):
        raise Unfit("\n".join(words for _, words in faults))
    return values


def _house(values: Environment) -> House:
    return House(
        name=values.HOUSE_NAME,
        phone=values.HOUSE_PHONE,
        email=values.HOUSE_EMAIL,
        public_url=values.PUBLIC_URL,
        hours=values.HOUSE_HOURS,
        run_by=values.HOUSE_RUN_BY,
        postal=values.HOUSE_ADDRESS,
    )


def _video(values: Environment) -> VideoSettings | None:
    if not values.LIVEKIT_URL:
        return None
    secret = values.LIVEKIT_API_SECRET.get_secret_value()
    return VideoSettings(url=values.LIVEKIT_URL, api_key=values.LIVEKIT_API_KEY, api_secret=secret)


def _mail(values: Environment) -> MailSettings:
    return MailSettings(
        host=values.SMTP_HOST,
        port=values.SMTP_PORT,
        username=values.SMTP_USER or None,
        password=values.SMTP_PASSWORD.get_secret_value() or None,
        security=values.SMTP_SECURITY,
        sender=values.MAIL_FROM,
    )


def settings_of(values: Environment) -> ServiceSettings:
    """The one frozen value that the service is built from."""
    ahead, key = timedelta(seconds=values.DEMO_CLOCK_AHEAD), read_service_key(values.SERVICE_KEY.get_secret_value())
    return ServiceSettings(
        database=DatabaseSettings(url=values.DATABASE_URL, service_key=key),
        office=open_office(_house(values), mail_from=values.MAIL_FROM),
        mail=_mail(values),
        video=_video(values),
        pages=PageSettings(
            public_url=values.PUBLIC_URL, demonstration=values.DEMONSTRATION, media_url=values.LIVEKIT_URL or None
        ),
        host=values.HOST,
        port=values.PORT,
        several=values.WORKERS > 1,
        clock=(lambda: datetime.now(UTC) + ahead) if ahead else real_clock,
    )


def bring_up_to_date(url: str) -> None:
    """The database is at the newest migration, and what guards its promises is there."""
    migrating.upgrade(url)
    if missing := migrating.missing_guards(url, sqlite=GUARDS_SQLITE, postgresql=GUARDS_POSTGRESQL):
        raise Unfit(f"the database lacks {', '.join(sorted(missing))}: it would no longer refuse double bookings")


def run_service(values: Environment, *, worker: int | None) -> None:
    """The service, or the keeper of several workers, until it is told to stop."""
    failpoints.arm(values.FAILPOINTS)
    if values.WORKERS > 1 and worker is None:
        bring_up_to_date(values.DATABASE_URL)
        asyncio.run(supervise(values.WORKERS, str(HERE / "app.py"), "serve"))
        return
    if worker is None:
        bring_up_to_date(values.DATABASE_URL)
    uvloop.run(serve(settings_of(values), kept=worker is not None))


def run_trial(*, empty: bool) -> None:
    """Everything on this machine."""
    kept = HERE / "data"
    port = trial.usable_port(trial.WEB_PORT)
    values = read_environment(**trial.environment(kept, port, empty=empty))
    trial.say("database: created, or brought up to date")
    bring_up_to_date(values.DATABASE_URL)
    settings = settings_of(values)
    if empty:
        first_coordinator(settings.database, now=real_clock())
    plan = trial.Trial(data=kept, tools=HERE / ".tools", empty=empty, port=port)
    uvloop.run(trial.try_out(plan, settings))


def main(words: Sequence[str] | None = None) -> int:
    """What was asked on the command line is done: 0; 1 when it is refused; 2 when the settings do not allow it."""
    parser = argparse.ArgumentParser(prog="app.py", description="Evenhand")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve").add_argument("--worker", type=int, help=argparse.SUPPRESS)
    commands.add_parser("try").add_argument("--empty", action="store_true")
    commands.add_parser("migrate")
    commands.add_parser("first-coordinator")
    asked = parser.parse_args(words)
    try:
        if asked.command == "try":
            write_lines(HERE / "data" / "service.log")
            run_trial(empty=asked.empty)
            return 0
        write_lines(None)
        values = read_environment()
        if asked.command == "serve":
            run_service(values, worker=asked.worker)
        else:
            bring_up_to_date(values.DATABASE_URL)
            if asked.command == "first-coordinator":
                return int(not first_coordinator(settings_of(values).database, now=real_clock()))
    except Unfit as unfit:
        print(f"Evenhand cannot start:\n{unfit}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
