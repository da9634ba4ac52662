"""Pages as they will be printed, with a bar: which page, how large, where some words stand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from ui.icons import Icons
from ui.look import mark
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow
from ui.widgets.pdf_view import PdfView
from ui.widgets.search_field import SearchField

SEARCH_WIDTH = 190


class PdfPreview(QWidget):
    """A PdfView and its bar; all of the bar has a key, too."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView()
        self.page = QSpinBox()
        self.page.setAccessibleName("页码")
        self.page.setKeyboardTracking(False)  # 12 is not page 1 first
        self.of = QLabel()
        self.percent = QLabel()
        self.search = SearchField("在预览里找字", icons)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.none = QLabel("没有找到")
        self.none.hide()
        for label in (self.of, self.percent, self.none):
            mark(label, role="hint")
            label.setMinimumHeight(self.search.sizeHint().height())  # its words in the middle
        self._build(icons)
        self.page.valueChanged.connect(self.view.go_to)
        self.search.searched.connect(self._search)
        self.view.moved.connect(self._on_moved)
        self.view.zoomed.connect(self._on_zoomed)
        self.view.searched.connect(lambda found: self.none.setVisible(not found))
        keys: dict[str, Callable[[], object]] = {
            "F3": self.find_next,
            "Ctrl+F": self.search.setFocus,
            "Ctrl++": partial(self.view.zoom, 1),
            "Ctrl+=": partial(self.view.zoom, 1),
            "Ctrl+-": partial(self.view.zoom, -1),
            "Ctrl+0": partial(self.view.zoom, 0),
        }
        for sequence, act in keys.items():
            key = QShortcut(QKeySequence(sequence), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)
        self._on_moved(0, 0)
        self._on_zoomed(1.0)

    def _build(self, icons: Icons) -> None:
        bar = Flow()
        view = self.view
        bar.addWidget(
            self._button(icons, "chevron-left", "上一页（Page Up）", partial(view.turn, -1))
        )
        bar.addWidget(
            self._button(icons, "chevron-right", "下一页（Page Down）", partial(view.turn, 1))
        )
        bar.addWidget(self.page)
        bar.addWidget(self.of)
        bar.addWidget(self._button(icons, "minus", "缩小（Ctrl -）", partial(view.zoom, -1)))
        bar.addWidget(self._button(icons, "plus", "放大（Ctrl +）", partial(view.zoom, 1)))
        bar.addWidget(self.percent)
        fit = Button("适合宽度", Kind.FLAT, on_click=lambda: self.view.zoom(0))
        fit.setToolTip("Ctrl+0")
        following = Button("下一处", Kind.FLAT, on_click=self.find_next)
        following.setToolTip("F3")
        for part in (fit, self.search, following, self.none):
            bar.addWidget(part)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.view, 1)

    def _button(self, icons: Icons, icon: str, name: str, act: Callable[[], object]) -> Button:
        button = Button("", Kind.FLAT, icons.icon(icon), act)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def look_for(self, words: str) -> None:
        """Write the words into the search and go to them."""
        self.search.setText(words)
        self._search(words)

    def find_next(self) -> None:
        """To the next place of the words that are searched."""
        self.view.look_for(self.search.text().strip(), again=True)

    def _search(self, words: str) -> None:
        self.none.hide()
        self.view.look_for(words)

    def _on_moved(self, page: int, count: int) -> None:
        self.page.blockSignals(True)
        self.page.setRange(min(1, count), count)
        self.page.setValue(page)
        self.page.blockSignals(False)
        self.of.setText(f"共 {count} 页")

    def _on_zoomed(self, part: float) -> None:
        self.percent.setText(f"{part:.0%}")
