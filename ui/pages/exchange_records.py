"""A record as the exchange speaks of it: what it is called, and on which page it is opened."""

from typing import NamedTuple

from models.ledger.ledger import Ledger
from models.records.catalogue import RECORD_TYPES
from models.records.development import (
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
)
from models.records.drill import Drill, SafetyLesson
from models.records.finding import STEPS, Finding, FindingStep, Photo
from models.records.five_management import Checklist, ChecklistAnswer, ChecklistReview
from models.records.inspection import Inspection, InspectionAnswer
from models.records.organisation import Organisation
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.record import Record, show_answer
from models.records.risk import Duty, RiskPoint
from models.records.task import Task
from models.records.training import Attendance, TrainingSession

LONGEST = 40


class Place(NamedTuple):
    """What a record is called, and where it is shown: (page, record); no page where it is gone."""

    title: str
    page: str = ""
    record: str = ""


def place_of(ledger: Ledger, table: str, id: str) -> Place:
    """Where this record is; a deleted one, or one of a newer program, has a title only."""
    kind = RECORD_TYPES.get(table)
    if kind is None:
        return Place("新版本程序的记录")
    record = ledger.get(kind, id)
    if record is None:
        return Place(f"{kind.title}（已删除）")
    place = _place(ledger, record)
    title = f"{kind.title} {place.title}".strip()
    return place._replace(title=title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…")


def _place(ledger: Ledger, record: Record) -> Place:
    match record:
        case Photo():
            return _of_photo(ledger, record)
        case FindingStep():
            above = _above(ledger, "finding", record.finding)
            what = STEPS.get(record.kind or "", "")
            return above._replace(title=f"{what} {above.title}".strip())
        case ChecklistAnswer() | ChecklistReview():
            return _above(ledger, "checklist", record.checklist)
        case Attendance():
            return _above(ledger, "training_session", record.session)
        case Trainee():
            return _above(ledger, "programme", record.programme)
        case InspectionAnswer():
            return _above(ledger, "inspection", record.inspection)
        case ProjectMember() | Milestone():
            return _above(ledger, "project", record.project)
    return _own_place(record)


def _of_photo(ledger: Ledger, photo: Photo) -> Place:
    if photo.drill:
        return _above(ledger, "drill", photo.drill)
    if photo.checklist_answer:
        return _above(ledger, "checklist_answer", photo.checklist_answer)
    return _above(ledger, "finding", photo.finding)


def _own_place(record: Record) -> Place:
    match record:
        case Finding():
            words = f"{record.number or ''} {record.description or ''}".strip()
            return Place(words.replace("\n", " "), "findings", record.id)
        case Checklist():
            return Place(record.period or "", "five_management", record.period or "")
        case Task():
            return Place(record.name or "", "tasks", record.id)
        case TrainingSession():
            return Place(record.topic or "", "training", record.id)
        case Programme():
            return Place(record.name or "", "training", f"programme:{record.id}")
        case Person():
            return Place(record.name or "", "settings", "people")
        case Organisation():
            return Place(record.name or "", "settings", "unit")
    return _development_place(record) or _safety_place(record)


def _development_place(record: Record) -> Place | None:
    match record:
        case MicroTalk() | Reflection():
            return Place(record.topic or "", "training", record.id)
        case Placement():
            return Place(record.host or "", "training", record.id)
        case Project():
            return Place(record.name or "", "training", record.id)
    return None


def _safety_place(record: Record) -> Place:
    match record:
        case Inspection():
            return Place(show_answer(record, "kind"), "inspection", record.id)
        case RiskPoint():
            return Place(record.name or "", "risks", record.id)
        case Duty():
            return Place(record.post or "", "risks", record.id)
        case Drill() | SafetyLesson():
            return Place(record.topic or "", "drills", record.id)
    return Place("")


def _above(ledger: Ledger, table: str, id: str | None) -> Place:
    """The place of the record that this one belongs to."""
    record = ledger.get(RECORD_TYPES[table], id or "")
    return Place("") if record is None else _place(ledger, record)
