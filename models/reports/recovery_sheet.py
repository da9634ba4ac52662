"""密钥恢复页: the office's key as lines to type again, and what to do with the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.reports.paper.faces import Faces
from models.reports.paper.grid_form import Cell, FormRow, grid_form
from models.reports.paper.page import official_page
from models.reports.paper.paragraph import Style
from models.reports.report import BLANK_DAY, Report, paragraph

TITLE = "教育局密钥恢复页"
WHOLE, FIRST, SECOND = "全部密钥", "第一份（共两份）", "第二份（共两份）"
CODE_SIZE, SIZE = 14.0, 10.5
_ALONE = "这一页就是教育局的密钥。谁拿到它，谁就能冒充教育局。请装入信封封好，锁进保险柜。"
_HALF = (
    "密钥分成了两份，缺一份就不能恢复。请把两份分别装入信封封好，"
    "交给两个人、放在两个地方，不要放在一起。"
)
_ADVICE = (
    "什么时候用：保管密钥的电脑坏了、丢了或者重装了，在新电脑上恢复密钥。",
    "怎么用：在新电脑上打开“区县汇总”的“入网”，从第 1 行起逐行输入。"
    "没有字母 I、L、O、U，只有数字 0 和 1。大小写都可以，空格可以不输；哪一行错了，程序会指出来。",
    "不要拍照，不要扫描，不要用微信、QQ 或邮件发送。打印后请删除电脑里的这个文件。",
    "更换密钥以后，这一页作废，请打印新的，把旧的销毁。",
)


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """What stands on a sheet: which part it is, its lines, and the digits of its key."""

    office: str
    which: str
    lines: Sequence[str]
    digits: str
    printed: str


def recovery_sheet(page: RecoveryPage, *, faces: Faces) -> Report:
    """The sheet: always one page."""
    paper = official_page(header_right=f"机密 · {page.which}")
    title = Style(faces.title, 22, 34, align="C", after=6)
    warning = Style(faces.hei, 12, 20, after=8)
    advice = Style(faces.body, SIZE, 17, before=3)
    rows = [
        FormRow([Cell("单位", label=True), Cell(page.office, 3)]),
        FormRow(
            [
                *(Cell("本页", label=True), Cell(page.which)),
                *(Cell("打印日期", label=True), Cell(page.printed)),
            ]
        ),
        FormRow([Cell("核对数字", label=True), Cell(page.digits, 3)]),
        FormRow(
            [
                *(Cell("保管人签字", label=True), Cell("")),
                *(Cell("封存日期", label=True), Cell(BLANK_DAY)),
            ],
            30,
        ),
    ]
    codes = [
        FormRow(
            [Cell(f"第 {number} 行", align="C")]
            + [Cell(group, label=True) for group in line.split()]
        )
        for number, line in enumerate(page.lines, start=1)
    ]
    story = [
        paragraph(TITLE, title),
        paragraph(_ALONE if page.which == WHOLE else _HALF, warning),
        grid_form([1.1, 2, 1.1, 2], rows, faces=faces, width=paper.text_width, size=SIZE),
        paragraph("请逐行输入：", Style(faces.hei, SIZE, 24, before=4)),
        grid_form([1, 2, 2], codes, faces=faces, width=paper.text_width, size=CODE_SIZE),
        *(paragraph(f"{number}. {text}", advice) for number, text in enumerate(_ADVICE, start=1)),
    ]
    return Report(TITLE, paper, story)
