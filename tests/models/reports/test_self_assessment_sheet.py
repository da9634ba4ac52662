from decimal import Decimal

from models.assessment_chart import in_words, radar
from models.ledger.indicators import Part, parts_of
from models.records.development import Indicator, SelfAssessment
from models.reports.paper.faces import Faces
from models.reports.self_assessment_sheet import self_assessment_sheet
from tests.conftest import TODAY
from tests.models.ledger.growing import SECTIONS
from tests.models.reports.conftest import NASTY, SEEN, Print
from tests.models.reports.training_people import ZHAO

SCHOOL = "示例县实验小学"
LISTED = [
    Indicator(id=f"a.{at}", section=name, number=at, name=f"{name}达标", full_marks=10)
    for at, name in enumerate(SECTIONS, 1)
]
GIVEN = {
    one.id: SelfAssessment(own_score=Decimal(9 - at), peer_score=Decimal("6.5"), plan="多调研")
    for at, one in enumerate(LISTED)
}
GOLDEN = (
    "能力自测表姓名：赵𬱖职务：年级组长自测期：2026上各类得分率自评互评单位：%"
    "政治能力90/65调查研究80/65科学决策70/65群众工作60/65"
    "得分率（自评/互评，%）：1政治能力90/65；2调查研究80/65；3科学决策70/65；4群众工作60/65。"
    "序号类别指标满分自评互评提升计划"
    "1政治能力政治能力达标1096.5多调研"
    "2调查研究调查研究达标1086.5多调研"
    "3科学决策科学决策达标1076.5多调研"
    "4群众工作群众工作达标1066.5多调研"
    "共4项指标：自评4项，得30分（满分40分）；互评4项，得26.0分（满分40分）。"
    "本人签字：审核人：示例县实验小学（盖章）2026年11月23日第1页共1页"
)


def the_sheet(faces: Faces, listed=LISTED, given=GIVEN):
    parts = parts_of(listed, given)
    return self_assessment_sheet(SCHOOL, TODAY, ZHAO, "2026上", listed, given, parts, faces=faces)


def test_the_sheet_has_the_picture_and_every_indicator(on_paper: Print, faces: Faces) -> None:
    assert on_paper(the_sheet(faces)).text == GOLDEN


def test_a_sheet_without_scores_is_a_form_to_fill_by_hand(on_paper: Print, faces: Faces) -> None:
    text = on_paper(the_sheet(faces, given={})).text
    assert "各类得分率" not in text
    assert "共4项指标：自评0项；互评0项。" in text


def test_a_long_list_goes_on_overleaf(on_paper: Print, faces: Faces) -> None:
    many = [
        Indicator(id=f"b.{at}", section=f"类{at}", number=at, name=NASTY) for at in range(1, 43)
    ]
    given = {one.id: SelfAssessment(own_score=Decimal(8)) for one in many}
    paper = on_paper(the_sheet(faces, many, given))
    assert len(paper.pages) > 1
    assert paper.text.count(SEEN) == 42
    assert "自评42项，得336分（满分0分）" in paper.text


def test_a_side_that_lacks_a_category_is_left_out_of_the_picture() -> None:
    parts = [Part("甲", 80, 70), Part("乙", 60, None), Part("丙", 90, 80)]
    chart = radar(parts)
    assert chart is not None
    assert [row.name for row in chart.series] == ["自评"]
    assert radar([*parts, Part("丁", None, 50)]) is None
    assert radar(parts[:2]) is None
    assert in_words(parts[1:2]) == "得分率（自评/互评，%）：1 乙 60/—。"
