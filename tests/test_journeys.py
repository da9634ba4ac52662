"""The journeys that must feel effortless (design, section 1), through the window's real widgets."""

from shutil import copytree

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from models.exchange.delivery import delivery
from models.ledger import checklists, findings, inspections
from models.ledger.database import open_database
from models.ledger.history import history_of
from models.ledger.ledger import Ledger
from models.ledger.training import totals
from models.records.fields import Choice, Day, Pair, TimeOfDay
from models.records.finding import Finding
from models.records.five_management import ChecklistAnswer
from models.records.inspection import RESULTS
from models.records.record import fields_of
from tests.collecting import collecting  # noqa: F401  for every test here
from tests.conftest import RESOURCES, TODAY, a_finding, a_step, the_initials
from tests.models.exchange.enrolling import enrol, send, take
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import Tasks

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def new_ledger(home, clock):
    ledger = Ledger(open_database(home), home, clock=clock, initials=the_initials())
    yield ledger
    ledger.close()


@pytest.fixture
def open_window(qtbot):
    """Opens the window on a ledger; it is gone before the ledger is closed."""
    opened = []

    def open_it(ledger):
        tasks = Tasks()
        window = MainWindow(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), tasks)
        window.show()
        opened.append((window, tasks))
        return window

    yield open_it
    for window, tasks in opened:
        tasks.close()
        shiboken6.delete(window)


def write(text):
    """Type as an input method does: the words come in one piece."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def test_j1_the_first_morning_asks_at_most_eight_questions_and_leads_to_the_day_page(
    open_window, new_ledger
):
    window = open_window(new_ledger)
    first = window.centralWidget()
    asked = [row for form in (first.unit, first.school, first.person) for row in form.rows.values()]
    assert len([row for row in asked if not row.entry.raw()]) <= 8  # the others come answered
    first.unit.set_raw({"name": "示例县实验小学", "code": "２１３７０００００１"})
    first.school.entry("school_type").set_value("primary")
    first.school.entry("school_type").changed.emit()
    first.person.set_raw({"name": "李安全"})
    first.found()
    assert window.sidebar.current() == "today"
    assert new_ledger.unit == "2137000001"
    assert new_ledger.organisation.stages == {"primary_low", "primary_mid", "primary_high"}


def test_j2_a_finding_is_written_with_the_keyboard_alone(open_window, ledger, qtbot):
    window = open_window(ledger)
    with qtbot.waitActive(window):
        window.activateWindow()
    required = [name for name, kind in fields_of(Finding).items() if kind.required]
    assert len(required) <= 5
    keys = Keys(qtbot)
    keys.press(Qt.Key.Key_N, modifier=CONTROL)
    form = window.page("findings").form
    qtbot.waitUntil(lambda: form.form.entry("description").hasFocus())
    keys.write("灭火器压力不足，指针在红区")
    keys.press(Qt.Key.Key_Tab)
    assert form.form.entry("place").hasFocus()
    keys.write("教学楼一层东侧")
    keys.press(Qt.Key.Key_S, modifier=CONTROL)
    assert keys.pressed == 5  # of which two are answers; all the others are known
    (saved,) = ledger.all(Finding)
    assert (saved.number, saved.category) == ("2026-0001", "fire")
    assert (saved.found_on, saved.finder) == (TODAY, "李安全")
    created = history_of(ledger, "finding", saved.id)
    assert {(c.field, c.new) for c in created} >= {("部位", "教学楼一层东侧")}
    assert {c.who for c in created} == {"李安全"}


class Keys:
    """Presses keys where the focus is, and counts them; a text committed at once is one answer."""

    def __init__(self, qtbot):
        self._qtbot, self.pressed = qtbot, 0

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self._qtbot.keyClick(QApplication.focusWidget(), key, modifier)
            self.pressed += 1

    def write(self, text):
        write(text)
        self.pressed += 1


def results_of(ledger):
    (round_,) = inspections.recent(ledger)
    return inspections.answers(ledger, round_.inspection)


def test_j3_forty_items_are_inspected_with_one_key_each_and_no_key_is_ever_lost(
    open_window, ledger, qtbot, tmp_path, clock
):
    window = open_window(ledger)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("inspection", "")
    page = window.page("inspection")
    page.form.form.entry("kind").set_value("term")
    qtbot.keyClick(page.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = [item.id for item in page.run._items]
    assert len(asked) >= 40

    # one key an item; each is in the ledger before the next is pressed
    keys = Keys(qtbot)
    for number, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_3) * 10, start=1):
        keys.press(key)
        assert len(results_of(ledger)) == number
    assert keys.pressed == 20

    # a failed one: the key, a place, Enter; it has become a finding with all that is known
    before = keys.pressed
    keys.press(Qt.Key.Key_2)
    keys.write("综合楼二层")
    keys.press(Qt.Key.Key_Return)
    assert keys.pressed - before <= 5
    (finding,) = ledger.all(Finding)
    item = page.run._items[20]
    assert (finding.item, finding.category, finding.basis) == (item.id, item.category, item.basis)
    assert (finding.place, finding.source) == ("综合楼二层", "term")
    assert page.run.current.hasFocus()
    assert page.run.current.item.id == asked[21]

    # Esc within a note leaves the note only
    keys.press(Qt.Key.Key_N)
    keys.write("钥匙在门卫")
    keys.press(Qt.Key.Key_Escape)
    assert page.run.isVisible()
    assert page.run.current.hasFocus()

    # the power fails: what lies on the disk this very moment is opened by another program
    copytree(ledger.home, tmp_path / "after", ignore=lambda *_: ["lock"])
    after = Ledger(
        open_database(tmp_path / "after"),
        tmp_path / "after",
        clock=clock,
        initials=the_initials(),
    )
    again = open_window(after)
    with qtbot.waitActive(again):
        again.activateWindow()
    qtbot.waitUntil(lambda: "today" in again._pages)
    again.page("today").waiting._action.click()
    run = again.page("inspection").run
    assert run.current.item.id == asked[21]
    assert run.current.note.text() == "钥匙在门卫"

    keys.pressed = 0
    keys.press(*[Qt.Key.Key_1] * (len(asked) - 21))
    assert keys.pressed == len(asked) - 21
    assert run.end_button.hasFocus()
    keys.press(Qt.Key.Key_Return)
    (ended,) = inspections.recent(after)
    assert ended.inspection.ended is not None
    assert (ended.progress.failed, ended.progress.left) == (1, 0)
    assert {answer.result for answer in results_of(after).values()} == set(RESULTS)
    again.close()
    after.close()


def test_j4_the_loop_closes_and_the_notice_prints_without_typing_anything_twice(
    open_window, ledger, qtbot
):
    window = open_window(ledger)
    finding = findings.register(
        ledger,
        Finding(
            description="疏散通道堆放桌椅",
            place="综合楼二层",
            category="fire",
            found_on=TODAY,
            finder="李安全",
            responsible="赵𬱖",
        ),
    )
    window.go("findings", finding.id)
    page = window.page("findings")
    answers = {
        "graded": {"level": "general", "opinion": "可以马上整改"},
        "notice_issued": {"deadline": "2026-12-01"},
        "submitted": {"opinion": "已清空，没有拍照", "person": "赵𬱖", "cost": "0"},
        "recheck_passed": {"person": "张㛃"},
        "closed": {"opinion": "同意销号"},
    }
    for kind, typed in answers.items():
        page.detail.step_asked.emit(kind)
        page.step_form.form.set_raw(typed)
        page.step_form.save()
    assert findings.standing(ledger, finding).state == "closed"
    page.detail.print_button.click()
    reports = window.page("reports")
    qtbot.waitUntil(lambda: reports.preview.view.count > 0, timeout=10_000)
    assert reports.kind.key == "rectification_notice"


def test_j4_a_simple_finding_is_closed_from_the_list_with_six_keys(open_window, ledger, qtbot):
    """立行立改 was reported by 赵𬱖: 李安全 rechecks it and closes it, without leaving the list."""
    finding = findings.register(ledger, a_finding())
    findings.take_step(ledger, finding, a_step("fixed_on_site", person="赵𬱖"))
    window = open_window(ledger)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("findings", finding.id)
    page = window.page("findings")
    page.list.table.setFocus()
    keys = Keys(qtbot)
    for step in ("recheck_passed", "closed"):
        keys.press(Qt.Key.Key_1)
        qtbot.waitUntil(lambda: page.step_form.isAncestorOf(QApplication.focusWidget()))
        assert page.step_form.kind == step
        keys.press(Qt.Key.Key_S, modifier=CONTROL)
        qtbot.waitUntil(page.list.table.hasFocus)
    assert findings.standing(ledger, finding).state == "closed"
    assert keys.pressed <= 6
    taken = [(step.kind, step.person) for step in findings.steps(ledger, finding)]
    assert taken[1:] == [("recheck_passed", "李安全"), ("closed", "李安全")]


def test_j4_ten_findings_are_rechecked_and_closed_with_six_keys(open_window, ledger, qtbot):
    for _ in range(10):
        finding = findings.register(ledger, a_finding())
        findings.take_step(ledger, finding, a_step("fixed_on_site", person="赵𬱖"))
    window = open_window(ledger)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("findings", finding.id)
    page = window.page("findings")
    page.list.table.setFocus()
    keys = Keys(qtbot)
    for number, step in ((Qt.Key.Key_2, "recheck_passed"), (Qt.Key.Key_4, "closed")):
        keys.press(Qt.Key.Key_A, modifier=CONTROL)
        keys.press(number)
        qtbot.waitUntil(lambda: page.many.isAncestorOf(QApplication.focusWidget()))
        assert page.many.many.form.kind == step
        keys.press(Qt.Key.Key_S, modifier=CONTROL)
        qtbot.waitUntil(page.list.table.hasFocus)
    assert findings.counts(ledger, TODAY).closed == 10
    assert keys.pressed == 6


def test_j5_a_month_is_checked_and_the_rate_shows_both_numbers(open_window, ledger, qtbot):
    window = open_window(ledger)
    window.go("five_management")
    page = window.page("five_management")
    page.show_area("homework")
    rows = page.panels["homework"].rows
    qtbot.keyClick(rows["fm.hw.01"].focusProxy().focusProxy().focusProxy(), Qt.Key.Key_1)
    typed = rows["fm.hw.02"].entry.widget
    typed.setText("６０")  # full-width digits are read
    typed.textEdited.emit(typed.text())
    assert rows["fm.hw.02"].commit()
    # a reverse item: 否 is 达标
    qtbot.keyClick(rows["fm.hw.07"].focusProxy().focusProxy().focusProxy(), Qt.Key.Key_2)
    page.refresh()
    assert [rows[n].verdict.text() for n in ("fm.hw.01", "fm.hw.02", "fm.hw.07")] == ["达标"] * 3
    assert "3/10" in page.cards["homework"].accessibleName()


def usual_answer(line):
    """An answer in plain form that nobody would ask about."""
    field = line.field
    if isinstance(field, Choice):
        return next((rule.value for rule in line.item.rules if rule.op == "eq"), "yes")
    if isinstance(field, Pair):
        return "12/3"
    if isinstance(field, TimeOfDay):
        return field.to_plain(field.low.replace(minute=30))
    if isinstance(field, Day):
        return "2026-10-09"
    return str(int(field.low) + 1)


def test_j5_a_month_like_the_last_one_is_confirmed_within_ten_minutes(open_window, ledger, qtbot):
    """By the keystroke-level model: 0.28 s a key, 1.35 s to think about each item."""
    window = open_window(ledger)
    template = window._session.checklist
    lines = [
        line
        for line in template.lines(ledger.organisation.scopes)
        if line.item.filled_by == "school"
    ]
    last = checklists.new_sheet(ledger, template, "2026-10")
    for line in lines:
        answer = ChecklistAnswer(line=line.id, response=usual_answer(line), detail="赵𬱖")
        checklists.save_answer(ledger, last, answer)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("five_management")
    page = window.page("five_management")
    keys = Keys(qtbot)
    for at, area in enumerate(page.cards):
        if at:
            keys.press(Qt.Key.Key_PageDown, modifier=CONTROL)
        rows = [*page.panels[area].rows.values()]
        page.panels[area].reveal(rows[0])  # what Tab does
        keys.pressed += 1
        for row in rows:
            assert row.isAncestorOf(QApplication.focusWidget()), row.line.id
            keys.press(Qt.Key.Key_D, modifier=CONTROL)
            keys.press(Qt.Key.Key_Return)
    filled = checklists.sheet(ledger, "2026-11")
    assert checklists.answers(ledger, filled).keys() == {line.id for line in lines}
    assert len(lines) > 60
    assert keys.pressed * 0.28 + len(lines) * 1.35 <= 600


def test_j6_sixty_people_attend_with_at_most_seventy_keys_and_their_hours_add_up(
    open_window, ledger, qtbot
):
    window = open_window(ledger)
    window.go("training")
    page = window.page("training")
    page.add_people()
    page.people_tab.paste.start("\n".join(f"学员{n:02}\t教师\t教务处" for n in range(60)))
    page.people_tab.paste.add()
    page.new_session()
    form = page.sessions_tab.form
    form.panel.form.set_raw(
        {
            "topic": "党性教育专题",
            "module": "party_spirit",
            "form": "lecture",
            "starts": "2026-11-20 8：30",
            "ends": "2026-11-20 11:30",
            "hour_rule": "m45",
        }
    )
    form.panel.save()
    page.open_attendance(form.opened.id)
    view = page.attendance_tab.view
    keys = [Qt.Key.Key_P] * 58 + [Qt.Key.Key_A, Qt.Key.Key_Q]
    for key in keys:
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_4)  # the minutes of the leave
    for key in (Qt.Key.Key_5, Qt.Key.Key_Return):
        qtbot.keyClick(view.findChildren(QLineEdit)[-1], key)
    QApplication.processEvents()
    assert len(keys) + 3 <= 70
    people = totals(ledger, 2026)
    hours = [(p.total_minutes, str(p.total)) for p in people]
    assert hours == [(180, "4.00")] * 58 + [(0, "0.00"), (135, "3.00")]


def test_j8_handing_over_is_one_button_and_a_reply_says_it_arrived(
    open_window, ledger, office, qtbot
):
    enrol(office, ledger)
    window = open_window(ledger)
    window.go("exchange")
    page = window.page("exchange")
    before = delivery(ledger)
    assert before.waiting == before.unpacked > 0
    page.send.make.click()
    bundles = ledger.home / "数据包"
    qtbot.waitUntil(lambda: bundles.exists() and any(bundles.glob("*.aqb")), timeout=5000)
    (bundle,) = bundles.glob("*.aqb")
    qtbot.waitUntil(lambda: bundle.name in page.send.files.words.text())
    assert delivery(ledger).unpacked == 0
    assert take(office, bundle).clean
    reply = send(office, office.home / "回", ledger.unit)
    page.receive.read([reply.path])
    qtbot.waitUntil(lambda: delivery(ledger).waiting == 0, timeout=5000)
