"""迎检材料目录: what is in the papers of a period, what could not be made and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from reportlab.platypus.flowables import Flowable

from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import MM, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import Report, headed, paragraph, printed_on, spread

TITLE = "迎检材料目录"
PAGE = replace(official_page(), top=22 * MM, bottom=22 * MM, left=20 * MM, right=20 * MM)
SIZE = 10.0
MOST_NAMED = 6
MADE = (
    Column("序号", 40, "C"),
    Column("材料名称"),
    Column("页数", 44, "R"),
    Column("打印成方框的字", 92),
)
NOT_MADE = (Column("序号", 40, "C"), Column("材料名称", 170), Column("没有生成的原因"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper of the package: its number and name, as its file has them, and the folder it is in.

    `why` says why it was not made; empty where it was. `missing` are the characters drawn as boxes.
    """

    number: int
    folder: str
    name: str
    pages: int = 0
    missing: tuple[str, ...] = ()
    why: str = ""

    @property
    def boxes(self) -> str:
        """The characters drawn as boxes, here again: so their codes, too."""
        more = f" 等{len(self.missing)}个" if len(self.missing) > MOST_NAMED else ""
        return "\n".join(f"{one} U+{ord(one):04X}" for one in self.missing[:MOST_NAMED]) + more


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index tells of: the unit, the period, the day, the papers and the words about them.

    `gaps` are sentences about what the period has none of; `stopped` says why the work ended before
    all papers were tried, empty where it did not.
    """

    unit: str
    period: str
    day: date
    listed: Sequence[Listed]
    gaps: Sequence[str] = ()
    notes: Sequence[str] = ()
    stopped: str = ""


def package_index(contents: Contents, *, faces: Faces) -> Report:
    """The index page; a package without gaps has nothing but its list."""
    width = PAGE.text_width
    made = [one for one in contents.listed if not one.why]
    lost = [one for one in contents.listed if one.why]
    plain = Style(faces.body, 12, 20, align="L", after=3)
    heading = Style(faces.hei, 14, 24, before=10, after=4, keep_with_next=True)
    pages = sum(one.pages for one in made)
    total = f"共{len(made)}份，{pages}页。"
    if lost:
        total += f"另有{len(lost)}份没有生成，原因见后。"
    story: list[Flowable] = [
        *headed(TITLE, contents.period, faces),
        *spread([f"单位：{contents.unit}", printed_on(contents.day, "生成日期：")], plain, width),
        *([paragraph(contents.stopped, plain)] if contents.stopped else []),
        fast_table(MADE, _rows(made), faces=faces, width=width, size=SIZE),
        paragraph(total, replace(plain, before=6)),
    ]
    if lost:
        rows = [(f"{one.number:03}", one.name, one.why) for one in lost]
        story += [
            paragraph("没有生成的材料", heading),
            fast_table(NOT_MADE, rows, faces=faces, width=width, size=SIZE),
        ]
    for title, words in (("没有记录的材料", contents.gaps), ("说明", contents.notes)):
        if words:
            story += [paragraph(title, heading), *(paragraph(one, plain) for one in words)]
    return Report(TITLE, PAGE, story)


def _rows(made: Sequence[Listed]) -> list[Sequence[str] | Group]:
    rows: list[Sequence[str] | Group] = []
    for folder, papers in groupby(made, key=lambda one: one.folder):
        mine = [*papers]
        rows.append(Group(f"{folder}（{len(mine)}份）"))
        rows += [(f"{one.number:03}", one.name, str(one.pages), one.boxes) for one in mine]
    return rows
