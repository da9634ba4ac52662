"""What was found before: a fault that came back to its place (反弹), and the words used for it."""

import re
import unicodedata
from typing import NamedTuple

from models.ledger.ledger import Ledger
from models.records.finding import Finding

MOST_PHRASES, LOOKED_BACK = 6, 200


class Phrases(NamedTuple):
    """Words used for an item before, the last ones first."""

    descriptions: list[str]
    places: list[str]


def same_place(place: str) -> str:
    """A place as it is compared: 教学楼 3楼（东）and 教学楼３楼东 are the same."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", place)).casefold()


def earlier(ledger: Ledger, finding: Finding) -> Finding | None:
    """反弹: the last closed finding of the same item at the same place, if there was one."""
    wanted = same_place(finding.place or "")
    rows = ledger.rows(
        "SELECT id, place FROM finding WHERE unit = ? AND item = ? AND deleted = 0"
        " AND now_state = 'closed' AND id <> ? ORDER BY now_closed DESC, no DESC",
        (finding.unit or ledger.unit, finding.item, finding.id),
    )
    same = (found for found, place in rows if wanted and same_place(str(place)) == wanted)
    return ledger.get(Finding, next(same, ""))


def later(ledger: Ledger, finding: Finding) -> list[Finding]:
    """The findings that say of themselves that this one came back."""
    return ledger.all(Finding, recurs=finding.id) if finding.id else []


def phrases(ledger: Ledger, finding: Finding) -> Phrases:
    """What was written lately about the same item in this school."""
    rows = ledger.rows(
        "SELECT description, place FROM finding WHERE unit = ? AND item = ? AND deleted = 0"
        f" ORDER BY no DESC LIMIT {LOOKED_BACK}",
        (finding.unit or ledger.unit, finding.item),
    )
    columns = ([str(row[at]) for row in rows if row[at]] for at in (0, 1))
    return Phrases(*(list(dict.fromkeys(words))[:MOST_PHRASES] for words in columns))
