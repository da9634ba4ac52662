"""The first morning: who this is, what the school has, who works here. Eight questions at most."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.problems import AppError, Problem
from models.records.codes import doubts_about
from models.records.organisation import GRADES, STAGES, Organisation, grades_by_stage, usual_grades
from models.records.person import Person
from ui.colours import Tone
from ui.form.record_form import RecordForm
from ui.icons import Icons
from ui.look import mark
from ui.session import Session
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.scrolled import reveal, scrolled
from ui.widgets.segments import Choice, Segments

SCHOOL_FIELDS = ("school_type", "system", "grades", "features")
WIDEST = 860


class FirstRun(QWidget):
    """Asks, checks, and founds the ledger."""

    done = Signal()

    def __init__(self, session: Session, icons: Icons) -> None:
        super().__init__()
        self._session = session
        self.kind = Segments([Choice("school", "学校"), Choice("office", "教育局")], "单位性质")
        self.unit: RecordForm[Organisation] = RecordForm(Organisation, ("name", "code"))
        self.school: RecordForm[Organisation] = RecordForm(Organisation, SCHOOL_FIELDS)
        self.person: RecordForm[Person] = RecordForm(Person, ("name", "roles"))
        self.stages = QLabel()
        self.stages.setWordWrap(True)
        mark(self.stages, role="hint")
        self.notice = Notice(icons)
        self._doubted = ""
        self._build()
        self.kind.changed.connect(lambda _kind: self._show_kind())
        for name in ("school_type", "system"):
            self.school.rows[name].entry.changed.connect(self._propose_grades)
        self.school.rows["grades"].entry.changed.connect(self._show_stages)
        self.kind.set_value("school")
        self.school.entry("system").set_value("six_three")
        self._show_kind()
        self._show_stages()
        self.setFocusProxy(self.unit.entry("name"))

    def _build(self) -> None:
        title = QLabel("欢迎使用校园安全台账")
        mark(title, role="title")
        hint = QLabel(
            "先认识一下您的单位，大约一分钟。资料只存在这台电脑里；除单位代码外，以后都可以在“设置”中修改。"
        )
        hint.setWordWrap(True)
        mark(hint, role="hint")
        self.school_card = Card("学校情况")
        self.school_card.body.addWidget(self.school)
        self.school_card.body.addWidget(self.stages)
        unit_card, person_card = Card("单位"), Card("您是")
        unit_card.body.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        unit_card.body.addWidget(self.unit)
        person_card.body.addWidget(self.person)
        self.start = Button("开始使用", Kind.PRIMARY, on_click=self.found)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.start)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setSpacing(14)
        column.setContentsMargins(24, 28, 24, 28)
        # the notice stands beside the button that was pressed: there the eye is
        for widget in (title, hint, unit_card, self.school_card, person_card, self.notice):
            column.addWidget(widget)
        column.addLayout(foot)
        column.addStretch()
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(inner, 10)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(middle))

    def found(self) -> None:
        """Check every answer, then found the ledger; a doubtful code is asked about once."""
        self.notice.hide()
        is_school = self.kind.value() == "school"
        # from the last form to the first, so that the first problem ends up with the focus
        person = self.person.record()
        school = self.school.record(_school_problems) if is_school else Organisation()
        unit = self.unit.record(lambda _typed: {})
        if unit is None or school is None or person is None:
            return
        doubt = doubts_about(unit.code or "") if is_school else ""
        if doubt and doubt != self._doubted:
            self._doubted = doubt
            self._say(doubt, Tone.ORANGE)
            return
        organisation = replace(
            school, kind=self.kind.value() or "school", name=unit.name, code=unit.code
        )
        worker = replace(person, state="active")
        try:
            self._session.write(lambda ledger: ledger.found(organisation, worker))
        except AppError as error:
            self._say(str(error), Tone.RED)
            return
        self.done.emit()

    def _say(self, words: str, tone: Tone) -> None:
        """Say it above the button; both stay in sight once the notice has its room."""
        self.notice.say(words, tone)
        QTimer.singleShot(0, self, lambda: reveal(self.start))

    def _show_kind(self) -> None:
        is_school = self.kind.value() == "school"
        self.school_card.setVisible(is_school)
        usual = {"safety", "inspector"} if is_school else {"inspector"}
        self.person.entry("roles").set_value(frozenset(usual))

    def _propose_grades(self) -> None:
        """The usual grades of this type of school; the person may change them."""
        school_type = self.school.entry("school_type").value() or ""
        system = self.school.entry("system").value() or ""
        row = self.school.rows["grades"]
        row.entry.set_value(usual_grades(school_type, system))
        row.complain("")
        self._show_stages()

    def _show_stages(self) -> None:
        grades = self.school.entry("grades").value() or frozenset()
        system = self.school.entry("system").value() or ""
        by_stage = grades_by_stage(grades & GRADES.keys(), system)
        parts = [f"{STAGES[stage]}：{'、'.join(names)}" for stage, names in by_stage.items()]
        self.stages.setText("学段　" + "；".join(parts))
        self.stages.setVisible(bool(parts))


def _school_problems(typed: Organisation) -> dict[str, Problem]:
    """What a school must tell beside the name and the code, which stand in a form of their own."""
    rules = dict(replace(typed, kind="school").rules())
    return {name: rules[name] for name in SCHOOL_FIELDS if name in rules}
