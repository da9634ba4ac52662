"""An inspection that has ended, or is another's to go on with: its counts, its items, its words."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.ledger import inspections
from models.ledger.inspections import Round, tally
from models.records.finding import CATEGORIES, Finding
from models.records.inspection import RESULTS, Inspection, InspectionAnswer
from models.records.record import show_answer
from ui.colours import PALETTE, Tone
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.pages.inspection_parts import title_of
from ui.pages.inspection_row import TONES
from ui.session import Session
from ui.table.finding_words import unit_names
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.badge import Badge
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.plain_label import plain_label

COLUMNS = (
    Column("结果", 80),
    Column("类别", 120, spare=1),
    Column("检查内容"),
    Column("隐患与备注", 190),
)
SUMMARY_WIDTH = 270


class EndView(QWidget):
    """Shows each item with its result; a failed one opens its finding."""

    closed = Signal()
    resumed = Signal(object)
    finding_asked = Signal(str)
    print_asked = Signal(str)  # <report key>:<parameter>

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.inspection = Inspection()
        self._findings: dict[str, str] = {}
        self.notice = Notice(icons)
        self.title = plain_label("", "title", copied=False)
        self.facts = plain_label("", "hint")
        self.zero = Badge("零报告", Tone.GREEN)
        self.badges = {result: Badge("") for result in (*RESULTS, "left")}
        self.table = RowView(COLUMNS, "检查结果")
        self.table.opened.connect(self._open)
        self.table.doubleClicked.connect(lambda _index: self._open(self.table.current()))
        self.form: FormPanel[Inspection] = FormPanel(
            session, icons, Inspection, session.save, names=("summary",)
        )
        self.form.close_button.hide()
        self.form.saved.connect(lambda _saved: self.form.notice.say("小结已保存。", Tone.GREEN))
        self.words = plain_label("")
        self._side = QStackedWidget()
        back = icons.icon("chevron-left", PALETTE.ink_soft, SMALL)
        self.back_button = Button("返回列表", Kind.SECONDARY, back, self.closed.emit)
        again = icons.icon("pencil", PALETTE.ink_soft, SMALL)
        self.resume_button = Button("继续修改", Kind.SECONDARY, again, self._resume)
        printer = icons.icon("printer", PALETTE.ink_soft, SMALL)
        self.print_button = Button("打印登记表", Kind.SECONDARY, printer, self._ask_print)
        self._lay_out()

    def show_inspection(self, inspection: Inspection) -> None:
        """Show it as it stands, with the wording of the version it was made with."""
        ledger = self._session.ledger
        self.inspection = inspection
        ours = inspections.is_ours(ledger, inspection)
        name = unit_names(ledger).get(inspection.unit, "")
        self.title.setText("　".join(filter(None, (name, title_of(inspection)))))
        self.facts.setText(_facts_of(inspection))
        filled = inspections.answers(ledger, inspection)
        self._show_counts(Round(inspection, tally(inspections.item_ids(inspection), filled)))
        self.resume_button.setVisible(ours and inspection.ended is not None)
        self._side.setCurrentIndex(0 if ours and inspection.ended else 1)
        self.words.setText(inspection.summary or "（没有小结）")
        self.form.open(inspection, "", f"inspection:{inspection.id}:summary")
        self._show_items(filled)

    def _show_counts(self, shown: Round) -> None:
        progress = shown.progress
        for result, label in RESULTS.items():
            count = getattr(progress, result)
            tone = TONES[result] if count else Tone.GREY
            self.badges[result].show_state(f"{label} {count} 项", tone)
        self.badges["left"].show_state(f"未查 {progress.left} 项", Tone.ORANGE)
        self.badges["left"].setVisible(bool(progress.left))
        self.zero.setVisible(shown.is_zero_report)

    def _show_items(self, filled: dict[str, InspectionAnswer]) -> None:
        one = self.inspection
        template = self._session.safety_of(one.template or "", one.version or "")
        known = {item.id: item for item in template.items} if template else {}
        self.notice.hide()
        if template is None:
            self.notice.say(
                f"这次检查用的是“{one.version}”版检查表，本机没有这一版，只能显示检查项的编号。"
                "请把程序更新到最新版再看。",
                Tone.ORANGE,
            )
        self._findings = {}
        rows = []
        for name in inspections.item_ids(one):
            answer = filled.get(name)
            finding = inspections.finding_of(self._session.ledger, answer)
            if finding is not None:
                self._findings[name] = finding.id
            item = known.get(name)
            label = CATEGORIES.get(item.category, "").partition("（")[0] if item else ""
            rows.append(_row(name, label, item.wording if item else name, answer, finding))
        self.table.show_rows(rows)

    def _open(self, item: str) -> None:
        if item in self._findings:
            self.finding_asked.emit(self._findings[item])

    def _ask_print(self) -> None:
        self.print_asked.emit(f"inspection_sheet:{self.inspection.id}")

    def _resume(self) -> None:
        work = partial(inspections.resume, inspection=self.inspection)
        resumed: list[Inspection] = []
        if self.notice.attempt(
            lambda: resumed.append(self._session.write(lambda ledger: work(ledger), "inspection"))
        ):
            self.resumed.emit(resumed[0])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for badge in (self.zero, *self.badges.values()):
            head.addWidget(badge)
        head.addSpacing(8)
        head.addWidget(self.print_button)
        head.addWidget(self.resume_button)
        head.addWidget(self.back_button)
        items = Card()
        items.body.addWidget(self.table, 1)
        for part in (self.form, self.words):
            self._side.addWidget(part)
        summary = Card("检查小结")
        summary.setFixedWidth(SUMMARY_WIDTH)
        summary.body.addWidget(self._side, 1)
        parts = QHBoxLayout()
        parts.setSpacing(12)
        parts.addWidget(items, 1)
        parts.addWidget(summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.notice)
        column.addLayout(parts, 1)


def _facts_of(inspection: Inspection) -> str:
    ended = show_answer(inspection, "ended")
    known = (
        ("检查人员", inspection.inspectors),
        ("陪同人员", inspection.accompanied),
        ("范围", show_answer(inspection, "categories") or "全部类别"),
        ("结束", ended or "还没有结束"),
    )
    return "　".join(f"{word}：{words}" for word, words in known if words)


def _row(
    name: str, label: str, wording: str, answer: InspectionAnswer | None, finding: Finding | None
) -> Row:
    result = (answer.result if answer else None) or ""
    about = f"{finding.number}　{finding.place}" if finding else ""
    notes = "　".join(filter(None, (about, answer.note if answer else "")))
    shown = Cell(RESULTS.get(result, "未查"), None, TONES.get(result, Tone.ORANGE))
    return Row(name, (shown, Cell(label), Cell(wording), Cell(notes)))
