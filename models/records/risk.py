"""Risk points (风险点) and duties: they exist always; a finding is a control of them that failed.

Source: domain A.1 (《济南市学校安全风险清单和责任清单》), C.3 and C.5 form 7.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.records.fields import Choice, Day, Text
from models.records.finding import CATEGORIES
from models.records.record import Record, answer

# 红橙黄蓝: the grade of a risk point, not of a hazard (domain C.3).
COLOURS = {
    "red": "红（重大风险）",
    "orange": "橙（较大风险）",
    "yellow": "黄（一般风险）",
    "blue": "蓝（低风险）",
}


@dataclass(frozen=True, kw_only=True)
class RiskPoint(Record):
    """One place or activity where something may happen, its grade and what is done about it."""

    table: ClassVar[str] = "risk_point"
    title: ClassVar[str] = "风险点"

    name: str | None = answer(Text(label="风险点", required=True, longest=60))
    place: str | None = answer(Text(label="部位", longest=60, suggest="place"))
    category: str | None = answer(Choice(label="类别", required=True, options=CATEGORIES))
    accident: str | None = answer(Text(label="可能事故", required=True, longest=200))
    colour: str | None = answer(Choice(label="风险等级", required=True, options=COLOURS))
    measures: str | None = answer(Text(label="管控措施", required=True, longest=1000, lines=3))
    department: str | None = answer(Text(label="责任部门", longest=30, suggest="department"))
    responsible: str | None = answer(Text(label="责任人", longest=60, suggest="person"))
    reviewed_on: date | None = answer(Day(label="评估日期"))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))


@dataclass(frozen=True, kw_only=True)
class Duty(Record):
    """A line of the 责任清单: what a post does for safety, how often, and what shows it."""

    table: ClassVar[str] = "duty"
    title: ClassVar[str] = "安全职责"

    post: str | None = answer(Text(label="岗位", required=True, longest=60))
    person: str | None = answer(Text(label="责任人", longest=60, suggest="person"))
    duties: str | None = answer(Text(label="安全职责", required=True, longest=1000, lines=3))
    frequency: str | None = answer(Text(label="履职频次", longest=60))
    evidence: str | None = answer(Text(label="履职记录", longest=200))
