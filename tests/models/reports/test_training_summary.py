from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from models.records.growth import Growth
from models.records.person import Person
from models.records.quotas import QUOTAS
from models.records.training import MODULES, Attendance, PersonTotal, TrainingSession
from models.reports.paper.faces import Faces
from models.reports.training_summary import COLUMNS, texts_of, training_summary
from tests.conftest import TODAY
from tests.models.ledger.growing import a_placement, a_project, a_reflection, a_talk
from tests.models.reports.conftest import NASTY, SEEN, Print

SCHOOL = "示例县实验小学"


def a_session(minutes: int = 90, **changes: Any) -> TrainingSession:
    answers: dict[str, Any] = {
        "module": "development",
        "form": "lecture",
        "mode": "offline",
        "starts": datetime(2026, 3, 5, 8, 0),
        "ends": datetime(2026, 3, 5, 8 + minutes // 60, minutes % 60),
        "hour_rule": "m45",
        **changes,
    }
    return TrainingSession(**answers)


def a_mark(status: str = "present", leave: int | None = None) -> Attendance:
    return Attendance(status=status, leave_minutes=leave)


def cells(trainee: PersonTotal) -> dict[str, str]:
    titles = [column.title.replace("\n", "") for column in COLUMNS]
    return dict(zip(titles, texts_of(trainee, SCHOOL, 1), strict=True))


def a_trainee(*marks: tuple[TrainingSession, Attendance], **changes: Any) -> PersonTotal:
    return PersonTotal(Person(**{"name": "赵𬱖", "post": "年级主任", **changes}), marks)


def test_the_columns_stand_in_their_order() -> None:
    titles = [column.title.replace("\n", "") for column in COLUMNS]
    assert titles == [
        *("序号", "姓名", "单位", "职务", "应修学时", "线下学时", "线上学时", "合计学时"),
        *MODULES.values(),
        *("微分享（次）", "心得（篇/字）", "跟岗（天）", "项目（项）", "达标", "备注"),
    ]


def test_the_golden_hours_come_from_all_minutes() -> None:
    marks = [(a_session(670), a_mark())] * 3  # 2010 minutes, 33.5 hours by the clock
    row = cells(a_trainee(*marks))
    assert row["聚焦发展"] == row["线下学时"] == row["合计学时"] == "44.67"
    assert row["党性教育"] == row["线上学时"] == "0.00"
    assert row["备注"] == ""


def test_every_rule_converts_its_own_minutes() -> None:
    row = cells(a_trainee((a_session(90), a_mark()), (a_session(90, hour_rule="m60"), a_mark())))
    assert row["合计学时"] == "3.50"


def test_the_mode_is_not_guessed_except_for_the_network() -> None:
    marks = [
        (a_session(45, mode="online"), a_mark()),
        (a_session(45, mode=None, form="network"), a_mark()),
        (a_session(45, mode=None), a_mark()),
        (a_session(45, mode=None), a_mark("absent")),
    ]
    row = cells(a_trainee(*marks))
    assert (row["线下学时"], row["线上学时"], row["合计学时"]) == ("0.00", "2.00", "3.00")
    assert row["备注"] == "缺勤1次；1次活动未注明线上线下"


def test_the_notes_tell_who_was_away_and_who_has_left() -> None:
    marks = [
        (a_session(90), a_mark("leave", 45)),
        (a_session(90), a_mark("leave")),
        (a_session(90), a_mark("late")),
    ]
    row = cells(a_trainee(*marks, state="left", post=None, name=None))
    assert (row["姓名"], row["职务"], row["合计学时"]) == ("", "", "3.00")
    assert row["备注"] == "请假2次；已离岗"


def test_what_was_done_beside_the_sessions_stands_in_its_columns() -> None:
    person = Person(id="a.1", name="赵𬱖")
    growth = Growth(
        [a_talk(person)] * 2, [a_reflection(person)] * 3, [a_placement(person)], [a_project(person)]
    )
    titles = [column.title.replace("\n", "") for column in COLUMNS]
    row = dict(zip(titles, texts_of(PersonTotal(person), SCHOOL, 1, growth), strict=True))
    counts = [row[name] for name in ("微分享（次）", "心得（篇/字）", "跟岗（天）", "项目（项）")]
    assert counts == ["2", "3/1500", "30", "1"]


@pytest.mark.parametrize(("minutes", "word"), [(90 * 45, "是"), (90 * 45 - 45, "否")])
def test_who_is_judged_is_bound_by_a_quota(minutes: int, word: str) -> None:
    marks = [(a_session(45), a_mark())] * (minutes // 45)
    texts = texts_of(a_trainee(*marks), SCHOOL, 1, due=QUOTAS["cadre_year"])
    assert (texts[4], texts[-2]) == ("90", word)
    assert texts_of(a_trainee(*marks), SCHOOL, 1)[4] == ""


def test_the_sheet_names_the_rule_or_says_why_the_columns_are_empty(
    on_paper: Print, faces: Faces
) -> None:
    totals = [replace(a_trainee(), person=Person(id="a.1", name="赵𬱖"))]
    for due, words in (({}, "两栏留空"), ({"a.1": QUOTAS["cadre_year"]}, "依据：乡科级及以下干部")):
        text = on_paper(training_summary(SCHOOL, 2026, TODAY, totals, due=due, faces=faces)).text
        assert [one in text for one in ("两栏留空", "应修学时依据")] == [not due, bool(due)]
        assert words in text


def test_a_rule_of_a_newer_program_gives_minutes_and_says_so(on_paper: Print, faces: Faces) -> None:
    trainee = a_trainee((a_session(90, hour_rule="m50"), a_mark()))
    row = cells(trainee)
    assert row["合计学时"] == "0.00"
    text = on_paper(training_summary(SCHOOL, 2026, TODAY, [trainee], faces=faces)).text
    assert "折算规则：—。" in text
    assert "只计分钟，不计学时" in text


def test_the_sheet_has_head_rules_and_signatures(on_paper: Print, faces: Faces) -> None:
    trainees = [a_trainee((a_session(), a_mark()), name=name) for name in ("赵𬱖", "张㛃")] * 30
    paper = on_paper(training_summary(SCHOOL, 2026, TODAY, trainees, faces=faces))
    total = len(paper.pages)
    assert total > 1
    for number, page in enumerate(paper.pages, 1):
        assert "姓名单位职务" in page
        assert f"第{number}页共{total}页" in page
    assert "2026年培训学时汇总表" in paper.pages[0]
    assert "填表日期：2026年11月23日" in paper.pages[0]
    assert "折算规则：45分钟计1学时。" in paper.pages[-1]
    for words in ("填表人：", "审核人：", "单位（盖章）：示例县实验小学"):
        assert words in paper.pages[-1]
    assert "更新程序" not in paper.text
    assert paper.text.count("赵𬱖") == paper.text.count("张㛃") == 30


def test_whatever_people_type_prints_as_typed(on_paper: Print, faces: Faces) -> None:
    paper = on_paper(
        training_summary(SCHOOL, 2026, TODAY, [a_trainee(post=NASTY + "鑫" * 10_000)], faces=faces)
    )
    assert SEEN in paper.text
    assert paper.text.count("鑫") == 10_000
    assert paper.result.missing == ("😀",)
