"""What a safety officer does on the page of findings, for the tests of it."""

from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from models.records.finding import Finding


def type_in(form, **answers):
    """Type as a person would: the text, and the signal that it was edited."""
    for name, text in answers.items():
        entry = form.form.entry(name)
        entry.set_raw(text)
        entry.changed.emit()


def press(page, name):
    """Press a button in sight by its object name or its words."""
    buttons = page.findChildren(QPushButton)
    named = [button for button in buttons if name in (button.objectName(), button.text())]
    # a button made a moment ago comes into sight with the event loop, its place is there already
    next(button for button in named if button.parentWidget().isVisible()).click()


def kept(ledger):
    return ledger.all(Finding)


def take(page, kind, **answers):
    """Take one step through its form."""
    press(page, f"step_{kind}")
    type_in(page.step_form, **answers)
    page.step_form.save()


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def wait_for_photos(qtbot, field, count):
    """Tiles come and go with the event loop."""

    def tiles():
        found = field.strip.findChildren(QToolButton)
        return [tile for tile in found if not tile.property("role") and not tile.isHidden()]

    qtbot.waitUntil(lambda: len(tiles()) == count)


def listed(page):
    model = page.list.model
    return {model.finding_at(row).id for row in range(model.rowCount())}
