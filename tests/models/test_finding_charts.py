from models.finding_charts import Standings, standings


def test_findings_are_sorted_by_where_they_stand():
    states = [("closed", False), ("submitted", False), ("rectifying", True), ("graded", False)]
    assert standings(states) == Standings(1, 1, 1, 1)
