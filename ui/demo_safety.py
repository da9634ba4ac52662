"""What the made-up school writes beside its findings: an inspection, risk points, a drill."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from models.ledger import inspections
from models.ledger.ledger import Ledger
from models.records.drill import Drill, SafetyLesson
from models.records.inspection import Inspection
from models.records.risk import Duty, RiskPoint
from models.templates.safety import SafetyTemplate

_ITEMS, _FAILED = 12, "sf.fire.05"
_RISKS: Final = (
    ("食堂燃气间", "食堂", "food", "燃气泄漏、火灾", "orange", "人走关阀，每周检查软管和报警器。"),
    ("教学楼楼梯间", "教学楼", "crowd", "拥挤踩踏", "yellow", "错峰放学，楼梯口专人疏导。"),
    ("化学实验室药品柜", "实验楼", "lab", "中毒、灼伤", "orange", "专人保管，出入库逐笔登记。"),
    ("校门口道路", "校门口", "bus", "交通事故", "yellow", "护学岗每日到岗，家长在等候区接送。"),
    ("操场体育器材", "操场", "sport", "砸伤、摔伤", "blue", "每月检查固定和锈蚀情况。"),
)
_DUTIES: Final = (
    ("校长", "张㛃", "对学校安全工作全面负责，每月听取一次安全工作汇报。", "每月", "会议记录"),
    ("安全办主任", "李安全", "组织隐患排查治理，建账、复查、销号。", "每周", "隐患台账"),
    ("班主任", "周宁", "本班安全教育，放学前安全提醒。", "每日", "班级日志"),
)


def write_safety(ledger: Ledger, template: SafetyTemplate) -> None:
    """One finished inspection with a finding, the registers, a drill and a lesson."""
    now = ledger.clock().astimezone().replace(tzinfo=None)
    _inspect(ledger, template, now - timedelta(hours=1))
    ledger.save_all(
        [
            RiskPoint(
                name=name,
                place=place,
                category=category,
                accident=accident,
                colour=colour,
                measures=measures,
                department="总务处",
                responsible="赵𬱖",
            )
            for name, place, category, accident, colour, measures in _RISKS
        ]
    )
    ledger.save_all(
        [
            Duty(post=post, person=person, duties=duties, frequency=often, evidence=evidence)
            for post, person, duties, often, evidence in _DUTIES
        ]
    )
    ledger.save(_drill(now - timedelta(days=6)))
    ledger.save(_lesson((now - timedelta(days=3)).date()))


def _drill(held: datetime) -> Drill:
    return Drill(
        topic="全校应急疏散演练",
        kind="evacuation",
        held=held,
        place="教学楼至操场",
        commander="张㛃",
        participants=486,
        storeys=4,
        evacuation_seconds=112,
        course="警报响起后，各班按路线图从两侧楼梯疏散到操场，清点人数后向总指挥报告。",
        problems="四年级西侧楼梯口稍有拥堵。",
        improvements="四年级改走中间楼梯，楼梯口增加一名教师。",
    )


def _lesson(held_on: date) -> SafetyLesson:
    return SafetyLesson(
        topic="冬季取暖与用电安全",
        form="class_meeting",
        held_on=held_on,
        audience="全校各班",
        participants=486,
        periods=1,
        teacher="各班班主任",
    )


def _inspect(ledger: Ledger, template: SafetyTemplate, begun: datetime) -> None:
    items = template.for_scopes(["all"])[:_ITEMS]
    typed = Inspection(kind="weekly", started=begun, inspectors="李安全", accompanied="赵𬱖")
    inspection = inspections.begin(ledger, typed, template, items)
    for item in items:
        if item.id == _FAILED:
            found = inspections.suggested(inspection, item)
            inspections.describe(ledger, replace(found, place="综合楼一层"))
        else:
            inspections.answer(ledger, inspection, item.id, "passed")
    inspections.finish(ledger, inspection)
