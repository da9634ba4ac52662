"""The house rules, as tests. Each names the wall, and says in a sentence why it stands."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
LONGEST_REPORT = 120

# fmt: off
WALLS = [
    ("models", "ui", "knowledge never reaches up to the screen"),
    ("models", "main", "nothing below knows who put it together"),
    ("models", "tests", "what is shipped needs no tests"),
    ("ui", "tests", "what is shipped needs no tests"),
    ("ui", "main", "nothing below knows who put it together"),
    ("models/problems.py", "models.records", "what everybody raises depends on nobody"),
    ("models/files.py", "models.records", "a file is written whole whatever it holds"),
    ("models/files.py", "models.ledger", "a file is written whole whatever it holds"),
    ("models/written.py", "models.records", "a file of others is read whatever it is for"),
    ("models/records", "models.ledger", "a record does not know where it is kept"),
    ("models/records", "models.exchange", "a record does not know how it travels"),
    ("models/records", "models.reports", "a record does not know how it is printed"),
    ("models/records", "models.templates", "a template knows records, not the other way round"),
    ("models/templates", "models.ledger", "a form that is data does not know where it is filled"),
    ("models/templates", "models.exchange", "a form that is data does not know how it travels"),
    ("models/templates", "models.reports", "a form that is data does not know how it is printed"),
    ("models/ledger", "models.exchange", "the ledger does not know what a bundle is"),
    ("models/ledger", "models.reports", "the ledger does not know how it is printed"),
    ("models/exchange", "models.reports", "a bundle is not printed"),
    ("models/exchange", "models.templates", "a bundle carries lines and need not read them"),
    ("models/reports", "models.ledger", "a report is handed its records"),
    ("models/reports", "models.exchange", "a report is handed its records"),
    ("models/reports/paper", "models.records", "paper prints words, it knows no records"),
    ("models/ledger/migrations.py", "models", "records go on changing, a shipped step may not"),
    ("ui/widgets", "models.ledger", "a widget shows what it is handed, not the ledger"),
    ("ui/widgets", "models.exchange", "a widget shows what it is handed, not the ledger"),
    ("ui/widgets", "ui.pages", "a widget serves every page and knows none"),
]
# Where a library may be known; everybody else goes through that room.
HOMES = {
    "PySide6": ("ui", "main.py"),
    "sqlite_utils": ("models/ledger",),
    "sqlite3": ("models/ledger",),
    "reportlab": ("models/reports",),
    "zipfile": ("models/exchange", "models/docx.py"),
    "nacl": ("models/exchange/keys.py",),
    "pyrage": (
        "models/exchange/keys.py", "models/exchange/sealing.py", "models/exchange/key_store.py",
    ),
}
TOP_LEVEL = {
    "main.py", "ui", "models", "resources", "tests", "build.spec", "README.md", "pyproject.toml",
    "LICENSE", "Makefile", "CHANGELOG.md", "ARCHITECTURE.md", "BENCHMARKS.md", "CONTRIBUTING.md",
    "THIRD_PARTY_NOTICES.md", "SECURITY.md", ".ci", ".github", ".editorconfig", ".gitattributes",
    ".gitignore",
}
# fmt: on


def files_of(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


SHIPPED = [file for place in ("models", "ui", "main.py") for file in files_of(place)]


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written whole"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def crossings(files: list[Path], wall: str) -> list[str]:
    return [
        f"{name_of(file)} imports {name}"
        for file in files
        for name in imports(file)
        if name == wall or name.startswith(f"{wall}.")
    ]


@pytest.mark.parametrize(("place", "wall", "why"), WALLS, ids=[f"{a} !-> {b}" for a, b, _ in WALLS])
def test_no_import_crosses_the_wall(place, wall, why):
    files = files_of(place)
    assert files, f"{place} is gone: mend the rule"
    assert not crossings(files, wall), why


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_in_its_own_rooms_only(library):
    at_home = {file for place in HOMES[library] for file in files_of(place)}
    assert not crossings([file for file in SHIPPED if file not in at_home], library)
    assert crossings(sorted(at_home), library), f"{library} is used no more: mend the rule"


@pytest.mark.parametrize(
    "file", [*files_of("ui"), ROOT / "main.py", *files_of("models/printing")], ids=name_of
)
def test_only_models_that_know_the_tables_speak_sql(file):
    """A page asks a room of the ledger by name; else a new column would be hunted in the screen."""
    sql = re.compile(r"\b(SELECT|INSERT|DELETE FROM|UPDATE)\b")
    spoken = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and sql.search(node.value)
    ]
    assert not spoken


@pytest.mark.parametrize("file", SHIPPED, ids=name_of)
def test_a_file_can_be_read_in_one_go(file):
    lines = file.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE, "split it by what its parts know"


@pytest.mark.parametrize("file", SHIPPED, ids=name_of)
def test_a_function_can_be_seen_at_a_glance(file):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "give its parts names"


@pytest.mark.parametrize(
    "file", [f for f in files_of("models/reports") if f.parent.name == "reports"], ids=name_of
)
def test_a_report_is_a_page_of_code(file):
    """Who changes a paper reads one short file; its words and rows stand in files beside it."""
    makes_one = any(
        isinstance(node, ast.FunctionDef)
        and isinstance(node.returns, ast.Name)
        and node.returns.id == "Report"
        for node in ast.walk(tree_of(file))
    )
    lines = file.read_text(encoding="utf-8").count("\n")
    assert not makes_one or lines <= LONGEST_REPORT


def test_only_the_console_prints():
    """A program with a window has no standard output: stdout may be None, and print would fail."""
    printing = {
        name_of(file)
        for file in SHIPPED
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert printing <= {"ui/console.py"}


@pytest.mark.parametrize("file", SHIPPED, ids=name_of)
def test_importing_a_file_only_declares_things(file):
    """Whoever imports pays for nothing: no loop, no attempt, no global that changes."""
    effects = (ast.For, ast.While, ast.With, ast.Try, ast.Global)
    tree = tree_of(file)
    assert not [node.lineno for node in tree.body if isinstance(node, effects)]
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]


def test_nothing_is_made_by_importing():
    """Neither a window nor a database nor paper is loaded before somebody asks for it."""
    modules = [
        name_of(file).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for file in SHIPPED
    ]
    program = (
        f"import importlib, threading\nfor name in {modules}: importlib.import_module(name)\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "assert QCoreApplication.instance() is None, 'an application was made'\n"
        "assert threading.active_count() == 1, 'a thread was started'\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, check=True)


def test_the_knowledge_of_the_house_needs_no_screen():
    """`models` runs on a server, in a test and in the console without Qt."""
    modules = [
        name_of(file).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for file in files_of("models")
    ]
    program = (
        f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, check=True)


def test_the_top_level_stays_as_it_is():
    """Everybody finds everything: program, screen, knowledge, resources, tests and nothing else."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("needs a clone, not an unpacked archive")
    found = {name.split("/")[0].strip('"') for name in listed.stdout.splitlines()}
    strange = {name for name in found if not name.startswith("requirements")} - TOP_LEVEL
    assert not strange


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_files_are_named_after_what_they_know(word):
    assert not [name_of(file) for file in SHIPPED if word in file.stem.split("_")]


def test_every_shipped_library_is_declared():
    """A library that only a development tool brought along would be missing at the user's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {name.split(">")[0].split("=")[0].split("<")[0] for name in project["dependencies"]}
    imported = {name.split(".")[0] for file in SHIPPED for name in imports(file) if name}
    known = {
        "PIL": "pillow",
        "nacl": "pynacl",
        "PySide6": "PySide6-Essentials",
        "sqlite_utils": "sqlite-utils",
    }
    ours = {"models", "ui", "main", *sys.stdlib_module_names}
    assert {known.get(name, name) for name in imported - ours} <= declared
