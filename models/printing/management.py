"""五项管理 on paper beside the 自查表: the national form, the letter, spot checks, plans."""

from collections.abc import Sequence
from functools import partial

from models.ledger import checklists, spot_checks
from models.ledger.checklist_months import filled_months
from models.ledger.reviews import opinions
from models.ledger.tasks import tasks_of
from models.printing.job import NOTHING, Job, month_of, name_of
from models.problems import AppError
from models.records.fields import show_day
from models.records.five_management import Checklist
from models.records.measure import (
    SCHOOL_YEARS,
    AreaPlan,
    Measure,
    MeasureAction,
    done_of,
    latest_plans,
    school_year,
    school_year_of,
)
from models.records.organisation import Organisation
from models.records.periods import (
    Period,
    is_term,
    months,
    period_of,
    show_period,
    show_term,
    term,
)
from models.records.record import show_answer
from models.records.task import Task
from models.reports.filled_sheet import FilledSheet
from models.reports.inspection_points_form import inspection_points_form
from models.reports.measures_list import measures_list
from models.reports.report import Report
from models.reports.self_check_report import self_check_report
from models.reports.self_check_words import SelfCheck
from models.reports.spot_check_sheet import spot_check_sheet
from models.templates.five_management import Line, load_template

BLANK_FORM = "blank"
EARLIEST = "1000-01"


def points_form(job: Job, period: str) -> Report:
    """《“五项管理”实地督查要点》 of a month."""
    filled = _filled(job, month_of(period))
    sheet = _sheet(job, filled, _lines(job, filled.version or ""))
    said = opinions(job.ledger, filled)
    reviews = {
        line: (show_answer(final.review, "result"), final.review.note or "")
        for line, both in said.items()
        if (final := both.final)
    }
    return inspection_points_form(job.unit_name(), sheet, reviews, faces=job.faces)


def month_letter(job: Job, period: str) -> Report:
    """自查报告 of a month."""
    month = month_of(period)
    return _letter(job, months(month), show_period(month), is_term=False)


def term_letter(job: Job, name: str) -> Report:
    """自查报告 of a term."""
    if not is_term(name):
        raise AppError(
            f"“{name}”不是学期，没有打印。"
            "请按 2026-1 的样子填写：2026年9月开学的学年，1 是第一学期，2 是第二学期。"
        )
    return _letter(job, term(name), show_term(name), is_term=True)


def homework_checks(job: Job, period: str) -> Report:
    """抽测 of homework in a month, or the empty form."""
    return _spot_checks(job, "homework", period)


def sleep_checks(job: Job, period: str) -> Report:
    """抽测 of sleep in a month, or the empty form."""
    return _spot_checks(job, "sleep", period)


def plans_and_measures(job: Job, year: str) -> Report:
    """方案与举措 of a school year."""
    if year not in SCHOOL_YEARS:
        raise AppError(f"“{year}”不是学年，没有打印。请按 2026 的样子填写：2026年9月开始的学年。")
    ledger = job.ledger
    plans = latest_plans(ledger.all(AreaPlan, unit=ledger.unit), year)
    measures = ledger.all(Measure, unit=ledger.unit)
    actions = _actions(job, year)
    if not (plans or measures or actions):
        raise AppError(f"{SCHOOL_YEARS[year]}还没有登记方案和举措，{NOTHING}")
    day = min(job.today(), school_year(year).end)
    return measures_list(
        job.unit_name(), SCHOOL_YEARS[year], plans, measures, actions, day, faces=job.faces
    )


def _filled(job: Job, period: str) -> Checklist:
    found = checklists.sheet(job.ledger, period)
    if found is None:
        raise AppError(f"{show_period(period)}没有填写五项管理自查表，{NOTHING}")
    return found


def _organisation(job: Job) -> Organisation:
    return job.ledger.organisation or Organisation()


def _lines(job: Job, version: str = "") -> list[Line]:
    """The rows of this school, as that version of the list asked; as it asks now without one."""
    template = load_template(job.lists / "five_management.json")
    return template.as_of(version).lines(_organisation(job).scopes)


def _sheet(job: Job, filled: Checklist, lines: Sequence[Line]) -> FilledSheet:
    answers = checklists.answers(job.ledger, filled)
    return FilledSheet(filled, lines, checklists.given_of(lines, answers), answers)


def _letter(job: Job, period: Period, name: str, *, is_term: bool) -> Report:
    from models.exchange.members import pinned_office  # ciphers are loaded only where used

    ledger = job.ledger
    first, last = period_of(period.start), period_of(period.end)
    known = filled_months(ledger, partial(_lines, job), EARLIEST, last)
    told = [month for month in known if month.period >= first]
    if not told:
        raise AppError(f"{name}没有填写五项管理自查表，{NOTHING}")
    filled = _filled(job, told[-1].period)
    office = pinned_office(ledger)
    year = school_year_of(period.start)
    check = SelfCheck(
        unit=name_of(ledger),
        addressee=office.name if office else "",
        name=name,
        months=told,
        before=known[-len(told) - 1] if len(known) > len(told) else None,
        sheet=_sheet(job, filled, _lines(job, filled.version or "")),
        remedies={
            line: [_remedy(task) for task in tasks]
            for line, tasks in tasks_of(ledger, filled).items()
        },
        actions=done_of(_actions(job, year)),
        plans=len(latest_plans(ledger.all(AreaPlan, unit=ledger.unit), year)),
        day=job.today(),
        is_term=is_term,
    )
    return self_check_report(check, faces=job.faces)


def _remedy(task: Task) -> str:
    """Who does what by when, or when it was done."""
    if task.done_on:
        what = f"已于{show_day(task.done_on)}办结"
        return what + (f"：{task.outcome.rstrip('。')}" if task.outcome else "")
    due = f"于{show_day(task.due)}前完成" if task.due else "负责完成"
    return f"由{task.person or '—'}{due}" + (
        f"：{task.measures.rstrip('。')}" if task.measures else ""
    )


def _actions(job: Job, year: str) -> list[MeasureAction]:
    days = school_year(year)
    found = job.ledger.all(MeasureAction, unit=job.ledger.unit)
    return [action for action in found if action.concerns(days)]


def _spot_checks(job: Job, kind: str, period: str) -> Report:
    """The checks of a month; a month without any is an empty form, too."""
    organisation = _organisation(job)
    is_blank = period == BLANK_FORM
    found = [] if is_blank else spot_checks.of_month(job.ledger, kind, month_of(period))
    return spot_check_sheet(
        job.unit_name(),
        kind,
        "" if is_blank else show_period(period),
        found,
        system=organisation.system or "",
        stages=organisation.stages,
        faces=job.faces,
    )
