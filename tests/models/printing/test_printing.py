import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from models.ledger import checklists, drafts, findings, training
from models.ledger.drills import save_drill_photos
from models.ledger.ledger import Ledger
from models.ledger.lines import natural_id
from models.printing import REPORTS, file_name, print_report
from models.printing.job import Job
from models.printing.letters import FORM
from models.problems import AppError
from models.records.finding import Finding, Photo
from models.records.five_management import ChecklistAnswer
from models.records.person import Person
from models.records.training import TrainingSession
from models.reports.paper.faces import Faces
from models.templates.five_management import load_template
from tests.conftest import Clock, a_finding, a_ledger, a_school, a_step
from tests.models.ledger.conftest import Writer
from tests.models.ledger.growing import a_programme
from tests.models.ledger.test_period import an_inspection
from tests.models.ledger.test_schedule import a_drill
from tests.models.printing.conftest import LISTS, Print
from tests.models.reports.paper.conftest import facts_of


def closed_on(ledger: Ledger, day: date, **changes: Any) -> Finding:
    """A finding that was found, fixed, rechecked and closed on this day."""
    finding = findings.register(ledger, a_finding(found_on=day, **changes))
    for kind in ("fixed_on_site", "recheck_passed", "closed"):
        person = "张㛃" if kind == "recheck_passed" else "赵𬱖"
        findings.take_step(ledger, finding, a_step(kind, taken_on=day, person=person))
    return finding


def a_session(ledger: Ledger, day: date, minutes: int = 90) -> TrainingSession:
    starts = datetime(day.year, day.month, day.day, 8, 0)
    return ledger.save(
        TrainingSession(
            topic="专题",
            module="project",
            form="lecture",
            mode="offline",
            starts=starts,
            ends=starts.replace(hour=8 + minutes // 60, minute=minutes % 60),
            hour_rule="m45",
        )
    )


def a_trainee(ledger: Ledger, name: str) -> Person:
    return ledger.save(Person(name=name, roles=frozenset({"trainee"}), state="active"))


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "PNG")
    return data.getvalue()


# ---- the ledger of findings -----------------------------------------------------------------


def test_the_ledger_of_a_year_holds_its_findings_with_their_steps(
    ledger: Ledger, printed: Print
) -> None:
    closed_on(ledger, date(2026, 11, 20), place="食堂")
    findings.register(ledger, a_finding(found_on=date(2026, 3, 2), place="北楼"))
    text = printed("findings_ledger", "2026")
    assert "填报单位（盖章）：示例县实验小学" in text
    assert "填报日期：2026年11月23日" in text
    assert text.index("北楼") < text.index("食堂")  # oldest first
    assert "张㛃2026年11月20日合格是2026年11月20日" in text
    assert "以前年度结转" not in text


def test_open_findings_are_carried_over_and_closed_ones_are_not(
    ledger: Ledger, printed: Print
) -> None:
    findings.register(ledger, a_finding(found_on=date(2024, 5, 1), place="旧楼梯间"))
    closed_on(ledger, date(2025, 12, 20), place="旧锅炉房")
    findings.register(ledger, a_finding(found_on=date(2027, 1, 1), place="新门卫室"))
    text = printed("findings_ledger", "2026")
    assert "以前年度结转的隐患，共1项" in text
    assert "旧楼梯间" in text
    assert "旧锅炉房" not in text
    assert "新门卫室" not in text


def test_what_was_closed_within_the_year_still_stands_in_its_ledger(
    ledger: Ledger, printed: Print
) -> None:
    old = findings.register(ledger, a_finding(found_on=date(2025, 12, 20), place="旧锅炉房"))
    for kind in ("fixed_on_site", "recheck_passed", "closed"):
        person = "张㛃" if kind == "recheck_passed" else "赵𬱖"
        findings.take_step(ledger, old, a_step(kind, taken_on=date(2026, 1, 3), person=person))
    assert "旧锅炉房" in printed("findings_ledger", "2026")
    assert "其中已销号1项" in printed("findings_ledger", "2026")


def test_deleted_findings_and_those_of_other_units_are_not_printed(
    ledger: Ledger, printed: Print
) -> None:
    ledger.remove(findings.register(ledger, a_finding(place="误记之处")))
    ledger.save(a_finding(unit="2137000002", place="别校食堂"))
    with pytest.raises(AppError, match=r"^2026年没有登记隐患，没有可打印的内容。$"):
        printed("findings_ledger", "2026")


def test_a_deleted_step_is_not_printed(ledger: Ledger, printed: Print) -> None:
    finding = findings.register(ledger, a_finding())
    step = findings.take_step(ledger, finding, a_step("fixed_on_site"))
    assert "待复查" in printed("findings_ledger", "2026")
    ledger.remove(step)
    assert "待复查" not in printed("findings_ledger", "2026")


def test_a_long_ledger_takes_no_more_queries_than_a_short_one(
    ledger: Ledger, printed: Print
) -> None:
    asked: list[str] = []
    with ledger.reading() as db:
        db.set_trace_callback(asked.append)
    counts = []
    for number in (1, 9):
        for _ in range(number):
            closed_on(ledger, date(2026, 11, 20))
        asked.clear()
        printed("findings_ledger", "2026")
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


# ---- the notice -----------------------------------------------------------------------------


def test_a_notice_has_its_number_and_the_photos_from_before(ledger: Ledger, printed: Print) -> None:
    finding = findings.register(ledger, a_finding(responsible="赵𬱖"))
    for step in (a_step("graded"), a_step("notice_issued", document="〔2026〕12号")):
        findings.take_step(ledger, finding, step)
    sha256 = ledger.attach(a_picture())
    for photo in (
        Photo(stage="before", sha256=sha256, taken_on=date(2026, 11, 1), caption="灭火器箱"),
        Photo(stage="before", sha256="0" * 64),
        Photo(stage="after", sha256=sha256, caption="换好以后"),
    ):
        ledger.save(replace(photo, finding=finding.id))
    text = printed("rectification_notice", finding.id)
    assert "〔2026〕12号赵𬱖：" in text
    assert "示例县实验小学（盖章）" in text
    assert "整改前灭火器箱2026年11月1日" in text
    assert "照片无法读取" in text
    assert "整改前（照片未收到）" in text
    assert "换好以后" not in text


def test_a_notice_names_the_unit_of_its_finding_or_its_code(ledger: Ledger, printed: Print) -> None:
    theirs = Writer(unit="2137000002")
    finding = theirs.create("finding", description="灭火器过期", found_on="2026-11-23")
    ledger.receive([theirs.segment()])
    assert "2137000002（盖章）" in printed("rectification_notice", finding)
    name = natural_id("2137000002", "organisation", ("2137000002",))
    theirs.update("organisation", name, name=[None, "示例县第二小学", 0, "0.0"])
    ledger.receive([theirs.segment()])
    assert "示例县第二小学（盖章）" in printed("rectification_notice", finding)


def test_there_is_no_notice_of_a_deleted_finding(ledger: Ledger, printed: Print) -> None:
    finding = findings.register(ledger, a_finding())
    ledger.remove(finding)
    with pytest.raises(AppError, match="这条隐患不在台账里，可能已经删除，没有可打印的内容。"):
        printed("rectification_notice", finding.id)


# ---- drills ---------------------------------------------------------------------------------


def test_the_record_of_a_drill_is_printed_with_its_photos(ledger: Ledger, printed: Print) -> None:
    drill = ledger.save(a_drill(storeys=4, evacuation_seconds=108))
    kept = ledger.attach(a_picture())
    save_drill_photos(ledger, drill, [kept, "f" * 64])
    text = printed("drill_record", drill.id)
    assert "示例县实验小学" in text
    assert "108秒（1分48秒）" in text
    assert "2026年11月23日（照片未收到）" in text
    assert text.count("2026年11月23日") == 3  # its time, and below both photos
    assert file_name(ledger, "drill_record", drill.id) == (
        "示例县实验小学-应急演练记录-2026-11-23-秋季消防疏散.pdf"
    )


def test_there_is_no_record_of_a_deleted_drill(ledger: Ledger, printed: Print) -> None:
    drill = ledger.save(a_drill())
    save_drill_photos(ledger, replace(drill, held=None), ["f" * 64])
    ledger.remove(drill)
    with pytest.raises(AppError, match="可能已经删除"):
        printed("drill_record", drill.id)
    assert file_name(ledger, "drill_record", drill.id) == "示例县实验小学-应急演练记录.pdf"


# ---- the checklist --------------------------------------------------------------------------


def test_a_sheet_of_a_month_is_printed_with_its_answers(ledger: Ledger, printed: Print) -> None:
    sheet = checklists.new_sheet(ledger, load_template(LISTS / "five_management.json"), "2026-11")
    answer = ChecklistAnswer(line="fm.hw.02", response="60", evidence="抽测表")
    checklists.save_answer(ledger, sheet, answer)
    text = printed("five_management", "2026-11")
    assert "2026年11月五项管理自查表" in text
    assert "学校（印章）：示例县实验小学" in text
    assert "60分钟佐证：抽测表达标" in text
    assert "A4作业：达标1/" in text
    assert "初中每天书面作业" not in text  # a primary school


@pytest.mark.parametrize("unit", [True, False])
def test_a_month_without_a_sheet_has_nothing_to_print(
    ledger: Ledger, printed: Print, unit: bool
) -> None:
    if not unit:
        ledger.set_setting("unit", "2137000009")
    with pytest.raises(AppError, match=r"^2026年9月没有填写五项管理自查表，没有可打印的内容。$"):
        printed("five_management", "2026-09")


# ---- training -------------------------------------------------------------------------------


def test_everybody_is_listed_with_their_hours_of_the_year(ledger: Ledger, printed: Print) -> None:
    names = ("赵𬱖", "张㛃", "李安全")
    came, idle, gone = (a_trainee(ledger, name) for name in names)
    session, old = (a_session(ledger, date(year, 3, 5), 670) for year in (2026, 2025))
    for held in (session, old):
        training.mark_attendance(ledger, held, came, "present")
    training.mark_attendance(ledger, session, gone, "present")
    training.mark_attendance(ledger, session, idle, "absent")
    training.mark_attendance(ledger, session, idle, "")  # taken back
    ledger.save(replace(gone, state="left"), gone)
    text = printed("training_summary", "2026")
    assert "1赵𬱖示例县实验小学14.890.0014.890.000.000.000.0014.8900/000" in text
    assert "2张㛃示例县实验小学0.000.000.000.000.000.000.000.0000/000" in text
    assert "3李安全示例县实验小学14.890.0014.890.000.000.000.0014.8900/000已离岗" in text


def test_who_was_deleted_is_not_listed(ledger: Ledger, printed: Print) -> None:
    stays, goes = a_trainee(ledger, "赵𬱖"), a_trainee(ledger, "张㛃")
    session = a_session(ledger, date(2026, 3, 5))
    for person in (stays, goes):
        training.mark_attendance(ledger, session, person, "present")
    ledger.remove(goes)
    text = printed("training_summary", "2026")
    assert "赵𬱖" in text
    assert "张㛃" not in text


def test_a_year_without_attendance_has_nothing_to_print(ledger: Ledger, printed: Print) -> None:
    a_trainee(ledger, "赵𬱖")
    a_session(ledger, date(2026, 3, 5))
    with pytest.raises(AppError, match=r"^2026年没有登记培训考勤，没有可打印的内容。$"):
        printed("training_summary", "2026")


def test_a_report_of_a_period_is_printed_like_any_other(ledger: Ledger, printed: Print) -> None:
    findings.register(ledger, a_finding())
    assert "2026年11月安全隐患排查治理月报" in printed("month_report", "2026-11")
    assert "第一学期安全隐患排查治理报告" in printed("term_report", "2026-1")
    assert "双月督查点评情况报告" in printed("review_report", "2026-11")


# ---- parameters and names -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "parameter"),
    [
        ("findings_ledger", "今年"),
        ("training_summary", ""),
        ("five_management", "2026-13"),
        ("month_report", "2026"),
        ("term_report", "2026-3"),
    ],
)
def test_what_is_no_year_or_month_is_said_so(printed: Print, key: str, parameter: str) -> None:
    with pytest.raises(AppError, match="没有打印。请按 2026"):
        printed(key, parameter)


def test_characters_that_no_font_has_are_reported(
    ledger: Ledger, faces: Faces, tmp_path: Path
) -> None:
    findings.register(ledger, a_finding(description="见😀图"))
    path = tmp_path / "report.pdf"
    result = print_report(Job(ledger, LISTS, faces), "findings_ledger", "2026", path)
    assert result.missing == ("😀",)


def test_a_file_says_who_wrote_it_and_what_it_is_about(
    ledger: Ledger, faces: Faces, tmp_path: Path
) -> None:
    finding = findings.register(ledger, a_finding())
    for step in (a_step("graded"), a_step("notice_issued", document="〔2026〕12号")):
        findings.take_step(ledger, finding, step)
    path = tmp_path / "report.pdf"
    result = print_report(Job(ledger, LISTS, faces), "rectification_notice", finding.id, path)
    facts = facts_of(path)
    assert (facts["Title"], facts["Subject"]) == ("安全隐患整改通知书", "整改通知书-2026-0001")
    assert facts["Author"] == "示例县实验小学"
    assert result.code in facts["Keywords"]


def test_on_another_day_the_same_records_have_the_same_code(
    ledger: Ledger, clock: Clock, faces: Faces, tmp_path: Path
) -> None:
    findings.register(ledger, a_finding(found_on=date(2026, 3, 3)))
    zhao = a_trainee(ledger, "赵𬱖")
    training.mark_attendance(ledger, a_session(ledger, date(2026, 3, 5), 90), zhao, "present")
    asked = {
        "findings_ledger": "2026",
        "training_summary": "2026",
        "hours_proof": f"{zhao.id}@2026",
        "training_file": zhao.id,
        "month_report": "2026-03",
        "official_letter": "now",
    }
    drafts.keep(
        ledger, FORM, {"text": "通知\n各班：", "number": "示〔2026〕1号", "copies": "各班。"}
    )

    def codes() -> list[str]:
        path = tmp_path / "report.pdf"
        printed = (print_report(Job(ledger, LISTS, faces), *one, path) for one in asked.items())
        return [result.code for result in printed]

    first = codes()
    clock.at += timedelta(days=2)
    assert codes() == first
    findings.register(ledger, a_finding())
    assert [old == new for old, new in zip(first, codes(), strict=True)] == [False] + [True] * 5


def test_files_are_named_by_unit_matter_and_time(ledger: Ledger) -> None:
    finding = findings.register(ledger, a_finding())
    held = ledger.save(an_inspection(datetime(2026, 11, 20, 9, 0)))
    zhao, course = a_trainee(ledger, "赵𬱖"), ledger.save(a_programme())
    drafts.keep(ledger, FORM, {"text": "关于安全检查的通知\n各班："})
    names = {
        ("findings_ledger", "2026"): "2026年隐患排查治理台账",
        ("inspection_sheet", held.id): "安全检查登记表-日常巡查-2026年11月20日",
        ("drill_record", "gone"): "应急演练记录",
        ("inspection_sheet", "gone"): "安全检查登记表",
        ("rectification_notice", finding.id): "整改通知书-2026-0001",
        ("rectification_notice", "〔2026〕12号"): "整改通知书-〔2026〕12号",
        ("rectification_receipt", "〔2026〕12号"): "整改回执-〔2026〕12号",
        ("recheck_opinion", "〔2026〕12号"): "复查意见书-〔2026〕12号",
        ("closing_slip", finding.id): "销号单-2026-0001",
        ("closing_slip", "gone"): "销号单",
        ("major_plan", finding.id): "重大隐患治理方案-2026-0001",
        ("risk_list", "now"): "安全风险清单",
        ("duty_list", "now"): "安全责任清单",
        ("tasks_ledger", "now"): "整改与办实事任务台账",
        ("five_management", "2026-03"): "2026年3月五项管理自查表",
        ("training_summary", "2026"): "2026年培训学时汇总表",
        ("five_points", "2026-11"): "2026年11月“五项管理”实地督查要点",
        ("five_letter", "2026-11"): "2026年11月五项管理自查报告",
        ("five_term", "2026-1"): "2026—2027学年第一学期五项管理自查报告",
        ("five_term", "soon"): "五项管理自查报告",
        ("homework_spot", "2026-11"): "2026年11月作业抽测统计表",
        ("sleep_spot", "blank"): "睡眠抽测统计表（空白）",
        ("measures", "2026"): "2026—2027学年方案与举措",
        ("hours_proof", f"{zhao.id}@2026"): "培训学时证明-赵𬱖-2026",
        ("hours_proof", "gone@2026"): "培训学时证明-2026",
        ("training_file", zhao.id): "培训档案-赵𬱖",
        ("certificates", course.id): "结业证书-优秀年轻干部培训班",
        ("programme_report", "gone"): "培训情况报告",
        ("self_test", f"{zhao.id}@2026上"): "能力自测表-赵𬱖-2026上",
        ("month_report", "2026-03"): "2026年3月安全隐患排查治理月报",
        ("term_report", "2026-2"): "2026—2027学年第二学期安全隐患排查治理报告",
        ("official_letter", "now"): "关于安全检查的通知",
        ("review_report", "2026-12"): "2026年12月至2027年1月双月督查点评情况报告",
    }
    assert {kind for kind, _ in names} == REPORTS.keys()
    for pair, name in names.items():
        assert file_name(ledger, *pair) == f"示例县实验小学-{name}.pdf"


@pytest.mark.parametrize("key", ["five_management", "month_report", "review_report"])
def test_what_is_no_month_names_no_file(ledger: Ledger, key: str) -> None:
    with pytest.raises(AppError, match="“2026-13”不是月份"):
        file_name(ledger, key, "2026-13")


@pytest.mark.parametrize(
    ("unit", "begins", "length"),
    [
        ("示例县" * 20, "示例县示例县", 80),
        (r' ..\示/例:县*实?"验<小>学|' + "\x7f\u200b", "示例县实验小学-", 37),
    ],
)
def test_a_name_of_a_file_is_short_and_legal(
    tmp_path: Path, clock: Clock, unit: str, begins: str, length: int
) -> None:
    ledger = a_ledger(tmp_path / "long", a_school(name=unit), clock=clock)
    finding = ledger.save(a_finding(number="2026/" + "1" * 15))
    name = file_name(ledger, "rectification_notice", finding.id)
    ledger.close()
    assert name.startswith(begins)
    assert name.endswith("-整改通知书-2026" + "1" * 15 + ".pdf")
    assert len(name) == length
    assert not set(name) & set('\\/:*?"<>|\u200b\x7f')
