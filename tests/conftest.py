"""What every test may use: a ticking clock, a folder, founded ledgers of a school and an office."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.ledger.search import Initials
from models.records.finding import Finding, FindingStep
from models.records.organisation import Organisation, usual_grades
from models.records.person import Person

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("house", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
TODAY = date(2026, 11, 23)
SCHOOL_CODE = "2137000001"
OFFICE_CODE = "11370000004502323D"


_DEADLINES = {
    "notice_issued": date(2026, 12, 1),
    "recheck_failed": date(2026, 12, 1),
    "extended": date(2026, 12, 8),
}


class Clock:
    """A wall clock that goes one second at each look; `at` may be set to any moment."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def a_school(**changes: Any) -> Organisation:
    """示例县实验小学: a primary school with a canteen."""
    school = Organisation(
        kind="school",
        name="示例县实验小学",
        code=SCHOOL_CODE,
        school_type="primary",
        system="six_three",
        grades=usual_grades("primary", "six_three"),
        features=frozenset({"canteen"}),
    )
    return replace(school, **changes)


def an_office(**changes: Any) -> Organisation:
    """示例县教育局."""
    return replace(Organisation(kind="office", name="示例县教育局", code=OFFICE_CODE), **changes)


def a_person(name: str = "李安全") -> Person:
    """Somebody of the unit."""
    return Person(name=name, roles=frozenset({"safety"}), state="active")


def a_finding(**changes: Any) -> Finding:
    """A good finding, with the changes that the test is about."""
    finding = Finding(
        description="三楼东侧灭火器压力不足",
        place="教学楼三楼",
        category="fire",
        found_on=TODAY,
        finder="李安全",
    )
    return replace(finding, **changes)


def a_step(kind: str, **changes: Any) -> FindingStep:
    """A step with all that any kind of step may ask for."""
    step = FindingStep(
        kind=kind,
        taken_on=TODAY,
        person="赵𬱖",
        opinion="已办理",
        level="general" if kind == "graded" else None,
        deadline=_DEADLINES.get(kind),
        document="〔2026〕1号" if kind in ("notice_issued", "supervised") else None,
        approver="张㛃" if kind in ("extended", "closed", "back_in_use") else None,
        office="示例县教育局" if kind == "supervised" else None,
        finding="not yet",
    )
    return replace(step, **changes)


def a_ledger(
    home: Path,
    organisation: Organisation | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    person: Person | None = None,
    **more: Any,
) -> Ledger:
    """A founded ledger in this folder; whoever asks for it closes it."""
    home.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(
        open_database(home), home, clock=clock or Clock(), initials=the_initials(), **more
    )
    ledger.found(organisation or a_school(), person or a_person())
    return ledger


@cache
def the_initials() -> Initials:
    """The initials that are shipped; read once, for reading them takes longer than most tests."""
    return Initials(RESOURCES / "pinyin" / "initials.txt")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def initials() -> Initials:
    return the_initials()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "school"
    folder.mkdir()
    return folder


@pytest.fixture
def ledger(home: Path, clock: Clock) -> Iterator[Ledger]:
    ledger = a_ledger(home, clock=clock)
    yield ledger
    ledger.close()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    office = a_ledger(tmp_path / "office", an_office(), clock=clock, person=a_person("王局安"))
    yield office
    office.close()


@pytest.fixture
def second(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """The second PC of the school."""
    second = a_ledger(tmp_path / "second", clock=clock, person=a_person("赵𬱖"))
    yield second
    second.close()
