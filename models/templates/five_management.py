"""The 五项管理 checklist: its items, which of them a school answers, and what counts as 达标.

Source: domain B.4, after 教基厅函〔2021〕13号, 11号, 3号, 教材〔2021〕2号, 教体艺厅函〔2021〕16号
and 鲁教体字〔2025〕1号; each item names its own sources and how far they are confirmed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.records.fields import Choice, Day, Field, Number, Pair, Text, TimeOfDay
from models.records.five_management import AREAS as AREAS
from models.records.organisation import STAGES

YES_NO = {"yes": "是", "no": "否", "na": "不适用"}
# What is asked without counting for or against a school; the code is the item's obligation.
OBLIGATIONS = {"encouraged": "鼓励", "statistic": "统计", "target": "目标"}
_PRIMARY = ("primary_low", "primary_mid", "primary_high")


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold for 达标 under a rule set; `by_stage` overrides `value` where it is given."""

    rule_set: str
    op: str
    value: Any
    by_stage: Mapping[str, Any]

    def wants(self, stage: str) -> Any:
        """The threshold for a stage."""
        return self.by_stage.get(stage, self.value)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the template."""

    id: str
    area: str
    question: str
    stages: tuple[str, ...]
    answer: Mapping[str, Any]
    rules: tuple[Rule, ...]
    compliant_when: str
    evidence: tuple[str, ...]
    source: str
    point: str
    confidence: str
    obligation: str
    filled_by: str
    rate: str = ""  # what the counts of its answer come to, such as 近视率
    needs: str = ""  # what a school must have, such as boarders, to be asked
    formerly: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it can count against a school: 鼓励, 统计 and 目标 items never do."""
        return self.obligation == "mandatory" and self.filled_by == "school"

    @property
    def is_confirmed(self) -> bool:
        """Whether its source was seen; what is not confirmed is advice."""
        return self.confidence == "confirmed"

    @property
    def detail(self) -> str:
        """What is asked beside 是, such as the name of the person in charge; may be empty."""
        return str(self.answer.get("with_text", ""))


@dataclass(frozen=True, slots=True)
class Line:
    """One row to fill: an item, for those of the school's stages that share its thresholds."""

    id: str
    item: Item
    stages: tuple[str, ...]
    label: str

    @property
    def field(self) -> Field:
        """How the answer is read, checked and shown."""
        return field_of(self.item)


@dataclass(frozen=True, slots=True)
class ChecklistTemplate:
    """A published checklist; a filled sheet keeps its id and version."""

    id: str
    version: str
    items: tuple[Item, ...]

    def as_of(self, version: str) -> "ChecklistTemplate":
        """The template as that version asked; of one that is not known, as it asks now."""
        items = tuple(replace(item, **item.formerly.get(version, {})) for item in self.items)
        return replace(self, version=version, items=items)

    def lines(self, scopes: Iterable[str]) -> list[Line]:
        """The rows for a school of these stages, which has these things (a school's `scopes`),
        by area; what does not apply is absent."""
        wanted = frozenset(scopes)
        found = [line for item in self.items for line in _lines_of(item, wanted)]
        order = list(AREAS)
        return sorted(found, key=lambda line: order.index(line.item.area))


def load_template(file: Path) -> ChecklistTemplate:
    """The template in this file."""
    import orjson  # the day page is painted before anything of it is read

    data = orjson.loads(file.read_bytes())
    sources = {code: source["title"] for code, source in data["sources"].items()}
    items = tuple(_item(entry, sources) for entry in data["items"])
    return ChecklistTemplate(data["schema"], data["version"], items)


def field_of(item: Item) -> Field:
    """The kind of field an item's answer is."""
    kind, spec = item.answer["type"], item.answer
    label, unit = item.question, spec.get("unit", "")
    if kind == "yes_no_na":
        return Choice(label=label, options=YES_NO)
    if kind == "number":
        low, high = Decimal(str(spec["min"])), Decimal(str(spec["max"]))
        return Number(label=label, unit=unit, low=low, high=high, decimals=spec.get("decimals", 0))
    if kind == "number_pair":
        first, second = spec["labels"]
        return Pair(label=label, names=(first, second), unit=unit, high=spec["max"])
    if kind == "time":
        low_time, high_time = time.fromisoformat(spec["min"]), time.fromisoformat(spec["max"])
        return TimeOfDay(label=label, low=low_time, high=high_time)
    if kind == "date":
        return Day(label=label)
    return Text(label=label, longest=500, lines=2)


def _item(entry: Mapping[str, Any], sources: Mapping[str, str]) -> Item:
    rules = tuple(
        Rule(rule["ruleset"], rule["op"], rule.get("value"), rule.get("by_stage", {}))
        for rule in entry["rules"]
    )
    return Item(
        id=entry["id"],
        area=entry["domain"],
        question=entry["question"],
        stages=tuple(entry["stages"]),
        answer=entry["answer"],
        rules=rules,
        compliant_when=entry["compliant_when"],
        evidence=tuple(entry["evidence"]),
        source="；".join(sources[code] for code in entry["source"]),
        point=entry["inspection_point"],
        confidence=entry["confidence"],
        obligation=entry["obligation"],
        filled_by=entry["filled_by"],
        rate=entry.get("rate", ""),
        needs=entry.get("needs", ""),
        formerly=entry.get("formerly", {}),
    )


def _lines_of(item: Item, scopes: frozenset[str]) -> Iterator[Line]:
    """One line, or one for each group of stages where thresholds differ between them."""
    mine = tuple(stage for stage in item.stages if stage in scopes)
    if not mine or (item.needs and item.needs not in scopes):
        return
    groups = _groups(item.rules, mine)
    for group in groups:
        apart = any(rule.by_stage for rule in item.rules)
        label = f"{item.question}（{_named(group)}）" if len(groups) > 1 else item.question
        yield Line(f"{item.id}@{group[0]}" if apart else item.id, item, group, label)


def _groups(rules: Sequence[Rule], stages: Sequence[str]) -> list[tuple[str, ...]]:
    """Stages that share every threshold, together."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for stage in stages:
        found.setdefault(tuple(rule.wants(stage) for rule in rules), []).append(stage)
    return [tuple(group) for group in found.values()]


def _named(stages: Sequence[str]) -> str:
    if tuple(stages) == _PRIMARY:
        return "小学"
    return "、".join(STAGES[stage] for stage in stages)
