"""安全隐患整改通知书 of one or many findings: the copy to deliver, its photos, the stub to keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.finding import Finding
from models.reports.case import Case, named, not_printed
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import (
    BLANK,
    BLANK_DAY,
    OTHER_PHOTOS,
    Report,
    SigningBlock,
    day_or_blank,
    headed,
    paragraph,
    photos_below,
    short_day,
)

TITLE = "安全隐患整改通知书"
BLANK_NUMBER = "〔\u3000\u3000〕\u3000\u3000号"
GENERAL_DEMAND = "请尽快消除上述隐患；消除前做好安全防范。"
CONSEQUENCE = "逾期未整改，或者整改不到位的，将按有关规定处理。"
EVERYBODY = "各有关责任部门、责任人"
SIZE = 14.0
COLUMNS = (
    Column("序号", 30, "C"),
    Column("隐患编号", 62, "C"),
    Column("部位"),
    Column("问题"),
    Column("等级", 34, "C"),
    Column("整改时限", 56, "C"),
    Column("责任人", 48, "C"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says of its findings; both copies say the same."""

    unit: str
    cases: Sequence[Case]
    receiver: str = ""

    @property
    def number(self) -> str:
        """Its number; before it is issued, a blank to fill by hand."""
        return self.cases[0].number or BLANK_NUMBER

    @property
    def issued(self) -> str:
        """The day on which it was issued, or a blank."""
        step = self.cases[0].notice
        return day_or_blank(step.taken_on if step else None)

    @property
    def deadline(self) -> str:
        """The deadline of all findings, or a blank; empty where they have different ones."""
        days = {deadline_of(case) for case in self.cases}
        return day_or_blank(days.pop()) if len(days) == 1 else ""

    @property
    def found(self) -> str:
        """The day of the inspection, or the first and the last one."""
        days = sorted({case.finding.found_on for case in self.cases if case.finding.found_on})
        return "至".join(day_or_blank(day) for day in dict.fromkeys((*days[:1], *days[-1:]))) or (
            BLANK_DAY
        )

    def texts(self) -> list[str]:
        """The words of the notice, a paragraph each."""
        many = len(self.cases) > 1
        texts = [f"经{self.found}检查，发现下列{f'{len(self.cases)}项' if many else ''}隐患："]
        for number, case in enumerate(self.cases, 1):
            texts += self._texts_of(case, number)
        if many and not all(case.finding.measures for case in self.cases):
            texts.append(GENERAL_DEMAND)
        when = f"请于{self.deadline}前（含当日）" if self.deadline else "请按上列时限"
        texts.append(f"{when}完成整改，并书面报告整改情况。{CONSEQUENCE}")
        return [text for text in texts if text]

    def _texts_of(self, case: Case, number: int) -> list[str]:
        finding, level = case.finding, f"（{case.level}）" if case.level else ""
        demand = finding.measures or (GENERAL_DEMAND if len(self.cases) == 1 else "")
        return [
            f"{number}. 部位：{finding.place or ''}{level}",
            f"问题：{finding.description or ''}",
            _basis(finding),
            f"整改要求：{demand}" if demand else "",
            f"整改期间的防范措施：{finding.interim}" if finding.interim else "",
            "" if self.deadline else f"整改时限：{day_or_blank(deadline_of(case))}",
        ]


def rectification_notice(
    unit: str, cases: Sequence[Case], *, faces: Faces, receiver: str = ""
) -> Report:
    """Both copies. The one to deliver comes first, so that its sheets count from one.

    `unit` issues it; to a department of its own, or as an office to a school, the `receiver`.
    """
    notice = Notice(unit, cases, receiver)
    deliver = official_page(header_right=f"送达联：交{receiver or '责任部门'}")
    keep = official_page(header_right="存根联：由发出单位留存")
    body = Style(faces.body, SIZE, 24, indent=2)
    *words, last = [paragraph(text, body) for text in notice.texts()]
    signing = SigningBlock(
        ["签发人：", "检查人：", "签收人：", f"签收日期：{BLANK_DAY}"],
        f"{unit}（盖章）",
        notice.issued,
        Style(faces.body, SIZE, 28, align="L"),
    )
    story: list[Flowable | Page] = [
        *headed(TITLE, notice.number, faces),
        paragraph(f"{receiver or _addressee(cases)}：", replace(body, indent=0)),
        *words,
        KeepTogether([last, signing]),  # signatures never stand alone on a sheet
        *_pictures(cases, faces),
        keep,
        *headed(f"{TITLE}（存根）", notice.number, faces),
        *_stub(notice, faces, keep.text_width),
    ]
    return Report(TITLE, deliver, story)


def deadline_of(case: Case) -> date | None:
    """What the notice set; before that, what stands in the finding."""
    step = case.notice
    return step.deadline if step and step.deadline else case.standing.deadline


def _addressee(cases: Sequence[Case]) -> str:
    names = dict.fromkeys(
        name for case in cases for name in (case.finding.department, case.finding.responsible)
    )
    known = [name for name in names if name]
    return EVERYBODY if len(known) > 6 else "、".join(known) or BLANK  # a line of names at most


def _basis(finding: Finding) -> str:
    """What it is based on; advice is called advice, not law."""
    basis = finding.basis or ""
    return f"依据：{basis}" if basis and not _is_advice(finding) else basis


def _is_advice(finding: Finding) -> bool:
    return (finding.basis or "").startswith("建议")


def _pictures(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    rows = photos_below("附：整改前照片", [one for case in cases for one in case.before], faces)
    rows += photos_below(OTHER_PHOTOS, [one for case in cases for one in case.others], faces)
    if words := not_printed(cases):
        rows.append(paragraph(words, Style(faces.body, 12, 24, before=6)))
    return rows


def _stub(notice: Notice, faces: Faces, width: float) -> list[Flowable]:
    """The same facts as a form to file, with the hand of who received the other copy."""
    findings = [case.finding for case in notice.cases]
    shares = [1.1, 2, 1.2, 2]
    head = [
        pair_row(
            "受文单位" if notice.receiver else "受文部门",
            notice.receiver or named(finding.department for finding in findings),
            "责任人",
            named(finding.responsible for finding in findings),
        ),
        pair_row("检查日期", notice.found, "检查人", named(finding.finder for finding in findings)),
    ]
    foot = [
        pair_row("整改时限", notice.deadline or "见清单", "发出日期", notice.issued),
        wide_row("发出单位", notice.unit),
        pair_row("签发人", "", "检查人签字", "", height=40),
        pair_row("签收人", "", "签收日期", BLANK_DAY, height=40),
    ]
    if len(findings) == 1:
        rows = [*head, *_facts(notice.cases[0]), *foot]
        return [grid_form(shares, rows, faces=faces, width=width)]
    rows = [*head, wide_row("隐患数量", f"{len(findings)}项，见下列清单"), *foot]
    listed = [_line(number, case) for number, case in enumerate(notice.cases, 1)]
    return [
        grid_form(shares, rows, faces=faces, width=width),
        paragraph("隐患清单", Style(faces.hei, 12, 30, before=6, keep_with_next=True)),
        fast_table(COLUMNS, listed, faces=faces, width=width),
    ]


def _facts(case: Case) -> list[FormRow]:
    finding = case.finding
    return [
        pair_row("隐患编号", finding.number or "", "等级", case.level),
        wide_row("部位", finding.place or ""),
        wide_row("问题", finding.description or ""),
        wide_row("建议" if _is_advice(finding) else "依据", finding.basis or ""),
        wide_row("整改要求", finding.measures or GENERAL_DEMAND),
    ]


def _line(number: int, case: Case) -> tuple[str, ...]:
    finding = case.finding
    return (
        str(number),
        finding.number or "",
        finding.place or "",
        finding.description or "",
        case.level.removesuffix("隐患"),
        short_day(deadline_of(case)),
        finding.responsible or "",
    )
