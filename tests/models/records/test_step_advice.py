"""What is wanted of a step beside what the rules refuse."""

import pytest

from models.records.finding import CATEGORIES
from models.records.step_advice import advice, photo_wanted, shows
from tests.conftest import a_finding, a_step


@pytest.mark.parametrize(
    ("step", "known", "field", "words"),
    [
        (a_step("graded", level="major"), {"interim": "先停用"}, "level", "临时防范措施"),
        (a_step("notice_issued"), {"responsible": "赵𬱖"}, "document", "责任人"),
        (a_step("rectifying", opinion=None), {"measures": "更换"}, "opinion", "整改措施"),
    ],
)
def test_what_the_finding_lacks_is_told_beside_its_field(step, known, field, words):
    told = advice(a_finding(), step)
    assert list(told) == [field]
    assert words in str(told[field])
    assert advice(a_finding(**known), step) == {}


def test_what_the_step_says_itself_is_enough():
    assert advice(a_finding(), a_step("rectifying", opinion="更换")) == {}
    assert "没有花钱请填 0" in str(advice(a_finding(), a_step("submitted"))["cost"])
    assert advice(a_finding(), a_step("submitted", cost=0)) == {}


@pytest.mark.parametrize(
    "kind", ["fixed_on_site", "graded", "recheck_passed", "closed", "extended"]
)
def test_the_quick_steps_are_asked_nothing_more(kind):
    assert advice(a_finding(), a_step(kind)) == {}


@pytest.mark.parametrize("kind", ["fixed_on_site", "submitted"])
def test_a_rectification_is_shown_by_a_photo_or_says_why_not(kind):
    step = a_step(kind, opinion="已更换")
    assert "不能拍照的，在说明里写一句原因" in str(
        photo_wanted(a_finding(), step, {"before", None})["opinion"]
    )
    assert photo_wanted(a_finding(), step, ["before", "after"]) == {}
    for why in ("已更换，没有照片：学校没有相机", "停电，不能拍照"):
        assert photo_wanted(a_finding(), a_step(kind, opinion=why), ()) == {}
    assert photo_wanted(a_finding(), a_step("recheck_passed", opinion=None), ()) == {}
    assert "opinion" in photo_wanted(a_finding(), a_step(kind, opinion=None), ())


def test_what_no_photo_would_show_needs_none():
    unseen = {category for category in CATEGORIES if not shows(category)}
    assert unseen == {"duty", "emer", "bully", "psy", "net"}
    for category in unseen:
        step = a_step("submitted", opinion="已补签责任书")
        assert photo_wanted(a_finding(category=category), step, ()) == {}
