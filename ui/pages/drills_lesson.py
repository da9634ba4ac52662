"""安全教育: lessons, talks and letters, the newest first."""

from collections.abc import Sequence
from datetime import date

from models.ledger.drills import blank_lesson
from models.records.drill import SafetyLesson
from models.records.record import show_answer
from ui.icons import Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column, number_cell


class LessonPanel(RegisterPanel[SafetyLesson]):
    """What was taught to whom."""

    kind = SafetyLesson
    columns = (
        Column("日期", 96),
        Column("主题"),
        Column("形式", 96),
        Column("内容", 120, spare=1),
        Column("对象", 90, spare=2),
        Column("人数", 60, right=True, spare=3),
    )
    named_by = "topic"
    offered = ("topic", "audience")
    icon = "book-open"
    search_words = "按主题、形式、内容、对象、主讲或拼音首字母查找"
    purpose = "安全课、主题班会、讲座、致家长信都记在这里；专题教育请选好“内容”，才会计入次数。"

    def __init__(self, session: Session, icons: Icons) -> None:
        self._wanted: str | None = None
        super().__init__(session, icons)

    def arranged(self, records: Sequence[SafetyLesson]) -> Sequence[SafetyLesson]:
        """The newest first."""
        return sorted(records, key=lambda lesson: lesson.held_on or date.min, reverse=True)

    def cells(self, record: SafetyLesson) -> Sequence[Cell]:
        """What one looks a lesson up by."""
        held = record.held_on
        return (
            Cell(held.isoformat() if held else ""),
            Cell(record.topic or ""),
            *(Cell(show_answer(record, name)) for name in ("form", "category", "audience")),
            number_cell(record.participants or 0),
        )

    def blank(self) -> SafetyLesson:
        """Today, about what was asked for."""
        return blank_lesson(self.session.ledger, self._wanted)

    def add(self, category: str | None = None) -> None:
        """Start a new lesson, about this where it is due."""
        self._wanted = category
        super().add()
