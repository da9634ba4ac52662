from models.records.measure import NUMBERS
from models.records.record import problems_of
from models.templates.measures import load_measures
from tests.conftest import RESOURCES


def test_ten_measures_five_of_them_named_and_none_invented():
    measures = load_measures(RESOURCES / "checklists" / "ten_measures.json")
    assert [measure.number for measure in measures] == list(NUMBERS)
    named = [measure.name for measure in measures if measure.name]
    assert named == ["作业管理", "睡眠管理", "手机管理", "读物管理", "心理健康"]
    assert all(bool(measure.name) == bool(measure.text) for measure in measures)
    assert all(problems_of(measure) == {} for measure in measures)
