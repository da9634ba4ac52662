"""What papers about one trainee say alike: a table of sessions, and one of what they did beside."""

from collections.abc import Sequence

from reportlab.platypus.flowables import CondPageBreak, Flowable

from models.records.fields import show_day
from models.records.figures import HOUR_RULES
from models.records.growth import Growth, placement_days
from models.records.record import show_answer
from models.records.training import PersonTotal, attended_minutes, session_hours
from models.reports.paper.faces import Faces
from models.reports.paper.fast_table import Column, fast_table
from models.reports.paper.paragraph import Style
from models.reports.report import paragraph, short_day

SIZE = 9.5
ROOM = 110.0  # for a heading and the first rows below it
NOTHING = Growth()
SESSIONS = (
    Column("序号", 26, "C"),
    Column("日期", 62, "C"),
    Column("主题"),
    Column("模块", 54, "C"),
    Column("形式", 54, "C"),
    Column("考勤", 34, "C"),
    Column("分钟", 34, "R"),
    Column("学时", 38, "R"),
)
BESIDE = (
    Column("序号", 26, "C"),
    Column("类别", 56, "C"),
    Column("内容"),
    Column("日期", 116, "C"),
    Column("数量", 60, "R"),
)


def section(words: str, faces: Faces) -> list[Flowable]:
    """The heading of a table, which may go on overleaf: it is not left alone at the foot."""
    return [CondPageBreak(ROOM), paragraph(words, Style(faces.hei, 12, 26, before=8))]


def session_table(total: PersonTotal, *, faces: Faces, width: float) -> Flowable:
    """Every session for which the person is marked, the earliest first."""
    rows: list[tuple[str, ...]] = []
    for training, mark in sorted(total.marks, key=lambda pair: str(pair[0].starts)):
        minutes = attended_minutes(training, mark)
        rows.append(
            (
                str(len(rows) + 1),
                short_day(training.starts.date() if training.starts else None),
                training.topic or "",
                show_answer(training, "module"),
                show_answer(training, "form"),
                show_answer(mark, "status"),
                str(training.share(minutes, total.year)),
                str(session_hours(training, minutes, total.year)),
            )
        )
    return fast_table(SESSIONS, rows, faces=faces, width=width, size=SIZE)


def beside_rows(growth: Growth) -> list[tuple[str, ...]]:
    """Talks, reflections, placements and projects, one row each."""
    rows: list[tuple[str, ...]] = []
    for talk in growth.talks:
        minutes = f"{talk.minutes}分钟" if talk.minutes else ""
        rows.append(("微分享", talk.topic or "", _day(talk, "held_on"), minutes))
    for one in growth.reflections:
        words = _joined(f"《{one.topic}》", show_answer(one, "rating"))
        count = "" if one.characters is None else f"{one.characters}字"
        rows.append(("心得感悟", words, _day(one, "submitted_on"), count))
    for stay in growth.placements:
        mentor = f"导师：{stay.mentor}" if stay.mentor else ""
        days = f"{placement_days(stay)}天"
        rows.append(("跟岗研修", _joined(stay.host, stay.post, mentor), _period(stay), days))
    for project in growth.projects:
        words = _joined(project.name, project.outcome)
        rows.append(("项目攻坚", words, _period(project), show_answer(project, "state")))
    return [(str(number), *row) for number, row in enumerate(rows, 1)]


def beside_table(growth: Growth, *, faces: Faces, width: float) -> Flowable:
    """The same as a table."""
    return fast_table(BESIDE, beside_rows(growth), faces=faces, width=width, size=SIZE)


def counts_of(growth: Growth) -> str:
    """微分享1次，心得感悟2篇（1000字），跟岗研修30天，项目攻坚1项."""
    return (
        f"微分享{len(growth.talks)}次，"
        f"心得感悟{len(growth.reflections)}篇（{growth.characters}字），"
        f"跟岗研修{growth.days}天，项目攻坚{len(growth.projects)}项"
    )


def module_words(total: PersonTotal, modules: Sequence[tuple[str, str]]) -> str:
    """The modules with hours: 党性教育10.00学时、聚焦发展4.00学时; empty where there are none."""
    hours = [(name, total.hours_of(code)) for code, name in modules]
    return "、".join(f"{name}{count}学时" for name, count in hours if count)


def rules_of(totals: Sequence[PersonTotal]) -> str:
    """How minutes became hours."""
    used = {session.hour_rule for total in totals for session, _ in total.marks}
    names = [rule.name for rule in HOUR_RULES.values() if rule.id in used]
    text = f"折算规则：{'、'.join(names) or '—'}。学时由分钟折算，四舍五入到两位小数；"
    text += "合计按总分钟折算，可能与各栏之和相差0.01。"
    if used - HOUR_RULES.keys():
        text += "有的活动用了本程序没有的折算规则，只计分钟，不计学时；请更新程序后再打印。"
    return text


def _day(record: object, name: str) -> str:
    day = getattr(record, name)
    return show_day(day) if day else ""


def _period(record: object) -> str:
    days = (_day(record, "begins"), _day(record, "ends"))
    return "至\n".join(filter(None, days))


def _joined(*words: str | None) -> str:
    return "；".join(filter(None, words))
