"""十项举措, and what is done for each: two registers that belong together."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from models.records.measure import NUMBERS, Measure, MeasureAction
from models.records.record import show_answer
from models.templates.measures import load_measures
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column

TO_NAME = "（名称待填）"
LISTED = (
    "已列出十项。作业、睡眠、手机、读物、心理健康五项按公开报道列出，序号是程序排的；"
    "其余请按收到的文件填写。"
)
ALL_THERE = "十项举措都已列出，请在左边选一项修改。"


class MeasurePanel(RegisterPanel[Measure]):
    """Ten lines, listed at once; the school writes them as its document says."""

    kind = Measure
    columns = (
        Column("序号", 72),
        Column("举措名称", 120),
        Column("举措内容"),
        Column("完成/安排", 84, right=True),
    )
    named_by = "number"
    icon = "list-checks"
    search_words = "按名称、内容或拼音首字母查找"
    purpose = "先列出十项：已知的五项写好名称，其余按收到的文件填写；再到“举措落实”里安排行动。"

    def __init__(self, session: Session, icons: Icons) -> None:
        self._done: Counter[str] = Counter()
        self._planned: Counter[str] = Counter()
        super().__init__(session, icons)
        self.nothing.button.setText("列出十项")

    def refresh(self) -> None:
        """Read the measures again, and how far each is."""
        ledger = self.session.ledger
        actions = ledger.all(MeasureAction, unit=ledger.unit)
        self._planned = Counter(action.number or "" for action in actions)
        self._done = Counter(action.number or "" for action in actions if action.done_on)
        super().refresh()

    def arranged(self, records: Sequence[Measure]) -> Sequence[Measure]:
        """By number."""
        return sorted(records, key=lambda measure: _at(measure.number))

    def cells(self, record: Measure) -> Sequence[Cell]:
        """A measure, and how many of its actions are done."""
        number, text = record.number or "", record.text or ""
        planned = self._planned[number]
        done = f"{self._done[number]}/{planned}" if planned else "—"
        return (
            Cell(show_answer(record, "number"), _at(number)),
            Cell(record.name or TO_NAME),
            Cell(text.replace("\n", " "), tip=text),
            Cell(done, planned),
        )

    def show_more(self, record: Measure) -> None:
        """None of the ten is taken away: the document has them all."""
        self.remove_button.hide()

    def add(self) -> None:
        """List all ten that are not there; there is no eleventh."""
        ledger = self.session.ledger
        there = {measure.number for measure in ledger.all(Measure, unit=ledger.unit)}
        file = self.session.resources / "checklists" / "ten_measures.json"
        missing = [measure for measure in load_measures(file) if measure.number not in there]
        if not missing:
            self.notice.say(ALL_THERE, Tone.BLUE)
        elif self._write(lambda ledger: ledger.save_all(missing)):
            self.search.clear()
            self.refresh()
            self.notice.say(LISTED, Tone.GREEN)


def _at(number: str | None) -> int:
    """The place of a measure; a number that is not known stands last."""
    return next((at for at, one in enumerate(NUMBERS) if one == number), len(NUMBERS))


class ActionPanel(RegisterPanel[MeasureAction]):
    """What is done by whom by when; what is late stands in red."""

    kind = MeasureAction
    columns = (
        Column("举措", 72),
        Column("做什么"),
        Column("责任人", 96, spare=1),
        Column("计划完成", 96),
        Column("进展", 104),
    )
    named_by = "what"
    icon = "circle-check"
    search_words = "按内容、责任人或拼音首字母查找"
    purpose = "每项举措怎么落实：做什么、谁负责、什么时候完成；完成后填上日期。"

    def arranged(self, records: Sequence[MeasureAction]) -> Sequence[MeasureAction]:
        """What is not done first, the most urgent above."""
        return sorted(
            records, key=lambda action: (action.done_on is not None, action.due or date.max)
        )

    def cells(self, record: MeasureAction) -> Sequence[Cell]:
        """An action, and how it stands."""
        due, done = record.due, record.done_on
        late = record.is_late(self.session.today())
        state = f"{done.isoformat()} 完成" if done else "逾期未完成" if late else "未完成"
        tone = Tone.RED if late else Tone.GREEN if done else None
        return (
            Cell(show_answer(record, "number"), _at(record.number)),
            Cell((record.what or "").replace("\n", " "), tip=record.what or ""),
            Cell(record.person or ""),
            Cell(due.isoformat() if due else ""),
            Cell(f"完成 {done:%m-%d}" if done else state, tone=tone, tip=state),
        )

    def blank(self) -> MeasureAction:
        """For the measure of the action that was entered last."""
        newest = self.session.ledger.all(MeasureAction, unit=self.session.ledger.unit)
        return MeasureAction(number=newest[-1].number if newest else next(iter(NUMBERS)))
