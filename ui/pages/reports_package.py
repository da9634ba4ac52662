"""迎检包: all papers of a period in one folder; says beforehand what will be in it."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog

from models.printing.batch import Package, make_package
from models.printing.batch_plan import Plan, plan_package
from models.printing.job import Job
from models.records.periods import latest, latest_terms, show_period, show_term
from ui.colours import PALETTE, Tone
from ui.pages.page import Page
from ui.pages.reports_choices import school_years
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.plain_label import plain_label
from ui.widgets.progress_line import ProgressLine

TERMS, YEARS, MONTHS = 4, 3, 12
HINT = (
    "把一个学期（或学年、月份）里能打印的材料，按隐患排查、五项管理、培训等分文件夹一次打印成 PDF，"
    "并附一份目录：每份材料的编号、页数，以及没有的、没能生成的和原因。已有的文件夹不会被覆盖。"
)
NOTHING = "这段时间没有可以放入的材料。请选别的时间，或先登记。"
MOST_GAPS = 12


class PackageCard(Card):
    """Choose the period, see what there is, make the folder, open it."""

    telling = Signal(int, int)  # papers done, of how many

    def __init__(self, page: Page, job: Callable[[], Job]) -> None:
        super().__init__("迎检包")
        self._page, self._job = page, job
        self._left = threading.Event()
        self._wanted = 0
        self._plan: Plan | None = None
        self.folder = Path()
        self._place = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.period = QComboBox()
        self.period.setAccessibleName("时间段")
        self.period.setMinimumWidth(260)
        self.contents = plain_label()
        self.gaps = plain_label(role="hint")
        self.result = plain_label()
        self.make = Button(
            "选择文件夹，生成", Kind.PRIMARY, page.icons.icon("package", PALETTE.card), self.ask
        )
        self.open = Button(
            "打开文件夹", Kind.SECONDARY, page.icons.icon("folder-open"), self._open_folder
        )
        self.progress = ProgressLine("正在生成")
        self._build()
        self.progress.stopped.connect(self._left.set)
        self.telling.connect(self.progress.tell)
        self.period.activated.connect(lambda _index: self.look())

    def _build(self) -> None:
        row = Flow()
        row.addWidget(self.period)
        row.addWidget(self.make)
        row.addWidget(self.open)
        self.body.addWidget(plain_label(HINT, "hint", copied=False))
        self.body.addLayout(row)
        self.body.addWidget(self.progress)
        for label in (self.result, self.contents, self.gaps):
            self.body.addWidget(label)
        self.body.addStretch()
        self.make.setEnabled(False)
        self._show_result(False)

    def _show_result(self, shown: bool) -> None:
        self.open.setVisible(shown)
        self.result.setVisible(shown)

    @property
    def is_making(self) -> bool:
        """Whether a package is being made: other papers wait for it."""
        return not self.progress.isHidden()

    # ---- what there is ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Offer the periods anew, and count what the chosen one has."""
        chosen, session = self.period.currentData(), self._page.session
        today = session.today()
        self.period.clear()
        for name in latest_terms(today, TERMS):
            self.period.addItem(show_term(name), name)
        for name, words in school_years(session)[:YEARS]:
            self.period.addItem(words, name)
        for name in latest(today, MONTHS):
            self.period.addItem(show_period(name), name)
        self.period.setCurrentIndex(max(0, self.period.findData(chosen)))
        self.look()

    def look(self) -> None:
        """Count on the worker; a newer choice overtakes an older one."""
        self._wanted += 1
        self._plan = None
        self.make.setEnabled(False)
        self.contents.setText("正在查看这段时间有哪些材料…")
        self.gaps.hide()
        job, name = self._job(), str(self.period.currentData())
        self._page.tasks.run(
            lambda: plan_package(job, name),
            partial(self._planned, self._wanted),
            self.contents.setText,
        )

    def _planned(self, wish: int, plan: Plan) -> None:
        if wish != self._wanted:
            return
        self._plan = plan
        counted = Counter(paper.folder for paper in plan.papers)
        whole = f"{plan.name}可以打印 {len(plan.papers)} 份："
        listed = [f"　{folder}　{count} 份" for folder, count in counted.items()]
        self.contents.setText("\n".join([whole, *listed]) if plan.papers else NOTHING)
        told = [*plan.gaps[:MOST_GAPS]]
        if len(plan.gaps) > MOST_GAPS:
            told.append(f"……另有 {len(plan.gaps) - MOST_GAPS} 项，都写在目录里。")
        self.gaps.setText("\n".join(told))
        self.gaps.setVisible(bool(told))
        self.make.setEnabled(bool(plan.papers) and not self.is_making)

    # ---- making -------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the folder that the package goes to."""
        place = QFileDialog.getExistingDirectory(self, "迎检包放在哪个文件夹", self._place)
        if place:
            self.make_in(Path(place))

    def make_in(self, place: Path) -> None:
        """Print all papers of the chosen period there."""
        plan, job, ending = self._plan, self._job(), self._page.tasks.stopping
        if plan is None or self.is_making:
            return
        self._place = str(place)
        self._left.clear()
        self.make.setEnabled(False)
        self.period.setEnabled(False)
        self._show_result(False)
        self.progress.start()
        self._page.tasks.run(
            lambda: make_package(
                job,
                plan,
                place,
                self.telling.emit,
                lambda: ending.is_set() or self._left.is_set(),
            ),
            self._made,
            self._not_made,
        )

    def _made(self, package: Package) -> None:
        self._rest()
        self.folder = package.folder
        told = (package.words, f"放在 {package.folder}", package.boxes)
        self.result.setText("\n".join(filter(None, told)))
        self._show_result(True)
        good = not (package.stopped or package.lost or package.boxes)
        self._page.notice.say(package.words, Tone.GREEN if good else Tone.ORANGE)
        self.open.setFocus()

    def _not_made(self, words: str) -> None:
        self._rest()
        self._page.notice.say(words, Tone.ORANGE)

    def _rest(self) -> None:
        self.progress.hide()
        self.period.setEnabled(True)
        self.make.setEnabled(True)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))
