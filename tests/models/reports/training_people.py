"""One trainee with two sessions, and what they did beside them, for the tests of papers."""

from models.records.growth import Growth
from models.records.person import Person
from models.records.training import PersonTotal
from tests.models.ledger.growing import a_placement, a_project, a_reflection, a_talk
from tests.models.reports.test_training_summary import a_mark, a_session

ZHAO = Person(id="a.1", name="赵𬱖", post="年级组长", department="教务处")
TOTAL = PersonTotal(
    ZHAO,
    [
        (a_session(90, topic="消防安全", mode="online"), a_mark()),
        (a_session(90, topic="应急处置", module="project", form="project"), a_mark("leave", 45)),
    ],
)
GROWTH = Growth(
    [a_talk(ZHAO)],
    [a_reflection(ZHAO, rating="good"), a_reflection(ZHAO, topic="再读", body=None)],
    [a_placement(ZHAO, days=20)],
    [a_project(ZHAO, state="done", outcome="错峰放学")],
)
SESSION_ROWS = (
    "1.2026年3月5日消防安全聚焦发展专题讲座出勤902.00",
    "2.2026年3月5日应急处置项目攻坚项目攻坚请假451.00",
)
