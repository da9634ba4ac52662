"""Killing an import at 500 random moments: the ledger is as before or as after, never between."""

import sys
import tempfile
import time
from pathlib import Path

from tests.bench.many_findings import segment_of
from tests.conftest import a_ledger
from tests.killing import Killer, prepared, receive

TIMES = 500
# What is killed, and what it is given; each changes the ledger by one transaction.
WORKS = {"import of 500 records": (receive, [segment_of(500)])}


def main() -> None:
    times = int(sys.argv[1]) if sys.argv[1:] else TIMES
    Path("build").mkdir(exist_ok=True)
    for name, (work, given) in WORKS.items():
        with tempfile.TemporaryDirectory(dir="build") as folder:
            base = Path(folder).resolve() / "base"
            a_ledger(base).close()
            killer = Killer(prepared(base), base.parent, work, given)
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
