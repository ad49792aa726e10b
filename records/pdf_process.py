"""Store: the typesetting process: jobs come in by standard input, papers go out by standard output, and nothing else.

`records/pdf.py` starts this file as a program of its own, because Typst holds the interpreter's lock while it works.
It imports nothing of the house, gets no environment, may write no file, and reads the fonts and the folder of its
templates only. What a paper says comes as JSON text, which Typst shows and never runs.
"""

import json
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

import font_source_sans_pro
import typst

TEMPLATES = Path(__file__).with_name("typst")
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
MEMORY = 2 * 1024**3
MADE, MISSING, BROKEN = b"m", b"g", b"b"
_NO_GLYPH = re.compile(r'(?:the text `"(.+?)"` could not be displayed|disallowed codepoint `"(.+?)"`)', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def open_compiler() -> typst.Compiler:
    """A compiler that knows the fonts of the package and of the system, and may read its own folder only."""
    files = str(Path(font_source_sans_pro.__file__).parent / "files")
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[files])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts)


def typeset(compiler: typst.Compiler, template: str, data: str) -> bytes:
    """The PDF of a template and its data. The last newline is owed to rule 6.1.9-1 of PDF/A once a seal is added."""
    paper = compiler.compile(
        input=str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=STANDARDS,
    )
    if not isinstance(paper, bytes):
        raise TypeError("a PDF is one run of bytes")
    return paper + b"\n"


def without_glyph(error: typst.TypstError) -> str:
    """The characters that stopped a paper because no font has them; empty when something else stopped it."""
    found = "".join(shown or refused for shown, refused in _NO_GLYPH.findall(error.diagnostic))
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)


def answer(compiler: typst.Compiler, job: dict[str, Any]) -> tuple[bytes, bytes]:
    """What became of a job: a paper, the characters that no font has, or word that it cannot be made."""
    try:
        return MADE, typeset(compiler, job["template"], job["data"])
    except typst.TypstError as stopped:
        missing = without_glyph(stopped)
        return (MISSING, missing.encode()) if missing else (BROKEN, b"")
    except Exception:  # noqa: BLE001 - an error's text may quote the paper, so it must not leave this process
        return BROKEN, b""


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Every job is answered, until the one who asks has gone."""
    compiler = open_compiler()
    while len(size := jobs.read(4)) == 4:
        kind, body = answer(compiler, json.loads(jobs.read(int.from_bytes(size))))
        answers.write(kind + len(body).to_bytes(4) + body)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)
