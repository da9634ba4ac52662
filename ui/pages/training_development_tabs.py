"""The tabs of what trainees do beside the sessions, in the order in which they stand."""

from typing import NamedTuple, TypeAlias

from models.records.development import (
    Indicator,
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
    SelfAssessment,
)
from models.records.programme import Programme, Trainee
from ui.icons import Icons
from ui.pages.training_development import PartsTab, PlacementPanel, TalkPanel
from ui.pages.training_development_papers import PapersTab
from ui.pages.training_development_projects import ProjectPanel
from ui.pages.training_development_reflections import ReflectionsPart
from ui.pages.training_development_selftest import SelfTestTab
from ui.session import Session
from ui.tasks import Tasks

_KINDS = (MicroTalk, Reflection, Placement, Project, ProjectMember, Milestone, Indicator)
DEVELOPMENT = frozenset(
    kind.table for kind in (*_KINDS, SelfAssessment, Programme, Trainee)
)  # what the tabs show


DevelopmentTab: TypeAlias = PartsTab | SelfTestTab | PapersTab


class DevelopmentTabs(NamedTuple):
    """分享与心得, 跟岗与项目, 自测, 结业与档案."""

    shares: PartsTab
    projects: PartsTab
    self_test: SelfTestTab
    papers: PapersTab

    @property
    def registers(self) -> tuple[PartsTab, PartsTab]:
        """Those in which a record can be looked up."""
        return self.shares, self.projects

    @property
    def asking(self) -> tuple[SelfTestTab, PapersTab]:
        """Those from which another page is asked for."""
        return self.self_test, self.papers


def development_tabs(session: Session, icons: Icons, tasks: Tasks) -> DevelopmentTabs:
    """Make the tabs; each reads the ledger when it is first seen."""
    talks, reflections = TalkPanel(session, icons), ReflectionsPart(session, icons, tasks)
    placements, projects = PlacementPanel(session, icons), ProjectPanel(session, icons)
    return DevelopmentTabs(
        PartsTab("分享与心得", {"微分享": talks, "心得感悟": reflections}),
        PartsTab("跟岗与项目", {"跟岗研修": placements, "项目攻坚": projects}),
        SelfTestTab(session, icons),
        PapersTab(session, icons),
    )
