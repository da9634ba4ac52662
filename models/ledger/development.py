"""What trainees do beside the sessions, as forms choose it and papers add it up."""

from collections import defaultdict
from typing import TypeVar

from models.ledger.ledger import Ledger
from models.ledger.programmes import programmes
from models.ledger.same_person import standing
from models.ledger.training import marks, sessions
from models.records.development import (
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
)
from models.records.growth import Growth

Owned = TypeVar("Owned", MicroTalk, Reflection, Placement)


def programme_now(ledger: Ledger) -> str:
    """The programme that a new record most likely belongs to; empty where there is none."""
    today = ledger.clock().astimezone().date()
    known = programmes(ledger)
    running = (p for p in known if p.begins and p.ends and p.begins <= today <= p.ends)
    return next((p.id for p in (*running, *known)), "")


def growths(ledger: Ledger, programme: str = "") -> dict[str, Growth]:
    """By the person's id, what each did: in one programme where it is named, else at all."""
    found: defaultdict[str, Growth] = defaultdict(Growth)
    stands = standing(ledger)

    def who(person: str | None) -> str:
        return stands.get(person or "", person or "")

    for talk in _owned(ledger, MicroTalk, programme):
        found[who(talk.person)].talks.append(talk)
    for reflection in _owned(ledger, Reflection, programme):
        found[who(reflection.person)].reflections.append(reflection)
    for placement in _owned(ledger, Placement, programme):
        found[who(placement.person)].placements.append(placement)
    for project, people in _projects(ledger, programme):
        for person in {who(person) for person in people}:
            found[person].projects.append(project)
    return dict(found)


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


def trainee_years(ledger: Ledger) -> list[tuple[str, int]]:
    """(person, year) of everybody who is marked in a year, the last year first."""
    years = {year for one in sessions(ledger) for year in one.years}
    return [
        (person, year) for year in sorted(years, reverse=True) for person in marks(ledger, year)
    ]
