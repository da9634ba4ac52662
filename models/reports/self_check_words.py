"""What the 自查报告 of 五项管理 says in sentences, from its figures alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.records.figures import Rate, rounded
from models.reports.filled_sheet import FilledSheet, answer_words
from models.templates.compliance import Verdict
from models.templates.five_management import AREAS, Line
from models.templates.trend import HEALTH, MonthFigures, show_percent

ADVICE = "（建议）"


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What the letter is made of.

    `months` are the filled months it tells of, oldest first, and `before` the one that was filled
    before them; `sheet` is the sheet of the last; `remedies` says by line id what is done about
    it; `actions` counts those of the measures, done of all.
    """

    unit: str
    addressee: str  # empty where it is not known
    name: str  # how people call the period
    months: Sequence[MonthFigures]
    before: MonthFigures | None
    sheet: FilledSheet
    remedies: Mapping[str, Sequence[str]]
    actions: Rate
    plans: int
    day: date
    is_term: bool

    @property
    def last(self) -> MonthFigures:
        """The month whose sheet says how things stand."""
        return self.months[-1]

    @property
    def earlier(self) -> MonthFigures | None:
        """The month it is held against: the first of a term, else the one filled before."""
        return self.months[0] if len(self.months) > 1 else self.before

    @property
    def shortfalls(self) -> dict[str, list[Line]]:
        """The lines that fall short, by area in screen order."""
        filled_on = self.sheet.checklist.filled_on or self.day
        found: dict[str, list[Line]] = {}
        for line in self.sheet.lines:
            if self.sheet.verdict(line, filled_on) is Verdict.NONCOMPLIANT:
                found.setdefault(line.item.area, []).append(line)
        return found


def month_word(month: MonthFigures) -> str:
    """2026年11月."""
    year, _, number = month.period.partition("-")
    return f"{year}年{int(number)}月"


def situation(check: SelfCheck) -> list[str]:
    """一、总体情况."""
    total, last = check.last.total, month_word(check.last)
    texts = []
    if check.is_term:
        names = "、".join(month_word(month) for month in check.months)
        texts.append(f"本学期已开展自查{len(check.months)}次（{names}），以下为{last}的情况。")
    text = (
        f"对照五项管理要求逐项自查，计入达标率的{total.rate.whole}项中，达标{total.rate.part}项，"
        f"达标率{total.rate.percent()}"
    )
    text += f"，尚有{total.unanswered}项未答，未答的不算达标。" if total.unanswered else "。"
    texts.append(text + _change(check))
    return texts


def _change(check: SelfCheck) -> str:
    earlier = check.earlier
    if earlier is None or not earlier.total.rate.whole:
        return ""
    return f"{month_word(earlier)}达标率为{earlier.total.rate.percent()}。"


def health(check: SelfCheck) -> str:
    """二、近视率和体质健康优良率: each with its change; they count for and against nobody."""
    parts = [_health(check, line, name) for line, name in HEALTH.items()]
    return "；".join(parts) + "。两项只作统计，不计入达标率。"


def _health(check: SelfCheck, line: str, name: str) -> str:
    now = check.last.health[line]
    if now is None:
        return f"{name}在{month_word(check.last)}的自查表里没有填写"
    before = check.earlier.health[line] if check.earlier else None
    if before is None or check.earlier is None:
        return f"{name}{show_percent(now)}"
    return f"{name}{show_percent(now)}，比{month_word(check.earlier)}{_points(now - before)}"


def _points(change: Decimal) -> str:
    if not change:
        return "没有变化"
    return f"{'上升' if change > 0 else '下降'}{rounded(abs(change), 2)}个百分点"


def problems(check: SelfCheck) -> list[tuple[str, list[str]]]:
    """三、存在的问题: (head of an area, its items), each with the answer it was given."""
    return [
        (
            f"{AREAS[area]}（{len(lines)}项）",
            [
                f"{number}. {line.label}{'' if line.item.is_confirmed else ADVICE}——"
                f"{_one_line(answer_words(check.sheet, line, evidence=False))}"
                for number, line in enumerate(lines, 1)
            ],
        )
        for area, lines in check.shortfalls.items()
    ]


def _one_line(text: str) -> str:
    return text.replace("\n", "；").rstrip("。") + "。"


def remedies(check: SelfCheck) -> list[str]:
    """四、整改措施: what is done about each item that falls short, and what nobody does yet."""
    lines = [line for under in check.shortfalls.values() for line in under]
    known = [line for line in lines if check.remedies.get(line.id)]
    texts = [
        f"{number}. {line.label}：{'；'.join(check.remedies[line.id])}。"
        for number, line in enumerate(known, 1)
    ]
    open_ones = len(lines) - len(known)
    if open_ones:
        rest = "其余" if known else "上述"
        texts.append(f"{rest}{open_ones}项尚未明确整改任务，将逐项确定责任人和完成时限。")
    if not lines:
        texts.append("继续按月开展自查，发现问题及时整改。")
    return texts


def measures(check: SelfCheck) -> str:
    """五、方案与举措."""
    text = f"五项管理方案应有{len(AREAS)}项，已登记{check.plans}项。"
    if check.actions.whole:
        text += (
            f"各项举措安排落实行动{check.actions.whole}项，已完成{check.actions.part}项，"
            f"完成率{check.actions.percent()}。"
        )
    return text
