"""What the made-up school writes of 五项管理 beside its sheet, and of its trainees."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from models.ledger.certificates import number_all, usual_prefix
from models.ledger.indicators import indicators, score, take_list
from models.ledger.ledger import Ledger
from models.records.development import Indicator, MicroTalk, Placement, Project, Reflection
from models.records.five_management import AREAS
from models.records.growth import with_characters
from models.records.measure import AreaPlan, Measure, MeasureAction, school_year_of
from models.records.person import Person
from models.records.programme import Programme, Trainee
from models.records.spot_check import SpotCheck
from models.records.task import Task

_PARTS: Final = ("政治能力", "调查研究", "科学决策", "改革攻坚", "应急处突", "群众工作")
# seed 000: some 500 characters each
_ESSAY: Final = "听课只是开始，回到学校做一件小事才算学会。" * 25


def write_management(ledger: Ledger, today: date) -> None:
    """Spot checks, the plans of the year, a measure, what is done for it, and a task."""
    year = school_year_of(today)
    checks = [
        SpotCheck(kind=kind, held_on=today, grade=grade, class_name="1班", asked=40, beyond=beyond)
        for kind, grade, beyond in (("homework", "3", 3), ("homework", "5", 1), ("sleep", "5", 6))
    ]
    plans = [
        AreaPlan(area=area, school_year=year, name=f"{name}实施方案", approved_on=today)
        for area, name in AREAS.items()
    ]
    action = MeasureAction(
        number="1", what="各年级组公示每天作业总量", person="周宁", due=today, done_on=today
    )
    measure = Measure(number="1", name="作业公示", text="作业总量由年级组统一掌握，每天公示。")
    task = Task(
        name="饮水机更换滤芯", kind="service", area="other", person="周宁", due=today, state="open"
    )
    ledger.save_all([*checks, *plans, measure, action, task])


def write_growth(ledger: Ledger, today: date) -> Programme:
    """A programme with its trainees, a talk, essays, a placement, a project and a self-test."""
    begins = today - timedelta(days=60)
    programme = ledger.save(
        Programme(
            name="示例县优秀年轻干部培训班",
            organiser="示例县教育局",
            begins=begins,
            ends=begins + timedelta(days=365),
            planned_hours=90,
            least_characters=500,
        )
    )
    people = [one for one in ledger.all(Person) if "trainee" in (one.roles or ())]
    ledger.save_all(
        [
            Trainee(programme=programme.id, person=one.id, nominated=begins, standing="developing")
            for one in people
        ]
    )
    _grow(ledger, programme.id, [one.id for one in people], today)
    number_all(ledger, programme.id, usual_prefix(programme))
    _test(ledger, people[0], f"{today.year}下")
    return programme


def _grow(ledger: Ledger, programme: str, people: list[str], today: date) -> None:
    first = people[0]
    ledger.save_all(
        [
            with_characters(
                Reflection(
                    programme=programme,
                    person=person,
                    topic="跟岗一周的收获",
                    submitted_on=today,
                    body=_ESSAY,
                )
            )
            for person in people
        ]
    )
    talk = MicroTalk(programme=programme, person=first, topic="我的一节安全课", held_on=today)
    placement = Placement(
        programme=programme,
        person=first,
        host="示例市第一小学",
        begins=today - timedelta(days=30),
        ends=today,
    )
    ledger.save_all([talk, placement])
    ledger.save(
        Project(
            programme=programme,
            name="校门口接送秩序",
            leader=first,
            begins=today - timedelta(days=30),
            state="running",
        )
    )


def _test(ledger: Ledger, person: Person, period: str) -> None:
    take_list(
        ledger,
        [
            Indicator(section=part, number=at, name=f"{part}（示例指标）", full_marks=10)
            for at, part in enumerate(_PARTS, 1)
        ],
    )
    for at, one in enumerate(indicators(ledger)):
        score(ledger, one, person.id, period, own_score=Decimal(6 + at % 4), peer_score=Decimal(7))
