"""A voice for browsers that have no microphone: a sound that swells and falls like speech, without a pause."""

import math
import random
import struct
import wave
from pathlib import Path

RATE, SECONDS = 48_000, 8


def voice(folder: Path) -> Path:
    """A file that Chromium plays, over and over, as what its microphone hears."""
    path = folder / "voice.wav"
    noise = random.Random(7)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", _sample(at, noise)) for at in range(RATE * SECONDS)))
    return path


def _sample(at: int, noise: random.Random) -> int:
    """A low tone with overtones and breath, four syllables a second and never silent."""
    time = at / RATE
    tone = sum(math.sin(2 * math.pi * 140 * part * time) / part for part in (1, 2, 3, 5))
    loud = 0.55 + 0.35 * math.sin(2 * math.pi * 4 * time)
    return int(9000 * loud * (tone + 0.3 * noise.uniform(-1, 1)))
