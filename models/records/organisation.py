"""The unit whose ledger this is, a school or an education office, and which items apply to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from models.problems import Problem
from models.records.codes import UnitCode
from models.records.fields import Choice, Flags, Text
from models.records.record import Record, answer

KINDS = {"school": "学校", "office": "教育局"}

SCHOOL_TYPES = {
    "kindergarten": "幼儿园",
    "primary": "小学",
    "teaching_site": "教学点",
    "junior": "初级中学",
    "nine_year": "九年一贯制学校",
    "combined": "完全中学",
    "senior": "高级中学",
    "twelve_year": "十二年一贯制学校",
    "vocational": "中等职业学校",
    "special": "特殊教育学校",
}
SYSTEMS = {"six_three": "六三学制", "five_four": "五四学制"}

STAGES = {
    "kindergarten": "幼儿园",
    "primary_low": "小学低段",
    "primary_mid": "小学中段",
    "primary_high": "小学高段",
    "junior": "初中",
    "senior": "普通高中",
    "secondary_vocational": "中职",
}

GRADES = {
    "k": "幼儿园",
    **{str(i): name for i, name in enumerate("一二三四五六七八九", start=1)},
    "10": "高一",
    "11": "高二",
    "12": "高三",
    "v": "中职",
}
GRADES.update({str(i): f"{GRADES[str(i)]}年级" for i in range(1, 10)})

# What a school has decides which safety items apply (domain C.2, scope values).
FEATURES = {
    "boarding": "寄宿生",
    "canteen": "自办或委托食堂",
    "delivered_meals": "校外配餐",
    "nap_room": "午休室",
    "gas": "使用燃气",
    "heating": "自采暖",
    "boiler": "锅炉",
    "lift": "电梯",
    "special_equipment": "其他特种设备",
    "lab": "理化生实验室",
    "workshop": "劳技工场",
    "bus": "校车或租车",
    "fire_control_room": "消防控制室",
    "secondary_supply": "二次供水",
    "direct_drinking": "直饮水机",
    "own_well": "自备水井",
    "construction": "在建工程",
    "outsourcing": "外包服务",
    "slope": "边坡",
}

_GRADES_OF_TYPE = {
    "kindergarten": "k",
    "primary": "1 2 3 4 5 6",
    "teaching_site": "1 2 3",
    "junior": "7 8 9",
    "nine_year": "1 2 3 4 5 6 7 8 9",
    "combined": "7 8 9 10 11 12",
    "senior": "10 11 12",
    "twelve_year": "1 2 3 4 5 6 7 8 9 10 11 12",
    "vocational": "v",
    "special": "1 2 3 4 5 6 7 8 9",
}


def usual_grades(school_type: str, system: str) -> frozenset[str]:
    """The grades a school of this type usually has; under 五四学制 grade 6 belongs to 初中."""
    grades = set(_GRADES_OF_TYPE.get(school_type, "").split())
    if system == "five_four" and school_type == "primary":
        grades.discard("6")
    if system == "five_four" and school_type in ("junior", "combined"):
        grades.add("6")
    return frozenset(grades)


def stage_of_grade(grade: str, system: str) -> str:
    """The stage whose rules bind a grade (six_three: 1–6 primary; five_four: 1–5 primary)."""
    if grade in ("k", "v"):
        return {"k": "kindergarten", "v": "secondary_vocational"}[grade]
    number = int(grade)
    last_primary = 5 if system == "five_four" else 6
    if number > last_primary:
        return "junior" if number <= 9 else "senior"
    return ("primary_low", "primary_mid", "primary_high")[(number - 1) // 2]


@dataclass(frozen=True, kw_only=True)
class Organisation(Record):
    """A school or an education office, as it describes itself."""

    table: ClassVar[str] = "organisation"
    title: ClassVar[str] = "单位"
    key: ClassVar[tuple[str, ...]] = ("code",)

    kind: str | None = answer(Choice(label="单位性质", options=KINDS, required=True))
    name: str | None = answer(Text(label="单位名称", required=True, longest=60))
    code: str | None = answer(
        UnitCode(
            label="单位代码",
            required=True,
            help="学校标识码（10 位数字）或统一社会信用代码（18 位）",
        )
    )
    school_type: str | None = answer(Choice(label="学校类型", options=SCHOOL_TYPES))
    system: str | None = answer(Choice(label="学制", options=SYSTEMS))
    grades: frozenset[str] | None = answer(Flags(label="年级", options=GRADES))
    features: frozenset[str] | None = answer(
        Flags(label="学校有", options=FEATURES, help="没有的不选，相关检查项就不会出现")
    )

    def rules(self) -> Iterator[tuple[str, Problem]]:
        if self.kind == "school":
            for name, word in (("school_type", "学校类型"), ("system", "学制"), ("grades", "年级")):
                if not getattr(self, name):
                    yield name, Problem(f"请选择{word}。")

    @property
    def stages(self) -> frozenset[str]:
        """The stages of its grades; checks attach to stages."""
        return frozenset(stage_of_grade(g, self.system or "") for g in self.grades or ())

    @property
    def scopes(self) -> frozenset[str]:
        """All that a safety item may ask for: what the school has, and its stages."""
        return frozenset(self.features or ()) | self.stages | {"all"}


def grades_by_stage(grades: frozenset[str], system: str) -> Mapping[str, list[str]]:
    """Grade names under the stage that binds them, both in school order."""
    found: dict[str, list[str]] = {}
    for grade, name in GRADES.items():
        if grade in grades:
            found.setdefault(stage_of_grade(grade, system), []).append(name)
    return found
