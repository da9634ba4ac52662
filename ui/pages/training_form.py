"""The form of one session: times typed to the minute, and what they amount to, live."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.ledger.programmes import programme_words
from models.problems import Problem
from models.records.figures import HOUR_RULES
from models.records.programme import Programme
from models.records.training import TrainingSession, session_hours
from ui.colours import PALETTE
from ui.form.form_panel import FormPanel
from ui.icons import SMALL, Icons
from ui.look import mark
from ui.record_history import RecordHistory
from ui.session import Session
from ui.widgets.button import Button, Kind

NAMES = (
    "topic",
    "speaker",
    "starts",
    "ends",
    "break_minutes",
    "hour_rule",
    "days",
    "module",
    "form",
    "mode",
    "place",
    "organiser",
    "programme",
    "note",
)
OFFERED = ("topic",)
LENGTH = ("starts", "ends", "break_minutes", "hour_rule", "days")
DEFAULT_RULE = next(iter(HOUR_RULES))


class SessionForm(QWidget):
    """A session as it is typed, with the way to its attendance."""

    saved = Signal(object)
    closed = Signal()
    attendance_asked = Signal(str)
    removed = Signal(object)

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.opened = TrainingSession()
        self.panel: FormPanel[TrainingSession] = FormPanel(
            session, icons, TrainingSession, self._save, names=NAMES
        )
        self.length = QLabel()
        self.length.setObjectName("length")
        clipboard = icons.icon("list-checks", PALETTE.ink_soft, SMALL)
        self.attendance = Button("登记考勤", Kind.SECONDARY, clipboard, self._ask_attendance)
        trash = icons.icon("trash-2", PALETTE.red_ink, SMALL)
        self.remove_button = Button("删除", Kind.DANGER, trash, self._remove)
        self.history = RecordHistory(session, icons)
        self.panel.below.addWidget(self.history)
        self._build()
        form = self.panel.form
        form.edited.connect(self._show_length)
        form.entry("starts").changed.connect(self._prefill_ends)
        self.panel.saved.connect(self._on_saved)
        self.panel.closed.connect(self.closed)

    def _build(self) -> None:
        """The length stands below the title: it must be seen while the times are typed."""
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.length, 1)
        line.addWidget(self.attendance)
        line.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panel)
        self.panel.head.addLayout(line)

    def open(self, training: TrainingSession) -> None:
        """Show a session that is in the ledger."""
        self._open(training, "培训活动", f"training_session:{training.id}")

    def open_new(
        self, earlier: Sequence[TrainingSession], programme: Programme | None = None
    ) -> None:
        """Start a session of a programme; what is mostly as last time stands there already."""
        last = earlier[0] if earlier else TrainingSession()
        fresh = TrainingSession(
            hour_rule=last.hour_rule or DEFAULT_RULE,
            mode=last.mode or "offline",
            module=last.module,
            form=last.form,
            organiser=last.organiser or (programme.organiser if programme else None),
            programme=programme.id if programme else None,
        )
        self._open(fresh, "新建活动", "training_session:new")
        form = self.panel.form
        if not form.entry("starts").raw():
            form.set_raw({"starts": f"{self._session.today().isoformat()} "})
            self._prefill_ends()
        form.entry("topic").setFocus()

    def offer(self, earlier: Sequence[TrainingSession]) -> None:
        """Offer the words of earlier sessions, and the programmes."""
        self.panel.form.entry("programme").offer(programme_words(self._session.ledger))
        for name in OFFERED:
            words = (getattr(training, name) for training in earlier)
            self.panel.form.suggest(name, [word for word in words if word])

    def _open(self, training: TrainingSession, title: str, draft: str) -> None:
        self.opened = training
        self.panel.open(training, title, draft)
        self.attendance.setVisible(bool(training.id))
        self.remove_button.setVisible(bool(training.id))
        self.history.show_record(TrainingSession.table, training.id)
        self._show_length()

    def _save(self, typed: TrainingSession, seen: TrainingSession) -> TrainingSession:
        return self._session.save(typed, seen if seen.id else None)

    def _on_saved(self, training: TrainingSession) -> None:
        self.open(training)
        self.saved.emit(training)

    def _ask_attendance(self) -> None:
        self.attendance_asked.emit(self.opened.id)

    def _remove(self) -> None:
        gone = self.opened
        if self.panel.notice.attempt(
            lambda: self._session.write(lambda ledger: ledger.remove(gone), TrainingSession.table)
        ):
            self.removed.emit(gone)

    # ---- while it is typed -------------------------------------------------------------------

    def _typed(self) -> TrainingSession | None:
        """What the times say so far, or None where they cannot be read yet."""
        try:
            answers = {name: self.panel.form.entry(name).value() for name in LENGTH}
        except Problem:
            return None
        typed = TrainingSession(**answers)
        return None if dict(typed.rules()) or not typed.minutes else typed

    def _show_days(self) -> None:
        """Days are asked only where the rule goes by them; what stands there stays in sight."""
        form = self.panel.form
        rule = HOUR_RULES.get(form.entry("hour_rule").value() or "")
        by_days = rule is not None and rule.full_day is not None
        form.rows["days"].setVisible(by_days or bool(form.entry("days").raw()))

    def _show_length(self) -> None:
        self._show_days()
        typed = self._typed()
        mark(self.length, role="hint" if typed is None else "step")
        if typed is None:
            self.length.setText("填好起止时间，这里显示学时。")
        else:
            self.length.setText(
                f"时长 {typed.minutes} 分钟，折 {session_hours(typed)} 学时{_by_year(typed)}"
            )

    def _prefill_ends(self) -> None:
        """A session ends on the day on which it starts; only its time is still to be typed."""
        day = self.panel.form.entry("starts").raw().strip().partition(" ")[0]
        ends = self.panel.form.entry("ends").raw().strip()
        if day and " " not in ends and ":" not in ends and "：" not in ends:
            self.panel.form.set_raw({"ends": f"{day} "})


def _by_year(typed: TrainingSession) -> str:
    """How a session over the turn of the year is shared; empty for all others."""
    if len(typed.years) < 2:
        return ""
    shares = [f"{year}年 {session_hours(typed, year=year)}" for year in typed.years]
    return f"（{'，'.join(shares)}）"
