"""What the made-up school writes: fictional names, everyday faults, the seeds' hours."""

import io
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from models.templates.five_management import Line

Step = tuple[str, dict[str, str]]

SCHOOL = {
    "unit": {"kind": "school", "name": "示例县实验小学", "code": "2137000001"},
    "school": {
        "school_type": "primary",
        "system": "six_three",
        "grades": "1,2,3,4,5,6",
        "features": "canteen,gas,lab,bus",
    },
    "person": {"name": "李安全", "post": "安全办主任"},
}
OFFICE = {
    "unit": {"kind": "office", "name": "示例县教育局", "code": "11370000004502323D"},
    "school": {},
    "person": {"name": "周平", "post": "安全科科员"},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it is typed, and the steps taken."""

    answers: dict[str, str]
    steps: list[Step] = field(default_factory=list)


_CLOSED: list[Step] = [
    ("graded", {"level": "general", "opinion": "危害较小，能够马上整改"}),
    ("rectifying", {"opinion": "已安排总务处办理"}),
    ("submitted", {"person": "赵𬱖", "opinion": "已整改完成，现场拍照留存", "cost": "３２０"}),
    ("recheck_passed", {"person": "张㛃", "opinion": "现场复查合格"}),
    ("closed", {"opinion": "同意销号"}),
]
FINDINGS = [
    Entry(
        {
            "description": "灭火器压力不足，指针在红区",
            "place": "教学楼一层东侧",
            "category": "fire",
            "found_on": "@-20",
            "deadline": "@-6",
            "responsible": "赵𬱖",
            "measures": "更换压力不足的灭火器，每月检查并签字。",
        },
        _CLOSED,
    ),
    Entry(
        {
            "description": "疏散通道堆放课桌椅，宽度不足",
            "place": "综合楼二层西侧",
            "category": "fire",
            "found_on": "@-9",
            "level": "major",
            "deadline": "@2",
            "department": "总务处",
            "responsible": "陈䶮",
            "measures": "立即清空通道；指定专人每日巡查，并在通道处张贴禁止堆放的标识。",
            "funding": "０",
            "interim": "设警示标识，安排专人看护。",
            "contingency": "按学校应急疏散预案执行，改由东侧楼梯疏散。",
            "basis": "《中华人民共和国消防法（2021修正）》（第十六条、第二十八条）",
        },
        [
            ("graded", {"level": "major", "opinion": "影响疏散，按重大隐患管理"}),
            ("notice_issued", {"opinion": "请按期整改并回执"}),
            ("rectifying", {"opinion": "五项要求已落实"}),
        ],
    ),
    Entry(
        {
            "description": "食堂库房米面直接落地存放",
            "place": "食堂库房",
            "category": "food",
            "found_on": "@-12",
            "deadline": "@-3",
            "responsible": "吴静",
        },
        [("graded", {"level": "general", "opinion": "危害较小，能够马上整改"})],
    ),
    Entry(
        {
            "description": "配电箱未上锁，箱内有杂物",
            "place": "实验楼一层",
            "category": "elec",
            "found_on": "@-35",
            "deadline": "@-30",
            "responsible": "赵𬱖",
        },
        _CLOSED,
    ),
    Entry(
        {
            "description": "看台护栏松动，<b>&一处螺栓缺失",
            "place": "操场看台",
            "category": "bldg",
            "found_on": "@-2",
            "deadline": "@5",
            "responsible": "陈䶮",
        }
    ),
]
PEOPLE = "\n".join(
    f"{name}\t{post}\t{department}"
    for name, post, department in (
        ("赵𬱖", "总务主任", "总务处"),
        ("张㛃", "德育主任", "德育处"),
        ("陈䶮", "年级组长", "四年级组"),
        ("吴静", "教务员", "教务处"),
        ("周宁", "班主任", "二年级组"),
        ("郑和平", "体育教师", "体育组"),
    )
)
_SESSION = {"hour_rule": "m45", "organiser": "示例县教育局", "place": "教师发展中心报告厅"}
# Together 2010 minutes: the 33.5 hours of the first concentrated session in seed 000.
SESSIONS = [
    _SESSION
    | {"topic": "党性教育专题", "module": "party_spirit", "form": "lecture"}
    | {"starts": "YEAR-03-02 8：30", "ends": "YEAR-03-02 16:00", "break_minutes": "90"},
    _SESSION
    | {"topic": "学校发展与管理", "module": "development", "form": "intensive"}
    | {"starts": "YEAR-03-03 8:30", "ends": "YEAR-03-03 17:00", "break_minutes": "90"},
    _SESSION
    | {"topic": "课堂教学与安全管理", "module": "professional_growth", "form": "intensive"}
    | {"starts": "YEAR-03-04 8:30", "ends": "YEAR-03-04 17:00", "break_minutes": "90"},
    _SESSION
    | {"topic": "课题研究方法", "module": "research_frontier", "form": "lecture"}
    | {"starts": "YEAR-03-05 8:30", "ends": "YEAR-03-05 17:00", "break_minutes": "90"},
    _SESSION
    | {"topic": "项目推进与分享", "module": "project", "form": "project"}
    | {"starts": "YEAR-03-06 8:30", "ends": "YEAR-03-06 15:00", "break_minutes": "0"},
]


def answer_for(line: Line, today: date) -> Any:
    """An everyday answer to a line: nearly all 达标, some not."""
    spec = line.item.answer
    kind = spec["type"]
    national = [rule for rule in line.item.rules if rule.op in ("eq", "le", "ge")]
    wanted = national[-1].wants(line.stages[0]) if national else None
    if kind == "yes_no_na":
        answer = wanted if wanted in ("yes", "no") else "yes"
        return {"fm.hw.07": "yes" if answer == "no" else "no"}.get(line.item.id, answer)
    if kind == "time":
        return time.fromisoformat(wanted or spec["min"])
    if kind == "date":
        return today
    if kind == "number_pair":
        return (12, 1)
    value = Decimal(str(wanted if wanted is not None else spec["min"]))
    return value if spec.get("decimals") else int(value)


LETTER = {
    "text": """关于开展校园安全隐患大排查的情况报告
示例县教育和体育局：
按照有关部署，我校于2026年11月组织开展了校园安全隐患大排查（以下简称“排查”）。现将情况报告如下。
一、基本情况
排查覆盖教学楼、食堂、宿舍等6处，对照GB 50016-2014《建筑设计防火规范》（2018年版）等标准逐项检查。
二、主要做法
（一）压实责任。校长任组长，各部门负责人任组员，责任到岗、到人。
（二）立查立改。能当场整改的当场整改，不能当场整改的列入台账，明确“谁来改、何时改、谁复查”。
三、下一步打算
1.坚持周检查、月自查，发现问题及时整改。
2.开展疏散演练，让师生“应知尽知、应会尽会”。
附件：1.隐患排查治理台账
2.应急演练记录
""",
    "number": "示实小〔2026〕12号",
    "signer": "赵𬱖",
    "copies": "示例镇中心校。",
}


def a_photo(place: str, number: int) -> bytes:
    """A drawn picture in place of a photo."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (2400, 1800), (214, 219, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 1300, 2400, 1800), fill=(150, 156, 166))
    draw.rectangle((300 + 400 * number, 500, 900 + 400 * number, 1500), fill=(178, 58, 52))
    draw.rectangle((1500, 250, 2100, 1300), fill=(96, 125, 166))
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85, comment=place.encode())
    return data.getvalue()
