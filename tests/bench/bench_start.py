"""From process start to first paint, and memory at rest, against a bare PySide6 window."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
WHAT = [("start to first paint", "ms"), ("start to day page", "ms"), ("memory at rest", "MB")]
ROOT = Path(__file__).resolve().parents[2]

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    first = shown = 0.0
    def paintEvent(self, event):
        super().paintEvent(event)
        self.first = self.shown = self.first or time.time()
window = Window()
window.resize(1280, 800)
window.show()
"""
OURS = """
import os, sys, time
from pathlib import Path
import main, ui.start
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
window = None
class Window(ui.start.MainWindow):
    first = shown = 0.0
    def __init__(self, *parts):
        super().__init__(*parts)
        globals()["window"] = self
        QTimer.singleShot(4000, end)
    def paintEvent(self, event):
        super().paintEvent(event)
        self.first = self.first or time.time()
    def show_state(self):
        super().show_state()
        QTimer.singleShot(0, self.seen)
    def seen(self):
        self.repaint()
        self.shown = self.shown or time.time()
"""
END = """
def end():
    pages = int(open("/proc/self/statm").read().split()[1])
    sys.stdout.write(f"{window.first} {window.shown} {pages * 4096 / 1e6}")
    sys.stdout.flush()
    os._exit(0)
"""
RUN_BARE = "QTimer.singleShot(4000, end)\napp.exec()"
RUN_OURS = "ui.start.MainWindow = Window\nmain.main([])"
FOUND = """
import main, sys
from pathlib import Path
from models.records.organisation import Organisation, usual_grades
from models.records.person import Person
ledger, lock = main.open_ledger(Path(sys.argv[1]))
grades = usual_grades("primary", "six_three")
ledger.found(Organisation(kind="school", name="示例县实验小学", code="2137000001",
    school_type="primary", system="six_three", grades=grades), Person(name="李安全"))
ledger.close()
"""


def one(code: str, home: str) -> tuple[float, float, float]:
    """(ms to first paint, ms to the day page, megabytes at rest) of one start."""
    environment = {**os.environ, "CAMPUS_LEDGER_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    first, page, memory = map(float, done.stdout.split())
    return (first - start) * 1000, (page - start) * 1000, memory


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-c", FOUND, home], cwd=ROOT, check=True)
        rows = [
            (one(BARE + END + RUN_BARE, home), one(OURS + END + RUN_OURS, home))
            for _ in range(ROUNDS)
        ]
    for number, (what, unit) in enumerate(WHAT):
        bare, ours = (statistics.median(row[side][number] for row in rows) for side in (0, 1))
        print(f"{what}: ours {ours:.0f} {unit}, bare {bare:.0f} {unit}, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
