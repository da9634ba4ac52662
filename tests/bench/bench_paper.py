"""Every kind of paper against its peers, in one run: processor, memory, pages and bytes.

    platypus     the usual way with reportlab: LongTable, Paragraph, Image
    fpdf2, typst, weasyprint     where build/peers has them (`pip install --target build/peers
                 fpdf2 typst weasyprint`; WeasyPrint needs Pango)
    libreoffice  where `soffice` is on the PATH

Each runs in a process of its own (ROUNDS times, the best counts); seconds are of the processor,
with all threads and children. `floor` is what nobody can do without: imports, opening the fonts,
deflating and writing the same content. Who needs more than LIMIT seconds is stopped.
"""

import importlib.util
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402

from tests.bench.paper_engines import ENGINES  # noqa: E402
from tests.bench.paper_samples import photos  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "3"))
LIMIT = int(os.environ.get("LIMIT", "180"))
MOST_MEMORY = 4 << 30  # of a peer; more would stop the machine
PEERS = ROOT / "build" / "peers"
WORKS = ("ledger:5000", "ledger:50000", "prose:1500", "photos:100", "notices:200")


class Figures(NamedTuple):
    """Of one run: seconds of the processor, megabytes at most, pages, megabytes of the file."""

    seconds: float
    memory: float
    pages: int
    size: float


def measured(engine: str, work: str, folder: Path) -> Figures | None:
    """One run in a process of its own; None where it failed or was stopped."""
    command = [sys.executable, str(Path(__file__).with_name("paper_engines.py")), engine, work]
    paths = os.pathsep.join([str(ROOT), str(PEERS)])
    process = subprocess.Popen(
        [*command, str(folder)],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    made = folder / f"{engine}.pdf"
    if process.returncode or not made.exists():
        return None
    size = made.stat().st_size / 1e6
    return Figures(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, pages_of(made), size)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def pages_of(path: Path) -> int:
    """How many pages the file has; none where it is no PDF."""
    if path.read_bytes()[:4] != b"%PDF":
        return 0
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def best(engine: str, work: str, folder: Path) -> Figures | None:
    """The quickest of the rounds; who needs long runs once."""
    found: list[Figures] = []
    for _ in range(ROUNDS):
        figures = measured(engine, work, folder)
        if figures is None:
            break
        found.append(figures)
        if figures.seconds > LIMIT / 9:
            break
    return min(found, default=None)


def keep_content(folder: Path) -> None:
    """The content of our pages as it is before it is deflated, for the floor."""
    data = (folder / "ours.pdf").read_bytes()
    starts = re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", data)
    streams = (zlib.decompressobj().decompress(data[start.end() :]) for start in starts)
    (folder / "content").write_bytes(b"".join(part for part in streams if b" Tf" in part))


def is_here(engine: str) -> bool:
    if engine in ("ours", "floor", "platypus"):
        return True
    if engine == "libreoffice":
        return shutil.which("soffice") is not None
    sys.path.append(str(PEERS))
    try:
        return importlib.util.find_spec("fpdf" if engine == "fpdf2" else engine) is not None
    finally:
        sys.path.remove(str(PEERS))


def run(work: str) -> dict[str, Figures]:
    """All engines over one work, a line each."""
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if work.startswith("photos"):
            photos(folder, int(work.partition(":")[2]))
        for engine in filter(is_here, ENGINES):
            if engine == "floor" and not work.startswith("ledger"):
                continue
            figures = best(engine, work, folder)
            if figures is None:
                sys.stdout.write(f"  {engine:12} not done (limits: {LIMIT} s, 4 GB)\n")
                continue
            found[engine] = figures
            if engine == "ours":
                keep_content(folder)
            ratio = figures.seconds / found["ours"].seconds
            sys.stdout.write(
                f"  {engine:12} {figures.seconds:7.2f} s  {ratio:6.1f}x ours  "
                f"{figures.memory:6.0f} MB  {figures.pages:5} pages  {figures.size:6.2f} MB\n"
            )
            sys.stdout.flush()
    return found


def main() -> None:
    """Every work that is asked for (all without arguments), and the goals of the ledger."""
    works = sys.argv[1:] or WORKS
    every: dict[str, dict[str, Figures]] = {}
    for work in works:
        sys.stdout.write(f"{work}\n")
        every[work] = run(work)
    small, large = every.get("ledger:5000", {}), every.get("ledger:50000", {})
    if "floor" in small:
        mine, least = small["ours"], small["floor"]
        over = mine.memory - least.memory
        sys.stdout.write(f"ledger / floor {mine.seconds / least.seconds:.1f} (goal 4), ")
        sys.stdout.write(f"{over:.0f} MB above it (goal 80)\n")
    if small and large:
        growth = large["ours"].seconds / small["ours"].seconds
        sys.stdout.write(f"50,000 / 5,000 rows: {growth:.1f} (goal 11)\n")


if __name__ == "__main__":
    main()
