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
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "build" / "peers")]

from main import open_ledger  # noqa: E402
from models.ledger.ledger import Ledger  # noqa: E402
from models.ledger.lines import load_many  # noqa: E402
from models.ledger.streams import lines_after, streams_of  # noqa: E402
from models.records.finding import Finding  # noqa: E402
from models.records.organisation import Organisation, usual_grades  # noqa: E402
from models.records.person import Person  # noqa: E402
from tests.bench.carrier import Carrier  # noqa: E402
from tests.bench.exchange_data import (  # noqa: E402
    MEASURES,
    OFFICE,
    Piece,
    School,
    first_load,
    log_of,
    unit,
    week,
)
from tests.bench.exchange_peers import PEERS, Figures, row_of, timed  # noqa: E402

SCHOOLS = int(os.environ.get("SCHOOLS", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
RECORDS, BATCH, WEEKS = 500, 20, 50
EDITED, DISPUTED = 25, 5  # of a school's findings; 1 % are edited by the office as well
MODULES = {"session": "apsw", "geodiff": "pygeodiff"}


def prepare(folder: Path) -> None:
    """The bundles, and the same as rows."""
    carrier = Carrier()
    (folder / "identity").write_text(carrier.identity)
    rows, edits = [], []
    for number in range(SCHOOLS):
        school = School(number)
        first = first_load(school, RECORDS)
        lines = load_many(first.body.splitlines())[1:]
        rows.append([row_of(school.unit, f"{school.log_id}.{x['s']}", x["v"]) for x in lines])
        ids = list(school.found)[:EDITED]
        texts = [f"{school.chance.choice(MEASURES)}，第{at}项" for at in range(EDITED)]
        edits.append([*zip(texts, ids, strict=True)])
        second = school.piece(school.edits(ids, "measures", texts))
        (folder / f"first-{number}").write_bytes(carrier.seal(first))
        (folder / f"edits-{number}").write_bytes(carrier.seal(second))
        if number < WEEKS:
            (folder / f"week-{number}").write_bytes(carrier.seal(week(school)))
    (folder / "rows.json").write_text(json.dumps([rows, edits]))


def ours(folder: Path, home: Path) -> Figures:
    """The office takes it all in; then a school writes."""
    carrier = Carrier((folder / "identity").read_text())
    first, edits = (
        [(folder / f"{kind}-{number}").read_bytes() for number in range(SCHOOLS)]
        for kind in ("first", "edits")
    )
    ledger, lock = open_ledger(home / "office")
    ledger.found(Organisation(kind="office", name="示例县教育局", code=OFFICE), Person(name="周平"))

    def take(files: Sequence[bytes]) -> Counter[str]:
        parts = (files[at : at + BATCH] for at in range(0, SCHOOLS, BATCH))
        return sum((carrier.take(ledger, part).counts for part in parts), Counter())

    found: Figures = {"import": timed(lambda: take(first)), "again": timed(lambda: take(first))}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["index"] = timed(ledger.catch_up)
    dispute(ledger)
    told: list[Counter[str]] = []
    found["edits"] = timed(lambda: told.append(take(edits)))
    found["kept"] = f"{told[0]['conflicts']} decisions, both values kept"
    sizes: list[int] = []
    found["export"] = timed(lambda: sizes.extend(export(ledger, carrier)))
    found["bytes"] = sum(map(len, first)) / SCHOOLS / RECORDS
    weeks = [(folder / f"week-{number}").read_bytes() for number in range(min(SCHOOLS, WEEKS))]
    times = [timed(lambda data=data: carrier.open(data)) for data in weeks]
    found["open"] = statistics.median(times) * 1000
    ledger.close()
    lock.release()
    found["write"] = writing(home / "school")
    return found


def dispute(ledger: Ledger) -> None:
    """The office edits some of what the schools have edited, without having seen it."""
    with ledger.transaction():
        for number in range(SCHOOLS):
            for seq in range(2, 2 + DISPUTED):
                finding = ledger.get(Finding, f"{log_of(number)}.{seq}")
                assert finding
                ledger.save(replace(finding, measures="局里另有安排"), finding)


def export(ledger: Ledger, carrier: Carrier) -> list[int]:
    """Every school's whole stream read, packed and sealed: the sizes."""
    sizes = []
    for number in range(SCHOOLS):
        streams = {stream.log_id: stream for stream in streams_of(ledger, unit(number))}
        stream = streams[log_of(number)]
        prev, lines = lines_after(ledger, stream, 0)
        body = "".join(f"{line}\n" for line in lines).encode()
        piece = Piece(stream.log_id, stream.unit, stream.device, 1, prev, stream.head, body)
        sizes.append(len(carrier.seal(piece)))
    return sizes


def writing(home: Path) -> float:
    """Milliseconds of one edit of one answer in a school's ledger, synchronous=FULL."""
    carrier = Carrier()
    ledger, lock = open_ledger(home)
    organisation = Organisation(
        kind="school",
        name="示例县实验小学",
        code=unit(0),
        school_type="primary",
        system="six_three",
        grades=usual_grades("primary", "six_three"),
    )
    ledger.found(organisation, Person(name="李安全"))
    school = School(0)
    carrier.take(ledger, [carrier.seal(first_load(school, RECORDS))])
    ledger.catch_up()
    times = []
    for record in list(school.found)[:300]:
        seen = ledger.get(Finding, record)
        assert seen
        edited = replace(seen, place="食堂后厨")
        times.append(timed(lambda new=edited, old=seen: ledger.save(new, old)))
    ledger.close()
    lock.release()
    return statistics.median(times) * 1000


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
    return {**figures, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


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
