"""Whatever is typed into a finding: each paper of the loop prints all of it, as it was typed."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

import pytest

from models.records.drill import Drill
from models.records.fields import Text
from models.records.finding import Finding, FindingStep
from models.records.inspection import Inspection, InspectionAnswer
from models.records.record import Record, fields_of
from models.reports.case import Case
from models.reports.closing_slip import closing_slip
from models.reports.drill_record import drill_record
from models.reports.inspection_sheet import InspectedItem, inspection_sheet
from models.reports.major_plan import major_plan
from models.reports.paper.faces import Faces, clean
from models.reports.recheck_opinion import recheck_opinion
from models.reports.rectification_notice import rectification_notice
from models.reports.rectification_receipt import rectification_receipt
from models.reports.report import Report
from tests.conftest import TODAY
from tests.models.reports.conftest import Print

R = TypeVar("R", bound=Record)
Filler = Callable[[int], str]


def repeated(piece: str) -> Filler:
    return lambda longest: (piece * longest)[:longest]


FILLERS: dict[str, Filler] = {
    "markup": repeated('<b>&amp;</b><img src="x"/>&#169;<para>'),
    "no blanks": repeated("长"),
    "no blanks, no Chinese": repeated("W"),
    "emoji": repeated("消😀防👨‍👩‍👧栓"),
    "control": repeated("门\x00\x07\x1b\u200b\ufeff\x7f锁"),
    "right to left": repeated("שלום‏ مرحبا\u202e"),
    "lines": repeated("一\n\n二\r\n\t三\u2028"),
    "halves": repeated("\ud800半"),
    "rare": repeated("𬱖㛃𠮷"),
    "format": repeated("%s{0}\\n%(x)d"),
    "only blanks": repeated("　 "),
}


def filled(kind: type[R], filler: Filler, /, **known: Any) -> R:
    """Each text as long as it may be, between its name and an end."""
    texts = {}
    for name, field in fields_of(kind).items():
        if isinstance(field, Text) and not field.hidden:
            mark = name[:3].upper()
            texts[name] = f"{mark}{filler(field.longest - 6)}END"
    return replace(kind(), **{**texts, **known})


def the_case(filler: Filler) -> Case:
    """A major finding on its whole way, supervised by an office."""
    finding = filled(
        Finding, filler, number="2026-0001", found_on=TODAY, level="major", category="fire"
    )
    finding = replace(finding, funding=999_999_999, deadline=date(2026, 12, 1))
    kinds = ("graded", "supervised", "notice_issued", "extended", "submitted", "recheck_failed")
    kinds += ("submitted", "recheck_passed", "closed")
    steps = [
        filled(FindingStep, filler, kind=kind, taken_on=TODAY, deadline=date(2026, 12, 1))
        for kind in kinds
    ]
    return Case(finding, steps)


def notice(case: Case, unit: str, faces: Faces) -> Report:
    return rectification_notice(unit, [case], faces=faces, receiver=unit)


def notice_of_many(case: Case, unit: str, faces: Faces) -> Report:
    return rectification_notice(unit, [case, case], faces=faces)


def receipt(case: Case, unit: str, faces: Faces) -> Report:
    open_one = Case(case.finding, case.steps[:6])
    return rectification_receipt(unit, unit, [case, open_one], faces=faces)


def recheck(case: Case, unit: str, faces: Faces) -> Report:
    return recheck_opinion(unit, [case], faces=faces, receiver=unit)


def closing(case: Case, unit: str, faces: Faces) -> Report:
    return closing_slip(unit, case, faces=faces)


def plan(case: Case, unit: str, faces: Faces) -> Report:
    unsupervised = [step for step in case.steps if step.kind != "supervised"]
    return major_plan(unit, Case(case.finding, unsupervised), faces=faces)


def supervised(case: Case, unit: str, faces: Faces) -> Report:
    return major_plan(unit, case, faces=faces)


def sheet(case: Case, unit: str, faces: Faces) -> Report:
    typed = case.finding.basis or ""
    answer = InspectionAnswer(item="x", result="failed", note=typed)
    moment = datetime(2026, 11, 23, 8)
    held = filled(Inspection, lambda longest: typed[:longest], kind="daily", started=moment)
    items = [InspectedItem("消防安全", typed, answer, case)]
    return inspection_sheet(unit, held, items, [case], faces=faces)


PAPERS = {
    paper.__name__: (paper, fields)
    for paper, fields in (
        (notice, "PLA DES BAS MEA INT"),
        (notice_of_many, "PLA DES BAS MEA INT RES"),
        (receipt, "PLA DES MEA RES OPI INT"),
        (recheck, "PLA DES OPI PER"),
        (closing, "PLA DES MEA RES OPI PER APP"),
        (plan, "PLA DES MEA RES CON INT PER OPI APP"),
        (supervised, "PLA DES MEA RES CON INT PER OPI APP OFF DOC"),
        (sheet, "PLA DES MEA RES"),
    )
}


def seen(text: str) -> str:
    """The words as paper shows them, without the blanks at which lines may break."""
    return re.sub(r"\s", "", clean(text))


@pytest.mark.parametrize("words", FILLERS)
@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_of_the_loop_prints_all_that_was_typed(
    on_paper: Print, faces: Faces, name: str, words: str
) -> None:
    filler = FILLERS[words]
    paper, fields = PAPERS[name]
    case = the_case(filler)
    unit = f"校{filler(60)}名"
    printed = on_paper(paper(case, unit, faces)).text
    for field in fields.split():
        assert field in printed, field
    assert printed.count("END") >= len(fields.split())
    if words in ("no blanks", "markup", "format"):  # columns of a long row come in turns
        typed = Counter(seen(case.finding.description or ""))
        assert typed <= Counter(printed)


@pytest.mark.parametrize("words", FILLERS)
def test_the_record_of_a_drill_prints_all_that_was_typed(
    on_paper: Print, faces: Faces, words: str
) -> None:
    drill = filled(Drill, FILLERS[words], kind="evacuation", held=datetime(2026, 11, 23, 8))
    printed = on_paper(drill_record(f"校{FILLERS[words](60)}名", drill, [], faces=faces)).text
    for field in ("TOP", "PLA", "COM", "COU", "PRO", "IMP"):
        assert field in printed
    assert printed.count("END") == 6
