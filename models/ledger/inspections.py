"""Inspections by list: begun with the items that apply, answered a key at a time, ended.

An office inspects a school with the same functions: its records carry the school's unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from models.ledger import findings
from models.ledger.compact import pack
from models.ledger.ledger import Ledger
from models.ledger.rows import Args, read
from models.problems import Problem
from models.records.finding import Finding
from models.records.inspection import Inspection, InspectionAnswer
from models.templates.safety import SafetyItem, SafetyTemplate

KIND_SETTING = "inspection.kind"
AHEAD = timedelta(days=1)  # so far a clock may go after another
MOST_LISTED, LONGEST_FINDER = 200, 60
# Whoever made it goes on with it: an office with what offices began, a school with its own.
_OURS = "JOIN log l ON l.log_no = t.c_log WHERE t.deleted = 0 AND (l.role = 'office') = :office"
Answers = Mapping[str, InspectionAnswer]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items there are, and what was found of them so far."""

    total: int
    passed: int = 0
    failed: int = 0
    not_applicable: int = 0

    @property
    def done(self) -> int:
        """How many are answered."""
        return self.passed + self.failed + self.not_applicable

    @property
    def left(self) -> int:
        """How many still want an answer."""
        return self.total - self.done


class Round(NamedTuple):
    """An inspection and how far it is."""

    inspection: Inspection
    progress: Progress

    @property
    def is_zero_report(self) -> bool:
        """零报告: it has ended, everything was looked at, and nothing was found."""
        nothing = not self.progress.failed and not self.progress.left
        return self.inspection.ended is not None and nothing


# ---- beginning and ending --------------------------------------------------------------------


def blank(ledger: Ledger, unit: str = "") -> Inspection:
    """An inspection as its form opens: now, by who works here, of the kind chosen last."""
    kind = "supervision" if ledger.is_office else ledger.setting(KIND_SETTING, "daily")
    return Inspection(unit=unit, kind=kind, started=_now(ledger), inspectors=ledger.user or None)


def begin(
    ledger: Ledger, typed: Inspection, template: SafetyTemplate, items: Sequence[SafetyItem]
) -> Inspection:
    """Save an inspection with its items frozen: what the school has may change meanwhile."""
    with ledger.transaction():
        if not ledger.is_office:
            ledger.set_setting(KIND_SETTING, typed.kind or "")
        frozen = ",".join(item.id for item in items)
        whole = replace(typed, template=template.id, version=template.version, items=frozen)
        return ledger.save(whole)


def begin_problems(ledger: Ledger, typed: Inspection) -> dict[str, Problem]:
    """Why it cannot have begun then: field → Problem. What was done on paper is entered later."""
    if typed.started and typed.started > _now(ledger) + AHEAD:
        return {"started": Problem("检查时间晚于现在，请检查。")}
    return {}


def finish(ledger: Ledger, inspection: Inspection, summary: str = "") -> Inspection:
    """End it; the Problem where a failed item has no finding yet."""
    with ledger.transaction():
        standing = _standing(ledger, inspection)
        filled = answers(ledger, standing)
        if lacking := undescribed(ledger, filled):
            raise Problem(f"还有 {len(lacking)} 项不合格没有写部位，写好才能结束。")
        counted = tally(item_ids(standing), filled)
        ended = max(_now(ledger), standing.started or _now(ledger))
        words = summary or summary_of(counted)
        return ledger.save(replace(standing, ended=ended, summary=words), standing)


def resume(ledger: Ledger, inspection: Inspection) -> Inspection:
    """Go on with one that has ended; its answers may be changed again."""
    with ledger.transaction():
        standing = _standing(ledger, inspection)
        return ledger.save(replace(standing, ended=None, summary=None), standing)


def summary_of(progress: Progress) -> str:
    """The counts as a sentence."""
    words = (
        f"共检查 {progress.done} 项：合格 {progress.passed} 项，不合格 {progress.failed} 项，"
        f"不适用 {progress.not_applicable} 项。"
    )
    if progress.left:
        return f"{words}另有 {progress.left} 项未查。"
    return words if progress.failed else f"{words}未发现隐患（零报告）。"


# ---- reading ---------------------------------------------------------------------------------


def item_ids(inspection: Inspection) -> list[str]:
    """The ids of its items, in the order in which they are walked through."""
    return [item for item in (inspection.items or "").split(",") if item]


def answers(ledger: Ledger, inspection: Inspection) -> dict[str, InspectionAnswer]:
    """What was found, by item; where two PCs answered the same item the later one stands."""
    return {a.item or "": a for a in _written(ledger, "t.inspection = ?", (inspection.id,))}


def tally(items: Iterable[str], filled: Answers) -> Progress:
    """The counts of these items."""
    found = [filled[item].result if item in filled else None for item in items]
    return Progress(len(found), *(found.count(r) for r in ("passed", "failed", "not_applicable")))


def undescribed(ledger: Ledger, filled: Answers) -> list[str]:
    """The items that failed and have no finding, because nobody has said yet where."""
    failed = [answer for answer in filled.values() if answer.result == "failed"]
    return [a.item or "" for a in failed if finding_of(ledger, a) is None]


def finding_of(ledger: Ledger, answer: InspectionAnswer | None) -> Finding | None:
    """The finding that a failed item became; None where there is none or it was taken back."""
    return ledger.get(Finding, answer.finding) if answer and answer.finding else None


def unfinished(ledger: Ledger) -> list[Round]:
    """What was begun here and has not ended, newest first."""
    order = "t.ended IS NULL ORDER BY t.started DESC, t.no DESC"
    return _rounds(ledger, f"INDEXED BY inspection_open {_OURS} AND {order}")


def recent(ledger: Ledger, most: int = MOST_LISTED) -> list[Round]:
    """The newest inspections of whoever made them."""
    return _rounds(ledger, f"WHERE t.deleted = 0 ORDER BY t.started DESC, t.no DESC LIMIT {most:d}")


def is_ours(ledger: Ledger, inspection: Inspection) -> bool:
    """Whether this side made it, and may go on with it; the other side only looks at it."""
    args = {"office": ledger.is_office, "id": inspection.id}
    return bool(ledger.rows(f"SELECT 1 FROM inspection t {_OURS} AND t.id = :id", args))


def _rounds(ledger: Ledger, rest: str) -> list[Round]:
    with ledger.reading() as db:
        found = read(db, Inspection, rest, {"office": ledger.is_office})
    listed = pack([inspection.id for inspection in found])
    filled: dict[str, dict[str, InspectionAnswer]] = {}
    for answer in _written(ledger, "t.inspection IN (SELECT value FROM json_each(?))", (listed,)):
        filled.setdefault(answer.inspection or "", {})[answer.item or ""] = answer
    return [Round(one, tally(item_ids(one), filled.get(one.id, {}))) for one in found]


def _written(ledger: Ledger, where: str, args: Args) -> list[InspectionAnswer]:
    rest = f"JOIN log l ON l.log_no = t.c_log WHERE {where} AND NOT t.deleted"
    with ledger.reading() as db:
        return read(db, InspectionAnswer, f"{rest} ORDER BY t.c_t, l.log_id, t.c_seq", args)


# ---- answering -------------------------------------------------------------------------------


def answer(ledger: Ledger, inspection: Inspection, item: str, result: str | None) -> None:
    """Save what was found of an item, None to take it back; answering again edits.

    An item that fails no more takes its finding along, unless steps were taken already; one that
    fails again has it again. ValueError once the inspection has ended.
    """
    with ledger.transaction():
        seen = _open_answer(ledger, inspection, item)
        _settle(ledger, seen, result == "failed")
        ledger.save(replace(seen, result=result), seen if seen.id else None)


def annotate(ledger: Ledger, inspection: Inspection, item: str, note: str | None) -> None:
    """Keep a note beside an item; without one what stood there goes."""
    with ledger.transaction():
        seen = _open_answer(ledger, inspection, item)
        ledger.save(replace(seen, note=note), seen if seen.id else None)


def suggested(inspection: Inspection, item: SafetyItem) -> Finding:
    """The finding that a failed item starts with: only its place is not known."""
    assert inspection.started is not None  # it is required
    finder = (inspection.inspectors or "")[:LONGEST_FINDER]
    return replace(
        item.suggested(inspection.started.date(), finder),
        unit=inspection.unit,
        source=inspection.kind,
        inspection=inspection.id,
    )


def describe(ledger: Ledger, finding: Finding) -> Finding:
    """Register the finding of a failed item, and let the answer name it."""
    with ledger.transaction():
        inspection = ledger.get(Inspection, finding.inspection or "") or Inspection()
        seen = _open_answer(ledger, inspection, finding.item or "")
        if finding_of(ledger, seen) is not None:
            raise ValueError(f"{finding.item} has its finding already")
        saved = findings.register(ledger, finding)
        failed = replace(seen, result="failed", finding=saved.id)
        ledger.save(failed, seen if seen.id else None)
        return saved


def _settle(ledger: Ledger, seen: InspectionAnswer, fails: bool) -> None:
    finding = ledger.find(Finding, seen.finding) if seen.finding else None
    if finding is None:
        return
    if fails:
        ledger.restore(finding)
    elif not findings.steps(ledger, finding):
        ledger.remove(finding)


def _open_answer(ledger: Ledger, inspection: Inspection, item: str) -> InspectionAnswer:
    """The answer as it stands, or an empty one, of an inspection that goes on."""
    standing = _standing(ledger, inspection)
    if standing.ended is not None or item not in item_ids(standing):
        raise ValueError(f"{item} is not asked in {standing.id}, or it has ended")
    empty = InspectionAnswer(inspection=standing.id, item=item, unit=standing.unit)
    return answers(ledger, standing).get(item, empty)


def _standing(ledger: Ledger, inspection: Inspection) -> Inspection:
    found = ledger.get(Inspection, inspection.id)
    if found is None:
        raise ValueError(f"no inspection {inspection.id!r}")
    return found


def _now(ledger: Ledger) -> datetime:
    """The minute by the clock on the wall."""
    return ledger.clock().astimezone().replace(tzinfo=None, second=0, microsecond=0)
