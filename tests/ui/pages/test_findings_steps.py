from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from models.ledger import findings
from models.problems import AppError
from models.records.finding import Photo
from tests.conftest import TODAY, a_finding, a_step
from tests.ui.pages.findings_acts import kept, press, take, texts, type_in, wait_for_photos
from ui.colours import Tone
from ui.pages.findings_facts import timeline_of


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


def test_a_finding_goes_from_registered_to_closed(page, ledger):
    findings.register(ledger, a_finding(responsible="赵𬱖", measures="更换灭火器"))
    page.refresh()
    take(page, "graded", level="general", opinion="可以马上整改")
    press(page, "step_notice_issued")
    assert page.step_form.form.entry("document").raw() == "〔2026〕1号"
    type_in(page.step_form, deadline="2026-12-1")
    page.step_form.save()
    take(page, "rectifying")
    take(page, "submitted", opinion="已更换，没有拍照", cost="860", person="赵𬱖")
    take(page, "recheck_passed", person="李安全")
    take(page, "closed", approver="张㛃")
    (finding,) = kept(ledger)
    assert findings.standing(ledger, finding).state == "closed"
    assert page.detail.state.text() == "已销号"
    assert [step.kind for step in findings.steps(ledger, finding)] == [
        "graded",
        "notice_issued",
        "rectifying",
        "submitted",
        "recheck_passed",
        "closed",
    ]
    assert "实际花费：860 元" in "\n".join(texts(page.detail.timeline))


def test_only_the_legal_next_steps_are_offered(page, ledger):
    findings.register(ledger, a_finding())
    page.refresh()
    names = {b.objectName() for b in page.detail.next_steps.findChildren(QPushButton)}
    assert names == {"step_graded", "step_fixed_on_site", "step_taken_out_of_use"}


def test_who_rectified_may_not_recheck(page, ledger):
    finding = findings.register(ledger, a_finding())
    findings.take_step(ledger, finding, a_step("fixed_on_site", person="李安全"))
    page.refresh()
    press(page, "step_recheck_passed")
    assert page.step_form.form.entry("person").raw() == ""  # the user rectified it
    type_in(page.step_form, person="李安全")
    page.step_form.save()
    assert "另一个人" in page.step_form.form.rows["person"].complaint.text()
    assert findings.standing(ledger, finding).state == "fixed_on_site"
    type_in(page.step_form, person="张㛃")
    page.step_form.save()
    assert findings.standing(ledger, finding).state == "recheck_passed"


def test_a_step_asks_for_what_it_needs(page, ledger):
    findings.register(ledger, a_finding())
    page.refresh()
    take(page, "graded")
    assert page.step_form.form.rows["level"].complaint.isVisible()


def test_a_major_finding_is_not_rectified_before_the_five_stand(page, ledger):
    finding = findings.register(ledger, a_finding(level="major", responsible="赵𬱖"))
    findings.take_step(ledger, finding, a_step("graded", level="major"))
    page.refresh()
    badges = page.detail.commitments.badges
    assert badges["responsible"].text() == "✓ 责任人"
    assert badges["funding"].text() == "缺 整改资金"
    take(page, "rectifying")
    assert "五落实" in page.step_form.notice.text()
    page.step_form.close_form()
    press(page, "补填")
    assert page.form.isVisible()


def test_the_five_are_not_asked_of_a_common_finding(page, ledger):
    findings.register(ledger, a_finding(level="general"))
    page.refresh()
    assert page.detail.commitments.isHidden()


def test_a_step_half_filled_in_comes_back(page, ledger, make_findings_page):
    findings.register(ledger, a_finding())
    page.refresh()
    press(page, "step_fixed_on_site")
    type_in(page.step_form, opinion="当场搬走了")
    page.step_form.close_form()
    again = make_findings_page()
    press(again, "step_fixed_on_site")
    assert again.step_form.form.entry("opinion").raw() == "当场搬走了"


def test_a_step_out_of_turn_is_shown_in_grey_with_a_word():
    steps = [a_step("graded", id="1"), a_step("closed", id="2"), a_step("extended", id="3")]
    shown = timeline_of(a_finding(), steps, TODAY)
    assert [step.title for step in shown[:2]] == ["登记", "定级"]
    assert "次序不符" in shown[2].title
    assert (shown[2].tone, shown[2].open) == (Tone.GREY, True)
    assert "赵𬱖" in shown[2].by


def test_an_extension_stands_out():
    steps = [a_step("graded"), a_step("rectifying"), a_step("extended")]
    assert timeline_of(a_finding(), steps, TODAY)[-1].tone == Tone.ORANGE


def test_the_history_is_read_when_it_is_unfolded(page, ledger):
    finding = findings.register(ledger, a_finding())
    ledger.save(a_finding(id=finding.id, number=finding.number, place="一楼"), finding)
    page.refresh()
    changes = page.detail.history.changes
    assert changes.rowCount() == 0
    page.detail.history.button.click()
    assert changes.item(0, 3).text() == "部位：教学楼三楼 → 一楼"
    page.detail.history.button.click()
    assert changes.isHidden()


def test_the_notice_is_printed_by_whoever_listens(page, ledger, qtbot):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    with qtbot.waitSignal(page.open_asked) as asked:
        press(page, "打印整改通知书")
    assert asked.args == ["reports", f"rectification_notice:{finding.id}"]


def test_a_step_that_was_taken_elsewhere_meanwhile_is_refused_with_words(page, ledger):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    press(page, "step_fixed_on_site")
    type_in(page.step_form, opinion="当场搬走了")
    findings.take_step(ledger, finding, a_step("fixed_on_site"))  # a bundle brought it
    page.step_form.save()
    assert page.step_form.isVisible()
    assert page.step_form.notice.text()
    assert len(findings.steps(ledger, finding)) == 1


def test_flags_stand_beside_the_state_and_in_the_timeline(page, ledger):
    finding = findings.register(
        ledger, a_finding(found_on=TODAY - timedelta(9), deadline=TODAY - timedelta(2))
    )
    day = {"taken_on": TODAY - timedelta(9)}
    for step in (
        a_step("graded", **day),
        a_step("supervised", **day),
        a_step("taken_out_of_use", **day),
    ):
        findings.take_step(ledger, finding, step)
    page.refresh()
    flags = {name: badge.text() for name, badge in page.detail.flags.items() if badge.isVisible()}
    assert flags == {"supervised": "挂牌督办", "out_of_use": "已停用"}
    assert "示例县教育局" in texts(page.detail.facts)
    told = "\n".join(texts(page.detail.timeline))
    assert "督办单位：示例县教育局" in told
    assert "停用\n2026年11月14日 (周六) · 赵𬱖" in told
    assert told.endswith("已逾期 2 天\n整改时限 2026年11月21日 (周六)")


def test_extensions_and_failed_rechecks_are_counted(page, ledger):
    finding = findings.register(ledger, a_finding())
    for kind in ("graded", "notice_issued", "extended", "submitted"):
        findings.take_step(ledger, finding, a_step(kind))
    findings.take_step(ledger, finding, a_step("recheck_failed", person="张㛃"))
    page.refresh()
    flags = {name: badge.text() for name, badge in page.detail.flags.items() if badge.isVisible()}
    assert flags == {"extended": "已延期 1 次", "failed": "复查不合格 1 次"}


def test_supervision_asks_for_office_and_number_and_knows_the_office_next_time(page, ledger):
    for _ in range(2):
        findings.take_step(ledger, findings.register(ledger, a_finding()), a_step("graded"))
    page.refresh()
    take(page, "supervised")
    told = page.step_form.form.rows
    assert told["office"].complaint.text()
    assert told["document"].complaint.text()
    type_in(page.step_form, office="示例市教育局", document="示教安督〔2026〕3号")
    page.step_form.save()
    assert findings.supervisors(ledger) == ["示例市教育局"]
    page.list.table.choose(1)
    press(page, "step_supervised")
    assert page.step_form.form.entry("office").offered() == ["示例市教育局"]


def test_a_photo_of_what_was_done_is_asked_for_and_taken_in_at_the_step(page, ledger, jpeg, qtbot):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    take(page, "fixed_on_site", opinion="当场搬走了，没有拍照")
    assert "还没有整改后照片" in page.notice.text()
    findings.take_step(ledger, finding, a_step("recheck_failed", person="张㛃"))
    page.refresh()
    press(page, "step_submitted")
    with qtbot.waitSignal(page.after_photos.added):
        page.after_photos.take([jpeg])
    (photo,) = ledger.all(Photo)
    assert (photo.finding, photo.stage) == (finding.id, "after")
    wait_for_photos(qtbot, page.after_photos, 1)
    type_in(page.step_form, opinion="换了新的", cost="0", person="赵𬱖", taken_on="2026-11-23")
    page.step_form.save()
    assert "照片" not in page.notice.text()


def test_a_photo_that_is_ready_after_the_step_still_reaches_its_finding(page, ledger, jpeg, qtbot):
    finding = findings.register(ledger, a_finding())
    page.refresh()
    press(page, "step_fixed_on_site")
    type_in(page.step_form, opinion="当场搬走了")
    with qtbot.waitSignal(page.after_photos.added):
        page.after_photos.take([jpeg])
        page.step_form.save()
        press(page, "step_recheck_passed")  # another form: the old one is gone
    assert [photo.finding for photo in ledger.all(Photo)] == [finding.id]


def test_a_photo_taken_in_at_the_step_can_be_taken_out(page, ledger, qtbot):
    finding = findings.register(ledger, a_finding())
    ledger.save(Photo(finding=finding.id, stage="after", sha256="0" * 64))
    page.refresh()
    press(page, "step_fixed_on_site")
    page.after_photos.removed.emit(0)
    assert ledger.all(Photo) == []
    wait_for_photos(qtbot, page.after_photos, 0)


def test_a_photo_that_cannot_be_kept_at_the_step_is_told(page, ledger, jpeg, qtbot, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    findings.register(ledger, a_finding())
    page.refresh()
    press(page, "step_fixed_on_site")
    monkeypatch.setattr(ledger, "save_all", full)
    with qtbot.waitSignal(page.after_photos.added):
        page.after_photos.take([jpeg])
    qtbot.waitUntil(lambda: "磁盘已满" in page.notice.text())
    assert page.step_form.isVisible()
