"""安全隐患销号单: the whole way of one finding, from its discovery to who approved its closing."""

from models.records.finding import RECHECKS, STEPS
from models.records.record import show_answer
from models.reports.case import Case
from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.page import official_page
from models.reports.report import BLANK_DAY, Report, day_or_blank, headed

TITLE = "安全隐患销号单"
PAGE = official_page()


def closing_slip(unit: str, case: Case, *, faces: Faces) -> Report:
    """The slip of a finding that is closed."""
    finding = case.finding
    rows = [
        pair_row("填报单位", unit, "隐患编号", finding.number or ""),
        pair_row("隐患部位", finding.place or "", "等级", case.level),
        pair_row("类别", show_answer(finding, "category"), "排查人", finding.finder or ""),
        wide_row("隐患描述", finding.description or ""),
        pair_row("排查日期", day_or_blank(finding.found_on), "通知书编号", case.number or "—"),
        pair_row("责任部门", finding.department or "", "责任人", finding.responsible or ""),
        wide_row("整改措施", case.measures),
        *_rectified(case),
        *_checked(case),
        pair_row("复查人签字", "", "批准人签字", "", height=56, closing=BLANK_DAY),
        wide_row("单位意见", "", height=84, closing=f"（盖章）{BLANK_DAY}"),
    ]
    form = grid_form([1.1, 2, 1.1, 2], rows, faces=faces, width=PAGE.text_width)
    number = "　".join(filter(None, (finding.number, case.round_words)))
    return Report(TITLE, PAGE, [*headed(TITLE, number, faces), form])


def _rectified(case: Case) -> list[FormRow]:
    """How it was rectified, and for how much."""
    step = case.report
    if step is None:
        return []
    return [
        pair_row("完成日期", day_or_blank(step.taken_on), "整改花费（元）", case.cost or "—"),
        wide_row("整改情况", f"{STEPS[step.kind or '']}（{step.person}）：{step.opinion or ''}"),
    ]


def _checked(case: Case) -> list[FormRow]:
    """What the recheck found, and who let it be closed."""
    step, closing = case.recheck, case.last(["closed"])
    rows = []
    if step is not None:
        rows = [
            pair_row("复查日期", day_or_blank(step.taken_on), "复查人", step.person or ""),
            wide_row("复查意见", "　".join((_ticked(step.kind), step.opinion or ""))),
        ]
    if closing is not None:
        rows += [
            pair_row("销号日期", day_or_blank(closing.taken_on), "办理人", closing.person or ""),
            pair_row("批准人", closing.approver or "", "销号说明", closing.opinion or ""),
        ]
    return rows


def _ticked(kind: str | None) -> str:
    """What a recheck can find, with a tick at what it found."""
    return "　".join(f"{'☑' if kind == each else '☐'}{word}" for each, word in RECHECKS.items())
