"""A ledger with very many findings, filled through the import path as a district's would be."""

import random
from datetime import date, timedelta

from models.ledger.ledger import Ledger
from models.ledger.lines import GENESIS, chain, dump
from models.ledger.segments import Segment
from models.records.finding import CATEGORIES

UNIT = "2137000099"
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


def segment_of(count: int, seed: int = 1) -> Segment:
    """One stream with so many created findings."""
    chance = random.Random(seed)
    log_id, first = "benchstrm1", date(2024, 1, 1)
    lines = [dump({"s": 1, "t": 1, "u": "", "o": "b", "n": UNIT, "v": {"device": "bench"}})]
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
        line = {"s": number + 2, "t": 1000 + number, "u": "李安全", "o": "c", "e": "finding"}
        lines.append(dump({**line, "n": UNIT, "v": values}))
    head = GENESIS
    for line in lines:
        head = chain(head, line)
    return Segment(log_id, UNIT, "bench", 1, GENESIS, head, tuple(lines))


def fill(ledger: Ledger, count: int) -> None:
    """Put them in."""
    ledger.receive([segment_of(count)])
