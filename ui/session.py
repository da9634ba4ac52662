"""The bridge from the ledger to the screen: writes go in, `changed` comes out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from models.ledger import drafts
from models.ledger.ledger import Ledger
from models.ledger.suggestions import Offers, offers, tables_of
from models.ledger.writing import RefusedLine
from models.problems import AppError
from models.records.catalogue import RECORD_TYPES
from models.records.record import Record, fields_of

if TYPE_CHECKING:
    from models.exchange.key_store import KeyStore
    from models.templates.five_management import ChecklistTemplate
    from models.templates.safety import SafetyTemplate

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Session(QObject):
    """What a page is handed: it reads the ledger, and every write of it passes here.

    A failed write raises AppError; the page shows its words and keeps what was typed.
    """

    changed = Signal(str)  # a record type's table name, or "exchange" and "setting"

    def __init__(self, ledger: Ledger, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.restore_wanted: Path | None = None  # the copy to open instead, once the window closes
        self.resources = resources
        self._store: KeyStore | None = None
        self._checklist: ChecklistTemplate | None = None
        self._safety: SafetyTemplate | None = None
        self._offers: dict[str, Offers] = {}
        self.changed.connect(self._forget_offers)

    def today(self) -> date:
        """The day by this PC's clock."""
        return self.ledger.clock().astimezone().date()

    def save(self, record: R, seen: R | None = None) -> R:
        """Save a record; `seen` is how the person opened it."""
        with _rights_in_words():
            saved = self.ledger.save(record, seen)
        self.changed.emit(record.table)
        return saved

    def write(self, work: Callable[[Ledger], T], *tables: str) -> T:
        """Do a piece of work that writes, and say which record types it touched."""
        with _rights_in_words(), self.ledger.transaction():
            done = work(self.ledger)
        for table in tables:
            self.changed.emit(table)
        return done

    @property
    def store(self) -> "KeyStore":
        """The keys of this PC; the libraries of ciphers are loaded with them, not at the start."""
        if self._store is None:
            from models.exchange.key_store import KeyStore

            self._store = KeyStore.of(self.ledger)
        return self._store

    def offers(self, kind: str) -> Offers:
        """What is offered in every field of this kind: person, place, unit or department."""
        return self._offers.setdefault(kind, offers(self.ledger, kind))

    def _forget_offers(self, table: str) -> None:
        for kind in [kind for kind in self._offers if table in tables_of(kind)]:
            del self._offers[kind]

    @property
    def checklist(self) -> "ChecklistTemplate":
        """The 五项管理 template, read when first asked for."""
        if self._checklist is None:
            from models.templates.five_management import load_template

            self._checklist = load_template(self.resources / "checklists" / "five_management.json")
        return self._checklist

    @property
    def safety(self) -> "SafetyTemplate":
        """The safety items, read when first asked for."""
        if self._safety is None:
            from models.templates.safety import load_safety

            self._safety = load_safety(self.resources / "checklists" / "safety_items.json")
        return self._safety

    def safety_of(self, name: str, version: str) -> "SafetyTemplate | None":
        """The list that an inspection was made with, in its version; None where it is not here."""
        if (self.safety.id, self.safety.version) == (name, version):
            return self.safety
        from models.templates.safety import find_safety

        return find_safety(self.resources / "checklists", name, version)

    # ---- what is typed and not yet saved -----------------------------------------------------

    def keep_draft(self, form: str, answers: dict[str, str]) -> None:
        """Keep what stands in a form, as typed."""
        drafts.keep(self.ledger, form, answers)

    def draft(self, form: str) -> dict[str, str]:
        """What was typed into a form and never saved; empty where there is nothing."""
        return drafts.draft(self.ledger, form)

    def drop_draft(self, form: str) -> None:
        """Forget a draft: it was saved, or given up."""
        drafts.drop(self.ledger, form)


@contextmanager
def _rights_in_words() -> Iterator[None]:
    """What only the other side may change is no bug of ours: say so, and what to do now."""
    try:
        yield
    except RefusedLine as refused:
        if set(refused.whys.values()) != {"rights"}:
            raise
        kind = RECORD_TYPES[refused.table]
        labels = [
            f"“{field.label}”" for name, field in fields_of(kind).items() if name in refused.whys
        ]
        what = f"{kind.title}的{'、'.join(labels)}" if labels else f"这条{kind.title}记录"
        raise AppError(
            f"{what}是对方单位（学校或主管部门）写的，只有对方能修改或删除，没有保存。"
            "需要改动时，请与对方联系。"
        ) from None
