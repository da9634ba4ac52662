"""应急演练记录 of one drill (domain C.5 form 8): the form, then its photos two to a row."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from models.records.drill import YJ14, Drill, judge_evacuation, show_seconds
from models.records.record import show_answer
from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import FormRow, grid_form, pair_row, wide_row
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo
from models.reports.report import Report, paragraph, photos_below, spread

TITLE = "应急演练记录"
COLUMNS = (1.1, 2, 1.1, 2)
TALL, SIGNING = 92, 40


def drill_record(unit: str, drill: Drill, photos: Sequence[Photo], *, faces: Faces) -> Report:
    """The record of a drill; what was not filled in is left to the hand."""
    page = official_page()
    title = Style(faces.title, 22, 34, align="C", after=6)
    plain = Style(faces.body, 12, 22, align="L", after=4)
    form = grid_form(COLUMNS, _rows(drill), faces=faces, width=page.text_width)
    story: list[Flowable] = [
        paragraph(TITLE, title),
        *spread([f"单位（盖章）：{unit}"], plain, page.text_width),
        form,
        *_rule(drill, Style(faces.body, 10.5, 16, align="L", before=4)),
        *photos_below("附：演练照片", photos, faces),
    ]
    return Report(TITLE, page, story)


def _rows(drill: Drill) -> list[FormRow]:
    people, storeys = _counted(drill.participants, "人"), _counted(drill.storeys, "层")
    return [
        wide_row("演练主题", drill.topic or ""),
        pair_row("演练种类", show_answer(drill, "kind"), "演练时间", show_answer(drill, "held")),
        pair_row("地点", drill.place or "", "总指挥", drill.commander or ""),
        pair_row("参加人数", people, "教学楼层数", storeys),
        pair_row("疏散用时", _seconds(drill), "用时对照", _verdict(drill)),
        wide_row("演练过程", drill.course or "", height=TALL),
        wide_row("存在问题", drill.problems or "", height=TALL),
        wide_row("改进措施", drill.improvements or "", height=TALL),
        pair_row("记录人", "", "负责人签字", "", height=SIGNING),
    ]


def _counted(number: int | None, unit: str) -> str:
    return "" if number is None else f"{number}{unit}"


def _seconds(drill: Drill) -> str:
    """In seconds, as the form asks, and as people say it."""
    seconds = drill.evacuation_seconds
    return "" if seconds is None else f"{seconds}秒（{show_seconds(seconds)}）"


def _kept(drill: Drill) -> bool | None:
    return judge_evacuation(drill.evacuation_seconds, drill.storeys).kept


def _verdict(drill: Drill) -> str:
    """Only low buildings are held against the rule; else nothing is claimed."""
    return {True: "2分钟以内", False: "超过2分钟", None: ""}[_kept(drill)]


def _rule(drill: Drill, style: Style) -> list[Flowable]:
    """The rule is named where something was held against it."""
    if _kept(drill) is None:
        return []
    return [paragraph(f"注：四层及以下教学楼疏散应在2分钟以内，依据{YJ14}。", style)]
