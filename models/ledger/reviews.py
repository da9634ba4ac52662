"""督评 beside the self-assessment: what the responsible inspector and the office say of a line.

The inspector writes on a PC of the school, the office on its own; each has a record of its own.
"""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from models.ledger.checklists import stand
from models.ledger.history import moment
from models.ledger.ledger import Ledger
from models.records.five_management import Checklist, ChecklistReview

_SAID = """
SELECT r.id, l.role = 'office', json_extract(o.line, '$.u'), json_extract(o.line, '$.t') AS t
FROM checklist_review r JOIN log l ON l.log_no = r.c_log
JOIN op o ON o.log_no = r.c_log AND o.seq = r.c_seq WHERE r.checklist = :sheet
UNION ALL
SELECT r.id, l.role = 'office', json_extract(o.line, '$.u'), json_extract(o.line, '$.t')
FROM checklist_review r JOIN log l ON l.log_no = r.c_log JOIN cell c ON c.id = r.id
JOIN log w ON w.log_id = c.log_id JOIN op o ON o.log_no = w.log_no AND o.seq = c.seq
WHERE r.checklist = :sheet ORDER BY t"""


class Opinion(NamedTuple):
    """A review, whether the office wrote it, and who wrote in it last, when."""

    review: ChecklistReview
    by_office: bool
    who: str
    when: datetime


class Opinions(NamedTuple):
    """What both sides say of one line; None where a side says nothing."""

    inspector: Opinion | None = None
    office: Opinion | None = None

    def of(self, office: bool) -> Opinion | None:
        """The opinion of one side."""
        return self.office if office else self.inspector

    @property
    def final(self) -> Opinion | None:
        """The one that a single column shows: the office's where it has one."""
        return self.office or self.inspector


def opinions(ledger: Ledger, filled: Checklist) -> dict[str, Opinions]:
    """The opinions of a sheet by line; of a side that wrote two of one line, the later."""
    said = {row[0]: row[1:] for row in ledger.rows(_SAID, {"sheet": filled.id})}
    found: dict[str, Opinions] = {}
    reviews = ledger.all(ChecklistReview, checklist=filled.id, unit=filled.unit)
    for review in sorted(reviews, key=lambda one: said[one.id][-1]):  # by the last writing
        by_office, who, t = said[review.id]
        opinion = Opinion(review, bool(by_office), str(who), moment(t))
        side = "office" if by_office else "inspector"
        line = review.line or ""
        found[line] = found.get(line, Opinions())._replace(**{side: opinion})
    return found


def save_review(
    ledger: Ledger,
    filled: Checklist,
    review: ChecklistReview,
    seen: ChecklistReview | None = None,
) -> None:
    """Save what this PC's side says of a line; `seen` is what it said so far, None for nothing.

    A review that was emptied is taken away.
    """
    with ledger.transaction():
        sheet = filled if filled.id else stand(ledger, filled)
        if review.result or review.note:
            ledger.save(replace(review, checklist=sheet.id, unit=sheet.unit), seen)
        elif seen:
            ledger.remove(seen)
