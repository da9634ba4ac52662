"""What the report of a programme says: its measures in sentences, as seed 000 tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.records.fields import show_day
from models.records.figures import Rate, rounded
from models.records.growth import Growth, ten_thousands
from models.records.programme import Programme
from models.records.training import MODULES, PersonTotal, TrainingSession


@dataclass(frozen=True, slots=True)
class Course:
    """A programme with its sessions, its people and what they did; `growths` by person's id."""

    programme: Programme
    sessions: Sequence[TrainingSession]
    totals: Sequence[PersonTotal]
    growth: Growth
    growths: Mapping[str, Growth]

    @property
    def hours(self) -> Decimal:
        """Credit hours of all people together."""
        return sum((total.total for total in self.totals), Decimal("0.00"))


def basics(course: Course) -> str:
    """Who, when and how many."""
    programme = course.programme
    days = [show_day(one) for one in (programme.begins, programme.ends) if one]
    host = f"由{programme.organiser}主办，" if programme.organiser else ""
    planned = f"，计划{programme.plan}学时" if programme.plan else ""
    return f"{host}时间为{'至'.join(days)}，学员{len(course.totals)}人{planned}。"


def sessions(course: Course) -> str:
    """The sessions by module, the clock hours and the credit hours of all."""
    if not course.sessions:
        return "还没有登记这个班次的培训活动。"
    minutes = sum(session.minutes for session in course.sessions)
    clock = rounded(Decimal(minutes) / 60, 2).normalize()
    came = sum(len(total.attended) for total in course.totals)
    held = [
        f"{name}{count}次"
        for code, name in MODULES.items()
        if (count := sum(session.module == code for session in course.sessions))
    ]
    return (
        f"举办培训活动{len(course.sessions)}次、{clock:f}小时，其中{'、'.join(held)}；"
        f"参加{came}人次，全体学员合计{course.hours}学时，人均{_mean(course.hours, course)}学时。"
    )


def beside(course: Course) -> list[str]:
    """Talks, reflections with their characters, placements and projects."""
    growth = course.growth
    essays, characters = len(growth.reflections), growth.characters
    told = f"{ten_thousands(characters)}字"
    mean = f"，平均每篇{rounded(Decimal(characters) / essays, 0)}字" if essays else ""
    done = Rate(sum(one.state == "done" for one in growth.projects), len(growth.projects))
    finished = f"，已完成{done.part}项，完成率{done.percent()}" if growth.projects else ""
    return [
        f"开展微分享{len(growth.talks)}次；撰写心得感悟{essays}篇、{told}{mean}，"
        f"人均{_mean(Decimal(essays), course)}篇。",
        f"跟岗研修{len(growth.placements)}人次、{growth.days}天；"
        f"项目攻坚{len(growth.projects)}项{finished}。",
    ]


def _mean(whole: Decimal, course: Course) -> str:
    people = len(course.totals)
    return str(rounded(whole / people, 2)) if people else "—"
