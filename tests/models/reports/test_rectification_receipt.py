import io

from PIL import Image

from models.reports.case import Case
from models.reports.paper.faces import Faces
from models.reports.paper.photos import Photo
from models.reports.rectification_receipt import rectification_receipt
from tests.conftest import a_finding, a_step
from tests.models.reports.cases import FAILED, SCHOOL, SUBMITTED, a_case
from tests.models.reports.conftest import Print

OFFICE = "示例县教育局"


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "JPEG")
    return data.getvalue()


def test_each_finding_has_a_line_with_what_was_done(on_paper: Print, faces: Faces) -> None:
    cases = [a_case(SUBMITTED), a_case(SUBMITTED, FAILED, place="食堂", interim="先停用")]
    text = on_paper(rectification_receipt(SCHOOL, OFFICE, cases, faces=faces)).text
    for words in (
        "安全隐患整改回执通知书编号：〔2026〕12号示例县教育局：",
        "你单位《安全隐患整改通知书》（〔2026〕12号）收悉。共2项隐患，已完成整改1项，未完成1项。",
        "1教学楼三楼：三楼东侧灭火器压力不足更换灭火器已更换并检查2026年11月15日赵𬱖360",
        "2食堂：三楼东侧灭火器压力不足更换灭火器未完成赵𬱖",
        "未完成的原因与防范措施：第2项（复查不合格）原因：仍然没有标识；防范措施：先停用",
        "整改单位负责人签字：",
        "示例县实验小学（盖章）2026年11月15日",
    ):
        assert words in text


def test_within_a_school_the_department_answers(on_paper: Print, faces: Faces) -> None:
    text = on_paper(rectification_receipt(SCHOOL, SCHOOL, [a_case(SUBMITTED)], faces=faces)).text
    assert "总务处（盖章）" in text
    assert "未完成的原因" not in text
    nobody = a_case(SUBMITTED, department=None)
    text = on_paper(rectification_receipt(SCHOOL, SCHOOL, [nobody], faces=faces)).text
    assert "示例县实验小学（盖章）" in text


def test_what_was_fixed_at_once_needs_no_notice(on_paper: Print, faces: Faces) -> None:
    case = Case(a_finding(), [a_step("fixed_on_site", opinion=None, taken_on=None)])
    text = on_paper(rectification_receipt(SCHOOL, SCHOOL, [case], faces=faces)).text
    assert "通知书" not in text
    assert "三楼东侧灭火器压力不足已完成赵𬱖" in text


def test_an_open_finding_without_a_reason_leaves_room_for_it(on_paper: Print, faces: Faces) -> None:
    cases = [a_case(SUBMITTED), a_case(responsible=None)]
    text = on_paper(rectification_receipt(SCHOOL, OFFICE, cases, faces=faces)).text
    assert "第2项（已下达整改通知）原因：；防范措施：" in text


def test_photos_stand_in_pairs_and_a_missing_one_is_told(on_paper: Print, faces: Faces) -> None:
    seen = a_case(SUBMITTED)
    before = [Photo(picture(), "整改前甲"), Photo(picture(), "整改前乙")]
    cases = [
        a_case(SUBMITTED),
        Case(seen.finding, seen.steps, before, [Photo(picture(), "整改后甲")]),
    ]
    text = on_paper(rectification_receipt(SCHOOL, OFFICE, cases, faces=faces)).text
    assert "附：整改前后对照照片第2项教学楼三楼整改前甲整改后甲整改前乙没有照片" in text
    assert "第1项教学楼" not in text
