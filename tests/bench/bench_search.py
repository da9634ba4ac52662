"""Searching 100,000 findings by two Chinese characters and by initials: the limit is 10 ms."""

import statistics
import tempfile
import time
from pathlib import Path

from main import open_ledger
from models.ledger import findings
from tests.bench.many_findings import fill

COUNT, LIMIT_MS = 100_000, 10.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger, lock = open_ledger(Path(folder))
        start = time.perf_counter()
        fill(ledger, COUNT)
        print(f"received {COUNT} findings in {time.perf_counter() - start:.1f} s")
        today = ledger.clock().date()
        for words in ("消防", "灭火", "锅炉", "mhq", "glf", "张㛃", "没有的词"):
            times = []
            for _ in range(15):
                start = time.perf_counter()
                found = findings.numbers(ledger, "all", today, words)
                findings.page(ledger, found[:30])
                times.append((time.perf_counter() - start) * 1000)
            middle = statistics.median(times)
            print(
                f"search {words}: {len(found)} shown, {middle:.1f} ms,"
                f" ratio to {LIMIT_MS:g} ms {middle / LIMIT_MS:.2f}"
            )
        ledger.close()
        lock.release()


if __name__ == "__main__":
    main()
