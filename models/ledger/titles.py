"""What records and units are called, for lists that hold records of every type and school."""

from models.ledger.ledger import Ledger
from models.records.catalogue import RECORD_TYPES
from models.records.fields import Link
from models.records.organisation import Organisation
from models.records.record import Record, fields_of, show_answer

# Records that belong to another one: by which of these fields, the first that is filled.
PARENTS: dict[str, tuple[str, ...]] = {
    "finding_step": ("finding",),
    "photo": ("finding", "drill", "checklist_answer"),
    "checklist_answer": ("checklist",),
    "attendance": ("session",),
    "inspection_answer": ("inspection",),
    "trainee": ("programme",),
    "project_member": ("project",),
    "milestone": ("project",),
    "self_assessment": ("indicator",),
    "checklist_review": ("checklist",),
}
_NAMED_BY = {
    "organisation": ("name",),
    "person": ("name", "department"),
    "finding": ("number", "description"),
    "finding_step": ("kind",),
    "photo": ("stage",),
    "checklist": ("period",),
    "checklist_answer": ("line",),
    "training_session": ("topic",),
    "attendance": ("person",),
    "inspection": ("kind", "started"),
    "inspection_answer": ("item",),
    "risk_point": ("name",),
    "duty": ("post",),
    "drill": ("topic",),
    "safety_lesson": ("topic",),
    "programme": ("name",),
    "trainee": ("person",),
    "micro_talk": ("topic",),
    "reflection": ("topic",),
    "placement": ("host",),
    "project": ("name",),
    "project_member": ("person",),
    "milestone": ("name",),
    "indicator": ("name",),
    "self_assessment": ("period",),
    "checklist_review": ("line",),
    "task": ("name",),
    "spot_check": ("kind", "held_on"),
    "area_plan": ("name",),
    "measure": ("number", "name"),
    "measure_action": ("what",),
    "namesakes": ("one", "other"),
}
_LONGEST = 16


def title_of(ledger: Ledger, table: str, record: str) -> str:
    """Such as “隐患 2026-0012 三楼东侧灭火器压力不足”; deleted records have one too."""
    found = ledger.find(RECORD_TYPES[table], record)
    words = [RECORD_TYPES[table].title]
    if found:
        words += [_shown(ledger, found, name) for name in _NAMED_BY[table]]
    title = " ".join(filter(None, words))
    if found and table in PARENTS:
        links = PARENTS[table]
        filled = next((name for name in links if getattr(found, name)), links[0])
        kind = fields_of(type(found))[filled]
        assert isinstance(kind, Link)  # a test says so of each
        title += f"（{title_of(ledger, kind.to, getattr(found, filled) or '')}）"
    return title


def unit_name(ledger: Ledger, unit: str) -> str:
    """What a unit calls itself; empty where its name has not arrived."""
    found = ledger.all(Organisation, unit=unit)
    return (found[-1].name or "") if found else ""


def unit_names(ledger: Ledger) -> dict[str, str]:
    """What the units that are here call themselves; the code of one that has no name yet."""
    return {found.unit: found.name or found.unit for found in ledger.all(Organisation)}


def _shown(ledger: Ledger, record: Record, name: str) -> str:
    kind = fields_of(type(record))[name]
    if isinstance(kind, Link):
        linked = ledger.find(RECORD_TYPES[kind.to], getattr(record, name) or "")
        return _shown(ledger, linked, _NAMED_BY[kind.to][0]) if linked else ""
    text = show_answer(record, name)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
