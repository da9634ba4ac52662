"""What is offered below a typed field: found by any part of a word or by 拼音首字母."""

import re
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from models.ledger.suggestions import Offers

LEAST_WIDTH = 260  # 张伟（教务处，副主任） must be told from his namesake in a narrow field, too
# Several people stand in one field as 赵一、钱二: each is looked up by itself.
_LAST = re.compile(r"^(.*[、，,；;]\s*)?([^、，,；;]*)$", re.DOTALL)


class Suggester(QCompleter):
    """A completer that asks `source` at every key; nothing is read before the field has the focus.

    An input method shows what it composes by itself: only words it has committed are looked up.
    """

    def __init__(
        self, source: Callable[[], Offers], *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._several = source, several
        self._before = ""  # what stands before the part that is looked up
        self._found = QStringListModel(self)
        self.setModel(self._found)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def prepare(self) -> None:
        """Read what will be offered, while the person has not typed yet."""
        self._source().prepare()

    def splitPath(self, path: str) -> list[str]:
        """Look up what was typed; whatever is found is offered, so nothing is left to filter."""
        self._before, sought = self._parted(path)
        self._found.setStringList(self._source().matching(sought))
        self.popup().setMinimumWidth(LEAST_WIDTH)
        return [""]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What the field says once this is taken."""
        return self._before + str(index.data() or "")

    def offered(self, typed: str = "") -> list[str]:
        """What is offered where this was typed."""
        return self._source().matching(self._parted(typed)[1])

    def _parted(self, typed: str) -> tuple[str, str]:
        found = _LAST.match(typed) if self._several else None
        return (found[1] or "", found[2]) if found else ("", typed)
