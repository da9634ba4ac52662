from dataclasses import replace
from datetime import datetime

from models.records.inspection import Inspection, InspectionAnswer
from models.reports.inspection_sheet import InspectedItem, inspection_sheet
from models.reports.paper.faces import Faces
from tests.models.reports.cases import SCHOOL, a_case
from tests.models.reports.conftest import NASTY, SEEN, Print

HELD = Inspection(
    kind="weekly",
    started=datetime(2026, 11, 20, 9, 0),
    inspectors="李安全",
    categories=frozenset({"fire", "dorm"}),
    summary="未发现隐患（零报告）。",
    ended=datetime(2026, 11, 20, 10, 0),
)


def an_item(result: str | None, note: str | None = None) -> InspectedItem:
    return InspectedItem(
        "消防安全", "通道畅通", InspectionAnswer(result=result, note=note), case=None
    )


def test_every_item_has_a_line_under_the_head_of_the_form(on_paper: Print, faces: Faces) -> None:
    items = [
        an_item("passed"),
        an_item("not_applicable", "没有宿舍"),
        replace(an_item("failed", "见照片"), case=a_case()),
        an_item("failed", "后门上锁"),
        an_item(None),
    ]
    text = on_paper(inspection_sheet(SCHOOL, HELD, items, [], faces=faces)).text
    for words in (
        "安全检查登记表学校（盖章）：示例县实验小学检查日期：2026年11月20日9:00",
        "检查类型：周检查检查人员：李安全陪同人员：检查范围：消防安全、学生宿舍",
        "序号检查项目检查内容检查结果存在问题整改措施责任人完成时限备注",
        "1消防安全通道畅通合格",
        "2通道畅通不适用没有宿舍",
        "3通道畅通不合格教学楼三楼：三楼东侧灭火器压力不足更换灭火器赵𬱖2026年12月1日见照片",
        "4通道畅通不合格后门上锁5",
        "5通道畅通未检查",
        "检查小结：未发现隐患（零报告）。检查人签字：陪同人员签字：被检查部门签字：",
    ):
        assert words in text
    assert "检查表以外" not in text


def test_an_inspection_that_goes_on_says_so(on_paper: Print, faces: Faces) -> None:
    going = replace(HELD, ended=None, categories=None)
    text = on_paper(inspection_sheet(SCHOOL, going, [an_item(None)], [], faces=faces)).text
    assert "检查还没有结束，没有查到的项目列为“未检查”。" in text
    assert "检查范围：全部适用的检查项" in text


def test_findings_beside_the_list_come_last(on_paper: Print, faces: Faces) -> None:
    besides = [a_case(description=NASTY, responsible=None, note="已拍照")]
    ended = replace(HELD, summary=None)
    text = on_paper(inspection_sheet(SCHOOL, ended, [an_item("passed")], besides, faces=faces)).text
    assert "检查表以外发现的问题，共1项2消防安全—不合格教学楼三楼：" in text
    assert SEEN in text
    assert "总务处2026年12月1日已拍照" in text
    assert "检查小结：无" in text
