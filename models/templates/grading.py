"""What decides that a finding is 重大: the clauses of the 2024 guide that were seen.

Only items that are confirmed and marked major_direct are clauses here; any one of them is enough.
All else a person decides, with a reason. Source: domain C.3.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.templates.safety import SafetyTemplate

GUIDE = "《教育系统重大事故隐患判定指南》"
_ARTICLE = re.compile(r"判定指南(\d+条（.）\d+)")
# Common wording, seen in no document of the guide: offered as advice, never as law.
GENERAL_WORDS = "一般隐患：危害和整改难度较小，能够立即整改"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of direct judgement, as the check item says what must be so."""

    item: str
    article: str
    words: str

    @property
    def reason(self) -> str:
        """The clause as a grading names it."""
        return f"不符合“{self.words}”，属于{GUIDE}{self.article}的直接判定情形"


def direct_clauses(template: SafetyTemplate) -> list[Clause]:
    """The clauses of the list, in its order."""
    found = []
    for item in template.items:
        article = _ARTICLE.search(item.basis)
        if item.default_level == "major_direct" and item.is_confirmed and article:
            found.append(Clause(item.id, article[1], item.wording))
    return found


def reason_of(clauses: Sequence[Clause]) -> str:
    """Why these make a finding 重大; empty where there is none."""
    reasons = "；".join(clause.reason for clause in clauses)
    return f"{reasons}。判定为重大隐患。" if reasons else ""
