"""假期: when there is no school; then neither patrols nor drills are due."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.ledger.schedule import set_vacations, vacations
from models.records.school_days import Vacations
from ui.colours import Tone
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.look import mark
from ui.session import Session

AUTUMN = 9  # from here on the vacations that come are those of next year
WIDEST, HIGHEST = 560, 330
SAVED = "假期已保存，假期里不再提醒巡查和演练。"


class VacationsTab(QWidget):
    """The vacations that come next; this PC keeps them."""

    def __init__(self, session: Session, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._year = 0
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        mark(self.hint, role="hint")
        self.panel: FormPanel[Vacations] = FormPanel(session, icons, Vacations, self._save)
        self.panel.close_button.hide()  # this form is always open
        self.panel.setMaximumSize(WIDEST, HIGHEST)
        self.panel.saved.connect(lambda _saved: self.panel.notice.say(SAVED, Tone.GREEN))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.hint)
        column.addWidget(self.panel, 1)
        column.addStretch()

    def refresh(self) -> None:
        """Show the vacations of the year; what is being typed is left alone."""
        today = self._session.today()
        year = today.year + (today.month >= AUTUMN)
        if year == self._year:
            return
        self._year = year
        self.hint.setText(
            f"{year}年的寒假和暑假，请按教育局公布的校历填写。没有填时，按常见的日期估计。"
            "周末和假期里不提醒巡查、演练；调休上课的周末照常提醒。"
        )
        self.panel.open(vacations(self._session.ledger, year), "", f"vacations:{year}")

    def _save(self, typed: Vacations, _seen: Vacations) -> Vacations:
        self._session.write(lambda ledger: set_vacations(ledger, typed), "setting")
        return typed
