"""结业与档案: what everybody in a programme has done, their numbers, and the papers of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.ledger.certificates import number_all, usual_prefix
from models.ledger.development import growths, programme_choices, programme_now, trainees_of
from models.ledger.programme_hours import programme_totals
from models.records.growth import Growth
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.record import show_answer
from models.records.training import PersonTotal
from ui.colours import PALETTE, Tone
from ui.icons import SMALL, Icons
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView, number_cell
from ui.widgets.button import Button, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice

COLUMNS = (
    Column("姓名", 90),
    Column("职务"),
    Column("小组", 80, spare=2),
    Column("培养状态", 110, spare=1),
    Column("学时", 70, right=True),
    Column("微分享", 64, right=True),
    Column("心得", 56, right=True),
    Column("心得字数", 80, right=True),
    Column("跟岗天数", 80, right=True),
    Column("项目", 56, right=True),
    Column("证书编号", 110),
)
LONGEST_PREFIX = 20


class PapersTab(QWidget):
    """One programme at a time; the papers open in the page of reports."""

    open_asked = Signal(str, str)

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session, self._icons = session, icons
        self._numbered = False  # whether anybody of the roster has a number
        self.notice = Notice(icons)
        self.programmes = QComboBox()
        self.programmes.setAccessibleName("班次")
        self.prefix = QLineEdit()
        self.prefix.setMaxLength(LONGEST_PREFIX)
        self.prefix.setAccessibleName("编号开头")
        self.prefix.setFixedWidth(120)
        self.list = RowView(COLUMNS, "班次学员")
        self.nothing = EmptyState(
            icons,
            "graduation-cap",
            "这里还没有学员",
            "先登记培训班次和学员，再编证书号、打印。",
        )
        check = icons.icon("check", PALETTE.ink_soft, SMALL)
        self.number_button = Button("编证书号", Kind.SECONDARY, check, self.number)
        self.number_button.setToolTip("给没有编号、没有退出的学员依次编号；已有的编号不变")
        self.buttons = {
            "certificates": self._printer("打印结业证书"),
            "programme_report": self._printer("班次报告"),
            "hours_proof": self._printer("学时证明"),
            "training_file": self._printer("培训档案"),
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self._ask(key))
        self._build()
        self.programmes.activated.connect(lambda _at: self._show())
        self.list.current_changed.connect(lambda _id: self._allow())
        self.list.opened.connect(lambda _id: self._ask("training_file"))

    def _printer(self, words: str) -> Button:
        return Button(words, Kind.SECONDARY, self._icons.icon("printer", PALETTE.ink_soft, SMALL))

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.programmes, 1)
        label = QLabel("编号开头")
        label.setBuddy(self.prefix)
        for part in (label, self.prefix, self.number_button):
            bar.addWidget(part)
        papers = QWidget()
        flow = Flow(papers)
        for button in self.buttons.values():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.notice)
        column.addWidget(papers)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)

    def refresh(self) -> None:
        """Read the programmes and the roster of the chosen one again."""
        ledger = self._session.ledger
        chosen = self.programmes.currentData() or programme_now(ledger)
        self.programmes.clear()
        for record, words in programme_choices(ledger).items():
            self.programmes.addItem(words, record)
        self.programmes.setCurrentIndex(max(0, self.programmes.findData(chosen)))
        self._show()

    def number(self) -> None:
        """Give numbers to those who have none, in one transaction."""
        programme, prefix = self._chosen(), self.prefix.text().strip()
        given: list[Trainee] = []
        if programme and self.notice.attempt(
            lambda: self._session.write(
                lambda ledger: given.extend(number_all(ledger, programme, prefix)), Trainee.table
            )
        ):
            self._show()
            last = given[-1].certificate
            self.notice.say(
                f"已编号 {len(given)} 人：{given[0].certificate} 至 {last}。", Tone.GREEN
            )

    def _chosen(self) -> str:
        return str(self.programmes.currentData() or "")

    def _show(self) -> None:
        ledger = self._session.ledger
        programme = ledger.get(Programme, self._chosen())
        roster = trainees_of(ledger, programme.id) if programme else []
        if programme:
            totals = {one.person.id: one for one in programme_totals(ledger, programme)}
            done = growths(ledger, programme.id)
            self.list.show_rows(
                [
                    _row(trainee, person, totals.get(person.id), done.get(person.id, Growth()))
                    for trainee, person in roster
                ]
            )
            self.prefix.setText(self.prefix.text() or usual_prefix(programme))
        self.list.setVisible(bool(roster))
        self.nothing.setVisible(not roster)
        self._numbered = any(trainee.certificate for trainee, _person in roster)
        self._allow()

    def _allow(self) -> None:
        """A paper of one person asks for one; certificates ask for numbers."""
        for key in ("hours_proof", "training_file"):
            self.buttons[key].setEnabled(bool(self.list.current()) and not self.list.isHidden())
        self.buttons["certificates"].setEnabled(self._numbered)
        for button in (self.buttons["programme_report"], self.number_button):
            button.setEnabled(bool(self._chosen()))

    def _ask(self, key: str) -> None:
        parameter = self._chosen()
        if key in ("hours_proof", "training_file"):
            parameter = self.list.current()
        if key == "hours_proof":
            parameter += f"@{self._session.today().year}"
        self.open_asked.emit("reports", f"{key}:{parameter}")


def _row(trainee: Trainee, person: Person, total: PersonTotal | None, growth: Growth) -> Row:
    return Row(
        person.id,
        (
            Cell(person.name or ""),
            Cell(show_answer(person, "post")),
            Cell(trainee.team or ""),
            Cell(show_answer(trainee, "standing")),
            number_cell(total.total) if total else Cell("—"),
            number_cell(len(growth.talks)),
            number_cell(len(growth.reflections)),
            number_cell(growth.characters),
            number_cell(growth.days),
            number_cell(len(growth.projects)),
            Cell(trainee.certificate or ""),
        ),
    )
