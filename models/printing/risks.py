"""The lists of risk points and of duties, as they stand."""

from models.ledger.risks import by_category
from models.printing.job import NOTHING, Job
from models.problems import AppError
from models.records.risk import Duty, RiskPoint
from models.reports.report import Report
from models.reports.risk_lists import duty_list, risk_list


def risk_points(job: Job, _parameter: str) -> Report:
    """安全风险清单."""
    points = by_category(job.ledger.all(RiskPoint, unit=job.ledger.unit))
    if not points:
        raise AppError(f"还没有登记风险点，{NOTHING}")
    return risk_list(job.unit_name(), job.today(), points, faces=job.faces)


def duties(job: Job, _parameter: str) -> Report:
    """安全责任清单."""
    found = job.ledger.all(Duty, unit=job.ledger.unit)
    if not found:
        raise AppError(f"还没有登记安全职责，{NOTHING}")
    return duty_list(job.unit_name(), job.today(), found, faces=job.faces)
