"""The day page, and the list behind every filter, with 100,000 findings and 500,000 steps.

Each figure is the median of some processes, in each of them the slowest of its kind; a change of
the filter is timed until the page with its new list is painted.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT, ROUNDS = 100_000, 3
FILTER_MS = 100.0
LIMITS_MS = {"day page": 300.0, "day page again": 300.0, "list": 300.0}
LIMITS_MS |= {"order": 250.0, "charts": 300.0}
ROOT = Path(__file__).resolve().parents[2]

FILL = """
import sys; from pathlib import Path
import main; from tests.bench.many_findings import fill; from tests.conftest import a_ledger
ledger = a_ledger(Path(sys.argv[1])); fill(ledger, int(sys.argv[2]), stepped=True); ledger.close()
"""
LOOK = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
import main
from models.ledger.finding_filter import FILTERS, ORDERS, FindingFilter
from ui.icons import Icons
from ui.look import apply_look
from ui.pages.findings import FindingsPage
from ui.pages.today import TodayPage
from ui.session import Session
from ui.tasks import Tasks
app = QApplication([])
apply_look(app, main.RESOURCES)
ledger, lock = main.open_ledger(Path(sys.argv[1]))
parts = Session(ledger, main.RESOURCES), Icons(main.RESOURCES / "icons"), Tasks()
took = {}
def timed(name, work, shown):
    start, used = time.perf_counter(), time.process_time()
    work()
    app.sendPostedEvents()  # layouts, and no timers: what they do comes after the painting
    shown().repaint()
    now = time.perf_counter() - start, time.process_time() - used
    took[name] = [max(a, b * 1000) for a, b in zip(took.get(name, (0, 0)), now)]
def day():
    global page
    page = TodayPage(*parts)
    page.resize(1080, 760)
    page.show()
    page.refresh()
timed("day page", day, lambda: page)
timed("day page again", page.refresh, lambda: page)
def listed():
    global findings
    findings = FindingsPage(*parts)
    findings.resize(1080, 760)
    findings.show()
    findings.refresh()
timed("list", listed, lambda: findings)
view = lambda: findings
filters = {
    "filter view": [dict(view=name) for name in FILTERS],
    "filter state": [dict(state="closed"), dict(state="submitted")],
    "filter level": [dict(level="major"), dict(level="general")],
    "filter category": [dict(category="fire")],
    "filter place": [dict(place="教学楼")],
    "filter person": [dict(person="张㛃")],
    "filter period": [dict(since="2025-01-01", until="2025-12-31")],
    "filter all of them": [
        dict(view="open", level="major", category="fire", place="楼", since="2025-01-01"),
    ],
    "order": [dict(order=turn + key) for key in ORDERS for turn in ("", "-")],
}
for name, changes in filters.items():
    for change in changes:
        wanted = FindingFilter(**change)
        timed(name, lambda: findings.list.take(wanted), view)
        app.processEvents(); time.sleep(0.1); app.processEvents()
findings.list.take(FindingFilter())
timed("charts", lambda: findings.list.head.charts.click(), lambda: findings)
findings.list.head.charts.click()
timed("select all", findings.list.table.selectAll, view)
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
        run(FILL, home, str(COUNT))
        rounds = [json.loads(run(LOOK, home)) for _ in range(ROUNDS)]
    for name in rounds[0]:
        took, used = (statistics.median(one[name][at] for one in rounds) for at in (0, 1))
        limit = LIMITS_MS.get(name, FILTER_MS)
        print(f"{name}: {took:.0f} ms ({used:.0f} ms of the processor),", end=" ")
        print(f"ratio to {limit:g} ms {took / limit:.2f}")


if __name__ == "__main__":
    main()
