import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from models.records.finding import Finding, FindingStep
from models.reports.case import Case
from models.reports.notice_words import GENERAL_DEMAND
from models.reports.paper.faces import Faces
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo
from models.reports.rectification_notice import rectification_notice
from models.reports.report import SEAL, Report, SigningBlock
from tests.conftest import a_finding, a_step
from tests.models.reports.conftest import NASTY, SEEN, Print

SCHOOL = "示例县实验小学"
ISSUED = [
    a_step("graded"),
    a_step("notice_issued", taken_on=date(2026, 11, 24), document="〔2026〕12号"),
]


def a_notice(
    faces: Faces,
    steps: list[FindingStep] | None = None,
    photos: list[Photo] | None = None,
    finding: Finding | None = None,
    unit: str = SCHOOL,
) -> Report:
    finding = finding or a_finding(
        found_on=date(2026, 11, 1),
        department="总务处",
        responsible="赵𬱖",
        finder="张㛃",
        basis="《中小学、幼儿园安全防范要求》",
        measures="更换灭火器",
        number="2026-0012",
    )
    steps = ISSUED if steps is None else steps
    return rectification_notice(unit, [Case(finding, steps, photos or [])], faces=faces)


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "JPEG")
    return data.getvalue()


def test_the_copy_to_deliver_says_what_to_do_by_when(on_paper: Print, faces: Faces) -> None:
    deliver = on_paper(a_notice(faces)).pages[0]
    for words in (
        "送达联",
        "安全隐患整改通知书〔2026〕12号总务处、赵𬱖：",
        "经2026年11月1日检查，发现下列隐患：",
        "1.部位：教学楼三楼（一般隐患）",
        "问题：三楼东侧灭火器压力不足",
        "依据：《中小学、幼儿园安全防范要求》",
        "整改要求：更换灭火器",
        "请于2026年12月1日前（含当日）完成整改",
        "逾期未整改，或者整改不到位的，将按有关规定处理。",
        "签发人：",
        "检查人：",
        "签收人：",
        "签收日期：",
        "示例县实验小学（盖章）",
        "2026年11月24日",
        "第1页共2页",
    ):
        assert words in deliver


def test_the_stub_keeps_the_same_facts(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(a_notice(faces))
    assert len(paper.pages) == 2
    for words in (
        "存根联",
        "安全隐患整改通知书（存根）〔2026〕12号",
        "2026-0012",
        "总务处",
        "赵𬱖",
        "张㛃",
        "三楼东侧灭火器压力不足",
        "2026年12月1日",
        "2026年11月24日",
        "签收人",
    ):
        assert words in paper.pages[1]


def test_before_it_is_issued_number_and_day_are_left_to_the_hand(
    on_paper: Print, faces: Faces
) -> None:
    bare = Finding()
    text = on_paper(a_notice(faces, steps=[], finding=bare)).pages[0]
    assert "安全隐患整改通知书〔〕号：经年月日检查" in text
    assert "请于年月日前" in text
    assert "示例县实验小学（盖章）年月日" in text.replace("签收日期：年月日", "")
    assert GENERAL_DEMAND in text
    assert "依据" not in text
    assert "（一般隐患）" not in text


def test_a_notice_without_a_document_number_keeps_the_blank(on_paper: Print, faces: Faces) -> None:
    steps = [a_step("graded"), a_step("notice_issued", document=None, deadline=None)]
    finding = a_finding(deadline=date(2026, 12, 5))
    text = on_paper(a_notice(faces, steps, finding=finding)).pages[0]
    assert "〔〕号" in text
    assert "请于2026年12月5日前" in text


def test_printed_later_it_still_says_the_day_that_was_set_in_it(
    on_paper: Print, faces: Faces
) -> None:
    later = [*ISSUED, a_step("extended", deadline=date(2026, 12, 20))]
    assert "请于2026年12月1日前" in on_paper(a_notice(faces, later)).pages[0]


def test_a_reopened_finding_wants_a_new_notice(on_paper: Print, faces: Faces) -> None:
    steps = [*ISSUED, *map(a_step, ("submitted", "recheck_passed", "closed", "reopened"))]
    assert "〔〕号" in on_paper(a_notice(faces, steps)).pages[0]
    steps.append(a_step("notice_issued", document="〔2026〕30号"))
    assert "〔2026〕30号" in on_paper(a_notice(faces, steps)).pages[0]


def test_a_notice_out_of_turn_gives_no_number(on_paper: Print, faces: Faces) -> None:
    steps = [a_step("notice_issued", document="〔2026〕99号")]
    assert "〔2026〕99号" not in on_paper(a_notice(faces, steps)).text


def test_advice_is_never_printed_as_law(on_paper: Print, faces: Faces) -> None:
    finding = a_finding(basis="建议（一般做法）", interim="先停用")
    paper = on_paper(a_notice(faces, finding=finding))
    deliver, stub = paper.pages
    assert "建议（一般做法）" in deliver
    assert "建议建议（一般做法）" in stub
    assert "依据" not in paper.text
    assert "整改期间的防范措施：先停用" in deliver


@pytest.mark.parametrize(("count", "pages"), [(0, 2), (1, 2), (5, 3)])
def test_photos_follow_the_text_with_their_captions(
    on_paper: Print, faces: Faces, count: int, pages: int
) -> None:
    photos = [Photo(picture(), f"整改前　照片{number}") for number in range(count)]
    finding = a_finding(measures="换")
    paper = on_paper(a_notice(faces, photos=photos, finding=finding))
    assert len(paper.pages) == pages
    assert ("附：整改前照片" in paper.text) is bool(count)
    assert [f"整改前照片{n}" in paper.text for n in range(count)] == [True] * count


def test_a_photo_that_cannot_be_read_says_so(on_paper: Print, faces: Faces) -> None:
    assert "照片无法读取" in on_paper(a_notice(faces, photos=[Photo(b"", "整改前")])).text


def test_whatever_people_type_prints_whole_and_signatures_never_stand_alone(
    on_paper: Print, faces: Faces
) -> None:
    finding = a_finding(description=NASTY + "鑫" * 10_000)
    paper = on_paper(a_notice(faces, finding=finding, unit="示例县实验小学" * 8))
    assert paper.text.count("鑫") == 20_000  # in both copies
    assert paper.text.count(SEEN) == 2
    assert paper.result.missing == ("😀",)
    signed = next(page for page in paper.pages if "签发人：" in page)
    assert "请于2026年12月1日前" in signed


def a_notice_of_many(faces: Faces, *findings: Finding, **changes: object) -> Report:
    """A notice of findings; `changes` are those of the last one's notice step."""
    cases = [Case(finding, ISSUED) for finding in findings]
    last = [ISSUED[0], replace(ISSUED[1], **changes)]
    return rectification_notice(SCHOOL, [*cases[:-1], Case(findings[-1], last)], faces=faces)


def test_many_findings_stand_in_one_notice_with_one_deadline(on_paper: Print, faces: Faces) -> None:
    report = a_notice_of_many(
        faces,
        a_finding(found_on=date(2026, 11, 1), department="总务处", measures="更换"),
        a_finding(found_on=date(2026, 11, 3), place="食堂", responsible="赵𬱖", number="2026-0007"),
    )
    deliver, stub = on_paper(report).pages
    assert "总务处、赵𬱖：经2026年11月1日至2026年11月3日检查，发现下列2项隐患：" in deliver
    assert "1.部位：教学楼三楼（一般隐患）问题：三楼东侧灭火器压力不足整改要求：更换" in deliver
    assert f"2.部位：食堂（一般隐患）问题：三楼东侧灭火器压力不足{GENERAL_DEMAND}" in deliver
    assert "请于2026年12月1日前（含当日）完成整改" in deliver
    assert "隐患数量2项，见下列清单整改时限2026年12月1日" in stub
    assert "22026-0007食堂三楼东侧灭火器压力不足一般2026年12月1日赵𬱖" in stub


def test_different_deadlines_stand_beside_each_finding(on_paper: Print, faces: Faces) -> None:
    other = a_finding(measures="清空")
    report = a_notice_of_many(faces, other, other, deadline=date(2026, 12, 9))
    deliver, stub = on_paper(report).pages
    assert "整改要求：清空整改时限：2026年12月1日2.部位" in deliver
    assert "整改时限：2026年12月9日请按上列时限完成整改" in deliver
    assert GENERAL_DEMAND not in deliver
    assert "整改时限见清单" in stub


def test_many_people_are_addressed_together(on_paper: Print, faces: Faces) -> None:
    findings = [a_finding(responsible=f"王{number}", department="总务处") for number in range(9)]
    paper = on_paper(a_notice_of_many(faces, *findings))
    assert "各有关责任部门、责任人：" in paper.pages[0]
    assert "责任人王0、王1、王2、王3等9个" in paper.text


def test_unit_and_day_stand_in_the_middle_of_room_for_a_seal(faces: Faces) -> None:
    style = Style(faces.body, 14, 28)
    block = SigningBlock(["签发人："], SCHOOL, "2026年11月24日", style)
    assert block.wrap(440, 700)[1] == SEAL
    assert SigningBlock(["签发人："] * 9, SCHOOL, "", style).wrap(440, 700)[1] == 9 * 28
