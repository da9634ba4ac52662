import pytest

from models.exchange.report import TROUBLES, Received

SCHOOL = "示例县实验小学"


def test_what_came_is_told_in_a_sentence():
    assert Received(SCHOOL, SCHOOL, new=5, photos=2).words() == (
        f"{SCHOOL}：新增 5 条记录，照片 2 张。"
    )


def test_a_bundle_without_news_is_a_receipt():
    assert Received("x", SCHOOL, had=5).words() == f"{SCHOOL}：没有新的记录，回执已收到。"
    assert "照片 3 张" in Received("x", SCHOOL, photos=3).words()


def test_a_unit_without_a_name_is_called_by_its_code():
    assert Received("2137000001", new=1).words().startswith("2137000001：")


def test_what_both_sides_changed_in_different_places_is_information_and_no_trouble():
    received = Received("x", SCHOOL, new=3, parallel=2)
    assert received.clean
    assert "2 条记录两边改了不同的地方，已经合并" in received.words()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_is_told_with_what_to_do_now(trouble):
    received = Received("x", SCHOOL, new=1, **{trouble: 4})
    assert not received.clean
    assert received.words().count("4 ") == 1
    assert TROUBLES[trouble][1] in received.words()


def test_a_gap_names_the_lines_that_are_missing():
    received = Received("x", SCHOOL, held=2, missing=((SCHOOL, 3, 5), ("乙校", 7, 7)))
    assert f"（缺 {SCHOOL} 第 3—5 条、乙校 第 7 条）" in received.words()
