"""Killing imports and exports at random moments: the ledger is as before or as after.

No half file stands under a bundle's name, and what was half written goes with the next export.
"""

import sys
import tempfile
import time
from pathlib import Path

from models.ledger.undo import mark_import
from tests.bench.many_findings import segment_of
from tests.conftest import a_finding, a_ledger, an_office
from tests.killing import Killer, bundles_are_whole, export, prepared, receive, undo
from tests.models.exchange.enrolling import enrol

SEGMENTS = [segment_of(500)]


def founded(base: Path) -> None:
    """A school that works alone."""
    a_ledger(base).close()


def with_import(base: Path) -> None:
    """The same after an import."""
    ledger = a_ledger(base)
    mark_import(ledger)
    ledger.receive(SEGMENTS)
    ledger.close()


def enrolled(base: Path) -> None:
    """An enrolled school with 500 findings."""
    school, office = a_ledger(base), a_ledger(base.parent / "office", an_office())
    enrol(office, school)
    for number in range(500):
        school.save(a_finding(place=f"{number}号楼"))
    school.close()
    office.close()


def nothing_to_see(_home: Path) -> None:
    """The work makes no files for others."""


# What is killed how often, on what, with what, and which files are looked at after it; each work
# changes the ledger by one transaction.
WORKS = {
    "import of 500 records": (500, founded, receive, SEGMENTS, nothing_to_see),
    "undo of that import": (100, with_import, undo, SEGMENTS, nothing_to_see),
    "export of 500 records in 3 parts": (100, enrolled, export, 50_000, bundles_are_whole),
}


def main() -> None:
    Path("build").mkdir(exist_ok=True)
    for name, (usual, prepare, work, given, look) in WORKS.items():
        if sys.argv[2:] and sys.argv[2] not in name:
            continue
        times = int(sys.argv[1]) if sys.argv[1:] else usual
        with tempfile.TemporaryDirectory(dir="build") as folder:
            base = Path(folder).resolve() / "base"
            prepare(base)
            killer = Killer(prepared(base), base.parent, work, given, look)
            start = time.perf_counter()
            found = killer.kill(times)
            killer.close()
            taken = time.perf_counter() - start
        print(
            f"{name} ({killer.seconds * 1000:.0f} ms) killed {times} times in {taken:.0f} s:"
            f" {found['before']} as before, {found['after']} as after, 0 between"
        )


if __name__ == "__main__":
    main()
