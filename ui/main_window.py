"""The window: sidebar, the page of the moment, the status line. It lays out and wires."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.delivery import delivery
from models.ledger.backups import backups_of
from models.ledger.same_person import person_called
from models.problems import AppError
from models.records.organisation import Organisation
from models.records.person import ROLES, Person
from ui.colours import Tone
from ui.icons import Icons
from ui.page_table import OF_KIND, PAGES, UNDER
from ui.pages.page import Page
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.notice import Notice
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from ui.help_window import HelpWindow

TITLE = "校园安全台账"
DIGITS = "1234567890"  # as they lie on the keyboard
USUAL_SIZE = QSize(1280, 800)
FRAME = QSize(0, 40)  # what the system's title bar needs


class MainWindow(QMainWindow):
    """One window for one ledger."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._icons, self._tasks = session, icons, tasks
        self._pages: dict[str, Page] = {}
        self._at = self._saved = ""  # nothing is claimed before the first change
        self._help: HelpWindow | None = None
        self._begun = self._closing = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self.show_state)
        self.setWindowTitle(TITLE)
        # 1366×768 at 150 % leaves some 911×440 for us
        self.setMinimumSize(800, 440)
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self._restore()
        session.changed.connect(self._on_changed)
        tasks.busy.connect(self._on_busy)
        if session.ledger.unit:
            self._open_house()
        else:
            self._welcome()
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)

    # ---- laying out ---------------------------------------------------------------------------

    def _welcome(self) -> None:
        """The first run: nothing else is shown until the unit is known."""
        from ui.pages.first_run import FirstRun

        first = FirstRun(self._session, self._icons)
        first.done.connect(self._move_in)
        self.setCentralWidget(first)
        first.setFocus()

    def _move_in(self) -> None:
        """The unit is known now: the house opens, at once with its day page."""
        self._open_house()
        self._begin()

    def _open_house(self) -> None:
        organisation = self._session.ledger.organisation or Organisation()
        self.keys = OF_KIND.get(organisation.kind or "", OF_KIND["school"])
        entries = [PAGES[key][0] for key in self.keys]
        self.sidebar = Sidebar(organisation.name or "", entries, self._icons)
        self._show_person()
        self.sidebar.chosen.connect(self.go)
        self.sidebar.person_asked.connect(lambda: self.go("settings", "person"))
        self.notice = Notice(self._icons)
        above = QVBoxLayout()
        above.setContentsMargins(24, 0, 24, 0)
        above.addWidget(self.notice)
        self._stack = QStackedWidget()
        self.status = StatusLine()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(above)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self._add_keys()
        self.sidebar.fit(self.width())
        self.sidebar.set_current(self.keys[0])

    def _add_keys(self) -> None:
        """Ctrl+N anywhere starts a finding; Ctrl+1 to Ctrl+9 and Ctrl+0 go to the pages."""
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+N", lambda: self.go("findings", "")),
            ("F5", lambda: self.go(self._at or self.keys[0])),
        ]
        for digit, key in zip(DIGITS, self.keys, strict=False):
            keys.append((f"Ctrl+{digit}", lambda key=key: self.go(key)))  # type: ignore[misc]
        for sequence, act in keys:
            QShortcut(QKeySequence(sequence), self).activated.connect(act)

    # ---- going --------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """The page of this key, made when first asked for."""
        if key not in self._pages:
            _entry, module, name = PAGES[key]
            made: Page = getattr(import_module(module), name)(
                self._session, self._icons, self._tasks
            )
            made.open_asked.connect(self.go)
            self._pages[key] = made
            self._stack.addWidget(made)
        return self._pages[key]

    def go(self, key: str, record: str | None = None) -> None:
        """Show a page, and one record of it where one is named; a trouble is told above it."""
        home = next((one for one in UNDER.get(key, (key,)) if one in self.keys), "")
        if not home:
            return
        self._at = key
        self.notice.hide()
        self.sidebar.set_current(home)
        self.notice.attempt(lambda: self._show(key, record))

    def _show(self, key: str, record: str | None) -> None:
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        page.refresh()
        if record is not None:
            page.open_record(record)

    def show_help(self) -> None:
        """Open the manual, or bring it to the front where it is open."""
        if self._help is None:
            from ui.help_window import HelpWindow

            self._help = HelpWindow(self._session.resources / "help", self)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    # ---- state --------------------------------------------------------------------------------

    def _on_changed(self, _table: str) -> None:
        self._saved = f"已保存 {self._session.ledger.clock().astimezone():%H:%M}"
        self._late.start(50)

    def show_state(self) -> None:
        """The badge of what was not handed over, and the line at the foot."""
        ledger = self._session.ledger
        if not ledger.unit:
            return
        organisation = ledger.organisation or Organisation()
        self.sidebar.set_unit(organisation.name or "")
        self._show_person()
        waiting = delivery(ledger).waiting
        self.sidebar.set_badge("exchange", waiting)
        delivered = f"未送达 {waiting} 条" if waiting else "全部送达"
        copies = [path.stem for path in backups_of(ledger.home)]
        backup = backup_words(copies[0], self._session.today()) if copies else "还没有备份"
        self.status.say([self._saved, delivered, backup])

    def _show_person(self) -> None:
        """Who works here, with the post, or else the first of the roles."""
        ledger = self._session.ledger
        user = ledger.user
        known = person_called(ledger, user) or Person()
        roles = [label for code, label in ROLES.items() if code in (known.roles or ())]
        self.sidebar.set_person(user, known.post or next(iter(roles), ""))

    def _restore(self) -> None:
        geometry = self._session.ledger.setting("window")
        if geometry:
            self.restoreGeometry(QByteArray.fromHex(geometry.encode()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame is seen at once; the day page and its figures come right behind it."""
        super().paintEvent(event)
        if hasattr(self, "sidebar") and not self._begun:
            self._begun = True
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        if not self._pages:
            self.go(self.sidebar.current() or self.keys[0])
        self.show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "sidebar"):
            self.sidebar.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: what is typed is a draft, and a task in hand is finished first."""
        if self._tasks.running:
            self._closing = True
            if hasattr(self, "notice"):
                self.notice.say("正在完成手头的工作，完成后自动关闭。", Tone.BLUE)
            event.ignore()
            return
        self._late.stop()  # the ledger is closed next
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        with suppress(AppError):  # a full disk must not keep the window open
            self._session.ledger.set_setting("window", geometry)
        super().closeEvent(event)

    def _on_busy(self, busy: bool) -> None:
        if self._closing and not busy:
            self.close()


def backup_words(name: str, today: date) -> str:
    """上次备份 今天 08:00, from the name of the newest copy."""
    try:
        moment = datetime.strptime(name, "ledger-%Y%m%d-%H%M%S")
    except ValueError:
        return ""
    near = {today: "今天", today - timedelta(days=1): "昨天"}
    day = near.get(moment.date()) or moment.date().isoformat()
    return f"上次备份 {day} {moment:%H:%M}"
