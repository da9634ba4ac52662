"""责任清单: what each post does for safety, how often, and what shows it."""

from collections.abc import Sequence

from models.records.risk import Duty
from ui.pages.register_panel import RegisterPanel
from ui.table.row_table import Cell, Column


class DutyPanel(RegisterPanel[Duty]):
    """The duties in the order of their entry."""

    kind = Duty
    columns = (
        Column("岗位", 120),
        Column("责任人", 90, spare=1),
        Column("安全职责"),
        Column("履职频次", 100, spare=2),
    )
    named_by = "post"
    offered = ("post", "frequency", "evidence")
    icon = "users"
    search_words = "按岗位、责任人、职责或拼音首字母查找"
    purpose = "逐个岗位写明对安全做什么、多久做一次、留下什么记录。"

    def cells(self, record: Duty) -> Sequence[Cell]:
        """What the list of duties prints, without the records."""
        duties = record.duties or ""
        return (
            Cell(record.post or ""),
            Cell(record.person or ""),
            Cell(duties.replace("\n", " "), tip=duties),
            Cell(record.frequency or ""),
        )
