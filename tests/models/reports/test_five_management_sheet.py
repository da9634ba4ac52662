from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from models.records.five_management import Checklist, ChecklistAnswer
from models.reports.filled_sheet import FilledSheet
from models.reports.five_management_sheet import five_management_sheet
from models.reports.paper.faces import Faces
from models.templates.compliance import Given
from models.templates.five_management import ChecklistTemplate, load_template
from tests.conftest import RESOURCES, TODAY, a_school
from tests.models.reports.conftest import NASTY, SEEN, Paper, Print

CHECKLIST = Checklist(
    template="five_management.items",
    version="2026.1",
    period="2026-11",
    rule_sets=frozenset({"national", "shandong_2025"}),
    filled_on=date(2026, 11, 20),
    filled_by="张㛃",
)


@pytest.fixture(scope="module")
def template() -> ChecklistTemplate:
    return load_template(RESOURCES / "checklists" / "five_management.json")


@pytest.fixture
def empty(template: ChecklistTemplate) -> FilledSheet:
    return FilledSheet(CHECKLIST, template.lines(a_school().stages), {}, {})


def printed(on_paper: Print, faces: Faces, sheet: FilledSheet) -> Paper:
    return on_paper(five_management_sheet("示例县实验小学", sheet, TODAY, faces=faces))


def given(sheet: FilledSheet, **answers: object) -> FilledSheet:
    """The sheet with answers by the item's id, written fm_hw_01."""
    return replace(
        sheet, given={name.replace("_", "."): Given(value) for name, value in answers.items()}
    )


def test_the_head_is_on_the_first_sheet_and_the_columns_on_every(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    paper = printed(on_paper, faces, empty)
    total = len(paper.pages)
    for words in (
        "2026年11月五项管理自查表",
        "学校（印章）：示例县实验小学",
        "责任督学：",
        "2026年11月20日",
    ):
        assert words in paper.pages[0]
    for number, page in enumerate(paper.pages, 1):
        assert "项目(A)内容(B)要点(C)自评（佐证材料）达标督评" in page
        assert f"第{number}页共{total}页" in page
    assert "填表人：张㛃" in paper.pages[-1]
    assert "校长签字：" in paper.pages[-1]
    assert "责任督学签字：" in paper.pages[-1]


def test_the_day_it_was_filled_in_is_part_of_what_it_says_the_day_of_printing_is_not(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    def code(filled_on: date | None, day: date = TODAY) -> str:
        sheet = replace(empty, checklist=replace(CHECKLIST, filled_on=filled_on))
        report = five_management_sheet("示例县实验小学", sheet, day, faces=faces)
        return on_paper(report).result.code

    assert code(None) == code(None, TODAY + timedelta(days=1))
    assert len({code(None), code(TODAY), code(TODAY - timedelta(days=1))}) == 3


def test_areas_stand_in_order_with_their_codes_and_their_figures_below(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    text = printed(on_paper, faces, empty).text
    places = [text.index(f"{name}：达标0/") for name in ("A4作业", "A2睡眠", "A1手机", "A3读物")]
    places.append(text.index("A5体质：达标0/"))
    assert places == sorted(places)
    assert text.index("五项合计：达标0/") > places[-1]
    assert text.index("B15作业指导") < text.index("B16作业批改")


def test_an_area_prints_both_numbers_of_its_rate(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    sheet = given(
        empty,
        fm_hw_01="yes",
        fm_hw_02=60,
        fm_hw_05="yes",
        fm_hw_06="na",
        fm_hw_07="no",
        fm_hw_08="no",
        fm_hw_09="yes",
        fm_hw_10="yes",
        fm_hw_11="yes",
    )
    text = printed(on_paper, faces, sheet).text
    assert "A4作业：达标8/9（88.89%），未答1" in text
    assert "五项合计：达标8/" in text
    assert "60分钟达标" in text
    assert "不适用不适用" in text


def test_a_reverse_question_is_judged_by_what_is_good(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    question = "是否存在机械重复、惩罚性作业"
    assert f"{question}否达标" in printed(on_paper, faces, given(empty, fm_hw_07="no")).text
    assert f"{question}是不达标" in printed(on_paper, faces, given(empty, fm_hw_07="yes")).text


def test_what_does_not_count_says_why(on_paper: Print, faces: Faces, empty: FilledSheet) -> None:
    sheet = given(empty, fm_hw_14="no", fm_hw_15=(12, 3), fm_sl_01=time(8, 20))
    text = printed(on_paper, faces, sheet).text
    assert "是否每周设置一天“无作业日”否鼓励，不计" in text
    assert "抽测12个班，超时3个班统计，不计" in text
    assert "目标，不计" in text
    assert "（教育局填）不计" in text
    assert "小学上午第一节课上课时间8:20达标" in text


def test_what_is_not_confirmed_is_called_advice(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    text = printed(on_paper, faces, empty).text
    assert "作业难度是否不超过课程标准要求（建议）" in text
    assert "一、二年级是否不布置书面家庭作业（建议）" not in text


def test_evidence_and_notes_stand_below_the_answer(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    answers = {
        "fm.ph.04": ChecklistAnswer(detail="赵𬱖", evidence="责任人名单", note="新任"),
        "fm.hw.05": ChecklistAnswer(detail="已写明"),
    }
    sheet = replace(given(empty, fm_ph_04="yes"), answers=answers)
    text = printed(on_paper, faces, sheet).text
    assert "是责任人：赵𬱖佐证：责任人名单说明：新任" in text
    assert "补充：已写明未答" in text


def test_the_foot_names_rule_sets_and_version(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    last = printed(on_paper, faces, empty).pages[-1]
    assert "执行标准：国家要求（2021年五项管理文件）、山东2025（鲁教体字〔2025〕1号）。" in last
    assert "检查项模板版本：2026.1。" in last


def test_a_bare_sheet_still_prints(on_paper: Print, faces: Faces, empty: FilledSheet) -> None:
    text = printed(on_paper, faces, replace(empty, checklist=Checklist(period="2026-03"))).text
    assert "2026年3月五项管理自查表" in text
    assert "2026年11月23日" in text  # the day of printing stands in
    assert "执行标准：未选择。检查项模板版本：—。" in text
    assert "五项合计：达标0/0（—），未答0" in text


def test_whatever_people_type_prints_as_typed(
    on_paper: Print, faces: Faces, empty: FilledSheet
) -> None:
    answers = {"fm.hw.05": ChecklistAnswer(note=NASTY + "鑫" * 10_000)}
    paper = printed(on_paper, faces, replace(empty, answers=answers))
    assert SEEN in paper.text
    assert paper.text.count("鑫") == 10_000
    assert paper.result.missing == ("😀",)
