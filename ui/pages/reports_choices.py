"""What each report can be asked for, newest first: one entry a parameter."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox

from models.ledger import inspections, notices
from models.ledger.development import trainee_years
from models.ledger.drills import drill_choices
from models.ledger.findings import numbers, page
from models.ledger.indicators import assessed
from models.ledger.programmes import programme_words
from models.ledger.same_person import called_people, person_choices
from models.printing.management import BLANK_FORM
from models.printing.papers import ROUND, finding_of, number_of
from models.records.inspection import Inspection
from models.records.measure import school_year_of, show_school_year
from models.records.periods import latest, latest_terms, show_months, show_period, show_term
from models.records.record import show_answer
from ui.session import Session

NEWEST = 200
YEARS, MONTHS, TERMS = 6, 24, 8
PAIRS = (0, 6, 12, 24, 50, 100)  # of photos, before and after
Offers = Sequence[tuple[str, str]]


class Choice(NamedTuple):
    """What a parameter is called, what is offered for it, and what to say where that is nothing."""

    label: str
    offers: Callable[[Session], Offers]
    nothing: str = ""


def offered(session: Session, parameter: str, wanted: str) -> tuple[Offers, int]:
    """What is offered, and which of it is wanted; what is too old for the list stands last."""
    offers = CHOICES[parameter].offers(session)
    if parameter == "notice":
        wanted = number_of(session.ledger, wanted) or wanted
    values = [value for value, _words in offers]
    if wanted in values:
        return offers, values.index(wanted)
    words = _words_of(session, parameter, wanted)
    return ([*offers, (wanted, words)], len(offers)) if words else (offers, 0)


def pairs_choice(chosen: int) -> QComboBox:
    """How many pairs of photos a report of a period has at most."""
    choice = QComboBox()
    choice.setAccessibleName("整改前后照片")
    for count in sorted({*PAIRS, chosen}):
        choice.addItem(f"照片最多 {count} 组" if count else "不附照片", count)
    choice.setCurrentIndex(choice.findData(chosen))
    return choice


def _words_of(session: Session, parameter: str, wanted: str) -> str:
    """What a record outside the list is called; empty where it is not here."""
    if parameter == "inspection":
        held = session.ledger.get(Inspection, wanted)
        return _inspection(held) if held else ""
    finding = finding_of(session.ledger, wanted)
    asked = wanted.partition(ROUND)[2]
    part = f"　第{asked}轮整改" if asked else ""
    return f"{finding.number}　{finding.place}{part}" if finding else ""


def _years(session: Session) -> Offers:
    this = session.today().year
    return [(str(year), f"{year}年") for year in range(this, this - YEARS, -1)]


def _months(session: Session) -> Offers:
    return [(month, show_period(month)) for month in latest(session.today(), MONTHS)]


def _two_months(session: Session) -> Offers:
    return [(first, show_months(first, 2)) for first in latest(session.today(), MONTHS)[1:]]


def _terms(session: Session) -> Offers:
    return [(name, show_term(name)) for name in latest_terms(session.today(), TERMS)]


def school_years(session: Session) -> Offers:
    """The school year of today and those before it."""
    this = int(school_year_of(session.today()))
    return [(str(year), show_school_year(str(year))) for year in range(this, this - YEARS, -1)]


def _spot_months(session: Session) -> Offers:
    return [*_months(session), (BLANK_FORM, "空白表（手工填写）")]


def _findings(session: Session, view: str) -> Offers:
    found = numbers(session.ledger, view, session.today())[:NEWEST]
    return [(row.id, f"{row.number}　{row.place}") for row in page(session.ledger, found)]


def _notices(session: Session) -> Offers:
    """The notices that were issued, then the newest findings, to print one for them."""
    issued = notices.newest(session.ledger, NEWEST)
    listed = [
        (one.finding, f"{one.office}{one.number}　共 {one.findings} 项")
        if one.office
        else (one.number, f"{one.number}　共 {one.findings} 项")
        for one in issued
    ]
    return [*listed, *_findings(session, "all")]


def _inspections(session: Session) -> Offers:
    held = [one.inspection for one in inspections.recent(session.ledger, NEWEST)]
    return [(one.id, _inspection(one)) for one in held]


def _inspection(held: Inspection) -> str:
    return f"{show_answer(held, 'started')}　{show_answer(held, 'kind')}"


def _trainees(session: Session) -> Offers:
    people = person_choices(session.ledger)
    years = trainee_years(session.ledger)
    return [(f"{one}@{year}", f"{year}年　{people[one]}") for one, year in years if one in people]


def _assessed(session: Session) -> Offers:
    people = called_people(session.ledger)
    known = [(one, period) for one, period in assessed(session.ledger) if one in people]
    return [(f"{one}@{period}", f"{period}　{people[one]}") for one, period in known]


CHOICES = {
    "year": Choice("年度", _years),
    "month": Choice("月份", _months),
    "two_months": Choice("月份", _two_months),
    "term": Choice("学期", _terms),
    "school_term": Choice("学期", _terms),
    "school_year": Choice("学年", school_years),
    "spot": Choice("月份", _spot_months),
    "none": Choice("范围", lambda _session: [("now", "现有全部")]),
    "letter": Choice("文字", lambda _session: [("now", "这台电脑上写的")]),
    "notice": Choice("通知书或隐患", _notices, "还没有登记隐患，没有可打印的内容。"),
    "drill": Choice(
        "演练",
        lambda session: drill_choices(session.ledger),
        "还没有登记应急演练，没有可打印的内容。请先在“演练教育”里登记。",
    ),
    "closed": Choice(
        "隐患",
        lambda session: _findings(session, "closed"),
        "还没有销号的隐患，没有可打印的内容。",
    ),
    "major": Choice(
        "隐患",
        lambda session: _findings(session, "major"),
        "现在没有未销号的重大隐患，没有可打印的内容。已销号的请在“隐患排查”里打开后打印。",
    ),
    "trainee": Choice(
        "学员",
        _trainees,
        "还没有登记培训考勤，没有可打印的内容。请先在“干部培训”里登记。",
    ),
    "person": Choice(
        "人员",
        lambda session: [*person_choices(session.ledger).items()],
        "还没有登记人员，没有可打印的内容。",
    ),
    "programme": Choice(
        "班次",
        lambda session: [*programme_words(session.ledger).items()],
        "还没有登记培训班次，没有可打印的内容。请先在“干部培训”里登记。",
    ),
    "assessment": Choice(
        "学员",
        _assessed,
        "还没有自测得分，没有可打印的内容。请先在“干部培训”的“自测”里填写。",
    ),
    "inspection": Choice(
        "检查",
        _inspections,
        "还没有检查记录，没有可打印的内容。请先在“安全检查”里做一次检查。",
    ),
}
