"""What bench_paper prints: ledger rows, prose, photos and notices as a school writes them."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"
SANS, SERIF = FONTS / "NotoSansSC-Regular.ttf", FONTS / "NotoSerifSC-Regular.ttf"
TITLES = (
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
)
WIDTHS = (28, 72, 52, 40, 84, 190, 30, 170, 48, 46)
PLACES = (
    "教学楼一层东侧楼梯间",
    "实验楼三层化学实验室",
    "食堂后厨操作间",
    "体育馆器材室",
    "配电房",
)
THINGS = (
    "疏散通道",
    "灭火器",
    "应急照明灯",
    "电气线路",
    "危化品储存柜",
    "防护栏杆",
    "校车",
    "燃气管道",
    "留样冰箱",
)
FAULTS = (
    "被课桌椅堵塞",
    "压力不足，指针位于红色区域",
    "断电后无法点亮",
    "未落实“双人双锁”管理",
    "锈蚀",
)
MEASURES = (
    "立即停用并张贴警示标识",
    "限3日内完成维修更换",
    "联系维保单位检测",
    "纳入每日巡查清单",
)
SENTENCES = (
    "示例县实验小学于2026年3月1日至3月20日组织开展了“大排查、大整治”行动（以下简称“行动”）。",
    "对照GB 50016-2014《建筑设计防火规范》（2018年版）等标准，逐项检查了食堂、宿舍、实验室。",
    "检查组当场指出：“立即清理！”有关人员表示：“马上办。”",
    "防护栏杆高1.05 m，低于1.10 m的要求；储藏室面积约12.5㎡，温度38℃，不合格。",
)

Rows = list[list[str]]


def ledger_rows(count: int) -> Rows:
    """Ledger rows, the same in every run."""
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


def paragraphs(count: int) -> list[str]:
    """Some 150 characters each; 1,500 of them fill some 450 official pages."""
    chance = random.Random(7)
    return ["".join(chance.choices(SENTENCES, k=4)) for _ in range(count)]


def notices(count: int) -> list[list[str]]:
    """Number, addressee and the paragraphs of single notices, a page each."""
    rows = ledger_rows(count)
    return [
        [
            f"〔2026〕{row[0]}号",
            f"{row[8]}：",
            f"经{row[2]}检查，发现下列隐患：",
            f"部位：{row[4]}（{row[6]}）",
            f"问题：{row[5]}",
            f"整改要求：{row[7]}",
            "请于2026年12月1日前完成整改，并书面报告整改情况。",
        ]
        for row in rows
    ]


def photos(folder: Path, count: int) -> Sequence[Path]:
    """Pictures of 1600 × 1200, no two alike."""
    from PIL import Image, ImageFilter

    chance = random.Random(7)
    whole = Image.frombytes("RGB", (2000, 1600), chance.randbytes(2000 * 1600 * 3))
    whole = whole.filter(ImageFilter.GaussianBlur(2))
    paths = []
    for number in range(count):
        left, top = number % 20 * 20, number // 20 * 80
        data = io.BytesIO()
        whole.crop((left, top, left + 1600, top + 1200)).save(data, "JPEG", quality=80)
        path = folder / f"{number}.jpg"
        path.write_bytes(data.getvalue())
        paths.append(path)
    return paths
