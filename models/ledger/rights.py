"""Who may write what about a school: its own PCs, and its office.

The office adds: an inspection, a finding, a step, a photo, a 督评; it edits what it added, and
otherwise it only decides between values that were written at once. The school does not take away
what the office added, nor change what the office asks of it, nor anything in an inspection, a step,
a photo or a 督评 of the office's; it decides, too. All that counts is who wrote a line and who
created its record, so every PC judges alike, in whatever order lines come.
"""

from sqlite3 import Connection

from models.records.fields import Plain

OFFICE_CREATES = (
    "finding",
    "finding_step",
    "photo",
    "inspection",
    "inspection_answer",
    "checklist_review",
)
OFFICE_ASKS = ("level", "deadline", "basis", "description")
OFFICE_KEEPS = ("finding_step", "photo", "inspection", "inspection_answer", "checklist_review")

# A decision names more than what it builds upon; an answer to a deletion may have only that.
_DECIDES = (
    "i.merges IS NOT NULL AND (i.merges <> json_array(i.base_log || '.' || i.base_seq)"
    " OR i.field = '_deleted' AND (i.base_log <> r.c_log OR i.base_seq <> r.c_seq))"
)
_NOT_THE_OFFICE_S = f"w.role = 'office' AND c.role <> 'office' AND NOT ({_DECIDES})"
_NOT_THE_SCHOOL_S = (
    "w.role <> 'office' AND c.role = 'office' AND (i.field = '_deleted' AND i.val = 1"
    f" OR i.type = 'finding' AND i.field IN {OFFICE_ASKS}"
    f" OR i.type IN {OFFICE_KEEPS} AND NOT ({_DECIDES}))"
)

# What is said above, in one text: where it changes, lines that are held are judged anew.
RULES = " ".join((*OFFICE_CREATES, _NOT_THE_OFFICE_S, _NOT_THE_SCHOOL_S))


def may_create(role: str, table: str) -> bool:
    """Whether a stream of this role may create a record of this type."""
    return role != "office" or table in OFFICE_CREATES


def school_may_decide(creator: str, table: str, field: str, value: Plain, answers: bool) -> bool:
    """Whether a school may decide so about a record that a stream of this role created.

    It `answers` unless it says of a merely created record what is to become of it.
    """
    asks = table == "finding" and field in OFFICE_ASKS
    keeps = table in OFFICE_KEEPS and not answers
    return creator != "office" or not (asks or keeps or (field == "_deleted" and value == 1))


def forbidden(db: Connection) -> list[tuple[int, str, int, str, str]]:
    """(stream number, stream, line, field, why) of incoming versions that their writer may not
    write: of a record of another unit, or beyond the rights of a school or its office."""
    return db.execute(
        "SELECT i.log_no, i.log_id, i.seq, i.field, iif(r.unit <> w.unit, 'scope', 'rights')"
        " FROM incoming i JOIN target r ON r.id = i.id JOIN log w ON w.log_no = i.log_no"
        " JOIN log c ON c.log_id = r.c_log"
        f" WHERE r.unit <> w.unit OR {_NOT_THE_OFFICE_S} OR {_NOT_THE_SCHOOL_S}"
    ).fetchall()
