"""What belongs into the papers of a period (迎检包): derived from the ledger, nothing left out
unsaid."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.ledger import inspections
from models.ledger.ledger import Ledger
from models.ledger.period import during
from models.ledger.programmes import programmes
from models.printing import REPORTS
from models.printing.job import Job
from models.printing.papers import ROUND
from models.problems import AppError
from models.records.drill import Drill
from models.records.five_management import Checklist
from models.records.inspection import Inspection
from models.records.measure import SCHOOL_YEARS, school_year, school_year_of
from models.records.periods import (
    Period,
    beside,
    is_period,
    is_term,
    latest_terms,
    months,
    moved,
    period_of,
    show_period,
    show_term,
    term,
)
from models.records.record import show_answer
from models.records.spot_check import SpotCheck
from models.reports.case import Case

ALL = ("now",)  # what is printed as it stands, whatever the period


class Paper(NamedTuple):
    """One paper: the folder it goes to, the report's key and what it is asked for."""

    folder: str
    key: str
    parameter: str


class Plan(NamedTuple):
    """The papers of a period, and in sentences what the period has none of."""

    name: str
    papers: Sequence[Paper]
    gaps: Sequence[str]


class Stretch:
    """A period up to today, and its findings, read once for all papers about them."""

    def __init__(self, job: Job, period: Period) -> None:
        self.ledger, self.period, self.today = job.ledger, period, job.today()
        last = min(period_of(period.end), period_of(self.today))
        self.months: list[str] = []
        while (month := moved(period_of(period.start), len(self.months))) <= last:
            self.months.append(month)
        self.rounds = [*_rounds(job.ledger, period)]

    def has(self, day: date | None) -> bool:
        """Whether the day is one of its days."""
        return day in self.period


Finder = Callable[[Stretch], Sequence[str] | None]


def period_named(name: str) -> tuple[str, Period]:
    """A month (2026-11), a term (2026-1) or a school year (2026): its name and its days."""
    if is_period(name):
        return show_period(name), months(name)
    if is_term(name):
        return show_term(name), term(name)
    if name in SCHOOL_YEARS:
        return SCHOOL_YEARS[name], school_year(name)
    raise AppError(
        f"“{name}”不是月份、学期或学年，没有生成迎检包。"
        "请按 2026-11（月份）、2026-1（2026年9月开学的学年第一学期）或 2026（学年）的样子填写。"
    )


def plan_package(job: Job, name: str) -> Plan:
    """The papers of a period; AppError where the name is none or the period has not begun."""
    words, period = period_named(name)
    if period.start > job.today():
        raise AppError(f"{words}还没有开始，没有生成迎检包。请选已经开始的月份、学期或学年。")
    stretch = Stretch(job, period)
    papers, gaps = [], _unfinished(stretch)
    sections = [one for one in SECTIONS if not job.ledger.is_office or one not in OF_SCHOOLS]
    for at, section in enumerate(sections, 1):
        for key, find in SECTIONS[section].items():
            found = find(stretch)
            papers += [Paper(f"{at:02}-{section}", key, one) for one in found or ()]
            if found is not None and not found:
                gaps.append(f"{REPORTS[key].title}：{words}没有这项记录。")
    if not job.ledger.is_office:
        gaps += _unfilled(stretch)
    return Plan(words, papers, gaps)


def _rounds(ledger: Ledger, period: Period) -> Iterator[tuple[str, Case]]:
    """The rounds of findings that fall into the period, each with the parameter that names it."""
    for finding, steps in during(ledger, period, None if ledger.is_office else ledger.unit):
        begun = date.min
        for at, case in enumerate(Case(finding, steps).rounds, 1):
            if begun <= period.end and (case.until or date.max) >= period.start:
                yield f"{finding.id}{ROUND}{at}", case
            begun = case.until or date.max


def _is_ours(stretch: Stretch, case: Case) -> bool:
    """A school's papers are those of all its findings, an office's those of its own notices."""
    return bool(case.office) or not stretch.ledger.is_office


def _years(stretch: Stretch) -> Sequence[str]:
    last = min(stretch.period.end, stretch.today).year
    return [str(year) for year in range(stretch.period.start.year, last + 1)]


def _inspections(stretch: Stretch) -> Sequence[str]:
    return [one.id for one in _held(stretch) if one.ended]


def _held(stretch: Stretch) -> list[Inspection]:
    """The inspections of the period, oldest first: a school's, or those an office made."""
    ledger = stretch.ledger
    every = ledger.all(Inspection) if ledger.is_office else ledger.all(Inspection, unit=ledger.unit)
    mine = [
        (one.started, one)
        for one in every
        if one.started
        and stretch.has(one.started.date())
        and (not ledger.is_office or inspections.is_ours(ledger, one))
    ]
    return [one for _started, one in sorted(mine, key=lambda pair: pair[0])]


def _unfinished(stretch: Stretch) -> list[str]:
    return [
        f"安全检查登记表：{show_answer(one, 'started')}的{show_answer(one, 'kind')}还没有结束。"
        for one in _held(stretch)
        if not one.ended
    ]


def _notices(stretch: Stretch) -> Sequence[str]:
    """Each notice once, by its number where it is a school's own, else by one of its findings."""
    found: dict[tuple[str, str, str], str] = {}
    for parameter, case in stretch.rounds:
        notice = case.notice
        if notice and stretch.has(notice.taken_on) and _is_ours(stretch, case):
            named = case.number if case.number and not case.office else parameter
            key = (case.finding.unit, case.number or parameter, case.office)
            found.setdefault(key, named)
    return [*found.values()]


def _closed(stretch: Stretch) -> Sequence[str]:
    return [
        parameter
        for parameter, case in stretch.rounds
        if stretch.has(case.standing.closed_on) and _is_ours(stretch, case)
    ]


def _major(stretch: Stretch) -> Sequence[str]:
    return [
        parameter
        for parameter, case in stretch.rounds
        if case.standing.level == "major" and _is_ours(stretch, case)
    ]


def _sheets(stretch: Stretch) -> Sequence[str]:
    """The months whose sheet was begun."""
    filled = stretch.ledger.all(Checklist, unit=stretch.ledger.unit)
    return [month for month in stretch.months if month in {sheet.period for sheet in filled}]


def _unfilled(stretch: Stretch) -> list[str]:
    filled = _sheets(stretch)
    lacking = [show_period(month) for month in stretch.months if month not in filled]
    if not filled or not lacking:
        return []
    return [f"五项管理自查表：{'、'.join(lacking)}没有填写（假期不用填）。"]


def _terms(stretch: Stretch) -> Sequence[str] | None:
    """The terms that lie in it and have begun; a month has none."""
    period, newest = stretch.period, latest_terms(stretch.today, 1)[0]
    first = latest_terms(period.start, 1)[0]
    names = [name for name in (first, beside(first, 1)) if name <= newest]
    return [name for name in names if _lies_in(term(name), period)] or None


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _filled_terms(stretch: Stretch) -> Sequence[str] | None:
    filled = [months(month).start for month in _sheets(stretch)]
    names = _terms(stretch)
    return names and [name for name in names if any(day in term(name) for day in filled)]


def _two_months(stretch: Stretch) -> Sequence[str] | None:
    """January and February, March and April …: those that lie in it whole."""
    names = stretch.months
    odd = [one for one in names if int(one[-2:]) % 2 and moved(one, 1) in names]
    return odd or None


def _school_year(stretch: Stretch) -> Sequence[str]:
    return [school_year_of(stretch.period.start)]


def _spots(kind: str) -> Finder:
    def find(stretch: Stretch) -> Sequence[str]:
        held = stretch.ledger.all(SpotCheck, unit=stretch.ledger.unit, kind=kind)
        known = {period_of(one.held_on) for one in held if one.held_on}
        return [month for month in stretch.months if month in known]

    return find


def _programmes(stretch: Stretch) -> Sequence[str]:
    """Those that ran in the period."""
    period = stretch.period
    return [
        one.id
        for one in programmes(stretch.ledger)
        if (one.begins or date.min) <= period.end and (one.ends or date.max) >= period.start
    ]


def _drills(stretch: Stretch) -> Sequence[str]:
    every = stretch.ledger.all(Drill, unit=stretch.ledger.unit)
    held = [(one.held, one.id) for one in every if one.held and stretch.has(one.held.date())]
    return [name for _held, name in sorted(held)]


def _standing(_stretch: Stretch) -> Sequence[str]:
    return ALL


OF_SCHOOLS = frozenset({"五项管理"})
# printed for one person who asks for it, or written by one
PERSONAL = ("hours_proof", "training_file", "self_test", "official_letter")
SECTIONS: dict[str, dict[str, Finder]] = {
    "隐患排查": {
        "findings_ledger": _years,
        "inspection_sheet": _inspections,
        "rectification_notice": _notices,
        "rectification_receipt": _notices,
        "recheck_opinion": _notices,
        "closing_slip": _closed,
        "major_plan": _major,
    },
    "五项管理": {
        "five_management": _sheets,
        "five_points": _sheets,
        "five_letter": _sheets,
        "five_term": _filled_terms,
        "homework_spot": _spots("homework"),
        "sleep_spot": _spots("sleep"),
        "measures": _school_year,
        "tasks_ledger": _standing,
    },
    "培训": {
        "training_summary": _years,
        "programme_report": _programmes,
        "certificates": _programmes,
    },
    "风险与演练": {
        "risk_list": _standing,
        "duty_list": _standing,
        "drill_record": _drills,
    },
    "定期报告": {
        "month_report": lambda stretch: stretch.months,
        "review_report": _two_months,
        "term_report": _terms,
    },
}
