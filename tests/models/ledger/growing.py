"""A programme with trainees who did something, for the tests of pages and papers."""

from datetime import date
from decimal import Decimal

from models.ledger.indicators import score, take_list
from models.records.development import (
    Indicator,
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
)
from models.records.growth import with_characters
from models.records.person import Person
from models.records.programme import Programme, Trainee

DAY = date(2026, 5, 20)
ESSAY = "教学相长，" * 100  # 500 characters


def a_programme(**changes):
    given = {
        "name": "优秀年轻干部培训班",
        "organiser": "示例县教育局",
        "begins": date(2026, 3, 1),
        "ends": date(2026, 12, 31),
        "least_characters": 500,
    }
    return Programme(**{**given, **changes})


def a_trainee(name, **changes):
    given = {"roles": frozenset({"trainee"}), "state": "active"}
    return Person(name=name, **{**given, **changes})


def enrol_all(ledger, programme, *people, **changes):
    return [
        ledger.save(Trainee(programme=programme.id, person=person.id, **changes))
        for person in people
    ]


def a_talk(person, **changes):
    return MicroTalk(
        **{"person": person.id, "topic": "我的一节安全课", "held_on": DAY, "minutes": 15, **changes}
    )


def a_reflection(person, body=ESSAY, **changes):
    given = {"person": person.id, "topic": "学习心得", "submitted_on": DAY, "body": body}
    return with_characters(Reflection(**{**given, **changes}))


def a_placement(person, **changes):
    given = {
        "person": person.id,
        "host": "示例市第一小学",
        "post": "副校长助理",
        "begins": date(2026, 4, 1),
        "ends": date(2026, 4, 30),
        "mentor": "钱老师",
        "journals": 4,
    }
    return Placement(**{**given, **changes})


def a_project(leader, **changes):
    given = {
        "name": "校门口接送秩序",
        "leader": leader.id,
        "begins": date(2026, 4, 1),
        "ends": date(2026, 9, 30),
        "state": "running",
    }
    return Project(**{**given, **changes})


def a_member(project, person, task="数据"):
    return ProjectMember(project=project.id, person=person.id, task=task)


def a_milestone(project, **changes):
    return Milestone(**{"project": project.id, "name": "调研", "due": date(2026, 5, 1), **changes})


SECTIONS = ("政治能力", "调查研究", "科学决策", "群众工作")


def score_all(ledger, person, period="2026上", own=(8, 6, 9, 7), peer=(7, 6, 8, None)):
    """Four categories of one indicator each, scored out of ten."""
    take_list(
        ledger,
        [
            Indicator(section=name, number=at, name=f"{name}达标", full_marks=10, state="used")
            for at, name in enumerate(SECTIONS, 1)
        ],
    )
    listed = ledger.all(Indicator)
    for indicator, mine, theirs in zip(listed, own, peer, strict=True):
        given = None if theirs is None else Decimal(theirs)
        score(ledger, indicator, person.id, period, own_score=Decimal(mine), peer_score=given)
    return listed
