import io
from datetime import datetime

import pytest
from PIL import Image

from models.records.drill import Drill
from models.reports.drill_record import drill_record
from models.reports.paper.faces import Faces
from models.reports.paper.photos import Photo
from tests.models.reports.conftest import NASTY, SEEN, Print

SCHOOL = "示例县实验小学"
DRILL = Drill(
    topic="秋季消防疏散演练",
    kind="evacuation",
    held=datetime(2026, 11, 10, 10, 0),
    place="教学楼、操场",
    commander="李安全",
    participants=612,
    storeys=4,
    evacuation_seconds=108,
    course="10时拉响警报，各班按路线撤离到操场。",
    problems="三年级二班集合较慢。",
    improvements="加强楼梯口引导。",
)
GOLDEN = (
    "应急演练记录单位（盖章）：示例县实验小学"
    "演练主题秋季消防疏散演练"
    "演练种类应急疏散演练时间2026年11月10日10:00"
    "地点教学楼、操场总指挥李安全"
    "参加人数612人教学楼层数4层"
    "疏散用时108秒（1分48秒）"
    "用时对照2分钟以内"
    "演练过程10时拉响警报，各班按路线撤离到操场。"
    "存在问题三年级二班集合较慢。"
    "改进措施加强楼梯口引导。"
    "记录人负责人签字"
    "注：四层及以下教学楼疏散应在2分钟以内，依据《中小学幼儿园应急疏散演练指南》（教基一厅〔2014〕2号）。"
)


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "JPEG")
    return data.getvalue()


def test_the_record_says_what_the_form_asks(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(drill_record(SCHOOL, DRILL, [], faces=faces))
    assert paper.text == GOLDEN + "第1页共1页"


@pytest.mark.parametrize(
    ("seconds", "storeys", "said"),
    [(150, 4, "超过2分钟"), (150, 5, ""), (100, None, ""), (None, 4, "")],
)
def test_only_what_is_known_of_a_low_building_is_judged(
    on_paper: Print, faces: Faces, seconds: int | None, storeys: int | None, said: str
) -> None:
    drill = Drill(topic="疏散", evacuation_seconds=seconds, storeys=storeys)
    text = on_paper(drill_record(SCHOOL, drill, [], faces=faces)).text
    assert ("教基一厅" in text) is bool(said)
    assert said in text


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (2, 2), (5, 2), (7, 3)])
def test_photos_stand_two_to_a_row_below_the_form(
    on_paper: Print, faces: Faces, count: int, pages: int
) -> None:
    photos = [Photo(picture(), f"照片{number}") for number in range(count)]
    paper = on_paper(drill_record(SCHOOL, DRILL, photos, faces=faces))
    assert len(paper.pages) == pages
    assert "附：演练照片" in paper.text
    assert all(f"照片{number}" in paper.text for number in range(count))


def test_an_empty_record_is_a_form_to_fill_by_hand(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(drill_record(SCHOOL, Drill(), [], faces=faces))
    assert len(paper.pages) == 1
    assert "演练过程存在问题改进措施" in paper.text


def test_whatever_people_type_prints_whole(on_paper: Print, faces: Faces) -> None:
    drill = Drill(topic=NASTY, course="鑫" * 2000, problems="鑫" * 1000)
    paper = on_paper(drill_record(SCHOOL, drill, [], faces=faces))
    assert paper.text.count("鑫") == 3000
    assert SEEN in paper.text
    assert paper.result.missing == ("😀",)
