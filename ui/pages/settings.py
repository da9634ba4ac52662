"""设置: the unit, who works here, the people, the file and its copies, and what this program is."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from models.ledger.backups import back_up, backups_of
from models.ledger.database import check_integrity
from models.ledger.same_person import in_service
from models.problems import AppError
from models.records.organisation import Organisation
from models.records.person import told_apart
from ui.colours import Tone
from ui.form.form_panel import FormPanel
from ui.icons import Icons
from ui.look import mark
from ui.pages.page import Page
from ui.pages.people import PeoplePanel
from ui.pages.settings_fonts import FontsTab
from ui.pages.settings_vacations import VacationsTab
from ui.pages.settings_words import WordsTab
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.button import Button, Kind
from ui.widgets.page_header import PageHeader
from ui.widgets.scrolled import scrolled

VERSION = "0.1.0"
TABS = ("unit", "person", "people", "words", "vacations", "data", "fonts", "about")
SCHOOL_FIELDS = ("name", "school_type", "system", "grades", "features")


class SettingsPage(Page):
    """Rarely visited, so every part says what it is for."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self._asked: Path | None = None
        self.notice.acted.connect(self._restore)
        self.tabs = QTabWidget()
        organisation = session.ledger.organisation or Organisation()
        names = SCHOOL_FIELDS if organisation.kind == "school" else ("name",)
        self.unit: FormPanel[Organisation] = FormPanel(
            session, icons, Organisation, lambda typed, seen: session.save(typed, seen), names=names
        )
        self.unit.close_button.hide()  # this form is always open
        self.unit.setContentsMargins(12, 12, 12, 12)
        self._shown = Organisation()
        self.unit.saved.connect(lambda _saved: self.notice.say("单位资料已保存。", Tone.GREEN))
        self.people = PeoplePanel(session, icons)
        self.people.setContentsMargins(12, 12, 12, 12)
        self.words = WordsTab(session, icons)
        self.vacations = VacationsTab(session, icons)
        for widget, title in (
            (self.unit, "单位与学段"),
            (self._person(), "谁在使用"),
            (scrolled(self.people), "人员"),
            (scrolled(self.words), "地点与单位"),
            (self.vacations, "假期"),
            (self._data(), "数据"),
            (scrolled(FontsTab(session, tasks)), "字体"),
            (self._about(), "关于"),
        ):
            self.tabs.addTab(widget, title)
        if organisation.kind != "school":
            self.tabs.setTabVisible(TABS.index("vacations"), False)
        self.column.addWidget(PageHeader("设置"))
        self.column.addWidget(self.notice)
        self.column.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Show the unit, the people and the copies as they are now."""
        organisation = self.session.ledger.organisation
        if organisation and organisation != self._shown:
            self._shown = organisation
            self.unit.open(organisation, "", "settings:unit")
        self.people.refresh()
        if self.words.isVisible():  # it reads the whole ledger
            self.words.refresh()
        self.vacations.refresh()
        self._show_persons()
        self._show_copies()

    def open_record(self, record: str) -> None:
        """Show one of the tabs by its name."""
        if record in TABS:
            self.tabs.setCurrentIndex(TABS.index(record))

    # ---- who ----------------------------------------------------------------------------------

    def _person(self) -> QWidget:
        hint = QLabel("每一次登记和修改都会记下是谁做的。换人使用这台电脑时，请在这里改名。")
        hint.setWordWrap(True)
        mark(hint, role="hint")
        self.persons = QComboBox()
        self.persons.setAccessibleName("现在使用的人")
        self.persons.setMaximumWidth(320)
        change = Button("换成这个人", Kind.PRIMARY, on_click=self._change_person)
        row = QHBoxLayout()
        row.addWidget(self.persons, 1)
        row.addWidget(change)
        row.addStretch(1)
        return _tab(hint, row)

    def _show_persons(self) -> None:
        ledger = self.session.ledger
        here = told_apart(in_service(ledger)).values()
        self.persons.clear()
        self.persons.addItems(list(dict.fromkeys([ledger.user, *here])))

    def _change_person(self) -> None:
        name = self.persons.currentText()
        write = self.session.write
        if self.attempt(lambda: write(lambda ledger: ledger.set_setting("user", name), "setting")):
            self.notice.say(f"现在由{name}使用。", Tone.GREEN)

    # ---- the file -----------------------------------------------------------------------------

    def _data(self) -> QWidget:
        self.where = QLabel()
        self.where.setWordWrap(True)
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.copies = QComboBox()
        self.copies.setAccessibleName("已有备份")
        self.copies.setMaximumWidth(320)
        back = Button("从备份恢复…", Kind.SECONDARY, on_click=self._ask_restore)
        lower = QHBoxLayout()
        lower.addWidget(self.copies, 1)
        lower.addWidget(back)
        lower.addStretch(1)
        row = QHBoxLayout()
        for text, act in (
            ("现在备份", self._back_up),
            ("检查台账", self._check),
            ("打开文件夹", self._open_folder),
        ):
            row.addWidget(Button(text, Kind.SECONDARY, on_click=act))
        row.addStretch()
        return _tab(self.where, row, lower)

    def _show_copies(self) -> None:
        home = self.session.ledger.home
        self.where.setText(f"台账存放在：{home}\n程序每次启动时自动备份新内容，保留最近 10 份。")
        self.copies.clear()
        for path in backups_of(home):
            self.copies.addItem(path.name, str(path))
        self.copies.setPlaceholderText("还没有备份")
        self.copies.setCurrentIndex(0 if self.copies.count() else -1)

    def _ask_restore(self) -> None:
        """Say what a restore means, and wait for the second press."""
        name = self.copies.currentText()
        if not name:
            self.notice.say("还没有备份，没有可以恢复的。", Tone.BLUE)
            return
        # what was asked about is restored, whatever is chosen in the list by then
        self._asked = Path(self.copies.currentData())
        self.notice.say(
            f"要用 {name} 代替现在的台账吗？窗口会关闭再打开；现在的台账会另存，不会删除，"
            "但备份之后写的内容不在恢复的台账里。",
            Tone.ORANGE,
            "恢复",
        )

    def _restore(self) -> None:
        """The window closes; the program opens again on the copy (see start.run)."""
        self.session.restore_wanted = self._asked
        self.window().close()

    def _back_up(self) -> None:
        home, now = self.session.ledger.home, self.session.ledger.clock().astimezone()

        def work() -> Path | None:
            if check_integrity(home):
                raise AppError("台账文件有损坏，没有备份，原有的备份都还在。请联系技术人员。")
            return back_up(home, now)

        self.tasks.run(work, self._backed_up, self._failed)

    def _backed_up(self, path: Path | None) -> None:
        words = f"备份已做好：{path.name}" if path else "内容和最近的备份一样，不用再备份。"
        self.notice.say(words, Tone.GREEN)
        self._show_copies()
        self.session.changed.emit("setting")

    def _check(self) -> None:
        """The file's own check, then the log against the tables, made anew."""
        ledger = self.session.ledger

        def work() -> str:
            trouble = check_integrity(ledger.home)
            if not trouble:
                ledger.rebuild()
            return trouble

        self.notice.say("正在检查…", Tone.BLUE)
        self.tasks.run(work, self._checked, self._failed)

    def _checked(self, trouble: str) -> None:
        if trouble:
            self.notice.say(f"台账文件有损坏：{trouble}。请联系技术人员，不要删除文件。", Tone.RED)
        else:
            self.notice.say("检查完毕：台账完好，所有表已按记录重新核对。", Tone.GREEN)

    def _failed(self, words: str) -> None:
        self.notice.say(words, Tone.RED)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.ledger.home)))

    # ---- about --------------------------------------------------------------------------------

    def _about(self) -> QWidget:
        words = QLabel(
            f"校园安全台账 {VERSION}\n\n"
            "离线使用，数据只在本机；许可：Apache-2.0。\n"
            "使用了 Qt（PySide6，LGPL-3.0）、reportlab、SQLite、Noto 和霞鹜文楷字体（OFL-1.1）等，"
            "详见程序文件夹中的 THIRD_PARTY_NOTICES.md。\n"
            "标为“建议”的检查依据尚未核对原文，不作为法定要求。"
        )
        words.setWordWrap(True)
        return _tab(words)


def _tab(*parts: QWidget | QHBoxLayout) -> QWidget:
    """A tab's content; the tabs stand on a card of their own."""
    tab = QWidget()
    column = QVBoxLayout(tab)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch()
    return scrolled(tab)
