"""What this side may do with a finding: a school with all of its own, its office with what the
office found there, and with the major ones that it supervises.

The rights of `rights.py` are wider: they say what a line may hold, this says what is offered.
"""

from collections.abc import Iterable

from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.titles import unit_name
from models.problems import Problem
from models.records.finding import STEPS, Finding
from models.records.workflow import Standing, next_steps

# Rectifying is the school's work, whoever asks for it.
_THE_SCHOOL_S = frozenset({"rectifying", "submitted"})
# What an office does about a major finding that the school made itself.
_SUPERVISING = frozenset({"extended", "recheck_failed", "recheck_passed", "closed"})


# A record `t` of stream `l` that this side wrote, with the arguments of `this_side`.
THIS_SIDE = "iif(:office, l.role = 'office' OR t.unit = :own, l.role <> 'office')"


def this_side(ledger: Ledger) -> dict[str, str | bool]:
    """What the names in THIS_SIDE stand for."""
    return {"office": ledger.is_office, "own": ledger.unit}


def office_name(ledger: Ledger) -> str | None:
    """What the office calls itself whose ledger this is; None in that of a school."""
    return unit_name(ledger, ledger.unit) if ledger.is_office else None


def written_here(ledger: Ledger, table: str, ids: Iterable[str]) -> set[str]:
    """Those of these records that this side wrote: a school, or an office about any unit."""
    rows = ledger.rows(
        f"SELECT t.id FROM {table} t JOIN log l ON l.log_no = t.c_log"
        " WHERE t.id IN (SELECT value FROM json_each(:ids))"
        f" AND {THIS_SIDE}",
        {"ids": pack([*ids]), **this_side(ledger)},
    )
    return {record for (record,) in rows}


def is_at_work(ledger: Ledger, finding: Finding) -> bool:
    """Whether this side edits it and adds photos: a school does whoever found it."""
    if not ledger.is_office:
        return finding.unit == ledger.unit
    return finding.id in written_here(ledger, "finding", [finding.id])


def steps_here(ledger: Ledger, finding: Finding, standing: Standing) -> tuple[str, ...]:
    """The steps that may be taken now, and by this side."""
    kinds = next_steps(standing)
    if finding.unit == ledger.unit:
        return kinds
    if is_at_work(ledger, finding):
        return tuple(kind for kind in kinds if kind not in _THE_SCHOOL_S)
    if not ledger.is_office or standing.level != "major":
        return ()
    taken = _SUPERVISING if standing.supervised_by else frozenset({"supervised"})
    return tuple(kind for kind in kinds if kind in taken)


def refusal(
    ledger: Ledger, finding: Finding, standing: Standing, kind: str | None
) -> dict[str, Problem]:
    """Why a step that the rules allow now is not this side's to take: field → Problem."""
    if kind not in next_steps(standing) or kind in steps_here(ledger, finding, standing):
        return {}
    word = f"“{STEPS[kind or '']}”由学校办理，办理以后会随学校的数据包送来。"
    if not is_at_work(ledger, finding):
        word += "学校登记的隐患里，这里只办理重大隐患的挂牌督办，以及督办以后的延期、复查和销号。"
    return {"kind": Problem(word)}
