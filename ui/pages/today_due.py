"""要办的事: what is overdue, due today, this week and soon: findings, routines, tasks, hours."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.ledger import findings
from models.ledger.ledger import Ledger
from models.ledger.quotas import short, short_words
from models.ledger.schedule import schedule
from models.ledger.tasks import due_tasks
from models.records.schedule import Due
from models.records.school_days import span
from models.records.task import Task
from models.records.workflow import SOON
from ui.colours import Tone
from ui.icons import Icons
from ui.table.finding_words import days_left, unit_names
from ui.table.row_table import ID_ROLE, Cell, Column, Row, RowView
from ui.widgets.empty_state import EmptyState

MOST_DUE = 60  # of each kind
COLUMNS = (Column("期限", 120), Column("编号/类别", 100, spare=1), Column("事项"))
GROUPS = {"overdue": "逾期", "today": "今天", "week": "本周", "soon": "7日内", "year": "年底前"}
# Where a routine is done; the page begins a new record of it.
PAGES = {"inspection": "inspection", "drill": "drills", "safety_lesson": "drills"}
NAMES = {"inspection": "检查", "drill": "演练", "safety_lesson": "教育"}


class Item(NamedTuple):
    """One thing to do: its group, its day, and its row.

    The row's id is a page and what to open there; after them the routine, so that no two are alike.
    """

    group: str
    day: date
    row: Row
    things: int = 1  # how many the row stands for


class DueList(QWidget):
    """The list with its headings; where nothing is due it says so."""

    asked = Signal(str, str)  # page, record

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RowView(COLUMNS, "要办的事")
        self.list.setSortingEnabled(False)  # the groups are the order
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(str(QModelIndex(index).data(ID_ROLE))))
        self.nothing = EmptyState(icons, "circle-check", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)

    def show_due(self, ledger: Ledger, today: date) -> None:
        """Read what is due and show it, the most urgent first."""
        items = [
            *_findings(ledger, today),
            *_routines(ledger, today),
            *_tasks(ledger, today),
            *_hours(ledger, today),
        ]
        rows = _grouped(items)
        self.list.show_rows(rows)
        if rows and not self.list.current():
            self.list.select(rows[1].id)  # else the first key would lead to a heading
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _open(self, place: str) -> None:
        if place:  # not of a heading
            page, record = place.split(" ")[:2]
            self.asked.emit(page, record)


def _grouped(items: Iterable[Item]) -> list[Row]:
    """Under a heading with its count; a group of none is left out."""
    ordered = sorted(items, key=lambda item: item.day)
    rows = []
    for group, word in GROUPS.items():
        mine = [item for item in ordered if item.group == group]
        if mine:
            heading = f"{word}（{sum(item.things for item in mine)}）"
            rows += [Row("", (Cell(heading), Cell(""), Cell(""))), *(item.row for item in mine)]
    return rows


def _group_of(day: date, today: date) -> str:
    if day <= today:
        return "today" if day == today else "overdue"
    return "week" if day in span("week", today) else "soon"


# ---- findings --------------------------------------------------------------------------------


def _findings(ledger: Ledger, today: date) -> list[Item]:
    """Those that are late or due soon."""
    names = unit_names(ledger)
    found = []
    for view, group in (("late", "overdue"), ("due", "soon")):
        numbers = findings.numbers(ledger, view, today)
        for row in findings.page(ledger, numbers[:MOST_DUE]):
            day = row.deadline or today
            found.append(Item(_group_of(day, today), day, _finding_row(row, today, names)))
        more = len(numbers) - MOST_DUE
        if more > 0:
            found.append(Item(group, date.max, _more_row(view, more), more))
    return found


def _more_row(view: str, more: int) -> Row:
    """What does not stand here stands in the list of findings."""
    words = f"还有 {more} 处，请在“隐患排查”里查看"
    return Row(f"findings view:{view}", (Cell("更多"), Cell(""), Cell(words)))


def _finding_row(row: findings.FindingRow, today: date, names: Mapping[str, str]) -> Row:
    """A finding with its days; the colour is never the only sign, the words say the same.

    In an office `names` say whose finding it is.
    """
    when, tone = days_left(row.deadline, row.state, today)
    unit = [names.get(row.unit, row.unit)] if names else []
    words = "　".join([*unit, row.place, row.description]).replace("\n", " ")
    return Row(f"findings {row.id}", (Cell(when, tone=tone), Cell(row.number), Cell(words)))


# ---- routines --------------------------------------------------------------------------------


def _routines(ledger: Ledger, today: date) -> list[Item]:
    """What the schedule asks for by the end of the next seven days."""
    return [
        Item(_group_of(one.day, today), one.day, _routine_row(one, today))
        for one in schedule(ledger, today)
        if one.state != "done" and (one.state == "overdue" or today <= one.day <= today + SOON)
    ]


def _routine_row(one: Due, today: date) -> Row:
    """A routine with its tally and the last time; its source stands in the tip."""
    routine = one.routine
    last = f"上次 {one.last.month}月{one.last.day}日" if one.last else "还没有记录"
    words = "　".join((routine.title, one.tally, last))
    place = f"{PAGES[routine.record]} new:{_about(one)} {routine.id}"
    return Row(
        place,
        (
            _when(one, today),
            Cell(NAMES[routine.record]),
            Cell(words, tip=f"{words}\n{routine.basis}"),
        ),
    )


def _about(one: Due) -> str:
    routine = one.routine
    is_round = routine.record == "inspection"
    return routine.about if is_round else f"{routine.record}:{routine.about}"


def _when(one: Due, today: date) -> Cell:
    return _by(one.day, today, one.state == "overdue")


def _by(day: date, today: date, late: bool) -> Cell:
    """已逾期 3 天, 今天, 11月27日前."""
    if late:
        return Cell(f"已逾期 {(today - day) // timedelta(days=1)} 天", tone=Tone.RED)
    if day == today:
        return Cell("今天", tone=Tone.ORANGE)
    return Cell(f"{day.month}月{day.day}日前", tone=Tone.ORANGE)


# ---- tasks -----------------------------------------------------------------------------------


def _tasks(ledger: Ledger, today: date) -> list[Item]:
    """The open tasks that are late or due soon; those without room stand in their register."""
    found = due_tasks(ledger, today + SOON)
    items = []
    for task in found[:MOST_DUE]:
        day = task.due or today
        items.append(Item(_group_of(day, today), day, _task_row(task, day, today)))
    more = len(found) - MOST_DUE
    if more > 0:
        words = f"还有 {more} 项，请在“整改与办实事”里查看"
        row = Row("tasks list", (Cell("更多"), Cell(""), Cell(words)))
        items.append(Item(_group_of(found[MOST_DUE].due or today, today), date.max, row, more))
    return items


def _task_row(task: Task, day: date, today: date) -> Row:
    words = "　".join(((task.name or "").replace("\n", " "), task.person or ""))
    when = _by(day, today, task.is_late(today))
    return Row(f"tasks {task.id}", (when, Cell("任务"), Cell(words, tip=words)))


# ---- hours of training -----------------------------------------------------------------------


def _hours(ledger: Ledger, today: date) -> list[Item]:
    """Who is short of hours before the year ends, in one line."""
    found = short(ledger, today)
    end = date(today.year, 12, 31)
    if not found:
        return []
    words = short_words(found, today)
    tip = "\n".join([words, *sorted({standing.quota.basis for standing in found})])
    when = Cell(f"{end.month}月{end.day}日前", tone=Tone.ORANGE)
    row = Row("training summary", (when, Cell("培训学时"), Cell(words, tip=tip)))
    group = _group_of(end, today)
    soon = end <= today + SOON
    return [Item(group if soon else "year", end, row)]
