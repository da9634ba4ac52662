"""结业与档案: what everybody in a programme has done, their numbers, and the papers of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.ledger.certificates import given_twice, number_all, usual_prefix
from models.ledger.development import growths
from models.ledger.programmes import totals_of
from models.ledger.training import marks_of, sessions, trainees
from models.ledger.training import roster as roster_of
from models.records.growth import Growth
from models.records.programme import Programme, Trainee
from models.records.reading import tidy
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
from ui.widgets.plain_label import plain_label

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
HINT = "证书和班次报告按班次打印：请先在上面选择班次。"


class PapersTab(QWidget):
    """A programme, or everybody without one; the papers open in the page of reports."""

    open_asked = Signal(str, str)

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session, self._icons = session, icons
        self._numbered = False  # whether anybody of the roster has a number
        self._usual = ""  # the prefix that was offered last
        self.notice = Notice(icons)
        self.programme: Programme | None = None
        self.hint = plain_label(HINT, "hint")
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
        self.list.current_changed.connect(lambda _id: self._allow())
        self.list.opened.connect(lambda _id: self._ask("training_file"))

    def _printer(self, words: str) -> Button:
        return Button(words, Kind.SECONDARY, self._icons.icon("printer", PALETTE.ink_soft, SMALL))

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.hint, 1)
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
        """Read the roster of the programme, or all trainees, again."""
        ledger, programme = self._session.ledger, self.programme
        if programme:
            roster = trainees(ledger, programme.id)
            totals = totals_of(ledger, programme.id)
        else:
            marked = marks_of(ledger, sessions(ledger))
            totals = [PersonTotal(one, marked.get(one.id, ())) for one in roster_of(ledger)]
            roster = [(Trainee(), total.person) for total in totals]
        done = growths(ledger, programme.id if programme else "")
        rows = [
            _row(trainee, total, done.get(person.id, Growth()))
            for (trainee, person), total in zip(roster, totals, strict=True)
        ]
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._numbered = any(trainee.certificate for trainee, _person in roster)
        if programme and self.prefix.text() in ("", self._usual):
            self._usual = usual_prefix(programme)
            self.prefix.setText(self._usual)
        self._allow()
        if programme and (twice := given_twice(ledger, programme.id)):
            self.notice.say(twice, Tone.ORANGE)

    def number(self) -> None:
        """Give numbers to those who have none, in one transaction."""
        programme, prefix = self._chosen(), tidy(self.prefix.text())
        given: list[Trainee] = []
        if programme and self.notice.attempt(
            lambda: self._session.write(
                lambda ledger: given.extend(number_all(ledger, programme, prefix)), Trainee.table
            )
        ):
            self.refresh()
            last = given[-1].certificate
            self.notice.say(
                f"已编号 {len(given)} 人：{given[0].certificate} 至 {last}。", Tone.GREEN
            )

    def _chosen(self) -> str:
        return self.programme.id if self.programme else ""

    def _allow(self) -> None:
        """A paper of one person asks for one; certificates ask for numbers."""
        for key in ("hours_proof", "training_file"):
            self.buttons[key].setEnabled(bool(self.list.current()) and not self.list.isHidden())
        chosen = self.programme is not None
        self.buttons["certificates"].setEnabled(chosen and self._numbered)
        for part in (self.buttons["programme_report"], self.number_button, self.prefix):
            part.setEnabled(chosen)
        self.hint.setText("" if chosen else HINT)

    def _ask(self, key: str) -> None:
        parameter = self._chosen()
        if key in ("hours_proof", "training_file"):
            parameter = self.list.current()
        if key == "hours_proof":
            parameter += f"@{self._session.today().year}"
        self.open_asked.emit("reports", f"{key}:{parameter}")


def _row(trainee: Trainee, total: PersonTotal, growth: Growth) -> Row:
    person = total.person
    return Row(
        person.id,
        (
            Cell(person.name or ""),
            Cell(show_answer(person, "post")),
            Cell(trainee.team or ""),
            Cell(show_answer(trainee, "standing")),
            number_cell(total.total),
            number_cell(len(growth.talks)),
            number_cell(len(growth.reflections)),
            number_cell(growth.characters),
            number_cell(growth.days),
            number_cell(len(growth.projects)),
            Cell(trainee.certificate or ""),
        ),
    )
