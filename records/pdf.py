"""Store: papers as PDF: tagged, archival (PDF/A-2a and PDF/UA-1 at once), set by Typst in processes of their own.

A process is started when it is first needed and again whenever it has died; the event loop never waits for Typst.
"""

import asyncio
import hashlib
import json
import os
import signal
import sys
import unicodedata
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from database.refusal import Refusal

PROGRAM = Path(__file__).with_name("pdf_process.py")
LARGEST_JOB = 400_000
LONGEST_TEXT = 20_000
SPACES = "\n\t"
UNPRINTED = {"Cc", "Cs"}  # controls and halves of characters
ROUNDS_OF_SEARCH = 40


class Template(StrEnum):
    """The papers that can be set, each a file of `records/typst`."""

    CERTIFICATE = "certificate"
    RECORD = "record"
    RECORD_LARGE = "record_large"


class NotPrintable(Refusal):
    """A character cannot be printed. Please write it in another way."""


class TooMuchText(Refusal):
    """This is more text than a paper can hold. Please make it shorter."""


class PrinterFailed(Exception):  # noqa: N818 - it names what happened
    """The typesetting process died or took too long, twice for the same paper, or the template could not be set."""


def sha256(paper: bytes) -> str:
    """The SHA-256 of a paper as it is handed out, in hexadecimal."""
    return hashlib.sha256(paper).hexdigest()


def named(character: str) -> str:
    """A character as a person can recognise it: itself where it shows, always with its name or number."""
    name = unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
    return f"{character} ({name})" if character.isprintable() else name


class _Press:
    """One typesetting process: started when first asked, killed when it is late or when nobody waits any more."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, job: bytes) -> tuple[bytes, bytes]:
        """The answer to a job, in at most two tries; a process found dead or late is replaced."""
        try:
            return await self._in_time(job)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            pass  # it died or hung: the next try has a fresh one
        try:
            return await self._in_time(job)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as gone:
            raise PrinterFailed from gone

    async def _in_time(self, job: bytes) -> tuple[bytes, bytes]:
        try:
            async with asyncio.timeout(self._patience):
                return await self._exchange(job)
        except BaseException:
            await self.stop()  # half an answer may be under way: nobody else may read it
            raise

    async def _exchange(self, job: bytes) -> tuple[bytes, bytes]:
        process = self._process = self._process or await self._start()
        assert process.stdin is not None  # noqa: S101 - both ends are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(len(job).to_bytes(4) + job)
        await process.stdin.drain()
        head = await process.stdout.readexactly(5)
        return head[:1], await process.stdout.readexactly(int.from_bytes(head[1:]))

    async def _start(self) -> asyncio.subprocess.Process:
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(PROGRAM),
            stdin=pipe,
            stdout=pipe,
            stderr=nowhere,
            env={"LANG": "C.UTF-8"},
            start_new_session=True,
        )

    async def stop(self) -> None:
        """The process is gone, and waited for."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # `process.kill` would wait for a dead one behind the loop's back
        await process.communicate()


class Printer:
    """The typesetting processes of this worker; each sets one paper at a time, and who comes later waits."""

    def __init__(self, *, presses: int, patience: float) -> None:
        self._presses = [_Press(patience) for _ in range(presses)]
        self._free: asyncio.LifoQueue[_Press] = asyncio.LifoQueue()
        for press in self._presses:
            self._free.put_nowait(press)

    async def render(self, template: Template, data: Mapping[str, Any]) -> bytes:
        """The PDF of a template with its data (as `records/layout.py` makes them), the same bytes each time.

        NotPrintable when no font has a character, TooMuchText over 400,000 bytes, PrinterFailed when it cannot be made.
        """
        kind, body = await self._ask(template, data)
        if kind == b"g":
            shown = ", ".join(named(character) for character in body.decode())
            raise NotPrintable(f"We cannot print this: {shown}. Please write it in another way.")
        if kind != b"m":
            raise PrinterFailed
        return body

    async def missing_glyphs(self, text: str) -> str:
        """The characters of a text that no paper could show, each once, in the order found; empty when all is well."""
        if len(text) > LONGEST_TEXT:
            raise TooMuchText
        missing = "".join(
            dict.fromkeys(sign for sign in text if unicodedata.category(sign) in UNPRINTED and sign not in SPACES)
        )
        for _ in range(ROUNDS_OF_SEARCH):
            rest = text.translate(dict.fromkeys(map(ord, missing), " "))
            kind, body = await self._ask("glyphs", {"text": rest})
            if kind != b"g":
                return missing
            missing += "".join(dict.fromkeys(sign for sign in body.decode() if sign not in missing))
        return missing

    async def _ask(self, template: str, data: Mapping[str, Any]) -> tuple[bytes, bytes]:
        job = json.dumps({"template": str(template), "data": json.dumps(data)}).encode()
        if len(job) > LARGEST_JOB:
            raise TooMuchText
        press = await self._free.get()
        try:
            return await press.ask(job)
        finally:
            self._free.put_nowait(press)

    async def close(self) -> None:
        """Every process is gone."""
        await asyncio.gather(*(press.stop() for press in self._presses))


@asynccontextmanager
async def open_printer(*, presses: int = 1, patience: float = 20.0) -> AsyncIterator[Printer]:
    """A printer for as long as the block runs; `patience` is in seconds for one try at one paper."""
    printer = Printer(presses=presses, patience=patience)
    try:
        yield printer
    finally:
        await printer.close()
