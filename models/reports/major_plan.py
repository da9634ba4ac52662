"""重大隐患治理方案, or 挂牌督办表 once an office supervises it: five commitments and the way."""

from reportlab.platypus.flowables import Flowable

from models.records.finding import RECHECKS, STATES, STEPS, FindingStep
from models.records.record import show_answer
from models.reports.case import Case
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.report import BLANK_DAY, Report, day_or_blank, headed, paragraph, short_day

PLAN, SUPERVISED = "重大事故隐患治理方案", "重大事故隐患挂牌督办表"
_UNIT = {PLAN: "填报单位", SUPERVISED: "被督办单位"}
PAGE = official_page()
NODES = (
    Column("序号", 26, "C"),
    Column("时间", 64, "C"),
    Column("节点", 70, "C"),
    Column("办理人", 50, "C"),
    Column("进展"),
    Column("时限", 64, "C"),
)


def major_plan(unit: str, case: Case, *, faces: Faces) -> Report:
    """One form: what it is, the five commitments, who supervises it, and how far it has come."""
    finding = case.finding
    title = SUPERVISED if case.standing.supervised_by else PLAN
    rows = [
        pair_row(_UNIT[title], unit, "隐患编号", finding.number or ""),
        pair_row("隐患部位", finding.place or "", "等级", case.level),
        pair_row("排查日期", day_or_blank(finding.found_on), "排查人", finding.finder or ""),
        wide_row("类别", show_answer(finding, "category")),
        wide_row("隐患概况", finding.description or "", height=60),
        *_commitments(case),
        *_supervision(case),
    ]
    foot = [
        wide_row("验收结论", _conclusion(case), height=64, closing=f"验收人：　　　　{BLANK_DAY}"),
        pair_row("单位负责人\n签字", "", "督办单位\n签字", "", height=56, closing=BLANK_DAY),
    ]
    shares, width = [1.1, 2, 1.1, 2], PAGE.text_width
    head = Style(faces.hei, 12, 28, before=6, keep_with_next=True)
    story: list[Flowable] = [
        *headed(title, _number(case), faces),
        grid_form(shares, rows, faces=faces, width=width),
        paragraph("时间节点与进展", head),
        fast_table(NODES, _nodes(case), faces=faces, width=width, size=10),
        paragraph("验收", head),
        grid_form(shares, foot, faces=faces, width=width),
    ]
    return Report(title, PAGE, story)


def _number(case: Case) -> str:
    """The supervising office's number; before that, the finding's; and which round it is."""
    step = case.last(["supervised"])
    number = (step.document if step else None) or case.finding.number
    return "　".join(filter(None, (number, case.round_words)))


def _commitments(case: Case) -> list[FormRow]:
    """五落实: 责任、措施、资金、时限、预案."""
    finding = case.finding
    who = "　".join(filter(None, (finding.department, finding.responsible)))
    money = "" if finding.funding is None else f"{finding.funding}元"
    return [
        wide_row("责任落实", who),
        wide_row("措施落实", finding.measures or ""),
        pair_row("资金落实", money, "时限落实", day_or_blank(case.standing.deadline)),
        wide_row("预案落实", finding.contingency or ""),
        wide_row("临时防范\n措施", finding.interim or ""),
    ]


def _supervision(case: Case) -> list[FormRow]:
    step = case.last(["supervised"])
    if step is None:
        return []
    return [
        pair_row("督办单位", step.office or "", "督办文号", step.document or ""),
        pair_row("督办日期", day_or_blank(step.taken_on), "督办时限", day_or_blank(step.deadline)),
    ]


def _nodes(case: Case) -> list[tuple[str, ...]]:
    """The steps of this round; first, that it was found."""
    found = case.finding
    rows = [("1", short_day(found.found_on), "排查登记", found.finder or "", "", "")]
    return rows + [_node(at, step) for at, step in enumerate(case.round, 2)]


def _node(at: int, step: FindingStep) -> tuple[str, ...]:
    words = (step.document, step.opinion, step.approver and f"批准人：{step.approver}")
    return (
        str(at),
        short_day(step.taken_on),
        STEPS[step.kind or ""],
        step.person or "",
        "；".join(filter(None, words)),
        short_day(step.deadline),
    )


def _conclusion(case: Case) -> str:
    """The recheck's word; before that, room for it."""
    step = case.recheck
    if step is None:
        return ""
    words = f"复查{RECHECKS[step.kind or '']}（{step.person}，{day_or_blank(step.taken_on)}）"
    now = STATES[case.standing.state]
    return "。".join(filter(None, (words, step.opinion, f"现在状态：{now}")))
