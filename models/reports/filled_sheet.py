"""A sheet of 五项管理 as its papers read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.records.fields import Number, Pair
from models.records.five_management import RULE_SETS, Checklist, ChecklistAnswer
from models.templates.compliance import Given, Verdict, judge
from models.templates.five_management import Line


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet with its lines, its answers as they are judged, and the records they come from."""

    checklist: Checklist
    lines: Sequence[Line]
    given: Mapping[str, Given]
    answers: Mapping[str, ChecklistAnswer]

    def rule_sets(self) -> list[str]:
        """The rule sets that the school keeps, in their order."""
        return [code for code in RULE_SETS if code in (self.checklist.rule_sets or ())]

    def verdict(self, line: Line, day: date) -> Verdict:
        """The verdict of a line."""
        return judge(line, self.given, self.rule_sets(), day)


def answer_words(sheet: FilledSheet, line: Line, *, evidence: bool = True) -> str:
    """The answer with its unit, what was written beside it, and where the evidence is."""
    record, given = sheet.answers.get(line.id), sheet.given.get(line.id)
    texts = [_shown(line, given) if given else ""]
    if record:
        beside = (
            (line.item.detail or "补充", record.detail),
            ("佐证", record.evidence if evidence else ""),
        )
        texts += [f"{label}：{text}" for label, text in (*beside, ("说明", record.note)) if text]
    return "\n".join(filter(None, texts))


def _shown(line: Line, given: Given) -> str:
    field = line.field
    if isinstance(field, Pair) and isinstance(given.value, tuple):
        pairs = zip(field.names, given.value, strict=True)
        return "，".join(f"{name}{count}{field.unit}" for name, count in pairs)
    return field.show(given.value) + (field.unit if isinstance(field, Number) else "")
