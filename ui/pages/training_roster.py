"""学员: the roster of a programme with the five steps of recommendation; else all trainees."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.ledger.ledger import Ledger
from models.ledger.people import people
from models.ledger.programmes import Enrolment, enrol, put_on
from models.ledger.same_person import called_people, standing, standing_people
from models.records.person import Person
from models.records.programme import RECOMMENDATION, Programme, Trainee
from models.records.record import fields_of, show_answer
from ui.colours import PALETTE
from ui.form.link_entry import LinkEntry
from ui.icons import SMALL, Icons
from ui.pages.people import PeoplePanel
from ui.pages.people_paste import PastePanel
from ui.pages.register_panel import RegisterPanel
from ui.session import Session
from ui.table.row_table import Cell, Column
from ui.widgets.button import Button, Kind


class RosterPanel(RegisterPanel[Trainee]):
    """Who is in a programme, by which steps they came, and where they stand."""

    kind = Trainee
    columns = (
        Column("姓名", 100),
        Column("小组", 80, spare=2),
        Column("职务", 100, spare=1),
        Column("推荐程序"),
        Column("培养状态", 120),
    )
    named_by = "person"
    names = ("person", "team", *RECOMMENDATION, "standing", "certificate", "note")
    offered = ("team",)
    icon = "users"
    search_words = "按姓名、职务、部门或拼音首字母查找"
    purpose = "从 Excel 或 Word 粘贴名单，或者逐个添加。推荐程序的五步日期在右边填写。"

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        self.programme: Programme | None = None
        self._people: dict[str, Person] = {}
        super().__init__(session, icons, parent)
        self.paste = PastePanel(session, icons, self._enrol, "trainee:pasted")
        self.right.addWidget(self.paste)
        copy = icons.icon("clipboard-list", PALETTE.ink_soft, SMALL)
        self.paste_button = Button("粘贴名单", Kind.SECONDARY, copy, self.open_paste)
        self.bar.insertWidget(1, self.paste_button)
        self.paste.taken.connect(self._on_taken)
        self.paste.closed.connect(self._rest)

    def refresh(self) -> None:
        """Read the people with the roster: their names stand in every line."""
        ledger = self.session.ledger
        self._people = {one.id: one for one in standing_people(ledger)}
        entry = self.panel.form.entry("person")
        if isinstance(entry, LinkEntry):
            entry.offer(called_people(ledger))
        for gone, kept in standing(ledger).items():
            if kept in self._people:
                self._people[gone] = self._people[kept]
        super().refresh()

    def looked_up(self, words: str) -> Sequence[Trainee]:
        """By what is known of the person."""
        ledger = self.session.ledger
        programme = self.programme.id if self.programme else ""
        enrolled = ledger.all(Trainee, unit=ledger.unit, programme=programme)
        if not words.strip():
            return enrolled
        found, stands = {person.id for person in people(ledger, words)}, standing(ledger)
        return [one for one in enrolled if stands.get(one.person or "", one.person) in found]

    def named(self, record: Trainee) -> str:
        """The person's name."""
        person = self._people.get(record.person or "")
        return (person.name or "") if person else "（还没有收到的人员）"

    def cells(self, record: Trainee) -> Sequence[Cell]:
        """One line."""
        person = self._people.get(record.person or "")
        done, tip = _steps(record)
        return (
            Cell(self.named(record)),
            Cell(record.team or ""),
            Cell(person.post or "" if person else ""),
            Cell(done, tip=tip),
            Cell(show_answer(record, "standing")),
        )

    def blank(self) -> Trainee:
        """In this programme, just selected."""
        return Trainee(programme=self.programme.id if self.programme else None, standing="selected")

    def _open(self, record: Trainee, title: str, draft: str) -> None:
        """Whom a line is about names its record: another person is another line."""
        super()._open(record, title, draft)
        self.panel.form.entry("person").setEnabled(not record.id)

    def _save(self, typed: Trainee, seen: Trainee) -> Trainee:
        if seen.id:
            return super()._save(typed, seen)
        return self.session.write(lambda ledger: put_on(ledger, typed), Trainee.table)

    def open_paste(self) -> None:
        """Open the box for the names of the roster."""
        self._leave_form()
        self.list.deselect()
        self.paste.start()
        self.right.setCurrentWidget(self.paste)
        self.paste.text.setFocus()

    def _enrol(
        self, ledger: Ledger, newcomers: Sequence[Person], roles: frozenset[str]
    ) -> Enrolment:
        return enrol(ledger, self.programme.id if self.programme else "", newcomers, roles)

    def _on_taken(self, words: str) -> None:
        self.session.changed.emit(Trainee.table)
        self.refresh()
        self._rest()
        self.notice.say(words)


class RosterTab(QWidget):
    """The roster of the chosen programme, or all trainees of the unit."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PeoplePanel(session, icons)
        self.people.chips.choose(["trainee"])
        self.roster = RosterPanel(session, icons)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.people)
        self.stack.addWidget(self.roster)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    @property
    def programme(self) -> Programme | None:
        """Whose roster it is."""
        return self.roster.programme

    @programme.setter
    def programme(self, programme: Programme | None) -> None:
        if programme != self.roster.programme:
            self.roster.panel.close_form()
        self.roster.programme = programme
        self.stack.setCurrentIndex(0 if programme is None else 1)

    def refresh(self) -> None:
        """Read what is shown again."""
        (self.people if self.programme is None else self.roster).refresh()

    def open_paste(self) -> None:
        """Open the box for a list of names."""
        (self.people if self.programme is None else self.roster).open_paste()


def _steps(trainee: Trainee) -> tuple[str, str]:
    """How far the recommendation has come, and each step with its date."""
    labels = {name: fields_of(Trainee)[name].label for name in RECOMMENDATION}
    dated = [name for name in RECOMMENDATION if getattr(trainee, name)]
    tip = "\n".join(
        f"{labels[name]}：{show_answer(trainee, name) or '未填写'}" for name in RECOMMENDATION
    )
    last = f"，到“{labels[dated[-1]]}”" if dated else ""
    return f"{len(dated)}/{len(RECOMMENDATION)}{last}", tip
