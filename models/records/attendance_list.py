"""A list of who attended, pasted from Excel or any text: read line by line, doubts beside each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.problems import Problem
from models.records.fields import Number
from models.records.person import Person, bare_name
from models.records.reading import narrow, tidy
from models.records.record import check_answer, fields_of
from models.records.training import ATTENDANCE, Attendance, TrainingSession, check_leave

# What lists write for the four marks, beside the words of the program.
_WORDS = {
    "present": "出 到 到场 参加 已到 已签到 签到 是 √ ✓ ✔ P 1",
    "late": "迟 晚到 L",
    "leave": "假 事假 病假 公假 Q",
    "absent": "缺 旷课 未到 未参加 否 × ✗ X A 0",
}
STATUSES: Mapping[str, str] = {
    **{word: status for status, word in ATTENDANCE.items()},
    **{word: status for status, words in _WORDS.items() for word in words.split()},
}
_HEADINGS = ("姓名", "名字")
_NUMBERED = re.compile(r"\d+[.、．]?")
_HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个?小时|h)", re.IGNORECASE)
_LENGTH = re.compile(r"\d+(?:\.\d+)?\s*(?:分钟|个?小时|h)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedMark:
    """One line of the list: whom it marks and how, or the problem of it."""

    line: int
    name: str
    person: Person | None = None
    status: str = ""
    leave_minutes: int | None = None
    reason: str | None = None
    problem: str = ""


def read_leave(text: str) -> int:
    """Minutes of leave: 45, 45 分钟, 1.5 小时. Raises the Problem of what is no number of them."""
    kind = fields_of(Attendance)["leave_minutes"]
    assert isinstance(kind, Number)
    hours = _HOURS.fullmatch(narrow(text))
    minutes = int(Decimal(hours[1]) * 60) if hours else int(kind.parse(text))
    check_answer(kind, minutes)
    return minutes


def read_attendance(
    text: str, session: TrainingSession, people: Sequence[Person]
) -> list[ListedMark]:
    """Read a list; blank lines and headings are passed over. A bare name means present."""
    named: dict[str, list[Person]] = {}
    for person in people:
        named.setdefault(bare_name(person.name), []).append(person)
    found: list[ListedMark] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell for cell in _cells(line) if cell]
        if not cells or any(bare_name(cell) in _HEADINGS for cell in cells):
            continue
        try:
            person, others = _person(cells[0], cells[1:], named)
            if person.id in lines:
                raise Problem(f"与第 {lines[person.id]} 行是同一个人，请只留一行。")
            mark = _read(ListedMark(number, person.name or "", person), others, session)
            lines[person.id] = number
        except Problem as problem:
            mark = ListedMark(number, cells[0], problem=str(problem))
        found.append(mark)
    return found


def _cells(line: str) -> list[str]:
    """The cells without serial numbers; where blanks part them, a padded name is one cell."""
    if "\t" in line:
        cells = [tidy(cell) for cell in line.split("\t")]
    else:
        cells = re.sub(r"^((?:[^\W\d_]\s+)+[^\W\d_])(?=\s|$)", _closed, tidy(line)).split()
    if len(cells) > 1 and _NUMBERED.fullmatch(narrow(cells[0])):
        cells = cells[1:]
    return cells


def _closed(match: "re.Match[str]") -> str:
    """张　伟 is 张伟; a mark of one letter behind it stays a cell of its own."""
    parts = match[0].split()
    if len(parts) > 1 and parts[-1].upper() in STATUSES:
        return f"{''.join(parts[:-1])} {parts[-1]}"
    return "".join(parts)


def _read(mark: ListedMark, cells: Sequence[str], session: TrainingSession) -> ListedMark:
    """The mark with all that the cells behind the name say."""
    for cell in cells:
        mark = _with(mark, cell)
    mark = replace(mark, status=mark.status or ("leave" if mark.leave_minutes else "present"))
    if mark.leave_minutes is not None:
        check_leave(session, mark.leave_minutes)
    return mark


def _person(
    name: str, others: Sequence[str], named: Mapping[str, Sequence[Person]]
) -> tuple[Person, list[str]]:
    """Who is meant, and the cells that were not needed to say so."""
    bearers = named.get(bare_name(name), ())
    if not bearers:
        raise Problem(f"学员里没有“{name}”。请检查姓名，或先把他加入名单。")
    told = {cell for p in bearers for cell in (p.post, p.department) if cell}
    said = [cell for cell in others if cell in told]
    meant = [p for p in bearers if all(cell in (p.post, p.department) for cell in said)]
    if len(meant) != 1:
        raise Problem(f"有 {len(bearers)} 位“{name}”，请在姓名后面写上职务或部门。")
    return meant[0], [cell for cell in others if cell not in told]


def _with(mark: ListedMark, cell: str) -> ListedMark:
    """The mark with what one more cell says."""
    word = narrow(cell).upper()
    status = STATUSES.get(cell) or STATUSES.get(word)
    if status and not mark.status:
        kind_of_leave = cell if cell.endswith("假") and cell not in ("假", "请假") else None
        return replace(mark, status=status, reason=kind_of_leave)
    if _LENGTH.fullmatch(narrow(cell)) and mark.status in ("", "leave"):
        return replace(mark, leave_minutes=read_leave(cell))
    if mark.status in ("leave", "absent", "late"):
        check_answer(fields_of(Attendance)["reason"], cell)
        return replace(mark, reason=cell)
    raise Problem(f"看不懂“{cell}”。考勤请写出勤、迟到、请假或缺勤。")
