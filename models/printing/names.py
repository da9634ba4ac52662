"""What the file of a report is called, by what the report was asked for."""

from collections.abc import Callable

from models.ledger.ledger import Ledger
from models.printing.job import ReportKind, month_of
from models.printing.letters import title_of
from models.printing.management import BLANK_FORM
from models.printing.papers import finding_of
from models.printing.periods import Span
from models.records.drill import Drill
from models.records.fields import show_day
from models.records.inspection import Inspection
from models.records.measure import SCHOOL_YEARS
from models.records.periods import is_term, show_period, show_term
from models.records.person import Person
from models.records.programme import Programme
from models.records.record import show_answer


def _year(_ledger: Ledger, kind: ReportKind, year: str) -> str:
    return f"{year}年{kind.title}"


def _month(_ledger: Ledger, kind: ReportKind, period: str) -> str:
    return f"{show_period(month_of(period))}{kind.title}"


def _span(_ledger: Ledger, kind: ReportKind, parameter: str) -> str:
    span = Span.of(kind.parameter, parameter)
    return f"{span.name}{span.matter}"


def _term(_ledger: Ledger, kind: ReportKind, name: str) -> str:
    title = kind.title.removesuffix("（学期）")
    return f"{show_term(name)}{title}" if is_term(name) else title


def _school_year(_ledger: Ledger, kind: ReportKind, year: str) -> str:
    return f"{SCHOOL_YEARS.get(year, year)}{kind.title}"


def _spot(_ledger: Ledger, kind: ReportKind, period: str) -> str:
    blank = period == BLANK_FORM
    return f"{kind.title}（空白）" if blank else f"{show_period(month_of(period))}{kind.title}"


def _finding(ledger: Ledger, kind: ReportKind, record: str) -> str:
    finding = finding_of(ledger, record)
    return "-".join(filter(None, (kind.title, finding.number if finding else None)))


def _drill(ledger: Ledger, kind: ReportKind, record: str) -> str:
    drill = ledger.get(Drill, record)
    known = (kind.title, f"{drill.held:%Y-%m-%d}", drill.topic) if drill and drill.held else ()
    return "-".join(filter(None, known)) or kind.title


def _notice(ledger: Ledger, kind: ReportKind, parameter: str) -> str:
    if finding_of(ledger, parameter) is None:
        return f"{kind.title}-{parameter}"
    return _finding(ledger, kind, parameter)


def _inspection(ledger: Ledger, kind: ReportKind, record: str) -> str:
    held = ledger.get(Inspection, record)
    day = show_day(held.started) if held and held.started else ""
    words = (kind.title, show_answer(held, "kind") if held else "", day)
    return "-".join(filter(None, words))


def _person(ledger: Ledger, kind: ReportKind, parameter: str) -> str:
    """A person, and behind @ the year or the period that is asked for."""
    record, _, when = parameter.partition("@")
    person = ledger.find(Person, record)
    return "-".join(filter(None, (kind.title, person.name if person else None, when)))


def _programme(ledger: Ledger, kind: ReportKind, record: str) -> str:
    programme = ledger.find(Programme, record)
    return "-".join(filter(None, (kind.title, programme.name if programme else None)))


def _none(_ledger: Ledger, kind: ReportKind, _parameter: str) -> str:
    return kind.title


def _letter(ledger: Ledger, kind: ReportKind, _parameter: str) -> str:
    return title_of(ledger) or kind.title


NAMES: dict[str, Callable[[Ledger, ReportKind, str], str]] = {
    "year": _year,
    "month": _month,
    "term": _span,
    "two_months": _span,
    "closed": _finding,
    "major": _finding,
    "notice": _notice,
    "inspection": _inspection,
    "none": _none,
    "letter": _letter,
    "drill": _drill,
    "school_term": _term,
    "school_year": _school_year,
    "spot": _spot,
    "trainee": _person,
    "person": _person,
    "assessment": _person,
    "programme": _programme,
}
