"""Which papers a period has: each function here reads what there is of one kind of report."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from models.ledger import inspections
from models.ledger.period import checks, during
from models.ledger.programmes import programmes
from models.ledger.training import sessions, trainees
from models.printing.job import Job
from models.printing.papers import LACKING, ROUND
from models.records.drill import Drill
from models.records.five_management import Checklist
from models.records.inspection import Inspection
from models.records.measure import AreaPlan, Measure, MeasureAction, school_year_of
from models.records.period_figures import Found, courses_of
from models.records.periods import (
    Period,
    beside,
    latest_terms,
    months,
    moved,
    period_of,
    term,
)
from models.records.record import Record
from models.records.spot_check import SpotCheck
from models.reports.case import Case

ALL = ("now",)  # what is printed as it stands, whatever the period


class Stretch:
    """A period up to today, and its findings, read once for all papers about them."""

    def __init__(self, job: Job, period: Period) -> None:
        self.ledger, self.period, self.today = job.ledger, period, job.today()
        last = min(period_of(period.end), period_of(self.today))
        self.months: list[str] = []
        while (month := moved(period_of(period.start), len(self.months))) <= last:
            self.months.append(month)
        self.unit = None if job.ledger.is_office else job.ledger.unit
        self.found = during(job.ledger, period, self.unit)
        self.rounds = [*_rounds(self.found, period)]
        self.notices = _issued(self)

    def has(self, day: date | None) -> bool:
        """Whether the day is one of its days."""
        return day in self.period


Finder = Callable[[Stretch], Sequence[str] | None]


def _rounds(found: Sequence[Found], period: Period) -> Iterator[tuple[str, Case]]:
    """The rounds of findings that fall into the period, each with the parameter that names it."""
    for finding, steps in found:
        begun = date.min
        for at, case in enumerate(Case(finding, steps).rounds, 1):
            if begun <= period.end and (case.until or date.max) >= period.start:
                yield f"{finding.id}{ROUND}{at}", case
            begun = case.until or date.max


def _is_ours(stretch: Stretch, case: Case) -> bool:
    """A school's papers are those of all its findings, an office's those of its own notices."""
    return bool(case.office) or not stretch.ledger.is_office


def years_of(stretch: Stretch) -> Sequence[str]:
    """The calendar years of its days so far."""
    last = min(stretch.period.end, stretch.today).year
    return [str(year) for year in range(stretch.period.start.year, last + 1)]


def ended_inspections(stretch: Stretch) -> Sequence[str]:
    """Those that have ended; those that go on are named among the gaps."""
    return [one.id for one in held_inspections(stretch) if one.ended]


def held_inspections(stretch: Stretch) -> list[Inspection]:
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


def _issued(stretch: Stretch) -> dict[str, list[Case]]:
    """Each notice once, with its findings: by its number where it is a school's own, else by one of
    them."""
    found: dict[tuple[str, str, str], tuple[str, list[Case]]] = {}
    for parameter, case in stretch.rounds:
        notice = case.notice
        if notice and stretch.has(notice.taken_on) and _is_ours(stretch, case):
            named = case.number if case.number and not case.office else parameter
            key = (case.finding.unit, case.number or parameter, case.office)
            found.setdefault(key, (named, []))[1].append(case)
    return dict(found.values())


def notices_with(key: str) -> Finder:
    """Those of which this paper can be printed already."""

    def find(stretch: Stretch) -> Sequence[str]:
        notices = stretch.notices.items()
        return [one for one, cases in notices if not all(LACKING[key](case) for case in cases)]

    return find


def closed_rounds(stretch: Stretch) -> Sequence[str]:
    """The rounds that were closed in it."""
    return [
        parameter
        for parameter, case in stretch.rounds
        if stretch.has(case.standing.closed_on) and _is_ours(stretch, case)
    ]


def major_rounds(stretch: Stretch) -> Sequence[str]:
    """The rounds in which a finding was 重大."""
    return [
        parameter
        for parameter, case in stretch.rounds
        if case.standing.level == "major" and _is_ours(stretch, case)
    ]


def begun_sheets(stretch: Stretch) -> Sequence[str]:
    """The months whose sheet was begun."""
    filled = stretch.ledger.all(Checklist, unit=stretch.ledger.unit)
    return [month for month in stretch.months if month in {sheet.period for sheet in filled}]


def _terms(stretch: Stretch) -> Sequence[str] | None:
    """The terms that lie in it and have begun; a month has none."""
    period, newest = stretch.period, latest_terms(stretch.today, 1)[0]
    first = latest_terms(period.start, 1)[0]
    names = [name for name in (first, beside(first, 1)) if name <= newest]
    return [name for name in names if _lies_in(term(name), period)] or None


def _told(stretch: Stretch, period: Period) -> bool:
    """Whether there is anything to tell of a period: findings that stood open, or inspections."""
    courses = courses_of(stretch.found, period, stretch.today)
    return bool(courses or checks(stretch.ledger, period, stretch.unit))


def told_months(stretch: Stretch) -> Sequence[str]:
    """The months of which there is anything to tell."""
    return [month for month in stretch.months if _told(stretch, months(month))]


def told_terms(stretch: Stretch) -> Sequence[str] | None:
    """The terms of which there is anything to tell."""
    names = _terms(stretch)
    return names and [name for name in names if _told(stretch, term(name))]


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def filled_terms(stretch: Stretch) -> Sequence[str] | None:
    """The terms with any month's sheet."""
    filled = [months(month).start for month in begun_sheets(stretch)]
    names = _terms(stretch)
    return names and [name for name in names if any(day in term(name) for day in filled)]


def told_two_months(stretch: Stretch) -> Sequence[str] | None:
    """January and February, March and April …: those that lie in it whole."""
    names = stretch.months
    odd = [one for one in names if int(one[-2:]) % 2 and moved(one, 1) in names]
    return [one for one in odd if _told(stretch, months(one, 2))] if odd else None


def year_of_plans(stretch: Stretch) -> Sequence[str]:
    """The school year, where plans, measures or actions are registered in this ledger."""
    kinds = (AreaPlan, Measure, MeasureAction)
    known = any(stretch.ledger.all(kind, unit=stretch.ledger.unit) for kind in kinds)
    return [school_year_of(stretch.period.start)] if known else []


def spot_months(kind: str) -> Finder:
    """The months with a check of this kind."""

    def find(stretch: Stretch) -> Sequence[str]:
        held = stretch.ledger.all(SpotCheck, unit=stretch.ledger.unit, kind=kind)
        known = {period_of(one.held_on) for one in held if one.held_on}
        return [month for month in stretch.months if month in known]

    return find


def run_programmes(stretch: Stretch) -> Sequence[str]:
    """Those that ran in the period."""
    period = stretch.period
    return [
        one.id
        for one in programmes(stretch.ledger)
        if (one.begins or date.min) <= period.end and (one.ends or date.max) >= period.start
    ]


def numbered_programmes(stretch: Stretch) -> Sequence[str]:
    """Those with a certificate that bears a number."""
    ledger = stretch.ledger
    return [
        name
        for name in run_programmes(stretch)
        if any(trainee.certificate for trainee, _person in trainees(ledger, name))
    ]


def trained_years(stretch: Stretch) -> Sequence[str]:
    """The years with any session."""
    return [year for year in years_of(stretch) if sessions(stretch.ledger, int(year))]


def held_drills(stretch: Stretch) -> Sequence[str]:
    """The drills of the period, oldest first."""
    every = stretch.ledger.all(Drill, unit=stretch.ledger.unit)
    held = [(one.held, one.id) for one in every if one.held and stretch.has(one.held.date())]
    return [name for _held, name in sorted(held)]


def as_it_stands(kind: type[Record]) -> Finder:
    """A list as it stands, where it has anything in it."""

    def find(stretch: Stretch) -> Sequence[str]:
        return ALL if stretch.ledger.all(kind, unit=stretch.ledger.unit) else []

    return find
