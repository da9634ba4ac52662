"""Findings with their steps, as papers are handed them."""

from datetime import date
from typing import Any

from models.records.finding import FindingStep
from models.reports.case import Case
from tests.conftest import a_finding, a_step

SCHOOL = "示例县实验小学"
ISSUED = [
    a_step("graded"),
    a_step("notice_issued", taken_on=date(2026, 11, 10), document="〔2026〕12号"),
]
SUBMITTED = a_step(
    "submitted", taken_on=date(2026, 11, 15), opinion="已更换并检查", cost=360, deadline=None
)
PASSED = a_step(
    "recheck_passed", taken_on=date(2026, 11, 18), person="张㛃", opinion="符合要求", deadline=None
)
FAILED = a_step(
    "recheck_failed",
    taken_on=date(2026, 11, 18),
    person="张㛃",
    opinion="仍然没有标识",
    deadline=date(2026, 11, 28),
)
CLOSED = a_step(
    "closed", taken_on=date(2026, 11, 19), person="李安全", opinion="同意", deadline=None
)


def a_case(*steps: FindingStep, **changes: Any) -> Case:
    """A finding of 总务处 after these steps, which follow its notice."""
    known = {
        "found_on": date(2026, 11, 9),
        "number": "2026-0012",
        "department": "总务处",
        "responsible": "赵𬱖",
        "measures": "更换灭火器",
    }
    return Case(a_finding(**(known | changes)), [*ISSUED, *steps])
