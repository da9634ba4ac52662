"""Filter chips: short words that are on or off."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import mark
from ui.widgets.button import Button
from ui.widgets.flow import Flow


class ChipBar(QWidget):
    """Chips by key, of which at most one is on."""

    changed = Signal(list)

    def __init__(
        self,
        chips: Sequence[tuple[str, str]],
        name: str = "筛选",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chips: dict[str, Button] = {}
        self._flow = Flow(self, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        for key, text in chips:
            self._add(key, text)

    def chosen(self) -> list[str]:
        """Tell the keys that are on, in their order."""
        return [key for key, chip in self._chips.items() if chip.isChecked()]

    def choose(self, keys: Sequence[str]) -> None:
        """Turn exactly `keys` on, without saying `changed`."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)

    def set_text(self, key: str, text: str) -> None:
        """Change the words of a chip, as when its count changed."""
        self._chips[key].setText(text)

    def chip(self, key: str) -> Button:
        """Give the button of a chip, to hang a menu on it."""
        return self._chips[key]

    def _add(self, key: str, text: str) -> None:
        chip = Button(text, parent=self)
        mark(chip, kind="chip")
        chip.setCheckable(True)
        chip.clicked.connect(lambda _, key=key: self._clicked(key))
        self._chips[key] = chip
        self._flow.addWidget(chip)

    def _clicked(self, key: str) -> None:
        self.choose([key] if self._chips[key].isChecked() else [])
        self.changed.emit(self.chosen())
