"""200 schools × 500 findings × 12 answers on their way to the office: ours beside three peers.

    raw         `executemany` of the same rows into the same table with the same indexes, as our own
                migrations make them; the tuples are made before the clock starts. The limit: it has
                no lines, no history, no gaps, no losers
    session     SQLite session changesets by apsw, deflated
    geodiff     pygeodiff changesets, deflated
    ours        sealed bundles opened, proved, kept and folded; the search index follows when next
                searched or before that by the window, and is told by itself

The peers are needed for the bench only: `pip install --target build/peers apsw pygeodiff`; one that
is missing is said so and left out. Every side is a process of its own, they take turns, a figure is
the median of the rounds. All write to the disk of the project with the ledger's pragmas (geodiff
opens its files by itself). `ROUNDS=1 SCHOOLS=20 python tests/bench/bench_exchange.py` is quick.
"""

import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "build" / "peers")]

from main import open_ledger  # noqa: E402
from models.exchange.export import export_bundle  # noqa: E402
from models.exchange.reading import open_bundle  # noqa: E402
from models.exchange.receive import reader_of, receive_files  # noqa: E402
from models.ledger.conflicts import count_conflicts  # noqa: E402
from models.ledger.ledger import Ledger  # noqa: E402
from models.ledger.lines import load_many  # noqa: E402
from models.records.finding import Finding  # noqa: E402
from models.records.person import Person  # noqa: E402
from tests.bench.carrier import (  # noqa: E402
    enrol,
    make_office,
    names,
    never,
    nobody,
    open_copy,
    organisation,
    seal_piece,
    store_of,
)
from tests.bench.exchange_data import (  # noqa: E402
    MEASURES,
    School,
    finding,
    first_load,
    rival,
    week,
)
from tests.bench.exchange_peers import PEERS, RIVAL, Figures, peak_memory, row_of, timed  # noqa: E402

SCHOOLS = int(os.environ.get("SCHOOLS", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
RECORDS, BATCH = 500, 20
EDITED, DISPUTED = 25, 5  # of a school's findings; 1 % are edited on both sides
MODULES = {"session": "apsw", "geodiff": "pygeodiff"}


def prepare(folder: Path) -> None:
    """The office, the bundles, and the same as rows."""
    known = make_office(folder / "office", SCHOOLS)
    rows, edits = [], []
    for number in range(SCHOOLS):
        school = School(number)
        pieces = {"first": first_load(school, RECORDS)}
        lines = load_many(pieces["first"].body.splitlines())[1:]
        rows.append([row_of(school.unit, f"{school.log_id}.{x['s']}", x["v"]) for x in lines])
        ids = list(school.found)[:EDITED]
        texts = [f"{school.chance.choice(MEASURES)}，第{at}项" for at in range(EDITED)]
        edits.append([*zip(texts, ids, strict=True)])
        pieces["rival"] = rival(school, ids[:DISPUTED], RIVAL)
        pieces["edits"] = school.piece(school.edits(ids, "measures", texts))
        pieces["week"] = week(school)
        for kind, piece in pieces.items():
            (folder / f"{kind}-{number}.aqb").write_bytes(seal_piece(piece, known))
    (folder / "rows.json").write_text(json.dumps([rows, edits]))


def ours(folder: Path, home: Path) -> Figures:
    """The office takes it all in; then a school writes."""
    ledger = open_copy(folder / "office", home / "office")
    first, rivals, edits = (names(folder, kind, SCHOOLS) for kind in ("first", "rival", "edits"))
    found: Figures = {"import": timed(lambda: take(ledger, first))}
    found["again"] = timed(lambda: take(ledger, first))
    found["memory"] = peak_memory()
    found["index"] = timed(ledger.catch_up)
    take(ledger, rivals)
    found["edits"] = timed(lambda: take(ledger, edits))
    found["kept"] = f"{count_conflicts(ledger)} decisions, both values kept"
    reader = reader_of(ledger, store_of(ledger))
    weeks = [path.read_bytes() for path in names(folder, "week", min(SCHOOLS, 50))]
    times = [timed(lambda data=data: open_bundle(data, reader)) for data in weeks]
    found["open"] = statistics.median(times) * 1000
    found["bytes"] = sum(path.stat().st_size for path in first) / SCHOOLS / RECORDS
    ledger.close()
    return found | at_school(folder / "office", home / "school")


def take(ledger: Ledger, paths: Sequence[Path]) -> None:
    """Bundles into the ledger, as the office's page does it."""
    results = receive_files(ledger, store_of(ledger), paths, nobody, never)
    assert len(results) == len(paths)
    assert all("没有读入" not in result.words for result in results), results[0].words


def at_school(office: Path, home: Path) -> Figures:
    """A school's own PC: milliseconds of an edit with synchronous=FULL; bundles of all it has."""
    ledger, lock = open_ledger(home)
    ledger.found(organisation(0), Person(name="李安全"))
    enrol(office, ledger)
    chance = random.Random(7)
    records = ledger.save_all(
        [Finding.of_plain(finding(chance, at), id="", unit="") for at in range(1, RECORDS + 1)]
    )
    times = []
    for seen in records[:300]:
        edited = replace(seen, place="食堂后厨")
        times.append(timed(lambda new=edited, old=seen: ledger.save(new, old)))
    folder, store = home / "made", store_of(ledger)

    def export() -> None:
        for _ in range(SCHOOLS):
            export_bundle(ledger, store, folder, complete=True)

    found: Figures = {"write": statistics.median(times) * 1000, "export": timed(export)}
    ledger.close()
    lock.release()
    return found


def run(side: str, folder: Path) -> Figures:
    """One side once, in a process of its own."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as home:
        command = [sys.executable, __file__, side, str(folder), home]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def child(side: str, folder: Path, home: Path) -> Figures:
    if side == "ours":
        return ours(folder, home)
    rows, edits = json.loads((folder / "rows.json").read_text())
    figures = PEERS[side](home / "peer", rows, edits, BATCH)
    return {**figures, "memory": peak_memory()}


def middle(figures: Sequence[Figures], what: str) -> Any:
    values = [one[what] for one in figures if what in one]
    numbers = values and not isinstance(values[0], str)
    return statistics.median(values) if numbers else (values or ["–"])[0]


def main() -> None:
    if len(sys.argv) == 4:
        print(json.dumps(child(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    (ROOT / "build").mkdir(exist_ok=True)
    sides = ["ours", "raw"]
    for side, module in MODULES.items():
        if importlib.util.find_spec(module):
            sides.append(side)
        else:
            print(f"{side}: {module} is not installed here, left out")
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        prepare(Path(folder))
        rounds: dict[str, list[Figures]] = {side: [] for side in sides}
        for _ in range(ROUNDS):
            for side in sides:
                rounds[side].append(run(side, Path(folder)))
    report({side: rounds[side] for side in sides})


def report(rounds: dict[str, list[Figures]]) -> None:
    for what in ("export", "import", "again", "edits", "bytes", "memory", "kept"):
        shown = []
        for side, figures in rounds.items():
            value = middle(figures, what)
            shown.append(f"{side} {value if isinstance(value, str) else format(value, '.2f')}")
        print(f"{what:7} {' | '.join(shown)}")
    mine, limit = rounds["ours"], rounds["raw"]
    ratios = [one["import"] / two["import"] for one, two in zip(mine, limit, strict=True)]
    again = [one["import"] / one["again"] for one in mine]
    print(f"import: {statistics.median(ratios):.2f} × raw insert of the same rows (goal ≤ 5)")
    print(f"again: {statistics.median(again):.1f} × faster than import (goal ≥ 4)")
    print(f"bytes of a record, sealed: {middle(mine, 'bytes'):.0f} (goal ≤ 125)")
    print(f"opening a week's bundle: {middle(mine, 'open'):.2f} ms (goal ≤ 1)")
    print(f"one local edit, synchronous=FULL: {middle(mine, 'write'):.2f} ms (goal ≤ 1)")
    print(f"search index of all of it: {middle(mine, 'index'):.1f} s, when searched or before")


if __name__ == "__main__":
    main()
