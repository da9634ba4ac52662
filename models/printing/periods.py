"""月报, 学期报告 and the bi-monthly review: gathers a period from the ledger, if it balances."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.ledger.ledger import Ledger
from models.ledger.period import checks, during, photos_of
from models.ledger.titles import unit_names
from models.printing.job import NOTHING, Job, month_of, name_of
from models.printing.pictures import picture
from models.problems import AppError
from models.records.figures import Rate
from models.records.finding import CATEGORIES, PHOTO_STAGES
from models.records.period_figures import Course, by_month, courses_of
from models.records.periods import (
    Period,
    is_term,
    months,
    moved,
    period_of,
    show_months,
    show_period,
    show_term,
    term,
)
from models.records.review_fields import FIELDS, OTHER, field_of
from models.reports.period_report import Pair, period_report
from models.reports.period_tables import sorted_by
from models.reports.period_words import PeriodReview
from models.reports.report import Report

TREND_MONTHS = 6
PAIRS_SETTING, USUAL_PAIRS = "reports.pairs", 12
MOST_TOLD = 5
UNSORTED = "未分类"
SHORT_CATEGORIES = {code: name.partition("（")[0] for code, name in CATEGORIES.items()}
FIELDS_NOTE = (
    "九个方面见《山东省校园安全双月督查点评工作方案》；"
    "22类隐患归入哪个方面由本程序约定，没有对应方面的列入“其他”。"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a report is about, what people call them, and what the report is called."""

    period: Period
    name: str
    matter: str

    @classmethod
    def of(cls, kind: str, parameter: str) -> "Span":
        """Of a month and of two (2026-11, the first one), or of a term (2026-1)."""
        if kind == "term":
            if not is_term(parameter):
                raise AppError(
                    f"“{parameter}”不是学期，没有打印。"
                    "请按 2026-1 的样子填写：2026年9月开学的学年，1 是第一学期，2 是第二学期。"
                )
            return cls(term(parameter), show_term(parameter), "安全隐患排查治理报告")
        month = month_of(parameter)
        if kind == "two_months":
            return cls(months(month, 2), show_months(month, 2), "双月督查点评情况报告")
        return cls(months(month), show_period(month), "安全隐患排查治理月报")


def of_month(job: Job, parameter: str) -> Report:
    """月报."""
    return gather(job, parameter, "month")


def of_term(job: Job, parameter: str) -> Report:
    """学期报告."""
    return gather(job, parameter, "term")


def of_two(job: Job, parameter: str) -> Report:
    """The report for the province's review every two months."""
    return gather(job, parameter, "two_months")


def gather(job: Job, parameter: str, kind: str) -> Report:
    """The report of a period; AppError where there is nothing to tell or it does not balance."""
    ledger, span, today = job.ledger, Span.of(kind, parameter), job.today()
    names = _months_shown(span.period, today)
    whole = Period(months(names[0]).start, span.period.end)
    found = during(ledger, whole, _unit_of(ledger))
    courses = courses_of(found, span.period, today)
    _refuse_contradictions(courses)
    review = _review(ledger, span, courses)
    if not courses and not review.checks:
        raise AppError(f"{span.name}没有隐患，也没有检查记录，{NOTHING}")
    review = replace(review, months=by_month(found, names), day=today)
    if kind == "two_months":
        review = replace(review, grouping="方面", groups=_by_field(courses), note=FIELDS_NOTE)
    return period_report(review, _pairs(ledger, courses), faces=job.faces)


def pairs_setting(ledger: Ledger) -> int:
    """How many pairs of photos a report has at most, as set."""
    text = ledger.setting(PAIRS_SETTING)
    return int(text) if text.isdecimal() else USUAL_PAIRS


def _unit_of(ledger: Ledger) -> str | None:
    """A school reports about itself, an office about all that are in its ledger."""
    return None if ledger.is_office else ledger.unit


def _months_shown(period: Period, today: date) -> list[str]:
    """The months of the chart: those of the period so far, and at least half a year."""
    names = [min(period_of(period.end), period_of(today))]
    while names[0] > period_of(period.start) or len(names) < TREND_MONTHS:
        names.insert(0, moved(names[0], -1))
    return names


def _refuse_contradictions(courses: Sequence[Course]) -> None:
    """A report whose figures do not balance is not printed: its reader could not trust it."""
    wrong = [course.finding.number or "无编号" for course in courses if not course.balances]
    if wrong:
        more = f"等{len(wrong)}项" if len(wrong) > MOST_TOLD else ""
        raise AppError(
            "“期初＋新增－销号＝期末”不平衡，没有生成报告。"
            f"隐患 {'、'.join(wrong[:MOST_TOLD])}{more}的排查日期与办理日期前后矛盾。"
            "请在“隐患排查”里改正排查日期，再生成报告。"
        )


def _review(ledger: Ledger, span: Span, courses: Sequence[Course]) -> PeriodReview:
    """All but the chart of months, sorted by category."""
    from models.exchange.members import pinned_office  # ciphers are loaded only where used

    unit, office = _unit_of(ledger), pinned_office(ledger)
    counted = checks(ledger, span.period, unit)
    kinds: Counter[str] = Counter()
    for _unit, kind, count in counted:
        kinds[kind or ""] += count
    met = {course.finding.unit for course in courses if course.is_found}
    checked = met | {name for name, _kind, _count in counted}
    return PeriodReview(
        unit=name_of(ledger),
        addressee=office.name if office and unit else "",
        name=span.name,
        matter=span.matter,
        period=span.period,
        day=span.period.end,
        courses=courses,
        months=(),
        grouping="类别",
        groups=sorted_by(courses, _category, (*SHORT_CATEGORIES.values(), UNSORTED)),
        checks=kinds,
        units=None if unit else Rate(len(met), len(checked)),
        names=None if unit else unit_names(ledger),
    )


def _category(course: Course) -> str:
    return SHORT_CATEGORIES.get(course.finding.category or "", UNSORTED)


def _by_field(courses: Sequence[Course]) -> dict[str, list[Course]]:
    """All nine fields, also those without findings; 其他 only where it has some."""
    groups: dict[str, list[Course]] = {name: [] for name in FIELDS.values()}
    for course in courses:
        groups[FIELDS[field_of(course.finding)]].append(course)
    return {name: group for name, group in groups.items() if group or name != FIELDS[OTHER]}


def _pairs(ledger: Ledger, courses: Sequence[Course]) -> list[Pair]:
    """The first photo before and the last one after of each finding that has both, oldest first."""
    photos = photos_of(ledger, [course.finding.id for course in courses])
    pairs: list[Pair] = []
    most = pairs_setting(ledger)
    for course in courses:
        taken = photos.get(course.finding.id, [])
        before = [photo for photo in taken if photo.stage == "before"]
        after = [photo for photo in taken if photo.stage == "after"]
        if before and after and len(pairs) < most:
            finding = course.finding
            words = "　".join(filter(None, (finding.number, finding.place, finding.description)))
            pictures = [
                picture(ledger, photo, PHOTO_STAGES[photo.stage or ""], finding.place)
                for photo in (before[0], after[-1])
            ]
            pairs.append(Pair(words, *pictures))
    return pairs
