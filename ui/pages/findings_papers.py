"""The papers of one finding beside its notice: what can be printed now, and why not the rest."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from models.printing import REPORTS
from models.printing.papers import LACKING, ROUND
from models.records.finding import Finding, FindingStep
from models.reports.case import Case
from ui.widgets.button import Button

SHEET = "inspection_sheet"


class PapersButton(Button):
    """A menu; `asked` brings `<report key>:<parameter>`."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("其他文书")
        self.papers = QMenu(self)
        self.setMenu(self.papers)

    def show_finding(self, finding: Finding, steps: Sequence[FindingStep]) -> None:
        """Offer what can be printed of this finding."""
        self.papers.clear()
        *earlier, present = Case(finding, steps).rounds
        for key, lacks in LACKING.items():
            if key != "rectification_notice":  # has a button of its own
                self._add(key, finding.id, lacks(present))
        for number, case in enumerate(earlier, 1):
            for key, lacks in LACKING.items():
                if not lacks(case):
                    self._add(key, f"{finding.id}{ROUND}{number}", "", f" · {case.round_words}")
        if finding.inspection:
            self._add(SHEET, finding.inspection, "")

    def _add(self, key: str, parameter: str, lacking: str, which: str = "") -> None:
        title = f"{REPORTS[key].title}{which}"
        action = self.papers.addAction(f"{title}（{lacking}）" if lacking else title)
        action.setEnabled(not lacking)
        action.triggered.connect(partial(self._ask, f"{key}:{parameter}"))

    def _ask(self, report: str, _checked: bool = False) -> None:
        self.asked.emit(report)
