"""五项方案: the plan document of each area, by school year."""

from collections.abc import Sequence

from models.records.five_management import AREAS
from models.records.measure import AreaPlan, latest_plans, school_year_of, show_school_year
from models.records.record import show_answer
from ui.icons import Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column
from ui.widgets.plain_label import plain_label

ORDER = {area: at for at, area in enumerate(AREAS)}


class PlanPanel(RegisterPanel[AreaPlan]):
    """Above the list stands which of the five are there for this school year."""

    kind = AreaPlan
    columns = (
        Column("学年", 140),
        Column("领域", 84),
        Column("方案名称"),
        Column("文号", 128, spare=2),
        Column("批准日期", 96, spare=1),
    )
    named_by = "name"
    offered = ("file_note",)
    icon = "file-text"
    search_words = "按领域、名称、文号或拼音首字母查找"
    purpose = "作业、睡眠、手机、读物、体质各有一份方案，登记文号、批准日期和文件放在哪里。"

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__(session, icons)
        self.tally = plain_label("", "hint")
        self.head.addWidget(self.tally)

    def refresh(self) -> None:
        """Read the plans again, and which are missing."""
        super().refresh()
        year = school_year_of(self.session.today())
        ledger = self.session.ledger
        there = latest_plans(ledger.all(AreaPlan, unit=ledger.unit), year)
        missing = "、".join(name for area, name in AREAS.items() if area not in there)
        words = f"{show_school_year(year)}方案 {len(there)}/{len(AREAS)}"
        self.tally.setText(f"{words}，还没有登记：{missing}" if missing else f"{words}，齐全")

    def arranged(self, records: Sequence[AreaPlan]) -> Sequence[AreaPlan]:
        """The newest school year first, its areas in their order; unknown ones stand last."""
        by_area = sorted(records, key=lambda plan: ORDER.get(plan.area or "", len(ORDER)))
        return sorted(by_area, key=lambda plan: plan.school_year or "", reverse=True)

    def cells(self, record: AreaPlan) -> Sequence[Cell]:
        """What the paper prints, without where the file lies."""
        approved = record.approved_on
        return (
            Cell(show_answer(record, "school_year")),
            Cell(show_answer(record, "area")),
            Cell(record.name or "", tip=record.file_note or ""),
            Cell(record.document or ""),
            Cell(approved.isoformat() if approved else ""),
        )

    def blank(self) -> AreaPlan:
        """The first plan that is missing for this school year."""
        year = school_year_of(self.session.today())
        there = latest_plans(self._records.values(), year)
        missing = next((area for area in AREAS if area not in there), None)
        return AreaPlan(school_year=year, area=missing)
