"""What a 整改通知书 says of its findings; the copy to deliver and the stub say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.records.fields import show_day
from models.records.finding import Finding
from models.reports.case import Case
from models.reports.report import BLANK, BLANK_DAY, day_or_blank

BLANK_NUMBER = "〔\u3000\u3000〕\u3000\u3000号"
GENERAL_DEMAND = "请尽快消除上述隐患；消除前做好安全防范。"
CONSEQUENCE = "逾期未整改，或者整改不到位的，将按有关规定处理。"
EVERYBODY = "各有关责任部门、责任人"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says of its findings; both copies say the same."""

    unit: str
    cases: Sequence[Case]
    receiver: str = ""

    @property
    def number(self) -> str:
        """Its number; before it is issued, a blank to fill by hand."""
        return self.cases[0].number or BLANK_NUMBER

    @property
    def issued(self) -> str:
        """The day on which it was issued, or a blank."""
        step = self.cases[0].notice
        return day_or_blank(step.taken_on if step else None)

    @property
    def deadline(self) -> str:
        """The deadline of all findings, or a blank; empty where they have different ones."""
        days = {deadline_of(case) for case in self.cases}
        return day_or_blank(days.pop()) if len(days) == 1 else ""

    @property
    def found(self) -> str:
        """The day of the inspection, or the first and the last one."""
        days = sorted({case.finding.found_on for case in self.cases if case.finding.found_on})
        return "至".join(map(show_day, dict.fromkeys(days[:1] + days[-1:]))) or BLANK_DAY

    def texts(self) -> list[str]:
        """The words of the notice, a paragraph each."""
        many = len(self.cases) > 1
        texts = [f"经{self.found}检查，发现下列{f'{len(self.cases)}项' if many else ''}隐患："]
        for number, case in enumerate(self.cases, 1):
            texts += self._texts_of(case, number)
        if many and not all(case.finding.measures for case in self.cases):
            texts.append(GENERAL_DEMAND)
        when = f"请于{self.deadline}前（含当日）" if self.deadline else "请按上列时限"
        texts.append(f"{when}完成整改，并书面报告整改情况。{CONSEQUENCE}")
        return [text for text in texts if text]

    def _texts_of(self, case: Case, number: int) -> list[str]:
        finding, level = case.finding, f"（{case.level}）" if case.level else ""
        demand = finding.measures or (GENERAL_DEMAND if len(self.cases) == 1 else "")
        return [
            f"{number}. 部位：{finding.place or ''}{level}",
            f"问题：{finding.description or ''}",
            _basis(finding),
            f"整改要求：{demand}" if demand else "",
            f"整改期间的防范措施：{finding.interim}" if finding.interim else "",
            "" if self.deadline else f"整改时限：{day_or_blank(deadline_of(case))}",
        ]


def deadline_of(case: Case) -> date | None:
    """What the notice set; before that, what stands in the finding."""
    step = case.notice
    return step.deadline if step and step.deadline else case.standing.deadline


def addressee_of(cases: Sequence[Case]) -> str:
    """Who has to act: the departments and people, or everybody where they are many."""
    names = dict.fromkeys(
        name for case in cases for name in (case.finding.department, case.finding.responsible)
    )
    known = [name for name in names if name]
    return EVERYBODY if len(known) > 6 else "、".join(known) or BLANK  # a line of names at most


def _basis(finding: Finding) -> str:
    """What it is based on; advice is called advice, not law."""
    basis = finding.basis or ""
    return f"依据：{basis}" if basis and not is_advice(finding) else basis


def is_advice(finding: Finding) -> bool:
    """Whether what it is based on is a proposal of a list, no rule."""
    return (finding.basis or "").startswith("建议")
