"""What the month's 抽测 say of its sheet, offered to be filled in: nothing is asked twice."""

from collections.abc import Mapping, Sequence

from models.ledger.ledger import Ledger
from models.ledger.spot_checks import answers_for
from models.records.fields import Pair
from models.records.five_management import ChecklistAnswer
from models.templates.five_management import Line
from ui.colours import Tone
from ui.icons import Icons
from ui.pages.five_management_row import Save
from ui.pages.five_management_state import Month
from ui.widgets.notice import Notice

EVIDENCE = "抽测统计表"


class SpotOffer(Notice):
    """Stays away once it was closed, until the figures change."""

    def __init__(self, icons: Icons, save: Save) -> None:
        super().__init__(icons)
        self._save = save
        self._offered_last: tuple[str, dict[str, str]] = ("", {})
        self._answers: Mapping[str, ChecklistAnswer] = {}

    def show_month(self, ledger: Ledger, lines: Sequence[Line], month: Month) -> None:
        """Offer what the checks say and the sheet does not."""
        period, self._answers = month.sheet.period or "", month.answers
        found = answers_for(ledger, lines, period, month.answers)
        if (period, found) == self._offered_last:
            return
        self._offered_last = (period, found)
        if not found:
            self.hide()
            return
        said = "；".join(_said(line, found[line.id]) for line in lines if line.id in found)
        self.offer(
            f"本月抽测已算出：{said}。",
            Tone.BLUE,
            "填入自查表",
            lambda: self._fill_in(found),
        )

    def _fill_in(self, found: dict[str, str]) -> None:
        """Evidence that was noted already stays."""
        changes: dict[str, dict[str, str | None]] = {}
        for line, plain in found.items():
            standing = self._answers.get(line)
            evidence = (standing.evidence if standing else None) or EVIDENCE
            changes[line] = {"response": plain, "evidence": evidence}
        self._save(changes)


def _said(line: Line, plain: str) -> str:
    field = line.field
    value = field.from_plain(plain)
    if isinstance(field, Pair):
        counts = zip(field.names, value, strict=True)
        words = "，".join(f"{name}{count}{field.unit}" for name, count in counts)
    else:
        words = f"{field.show(value)}{line.item.answer.get('unit', '')}"
    return f"{line.label}（{words}）"
