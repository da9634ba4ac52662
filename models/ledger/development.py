"""What trainees do beside the sessions, as forms choose it and papers add it up."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from models.ledger.ledger import Ledger
from models.records.development import (
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
)
from models.records.fields import show_day
from models.records.growth import Growth
from models.records.person import Person
from models.records.programme import Programme, Trainee

Owned = TypeVar("Owned", MicroTalk, Reflection, Placement)


def people_choices(ledger: Ledger) -> dict[str, str]:
    """Whom a form may choose: id → words, no two alike; trainees first, who has left last."""
    everybody = sorted(
        ledger.all(Person, unit=ledger.unit),
        key=lambda p: (p.state == "left", "trainee" not in (p.roles or ())),
    )
    return _told_apart([(p.id, _described(p)) for p in everybody])


def _described(person: Person) -> str:
    left = "已离岗" if person.state == "left" else None
    return " · ".join(filter(None, (person.name, person.post, person.department, left)))


def programme_choices(ledger: Ledger) -> dict[str, str]:
    """The programmes a form may choose, the newest first."""
    return _told_apart([(one.id, one.name or "") for one in programmes(ledger)])


def project_choices(ledger: Ledger) -> dict[str, str]:
    """The projects of this unit."""
    return _told_apart([(p.id, p.name or "") for p in ledger.all(Project, unit=ledger.unit)])


def programmes(ledger: Ledger) -> list[Programme]:
    """The programmes of this unit, the one that began last first."""
    known = ledger.all(Programme, unit=ledger.unit)
    return sorted(known, key=lambda one: str(one.begins or ""), reverse=True)


def trainees_of(ledger: Ledger, programme: str) -> list[tuple[Trainee, Person]]:
    """The roster of a programme in the order of entry, without those whose person is not here."""
    found = [
        (one, ledger.get(Person, one.person or ""))
        for one in ledger.all(Trainee, programme=programme)
    ]
    return [(trainee, person) for trainee, person in found if person is not None]


def programme_now(ledger: Ledger) -> str:
    """The programme that a new record most likely belongs to; empty where there is none."""
    today = ledger.clock().astimezone().date()
    known = programmes(ledger)
    running = (p for p in known if p.begins and p.ends and p.begins <= today <= p.ends)
    return next((p.id for p in (*running, *known)), "")


def _told_apart(named: Sequence[tuple[str, str]]) -> dict[str, str]:
    met: Counter[str] = Counter()
    found: dict[str, str] = {}
    for record, words in named:
        met[words] += 1
        found[record] = words if met[words] == 1 else f"{words}（第 {met[words]} 个）"
    return found


@dataclass(slots=True)
class _Gathered:
    talks: list[MicroTalk] = field(default_factory=list)
    reflections: list[Reflection] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


def growths(ledger: Ledger, programme: str = "") -> dict[str, Growth]:
    """By the person's id, what each did: in one programme where it is named, else at all."""
    found: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for talk in _owned(ledger, MicroTalk, programme):
        found[talk.person or ""].talks.append(talk)
    for reflection in _owned(ledger, Reflection, programme):
        found[reflection.person or ""].reflections.append(reflection)
    for placement in _owned(ledger, Placement, programme):
        found[placement.person or ""].placements.append(placement)
    for project, people in _projects(ledger, programme):
        for person in people:
            found[person].projects.append(project)
    return {
        person: Growth(one.talks, one.reflections, one.placements, one.projects)
        for person, one in found.items()
    }


def growth_of_programme(ledger: Ledger, programme: str) -> Growth:
    """Everything of a programme once, whoever did it."""
    return Growth(
        _owned(ledger, MicroTalk, programme),
        _owned(ledger, Reflection, programme),
        _owned(ledger, Placement, programme),
        [project for project, _people in _projects(ledger, programme)],
    )


def _owned(ledger: Ledger, kind: type[Owned], programme: str) -> list[Owned]:
    equal = {"programme": programme} if programme else {}
    return ledger.all(kind, unit=ledger.unit, **equal)


def _projects(ledger: Ledger, programme: str) -> list[tuple[Project, set[str]]]:
    """Each project with who works in it; who leads it is one of them."""
    equal = {"programme": programme} if programme else {}
    members: defaultdict[str, set[str]] = defaultdict(set)
    for member in ledger.all(ProjectMember, unit=ledger.unit):
        members[member.project or ""].add(member.person or "")
    return [
        (project, members[project.id] | {project.leader or ""})
        for project in ledger.all(Project, unit=ledger.unit, **equal)
    ]


def milestones_of(ledger: Ledger, project: str) -> list[Milestone]:
    """The steps of a project by the day they are due."""
    return sorted(ledger.all(Milestone, project=project), key=lambda one: str(one.due or ""))


def milestone_words(milestone: Milestone) -> str:
    """调研（2026年5月1日前，2026年4月20日完成）."""
    due = f"{show_day(milestone.due)}前" if milestone.due else ""
    done = f"{show_day(milestone.done_on)}完成" if milestone.done_on else ""
    days = "，".join(filter(None, (due, done)))
    return f"{milestone.name}（{days}）" if days else milestone.name or ""
