"""The papers as files: what they say, how they are marked, and that nothing typed can do more than be read."""

import asyncio
import io
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from cases.case import Decision
from records.layout import certificate, record
from records.pdf import (
    LARGEST_JOB,
    NotPrintable,
    Printer,
    PrinterFailed,
    Template,
    TooMuchText,
    named,
    open_printer,
    sha256,
)
from tests.records.samples import CERTIFICATE, DRAFT, LINES, facts, with_text

A4 = (595.276, 841.89)
MARGIN = 36.0  # half an inch: every margin of the papers is wider


@pytest.fixture
async def printer() -> AsyncIterator[Printer]:
    """A printer with one press."""
    async with open_printer() as opened:
        yield opened


def text_of(paper: bytes) -> str:
    """All words of a paper in reading order, each run of spaces as one."""
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tight(text: str) -> str:
    """A text without any space, to find it wherever its lines break."""
    return "".join(text.split()).replace("\u200b", "")


def tags(paper: bytes) -> list[str]:
    """The structure types of a paper, in reading order."""

    def walk(node: Any) -> Iterator[str]:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            for kid in found:
                yield from walk(kid)
        elif isinstance(found, dict):
            if "/S" in found:
                yield str(found["/S"])
            yield from walk(found.get("/K", []))

    root: Any = pypdf.PdfReader(io.BytesIO(paper)).trailer["/Root"]
    return list(walk(root["/StructTreeRoot"]["/K"]))


def outside(paper: bytes) -> list[str]:
    """The words of a paper that leave the printable area of their page."""
    document = pypdfium2.PdfDocument(paper)
    lost = []
    for page in document:
        text = page.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            if left < MARGIN or bottom < MARGIN / 2 or right > A4[0] - MARGIN + 1 or top > A4[1] - MARGIN / 2:
                lost.append(text.get_text_bounded(left, bottom, right, top))
    document.close()
    return lost


def pages(paper: bytes) -> int:
    """How many pages a paper has."""
    return len(pypdf.PdfReader(io.BytesIO(paper)).pages)


async def test_a_certificate_is_one_page_and_says_its_words(printer: Printer) -> None:
    paper = await printer.render(Template.CERTIFICATE, certificate(CERTIFICATE))
    text = text_of(paper)

    assert pages(paper) == 1
    for words in (
        "Mediation certificate",
        "EH-2026-01873-P",
        "7KQ2-XM4R",
        "Rowan A., born 19 May 2016",
        "Ms T. A. has participated in mediation.",
        "Signed electronically on Wednesday 4 November 2026",
        "Is this certificate genuine?",
        "Page 1 of 1",
    ):
        assert words in text
    assert outside(paper) == []


async def test_a_record_says_its_words_and_counts_its_pages(printer: Printer) -> None:
    paper = await printer.render(Template.RECORD, record(facts()))
    text = text_of(paper)

    assert pages(paper) == 2
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text
    for line in LINES:
        assert tight(line.text) in tight(text)
    assert outside(paper) == []


async def test_large_print_is_eighteen_point_and_has_no_table(printer: Printer) -> None:
    paper = await printer.render(Template.RECORD_LARGE, record(facts(), large=True))

    sizes: set[float] = set()
    pypdf.PdfReader(io.BytesIO(paper)).pages[1].extract_text(
        visitor_text=lambda text, cm, tm, font, size: sizes.add(round(size)) if text.strip() else None
    )
    assert "/Table" not in tags(paper)
    assert sizes >= {18}
    assert min(sizes) >= 15
    assert "Version 3, large print" in text_of(paper)


async def test_a_paper_is_marked_for_reading_aloud_and_for_keeping(printer: Printer) -> None:
    paper = await printer.render(Template.RECORD, record(facts()))
    reader = pypdf.PdfReader(io.BytesIO(paper))
    root: Any = reader.trailer["/Root"]
    marks = root["/Metadata"].get_object().get_data().decode()

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Record of agreed actions EH-2026-01873"
    assert reader.metadata.author == "Lindenfold Mediation"
    assert "<pdfaid:part>2</pdfaid:part>" in marks
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in marks
    assert "<pdfuaid:part>1</pdfuaid:part>" in marks
    assert paper.endswith(b"%%EOF\n")


async def test_a_record_is_tagged_with_headings_lists_and_tables(printer: Printer) -> None:
    found = tags(await printer.render(Template.RECORD, record(facts())))

    assert found.count("/H1") == 1
    assert found.count("/H2") == 7
    assert found.count("/Table") == 2
    assert found.count("/TH") == 5 + 3
    assert found.count("/LI") == 7
    assert "/Figure" not in found


async def test_every_font_is_inside_the_paper(printer: Printer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(await printer.render(Template.RECORD, record(facts()))))
    fonts = [
        descendant.get_object()["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        for descendant in font.get_object()["/DescendantFonts"]
    ]

    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.get_object()) for font in fonts)


async def test_the_same_words_give_the_same_bytes_from_any_press(printer: Printer) -> None:
    first = await printer.render(Template.RECORD, record(facts()))
    async with open_printer() as another:
        second = await another.render(Template.RECORD, record(facts()))

    assert first == second
    assert sha256(first) == sha256(second)
    assert len(sha256(first)) == 64


HOSTILE = [
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#image("https://127.0.0.1/x.png")',
    '#import "@preview/cetz:0.3.0": *',
    '#link("javascript:alert(1)")[x]',
    '#include "../pdf.py"',
    "#panic()",
    "#sys.inputs",
    "#while true {}",
    "*bold* _slanted_ `raw` $x^2$ <label> @reference",
    "= heading == heading - list + list / term: x",
    "// comment /* comment */ ~ -- --- ... \\ \\u{41}",
    "]]}})); #show: it => []",
    '"}, "number": "EH-1',
    "{{7*7}} ${7*7} <%= 7*7 %> {% raw %}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "https://evil.example/?q=1 file:///etc/passwd mailto:x@y",
    "%PDF-1.7 1 0 obj << /OpenAction << /S /JavaScript >> >> endobj",
    "'; DROP TABLE record; --",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd %2e%2e%2f",
    "(unbalanced ((( parens \\( \\)",
    "Siân O’Neill-ap-Rhys Ŵyn ‘quoted’ “quoted”",
]


async def shown_whole(printer: Printer, words: str) -> bool:
    """Whether every paper prints the words as they were typed, inside its page."""
    papers = [
        await printer.render(Template.RECORD, record(facts(with_text(words)))),
        await printer.render(Template.RECORD_LARGE, record(facts(with_text(words)), large=True)),
        await printer.render(Template.CERTIFICATE, certificate(replace(CERTIFICATE, subject=words))),
    ]
    return all(tight(words) in tight(text_of(paper)) and outside(paper) == [] for paper in papers)


async def test_what_looks_like_code_is_printed_as_it_was_typed(printer: Printer) -> None:
    assert [words for words in HOSTILE if not await shown_whole(printer, words)] == []


async def test_a_paper_holds_nothing_that_acts_links_or_is_attached(printer: Printer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(await printer.render(Template.RECORD, record(facts(with_text(HOSTILE[4]))))))
    root: Any = reader.trailer["/Root"]

    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names", "/AF"} & set(root)
    assert all("/Annots" not in page and "/AA" not in page for page in reader.pages)
    keys = {key for number in range(1, len(reader.xref[0]) + 1) for key in _keys(reader, number)}
    assert not {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/RichMedia"} & keys


def _keys(reader: pypdf.PdfReader, number: int) -> set[str]:
    found = reader.get_object(number)
    return {str(key) for key in found} if isinstance(found, dict) else set()


async def test_no_paper_makes_a_connection(printer: Printer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        words = f'#image("http://127.0.0.1:{port}/a.png") #import "@preview/a:0.1.0" http://127.0.0.1:{port}/'
        await printer.render(Template.RECORD, record(facts(with_text(words))))

        with pytest.raises(BlockingIOError):
            listener.accept()


LONGEST = replace(
    LINES[0],
    text="Give the child a carefully described thing that goes on and " * 9,
    evidence="The multidisciplinary neuropsychological report has arrived. " * 9,
    depends_on="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 9,
    owner_body="Bournemouth, Christchurch and Poole Council",
    owner_role="Designated Social Care Officer for Special Educational Needs and Disabilities",
)


@pytest.mark.parametrize(
    "lines",
    [
        (LINES[0],),
        tuple(replace(line, number=number) for number, line in enumerate(LINES * 3, start=1)),
        (LONGEST,),
        (replace(LINES[0], text="x" * 600, evidence="y" * 600, owner_body="z" * 120),),
        (replace(LINES[0], text="يجب على المدرسة أن تعطي محمد خمس عشرة دقيقة كل يوم", owner_body="مدرسة الأمل"),),
    ],
    ids=["one", "twelve", "longest", "unbroken", "arabic"],
)
async def test_no_word_leaves_the_page_whatever_the_size(printer: Printer, lines: tuple[Any, ...]) -> None:
    draft = replace(DRAFT, lines=lines)
    for template, large in ((Template.RECORD, False), (Template.RECORD_LARGE, True)):
        paper = await printer.render(template, record(facts(draft), large=large))

        assert outside(paper) == []
        assert pages(paper) <= 12


async def test_long_names_leave_the_certificate_one_page(printer: Printer) -> None:
    names = replace(
        CERTIFICATE,
        subject="محمد عبد الرحمن بن عبد العزيز آل سعود",
        parent="Mrs Angharad Gwenllian Ŵyn-ap-Llewelyn of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        authority="Bournemouth, Christchurch and Poole Council with the Isles of Scilly and the City of London",
        decision=Decision.REFUSE_AMEND,
        adviser="ਗੁਰਪ੍ਰੀਤ ਕੌਰ Singh-Featherstonehaugh",
    )
    paper = await printer.render(Template.CERTIFICATE, certificate(names))

    assert pages(paper) == 1
    assert outside(paper) == []


async def test_a_character_that_no_font_has_is_named_not_dropped(printer: Printer) -> None:
    with pytest.raises(NotPrintable) as refused:
        await printer.render(Template.CERTIFICATE, certificate(replace(CERTIFICATE, subject="Ana \ue000")))
    assert refused.value.words == "We cannot print this: U+E000. Please write it in another way."

    paper = await printer.render(Template.CERTIFICATE, certificate(CERTIFICATE))
    assert pages(paper) == 1


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Rowan A.", ""),
        ("Siân Ŵyn, Ångström, Łukasz, Nguyễn, Ђорђе, Ελένη", ""),
        ("محمد বাংলা ਪੰਜਾਬੀ", ""),
        ("two\nlines\tand a tab", ""),
        ("Ana \ue000 and \ue001 and \ue000", "\ue000\ue001"),
        ("a\x00b\x07", "\x00\x07"),
        ("half \ud800", "\ud800"),
        ("", ""),
        ('the text `"x"` could not be displayed', ""),
    ],
)
async def test_the_characters_that_cannot_be_printed_are_found_at_entry(
    printer: Printer, text: str, missing: str
) -> None:
    assert await printer.missing_glyphs(text) == missing


def test_a_character_is_named_so_that_a_person_finds_it() -> None:
    assert named("中") == "中 (cjk unified ideograph-4e2d)"
    assert named("\x07") == "U+0007"
    assert named("\ue000") == "U+E000"


async def test_more_text_than_a_paper_holds_is_refused_and_much_is_printed(printer: Printer) -> None:
    data = certificate(CERTIFICATE)
    long = "A long story. " * 14_300

    paper = await printer.render(Template.CERTIFICATE, {**data, "law": long[:200_000]})
    assert pages(paper) > 20
    with pytest.raises(TooMuchText):
        await printer.render(Template.CERTIFICATE, {**data, "law": "x" * LARGEST_JOB})
    with pytest.raises(TooMuchText):
        await printer.missing_glyphs("x" * 20_001)


def children() -> set[int]:
    """The typesetting processes of this test, found by their program."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return {int(pid) for pid in own if b"pdf_process" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def about(pid: int, file: str) -> bytes:
    """What the kernel says of a process."""
    return Path(f"/proc/{pid}/{file}").read_bytes()


async def test_a_press_that_was_killed_is_replaced(printer: Printer) -> None:
    before = await printer.render(Template.RECORD, record(facts()))
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)

    assert await printer.render(Template.RECORD, record(facts())) == before
    assert children() != {pid}


async def test_a_press_killed_at_work_does_not_lose_the_paper(printer: Printer) -> None:
    data = certificate(CERTIFICATE)
    await printer.render(Template.CERTIFICATE, data)
    (pid,) = children()
    work = asyncio.create_task(printer.render(Template.CERTIFICATE, {**data, "law": "A long story. " * 14_000}))
    await asyncio.sleep(0.05)
    os.kill(pid, signal.SIGKILL)

    assert pages(await work) > 20


async def test_a_press_that_is_late_is_stopped_and_the_next_paper_is_made() -> None:
    data = certificate(CERTIFICATE)
    async with open_printer(patience=0.001) as hasty:
        with pytest.raises(PrinterFailed):
            await hasty.render(Template.CERTIFICATE, data)
        assert children() == set()


async def test_who_no_longer_waits_leaves_no_half_answer_behind(printer: Printer) -> None:
    data = certificate(CERTIFICATE)
    long = asyncio.create_task(printer.render(Template.CERTIFICATE, {**data, "law": "A long story. " * 14_000}))
    await asyncio.sleep(0.3)
    long.cancel()
    await asyncio.wait([long])

    assert pages(await printer.render(Template.CERTIFICATE, data)) == 1


async def test_many_papers_at_once_come_out_each_its_own() -> None:
    async with open_printer(presses=2) as two:
        numbers = [f"EH-2026-{number:05d}-P" for number in range(20)]
        jobs = [
            two.render(Template.CERTIFICATE, certificate(replace(CERTIFICATE, number=number))) for number in numbers
        ]
        papers = await asyncio.gather(*jobs)
        assert len(children()) == 2

    assert all(number in text_of(paper) for number, paper in zip(numbers, papers, strict=True))
    assert children() == set()


async def test_data_that_do_not_fit_the_template_fail_and_break_nothing(printer: Printer) -> None:
    with pytest.raises(PrinterFailed):
        await printer.render(Template.CERTIFICATE, {"title": "no more than this"})

    assert pages(await printer.render(Template.CERTIFICATE, certificate(CERTIFICATE))) == 1


async def test_the_process_writes_no_file_and_sees_no_environment(printer: Printer) -> None:
    await printer.render(Template.CERTIFICATE, certificate(CERTIFICATE))
    (pid,) = children()
    limits, seen = about(pid, "limits").decode(), about(pid, "environ").rstrip(b"\0")

    (files,) = [line.split() for line in limits.splitlines() if line.startswith("Max file size")]
    assert files[3:5] == ["0", "0"]
    assert seen == b"LANG=C.UTF-8"


def test_the_data_of_every_paper_fit_a_job() -> None:
    assert len(json.dumps(record(facts()))) < LARGEST_JOB / 10
