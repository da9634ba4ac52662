"""What 200 schools hand over: 500 findings each, 12 answers a finding, the same in every run.

The texts are as various as those of a real ledger (a list of ten sentences would pack to nothing).
`lines_of` makes a school's stream without a ledger; `bodies` are the bytes as a bundle holds them.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.ledger.lines import GENESIS, chain, dump

FIELDS = (
    "number", "description", "place", "category", "found_on", "finder", "source", "level",
    "deadline", "department", "responsible", "measures",
)  # fmt: skip
OFFICE = "11370000004502323D"
START = 1_767_225_600_000_000  # 2026-01-01, as lines have it
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁于蒋蔡余杜叶程"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国志海燕红春梅玲飞云峰辉鹏宇浩子涵晨"
BUILDINGS = (
    "教学楼", "综合楼", "学生宿舍", "食堂后厨", "食堂储藏间", "图书馆", "体育馆", "操场", "配电室",
    "锅炉房", "校门口", "实验室", "危化品柜", "地下车库", "变电箱", "围墙", "水泵房", "礼堂",
)  # fmt: skip
THINGS = (
    "灭火器", "应急照明灯", "疏散指示标志", "防火门", "消火栓", "电源插座", "配电箱", "燃气管道",
    "护栏", "监控摄像头", "食品留样柜", "冷藏柜", "校车安全带", "逃生窗", "警示标识", "楼梯扶手",
    "吊扇", "排烟管道", "化学试剂", "单杠",
)  # fmt: skip
FAULTS = (
    "压力不足", "已过期", "损坏", "缺失", "被杂物遮挡", "线路老化裸露", "未按规定登记",
    "未及时清洗", "锁闭无法开启", "松动", "标签脱落", "温度记录不全", "数量与台账不符",
    "存在渗漏", "私拉乱接", "无人值守", "未张贴操作规程", "年检过期",
)  # fmt: skip
MEASURES = (
    "立即更换", "限期维修", "停用并张贴告示", "清理通道", "补充登记", "联系维保单位到场处理",
    "组织专题培训", "重新检测并备案", "加装防护装置", "安排专人每日巡查", "报上级主管部门",
)  # fmt: skip
CATEGORIES = ("fire", "bldg", "food", "elec", "lab", "spec", "bus", "sec", "sport", "dorm", "duty")
SOURCES = ("daily", "weekly", "monthly", "term", "special")
DEPARTMENTS = ("总务处", "政教处", "教务处", "安全办", "食堂", "年级组")


def unit(school: int) -> str:
    """The code of the school of this number."""
    return f"2137{school:06}"


def log_of(school: int, pc: int = 1) -> str:
    """The name of a PC's stream: ten characters that pack no better than random ones."""
    return hashlib.sha256(b"stream %d %d" % (school, pc)).hexdigest()[:10]


def finding(chance: random.Random, number: int) -> dict[str, Any]:
    """The 12 answers of one finding."""
    found = date(2026, 1, 1) + timedelta(days=chance.randrange(330))
    due = found + timedelta(days=chance.choice((1, 3, 7, 15, 30)))
    building, thing, fault = map(chance.choice, (BUILDINGS, THINGS, FAULTS))
    room = f"{building}{chance.randrange(1, 6)}楼{chance.randrange(101, 640)}室"
    first, second = chance.sample(MEASURES, 2)
    return {
        "number": f"2026-{number:04}",
        "description": f"{found.month}月{found.day}日{chance.randrange(7, 18)}时"
        f"{chance.randrange(60):02}分巡查发现{room}{chance.randrange(1, 30)}处{thing}{fault}，"
        f"编号{chance.randrange(10**6):06}，同层{chance.choice(THINGS)}{chance.choice(FAULTS)}，"
        f"影响师生安全，须{first}。",
        "place": room,
        "category": chance.choice(CATEGORIES),
        "found_on": found.isoformat(),
        "finder": _name(chance),
        "source": chance.choice(SOURCES),
        "level": "major" if chance.random() < 0.05 else "general",
        "deadline": due.isoformat(),
        "department": chance.choice(DEPARTMENTS),
        "responsible": _name(chance),
        "measures": f"{first}，{second}；{due.isoformat()}前由{_name(chance)}验收，"
        f"费用约{chance.randrange(5, 300) * 10}元。",
    }


def _name(chance: random.Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


@dataclass(frozen=True)
class Piece:
    """Consecutive lines of a stream as a bundle has them: one body of bytes."""

    log_id: str
    unit: str
    device: str
    first: int
    prev: bytes
    head: bytes
    body: bytes


class School:
    """A school's PC that writes nothing but lines: quick, and equal in every run."""

    def __init__(self, number: int, pc: int = 1) -> None:
        self.number, self.log_id, self.unit = number, log_of(number, pc), unit(number)
        self.device = f"pc{self.log_id}"
        self.chance = random.Random(1000 + number)
        self.head, self.seq, self.made = GENESIS, 0, 0
        self.now = START + self.chance.randrange(10**9) * 1000
        self.found: dict[str, dict[str, Any]] = {}  # the answers of its findings, by their ids
        self.versions: dict[tuple[str, str], str] = {}  # stream.seq of the last edit of a field

    def start(self) -> Iterator[str]:
        """The line that binds the stream."""
        yield self._line({"u": "", "o": "b", "n": self.unit, "v": {"device": self.device}})

    def findings(self, count: int) -> Iterator[str]:
        """So many new findings."""
        for _ in range(count):
            self.made += 1
            values = finding(self.chance, self.made)
            text = self._line(
                {"u": "李安全", "o": "c", "e": "finding", "n": self.unit, "v": values}
            )
            self.found[f"{self.log_id}.{self.seq}"] = values
            yield text

    def edits(self, records: Sequence[str], field: str, values: Sequence[str]) -> Iterator[str]:
        """One edit of this field for each record, made in knowledge of this PC's last."""
        for record, value in zip(records, values, strict=True):
            base = self.versions.get((record, field), record)
            version = {field: [self.found[record][field], value, 0, base]}
            yield self._line({"u": "李安全", "o": "u", "e": "finding", "i": record, "v": version})
            self.found[record][field] = value
            self.versions[record, field] = f"{self.log_id}.{self.seq}"

    def piece(self, lines: Iterator[str]) -> Piece:
        """The lines as one piece of the stream."""
        first, prev = self.seq + 1, self.head
        texts = []
        for text in lines:
            self.head = chain(self.head, text)
            texts.append(text)
        body = "".join(f"{text}\n" for text in texts).encode()
        return Piece(self.log_id, self.unit, self.device, first, prev, self.head, body)

    def _line(self, what: Mapping[str, Any]) -> str:
        self.seq += 1
        self.now += self.chance.randrange(1, 3_600_000) * 1000
        return dump({"s": self.seq, "t": self.now, **what})


def first_load(school: School, count: int) -> Piece:
    """A school's whole ledger so far."""

    def lines() -> Iterator[str]:
        yield from school.start()
        yield from school.findings(count)

    return school.piece(lines())


def rival(school: School, records: Sequence[str], text: str) -> Piece:
    """The school's second PC edits these records, and has not seen what the first did to them."""
    other = School(school.number, pc=2)
    other.now = school.now
    other.found = {record: dict(school.found[record]) for record in records}

    def lines() -> Iterator[str]:
        yield from other.start()
        yield from other.edits(records, "measures", [text] * len(records))

    return other.piece(lines())


def week(school: School, new: int = 5, edited: int = 20) -> Piece:
    """What a school writes in a week."""

    def lines() -> Iterator[str]:
        known = school.chance.sample([*school.found], edited)
        yield from school.findings(new)
        texts = [school.chance.choice(MEASURES) + _name(school.chance) for _ in known]
        yield from school.edits(known, "measures", texts)

    return school.piece(lines())
