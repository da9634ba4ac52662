"""What a clerk does on the training page, for the tests of it."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from models.records.training import TrainingSession

# The tabs in their order.
OVERVIEW, PEOPLE, SESSIONS, ATTENDANCE, SUMMARY, SHARES, PROJECTS, SELF_TEST, PAPERS = range(9)


def a_session(starts=datetime(2026, 11, 23, 8, 30), minutes=135, **answers):
    given = {"topic": "校园安全", "module": "development", "form": "lecture", "hour_rule": "m45"}
    ends = starts + timedelta(minutes=minutes)
    return TrainingSession(starts=starts, ends=ends, **{**given, **answers})


def type_into(entry, text):
    entry.setText(text)
    entry.textEdited.emit(text)


def texts(view, row):
    model = view.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def cell(page, row, column):
    return page.attendance_tab.sheet.index(row, column).data()


def press(qtbot, page, *keys):
    for key in keys:
        qtbot.keyClick(page.attendance_tab.view, key)


def type_cell(qtbot, page, row, column, text):
    """Type into a cell as a person does: the first key opens its editor, Enter closes it."""
    view = page.attendance_tab.view
    view.go(row, column)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChildren(QLineEdit)[-1]  # one that was closed is still being deleted
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
