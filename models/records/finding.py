"""A safety finding (隐患), the steps of its life, and its photos."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.problems import Problem
from models.records.fields import Choice, Day, Link, Number, Text
from models.records.record import Record, answer

# domain C.2: the categories of the 192 items, after 鲁政办发〔2022〕16号 art. 3.
CATEGORIES = {
    "fire": "消防安全",
    "bldg": "校舍与建筑",
    "food": "食品安全（食堂/配餐）",
    "water": "饮用水",
    "elec": "用电用气与取暖",
    "lab": "实验室与危险化学品",
    "spec": "特种设备",
    "bus": "校车与交通",
    "sec": "安全防范（人防物防技防）",
    "sport": "体育设施与活动",
    "dorm": "学生宿舍",
    "crowd": "防拥挤踩踏",
    "surr": "校园周边",
    "drown": "防溺水",
    "bully": "欺凌与学生保护",
    "psy": "心理健康",
    "health": "卫生防疫",
    "net": "网络与信息",
    "emer": "应急预案与演练",
    "duty": "责任制度、门卫与值班",
    "site": "施工与外来作业",
    "nature": "自然灾害与防雷防汛",
}
LEVELS = {"general": "一般隐患", "major": "重大隐患"}
SOURCES = {
    "daily": "日常巡查",
    "weekly": "周检查",
    "monthly": "月检查",
    "term": "学期检查",
    "special": "专项检查",
    "third_party": "第三方检查",
    "supervision": "督导检查",
}
STATES = {
    "registered": "已登记",
    "graded": "已定级",
    "fixed_on_site": "立行立改",
    "notice_issued": "已下达整改通知",
    "rectifying": "整改中",
    "submitted": "已整改待复查",
    "recheck_failed": "复查不合格",
    "recheck_passed": "复查合格",
    "closed": "已销号",
    "reopened": "反弹",
}
STEPS = {
    "graded": "定级",
    "fixed_on_site": "立行立改",
    "notice_issued": "下达整改通知",
    "rectifying": "开始整改",
    "extended": "延期",
    "submitted": "报告整改完成",
    "recheck_failed": "复查不合格",
    "recheck_passed": "复查合格",
    "closed": "销号",
    "reopened": "反弹",
    "supervised": "挂牌督办",
    "taken_out_of_use": "停用",
    "back_in_use": "恢复使用",
}
RECHECKS = {"recheck_passed": "合格", "recheck_failed": "不合格"}
PHOTO_STAGES = {"before": "整改前", "after": "整改后", "drill": "演练", "evidence": "佐证"}


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """One hazard at one place, as it was found and as it is to be rectified."""

    table: ClassVar[str] = "finding"
    title: ClassVar[str] = "隐患"

    number: str | None = answer(Text(label="隐患编号", longest=20, hidden=True))
    description: str | None = answer(
        Text(label="隐患描述", required=True, longest=2000, lines=3, help="发现了什么问题")
    )
    place: str | None = answer(
        Text(label="部位", required=True, longest=60, help="楼、层、房间", suggest="place")
    )
    category: str | None = answer(Choice(label="类别", required=True, options=CATEGORIES))
    found_on: date | None = answer(Day(label="排查日期", required=True))
    finder: str | None = answer(Text(label="排查人", required=True, longest=60, suggest="person"))
    source: str | None = answer(Choice(label="检查类型", options=SOURCES))
    item: str | None = answer(Text(label="检查项", longest=20, hidden=True))
    basis: str | None = answer(Text(label="依据", longest=500, lines=2))
    level: str | None = answer(Choice(label="等级", options=LEVELS))
    deadline: date | None = answer(Day(label="整改时限"))
    department: str | None = answer(Text(label="整改责任部门", longest=30, suggest="department"))
    responsible: str | None = answer(Text(label="责任人", longest=60, suggest="person"))
    measures: str | None = answer(Text(label="整改措施", longest=2000, lines=3))
    funding: int | None = answer(Number(label="整改资金", unit="元"))
    interim: str | None = answer(Text(label="临时防范措施", longest=1000, lines=2))
    contingency: str | None = answer(Text(label="应急预案", longest=1000, lines=2))
    note: str | None = answer(Text(label="备注", longest=500, lines=2))
    risk_point: str | None = answer(Link(label="风险点", to="risk_point", hidden=True))
    inspection: str | None = answer(Link(label="检查", to="inspection", hidden=True))
    recurs: str | None = answer(Link(label="反弹自", to="finding", hidden=True))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if self.deadline and self.found_on and self.deadline < self.found_on:
            yield "deadline", Problem("整改时限早于排查日期，请检查。")


@dataclass(frozen=True, kw_only=True)
class FindingStep(Record):
    """One step of a finding's life; only ever added, so two offices never overwrite each other."""

    table: ClassVar[str] = "finding_step"
    title: ClassVar[str] = "办理步骤"

    finding: str | None = answer(Link(label="隐患", to="finding", required=True, hidden=True))
    after: str | None = answer(Link(label="上一步", to="finding_step", hidden=True))
    kind: str | None = answer(Choice(label="步骤", options=STEPS, required=True, hidden=True))
    taken_on: date | None = answer(Day(label="日期", required=True))
    person: str | None = answer(Text(label="办理人", required=True, longest=60, suggest="person"))
    opinion: str | None = answer(Text(label="说明", longest=1000, lines=3))
    level: str | None = answer(Choice(label="等级", options=LEVELS))
    deadline: date | None = answer(Day(label="整改时限"))
    document: str | None = answer(Text(label="文书编号", longest=40))
    cost: int | None = answer(Number(label="实际花费", unit="元"))
    approver: str | None = answer(Text(label="批准人", longest=60, suggest="person"))
    office: str | None = answer(Text(label="督办单位", longest=60))


@dataclass(frozen=True, kw_only=True)
class Photo(Record):
    """A photo of a finding, a drill or an answer of a sheet; the picture is kept by its SHA-256."""

    table: ClassVar[str] = "photo"
    title: ClassVar[str] = "照片"

    finding: str | None = answer(Link(label="隐患", to="finding", hidden=True))
    drill: str | None = answer(Link(label="应急演练", to="drill", hidden=True))
    checklist_answer: str | None = answer(Link(label="自查项", to="checklist_answer", hidden=True))
    stage: str | None = answer(Choice(label="时间", options=PHOTO_STAGES, required=True))
    sha256: str | None = answer(Text(label="校验值", longest=64, required=True, hidden=True))
    taken_on: date | None = answer(Day(label="拍摄日期"))
    caption: str | None = answer(Text(label="说明", longest=60))

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if [self.finding, self.drill, self.checklist_answer].count(None) != 2:
            yield "finding", Problem("照片要属于一条隐患、一次演练或一个自查项。")
