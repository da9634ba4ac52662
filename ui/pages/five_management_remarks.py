"""What stands below a question: its rate, what wants a second look, what others say, its tasks."""

from collections.abc import Mapping
from typing import NamedTuple

from models.ledger.reviews import Opinion, Opinions
from models.records.figures import Rate
from models.records.five_management import ChecklistAnswer, ChecklistReview
from models.records.record import show_answer
from models.records.task import Task
from models.templates.compliance import Verdict
from models.templates.doubts import Doubt

DIFFERS = "与自评不同"  # on the sheet and where reviews are written
JUDGED = (Verdict.COMPLIANT, Verdict.NONCOMPLIANT, Verdict.NOT_APPLICABLE)


class Remark(NamedTuple):
    """A line of words; an urgent one is seen from afar."""

    words: str
    urgent: bool = False


def rate_remark(name: str, rate: Rate) -> Remark:
    """近视率 47.06%（288/612）."""
    return Remark(f"{name} {rate.percent()}（{rate.counts()}）")


def doubt_remark(doubt: Doubt, answer: ChecklistAnswer | None) -> Remark | None:
    """What is to be mended, or mended or explained; None where the note explains it."""
    if doubt.is_contradiction:
        return Remark(f"须改正：{doubt.words}。", urgent=True)
    if answer and answer.note:
        return None
    return Remark(f"请核对：{doubt.words}；属实的，请在“说明”里写明原因。", urgent=True)


def opinion_remarks(said: Opinions, verdict: Verdict) -> list[Remark]:
    """Both opinions, the inspector's first; one that differs from the verdict is urgent."""
    sides = (("责任督学", said.inspector), ("区县", said.office))
    return [_opinion(side, one, verdict) for side, one in sides if one]


def differs(review: ChecklistReview, verdict: Verdict) -> bool:
    """Whether a review says otherwise than the self-assessment comes to."""
    result = show_answer(review, "result")
    return bool(result) and verdict in JUDGED and result != verdict.value


def _opinion(side: str, one: Opinion, verdict: Verdict) -> Remark:
    result = show_answer(one.review, "result")
    other = differs(one.review, verdict)
    when = f"{one.when.astimezone():%Y-%m-%d}"
    words = "　".join(filter(None, (result, one.review.note, f"（{one.who} {when}）")))
    apart = f"，{DIFFERS}" if other else ""
    return Remark(f"督评·{side}{apart}：{words}", other)


def task_remark(task: Task) -> Remark:
    """任务（办理中）：李安全，2026年12月23日前."""
    due = show_answer(task, "due")
    return Remark(f"任务（{show_answer(task, 'state')}）：{task.person}，{due}前")


def unexplained(doubts: Mapping[str, Doubt], answers: Mapping[str, ChecklistAnswer]) -> int:
    """How many doubts want an answer mended or explained."""
    return sum(doubt_remark(doubt, answers.get(line)) is not None for line, doubt in doubts.items())
