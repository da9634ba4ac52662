"""A person of the unit: one list for all three kinds of work, with the least personal data."""

from dataclasses import dataclass
from typing import ClassVar

from models.records.fields import Choice, Flags, Text
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
