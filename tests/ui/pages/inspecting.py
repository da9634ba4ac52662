"""What somebody who inspects does on the page, for the tests of it."""

from PySide6.QtCore import Qt

from models.ledger import inspections
from tests.ui.pages.findings_acts import type_in


def begin(page, **answers):
    """Answer the questions of the form and begin."""
    page.new_inspection()
    type_in(page.form, **answers)
    page.form.save()
    return page.run


def press(qtbot, run, *keys):
    """Press these keys where one stands."""
    for key in keys:
        qtbot.keyClick(run.current, key)


def describe(qtbot, run, place):
    """Say where, and press Enter."""
    entry = run.failure.form.entry("place")
    qtbot.keyClicks(entry, place)
    qtbot.keyClick(entry, Qt.Key.Key_Return)


def results(run):
    """Result by item, as the ledger has it."""
    filled = inspections.answers(run._session.ledger, run.inspection)
    return {item: answer.result for item, answer in filled.items()}


def answer_all(qtbot, run):
    press(qtbot, run, *[Qt.Key.Key_1] * run.progress.left)
