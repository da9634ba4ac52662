"""佐证: the photos that show what a line of a sheet says."""

from collections.abc import Iterable, Sequence

from models.ledger.checklists import stand
from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.ledger.rows import read
from models.records.finding import Photo
from models.records.five_management import Checklist, ChecklistAnswer

_OF = "WHERE NOT t.deleted AND t.checklist_answer IN (SELECT value FROM json_each(?)) ORDER BY t.no"


def evidence(ledger: Ledger, filled: Checklist, lines: Iterable[str]) -> dict[str, list[Photo]]:
    """The photos of these lines of a sheet, oldest first; lines without any are absent."""
    names = {_answer_id(filled, line): line for line in lines}
    with ledger.reading() as db:
        photos = read(db, Photo, _OF, (pack(list(names)),))
    found: dict[str, list[Photo]] = {}
    for photo in photos:
        found.setdefault(names[photo.checklist_answer or ""], []).append(photo)
    return found


def save_evidence(ledger: Ledger, filled: Checklist, line: str, hashes: Sequence[str]) -> None:
    """Keep the records of photos whose pictures are kept already; the same one only once.

    The line need not be answered yet: an answer is named by its sheet and its line.
    """
    with ledger.transaction():
        sheet = filled if filled.id else stand(ledger, filled)
        known = {photo.sha256 for photo in evidence(ledger, sheet, [line]).get(line, ())}
        owner, today = _answer_id(sheet, line), ledger.clock().astimezone().date()
        ledger.save_all(
            [
                Photo(
                    checklist_answer=owner,
                    stage="evidence",
                    sha256=name,
                    taken_on=today,
                    unit=sheet.unit,
                )
                for name in dict.fromkeys(hashes)
                if name not in known
            ]
        )


def _answer_id(filled: Checklist, line: str) -> str:
    return natural_id(filled.unit, ChecklistAnswer.table, (filled.id, line))
