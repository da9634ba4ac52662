"""安全检查登记表 of one inspection."""

from models.ledger import inspections
from models.ledger.derived import steps_of_all
from models.printing.job import NOTHING, Job
from models.problems import AppError
from models.records.finding import CATEGORIES, Finding
from models.records.inspection import Inspection, InspectionAnswer
from models.reports.case import Case
from models.reports.inspection_sheet import InspectedItem, inspection_sheet
from models.reports.report import Report
from models.templates.safety import SafetyItem, find_safety


def sheet(job: Job, record: str) -> Report:
    """Every item with what was found; the wording is that of the list it was made with."""
    inspection = job.ledger.get(Inspection, record)
    if inspection is None:
        raise AppError(f"这次检查不在台账里，可能已经删除，{NOTHING}")
    template = find_safety(job.lists, inspection.template or "", inspection.version or "")
    known = {item.id: item for item in template.items} if template else {}
    filled = inspections.answers(job.ledger, inspection)
    cases = {case.finding.id: case for case in _cases(job, inspection)}
    items = []
    for name in inspections.item_ids(inspection):
        answer = filled.get(name, InspectionAnswer(item=name))
        items.append(_item(name, known.get(name), answer, cases.pop(answer.finding or "", None)))
    besides = [*cases.values()]
    return inspection_sheet(
        job.unit_name(inspection.unit), inspection, items, besides, faces=job.faces
    )


def _item(
    name: str, item: SafetyItem | None, answer: InspectionAnswer, case: Case | None
) -> InspectedItem:
    """An item; what is not confirmed is advice; of a list that is not here only the id is known."""
    if item is None:
        return InspectedItem("", f"{name}（检查表版本不在本程序中）", answer, case)
    wording = item.wording if item.is_confirmed else f"建议：{item.wording}"
    return InspectedItem(CATEGORIES[item.category], wording, answer, case)


def _cases(job: Job, inspection: Inspection) -> list[Case]:
    """The findings of this inspection."""
    found = job.ledger.all(Finding, inspection=inspection.id)
    with job.ledger.reading() as db:
        taken = steps_of_all(db, [finding.id for finding in found])
    return [Case(finding, taken.get(finding.id, [])) for finding in found]
