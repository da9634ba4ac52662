"""What became of a bundle, in numbers and in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import orjson

from models.exchange.reading import Bundle
from models.ledger.ledger import Ledger
from models.ledger.segments import Outcome
from models.ledger.streams import missing_lines
from models.ledger.titles import unit_name

ASK_AGAIN = "请对方再生成一次数据包"
ASK_THEM = "请联系对方核对"
# What is said of each trouble, and what to do about it now.
TROUBLES = {
    "held": ("{} 条记录先存着，因为前面的还没有收到", ASK_AGAIN),
    "waiting": ("{} 条修改先存着，因为所属的记录还没有收到", ASK_AGAIN),
    "refused": ("{} 条修改超出对方权限或版本不符，没有采用", ASK_THEM),
    "void": ("{} 条记录写在电脑停用以后，没有采用", ASK_THEM),
    "forked": (
        "{} 条记录与以前收到的不是同一份，没有采用",
        "对方的电脑可能恢复过备份；给对方一份回执，对方读入后会自动补报",
    ),
    "conflicts": ("{} 处两边都改过，现在显示较新的一处", "请在“要决定的”里选用哪一个"),
    "unknown": ("{} 条记录要升级程序后才能显示", "请升级本程序"),
}


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a bundle; `clean` only if nothing waits, was refused or needs a person.

    All counts are of this bundle's own lines; `missing` says which lines of whom must come first.
    `parallel` counts records that both sides changed in different fields: merged, to be known.
    """

    unit: str = ""
    unit_name: str = ""
    new: int = 0
    had: int = 0
    held: int = 0
    waiting: int = 0
    refused: int = 0
    void: int = 0
    forked: int = 0
    conflicts: int = 0
    parallel: int = 0
    unknown: int = 0
    photos: int = 0
    missing: Sequence[tuple[str, int, int]] = ()

    @property
    def clean(self) -> bool:
        return not any(getattr(self, name) for name in TROUBLES)

    @classmethod
    def of_json(cls, text: str) -> Self:
        """The report as it was kept."""
        return cls(**orjson.loads(text))

    def words(self) -> str:
        """The report in sentences: what came, then each trouble with what to do about it."""
        name = self.unit_name or self.unit
        photos = f"，照片 {self.photos} 张" if self.photos else ""
        if not self.new and self.clean:
            return f"{name}：没有新的记录{photos}，回执已收到。"
        parts = [f"{name}：新增 {self.new} 条记录{photos}"]
        if self.parallel:
            parts.append(f"{self.parallel} 条记录两边改了不同的地方，已经合并")
        for trouble, (what, now) in TROUBLES.items():
            if count := getattr(self, trouble):
                which = self._gaps() if trouble == "held" else ""
                parts.append(f"{what.format(count)}{which}，{now}")
        return "。".join(parts) + "。"

    def _gaps(self) -> str:
        """（缺 示例县实验小学 第 1—2 条）."""
        gaps = [
            f"{name} 第 {first}{f'—{last}' if first < last else ''} 条"
            for name, first, last in self.missing
        ]
        return f"（缺 {'、'.join(gaps)}）" if gaps else ""


_COUNTED = {field.name for field in fields(Received)} - {"unit", "unit_name", "photos", "missing"}


def report_of(ledger: Ledger, bundle: Bundle, outcome: Outcome) -> Received:
    """The report of a bundle that was just taken in."""
    return Received(
        unit=bundle.manifest.unit,
        unit_name=bundle.manifest.unit_name,
        photos=len(bundle.photos),
        missing=_missing(ledger, bundle) if outcome.counts["held"] else (),
        **{name: outcome.counts[name] for name in _COUNTED},
    )


def _missing(ledger: Ledger, bundle: Bundle) -> tuple[tuple[str, int, int], ...]:
    """The gaps before this bundle's lines: the name of their unit, the first and the last line."""
    told = {bundle.manifest.unit: bundle.manifest.unit_name}
    units = {segment.unit for segment in bundle.segments}
    return tuple(
        (unit_name(ledger, unit) or told.get(unit) or unit, first, last)
        for unit, first, last in missing_lines(ledger)
        if unit in units
    )
