"""What a school does again and again (domain C.7), as data with its source, and what counts as it.

What was not confirmed at its source is advice and says so; it is never shown as law.
"""

from dataclasses import dataclass
from datetime import date

from models.records.drill import YJ14
from models.records.finding import SOURCES
from models.records.organisation import STAGES, Organisation
from models.records.school_days import EVERY

_PUPILS = frozenset(STAGES) - {"kindergarten"}
_ALL = frozenset({"all"})
ADVICE = "建议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done: an inspection that ended, a drill or a lesson.

    `scope` are the categories it was about, none of them meaning all; `items` the check items
    that passed in it.
    """

    record: str
    kind: str
    day: date
    scope: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A thing to do so many times within each stretch of days, and which deeds count as it."""

    id: str
    name: str
    every: str
    times: int = 1
    scope: frozenset[str] = _ALL
    source: str = ""
    confirmed: bool = True
    note: str = ""
    record: str = "inspection"
    kinds: frozenset[str] = frozenset()  # of whatever kind where there is none
    category: str = ""
    item: str = ""  # then the inspection in which this item passed counts, whatever its scope

    @property
    def title(self) -> str:
        """Its name; advice is called advice."""
        return self.name if self.confirmed else f"{ADVICE}：{self.name}"

    @property
    def basis(self) -> str:
        """How often, and where that stands."""
        often = EVERY[self.every] + (f"至少{self.times}次" if self.times > 1 else "至少一次")
        source = self.source or "一般做法"
        words = f"{often}，依据：{source}" if self.confirmed else f"{ADVICE}{often}（{source}）"
        return f"{words}。{self.note}"

    @property
    def about(self) -> str:
        """What a new record of it begins with: daily, special:spec, fire, bully."""
        if self.record == "drill":
            return min(self.kinds)
        if self.record == "safety_lesson":
            return self.category
        if self.item or "special" in self.kinds:
            return f"special:{self.category}"
        return next(kind for kind in SOURCES if kind in self.kinds)

    def counts(self, deed: Deed) -> bool:
        """Whether a deed is a time of this; an inspection without findings is one like any."""
        if deed.record != self.record or (self.kinds and deed.kind not in self.kinds):
            return False
        if self.item:
            return self.item in deed.items
        # an inspection of no category is one of all, a lesson of no category is of none
        whole = not deed.scope and self.record == "inspection"
        return not self.category or whole or self.category in deed.scope


XF10 = "《中小学校、幼儿园消防安全十项规定》（教发厅〔2024〕1号）"
JZYC = "《集中用餐单位落实食品安全主体责任监督管理规定》"
_CANTEEN = frozenset({"canteen"})

ROUTINES = (
    Routine(
        id="patrol",
        name="日常巡查（含防火巡查）",
        every="day",
        source=XF10,
        note="校内重点部位每天巡查不少于5次并记录（GB/T 29315—2022）；每天登记一次，就不再提醒。",
        kinds=frozenset({"daily"}),
        category="fire",
    ),
    Routine(
        id="food_day",
        name="食品安全日管控",
        every="day",
        scope=_CANTEEN,
        source=JZYC,
        kinds=frozenset({"daily"}),
        category="food",
    ),
    Routine(
        id="week",
        name="周检查",
        every="week",
        confirmed=False,
        kinds=frozenset({"weekly"}),
    ),
    Routine(
        id="food_week",
        name="食品安全周排查",
        every="week",
        scope=_CANTEEN,
        source=JZYC,
        kinds=frozenset({"weekly"}),
        category="food",
    ),
    Routine(
        id="month",
        name="月检查（含防火检查）",
        every="month",
        source=XF10,
        kinds=frozenset({"monthly"}),
        category="fire",
    ),
    Routine(
        id="food_month",
        name="食品安全月调度",
        every="month",
        scope=_CANTEEN,
        source=JZYC,
        kinds=frozenset({"monthly"}),
        category="food",
    ),
    Routine(
        id="special_equipment",
        name="特种设备自查",
        every="month",
        scope=frozenset({"special_equipment", "boiler", "lift"}),
        source="《特种设备安全监察条例》第二十七条",
        kinds=frozenset({"monthly", "special"}),
        category="spec",
    ),
    Routine(
        id="lift",
        name="电梯维护保养（核对维保记录）",
        every="fifteen_days",
        scope=frozenset({"lift"}),
        source="《特种设备安全监察条例》第三十一条",
        note="由维保单位进行。",
        category="spec",
        item="sf.spec.04",
    ),
    Routine(
        id="term",
        name="学期检查",
        every="term",
        confirmed=False,
        kinds=frozenset({"term"}),
    ),
    Routine(
        id="inspector",
        name="责任督学来校督导（记下督导情况）",
        every="term",
        times=2,
        source="《教育督导条例》第十四条",
        note="由督学进行，学校配合并留下记录。",
        kinds=frozenset({"supervision"}),
    ),
    Routine(
        id="buildings",
        name="校舍安全排查",
        every="half_year",
        source="国办发〔2013〕103号",
        kinds=frozenset({"term", "special", "third_party"}),
        category="bldg",
    ),
    Routine(
        id="fire_test",
        name="消防设施全面检测（核对检测报告）",
        every="year",
        source="《消防法》第十六条",
        category="fire",
        item="sf.fire.10",
    ),
    Routine(
        id="bus",
        name="校车安全技术检验（核对检验记录）",
        every="half_year",
        scope=frozenset({"bus"}),
        source="《校车安全管理条例》第二十条",
        category="bus",
        item="sf.bus.03",
    ),
    Routine(
        id="evacuation",
        name="应急疏散演练",
        every="month",
        scope=_PUPILS,
        source=YJ14,
        note="寄宿制学校和特殊教育学校应适当增加次数。",
        record="drill",
        kinds=frozenset({"evacuation"}),
    ),
    Routine(
        id="evacuation_kindergarten",
        name="幼儿园应急疏散演练",
        every="quarter",
        scope=frozenset({"kindergarten"}),
        source=YJ14,
        record="drill",
        kinds=frozenset({"evacuation"}),
    ),
    Routine(
        id="fire_drill",
        name="消防演练",
        every="year",
        times=2,
        source="《山东省消防条例》第四十二条",
        note="11月是消防宣传月，消防安全重点单位要组织一次综合演练。",
        record="drill",
        kinds=frozenset({"fire"}),
    ),
    Routine(
        id="bullying",
        name="防治欺凌专题教育",
        every="term",
        scope=_PUPILS,
        source="国务院教育督导委员会办公室《关于开展中小学生欺凌防治落实年行动的通知》",
        record="safety_lesson",
        category="bully",
    ),
    Routine(
        id="lessons",
        name="安全课（地方课程）",
        every="fortnight",
        scope=_PUPILS,
        source="山东省学校安全工作若干意见，原文尚未核对",
        confirmed=False,
        record="safety_lesson",
        kinds=frozenset({"course"}),
    ),
)


def routines_of(organisation: Organisation) -> list[Routine]:
    """What a school has to do; an office has none of it."""
    if organisation.kind != "school":
        return []
    return [routine for routine in ROUTINES if routine.scope & organisation.scopes]
