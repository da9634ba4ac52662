"""Files that were just made: where they lie, and how they get into a chat window or on a stick."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QStringListModel, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icons
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow
from ui.widgets.plain_label import plain_label

MOST_NAMES = 6
COPIED = "文件已复制，可以在微信聊天窗口里粘贴发送。"


def file_data(paths: Sequence[Path]) -> QMimeData:
    """Files, for the clipboard.

    The clipboard outlives Python, and what was made in Python crashes there when the program ends:
    so Qt makes the object, and we only fill it.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


class MadeFiles(QWidget):
    """Hidden until there are files."""

    copied = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self.words = plain_label(role="hint")
        self.folder = Button(
            "打开文件夹", Kind.SECONDARY, icons.icon("folder-open"), self._open_folder
        )
        self.copy = Button("复制文件", Kind.SECONDARY, icons.icon("copy"), self._copy)
        self._row = Flow()
        self._row.addWidget(self.folder)
        self._row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(self._row)
        self.hide()

    def add_action(self, action: QWidget) -> None:
        """Put one more button beside the others."""
        self._row.addWidget(action)

    def show_files(self, paths: Sequence[Path], now: str = "") -> None:
        """Say where they lie; `now` is what to do with them."""
        self.paths = tuple(paths)
        self.setVisible(bool(paths))
        if not paths:
            return
        names = [path.name for path in paths[:MOST_NAMES]]
        if len(paths) > MOST_NAMES:
            names.append(f"……共 {len(paths)} 个文件")
        where = f"放在 {paths[0].parent}"
        self.words.setText("\n".join([*names, where, *([now] if now else [])]))
        self.copy.setText("复制文件" if len(paths) == 1 else f"复制 {len(paths)} 个文件")
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.paths[0].parent)))

    def _copy(self) -> None:
        """Put the files themselves on the clipboard, to be pasted into a chat window."""
        QGuiApplication.clipboard().setMimeData(file_data(self.paths))
        self.copied.emit()
