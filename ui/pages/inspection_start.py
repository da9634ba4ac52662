"""How an inspection begins: of which kind, by whom, of what; the rest is known."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from models.ledger import inspections
from models.problems import Problem
from models.records.finding import CATEGORIES
from models.records.inspection import Inspection
from models.records.organisation import Organisation
from models.records.record import problems_of
from models.templates.safety import USUAL, SafetyItem
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.look import mark
from ui.session import Session

NAMES = ("kind", "started", "inspectors", "accompanied", "categories")
DRAFT = "inspection:new"
WHOLE, SCHOOL = "whole", "school"  # the names under which a draft keeps what is no field
NO_ITEMS = Problem("这样选没有要查的项目。请换检查类型或范围，或者勾选“查全部项目”。")
SECONDS_AN_ITEM = 7


class StartForm(FormPanel[Inspection]):
    """Few questions, most of them answered; an office also says which school."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(
            session, icons, Inspection, self._begin, names=NAMES, check=self._check, parent=parent
        )
        self.schools = QComboBox()
        self.schools.setAccessibleName("受检学校")
        self.schools.activated.connect(lambda _at: self._on_school())
        self.whole = QCheckBox("查全部项目，不分频次")
        self.whole.clicked.connect(lambda _checked: self._on_choice())
        self.amount = QLabel()
        mark(self.amount, role="hint")
        self.below.setSpacing(8)
        self.below.addWidget(self.whole)
        self.below.addWidget(self.amount)
        self._school_row = self._above(self.schools)
        self.save_button.setText("开始检查(&S)")
        for name in ("kind", "categories"):
            self.form.entry(name).changed.connect(self._show_amount)
        self._units: dict[str, Organisation] = {}

    def _above(self, schools: QComboBox) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(2, 0, 10, 0)
        column.setSpacing(4)
        label = QLabel("受检学校")
        label.setBuddy(schools)
        column.addWidget(label)
        column.addWidget(schools)
        self.head.addWidget(row)
        return row

    def start(self, kind: str = "", category: str = "") -> None:
        """Open the form; what was typed and not begun is there again, the kind as asked for."""
        ledger = self._session.ledger
        draft = self._session.draft(DRAFT)
        self._show_schools(draft.get(SCHOOL, ""))
        self.whole.setChecked(bool(draft.get(WHOLE)))
        self.open(inspections.blank(ledger, self.unit), "开始检查", DRAFT)
        self._show_categories()
        if kind:
            self.form.entry("kind").set_value(kind)
            self.form.entry("categories").set_value(frozenset({category} - {""}))
        self._show_amount()
        self.form.entry("kind").setFocus()

    # ---- what is inspected -------------------------------------------------------------------

    @property
    def unit(self) -> str:
        """The code of the school that is inspected."""
        return str(self.schools.currentData() or "")

    @property
    def school(self) -> Organisation:
        """The school that is inspected, as it describes itself."""
        return self._units.get(self.unit, Organisation())

    def has_school(self) -> bool:
        """Whether there is a school to inspect: an office may have none yet."""
        return bool(self._units)

    def items(self, typed: Inspection) -> list[SafetyItem]:
        """What will be looked at."""
        return self._session.safety.for_round(
            self.school.scopes, typed.kind or "", typed.categories or (), self.whole.isChecked()
        )

    def _show_schools(self, chosen: str) -> None:
        ledger = self._session.ledger
        mine = ledger.organisation
        known = ledger.all(Organisation, kind="school") if ledger.is_office else [mine]
        self._units = {school.unit: school for school in known if school is not None}
        chosen = chosen or self.unit
        self.schools.clear()
        for unit, school in sorted(self._units.items(), key=lambda pair: pair[1].name or ""):
            self.schools.addItem(school.name or unit, unit)
        self.schools.setCurrentIndex(max(self.schools.findData(chosen), 0))
        self._school_row.setVisible(ledger.is_office)

    def _show_categories(self) -> None:
        """Only what this school has can be chosen."""
        mine = {item.category for item in self._session.safety.for_scopes(self.school.scopes)}
        for category in CATEGORIES:
            self.form.entry("categories").box(category).setVisible(category in mine)

    def _on_school(self) -> None:
        self._opened = replace(self._opened, unit=self.unit)
        self.form.show_record(replace(self._read(), unit=self.unit))
        self._show_categories()
        self._on_choice()

    def _on_choice(self) -> None:
        self._show_amount()
        self._on_edited()

    def _read(self) -> Inspection:
        """What is chosen so far, for the amount; what cannot be read is left as it was."""
        kind, categories = (self.form.entry(name).value() for name in ("kind", "categories"))
        return replace(self._opened, kind=kind, categories=categories)

    def _show_amount(self) -> None:
        typed = self._read()
        count = len(self.items(typed))
        minutes = max(1, round(count * SECONDS_AN_ITEM / 60))
        self.whole.setVisible(typed.kind in USUAL)
        words = f"共 {count} 项，约 {minutes} 分钟。检查范围不选就是全部类别。"
        self.amount.setText(words if count else str(NO_ITEMS))

    # ---- saving ------------------------------------------------------------------------------

    def answers(self) -> dict[str, str]:
        """What a draft keeps, with what is no field of the record."""
        chosen = {WHOLE: "1" if self.whole.isChecked() else "", SCHOOL: self.unit}
        return {**super().answers(), **chosen}

    def _whole(self, typed: Inspection) -> Inspection:
        """The inspection with the list it will be made by."""
        template = self._session.safety
        listed = ",".join(item.id for item in self.items(typed))
        return replace(
            typed, unit=self.unit, template=template.id, version=template.version, items=listed
        )

    def _check(self, typed: Inspection) -> Mapping[str, Problem]:
        problems = problems_of(self._whole(typed))
        if "items" in problems:
            return {"kind": NO_ITEMS}
        return problems or inspections.begin_problems(self._session.ledger, typed)

    def _begin(self, typed: Inspection, _opened: Inspection) -> Inspection:
        items, template = self.items(typed), self._session.safety
        whole = replace(typed, unit=self.unit)
        return self._session.write(
            lambda ledger: inspections.begin(ledger, whole, template, items), "inspection"
        )
