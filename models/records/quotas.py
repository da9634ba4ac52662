"""How many 学时 bind a person, in how many years, and who says so: data, chosen for each person.

Source: domain D.1. What is not confirmed at its source is advice, and is called 建议.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quota:
    """So many hours within so many years; `days` where the source counts days as well."""

    id: str
    name: str
    hours: int
    years: int
    source: str
    confirmed: bool
    days: int = 0

    def span(self, year: int, since: int | None = None) -> tuple[int, int]:
        """The first and last year that count together with `year`.

        Periods follow each other from `since`; without it, the years that end with `year` count.
        """
        first = year - self.years + 1
        if since is not None:
            first = since + (year - since) // self.years * self.years
        return first, first + self.years - 1

    def missing(self, hours: Decimal) -> Decimal:
        """How many hours are missing; 0 where there are enough."""
        return max(Decimal(0), self.hours - hours)

    @property
    def basis(self) -> str:
        """The source in words; what is not confirmed says so."""
        return self.source if self.confirmed else f"建议值，{self.source}，请以主管部门的文件为准"


_CADRES = "《干部教育培训工作条例》（2023年修订）"
_TEACHERS = "按教师继续教育的通常做法"
QUOTAS = {
    quota.id: quota
    for quota in (
        Quota("cadre_year", "乡科级及以下干部：每年90学时（12天）", 90, 1, _CADRES, True, 12),
        Quota("cadre_five", "县处级以上干部：5年550学时", 550, 5, _CADRES, True),
        Quota("head_five", "在职校长：5年360学时", 360, 5, "中小学校长培训的规定", True),
        Quota("teacher_five", "教师（建议）：5年360学时", 360, 5, _TEACHERS, False),
        Quota("teacher_year", "教师（建议）：每年72学时", 72, 1, _TEACHERS, False),
        Quota(
            "professional_year",
            "专业技术人员（建议）：每年90学时",
            90,
            1,
            "按专业技术人员继续教育的通常做法",
            False,
        ),
    )
}
# Leave beyond this share of a programme's hours: the same 条例, confirmed.
LEAVE_SHARE = 7
LEAVE_BASIS = f"{_CADRES}：请假累计超过总学时七分之一的，按退学处理"
