"""Killing imports at 500 random moments: the ledger is as before or as after, never between."""

import sys
import tempfile
import time
from pathlib import Path

from models.ledger.undo import mark_import
from tests.bench.many_findings import segment_of
from tests.conftest import a_ledger
from tests.killing import Killer, prepared, receive, undo

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


# What is killed how often, and on what; each work changes the ledger by one transaction.
WORKS = {
    "import of 500 records": (500, founded, receive),
    "undo of that import": (100, with_import, undo),
}


def main() -> None:
    Path("build").mkdir(exist_ok=True)
    for name, (usual, prepare, work) in WORKS.items():
        times = int(sys.argv[1]) if sys.argv[1:] else usual
        with tempfile.TemporaryDirectory(dir="build") as folder:
            base = Path(folder).resolve() / "base"
            prepare(base)
            killer = Killer(prepared(base), base.parent, work, SEGMENTS)
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
