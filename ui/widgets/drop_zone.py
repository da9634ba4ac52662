"""A place to drop files on, or to press and pick them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ui.colours import PALETTE
from ui.icons import Icons
from ui.look import mark
from ui.widgets.pressable import Pressable


class DropZone(Pressable):
    """Says `files_chosen` with what it accepts, `refused` with the rest.

    A folder is opened, and gives its files; with `whole_folders` it is chosen as it is.
    """

    files_chosen = Signal(list)
    refused = Signal(list)

    def __init__(
        self,
        text: str,
        hint: str,
        icons: Icons,
        accepts: Callable[[Path], bool],
        pattern: str = "",
        icon: str = "upload",
        whole_folders: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accepts = accepts
        self._pattern = pattern
        self._whole_folders = whole_folders
        self._title = text
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap(icon, PALETTE.accent, 28))
        words, small = QLabel(text, self), QLabel(hint, self)
        mark(words, role="heading")
        mark(small, role="hint")
        small.setVisible(bool(hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 20)
        column.setSpacing(6)
        column.addStretch(1)
        for part in (picture, words, small):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        self.clicked.connect(self.ask)

    def offer(self, paths: Iterable[Path]) -> None:
        """Take `paths` as if they had been dropped."""
        files = list(paths)
        if not self._whole_folders:
            files = [file for path in files for file in _files_of(path)]
        taken = [file for file in files if file.is_dir() or self._accepts(file)]
        left = [file for file in files if file not in taken]
        if taken:
            self.files_chosen.emit(taken)
        if left:
            self.refused.emit(left)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            mark(self, state="over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        mark(self, state="")

    def dropEvent(self, event: QDropEvent) -> None:
        mark(self, state="")
        event.acceptProposedAction()
        self.offer(local_files(event.mimeData()))

    def ask(self) -> None:
        """Let the person pick files."""
        names, _ = QFileDialog.getOpenFileNames(self, self._title, "", self._pattern)
        self.offer(Path(name) for name in names)


def local_files(data: QMimeData) -> list[Path]:
    """Tell the files and folders of this machine that a drag or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(entry for entry in path.iterdir() if entry.is_file())
