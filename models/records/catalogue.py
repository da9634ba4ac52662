"""All record types that this program knows; a newer program may know more."""

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
from models.records.drill import Drill, SafetyLesson
from models.records.finding import Finding, FindingStep, Photo
from models.records.five_management import Checklist, ChecklistAnswer, ChecklistReview
from models.records.inspection import Inspection, InspectionAnswer
from models.records.measure import AreaPlan, Measure, MeasureAction
from models.records.organisation import Organisation
from models.records.person import Namesakes, Person
from models.records.programme import Programme, Trainee
from models.records.record import Record
from models.records.risk import Duty, RiskPoint
from models.records.spot_check import SpotCheck
from models.records.task import Task
from models.records.training import Attendance, TrainingSession

RECORD_TYPES: dict[str, type[Record]] = {
    kind.table: kind
    for kind in (
        Organisation,
        Person,
        Finding,
        FindingStep,
        Photo,
        Checklist,
        ChecklistAnswer,
        TrainingSession,
        Attendance,
        Inspection,
        InspectionAnswer,
        RiskPoint,
        Duty,
        Drill,
        SafetyLesson,
        Programme,
        Trainee,
        MicroTalk,
        Reflection,
        Placement,
        Project,
        ProjectMember,
        Milestone,
        Indicator,
        SelfAssessment,
        ChecklistReview,
        Task,
        SpotCheck,
        AreaPlan,
        Measure,
        MeasureAction,
        Namesakes,
    )
}
