"""What is not delivered, where it is opened, and a receipt by telephone."""

from datetime import datetime

import pytest

from models.exchange.archive import NEWER, STRANGE
from models.exchange.delivery import Undelivered
from models.exchange.receipts import receipt_codes
from models.exchange.receive import ReceivedBundle
from models.exchange.report import Received
from models.ledger import findings
from models.records.finding import FindingStep, Photo
from models.records.five_management import Checklist, ChecklistAnswer
from models.records.inspection import InspectionAnswer
from models.records.person import Person
from models.records.risk import Duty
from models.records.training import Attendance, TrainingSession
from tests.conftest import a_finding, a_step
from tests.models.exchange.enrolling import hand_over
from tests.models.ledger.test_risks import a_point
from tests.models.ledger.test_schedule import a_drill, a_lesson, an_inspection
from ui.pages import exchange_log
from ui.pages.exchange import CODE, WAITING, ExchangePage
from ui.pages.exchange_log import _result
from ui.pages.exchange_records import LONGEST, Place, place_of


@pytest.fixture
def page(make_page, pair):
    return make_page(ExchangePage, pair[0])


def rows(view):
    model = view.table.model()
    return [
        [model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())
    ]


def test_the_undelivered_are_named_and_opened(page, pair, tmp_path, qtbot):
    school, office = pair
    hand_over(school, office, tmp_path)
    finding = findings.register(school, a_finding())
    page.tabs.setCurrentIndex(WAITING)
    first, *others = rows(page.undelivered)
    assert first == ["未交", f"隐患 {finding.number} 三楼东侧灭火器压力不足", "1", ""]
    assert [state for state, *_more in others] == ["已交未回执"] * 2
    with qtbot.waitSignal(page.open_asked) as asked:
        page.undelivered.table.opened.emit(f"new:{finding.id}")
    assert asked.args == ["findings", finding.id]


def test_what_was_sent_back_says_why(page, monkeypatch):
    found = [Undelivered("finding", "gone", "returned", 2, "rights")]
    monkeypatch.setattr(exchange_log, "undelivered", lambda _ledger, _most: found)
    page.tabs.setCurrentIndex(WAITING)
    assert rows(page.undelivered) == [["被退回", "隐患（已删除）", "2", "对方按权限没有采用"]]
    page.undelivered._open("returned:gone")
    assert "没有可以打开的页面" in page.notice.text()


def test_all_delivered_is_said(page, monkeypatch):
    monkeypatch.setattr(exchange_log, "undelivered", lambda _ledger, _most: [])
    page.tabs.setCurrentIndex(WAITING)
    assert page.undelivered.stack.currentWidget() is page.undelivered.nothing


@pytest.mark.parametrize(("state", "words"), [(STRANGE, "入网办好"), (NEWER, "升级本程序")])
def test_a_file_that_waits_says_for_what(state, words):
    came = ReceivedBundle("0", "2026-11-23T08:00:00+00:00", "a.aqb", state, Received())
    assert words in _result(came)[0]


def test_a_receipt_is_taken_by_telephone(page, pair, tmp_path):
    school, office = pair
    hand_over(school, office, tmp_path)
    page.refresh()
    assert page.send.waiting.text() != "全部送达"
    page.tabs.setCurrentIndex(CODE)
    ((_device, code),) = receipt_codes(office, school.unit)
    page.code.code.entry.setText(code)
    page.code.code.button.click()
    assert "已登记：教育局收到了前" in page.notice.text()
    page.refresh()
    assert page.send.waiting.text() == "全部送达"


def test_a_code_of_another_ledger_is_refused_beside_it(page):
    page.code.code.entry.setText("b" * 14)
    page.code.code.button.click()
    assert "对不上" in page.code.code.problem.text()


def test_every_kind_of_record_has_its_page(ledger):
    finding = findings.register(ledger, a_finding(description="长" * 80))
    step = ledger.save(FindingStep(**{**vars(a_step("submitted")), "finding": finding.id}))
    photo = ledger.save(Photo(finding=finding.id, stage="before", sha256="0" * 64))
    sheet = ledger.save(Checklist(template="five", version="1", period="2026-10"))
    answer = ledger.save(ChecklistAnswer(checklist=sheet.id, line="B1", response="yes"))
    person = ledger.save(Person(name="赵𬱖", state="active"))
    session = ledger.save(
        TrainingSession(
            topic="消防",
            module="development",
            form="lecture",
            hour_rule="m45",
            starts=datetime(2026, 11, 23, 8, 30),
            ends=datetime(2026, 11, 23, 10, 0),
        )
    )
    attendance = ledger.save(Attendance(session=session.id, person=person.id, status="present"))
    organisation = ledger.organisation

    def where(record):
        place = place_of(ledger, record.table, record.id)
        assert len(place.title) <= LONGEST
        return (place.page, place.record)

    for record in (finding, step, photo):
        assert where(record) == ("findings", finding.id)
    for record in (sheet, answer):
        assert where(record) == ("five_management", "2026-10")
    for record in (session, attendance):
        assert where(record) == ("training", session.id)
    assert where(person) == ("settings", "people")
    assert where(organisation) == ("settings", "unit")
    assert place_of(ledger, "finding_step", step.id).title.startswith("办理步骤 报告整改完成 2026-")


def test_every_record_of_safety_has_its_page_too(ledger):
    inspection = ledger.save(an_inspection())
    answer = ledger.save(InspectionAnswer(inspection=inspection.id, item="sf.fire.01"))
    drill, lesson = ledger.save(a_drill()), ledger.save(a_lesson())
    photo = ledger.save(Photo(drill=drill.id, stage="drill", sha256="0" * 64))
    point = ledger.save(a_point())
    duty = ledger.save(Duty(post="校长", duties="对学校安全全面负责"))

    def where(record):
        place = place_of(ledger, record.table, record.id)
        return (place.page, place.record)

    assert where(inspection) == where(answer) == ("inspection", inspection.id)
    assert where(drill) == where(photo) == ("drills", drill.id)
    assert where(lesson) == ("drills", lesson.id)
    assert [where(point), where(duty)] == [("risks", point.id), ("risks", duty.id)]
    assert place_of(ledger, "photo", photo.id).title == "照片 秋季消防疏散"


def test_a_record_of_a_newer_program_has_no_page(ledger):
    assert place_of(ledger, "outing", "x.1") == Place("新版本程序的记录")
    step = ledger.save(a_step("submitted"))  # its finding never came
    assert place_of(ledger, "finding_step", step.id).page == ""
