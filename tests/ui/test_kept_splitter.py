import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.ledger.ledger import Ledger
from models.problems import AppError
from ui.kept_splitter import KeptSplitter


@pytest.fixture
def make(qtbot, ledger):
    def make(*more):
        splitter = KeptSplitter(ledger, "test.split", (300, 200), *more)
        qtbot.addWidget(splitter)
        for _ in range(2):
            half = QWidget()
            half.setMinimumSize(50, 50)
            splitter.addWidget(half)
        splitter.resize(505, 505)
        splitter.restore()
        splitter.show()
        return splitter

    return make


def test_the_sizes_of_last_time_are_taken(make, ledger, qtbot):
    first = make()
    assert first.sizes()[0] > first.sizes()[1]
    first.moveSplitter(100, 1)
    qtbot.waitUntil(lambda: ledger.setting("test.split").startswith("100,"))
    assert make().sizes()[0] == 100


def test_halves_may_stand_one_above_the_other(make):
    splitter = make(Qt.Orientation.Vertical)
    assert splitter.widget(0).width() == splitter.width()


def test_a_disk_that_takes_no_note_does_not_stop_the_work(make, monkeypatch, qtbot):
    asked = []

    def full(*_):
        asked.append(1)
        raise AppError("磁盘已满，这一次没有保存。")

    splitter = make()
    monkeypatch.setattr(Ledger, "set_setting", full)
    splitter.moveSplitter(100, 1)
    qtbot.waitUntil(lambda: bool(asked))
    assert splitter.sizes()[0] == 100
