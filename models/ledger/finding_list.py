"""All findings in the order of the list, without reading a hundred thousand numbers for it."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, overload

from models.ledger.ledger import Ledger

_ALL = "FROM finding INDEXED BY finding_list WHERE deleted = 0"
# NULL sorts below everything, so findings without a day stand at the end.
_AHEAD = (
    "(found_on > :day OR found_on IS :day AND no > :no OR :day IS NULL AND found_on IS NOT NULL)"
)


class AllFindings(Sequence[int]):
    """Row numbers, newest first: counted at once, read where one looks and kept as looked at."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen: dict[int, int] = {}
        ((self._count,),) = ledger.rows(f"SELECT count(*) {_ALL}")

    def __len__(self) -> int:
        return int(self._count)

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self[places : places + 1][0]
        if not all(place in self._seen for place in places):
            self._read(min(places), max(places))
        return [self._seen[place] for place in places if place in self._seen]

    def _read(self, first: int, last: int) -> None:
        rows = self._ledger.rows(
            f"SELECT no {_ALL} ORDER BY found_on DESC, no DESC LIMIT ? OFFSET ?",
            (last - first + 1, first),
        )
        self._seen.update(enumerate((no for (no,) in rows), first))

    def index(self, number: Any, start: int = 0, stop: int = sys.maxsize) -> int:
        """Where the number stands now; ValueError where it does not."""
        rows = self._ledger.rows(
            "SELECT found_on FROM finding WHERE no = ? AND deleted = 0", (number,)
        )
        for (day,) in rows:
            args = {"day": day, "no": number}
            ((place,),) = self._ledger.rows(f"SELECT count(*) {_ALL} AND {_AHEAD}", args)
            if start <= place < stop:
                self._seen[place] = number
                return int(place)
        raise ValueError(number)
