"""报表打印: kinds at the left, real pages as they will be printed, save and print."""

import shutil
import tempfile
import weakref
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.files import cannot_write
from models.printing import PERIOD_REPORTS, REPORTS, file_name, print_report
from models.printing.job import Job, ReportKind
from models.printing.periods import PAIRS_SETTING, pairs_setting
from models.reports.paper.faces import Faces
from models.reports.paper.pdf_file import PrintResult
from ui.colours import PALETTE, Tone
from ui.icons import Icons
from ui.look import mark
from ui.pages.page import Page
from ui.pages.reports_choices import CHOICES, offered, pairs_choice
from ui.pages.reports_kinds import PACKAGE, kind_chosen, kinds_list, row_of
from ui.pages.reports_letter import LetterPanel
from ui.pages.reports_package import PackageCard
from ui.pages.reports_print import ShownFile, boxes_words, print_shown
from ui.paper_fonts import paper_faces
from ui.pdf_pages import LOST
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_header import PageHeader
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.scrolled import scrolled

SEEN = "看到的就是打印出来的。"
WAITING = "正在生成迎检包，做完就显示这份报表；也可以在“迎检包”里按“停止”。"


class ReportsPage(Page):
    """Choose a kind and its parameter; what is shown is the very file that is saved."""

    def __init__(self, session: Session, icons: Icons, tasks: Tasks) -> None:
        super().__init__(session, icons, tasks)
        self._faces: Faces | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="campus-ledger-"))
        # names of people stand in these papers: none stays behind in the folder of everybody
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._shown: ShownFile | None = None
        self._wanted = 0
        self.header = PageHeader("报表打印", SEEN)
        icon = icons.icon
        self.folder_button = self.header.add_secondary(
            "打开文件", self._open_file, icon("file-text")
        )
        self.print_button = self.header.add_secondary("打印", self.print_out, icon("printer"))
        self.print_button.setToolTip("Ctrl+P")
        QShortcut(QKeySequence.StandardKey.Print, self).activated.connect(self.print_out)
        self.save_button = self.header.add_primary(
            "保存 PDF", self.save, icon("download", PALETTE.card)
        )
        self.kinds = kinds_list()
        self.choice = QComboBox()
        self.choice.setMinimumWidth(260)
        self.choice_label = QLabel()
        self.pairs = pairs_choice(pairs_setting(session.ledger))
        self.pairs.activated.connect(self._on_pairs)
        self.preview = PdfPreview(icons)
        self.preview.view.failed.connect(self._nothing)
        self.letter = LetterPanel(session, icons)
        self.package = PackageCard(self, self._job)
        self._empty = EmptyState(icons, "file-text", "还没有可以打印的内容")
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.make)
        self.letter.written.connect(lambda: self._later.start(0))
        self.kinds.currentRowChanged.connect(lambda _row: self._on_kind())
        self.choice.activated.connect(lambda _index: self._later.start(0))
        self.kinds.setCurrentRow(row_of(self.kinds, next(iter(REPORTS))))

    def _build(self) -> None:
        self.stack = QStackedWidget()
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.package)
        self._package_area = scrolled(around)
        for shown in (self.preview, self._empty, self._package_area):
            self.stack.addWidget(shown)
        top = QHBoxLayout()
        mark(self.choice_label, role="hint")
        top.addWidget(self.choice_label)
        top.addWidget(self.choice)
        top.addWidget(self.pairs)
        top.addStretch()
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.kinds)
        middle.addWidget(self.letter, 1)
        middle.addWidget(self.stack, 2)
        for part in (self.header, self.notice):
            self.column.addWidget(part)
        self.column.addLayout(top)
        self.column.addLayout(middle, 1)

    # ---- choosing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """The records may have changed: offer the parameters and print anew."""
        self._on_kind()

    def open_record(self, record: str) -> None:
        """`<report key>:<parameter>` shows that report; `package` what a period has of them."""
        key, _, parameter = record.partition(":")
        if key == PACKAGE:
            self.kinds.setCurrentRow(row_of(self.kinds, PACKAGE))
        if key not in REPORTS:
            return
        self.kinds.setCurrentRow(row_of(self.kinds, key))
        self._offer(REPORTS[key], parameter)
        self._later.start(0)

    @property
    def kind(self) -> ReportKind | None:
        """The report that is chosen; None where it is the package of all of them."""
        return kind_chosen(self.kinds)

    def _on_kind(self) -> None:
        kind = self.kind
        for part in (self.choice_label, self.choice):
            part.setVisible(kind is not None)
        if kind:
            self._offer(kind, str(self.choice.currentData() or ""))
            self._later.start(0)
            return
        self._later.stop()
        self._wanted += 1  # what is being printed is not shown any more
        self._allow(False)
        self.pairs.hide()
        self.letter.hide()
        self.header.set_subtitle("一段时间的全部材料，一次打印成 PDF，附一份目录。")
        self.stack.setCurrentWidget(self._package_area)
        self.package.refresh()

    def _offer(self, kind: ReportKind, wanted: str) -> None:
        """The parameters of a kind; the wanted one is chosen, or the newest."""
        label = CHOICES[kind.parameter].label
        self.choice_label.setText(label)
        self.choice.setAccessibleName(label)
        self.pairs.setVisible(kind.key in PERIOD_REPORTS)
        self.letter.setVisible(kind.parameter == "letter")
        offers, at = offered(self.session, kind.parameter, wanted)
        self.choice.clear()
        for value, text in offers:
            self.choice.addItem(text, value)
        self.choice.setCurrentIndex(at)

    def _on_pairs(self) -> None:
        """So many pairs of photos from now on, in every report of a period."""
        self.session.ledger.set_setting(PAIRS_SETTING, str(self.pairs.currentData()))
        self._later.start(0)

    # ---- making -------------------------------------------------------------------------------

    def make(self) -> None:
        """Print into a file of our own, and show it; a newer wish overtakes an older one."""
        kind, parameter = self.kind, str(self.choice.currentData() or "")
        if kind is None:
            return
        self._wanted += 1
        self._allow(False)
        if not parameter:
            self._nothing(CHOICES[kind.parameter].nothing)
            return
        if self.package.is_making:
            self.notice.say(WAITING, Tone.BLUE)
        path = self._folder / f"{self._wanted}.pdf"
        job, key = self._job(), kind.key
        self.tasks.run(
            lambda: print_report(job, key, parameter, path),
            partial(self._printed, self._wanted, path, (key, parameter)),
            partial(self._not_printed, self._wanted),
        )

    def _job(self) -> Job:
        """What papers are made from; the fonts are looked for when first needed."""
        resources = self.session.resources
        if self._faces is None:
            self._faces = paper_faces(resources)
        return Job(self.session.ledger, resources / "checklists", self._faces)

    def _printed(self, wish: int, path: Path, asked: tuple[str, str], result: PrintResult) -> None:
        if wish != self._wanted:
            _remove(path)
            return
        if self._shown:
            _remove(self._shown.path)
        name = file_name(self.session.ledger, *asked)
        self._shown = ShownFile(path, name, result.pages, result.missing)
        self.stack.setCurrentWidget(self.preview)
        self.preview.view.show_file(path)
        self.header.set_subtitle(f"{REPORTS[asked[0]].title}　共 {result.pages} 页")
        self._allow(True)
        if result.missing:
            first = result.missing[0]
            words = boxes_words(result.missing)
            self.notice.offer(words, Tone.ORANGE, "查看", lambda: self.preview.look_for(first))
        else:
            self.notice.hide()

    def _allow(self, allowed: bool) -> None:
        """Nothing is saved or printed but what is shown."""
        for button in (self.save_button, self.print_button, self.folder_button):
            button.setEnabled(allowed)

    def _not_printed(self, wish: int, words: str) -> None:
        if wish == self._wanted:
            self._nothing(words)

    def _nothing(self, words: str) -> None:
        self._empty.say(words)
        self.header.set_subtitle(SEEN)
        self.stack.setCurrentWidget(self._empty)

    # ---- keeping ------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the file that is shown under a name people understand."""
        if self._shown is None:
            return
        name = self._shown.name
        chosen, _kind = QFileDialog.getSaveFileName(self, "保存 PDF", name, "PDF (*.pdf)")
        if chosen:
            self.save_as(Path(chosen))

    def save_as(self, path: Path) -> None:
        """Save the shown file there, and say where it lies."""
        if self._shown is None:
            return
        try:
            shutil.copyfile(self._shown.path, path)
        except OSError as error:
            there = self._shown.path.exists()
            words = str(cannot_write(path.parent, error)) if there else LOST
            self.notice.say(words, Tone.RED)
            return
        folder = QUrl.fromLocalFile(str(path.parent))
        self.notice.offer(
            f"已保存：{path}",
            Tone.GREEN,
            "打开文件夹",
            lambda: QDesktopServices.openUrl(folder),
        )

    def print_out(self) -> None:
        """Print the shown pages on a printer that the person chooses."""
        if self._shown and self.print_button.isEnabled():
            print_shown(self, self.notice, self.tasks, self._shown)

    def _open_file(self) -> None:
        """Open it in the PC's own reader."""
        if self._shown:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.path)))


def _remove(path: Path) -> None:
    """Remove a preview; one that stands open in the PC's reader cannot be removed on Windows."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
