"""What narrows a list, as words that can be taken away one by one."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import mark
from ui.widgets.button import Button
from ui.widgets.flow import Flow


class TagBar(QWidget):
    """Tags by key; pressing one asks for its removal. Without tags it takes no room."""

    removed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags: dict[str, Button] = {}
        self._flow = Flow(self, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.hide()

    def show_tags(self, words: Mapping[str, str]) -> None:
        """Show exactly these; what stays keeps its button, and with it the focus."""
        for key in [key for key in self.tags if key not in words]:
            gone = self.tags.pop(key)
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, text in words.items():
            if key not in self.tags:
                self.tags[key] = self._make(key)
            short = text.replace("&", "&&")
            self.tags[key].setText(f"{short}　✕")
            self.tags[key].setAccessibleName(f"去掉条件：{text}")
        self.setVisible(bool(words))

    def _make(self, key: str) -> Button:
        tag = Button("", on_click=partial(self.removed.emit, key), parent=self)
        mark(tag, kind="chip", state="tag")
        tag.setToolTip("点一下去掉这个条件")
        self._flow.addWidget(tag)
        tag.show()
        return tag
