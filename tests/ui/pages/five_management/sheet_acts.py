"""What somebody who fills the sheet does, for the tests of its page."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.ledger import checklists
from models.records.five_management import ChecklistAnswer

MONTH, BEFORE = "2026-11", "2026-10"


def answered_before(session, period=BEFORE, **fields):
    sheet = checklists.new_sheet(session.ledger, session.checklist, period)
    for line, response in fields.items():
        answer = ChecklistAnswer(line=f"fm.{line.replace('_', '.')}", response=response)
        checklists.save_answer(session.ledger, sheet, replace(answer, detail="张㛃"))


def lines_of(session):
    return session.checklist.lines(session.ledger.organisation.scopes)


def row(page, line):
    areas = {known.id: known.item.area for known in lines_of(page.session)}
    page.areas.show_area(areas[line])
    return page.areas.panels[areas[line]].rows[line]


def press(page, line, key):
    """Press a key on the buttons of a line."""
    found = row(page, line)
    found.setFocus()
    QTest.keyClick(found.entry.widget.focusProxy(), key)
    return found


def type_in(page, line, text):
    """Type into a line and go on with Enter."""
    found = row(page, line)
    entry = getattr(found.entry.widget, "typed", found.entry.widget)
    entry.setFocus()
    entry.setText(text)
    entry.textEdited.emit(text)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    return found


def saved(page, line, period=MONTH):
    sheet = checklists.sheet(page.session.ledger, period)
    answers = checklists.answers(page.session.ledger, sheet) if sheet else {}
    return answers.get(line)
