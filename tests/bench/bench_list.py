"""A list of 100,000 findings: first paint against QSqlQueryModel, and the way to its end.

Both show the same columns in the same look and size; their empty tables are painted before.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT, ROUNDS, LIMIT_MS = 100_000, 5, 60.0
ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QTableView
import main
from ui.look import apply_look
app = QApplication([])
apply_look(app, main.RESOURCES)
painted = []
def watch(view):
    class Seen(type(view)):
        def paintEvent(self, event):
            super().paintEvent(event)
            painted.append(time.perf_counter())
    return Seen
def wait():
    painted.clear()
    while not painted:
        app.processEvents()
    return painted[-1]
home, WIDTH = Path(sys.argv[1]), 1000
"""
SQL = """
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QHeaderView
from ui.table.finding_columns import COLUMNS, shown_columns
from ui.table.finding_table import ROW_HEIGHT
db = QSqlDatabase.addDatabase("QSQLITE")
db.setDatabaseName(str(home / "ledger.db"))
assert db.open()
QUERY = ("SELECT number, found_on, place, description, category, now_level, now_state,"
    " now_deadline, responsible FROM finding WHERE deleted = 0 ORDER BY found_on DESC, no DESC")
model = QSqlQueryModel()
model.setQuery(QUERY + " LIMIT 0", db)
view = watch(QTableView())()
view.setModel(model)
view.setAlternatingRowColors(True)
view.setShowGrid(False)
view.setWordWrap(False)
view.verticalHeader().hide()
view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
for at, column in enumerate(COLUMNS):
    view.setColumnHidden(at, column not in shown_columns(COLUMNS, WIDTH))
    if column.width:
        view.horizontalHeader().resizeSection(at, column.width)
    else:
        view.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
view.resize(WIDTH, 700); view.show(); app.processEvents()
start = time.perf_counter()
model.setQuery(QUERY, db)
first = wait() - start
start = time.perf_counter()
while model.canFetchMore():
    model.fetchMore()
view.scrollToBottom()
end = wait() - start
"""
OURS = """
from datetime import date
from models.ledger import findings
from ui.table.finding_table import FindingModel, FindingTable
ledger, lock = main.open_ledger(home)
today = date(2026, 11, 23)
model = FindingModel(ledger)
view = watch(FindingTable(model))(model)
view.resize(WIDTH, 700); view.show(); app.processEvents()
start = time.perf_counter()
model.show(findings.numbers(ledger, "all", today), today)
first = wait() - start
start = time.perf_counter()
view.scrollToBottom()
end = wait() - start
"""
END = """
sys.stdout.write(f"{first * 1000} {end * 1000}")
sys.stdout.flush()
import os; os._exit(0)
"""
FILL = """
import sys; from pathlib import Path
import main; from tests.bench.many_findings import fill
ledger, lock = main.open_ledger(Path(sys.argv[1])); fill(ledger, int(sys.argv[2])); ledger.close()
"""


def one(code: str, home: str) -> tuple[float, float]:
    """(ms to first paint, ms to the end) of one run."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", CHILD + code + END, home]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    first, end = map(float, done.stdout.split())
    return first, end


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-c", FILL, home, str(COUNT)], cwd=ROOT, check=True)
        rows = [(one(SQL, home), one(OURS, home)) for _ in range(ROUNDS)]
    sql, ours = (statistics.median(row[side][0] for row in rows) for side in (0, 1))
    print(f"first paint of {COUNT}: ours {ours:.0f} ms, QSqlQueryModel {sql:.0f} ms,", end=" ")
    print(f"ratio {ours / sql:.2f}")
    sql, ours = (statistics.median(row[side][1] for row in rows) for side in (0, 1))
    print(
        f"to its end: ours {ours:.0f} ms, ratio to {LIMIT_MS:g} ms {ours / LIMIT_MS:.2f},", end=" "
    )
    print(f"QSqlQueryModel {sql:.0f} ms")


if __name__ == "__main__":
    main()
