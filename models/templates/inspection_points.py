"""The C points of the national 《“五项管理”实地督查要点》 as far as their wording was seen.

Source: domain B.2. Of C6, C7 and C8 only the code is known, and what each is about; from C19 on
neither: there our own items stand below the sheet's B heading, without a code.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.templates.five_management import AREAS, Line
from models.templates.headings import AREA_CODES, HEADINGS, groups

POINTS = {
    "C1": "手机带入校园申请制度",
    "C2": "手机不得带入课堂",
    "C3": "手机保管装置",
    "C4": "手机保管责任人",
    "C5": "校内公用电话",
    "C6": "",
    "C7": "",
    "C8": "",
    "C9": "告知家长",
    "C10": "小学上午上课时间一般不早于8:20",
    "C11": "中学上午上课时间一般不早于8:00",
    "C12": "是否要求学生提前到校",
    "C13": "告知并督促家长保证按时就寝",
    "C14": "有针对性地帮助学生、调整作业量",
    "C15": "校外培训结束时间不晚于20:30",
    "C16": "校外培训不得布置家庭作业",
    "C17": "线上直播类培训不晚于21:00结束",
    "C18": "22:00至次日8:00不向未成年人提供游戏服务",
}


class Point(NamedTuple):
    """A row of the form: the codes of its area and heading, its words, and what answers it."""

    area: str  # of our template
    heading: str
    words: str
    lines: tuple[Line, ...]

    @property
    def project(self) -> str:
        """A1 手机."""
        return f"{AREA_CODES[self.area]} {AREAS[self.area].removesuffix('管理')}"

    @property
    def content(self) -> str:
        """B1 带入校园管理."""
        return f"{self.heading} {HEADINGS[self.heading]}"


def points_of(lines: Iterable[Line]) -> list[Point]:
    """The rows for a school that answers these lines, in the order of the national sheet.

    What does not apply to the school has no line and no row; lines of ours that the sheet does not
    ask have none either.
    """
    lines = list(lines)
    areas = sorted(AREA_CODES, key=lambda area: AREA_CODES[area])
    return [
        point
        for area in areas
        for heading, under in groups(line for line in lines if line.item.area == area)
        if heading
        for point in _points(area, heading, under)
    ]


def _points(area: str, heading: str, lines: list[Line]) -> Iterator[Point]:
    for code, words in POINTS.items():
        mine = tuple(line for line in lines if code in line.item.point.split("/"))
        if mine:
            yield Point(area, heading, f"{code} {words or mine[0].label}", mine)
    for line in lines:
        if line.item.point == heading:
            advice = "" if line.item.is_confirmed else "（建议）"
            yield Point(area, heading, line.label + advice, (line,))
