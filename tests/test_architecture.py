"""The house holds: kinds, directions, sizes and the few places that may touch the world."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ["database", "notifications", "people", "cases", "meetings", "records", "scheduler", "pages", "demonstration"]
KINDS = ("Rules", "Schema", "Store", "Act", "Edge")
MAY_IMPORT = {
    "Rules": {"Rules"},
    "Schema": {"Rules", "Schema"},
    "Store": {"Rules", "Schema"},
    "Act": {"Rules", "Store", "Act"},
    "Edge": {"Rules", "Schema", "Store", "Act", "Edge"},
}
LAZY = {"typst", "docx", "webauthn", "holidays", "apscheduler", "pyhanko"}
RULES_MAY_USE = {"icalendar", "email_validator", "orjson"}  # text to values and back, and nothing outside
LONGEST_FILE, LONGEST_FUNCTION, MOST_POSITIONAL = 300, 40, 3
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


def sources() -> list[Path]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    kept = [path for path in files if "node_modules" not in path.parts and "versions" not in path.parts]
    return sorted(path for path in [*kept, ROOT / "app.py"] if path.exists() and path.name != "__init__.py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def kind(path: Path) -> str:
    return (ast.get_docstring(tree(path)) or "").partition(":")[0]


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports(path: Path) -> set[str]:
    return {word for node in ast.walk(tree(path)) for word in imported(node)}


def ours(module: str) -> Path | None:
    path = ROOT / (module.replace(".", "/") + ".py")
    return path if module.partition(".")[0] in [*FOLDERS, "app"] and path.exists() else None


def place(path: Path) -> int:
    folder = path.relative_to(ROOT).parts[0]
    return FOLDERS.index(folder) if folder in FOLDERS else len(FOLDERS)


ALL = sources()
each_file = pytest.mark.parametrize("path", ALL, ids=name)


@each_file
def test_a_file_begins_with_its_kind(path: Path) -> None:
    assert kind(path) in KINDS


@each_file
def test_imports_run_left_to_right(path: Path) -> None:
    wrong = [module for module in imports(path) if (target := ours(module)) and place(target) > place(path)]
    assert wrong == []


@each_file
def test_meetings_never_import_their_room(path: Path) -> None:
    if place(path) == FOLDERS.index("meetings") and "room" not in path.parts:
        assert not [module for module in imports(path) if module.startswith("meetings.room")]


@each_file
def test_a_kind_touches_only_what_it_may(path: Path) -> None:
    targets = {target for module in imports(path) if (target := ours(module)) and target != path}
    wrong = sorted(
        name(target)
        for target in targets
        if kind(target) not in MAY_IMPORT[kind(path)]
        and not (kind(path) == "Store" and target.parent.name == "database")
    )
    assert wrong == []


@each_file
def test_rules_touch_nothing_outside(path: Path) -> None:
    if kind(path) != "Rules":
        return
    tops = {module.partition(".")[0] for module in imports(path)}
    assert tops - set(sys.stdlib_module_names) - set(FOLDERS) - RULES_MAY_USE == set()
    assert tops & {"asyncio", "os", "socket", "subprocess", "sqlite3", "logging"} == set()


def test_there_is_no_cycle() -> None:
    wanted = {path: {t for m in imports(path) if (t := ours(m)) and t != path} for path in ALL}
    while ready := {path for path, needs in wanted.items() if not needs}:
        wanted = {path: needs - ready for path, needs in wanted.items() if path not in ready}
    assert sorted(map(name, wanted)) == []


ONLY = {
    "aiohttp.web": r"^(pages/|demonstration/|app\.py)",
    "apscheduler": r"^scheduler/clock\.py",
    "livekit": r"^meetings/room/video\.py",
    "aiosmtplib": r"^notifications/",
    "aiosmtpd": r"^notifications/",
    "typst": r"^records/pdf",
}


@each_file
def test_few_places_touch_the_world(path: Path) -> None:
    for module, allowed in ONLY.items():
        touches = any(found == module or found.startswith(module + ".") for found in imports(path))
        assert not touches or re.match(allowed, name(path)), module
    if path.name != "app.py":
        assert "os.environ" not in path.read_text(encoding="utf-8")
        assert "os.getenv" not in path.read_text(encoding="utf-8")


@each_file
def test_only_edges_read_the_clock(path: Path) -> None:
    if kind(path) == "Edge":
        return
    reads = [
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert reads == []


@each_file
def test_imports_stand_at_the_top(path: Path) -> None:
    inside = [
        word
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(outer)
        for word in imported(node)
        if word.partition(".")[0] not in LAZY
    ]
    assert inside == []


@each_file
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        assert length <= LONGEST_FUNCTION, node.name
        positional = [a for a in [*node.args.posonlyargs, *node.args.args] if a.arg not in {"self", "cls"}]
        framework = node.name.startswith(("__", "on_", "process_")) or path.parts[-2] == "versions"
        assert framework or len(positional) <= MOST_POSITIONAL, node.name


def test_every_source_file_of_rules_and_acts_has_its_tests() -> None:
    owed = [path for path in ALL if kind(path) in {"Rules", "Act"} and path.parent != ROOT]
    missing = [
        name(path)
        for path in owed
        if not (ROOT / "tests" / path.relative_to(ROOT).parent / f"test_{path.name}").exists()
    ]
    assert missing == []


def test_no_name_says_a_kind_instead_of_a_subject() -> None:
    banned = {"utils", "helpers", "common", "core", "services", "manager", "web", "site"}
    assert [
        name(path) for path in ALL if {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & banned
    ] == []
