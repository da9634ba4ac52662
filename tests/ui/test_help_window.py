"""The manual can be read inside the program."""

from PySide6.QtCore import Qt

from tests.conftest import RESOURCES
from ui.help_window import HelpWindow


def test_the_manual_is_shown_and_closed_with_escape(qtbot):
    manual = HelpWindow(RESOURCES / "help")
    qtbot.addWidget(manual)
    manual.show()
    assert "恢复备份" in manual.toPlainText()
    assert "#" not in manual.toPlainText().splitlines()[0]  # it is read, not shown as source
    manual.activateWindow()
    qtbot.waitUntil(manual.isActiveWindow)
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not manual.isVisible())
