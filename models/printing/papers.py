"""The papers about single findings and about the notices they were issued with."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from models.ledger import findings, notices
from models.ledger.ledger import Ledger
from models.ledger.period import photos_of
from models.printing.job import NOTHING, Job
from models.printing.pictures import picture
from models.problems import AppError
from models.records.finding import PHOTO_STAGES, Finding
from models.records.finding import Photo as PhotoRecord
from models.reports.case import Case, named
from models.reports.closing_slip import closing_slip
from models.reports.major_plan import major_plan
from models.reports.paper.photos import Photo
from models.reports.recheck_opinion import recheck_opinion
from models.reports.rectification_notice import rectification_notice
from models.reports.rectification_receipt import rectification_receipt
from models.reports.report import Report

MOST_PHOTOS = 100  # more would fill the memory of a small PC
ROUND = "@"  # parts a finding's id from the number of a round, counted from 1
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
    unit = _unit(job, cases)
    issuer = cases[0].office or unit
    return rectification_notice(
        issuer, cases, faces=job.faces, receiver="" if issuer == unit else unit
    )


def receipt(job: Job, parameter: str) -> Report:
    """整改回执: as soon as one of the findings was rectified."""
    cases = _cases(job, _issued(job, parameter), ["before", "after"])
    _refuse("rectification_receipt", cases)
    unit = _unit(job, cases)
    return rectification_receipt(unit, _issuer(job, cases) or unit, cases, faces=job.faces)


def recheck(job: Job, parameter: str) -> Report:
    """复查意见书: as soon as one of the findings was rechecked."""
    cases = _issued(job, parameter)
    _refuse("recheck_opinion", cases)
    unit = _unit(job, cases)
    issuer = named(case.recheck.office for case in cases if case.recheck) or unit
    return recheck_opinion(issuer, cases, faces=job.faces, receiver="" if issuer == unit else unit)


def closing(job: Job, record: str) -> Report:
    """销号单."""
    case = _single(job, record, "closing_slip")
    return closing_slip(_unit(job, [case]), case, faces=job.faces)


def major(job: Job, record: str) -> Report:
    """重大隐患治理方案 or 挂牌督办表."""
    case = _single(job, record, "major_plan")
    return major_plan(_unit(job, [case]), case, faces=job.faces)


def number_of(ledger: Ledger, record: str) -> str:
    """The number of the notice of ours that a finding is under now; empty where it has none."""
    finding = ledger.get(Finding, record)
    case = Case(finding, findings.steps(ledger, finding)) if finding else None
    return case.number if case and bool(case.office) == ledger.is_office else ""


def finding_of(ledger: Ledger, parameter: str) -> Finding | None:
    """The finding that a parameter names, with a round or without."""
    return ledger.get(Finding, parameter.partition(ROUND)[0])


def _case_of(job: Job, parameter: str) -> Case | None:
    """The finding that a parameter names, at the end of the round that it names."""
    finding = finding_of(job.ledger, parameter)
    if finding is None:
        return None
    rounds = Case(finding, findings.steps(job.ledger, finding)).rounds
    asked = parameter.partition(ROUND)[2]
    at = int(asked) if asked.isdecimal() else len(rounds)
    return rounds[at - 1] if 0 < at <= len(rounds) else None


def _single(job: Job, record: str, key: str) -> Case:
    case = _case_of(job, record)
    if case is None:
        raise AppError(GONE)
    _refuse(key, [case])
    return case


def _refuse(key: str, cases: Sequence[Case]) -> None:
    """AppError where none of the findings is so far."""
    reasons = [LACKING[key](case) for case in cases]
    if all(reasons):
        raise AppError(f"{'这条隐患' if len(cases) == 1 else '这些隐患'}{reasons[0]}，{NOTHING}")


def _issued(job: Job, parameter: str) -> list[Case]:
    """The findings of a notice by its number, or by one of them; one without a notice alone."""
    case = _case_of(job, parameter)
    if case is not None:
        by_office = bool(case.office)
        unit = case.finding.unit
        return _of_number(job, unit, case.number, by_office) if case.number else [case]
    units = notices.units_with(job.ledger, parameter)
    found = [_of_number(job, unit, parameter, job.ledger.is_office) for unit in units]
    if cases := [case for cases in found for case in cases]:
        return cases
    if job.ledger.find(Finding, parameter.partition(ROUND)[0]):
        raise AppError(GONE)
    raise AppError(f"没有找到编号为“{parameter}”的整改通知书，{NOTHING}请检查编号。")


def _of_number(job: Job, unit: str, number: str, by_office: bool) -> list[Case]:
    """Each as the round left it in which it had this notice; what came back has another one."""
    cases = []
    for finding, steps in notices.with_number(job.ledger, unit, number):
        wanted = (number, by_office)
        rounds = Case(finding, steps).rounds
        cases += [case for case in rounds if (case.number, bool(case.office)) == wanted][-1:]
    return cases


def _cases(job: Job, found: Sequence[Case], stages: Sequence[str]) -> list[Case]:
    """With their photos of these stages, as many as a paper can bear: all of a finding or none."""
    photos = photos_of(job.ledger, [case.finding.id for case in found])
    cases: list[Case] = []
    room = MOST_PHOTOS
    for case in found:
        groups = _by_stage(case, photos.get(case.finding.id, []), stages)
        count = sum(map(len, groups.values()))
        if count > room:
            cases.append(replace(case, left_out=count))
            continue
        room -= count
        before, after, others = (
            [_picture(job, photo) for photo in groups.get(name, ())]
            for name in ("before", "after", "others")
        )
        cases.append(replace(case, before=before, after=after, others=others))
    return cases


def _by_stage(
    case: Case, photos: Sequence[PhotoRecord], stages: Sequence[str]
) -> dict[str, list[PhotoRecord]]:
    """The photos by the field of a Case: of these stages, and of none that is known; those of a
    later round are left out."""
    end = case.until or date.max
    mine = [one for one in photos if (one.taken_on or date.min) <= end]
    groups = {stage: [one for one in mine if one.stage == stage] for stage in stages}
    return {**groups, "others": [one for one in mine if one.stage not in PHOTO_STAGES]}


def _picture(job: Job, photo: PhotoRecord) -> Photo:
    stage = PHOTO_STAGES.get(photo.stage or "", "")
    return picture(job.ledger, photo, stage, photo.caption)


def _unit(job: Job, cases: Sequence[Case]) -> str:
    return job.unit_name(cases[0].finding.unit)


def _issuer(job: Job, cases: Sequence[Case]) -> str:
    """The office, where it issued the notice, found or supervises any of it; empty where the
    school itself did."""
    if cases[0].office:
        return cases[0].office
    for case in cases:
        if case.standing.supervised_by:
            return case.standing.supervised_by
    if all(case.finding.source != "supervision" for case in cases):
        return ""
    from models.exchange.members import pinned_office  # ciphers are loaded only where used

    office = pinned_office(job.ledger)
    return office.name if office else ""
