"""The machine's own Chromium, with a camera and a microphone that are not real."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests import ran

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)


def program() -> str:
    """Where Chromium is; RuntimeError, with what to do, when it is nowhere."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium was not found. On Debian: apt-get install chromium")


@contextlib.asynccontextmanager
async def chromium(voice: Path | None = None) -> AsyncIterator[Browser]:
    """A browser that connects to loopback only. Its microphone hears this file, else a beep each second."""
    hears = [f"--use-file-for-fake-audio-capture={voice}"] if voice else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program(), args=[*QUIET, *hears])
        ran.started("Chromium", browser.version)
        try:
            yield browser
        finally:
            await browser.close()
