"""项目攻坚: hard tasks, with who works in them and the steps by their days."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.ledger.development import milestones_of
from models.ledger.ledger import Ledger
from models.ledger.same_person import called_people
from models.problems import AppError
from models.records.development import Milestone, Project, ProjectMember
from models.records.record import show_answer
from ui.colours import PALETTE, Tone
from ui.form.record_form import RecordForm
from ui.icons import SMALL, Icons
from ui.pages.training_development import DevelopmentPanel, day_cell
from ui.session import Session
from ui.table.row_table import Cell, Column, Row, RowView
from ui.widgets.button import Button, Kind
from ui.widgets.plain_label import plain_label

P = TypeVar("P", ProjectMember, Milestone)
TONES = {"running": Tone.BLUE, "done": Tone.GREEN, "stopped": Tone.GREY}
BEFORE_SAVING = "保存以后，可以在这里添加成员和节点。"
LIST_HEIGHT = 118


class ProjectParts(QWidget, Generic[P]):
    """The records that belong to a project: a short list, and below it one of them to fill in."""

    kind: type[P]
    columns: ClassVar[Sequence[Column]]
    names: ClassVar[Sequence[str]]

    failed = Signal(str)

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self.session = session
        self._project = ""
        self._records: dict[str, P] = {}
        title = self.kind.title
        self.list = RowView(self.columns, title)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.form: RecordForm[P] = RecordForm(self.kind, self.names)
        self.form.offer_from(session.ledger, session.offers)
        check = icons.icon("check", PALETTE.ink_soft, SMALL)
        trash = icons.icon("trash-2", PALETTE.red_ink, SMALL)
        self.save_button = Button(f"添加{title}", Kind.SECONDARY, check, self.save)
        self.remove_button = Button("删除", Kind.DANGER, trash, self.remove)
        self._line = QHBoxLayout()
        self._line.addStretch()
        self._line.addWidget(self.remove_button)
        self._line.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(plain_label(title, "heading"))
        column.addWidget(self.list)
        column.addWidget(self.form)
        column.addLayout(self._line)
        self.list.current_changed.connect(self._show_one)

    def records_of(self, project: str) -> Sequence[P]:
        """What belongs to a project."""
        raise NotImplementedError

    def cells(self, record: P) -> Sequence[Cell]:
        """One cell for each column."""
        raise NotImplementedError

    def show_project(self, project: str) -> None:
        """Show what belongs to this project; one that is not saved yet has nothing."""
        if project != self._project:
            self.list.deselect()
        self._project = project
        self._records = {one.id: one for one in self.records_of(project)} if project else {}
        self.list.show_rows([Row(one.id, self.cells(one)) for one in self._records.values()])
        self._show_one(self.list.current())

    def save(self) -> None:
        """Save the one in hand, or a new one."""
        typed = self.form.record()
        seen = self._records.get(self.list.current())
        if typed is not None and self._write(lambda ledger: self._keep(ledger, typed, seen)):
            self.list.deselect()
            self.show_project(self._project)

    def remove(self) -> None:
        """Take the one in hand out."""
        record = self._records.get(self.list.current())
        if record is not None and self._write(lambda ledger: ledger.remove(record)):
            self.list.deselect()
            self.show_project(self._project)

    def _keep(self, ledger: Ledger, typed: P, seen: P | None) -> None:
        """One that was taken out before comes back; its key is the same."""
        ledger.restore(ledger.save(typed, seen))

    def _write(self, work: Callable[[Ledger], None]) -> bool:
        try:
            self.session.write(work, self.kind.table)
        except AppError as error:
            self.failed.emit(str(error))
            return False
        return True

    def _show_one(self, record: str) -> None:
        one = self._records.get(record)
        given: dict[str, Any] = {"project": self._project}
        self.form.show_record(one or self.kind(**given))
        self.save_button.setText("保存" if one else f"添加{self.kind.title}")
        self.remove_button.setVisible(one is not None)


class MemberParts(ProjectParts[ProjectMember]):
    """Who works in it, and at what."""

    kind = ProjectMember
    columns = (Column("成员", 110), Column("分工"))
    names = ("person", "task")

    def records_of(self, project: str) -> Sequence[ProjectMember]:
        """In the order of entry."""
        self._people: Mapping[str, str] = called_people(self.session.ledger)
        self.form.entry("person").offer(self._people)
        return self.session.ledger.all(ProjectMember, project=project)

    def cells(self, record: ProjectMember) -> Sequence[Cell]:
        """The name."""
        name = self._people.get(record.person or "", "")
        return Cell(name, tip=name), Cell(record.task or "")


class MilestoneParts(ProjectParts[Milestone]):
    """The steps by the day on which they are due."""

    kind = Milestone
    columns = (Column("节点"), Column("计划", 96), Column("完成", 96))
    names = ("name", "due", "done_on")

    def records_of(self, project: str) -> Sequence[Milestone]:
        """The first due first."""
        return milestones_of(self.session.ledger, project)

    def cells(self, record: Milestone) -> Sequence[Cell]:
        """What is overdue is red."""
        late = bool(record.due and not record.done_on and record.due < self.session.today())
        due = day_cell(record.due)
        tip = "已过计划日期，还没有完成" if late else ""
        shown = due._replace(tone=Tone.RED if late else None, tip=tip)
        return Cell(record.name or ""), shown, day_cell(record.done_on)


class ProjectPanel(DevelopmentPanel[Project]):
    """The newest first; members and steps follow once a project is saved."""

    kind = Project
    columns = (
        Column("开始", 100),
        Column("项目"),
        Column("牵头人", 90),
        Column("计划完成", 100, spare=1),
        Column("进展", 90),
    )
    owner, named_by, dated = "leader", "name", "begins"
    searched = ("name", "difficulty", "goal", "outcome")
    icon = "list-checks"
    search_words = "按项目、牵头人、难点或拼音首字母查找"
    purpose = "一个难题一个项目：谁牵头、谁参加、分几步、做成了什么，都记在这里。"

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__(session, icons)
        self.later = plain_label(BEFORE_SAVING, "hint")
        self.members = MemberParts(session, icons)
        self.milestones = MilestoneParts(session, icons)
        for at, part in enumerate((self.later, self.members, self.milestones)):
            self.panel.below.insertWidget(at, part, 0, Qt.AlignmentFlag(0))
        say = partial(self.notice.say, tone=Tone.RED)
        self.members.failed.connect(say)
        self.milestones.failed.connect(say)

    def cells(self, record: Project) -> Sequence[Cell]:
        """What one looks a project up by."""
        return (
            day_cell(record.begins),
            Cell(record.name or ""),
            self.owner_cell(record),
            day_cell(record.ends),
            Cell(show_answer(record, "state"), tone=TONES.get(record.state or "")),
        )

    def show_more(self, record: Project) -> None:
        """Its members and steps; one that is not saved yet has none."""
        saved = bool(record.id)
        self.later.setVisible(not saved)
        for part in (self.members, self.milestones):
            part.setVisible(saved)
            part.show_project(record.id)

    def _on_saved(self, record: Project) -> None:
        """A new project stays in hand: its members are next."""
        super()._on_saved(record)
        self.list.select(record.id)
