from models.templates.inspection_points import POINTS, points_of

PRIMARY = {"primary_low", "primary_mid", "primary_high"}


def codes(points):
    return [point.words.partition(" ")[0] for point in points if point.words.startswith("C")]


def test_a_school_of_all_stages_sees_every_confirmed_point_once_in_order(five):
    points = points_of(five.lines({*PRIMARY, "junior"}))
    assert codes(points) == list(POINTS) == [f"C{number}" for number in range(1, 19)]


def test_points_of_other_stages_are_absent(five):
    assert "C11" not in codes(points_of(five.lines(PRIMARY)))
    assert "C10" not in codes(points_of(five.lines({"senior"})))


def test_areas_and_headings_stand_as_in_the_national_sheet(five):
    points = points_of(five.lines(PRIMARY))
    assert list(dict.fromkeys(point.project for point in points)) == [
        "A1 手机",
        "A2 睡眠",
        "A3 读物",
        "A4 作业",
        "A5 体质",
    ]
    headings = list(dict.fromkeys(point.heading for point in points))
    assert headings == [f"B{number}" for number in range(1, 21)]
    assert points[0].content == "B1 带入校园管理"


def test_a_point_whose_wording_was_not_seen_has_our_words_and_no_invented_code(five):
    points = points_of(five.lines(PRIMARY))
    assert "C6 是否规定并严格执行不得用手机布置作业" in [point.words for point in points]
    uncoded = [point for point in points if point.area in ("reading", "homework", "fitness")]
    assert uncoded
    assert codes(uncoded) == []
    assert "作业难度是否不超过课程标准要求（建议）" in [point.words for point in uncoded]


def test_two_points_may_be_one_line_of_ours_and_two_lines_one_point(five):
    points = {point.words.partition(" ")[0]: point for point in points_of(five.lines(PRIMARY))}
    assert points["C15"].lines == points["C16"].lines
    assert [line.id for line in points["C3"].lines] == ["fm.ph.03", "fm.ph.13"]


def test_lines_that_the_sheet_does_not_ask_are_left_out(five):
    shown = {line.id for point in points_of(five.lines(PRIMARY)) for line in point.lines}
    assert "fm.ph.10" not in shown
