"""A person of the unit: one list for all three kinds of work, with the least personal data."""

from dataclasses import dataclass
from typing import ClassVar

from models.records.fields import Choice, Flags, Number, Text
from models.records.quotas import QUOTAS
from models.records.record import Record, answer

ROLES = {
    "safety": "安全员",
    "head": "校长",
    "inspector": "检查人",
    "trainee": "培训学员",
}


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Somebody who checks, rectifies, signs or is trained. ID numbers are not asked for."""

    table: ClassVar[str] = "person"
    title: ClassVar[str] = "人员"

    name: str | None = answer(Text(label="姓名", required=True, longest=30))
    post: str | None = answer(Text(label="职务", longest=30))
    department: str | None = answer(Text(label="部门", longest=30))
    roles: frozenset[str] | None = answer(Flags(label="身份", options=ROLES))
    state: str | None = answer(Choice(label="状态", options={"active": "在岗", "left": "已离岗"}))
    quota: str | None = answer(
        Choice(label="学时要求", options={quota.id: quota.name for quota in QUOTAS.values()})
    )
    quota_from: int | None = answer(
        Number(label="学时起算年份", unit="年", low=2000, high=2100, help="5年一个周期的从哪年算起")
    )
