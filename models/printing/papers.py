"""The papers about single findings and about the notices they were issued with."""

from collections.abc import Callable, Sequence

from models.ledger import findings, notices
from models.ledger.ledger import Ledger
from models.ledger.period import photos_of
from models.printing.job import NOTHING, Job
from models.printing.pictures import picture
from models.problems import AppError
from models.records.finding import PHOTO_STAGES, Finding, FindingStep
from models.reports.case import Case
from models.reports.closing_slip import closing_slip
from models.reports.major_plan import major_plan
from models.reports.recheck_opinion import recheck_opinion
from models.reports.rectification_notice import rectification_notice
from models.reports.rectification_receipt import rectification_receipt
from models.reports.report import Report

MOST_PHOTOS = 100  # more would fill the memory of a small PC
Found = tuple[Finding, Sequence[FindingStep]]
GONE = f"这条隐患不在台账里，可能已经删除，{NOTHING}"
# Why a paper cannot be printed of a finding yet; empty where it can.
LACKING: dict[str, Callable[[Case], str]] = {
    "rectification_notice": lambda _case: "",
    "rectification_receipt": lambda case: "" if case.report else "还没有报告整改完成",
    "recheck_opinion": lambda case: "" if case.recheck else "还没有复查",
    "closing_slip": lambda case: "" if case.standing.state == "closed" else "还没有销号",
    "major_plan": lambda case: "" if case.standing.level == "major" else "没有定为重大隐患",
}


def notice(job: Job, parameter: str) -> Report:
    """整改通知书 of a number, or of a finding."""
    cases = _cases(job, _issued(job, parameter), ["before"])
    return rectification_notice(_unit(job, cases), cases, faces=job.faces)


def receipt(job: Job, parameter: str) -> Report:
    """整改回执: as soon as one of the findings was rectified."""
    cases = _cases(job, _issued(job, parameter), ["before", "after"])
    _refuse("rectification_receipt", cases)
    unit = _unit(job, cases)
    return rectification_receipt(unit, _issuer(job, cases) or unit, cases, faces=job.faces)


def recheck(job: Job, parameter: str) -> Report:
    """复查意见书: as soon as one of the findings was rechecked."""
    cases = [Case(*found) for found in _issued(job, parameter)]
    _refuse("recheck_opinion", cases)
    return recheck_opinion(_unit(job, cases), cases, faces=job.faces)


def closing(job: Job, record: str) -> Report:
    """销号单."""
    case = _single(job, record, "closing_slip")
    return closing_slip(_unit(job, [case]), case, faces=job.faces)


def major(job: Job, record: str) -> Report:
    """重大隐患治理方案 or 挂牌督办表."""
    case = _single(job, record, "major_plan")
    return major_plan(_unit(job, [case]), case, faces=job.faces)


def number_of(ledger: Ledger, record: str) -> str:
    """The number of the notice that a finding is under now; empty where it has none."""
    finding = ledger.get(Finding, record)
    return Case(finding, findings.steps(ledger, finding)).number if finding else ""


def _single(job: Job, record: str, key: str) -> Case:
    finding = job.ledger.get(Finding, record)
    if finding is None:
        raise AppError(GONE)
    case = Case(finding, findings.steps(job.ledger, finding))
    _refuse(key, [case])
    return case


def _refuse(key: str, cases: Sequence[Case]) -> None:
    """AppError where none of the findings is so far."""
    reasons = [LACKING[key](case) for case in cases]
    if all(reasons):
        raise AppError(f"{'这条隐患' if len(cases) == 1 else '这些隐患'}{reasons[0]}，{NOTHING}")


def _issued(job: Job, parameter: str) -> list[Found]:
    """The findings of a notice by its number, or by one of them; one without a notice alone."""
    finding = job.ledger.get(Finding, parameter)
    if finding is None:
        if found := _of_number(job, job.ledger.unit, parameter):
            return found
        if job.ledger.find(Finding, parameter):
            raise AppError(GONE)
        raise AppError(f"没有找到编号为“{parameter}”的整改通知书，{NOTHING}请检查编号。")
    alone = (finding, findings.steps(job.ledger, finding))
    number = Case(*alone).number
    return _of_number(job, finding.unit, number) if number else [alone]


def _of_number(job: Job, unit: str, number: str) -> list[Found]:
    """Those whose present notice it is: what came back since then has another one."""
    found = notices.with_number(job.ledger, unit, number)
    return [one for one in found if Case(*one).number == number]


def _cases(job: Job, found: Sequence[Found], stages: Sequence[str]) -> list[Case]:
    """With their photos of these stages, as many as a paper can bear: all of a finding or none."""
    photos = photos_of(job.ledger, [finding.id for finding, _steps in found])
    cases: list[Case] = []
    room = MOST_PHOTOS
    for finding, steps in found:
        mine = [photo for photo in photos.get(finding.id, []) if photo.stage in stages]
        if len(mine) > room:
            cases.append(Case(finding, steps, left_out=len(mine)))
            continue
        room -= len(mine)
        before, after = (
            [
                picture(job.ledger, photo, PHOTO_STAGES[stage], photo.caption)
                for photo in mine
                if photo.stage == stage
            ]
            for stage in ("before", "after")
        )
        cases.append(Case(finding, steps, before, after))
    return cases


def _unit(job: Job, cases: Sequence[Case]) -> str:
    return job.unit_name(cases[0].finding.unit)


def _issuer(job: Job, cases: Sequence[Case]) -> str:
    """The office, where it found or supervises any of it; empty where the school itself did."""
    for case in cases:
        if case.standing.supervised_by:
            return case.standing.supervised_by
    if all(case.finding.source != "supervision" for case in cases):
        return ""
    from models.exchange.members import pinned_office  # ciphers are loaded only where used

    office = pinned_office(job.ledger)
    return office.name if office else ""
