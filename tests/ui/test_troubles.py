import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from models.problems import AppError
from ui.troubles import catch_bugs


@pytest.fixture
def shown(monkeypatch, qapp):
    """The boxes that a person would have seen."""
    boxes = []

    def look(box):
        boxes.append((box.text(), box.detailedText(), box.textFormat()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    return boxes


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_bugs(tmp_path, lambda: datetime(2026, 11, 23, 8, tzinfo=UTC))
    return tmp_path


def fail(error):
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())


def test_a_bug_is_written_down_and_told(home, shown):
    fail(KeyError("赵𬱖"))
    log = (home / "logs" / "errors.log").read_text(encoding="utf-8")
    assert "2026-11-23T08:00:00+00:00" in log
    assert "KeyError: '赵𬱖'" in log
    ((words, detail, form),) = shown
    assert "已经记录下来" in words
    assert str(home / "logs" / "errors.log") in words
    assert "Traceback" in detail
    assert form == Qt.TextFormat.PlainText


def test_every_bug_is_added_to_the_log(home, shown):
    fail(KeyError("first"))
    fail(KeyError("second"))
    log = (home / "logs" / "errors.log").read_text(encoding="utf-8")
    assert log.index("first") < log.index("second")


def test_a_trouble_in_words_is_told_and_not_logged(home, shown):
    fail(AppError("磁盘已满。"))
    assert [words for words, _detail, _form in shown] == ["磁盘已满。"]
    assert not (home / "logs").exists()


def test_a_disk_that_takes_no_log_hides_nothing(home, shown, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "open", full)
    fail(KeyError("oh"))
    assert len(shown) == 1


def test_half_characters_can_be_logged(home, shown):
    fail(KeyError("\ud800"))
    fail(ValueError("bad \ud800 text"))
    assert "ValueError" in (home / "logs" / "errors.log").read_text(encoding="utf-8")


def test_an_error_behind_the_box_is_logged_and_opens_no_second_box(home, monkeypatch, qapp):
    opened = []

    def look(box):
        opened.append(box.text())
        fail(KeyError("behind"))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    fail(KeyError("first"))
    assert len(opened) == 1
    assert "behind" in (home / "logs" / "errors.log").read_text(encoding="utf-8")
    fail(KeyError("later"))
    assert len(opened) == 2


def test_without_a_screen_the_log_is_enough(home, shown, monkeypatch):
    monkeypatch.setattr("ui.troubles.QApplication.instance", lambda: None)
    fail(KeyError("oh"))
    assert (home / "logs" / "errors.log").exists()
    assert shown == []
