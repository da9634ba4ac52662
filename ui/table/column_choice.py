"""Which columns a person wants, in what order and how wide, as it is kept in a setting."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

NARROWEST, WIDEST = 40, 800


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Column keys; without `shown` the usual ones stand, as many as there is room for."""

    shown: Sequence[str] = ()
    order: Sequence[str] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> "ColumnChoice":
        """Read what `text` gave; what cannot be read is no choice."""
        try:
            kept = json.loads(text)
            widths = {str(key): int(width) for key, width in kept["widths"].items()}
            return cls(
                tuple(map(str, kept["shown"])),
                tuple(map(str, kept["order"])),
                {key: min(max(width, NARROWEST), WIDEST) for key, width in widths.items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return cls()
