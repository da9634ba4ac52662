"""Registers as people look them up: risk points, duties, drills, lessons, plans, measures …"""

from typing import TypeVar

from models.ledger.ledger import Ledger
from models.ledger.search import Initials, says
from models.records.drill import Drill, SafetyLesson
from models.records.measure import AreaPlan, Measure, MeasureAction
from models.records.programme import Programme
from models.records.record import Record, show_answer
from models.records.risk import Duty, RiskPoint
from models.records.spot_check import SpotCheck
from models.records.task import Task

R = TypeVar("R", bound=Record)
SEARCHED: dict[str, tuple[str, ...]] = {
    RiskPoint.table: ("name", "place", "category", "accident", "department", "responsible"),
    Duty.table: ("post", "person", "duties"),
    Drill.table: ("topic", "kind", "place", "commander"),
    SafetyLesson.table: ("topic", "form", "category", "audience", "teacher"),
    Task.table: ("name", "kind", "area", "person", "state"),
    SpotCheck.table: ("kind", "grade", "class_name", "note"),
    AreaPlan.table: ("area", "name", "document", "school_year"),
    Measure.table: ("number", "name", "text"),
    MeasureAction.table: ("number", "what", "person"),
    Programme.table: ("name", "organiser"),
}


def find_records(ledger: Ledger, kind: type[R], initials: Initials, words: str = "") -> list[R]:
    """The records of this unit that the words find, in the order of their entry."""
    everything = ledger.all(kind, unit=ledger.unit)
    if not words.strip():
        return everything
    return [one for one in everything if says(initials, _searched(one), words)]


def _searched(record: Record) -> str:
    return "\n".join(show_answer(record, name) for name in SEARCHED[record.table])
