"""All that the page shows of one month, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.ledger import checklists
from models.ledger.evidence import evidence
from models.ledger.reviews import Opinions, opinions
from models.ledger.tasks import task_from, tasks_of
from models.records.finding import Photo
from models.records.five_management import Checklist, ChecklistAnswer, ChecklistReview
from models.records.periods import moved, show_period
from models.records.spot_check import SpotCheck
from models.records.task import Task
from models.templates.compliance import AreaFigures, Given, Verdict, figures, judge, rate_of
from models.templates.doubts import Doubt, doubts
from models.templates.five_management import Line
from ui.pages.five_management_remarks import (
    Remark,
    doubt_remark,
    opinion_remarks,
    photos_remark,
    rate_remark,
    task_remark,
)
from ui.session import Session

# What changes the page: these types of records, and the settings of this PC.
_KINDS = (Checklist, ChecklistAnswer, ChecklistReview, Task, SpotCheck, Photo)
READ = frozenset(kind.table for kind in _KINDS) | {"organisation", "exchange", "setting"}


@dataclass(frozen=True, slots=True)
class Month:
    """A sheet with its answers, what they come to, and what was answered the time before."""

    sheet: Checklist
    answers: Mapping[str, ChecklistAnswer]
    given: Mapping[str, Given]
    verdicts: Mapping[str, Verdict]
    figures: Mapping[str, AreaFigures]
    previous: Mapping[str, ChecklistAnswer]
    doubts: Mapping[str, Doubt]
    opinions: Mapping[str, Opinions]
    tasks: Mapping[str, Sequence[Task]]
    photos: Mapping[str, Sequence[Photo]]
    previous_word: str  # 上月, or the month's name where the month before was not filled

    def remarks(self, line: Line) -> list[Remark]:
        """What is to be said of a line, below its question."""
        found = []
        if rate := rate_of(line, self.given):
            found.append(rate_remark(line.item.rate, rate))
        if doubt := self.doubts.get(line.id):
            found += filter(None, [doubt_remark(doubt, self.answers.get(line.id))])
        if photos := self.photos.get(line.id):
            found.append(photos_remark(len(photos)))
        said = self.opinions.get(line.id, Opinions())
        found += opinion_remarks(said, self.verdicts[line.id])
        return found + [task_remark(task) for task in self.tasks.get(line.id, ())]

    @property
    def doubtful(self) -> list[str]:
        """The lines whose answer is to be mended or explained."""
        answers = self.answers
        return [line for line, one in self.doubts.items() if doubt_remark(one, answers.get(line))]

    def fallen(self, lines: Sequence[Line]) -> list[Line]:
        """The lines that fell short and have no task yet."""
        short = Verdict.NONCOMPLIANT
        return [x for x in lines if self.verdicts[x.id] is short and x.id not in self.tasks]


def read_month(session: Session, lines: Sequence[Line], period: str) -> Month:
    """The month as it stands in the ledger."""
    ledger = session.ledger
    sheet = checklists.sheet(ledger, period)
    sheet = sheet or checklists.new_sheet(ledger, session.checklist, period)
    answers = checklists.answers(ledger, sheet)
    given = checklists.given_of(lines, answers)
    rule_sets, day = sheet.rule_sets or frozenset(), sheet.filled_on or session.today()
    before, previous = checklists.previous_answers(ledger, period)
    last = checklists.given_of(lines, previous)
    return Month(
        sheet=sheet,
        answers=answers,
        given=given,
        verdicts={line.id: judge(line, given, rule_sets, day) for line in lines},
        figures=figures(lines, given, rule_sets, day),
        previous=previous,
        doubts=doubts(lines, given, last, day),
        opinions=opinions(ledger, sheet) if sheet.id else {},
        tasks=tasks_of(ledger, sheet),
        photos=evidence(ledger, sheet, [line.id for line in lines]) if sheet.id else {},
        previous_word="上月" if before in ("", moved(period, -1)) else show_period(before),
    )


def wanted_tasks(session: Session, month: Month, lines: Sequence[Line]) -> list[Task]:
    """A task, not saved, for each line that fell short and has none."""
    return [
        task_from(session.ledger, month.sheet, line, line.field.show(month.given[line.id].value))
        for line in month.fallen(lines)
    ]
