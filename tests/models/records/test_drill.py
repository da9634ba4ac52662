import pytest

from models.records.drill import judge_evacuation, show_seconds


@pytest.mark.parametrize(
    ("seconds", "storeys", "kept", "words"),
    [
        (108, 4, True, "疏散用时1分48秒，符合四层及以下教学楼2分钟以内的要求。"),
        (120, 1, True, "疏散用时2分0秒，符合四层及以下教学楼2分钟以内的要求。"),
        (121, 4, False, "疏散用时2分1秒，超过四层及以下教学楼2分钟以内的要求。"),
        (200, 5, None, "疏散用时3分20秒；2分钟的要求只针对四层及以下教学楼，本次不作判断。"),
    ],
)
def test_only_low_buildings_are_held_against_two_minutes(seconds, storeys, kept, words):
    assert judge_evacuation(seconds, storeys) == (kept, words)


def test_what_is_missing_is_said():
    assert "还缺教学楼层数" in judge_evacuation(100, None).words
    assert "填写疏散用时" in judge_evacuation(None, 4).words
    assert judge_evacuation(100, None).kept is judge_evacuation(None, 4).kept is None


def test_seconds_as_people_say_them():
    assert [show_seconds(s) for s in (59, 60, 7200)] == ["59秒", "1分0秒", "120分0秒"]
