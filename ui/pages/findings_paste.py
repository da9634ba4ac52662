"""A picture pasted while typing is a photo of what one is typing about."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.pages.findings_photos import PhotoField


class PictureKeys(QObject):
    """Hands pictures that are pasted into any of the watched entries to a field of photos."""

    def __init__(self, photos: PhotoField, parent: QWidget) -> None:
        super().__init__(parent)
        self._photos = photos

    def watch(self, entry: QWidget) -> None:
        """Look at the keys of this entry."""
        for widget in (entry, *entry.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        pasted = is_key and event.matches(QKeySequence.StandardKey.Paste)  # type: ignore[attr-defined]
        if pasted and self._photos.isVisible():
            data = QGuiApplication.clipboard().mimeData()
            # a cell of Excel comes as words and as a picture: there the words are meant
            if data.hasImage() and not data.hasText():
                self._photos.strip.paste()
                return True
        return super().eventFilter(watched, event)
