"""The areas and headings of the national inspection sheet (domain B.2), in the sheet's codes."""

import re
from collections.abc import Iterable

from models.templates.five_management import Line

AREA_CODES = {"homework": "A4", "sleep": "A2", "phone": "A1", "reading": "A3", "fitness": "A5"}
HEADINGS = {
    "B1": "带入校园管理",
    "B2": "统一保管",
    "B3": "不用手机布置和完成作业",
    "B4": "教育引导",
    "B5": "上午上课时间",
    "B6": "按时就寝",
    "B7": "校外培训时间与作业",
    "B8": "网课平台与网络游戏",
    "B9": "睡眠监测",
    "B10": "监督检查",
    "B11": "推荐把关",
    "B12": "校内销售",
    "B13": "强制购买",
    "B14": "严控书面作业量",
    "B15": "作业指导",
    "B16": "作业批改",
    "B17": "体育与健康课程",
    "B18": "大课间与每天锻炼",
    "B19": "近视防控",
    "B20": "体质健康测试",
}
# The last C point of each of the first headings.
_LAST_POINT = {"B1": 2, "B2": 5, "B3": 7, "B4": 9, "B5": 12, "B6": 14, "B7": 16, "B8": 18}


def heading_of(point: str) -> str:
    """The code of the heading of a point: C14 stands under B6; empty where it has none."""
    found = re.match(r"([BC])(\d+)", point)
    if found is None:
        return ""
    if found[1] == "B":
        return found[0]
    number = int(found[2])
    return next((code for code, last in _LAST_POINT.items() if number <= last), "B9")


def groups(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of an area under the codes of their headings; those without come last."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(heading_of(line.item.point), []).append(line)
    order = [*HEADINGS, ""]
    return [(code, found[code]) for code in sorted(found, key=order.index)]
