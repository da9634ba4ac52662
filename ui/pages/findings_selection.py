"""What may be done with the findings that are selected together, and its forms."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QStackedWidget, QWidget

from models.ledger.ledger import Ledger
from models.problems import AppError
from models.records.finding import STEPS, Finding
from ui.icons import Icons
from ui.look import mark
from ui.pages.findings_assign import AssignForm
from ui.pages.findings_many import FindingsMany
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.flow import Flow

MOST_AT_ONCE = 500
TOO_MANY = f"一次最多办理 {MOST_AT_ONCE} 条。请先用筛选或搜索缩小范围，再分几次办理。"
ONLY_SEEN = "选中的隐患里有学校自己登记的，只能查看。请只选本单位检查发现的隐患。"
SEVERAL = (
    "选中的隐患不在同一份整改通知书里，一次只能打印一份。"
    "请先用“下达整改通知”把它们放进同一份，或者一条一条地打印。"
)
ASSIGN, PRINT = "assign", "print"
USUAL_STEPS = ("notice_issued", "recheck_passed", "recheck_failed", "closed")
ACTIONS = {
    **{kind: STEPS[kind] for kind in USUAL_STEPS},
    ASSIGN: "指定责任人",
    PRINT: "打印整改通知书",
}


class SelectionBar(QWidget):
    """Stands below the list while more than one finding is selected; a digit presses a button."""

    asked = Signal(str)  # a kind of step, ASSIGN or PRINT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = QLabel()
        mark(self.count, role="heading")
        self.count.setFixedHeight(34)
        self.buttons: dict[str, Button] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = Flow(self, gap=6)
        flow.addWidget(self.count)
        for number, (action, words) in enumerate(ACTIONS.items(), start=1):
            button = Button(words, on_click=partial(self.asked.emit, action))
            button.setObjectName(f"many_{action}")
            button.setToolTip(f"在列表中按 {number}")
            self.buttons[action] = button
            flow.addWidget(button)
        self.others = Button("其他步骤", Kind.SECONDARY)
        menu = QMenu(self)
        for kind, words in STEPS.items():
            if kind not in ACTIONS:
                menu.addAction(words, partial(self.asked.emit, kind))
        self.others.setMenu(menu)
        flow.addWidget(self.others)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are selected; one alone is worked on beside the list."""
        self.count.setText(f"已选 {count} 条")
        self.setVisible(count > 1)

    def press(self, number: int) -> None:
        """Press the button of this number, counted from 1."""
        if number <= len(ACTIONS):
            self.asked.emit([*ACTIONS][number - 1])


class SelectionForms(QStackedWidget):
    """The form of what is done to many; `done` says it in a sentence."""

    done = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        mark(self, role="scrolled")
        self.many = FindingsMany(session, icons)
        self.assign = AssignForm(session, icons)
        self.many.taken.connect(
            lambda kind, count: self.done.emit(f"{count} 条隐患已办理：{STEPS[kind]}。")
        )
        self.assign.saved.connect(
            lambda _typed: self.done.emit(f"{self.assign.assigned} 条隐患已指定责任人。")
        )
        for form in (self.many, self.assign):
            form.closed.connect(self.closed)
            self.addWidget(form)

    def start(self, action: str, ids: Sequence[str]) -> None:
        """Ask what this action needs to know."""
        if action == ASSIGN:
            found = [self._session.ledger.get(Finding, record) for record in ids]
            self.setCurrentWidget(self.assign)
            self.assign.start([finding for finding in found if finding is not None])
        else:
            self.setCurrentWidget(self.many)
            self.many.open(ids, action)

    def close_form(self) -> None:
        """Leave; what was typed stays as a draft."""
        (self.many if self.currentWidget() is self.many else self.assign).close_form()


def one_notice(ledger: Ledger, ids: Sequence[str]) -> str:
    """What to print for these findings; AppError where it would not hold all of them."""
    from models.printing.papers import number_of  # what draws paper is loaded only where used

    found = {number_of(ledger, record) for record in ids}
    if len(ids) > 1 and (len(found) > 1 or "" in found):
        raise AppError(SEVERAL)
    return f"rectification_notice:{ids[0]}"
