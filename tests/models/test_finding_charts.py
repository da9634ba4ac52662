from models.finding_charts import Standings, by_level, by_standing, standings


def test_findings_are_sorted_by_where_they_stand():
    states = [("closed", False), ("submitted", False), ("rectifying", True), ("graded", False)]
    assert standings(states) == Standings(1, 1, 1, 1)


def test_all_groups_together_have_one_share_for_each_way_to_stand():
    chart = by_standing("办理情况", "处", [Standings(1, 2, 0, 3), Standings(1, 0, 0, 1)])
    assert [(share.name, share.value) for share in chart.shares] == [
        ("已销号", 2),
        ("已整改待销号", 2),
        ("整改中", 0),
        ("逾期未整改", 4),
    ]
    assert by_standing("办理情况", "处", []).total == 0


def test_a_level_of_a_newer_program_counts_as_none():
    chart = by_level("隐患等级", "处", {"major": 1, "": 2, "newer": 3})
    assert [(share.name, share.value) for share in chart.shares] == [
        ("一般隐患", 0),
        ("重大隐患", 1),
        ("未定级", 5),
    ]
