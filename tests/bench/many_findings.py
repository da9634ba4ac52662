"""A ledger with very many findings, filled through the import path as a district's would be."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.ledger.ledger import Ledger
from models.ledger.lines import GENESIS, chain, dump
from models.ledger.segments import Segment
from models.records.finding import CATEGORIES

UNIT = "2137000099"
# What happens to five findings in turn: five steps each on the average, three of five closed.
CLOSED = ("graded", "notice_issued", "rectifying", "submitted", "recheck_passed", "closed")
WAYS = (CLOSED, CLOSED[:4], CLOSED, CLOSED[:3], CLOSED)
THINGS = (
    "灭火器压力不足",
    "疏散通道堆放课桌椅",
    "配电箱未上锁",
    "护栏松动",
    "食堂库房离地不足",
    "监控录像保存不足三十天",
)
PLACES = (
    "教学楼一层东侧",
    "综合楼二层",
    "学生宿舍2号楼",
    "食堂后厨",
    "实验楼三层",
    "操场看台",
    "锅炉房",
)
PEOPLE = ("赵𬱖", "张㛃", "李安全", "陈䶮", "周平", "吴静")


def segment_of(count: int, seed: int = 1, unit: str = UNIT, stepped: bool = False) -> Segment:
    """One stream with so many created findings, and on demand five times as many steps."""
    chance = random.Random(seed)
    log_id, first = "benchstrm1", date(2024, 1, 1)
    lines = [dump({"s": 1, "t": 1, "u": "", "o": "b", "n": unit, "v": {"device": "bench"}})]

    def create(kind: str, values: dict[str, Any]) -> str:
        number = len(lines) + 1
        line = {"s": number, "t": 998 + number, "u": "李安全", "o": "c", "e": kind}
        lines.append(dump({**line, "n": unit, "v": values}))
        return f"{log_id}.{number}"

    for number in range(count):
        found = first + timedelta(days=chance.randrange(1000))
        values = {
            "number": f"{found.year}-{number:06}",
            "description": f"{chance.choice(THINGS)}，第{number}处，需要整改",
            "place": chance.choice(PLACES),
            "category": chance.choice(list(CATEGORIES)),
            "found_on": found.isoformat(),
            "finder": chance.choice(PEOPLE),
            "level": "general" if number % 20 else "major",
            "deadline": (found + timedelta(days=30)).isoformat(),
            "responsible": chance.choice(PEOPLE),
        }
        finding, after = create("finding", values), None
        for step in _steps(number, found) if stepped else ():
            after = create("finding_step", {"finding": finding, "after": after, **step})
    head = GENESIS
    for line in lines:
        head = chain(head, line)
    return Segment(log_id, unit, "bench", 1, GENESIS, head, tuple(lines))


def _steps(number: int, found: date) -> Iterator[dict[str, Any]]:
    for day, kind in enumerate(WAYS[number % len(WAYS)]):
        person = PEOPLE[day % len(PEOPLE)]
        yield {
            "kind": kind,
            "taken_on": (found + timedelta(days=day)).isoformat(),
            "person": person,
            "opinion": "已办理",
        }


def fill(ledger: Ledger, count: int, stepped: bool = False) -> None:
    """Put them in, as the own unit's where the ledger has one."""
    ledger.receive([segment_of(count, unit=ledger.unit or UNIT, stepped=stepped)])
