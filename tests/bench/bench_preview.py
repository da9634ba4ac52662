"""The first page of a preview, and how long the window stands still while papers are made.

A timer of 10 ms says when the window lived; the longest gap between two of its calls is the stall.
On a busy machine a gap may be the time of others: so it is also told how much of the processor we
used in one, all threads together, and by that the limit is judged. Each figure is the median of
some processes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FINDINGS, ROUNDS = 10_000, 3  # half of them stand in the ledger of one year
LIMITS_MS = {
    "first page of a preview": 300.0,
    "first page while a package is made": 300.0,
    "longest stall while a ledger is exported": 64.0,
    "longest stall while a package is made": 64.0,
    "longest stall while nothing is made": 64.0,
}
ROOT = Path(__file__).resolve().parents[2]

FILL = """
import sys; from pathlib import Path
import main; from tests.bench.many_findings import fill; from tests.conftest import a_ledger
ledger = a_ledger(Path(sys.argv[1])); fill(ledger, int(sys.argv[2]), stepped=True); ledger.close()
"""
LOOK = """
import json, os, sys, tempfile, time
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
import main
from ui.collector import Collector
from ui.icons import Icons
from ui.look import apply_look
from ui.pages.reports import ReportsPage
from ui.session import Session
from ui.tasks import Tasks
app = QApplication([])
collector = Collector(app)
apply_look(app, main.RESOURCES)
ledger, lock = main.open_ledger(Path(sys.argv[1]))
tasks = Tasks()
tasks.busy.connect(collector.hold)
page = ReportsPage(Session(ledger, main.RESOURCES), Icons(main.RESOURCES / "icons"), tasks)
page.resize(1080, 760)
view = page.preview.view
took, calls, ENOUGH = {}, [], 100
timer = QTimer(); timer.setTimerType(Qt.TimerType.PreciseTimer)
now = lambda: (time.perf_counter(), time.process_time())
timer.timeout.connect(lambda: calls.append(now())); timer.start(10)
def until(done):
    start = now()
    while not done():
        app.processEvents(); time.sleep(0.001)
    return [(b - a) * 1000 for a, b in zip(start, now())]
def stall(name, done):
    calls.clear(); calls.append(now())
    until(done)
    calls.append(now())
    gaps = [[(b - a) * 1000 for a, b in zip(one, other)] for one, other in zip(calls, calls[1:])]
    took[name] = [max(gap[0] for gap in gaps), max(min(gap) for gap in gaps)]
quiet = lambda: not tasks.running and not view._painter.running
drawn = lambda: view._shown is not None and 0 in view._shown.pictures
page.show()
until(lambda: page._shown is not None and drawn() and quiet())
start = time.perf_counter()
stall("longest stall while nothing is made", lambda: time.perf_counter() - start > 1)
page.choice.setCurrentIndex(page.choice.findData("2025"))
page.make()
stall("longest stall while a ledger is exported", lambda: not tasks.running)
until(quiet)
path = page._shown.path
view.close_file(); until(quiet)
view.show_file(path)
took["first page of a preview"] = until(drawn)
took["pages"] = view.count
until(quiet)
page.open_record("package")
until(quiet)
page.package.period.setCurrentIndex(page.package.period.findData(sys.argv[2]))
page.package.look(); until(quiet)
took["papers"] = len(page.package._plan.papers)
with tempfile.TemporaryDirectory() as place:
    page.package.make_in(Path(place))
    bar = page.package.progress.bar
    stall("longest stall while a package is made", lambda: bar.value() >= ENOUGH)
    page.package.progress.stop.click(); until(quiet)
    page.package.make_in(Path(place))
    until(lambda: bar.value() == 0 and bar.maximum() > 0)
    view.close_file(); view.show_file(path)
    page.stack.setCurrentWidget(page.preview)
    took["first page while a package is made"] = until(drawn)
    page.package.progress.stop.click(); until(quiet)
sys.stdout.write(json.dumps(took)); sys.stdout.flush()
os._exit(0)
"""


def run(code: str, *words: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        run(FILL, home, str(FINDINGS))
        rounds = [json.loads(run(LOOK, home, "2025-12")) for _ in range(ROUNDS)]
    print(f"a ledger of {rounds[0]['pages']} pages, a package of {rounds[0]['papers']} papers")
    for name, limit in LIMITS_MS.items():
        took, used = (statistics.median(one[name][at] for one in rounds) for at in (0, 1))
        print(f"{name}: {took:.0f} ms ({used:.0f} ms of the processor),", end=" ")
        print(f"ratio to {limit:g} ms {min(took, used) / limit:.2f}")


if __name__ == "__main__":
    main()
