"""An answer that is another record: chosen by its words, found by any part of them."""

from collections.abc import Mapping

from models.problems import Problem
from models.records.fields import Link
from ui.form.entries import entry_for
from ui.form.typed_entry import TypedEntry

ABSENT = "（已删除或还没有收到）"


class LinkEntry(TypedEntry):
    """The form offers the records; without a choice nothing is linked."""

    def __init__(self, kind: Link) -> None:
        super().__init__(kind)
        self._words: Mapping[str, str] = {}
        # what is linked stays so while its words do, offered or not, and whoever else has the words
        self._linked = ""
        self.setPlaceholderText("输入几个字或拼音首字母来选")

    def offer(self, words: Mapping[str, str]) -> None:
        """The records one may choose, by id; of equal words the first is meant."""
        self._words = words
        self.suggest(list(dict.fromkeys(words.values())))

    def value(self) -> str | None:
        text = self.text().strip()
        if not text:
            return None
        if self._linked and text == self._words.get(self._linked, ABSENT):
            return self._linked
        for record, words in self._words.items():
            if words == text:
                return record
        raise Problem(f"没有“{text}”。请从列表中选择一项，或者清空。")

    def set_value(self, value: str | None) -> None:
        self._linked = value or ""
        self.set_raw(self._words.get(value, ABSENT) if value else "")


@entry_for.register
def _(kind: Link) -> LinkEntry:
    return LinkEntry(kind)
