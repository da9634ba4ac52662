"""A city's office: 4,400 schools' first bundles of 500 findings each, then a week's bundles of all.

The bundles are made first, by processes of their own; then one process opens, proves, keeps and
folds them as the office's page does, with progress and an archive of every file. `SCHOOLS=200
python tests/bench/bench_city.py` is a quick look; the limits are for the whole city and shrink with
it. It needs some 3 GB of disk under build/.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.exchange.members import directory  # noqa: E402
from models.exchange.receive import receive_files  # noqa: E402
from models.ledger.ledger import Ledger  # noqa: E402
from tests.bench.carrier import (  # noqa: E402
    make_office,
    names,
    never,
    nobody,
    open_copy,
    seal_piece,
    store_of,
)
from tests.bench.exchange_data import OFFICE, School, first_load, unit, week  # noqa: E402
from tests.bench.exchange_peers import peak_memory, timed  # noqa: E402

CITY, RECORDS = 4400, 500
SCHOOLS = int(os.environ.get("SCHOOLS", CITY))
FIRST_S, WEEK_S, MEMORY_MB = 90.0, 12.0, 500.0
SHARE = SCHOOLS / CITY


def make_bundles(folder: Path, schools: range) -> None:
    """The two bundles of each of these schools."""
    with tempfile.TemporaryDirectory() as home:
        ledger = open_copy(folder / "office", Path(home) / "office")
        for number in schools:
            known = directory(ledger, [OFFICE, unit(number)])
            school = School(number)
            for kind, piece in (("first", first_load(school, RECORDS)), ("week", week(school))):
                (folder / f"{kind}-{number}.aqb").write_bytes(seal_piece(piece, known))
        ledger.close()


def take(ledger: Ledger, folder: Path, kind: str) -> tuple[float, float]:
    """Seconds on the clock and of the processor to take in these bundles; none may be left."""
    paths = names(folder, kind, SCHOOLS)

    def work() -> None:
        results = receive_files(ledger, store_of(ledger), paths, nobody, never)
        assert all(result.clean for result in results)

    before = time.process_time()
    return timed(work), time.process_time() - before


def child(folder: Path, home: Path) -> dict[str, Any]:
    ledger = open_copy(folder / "office", home / "office")
    found: dict[str, Any] = {kind: take(ledger, folder, kind) for kind in ("first", "week")}
    found["memory"] = peak_memory()
    found["again"] = take(ledger, folder, "week")
    left = ledger.catch_up(0)
    some = min(left, 50_000)
    found["index"] = timed(lambda: ledger.catch_up(some)) * left / some
    found["size"] = (ledger.home / "ledger.db").stat().st_size / 1e6
    ledger.close()
    return found


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(child(Path(sys.argv[1]), Path(sys.argv[2]))))
        return
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as made:
        folder = Path(made)
        make_office(folder / "office", SCHOOLS)
        parts = [range(at, min(at + 100, SCHOOLS)) for at in range(0, SCHOOLS, 100)]
        with ProcessPoolExecutor() as pool:
            list(pool.map(partial(make_bundles, folder), parts))
        sizes = [path.stat().st_size for path in names(folder, "first", SCHOOLS)]
        with tempfile.TemporaryDirectory(dir=ROOT / "build") as home:
            command = [sys.executable, __file__, str(folder), home]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    report(json.loads(done.stdout), sum(sizes))


def report(found: dict[str, Any], size: int) -> None:
    records = SCHOOLS * RECORDS
    print(f"first load: {SCHOOLS} bundles × {RECORDS}, {size / records:.0f} bytes a record")
    for kind, words, limit in (
        ("first", "first load", FIRST_S * SHARE),
        ("week", "a week: 5 new + 20 edits of each", WEEK_S * SHARE),
        ("again", "the same week again", 0),
    ):
        wall, cpu = found[kind]
        each = (
            f"{wall:.1f} s ({cpu:.1f} s of the processor), {wall / SCHOOLS * 1000:.2f} ms a bundle"
        )
        ratio = f", ratio to {limit:.1f} s {wall / limit:.2f}" if limit else ""
        print(f"{words}: {each}{ratio}")
    print(f"peak memory: {found['memory']:.0f} MB, ratio to {MEMORY_MB:g} MB", end=" ")
    print(f"{found['memory'] / MEMORY_MB:.2f}; ledger {found['size']:.0f} MB")
    print(f"search index of all of it, when searched or before: some {found['index']:.0f} s")


if __name__ == "__main__":
    main()
