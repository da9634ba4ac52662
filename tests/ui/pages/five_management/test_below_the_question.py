from decimal import Decimal
from functools import partial

from models.ledger import checklists
from models.ledger.evidence import save_evidence
from models.ledger.reviews import save_review
from models.records.five_management import ChecklistAnswer, ChecklistReview
from models.records.task import Task
from tests.ui.pages.five_management.sheet_acts import MONTH, answered_before

# ---- what stands below a question ----------------------------------------------------------------


def said_below(page, area, line):
    page.areas.show_area(area)
    strip = page.areas.panels[area].strips[line]
    return [label.text() for label in strip.question._remarks if label.isVisibleTo(strip)]


def test_counts_show_the_rate_they_come_to(session, open_page):
    answered_before(session, MONTH, pe_10="612/288", ph_12="40", ph_13="38")
    page = open_page(session)
    assert said_below(page, "fitness", "fm.pe.10") == ["近视率 47.06%（288/612）"]
    assert said_below(page, "phone", "fm.ph.13") == ["保管率 95.00%（38/40）"]


def test_a_sharp_change_wants_a_word_and_a_contradiction_a_correction(session, open_page):
    answered_before(session, pe_10="600/180")
    answered_before(session, MONTH, pe_10="600/300", ph_12="40", ph_13="41")
    page = open_page(session)
    (_rate, doubt) = said_below(page, "fitness", "fm.pe.10")
    assert doubt.startswith("请核对：和上期（600/180）相差较大")
    assert "待核对 1" in page.areas.panels["fitness"]._title.text()
    (wrong,) = said_below(page, "phone", "fm.ph.13")
    assert wrong.startswith("须改正：填了 41")
    page.areas.show_area("fitness")
    row = page.areas.panels["fitness"].rows["fm.pe.10"]
    assert row._keep("note", "本月换了筛查机构")
    assert said_below(page, "fitness", "fm.pe.10") == ["近视率 50.00%（300/600）"]
    assert "待核对" not in page.areas.panels["fitness"]._title.text()


def test_the_head_counts_what_is_to_be_mended_or_explained_and_leads_there(session, open_page):
    answered_before(session, pe_10="600/180")
    answered_before(session, MONTH, pe_10="600/300", ph_12="40", ph_13="41")
    page = open_page(session)
    assert page.doubtful.text() == "还有 2 项待核对"
    page.doubtful.click()
    assert page.areas.cards["phone"].isChecked()
    row = page.areas.panels["phone"].rows["fm.ph.13"]
    assert row.is_found
    assert row._keep("response", "40")
    page.doubtful.click()
    assert page.areas.cards["fitness"].isChecked()
    assert page.areas.panels["fitness"].rows["fm.pe.10"]._keep("note", "本月换了筛查机构")
    assert page.doubtful.isHidden()


def test_photos_of_a_line_are_counted(session, open_page, qtbot):
    answered_before(session, MONTH, ph_03="yes")
    page = open_page(session)
    assert said_below(page, "phone", "fm.ph.03") == []
    sheet = checklists.sheet(session.ledger, MONTH)
    for names in (["a" * 64, "b" * 64], ["c" * 64]):
        session.write(partial(save_evidence, filled=sheet, line="fm.ph.03", hashes=names), "photo")
    qtbot.waitUntil(lambda: said_below(page, "phone", "fm.ph.03") == ["佐证照片 3 张"])


def test_what_the_inspector_says_stands_beside_and_a_difference_is_seen(session, open_page):
    answered_before(session, MONTH, ph_03="yes", ph_05="2")
    sheet = checklists.sheet(session.ledger, MONTH)
    for line, result in (("fm.ph.03", "unmet"), ("fm.ph.05", "met"), ("fm.sl.11", "met")):
        save_review(session.ledger, sheet, ChecklistReview(line=line, result=result, note="已看"))
    page = open_page(session)
    (differs,) = said_below(page, "phone", "fm.ph.03")
    assert differs.startswith("督评·责任督学，与自评不同：不达标　已看　（李安全 2026-11-23）")
    assert said_below(page, "phone", "fm.ph.05")[0].startswith("督评·责任督学：达标")
    assert said_below(page, "sleep", "fm.sl.11")[0].startswith("督评·责任督学：达标")


def test_a_sheet_of_an_older_version_is_asked_as_it_was(session, open_page):
    old = session.checklist.as_of("2026.1")
    sheet = checklists.new_sheet(session.ledger, old, MONTH)
    answer = ChecklistAnswer(line="fm.pe.10", response="45.50")
    checklists.save_answer(session.ledger, sheet, answer)
    page = open_page(session)
    page.areas.show_area("fitness")
    row = page.areas.panels["fitness"].rows["fm.pe.10"]
    assert (row.line.field.unit, row.entry.value()) == ("%", Decimal("45.50"))


def test_what_fell_short_becomes_a_task_once_and_both_name_each_other(session, open_page, qtbot):
    answered_before(session, MONTH, ph_03="no", ph_05="2")
    page = open_page(session)
    with qtbot.waitSignal(page.open_asked) as asked:
        page.more.tasks.trigger()
    assert asked.args == ["tasks", "list"]
    (task,) = session.ledger.all(Task)
    assert task.name == "是否有手机保管装置（否），要求：是"
    assert (task.checklist, task.line) == (checklists.sheet(session.ledger, MONTH).id, "fm.ph.03")
    page.refresh()
    assert not page.more.tasks.isEnabled()
    (said,) = said_below(page, "phone", "fm.ph.03")
    assert said == "任务（办理中）：李安全，2026年12月23日前"
