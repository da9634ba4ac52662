"""What a drop-down list offers, filled anew as the ledger changes."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox


def offer(box: QComboBox, words: Mapping[str, str]) -> None:
    """Offer these, {what is chosen: its words}, and say nothing of it.

    What was chosen stays chosen where it is still there; else the first is.
    """
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for data, text in words.items():
            box.addItem(text, data)
        box.setCurrentIndex(max(0, box.findData(chosen)))
