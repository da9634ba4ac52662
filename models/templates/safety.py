"""The safety check items: what is looked at, on what basis, and which of it a school has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from models.records.finding import CATEGORIES, Finding

_LEVELS = {"general": "general", "major_candidate": None, "major_direct": "major"}
FREQUENCIES = {
    "daily": "每日",
    "weekly": "每周",
    "half_month": "每15日",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_year": "每半年",
    "term": "每学期",
    "year": "每学年",
    "per_event": "发生时",
}
# What a kind of inspection usually looks at, by how often items are due (C.7); the others at all.
USUAL = {
    "daily": ("daily",),
    "weekly": ("weekly",),
    "monthly": ("half_month", "monthly"),
    "term": ("quarterly", "half_year", "term", "year"),
}
# 《山东省学校安全条例》 art. 47: what was found must be looked into and settled by then.
DAYS_BY_LAW = {"sf.bully.04": timedelta(days=10)}
# How an item passes and how it fails: a wording may forbid as well as demand.
PASSES_WHEN = {
    "met": ("做到了", "没做到"),
    "absent": ("没有", "有"),
    "met_and_absent": ("做到了，也没有所列问题", "有一样不符合"),
    "absent_or_controlled": ("没有，或已落实防控", "有，而且没有防控"),
}


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """One thing to look at.

    `default_level` major_direct is a clause of the 2024 guide that was seen; major_candidate must
    be decided by a person.
    """

    id: str
    category: str
    wording: str
    scope: frozenset[str]
    default_level: str
    basis: str
    frequency: str
    evidence: str
    confidence: str
    passes_when: str = "met"

    @property
    def is_confirmed(self) -> bool:
        """Whether its basis was seen; what is not confirmed is advice."""
        return self.confidence == "confirmed"

    def suggested(self, found_on: date, finder: str) -> Finding:
        """The finding that a failed check starts: nothing that is known is asked again."""
        return Finding(
            category=self.category,
            item=self.id,
            basis=self.basis,
            description=f"不符合：{self.wording}",
            level=_LEVELS[self.default_level],
            found_on=found_on,
            finder=finder,
            deadline=found_on + DAYS_BY_LAW[self.id] if self.id in DAYS_BY_LAW else None,
        )


@dataclass(frozen=True, slots=True)
class SafetyTemplate:
    """A published list of check items."""

    id: str
    version: str
    items: tuple[SafetyItem, ...]

    def for_scopes(self, scopes: Iterable[str]) -> list[SafetyItem]:
        """The items for a school that has these; what does not apply is absent."""
        has = frozenset(scopes)
        return [item for item in self.items if item.scope & has]

    def for_round(
        self, scopes: Iterable[str], kind: str, categories: Iterable[str] = (), whole: bool = False
    ) -> list[SafetyItem]:
        """The items of a round of this kind, by category; no categories are all of them.

        A `whole` round takes every item, however often it is due.
        """
        wanted, usual = frozenset(categories), FREQUENCIES if whole else USUAL.get(kind)
        found = [
            item
            for item in self.for_scopes(scopes)
            if (not wanted or item.category in wanted) and (not usual or item.frequency in usual)
        ]
        order = list(CATEGORIES)
        return sorted(found, key=lambda item: order.index(item.category))

    def of(self, ids: Iterable[str]) -> list[SafetyItem]:
        """The items of these ids, in their order; one that is not in this list is absent."""
        by_id = {item.id: item for item in self.items}
        return [by_id[name] for name in ids if name in by_id]


def load_safety(file: Path) -> SafetyTemplate:
    """The list in this file."""
    import orjson  # only here: the day page knows items, and must not wait for the reader

    data = orjson.loads(file.read_bytes())
    titles = {code: source["title"] for code, source in data["sources"].items()}
    items = tuple(
        SafetyItem(
            id=entry["id"],
            category=entry["category"],
            wording=entry["item"],
            scope=frozenset(entry["scope"].split("|")),
            default_level=entry["default_hazard_level"],
            basis=_basis(entry, titles),
            frequency=entry["suggested_frequency"],
            evidence=entry["evidence"],
            confidence=entry["confidence"],
            passes_when=entry.get("passes_when", "met"),
        )
        for entry in data["items"]
    )
    return SafetyTemplate(data["schema"], data["version"], items)


def find_safety(folder: Path, id: str, version: str) -> SafetyTemplate | None:
    """This version of a list among the `safety_items*.json` of a folder; None where it lacks.

    Whoever publishes a new version keeps the old file beside it, under another name.
    """
    for file in sorted(folder.glob("safety_items*.json")):
        template = load_safety(file)
        if (template.id, template.version) == (id, version):
            return template
    return None


def _basis(entry: dict[str, object], titles: dict[str, str]) -> str:
    """The documents by name, with the article; what is not confirmed is called advice."""
    codes = entry["basis"]
    assert isinstance(codes, list)
    names = "、".join(f"《{titles[code]}》" for code in codes if code != "GEN")
    if entry["confidence"] != "confirmed":
        return f"建议（参考{names}）" if names else "建议（一般做法）"
    locator = entry["basis_locator"]
    return f"{names}（{locator}）" if locator else names
