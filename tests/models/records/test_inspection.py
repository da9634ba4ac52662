from datetime import datetime

from models.records.inspection import Inspection, InspectionAnswer
from models.records.record import problems_of

BEGUN = Inspection(
    kind="monthly",
    started=datetime(2026, 11, 23, 8, 0),
    inspectors="李安全",
    template="school_safety.check_items",
    version="2026.1",
    items="sf.fire.01,sf.fire.02",
)


def test_an_inspection_ends_after_it_began():
    assert problems_of(BEGUN) == {}
    ended = Inspection.of_plain(
        {"kind": "monthly", "started": "2026-11-23 08:00", "ended": "2026-11-23 07:59"},
        id="",
        unit="",
    )
    told = dict(ended.rules())
    assert "结束时间早于开始时间" in str(told["ended"])


def test_an_answer_belongs_to_an_inspection_and_an_item():
    assert set(problems_of(InspectionAnswer())) == {"inspection", "item"}
