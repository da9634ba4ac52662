"""安全检查登记表 of one inspection: every item with what was found, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from models.records.inspection import RESULTS, Inspection, InspectionAnswer
from models.records.record import show_answer
from models.reports.case import Case
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import ledger_page
from models.reports.report import BLANK, Report, short_day
from models.reports.table_paper import TablePaper

TITLE = "安全检查登记表"
PAGE = ledger_page()
SIZE = 9.0
SIGNERS = ("检查人签字", "陪同人员签字", "被检查部门签字")
HEAD = ("kind", "inspectors", "accompanied")
WHOLE = "全部适用的检查项"
BESIDES = "检查表以外发现的问题"
COLUMNS = (
    Column("序号", 28, "C"),
    Column("检查项目", 66, "C", merged=True),
    Column("检查内容", 200),
    Column("检查结果", 46, "C"),
    Column("存在问题", 128),
    Column("整改措施", 110),
    Column("责任人", 48, "C"),
    Column("完成时限", 64, "C"),
    Column("备注", 70),
)


@dataclass(frozen=True, slots=True)
class InspectedItem:
    """An item with its category, its wording, what was answered and the finding it became."""

    category: str
    wording: str
    answer: InspectionAnswer
    case: Case | None

    def texts(self, number: int) -> tuple[str, ...]:
        """What stands in the columns."""
        note = self.answer.note or ""
        found = _found(self.case) if self.case else ("", "", "", "")
        if self.answer.result == "failed" and not self.case:
            found, note = (note, "", "", ""), ""
        result = RESULTS.get(self.answer.result or "", "未检查")
        return (str(number), self.category, self.wording, result, *found, note)


def inspection_sheet(
    unit: str,
    inspection: Inspection,
    items: Sequence[InspectedItem],
    besides: Sequence[Case],
    *,
    faces: Faces,
) -> Report:
    """The sheet; findings that stand for no item of the list come last."""
    paper = TablePaper(PAGE, faces)
    rows: list[Sequence[str] | Group] = [item.texts(at) for at, item in enumerate(items, 1)]
    if besides:
        rows.append(Group(f"{BESIDES}，共{len(besides)}项"))
        rows += [_beside(at, case) for at, case in enumerate(besides, len(items) + 1)]
    story: list[Flowable] = [
        *paper.head(
            TITLE,
            [f"学校（盖章）：{unit}", f"检查日期：{show_answer(inspection, 'started')}"],
            [_head(inspection, name) for name in HEAD],
            [f"检查范围：{show_answer(inspection, 'categories') or WHOLE}"],
        ),
        fast_table(COLUMNS, rows, faces=faces, width=PAGE.text_width, size=SIZE),
        paper.foot([_summary(inspection)], signers=SIGNERS),
    ]
    return Report(TITLE, PAGE, story)


def _head(inspection: Inspection, name: str) -> str:
    label = {"kind": "检查类型", "inspectors": "检查人员", "accompanied": "陪同人员"}[name]
    return f"{label}：{show_answer(inspection, name) or BLANK}"


def _found(case: Case) -> tuple[str, str, str, str]:
    """What is wrong, what is to be done, by whom and by when."""
    finding, deadline = case.finding, case.standing.deadline
    what = "：".join(filter(None, (finding.place, finding.description)))
    who = finding.responsible or finding.department or ""
    return what, finding.measures or "", who, short_day(deadline)


def _beside(at: int, case: Case) -> tuple[str, ...]:
    category = show_answer(case.finding, "category")
    return (str(at), category, "—", RESULTS["failed"], *_found(case), case.finding.note or "")


def _summary(inspection: Inspection) -> str:
    """The counts as the inspection was ended with; before that, that it goes on."""
    if inspection.ended is None:
        return "检查还没有结束，没有查到的项目列为“未检查”。"
    return f"检查小结：{inspection.summary or '无'}"
