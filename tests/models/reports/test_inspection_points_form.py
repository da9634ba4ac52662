from datetime import date

import pytest

from models.records.five_management import ChecklistAnswer
from models.reports.filled_sheet import FilledSheet
from models.reports.inspection_points_form import inspection_points_form
from models.reports.paper.faces import Faces
from models.templates.five_management import ChecklistTemplate
from tests.conftest import a_school
from tests.models.reports.cases import SCHOOL
from tests.models.reports.conftest import NASTY, SEEN, Print
from tests.models.reports.test_five_management_sheet import CHECKLIST, given, template

__all__ = ["template"]


@pytest.fixture
def sheet(template: ChecklistTemplate) -> FilledSheet:
    lines = template.lines(a_school().stages)
    answers = {"fm.ph.01": ChecklistAnswer(evidence="申请表12份", note="10月起执行")}
    return given(
        FilledSheet(CHECKLIST, lines, {}, answers),
        fm_ph_01="yes",
        fm_ph_03="yes",
        fm_ph_13=12,
        fm_sl_03="no",
        fm_sl_10="yes",
    )


def test_the_head_leaves_inspector_and_day_to_the_hand(
    on_paper: Print, faces: Faces, sheet: FilledSheet
) -> None:
    paper = on_paper(inspection_points_form(SCHOOL, sheet, {}, faces=faces))
    assert paper.text.startswith(
        "“五项管理”实地督查要点（2026年11月）学校（印章）：示例县实验小学责任督学：年月日"
        "项目(A)内容(B)要点(C)自评（是否有，提供佐证材料）督评A1手机B1带入校园管理C1"
    )
    for page in paper.pages:
        assert "自评（是否有，提供佐证材料）督评" in page
    assert "校长签字：责任督学签字：年月日" in paper.pages[-1]


def test_inspector_and_day_are_printed_where_they_are_known(
    on_paper: Print, faces: Faces, sheet: FilledSheet
) -> None:
    report = inspection_points_form(
        SCHOOL, sheet, {}, inspector="周督学", day=date(2026, 11, 25), faces=faces
    )
    assert "责任督学：周督学2026年11月25日" in on_paper(report).text


def test_answers_with_their_evidence_stand_at_their_points(
    on_paper: Print, faces: Faces, sheet: FilledSheet
) -> None:
    text = on_paper(inspection_points_form(SCHOOL, sheet, {}, faces=faces)).text
    for words in (
        "C1手机带入校园申请制度是佐证：申请表12份说明：10月起执行C2",
        "C3手机保管装置是否有手机保管装置：是其中已统一保管人数：12人C4",
        "C12是否要求学生提前到校否B6按时就寝",
        "C15校外培训结束时间不晚于20:30是C16校外培训不得布置家庭作业是",
        "C17线上直播类培训不晚于21:00结束（学校不填）",
        "C18",
        "作业难度是否不超过课程标准要求（建议）",
        "标“建议”的要点，依据尚未完全核实，仅供参考。",
    ):
        assert words in text
    assert "C19" not in text


def test_what_the_inspector_says_stands_in_the_last_column(
    on_paper: Print, faces: Faces, sheet: FilledSheet
) -> None:
    reviews = {
        "fm.ph.02": ("不达标", "七年级课堂上见到手机"),
        "fm.ph.13": ("达标", ""),
        "fm.sl.01": ("", NASTY),
        "gone": ("达标", ""),
    }
    text = on_paper(inspection_points_form(SCHOOL, sheet, reviews, faces=faces)).text
    assert "C2手机不得带入课堂不达标七年级课堂上见到手机B2统一保管" in text
    assert "其中已统一保管人数：达标" in text
    assert SEEN in text
