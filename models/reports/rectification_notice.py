"""安全隐患整改通知书 of one finding: the copy to deliver, its photos, then the stub to keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.records.fields import show_day
from models.records.finding import LEVELS, Finding, FindingStep
from models.records.workflow import in_turn, state_of
from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import Cell, FormRow, grid_form
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo, photo_rows
from models.reports.report import BLANK, BLANK_DAY, Report, SigningBlock, paragraph

TITLE = "安全隐患整改通知书"
BLANK_NUMBER = "〔\u3000\u3000〕\u3000\u3000号"
GENERAL_DEMAND = "请尽快消除上述隐患；消除前做好安全防范。"
CONSEQUENCE = "逾期未整改，或者整改不到位的，将按有关规定处理。"
SIZE = 14.0


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says; both copies say the same."""

    unit: str
    finding: Finding
    number: str
    level: str
    deadline: str
    issued: str

    @classmethod
    def of(cls, unit: str, finding: Finding, steps: Sequence[FindingStep]) -> "Notice":
        """The notice as its step issued it; before that, with blanks to fill by hand."""
        standing = state_of(finding, steps)
        step = _last_notice(steps)
        return cls(
            unit=unit,
            finding=finding,
            number=step.document or BLANK_NUMBER if step else BLANK_NUMBER,
            level=LEVELS.get(standing.level or "", ""),
            deadline=_day(step.deadline if step and step.deadline else standing.deadline),
            issued=_day(step.taken_on if step else None),
        )

    def texts(self) -> list[str]:
        """The words of the notice, a paragraph each."""
        finding = self.finding
        texts = [
            f"经{_day(finding.found_on)}检查，发现下列隐患：",
            f"1. 部位：{finding.place or ''}" + (f"（{self.level}）" if self.level else ""),
            f"问题：{finding.description or ''}",
            _basis(finding),
            f"整改要求：{finding.measures or GENERAL_DEMAND}",
            f"整改期间的防范措施：{finding.interim}" if finding.interim else "",
            f"请于{self.deadline}前（含当日）完成整改，并书面报告整改情况。{CONSEQUENCE}",
        ]
        return [text for text in texts if text]


def rectification_notice(
    unit: str,
    finding: Finding,
    steps: Sequence[FindingStep],
    photos: Sequence[Photo],
    *,
    faces: Faces,
) -> Report:
    """Both copies. The one to deliver comes first, so that its sheets count from one."""
    notice = Notice.of(unit, finding, steps)
    deliver = official_page(header_right="送达联：交责任部门")
    keep = official_page(header_right="存根联：由发出单位留存")
    title = Style(faces.title, 22, 34, align="C")
    under = Style(faces.body, SIZE, 26, align="C", after=8)
    body = Style(faces.body, SIZE, 24, indent=2)
    *words, last = [paragraph(text, body) for text in notice.texts()]
    signing = SigningBlock(
        ["签发人：", "检查人：", "签收人：", f"签收日期：{BLANK_DAY}"],
        f"{unit}（盖章）",
        notice.issued,
        Style(faces.body, SIZE, 28, align="L"),
    )
    story: list[Flowable | Page] = [
        paragraph(TITLE, title),
        paragraph(notice.number, under),
        paragraph(f"{_addressee(finding)}：", replace(body, indent=0)),
        *words,
        KeepTogether([last, signing]),  # signatures never stand alone on a sheet
        *_pictures(photos, faces),
        keep,
        paragraph(f"{TITLE}（存根）", title),
        paragraph(notice.number, under),
        _stub(notice, faces, keep.text_width),
    ]
    return Report(TITLE, deliver, story)


def _last_notice(steps: Sequence[FindingStep]) -> FindingStep | None:
    """The notice of the finding's present round, if it has been issued."""
    notice: FindingStep | None = None
    for step, allowed in in_turn(steps):
        if allowed and step.kind in ("notice_issued", "reopened"):
            notice = step if step.kind == "notice_issued" else None
    return notice


def _addressee(finding: Finding) -> str:
    return "、".join(filter(None, (finding.department, finding.responsible))) or BLANK


def _basis(finding: Finding) -> str:
    """What it is based on; advice is called advice, not law."""
    basis = finding.basis or ""
    return f"依据：{basis}" if basis and not _is_advice(finding) else basis


def _is_advice(finding: Finding) -> bool:
    return (finding.basis or "").startswith("建议")


def _pictures(photos: Sequence[Photo], faces: Faces) -> list[Flowable]:
    if not photos:
        return []
    rows = photo_rows(photos, faces=faces)
    heading = paragraph("附：整改前照片", Style(faces.hei, 12, 24, before=8))
    return [KeepTogether([heading, rows[0]]), *rows[1:]]


def _stub(notice: Notice, faces: Faces, width: float) -> Flowable:
    """The same facts as a form to file, with the hand of who received the other copy."""

    def pair(left: str, words: str, right: str, others: str, height: float = 0) -> FormRow:
        cells = [Cell(left, label=True), Cell(words), Cell(right, label=True), Cell(others)]
        return FormRow(cells, height)

    def wide(label: str, words: str) -> FormRow:
        return FormRow([Cell(label, label=True), Cell(words, 3)])

    finding = notice.finding
    rows = [
        pair("受文部门", finding.department or "", "责任人", finding.responsible or ""),
        pair("检查日期", _day(finding.found_on), "检查人", finding.finder or ""),
        pair("隐患编号", finding.number or "", "等级", notice.level),
        wide("部位", finding.place or ""),
        wide("问题", finding.description or ""),
        wide("建议" if _is_advice(finding) else "依据", finding.basis or ""),
        wide("整改要求", finding.measures or GENERAL_DEMAND),
        pair("整改时限", notice.deadline, "发出日期", notice.issued),
        wide("发出单位", notice.unit),
        pair("签发人", "", "检查人签字", "", 40),
        pair("签收人", "", "签收日期", BLANK_DAY, 40),
    ]
    return grid_form([1.1, 2, 1.2, 2], rows, faces=faces, width=width)


def _day(day: date | None) -> str:
    return show_day(day) if day else BLANK_DAY
