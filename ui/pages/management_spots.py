"""抽测: homework and sleep by class, in counts; the figures are computed here."""

from collections.abc import Sequence
from datetime import date

from models.ledger.spot_checks import of_month
from models.records.periods import period_of
from models.records.record import show_answer
from models.records.spot_check import SPOT_KINDS, SpotCheck, totals_of, totals_words
from ui.icons import Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column
from ui.widgets.plain_label import plain_label


class SpotPanel(RegisterPanel[SpotCheck]):
    """The checks, the newest first; above them what this month's come to."""

    kind = SpotCheck
    columns = (
        Column("日期", 96, spare=1),
        Column("抽测内容", 108),
        Column("班级"),
        Column("抽测", 56, right=True, spare=3),
        Column("不达标", 66, right=True, spare=2, tip="超时人数，或睡眠不足人数"),
        Column("比率", 72, right=True, tip="超时率，或睡眠不足率"),
    )
    named_by = "class_name"
    offered = ("class_name",)
    icon = "clock"
    search_words = "按年级、班级、内容或拼音首字母查找"
    purpose = "每个班填抽测人数和不达标人数，超时率、睡眠不足率自动算；只填人数，不写姓名。"

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__(session, icons)
        self.tally = plain_label("", "hint")
        self.head.addWidget(self.tally)

    def refresh(self) -> None:
        """Read the checks again, and add up this month's."""
        super().refresh()
        month = period_of(self.session.today())
        found = {kind: of_month(self.session.ledger, kind, month) for kind in SPOT_KINDS}
        texts = [
            f"{SPOT_KINDS[kind]}：{totals_words(kind, totals_of(checks))}"
            for kind, checks in found.items()
            if checks
        ]
        self.tally.setText("本月　" + "\n本月　".join(texts) if texts else "")
        self.tally.setVisible(bool(texts))

    @property
    def newest_kind(self) -> str:
        """The kind in hand, or of the check that stands first."""
        first = self.opened or next(iter(self._records.values()), SpotCheck())
        return first.kind or next(iter(SPOT_KINDS))

    @property
    def newest_month(self) -> str:
        """The month of the check in hand, or of the one that stands first; else this month."""
        first = self.opened or next(iter(self._records.values()), SpotCheck())
        return period_of(first.held_on or self.session.today())

    def arranged(self, records: Sequence[SpotCheck]) -> Sequence[SpotCheck]:
        """The newest day first."""
        return sorted(records, key=lambda check: check.held_on or date.min, reverse=True)

    def cells(self, record: SpotCheck) -> Sequence[Cell]:
        """A class and its rate."""
        held = record.held_on
        return (
            Cell(held.isoformat() if held else ""),
            Cell(show_answer(record, "kind")),
            Cell(record.group),
            *(Cell(str(count), count) for count in (record.asked or 0, record.beyond or 0)),
            Cell(record.rate.percent(), (record.beyond or 0) / max(record.asked or 0, 1)),
        )

    def blank(self) -> SpotCheck:
        """The next class on the same day, about the same matter as the last that was entered."""
        ledger, today = self.session.ledger, self.session.today()
        entered = ledger.all(SpotCheck, unit=ledger.unit)
        last = entered[-1] if entered else SpotCheck(kind=next(iter(SPOT_KINDS)))
        return SpotCheck(kind=last.kind, held_on=last.held_on or today, grade=last.grade)
