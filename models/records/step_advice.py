"""What domain C.4 wants of a step beyond the rules of `workflow`: told, not refused.

Its states and 五落实 are confirmed at their sources; what stands here is a proposal, so a person
who has been told may go on without it. Only a missing photo wants a word why.
"""

import re
from collections.abc import Collection

from models.problems import Problem
from models.records.finding import Finding, FindingStep
from models.records.record import is_empty
from models.records.workflow import AWAITING_RECHECK

# What is wrong with rules, people or files has nothing that a photo would show.
_UNSEEN = frozenset({"duty", "emer", "bully", "psy", "net"})
_SAYS_WHY = re.compile("照片|照相|拍照|拍摄")
AGAIN = "确实没有的，再保存一次即可。"


def advice(finding: Finding, step: FindingStep) -> dict[str, Problem]:
    """What is wanted and missing: field → Problem; `kind` for what stands in the finding."""
    if step.kind == "graded" and step.level == "major" and is_empty(finding.interim):
        words = "重大隐患在定级时要写明整改以前的临时防范措施，请在隐患里补填。"
        return {"level": Problem(words + AGAIN)}
    if step.kind == "notice_issued" and is_empty(finding.responsible):
        words = "整改通知要有编号、时限和责任人，还缺责任人，请在隐患里补填。"
        return {"document": Problem(words + AGAIN)}
    if step.kind == "rectifying" and is_empty(finding.measures) and is_empty(step.opinion):
        return {"opinion": Problem(f"开始整改要写明整改措施，请写在这里。{AGAIN}")}
    if step.kind == "submitted" and step.cost is None:
        return {"cost": Problem(f"报告整改要写明实际花费，没有花钱请填 0。{AGAIN}")}
    return {}


def shows(category: str | None) -> bool:
    """Whether a photo would show what is wrong."""
    return category not in _UNSEEN


def photo_wanted(
    finding: Finding, step: FindingStep, stages: Collection[str | None]
) -> dict[str, Problem]:
    """A rectification is shown by a photo, or the opinion says why there is none.

    `stages` are those of the photos that the finding has.
    """
    reports = step.kind in AWAITING_RECHECK and shows(finding.category)
    if not reports or "after" in stages or _SAYS_WHY.search(step.opinion or ""):
        return {}
    return {
        "opinion": Problem(
            "报告整改要附整改后照片，请粘贴或拖到下面。不能拍照的，在说明里写一句原因，"
            "例如“没有照片：学校没有相机”。"
        )
    }
