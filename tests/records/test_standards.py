"""The papers against veraPDF: each is PDF/UA-1 and PDF/A-2a at once, with a seal's newline in place."""

import asyncio
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from records.agreement import Draft, Parked
from records.certificate import Kind
from records.layout import certificate, record
from records.pdf import Template, open_printer
from tests.records.samples import CERTIFICATE, DRAFT, LINES, facts, with_text

JARS = Path(__file__).parents[2] / ".tools" / "verapdf"
HOW = "veraPDF is missing: run `make verapdf-jars` (it needs Maven and Java 17)"
TWELVE = replace(
    DRAFT,
    lines=tuple(replace(line, number=number) for number, line in enumerate(LINES * 3, start=1)),
    parked=(Parked(topic="Respite", goes_to="the social care team’s meeting"),),
)
WORLD = replace(CERTIFICATE, subject="محمد আমিনা ਗੁਰਪ੍ਰੀਤ Ŵyn", kind=Kind.DECLINED)
PAPERS = {
    "certificate": (Template.CERTIFICATE, certificate(CERTIFICATE)),
    "certificate-world": (Template.CERTIFICATE, certificate(WORLD)),
    "certificate-deemed": (Template.CERTIFICATE, certificate(replace(CERTIFICATE, kind=Kind.DEEMED, parent=None))),
    "record": (Template.RECORD, record(facts())),
    "record-one": (Template.RECORD, record(facts(Draft(version=1, lines=LINES[:1])))),
    "record-twelve": (Template.RECORD, record(facts(TWELVE))),
    "record-hostile": (Template.RECORD, record(facts(with_text('#eval("1") *b* \n= h ' + "x" * 300)))),
    "record-large": (Template.RECORD_LARGE, record(facts(), large=True)),
    "record-large-twelve": (Template.RECORD_LARGE, record(facts(TWELVE), large=True)),
}


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A folder with every paper as it is handed out."""
    async with open_printer() as printer:
        for name, (template, data) in PAPERS.items():
            (tmp_path / f"{name}.pdf").write_bytes(await printer.render(template, data))
    return tmp_path


def verdicts(folder: Path, flavour: str) -> dict[str, str]:
    """What veraPDF says of each paper in a folder: PASS or FAIL, with the rules that were broken."""
    java = shutil.which("java")
    if java is None or not any(JARS.glob("greenfield-apps-*.jar")):
        pytest.fail(HOW)
    command = [
        java,
        "-cp",
        f"{JARS}/*",
        "org.verapdf.apps.GreenfieldCliWrapper",
        "-f",
        flavour,
        "--format",
        "text",
        "-v",
    ]
    papers = sorted(folder.glob("*.pdf"))
    done = subprocess.run([*command, *map(str, papers)], capture_output=True, text=True, timeout=120, check=False)
    said = {Path(line.split()[1]).stem: line.split()[0] for line in done.stdout.splitlines() if ".pdf" in line}
    assert set(said) == {paper.stem for paper in papers}, done.stdout + done.stderr
    return said


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_every_paper_keeps_both_standards(folder: Path, flavour: str) -> None:
    assert verdicts(folder, flavour) == dict.fromkeys(PAPERS, "PASS")


async def test_the_check_can_fail(tmp_path: Path) -> None:
    async with open_printer() as printer:
        paper = await printer.render(Template.CERTIFICATE, certificate(CERTIFICATE))
    await asyncio.to_thread((tmp_path / "mute.pdf").write_bytes, paper.replace(b"/Lang(en-GB)", b"/Lung(en-GB)"))

    assert await asyncio.to_thread(verdicts, tmp_path, "ua1") == {"mute": "FAIL"}
