"""Which findings a list shows and in what order: conditions that all hold, and views by name."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from models.ledger.compact import pack, unpack
from models.ledger.ledger import Ledger
from models.records.finding import CATEGORIES, STATES
from models.records.workflow import AWAITING_RECHECK, RECTIFIED_STATES, SOON

OPEN = "deleted = 0 AND now_state <> 'closed'"
# The same words as workflow.is_overdue and is_due_soon, for the index.
_RECTIFIED = ", ".join(f"'{state}'" for state in sorted(RECTIFIED_STATES))
_AWAITING = ", ".join(f"'{state}'" for state in sorted(AWAITING_RECHECK))
LATE = f"{OPEN} AND now_deadline < :today AND now_state NOT IN ({_RECTIFIED})"
DUE = f"{OPEN} AND now_deadline BETWEEN :today AND :soon AND now_state NOT IN ({_RECTIFIED})"
FILTERS = {
    "all": "deleted = 0",
    "open": OPEN,
    "late": LATE,
    "due": DUE,
    "recheck": f"deleted = 0 AND now_state IN ({_AWAITING})",
    "closed": "deleted = 0 AND now_state = 'closed'",
    "major": f"{OPEN} AND now_level = 'major'",
}
UNGRADED = "none"
CONDITIONS = {
    "state": "now_state = :state",
    "level": f"ifnull(now_level, '{UNGRADED}') = :level",
    "category": "category = :category",
    "place": "instr(place, :place)",
    "person": "(instr(finder, :person) OR instr(responsible, :person))",
    "since": "found_on >= :since",
    "until": "found_on <= :until",
    "unit": "unit = :unit",
}
# What stands in the index finding_state; all else is found in the rows themselves.
_INDEXED = frozenset({"state", "level", "since", "until", "unit", "found_on", "deadline"})


def _in_turn(column: str, codes: Sequence[str]) -> str:
    """Where a code stands in its catalogue, which is the order people know."""
    places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE {column} {places} END"


ORDERS = {
    "number": "number",
    "found_on": "found_on",
    "place": "place",
    "category": _in_turn("category", [*CATEGORIES]),
    "level": "now_level = 'major'",
    "state": _in_turn("now_state", [*STATES]),
    "deadline": "now_deadline",
    "responsible": "responsible",
    "finder": "finder",
    "department": "department",
    "funding": "CAST(funding AS REAL)",
    "rectified_on": "now_rectified",
    "closed_on": "now_closed",
}
MOST_VIEWS, MOST_OFFERED = 30, 300
# What is offered is counted in the newest findings: it is wanted at once, whatever the years hold.
MOST_READ = 5000
_NEWEST = (
    "FROM finding INDEXED BY finding_list WHERE deleted = 0"
    f" ORDER BY found_on DESC LIMIT {MOST_READ}"
)
_VIEWS_SETTING = "findings.views"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFilter:
    """A view of FILTERS and what narrows it; an empty condition is none.

    `order` is a key of ORDERS, with a minus before it from the greatest down; newest first where
    it is empty.
    """

    view: str = "all"
    state: str = ""
    level: str = ""
    category: str = ""
    place: str = ""
    person: str = ""
    since: str = ""
    until: str = ""
    unit: str = ""
    order: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """What narrows the view: name → value."""
        return {name: value for name in CONDITIONS if (value := getattr(self, name))}

    @property
    def is_plain(self) -> bool:
        """Whether it shows everything."""
        return self.view == "all" and not self.conditions

    def table(self) -> str:
        """Where its rows are found fastest: a walk along an index to far rows is the slowest."""
        used = {*self.conditions, self.order.removeprefix("-")} - {""}
        return f"finding {'INDEXED BY finding_state' if used <= _INDEXED else 'NOT INDEXED'}"

    def where(self) -> str:
        """Its conditions in SQL, with the names of `args`."""
        return " AND ".join([FILTERS[self.view], *(CONDITIONS[name] for name in self.conditions)])

    def args(self, today: date) -> dict[str, str]:
        """What the names in its SQL stand for on this day."""
        days = {"today": today.isoformat(), "soon": (today + SOON).isoformat()}
        return days | self.conditions

    def order_by(self) -> str:
        """Its order in SQL; what has no value stands last either way."""
        newest = "+found_on DESC, no DESC"
        if not self.order:
            return newest
        value = ORDERS[self.order.removeprefix("-")]
        turn = "DESC" if self.order.startswith("-") else "ASC"
        return f"{value} {turn} NULLS LAST, no DESC"

    def text(self) -> str:
        """As it is kept in a setting."""
        return pack({name: value for name, value in asdict(self).items() if value})

    @classmethod
    def of(cls, text: str) -> "FindingFilter":
        """Read what `text` gave; what a newer program wrote and we do not know is left out."""
        return _filter(_unpacked(text, {}))


def _filter(kept: Any) -> FindingFilter:
    given = kept if isinstance(kept, dict) else {}
    names = {field.name for field in fields(FindingFilter)}
    known = {name: value for name, value in given.items() if name in names and _is_words(value)}
    if known.get("view") not in FILTERS:
        known.pop("view", None)
    if known.get("order", "").removeprefix("-") not in ORDERS:
        known.pop("order", None)
    return FindingFilter(**known)


def _is_words(value: object) -> bool:
    """Whether it is a text that SQLite takes: JSON can hold halves of characters, too."""
    return isinstance(value, str) and value.encode(errors="ignore").decode() == value


def _unpacked(text: str, otherwise: Any) -> Any:
    try:
        return unpack(text)
    except (ValueError, RecursionError):
        return otherwise


def saved_views(ledger: Ledger) -> dict[str, FindingFilter]:
    """The filters that were given a name on this PC, by name, in their order."""
    kept = _unpacked(ledger.setting(_VIEWS_SETTING), {})
    views = kept.items() if isinstance(kept, dict) else ()
    return {name: _filter(view) for name, view in views if _is_words(name)}


def keep_views(ledger: Ledger, views: Mapping[str, FindingFilter]) -> None:
    """Keep these filters under their names, the newest MOST_VIEWS of them."""
    newest = [*views.items()][-MOST_VIEWS:]
    texts = {name: unpack(view.text()) for name, view in newest}
    ledger.set_setting(_VIEWS_SETTING, pack(texts))


def places(ledger: Ledger) -> list[str]:
    """The places of the newest findings, the most frequent first."""
    return _offered(ledger, f"SELECT place AS word {_NEWEST}")


def persons(ledger: Ledger) -> list[str]:
    """Who found something lately or is responsible for it, the most frequent first."""
    newest = f"(SELECT finder, responsible {_NEWEST})"
    return _offered(
        ledger,
        f"SELECT finder AS word FROM {newest} UNION ALL SELECT responsible FROM {newest}",
    )


def _offered(ledger: Ledger, words: str) -> list[str]:
    rows = ledger.rows(
        f"SELECT word FROM ({words}) WHERE typeof(word) = 'text' GROUP BY word"
        " ORDER BY count(*) DESC, word LIMIT ?",
        (MOST_OFFERED,),
    )
    return [word for (word,) in rows]
