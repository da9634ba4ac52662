"""What a period report says in sentences, from its figures alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.records.figures import Rate
from models.records.finding import SOURCES
from models.records.period_figures import Course, Tally, tally
from models.records.periods import Period

MOST_NAMED = 3  # of the categories


@dataclass(frozen=True, slots=True)
class PeriodReview:
    """What a report is made of: whose, about when, and what was gathered.

    `name` is how people call the period; `grouped` how findings are sorted (类别 or the province's
    fields) and what each group is called, empty ones included where they must be shown; `checks`
    how many inspections of each kind there were. `units` are those with findings of those checked,
    where the report is about more than one; `names` say whose finding it is there.
    """

    unit: str
    addressee: str  # empty where it is not known
    name: str
    matter: str
    period: Period
    day: date
    courses: Sequence[Course]
    months: Sequence[tuple[str, int, int]]
    grouping: str
    groups: Mapping[str, Sequence[Course]]
    checks: Mapping[str, int]
    note: str = ""
    units: Rate | None = None
    names: Mapping[str, str] | None = None

    @property
    def figures(self) -> Tally:
        """The figures of all."""
        return tally(self.courses)

    @property
    def open(self) -> list[Course]:
        """What is open at the end: overdue first, then by deadline."""
        still = [course for course in self.courses if course.is_open]
        return sorted(still, key=lambda c: (not c.is_overdue, c.standing.deadline or date.max))


def situation(review: PeriodReview) -> list[str]:
    """一、基本情况."""
    figures = review.figures
    words = [_checks(review), _flow(figures), _found(figures)]
    return [text for text in words if text]


def _checks(review: PeriodReview) -> str:
    count = sum(review.checks.values())
    text = ""
    if count:
        kinds = "、".join(
            f"{SOURCES.get(kind, '其他检查')}{n}次" for kind, n in review.checks.items()
        )
        text = f"本期共开展安全检查{count}次（{kinds}）。"
    if review.units and review.units.whole:
        rate = review.units
        text += f"检查学校{rate.whole}所，其中发现隐患的{rate.part}所，占{rate.percent()}。"
    return text


def _flow(figures: Tally) -> str:
    again = f"（新排查{figures.found}项、反弹{figures.reopened}项）" if figures.reopened else ""
    return (
        f"期初未销号隐患{figures.opening}项，本期新增{figures.new}项{again}，"
        f"本期销号{figures.closed}项，期末未销号{figures.closing}项。"
    )


def _found(figures: Tally) -> str:
    if not figures.found:
        return "本期没有排查出新的隐患。"
    more = [f"重大隐患{figures.major}项"] if figures.major else ["没有重大隐患"]
    more += [f"同一隐患再次出现{figures.recurring}项"] if figures.recurring else []
    return (
        f"本期新排查的{figures.found}项隐患中，已整改{figures.rectified}项，"
        f"整改中{figures.found - figures.rectified}项，整改率{figures.rectification.percent()}；"
        f"已销号{figures.settled}项，销号率{figures.closing_rate.percent()}；{'，'.join(more)}。"
    )


def distribution(review: PeriodReview) -> str:
    """二、隐患分布: where most of what was found lies."""
    counts = Counter(
        {name: sum(c.is_found for c in courses) for name, courses in review.groups.items()}
    )
    most = [f"{name}{count}项" for name, count in counts.most_common(MOST_NAMED) if count]
    if not most:
        return f"本期没有新排查的隐患，各{review.grouping}的情况见下表。"
    much = "数量较多的是" if len(most) > 1 else "全部属于" if _only(counts) else "最多的是"
    return f"新排查的隐患中，{much}{'、'.join(most)}。各{review.grouping}的情况见下表。"


def _only(counts: Mapping[str, int]) -> bool:
    return sum(1 for count in counts.values() if count) == 1


def rectification(figures: Tally) -> str:
    """三、整改情况: the rates, each with both its numbers."""
    return (
        "；".join(
            f"{name}{rate.percent()}（{words.format(rate.part, rate.whole)}）"
            for name, rate, words in (
                ("立查立改率", figures.on_site, "新排查{1}项，立查立改{0}项"),
                ("按期整改率", figures.punctual, "到期{1}项，按期整改{0}项"),
                ("复查一次合格率", figures.first_passes, "复查{1}项，一次合格{0}项"),
            )
        )
        + "。"
    )


def problems(still: Sequence[Course]) -> str:
    """四、存在的问题: what is open, and what of it weighs most."""
    if not still:
        return "期末没有未销号的隐患。"
    counted = (
        ("逾期未整改", sum(course.is_overdue for course in still)),
        ("重大隐患", sum(course.standing.level == "major" for course in still)),
        ("挂牌督办", sum(course.standing.supervised_by is not None for course in still)),
        ("停用", sum(course.standing.out_of_use for course in still)),
    )
    parts = _listed(counted)
    text = f"期末未销号隐患{len(still)}项" + (f"，其中{parts}" if parts else "，没有逾期未整改的")
    return f"{text}。详见附件。"


def _listed(counted: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{word}{count}项" for word, count in counted if count)


def intentions(still: Sequence[Course]) -> str:
    """五、下一步打算: what follows from what is open."""
    late = sum(course.is_overdue for course in still)
    rest = len(still) - late
    parts = []
    if late:
        parts.append(
            f"对逾期未整改的{late}项，逐项查明原因，重新明确责任人和完成时间，"
            "整改到位前落实临时防范措施"
        )
    if rest:
        parts.append(
            f"对{'其余' if late else ''}{rest}项未销号隐患，按整改时限整改，及时复查、销号"
        )
    parts.append("继续按规定的频次开展检查，发现隐患及时登记、整改、复查、销号")
    return "；".join(parts) + "。"
