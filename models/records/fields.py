"""The kinds of field a record can have.

A field turns what was typed into a value (`parse`), judges it (`check`), shows it to people
(`show`) and gives it the plain form, text or whole number, that the log, SQLite and bundles hold
(`to_plain`, `from_plain`). It is described once; form, table, log, bundle and paper read it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

from models.problems import Problem
from models.records.reading import EARLIEST_YEAR, narrow, read_day, read_number, read_time, tidy

MOST_DIGITS = 15
Plain: TypeAlias = str | int | None


@dataclass(kw_only=True, eq=False, repr=False)
class Field:
    """What every field has. `hidden` fields are filled by the program, not by a person."""

    label: str
    required: bool = False
    help: str = ""
    hidden: bool = False

    def parse(self, text: str) -> Any:
        return tidy(text)

    def check(self, value: Any) -> None:
        """Raise the Problem of this value, if it has one; the value is never empty here."""

    def show(self, value: Any) -> str:
        return str(value)

    def to_plain(self, value: Any) -> Plain:
        return str(value)

    def from_plain(self, plain: Plain) -> Any:
        return str(plain)


@dataclass(kw_only=True, eq=False, repr=False)
class Text(Field):
    """Words; `longest` is counted in characters. `lines` > 1 asks for a larger box.

    `suggest` names the shared list that is offered while one types: person, place, unit or
    department. Every field that names it adds to the list what was written there.
    """

    longest: int = 60
    lines: int = 1
    suggest: str = ""

    def parse(self, text: str) -> str:
        words = tidy(text)
        return words if self.lines > 1 else words.replace("\n", " ")

    def check(self, value: str) -> None:
        if len(value) > self.longest:
            raise Problem(
                f"最多 {self.longest} 个字，现在有 {len(value)} 个。请删减，或把详情放到附件里。"
            )


@dataclass(kw_only=True, eq=False, repr=False)
class Choice(Field):
    """One of a few codes, each shown by its label."""

    options: Mapping[str, str]

    def parse(self, text: str) -> str:
        words = tidy(text)
        return next((code for code, label in self.options.items() if label == words), words)

    def check(self, value: str) -> None:
        if value not in self.options:
            raise Problem("请从列表中选择一项。")

    def show(self, value: str) -> str:
        return self.options.get(value, value)


@dataclass(kw_only=True, eq=False, repr=False)
class Flags(Field):
    """Any of a few codes; plain form `a,b`, in the order of the options."""

    options: Mapping[str, str]

    def parse(self, text: str) -> frozenset[str]:
        names = {label: code for code, label in self.options.items()}
        words = tidy(text).replace("、", ",").replace("，", ",").split(",")
        return frozenset(names.get(w.strip(), w.strip()) for w in words if w.strip())

    def check(self, value: frozenset[str]) -> None:
        if strange := value - self.options.keys():
            raise Problem(f"没有“{min(strange)}”这一项，请从列表中选择。")

    def show(self, value: frozenset[str]) -> str:
        return "、".join(label for code, label in self.options.items() if code in value)

    def to_plain(self, value: frozenset[str]) -> Plain:
        known = [code for code in self.options if code in value]
        return ",".join(known + sorted(value - self.options.keys()))

    def from_plain(self, plain: Plain) -> frozenset[str]:
        return frozenset(str(plain).split(",")) if plain else frozenset()


@dataclass(kw_only=True, eq=False, repr=False)
class Day(Field):
    """A calendar day without a zone; plain form 2026-03-05."""

    def parse(self, text: str) -> date:
        return read_day(text)

    def show(self, value: date) -> str:
        return show_day(value)

    def to_plain(self, value: date) -> Plain:
        return value.isoformat()

    def from_plain(self, plain: Plain) -> date:
        return date.fromisoformat(str(plain))


@dataclass(kw_only=True, eq=False, repr=False)
class Days(Field):
    """Any number of calendar days; plain form 2026-03-05,2026-03-07."""

    def parse(self, text: str) -> frozenset[date]:
        words = narrow(text).replace("、", ",").replace(";", ",").replace("\n", ",").split(",")
        return frozenset(read_day(word) for word in words if word.strip())

    def show(self, value: frozenset[date]) -> str:
        return "、".join(map(show_day, sorted(value)))

    def to_plain(self, value: frozenset[date]) -> Plain:
        return ",".join(day.isoformat() for day in sorted(value))

    def from_plain(self, plain: Plain) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in str(plain).split(",") if day)


@dataclass(kw_only=True, eq=False, repr=False)
class TimeOfDay(Field):
    """A time to the minute within bounds; plain form 08:20."""

    low: time = time(0, 0)
    high: time = time(23, 59)

    def parse(self, text: str) -> time:
        return read_time(text)

    def check(self, value: time) -> None:
        if not self.low <= value <= self.high:
            raise Problem(f"应在 {self.low:%H:%M} 到 {self.high:%H:%M} 之间，请检查。")

    def show(self, value: time) -> str:
        return f"{value.hour}:{value.minute:02}"

    def to_plain(self, value: time) -> Plain:
        return f"{value:%H:%M}"

    def from_plain(self, plain: Plain) -> time:
        value = time.fromisoformat(str(plain))
        if value.tzinfo:
            raise ValueError("a stranger's time: with a zone it cannot be compared with ours")
        return value


@dataclass(kw_only=True, eq=False, repr=False)
class Moment(Field):
    """A day and a time to the minute by the clock on the wall; plain 2026-03-05 08:20."""

    def parse(self, text: str) -> datetime:
        words = narrow(text)
        day, _, clock = words.replace("日", "日 ").replace("T", " ").partition(" ")
        if not clock.strip():
            raise Problem("请写明日期和时间，例如 2026-03-05 8:20。")
        return datetime.combine(read_day(day), read_time(clock))

    def show(self, value: datetime) -> str:
        return f"{show_day(value.date())} {value.hour}:{value.minute:02}"

    def to_plain(self, value: datetime) -> Plain:
        return f"{value:%Y-%m-%d %H:%M}"

    def from_plain(self, plain: Plain) -> datetime:
        value = datetime.fromisoformat(str(plain))
        if value.tzinfo or value.year < EARLIEST_YEAR:
            raise ValueError("a stranger's moment: with a zone, or of no calendar")
        return value


@dataclass(kw_only=True, eq=False, repr=False)
class Number(Field):
    """A number within bounds; whole ones are `int`, others `Decimal` with at most `decimals`."""

    unit: str = ""
    low: Decimal | int = 0
    high: Decimal | int = 1_000_000_000
    decimals: int = 0

    def parse(self, text: str) -> int | Decimal:
        number = read_number(text, self.unit)
        places = max(0, -int(number.as_tuple().exponent))
        if places > self.decimals and number != number.quantize(Decimal(1).scaleb(-self.decimals)):
            raise Problem(
                f"最多保留 {self.decimals} 位小数。" if self.decimals else "请填整数，不要小数。"
            )
        return Decimal(f"{number:f}") if self.decimals else int(number)

    def check(self, value: int | Decimal) -> None:
        if not self.low <= value <= self.high:
            raise Problem(f"应在 {self.low} 到 {self.high}{self.unit} 之间，请检查。")

    def show(self, value: int | Decimal) -> str:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def to_plain(self, value: int | Decimal) -> Plain:
        return f"{value:f}" if isinstance(value, Decimal) else value

    def from_plain(self, plain: Plain) -> int | Decimal:
        if not self.decimals:
            return int(plain or 0)
        value = Decimal(str(plain))
        if not value.is_finite() or value.adjusted() > MOST_DIGITS:
            raise ValueError("a stranger's number: nobody could have typed it")
        return value


@dataclass(kw_only=True, eq=False, repr=False)
class Pair(Field):
    """Two whole numbers, the second a part of the first; plain form 12/3."""

    names: tuple[str, str]
    unit: str = ""
    high: int = 1_000_000

    def parse(self, text: str) -> tuple[int, int]:
        first, slash, second = narrow(text).partition("/")
        if not slash:
            raise Problem(
                f"请填两个数，中间用“/”隔开：{self.names[0]}/{self.names[1]}，例如 12/3。"
            )
        whole = Number(label=self.label, unit=self.unit)
        return int(whole.parse(first)), int(whole.parse(second))

    def check(self, value: tuple[int, int]) -> None:
        total, part = value
        if not 0 <= total <= self.high or part < 0:
            raise Problem(f"应在 0 到 {self.high}{self.unit} 之间，请检查。")
        if part > total:
            raise Problem(f"“{self.names[1]}”不能多于“{self.names[0]}”，请检查。")

    def show(self, value: tuple[int, int]) -> str:
        return f"{value[0]}/{value[1]}"

    def to_plain(self, value: tuple[int, int]) -> Plain:
        return self.show(value)

    def from_plain(self, plain: Plain) -> tuple[int, int]:
        first, _, second = str(plain).partition("/")
        return int(first), int(second)


@dataclass(kw_only=True, eq=False, repr=False)
class Link(Field):
    """The id of another record, which may not have arrived yet."""

    to: str


def show_day(value: date) -> str:
    """2026年3月5日, as official papers write it: arabic figures, no leading zero (GB/T 9704)."""
    return f"{value.year}年{value.month}月{value.day}日"
