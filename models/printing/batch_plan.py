"""What belongs into the papers of a period (迎检包): derived from the ledger, nothing left out
unsaid."""

from collections.abc import Sequence
from typing import NamedTuple

from models.printing import REPORTS
from models.printing.batch_finders import (
    Finder,
    Stretch,
    as_it_stands,
    begun_sheets,
    closed_rounds,
    ended_inspections,
    filled_terms,
    held_drills,
    held_inspections,
    major_rounds,
    notices_with,
    numbered_programmes,
    run_programmes,
    spot_months,
    told_months,
    told_terms,
    told_two_months,
    trained_years,
    year_of_plans,
    years_of,
)
from models.printing.job import Job
from models.printing.papers import LACKING
from models.problems import AppError
from models.records.measure import (
    SCHOOL_YEARS,
    school_year,
)
from models.records.periods import (
    Period,
    is_period,
    is_term,
    months,
    show_period,
    show_term,
    term,
)
from models.records.record import show_answer
from models.records.risk import Duty, RiskPoint
from models.records.task import Task


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
    papers, empty = [], []
    sections = [one for one in SECTIONS if not job.ledger.is_office or one not in OF_SCHOOLS]
    for at, section in enumerate(sections, 1):
        for key, find in SECTIONS[section].items():
            found = find(stretch)
            papers += [Paper(f"{at:02}-{section}", key, one) for one in found or ()]
            if found is not None and not found and not (key in LACKING and stretch.notices):
                empty.append(REPORTS[key].title)
    gaps = [*_unfinished(stretch), *_behind(stretch)]
    if not job.ledger.is_office:
        gaps += _unfilled(stretch)
    if empty:
        gaps.append(f"{words}没有记录的：{'、'.join(empty)}。")
    return Plan(words, papers, gaps)


def _unfinished(stretch: Stretch) -> list[str]:
    return [
        f"安全检查登记表：{show_answer(one, 'started')}的{show_answer(one, 'kind')}还没有结束。"
        for one in held_inspections(stretch)
        if not one.ended
    ]


def _behind(stretch: Stretch) -> list[str]:
    """What a notice has no paper of yet, and why."""
    return [
        f"{REPORTS[key].title}（{cases[0].number or cases[0].finding.number}）："
        f"{LACKING[key](cases[0])}。"
        for key in ("rectification_receipt", "recheck_opinion")
        for cases in stretch.notices.values()
        if all(LACKING[key](case) for case in cases)
    ]


def _unfilled(stretch: Stretch) -> list[str]:
    filled = begun_sheets(stretch)
    lacking = [show_period(month) for month in stretch.months if month not in filled]
    if not filled or not lacking:
        return []
    return [f"五项管理自查表：{'、'.join(lacking)}没有填写（假期不用填）。"]


OF_SCHOOLS = frozenset({"五项管理"})
# what is in no package: printed for one person who asks for it, or written by one
ALONE = ("hours_proof", "training_file", "self_test", "official_letter")
SECTIONS: dict[str, dict[str, Finder]] = {
    "隐患排查": {
        "findings_ledger": years_of,
        "inspection_sheet": ended_inspections,
        "rectification_notice": notices_with("rectification_notice"),
        "rectification_receipt": notices_with("rectification_receipt"),
        "recheck_opinion": notices_with("recheck_opinion"),
        "closing_slip": closed_rounds,
        "major_plan": major_rounds,
    },
    "五项管理": {
        "five_management": begun_sheets,
        "five_points": begun_sheets,
        "five_letter": begun_sheets,
        "five_term": filled_terms,
        "homework_spot": spot_months("homework"),
        "sleep_spot": spot_months("sleep"),
        "measures": year_of_plans,
        "tasks_ledger": as_it_stands(Task),
    },
    "培训": {
        "training_summary": trained_years,
        "programme_report": run_programmes,
        "certificates": numbered_programmes,
    },
    "风险与演练": {
        "risk_list": as_it_stands(RiskPoint),
        "duty_list": as_it_stands(Duty),
        "drill_record": held_drills,
    },
    "定期报告": {
        "month_report": told_months,
        "review_report": told_two_months,
        "term_report": told_terms,
    },
}
