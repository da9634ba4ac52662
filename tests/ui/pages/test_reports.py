import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog

from models.ledger import findings
from models.ledger.training import mark_attendance
from models.printing import FINDINGS, LETTERS, OTHERS, PERIOD_REPORTS, PERIODS, REPORTS, RISKS
from models.printing.periods import pairs_setting
from models.problems import AppError
from tests.conftest import ROOT, SCHOOL_CODE, a_finding, a_step
from tests.models.ledger.conftest import give
from tests.models.ledger.growing import a_programme, a_trainee, score_all
from tests.models.ledger.test_period import an_inspection
from tests.models.ledger.test_schedule import a_drill
from tests.models.ledger.test_training import a_session
from ui.pages.reports_choices import CHOICES
from ui.pages.reports_kinds import KEY, row_of
from ui.pages.reports_print import boxes_words
from ui.paper_printer import NOT_TAKEN
from ui.pdf_pages import LOST

KEYS = list(REPORTS)
COMMITTED = {"responsible": "赵𬱖", "measures": "换", "funding": 1, "contingency": "疏散"}


@pytest.fixture
def page(reports_page):
    return reports_page


@pytest.fixture
def printed(page, ledger, finish):
    """The page with the findings of the year shown."""
    findings.register(ledger, a_finding())
    finish(page.refresh)
    return page


def test_without_records_it_says_that_there_is_nothing_to_print(page, finish):
    finish(page.refresh)
    assert page.stack.currentWidget() is page._empty
    assert "没有登记隐患" in page._empty.accessibleName()
    assert not page.save_button.isEnabled()


def test_without_drills_it_says_so(page, qtbot):
    page.kinds.setCurrentRow(row_of(page.kinds, "drill_record"))
    qtbot.waitUntil(lambda: "还没有登记应急演练" in page._empty.accessibleName())


def walked(ledger, finding, *kinds):
    """A finding that was taken through these steps."""
    saved = findings.register(ledger, finding)
    if finding.level == "major":
        saved = ledger.save(replace(saved, **COMMITTED), saved)
    for kind in kinds:
        person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
        findings.take_step(ledger, saved, a_step(kind, person=person))
    return saved


def test_what_is_shown_is_the_printed_paper(printed):
    assert printed.stack.currentWidget() is printed.preview
    assert printed.header._subtitle.text() == "隐患排查治理台账　共 1 页"
    assert printed.save_button.isEnabled()


@pytest.mark.parametrize("key", KEYS)
def test_each_kind_offers_its_parameters(page, ledger, finish, key):
    for finding in (a_finding(level="major"), a_finding()):
        walked(ledger, finding, "graded", "notice_issued", "submitted", "recheck_passed", "closed")
    findings.register(ledger, a_finding(level="major"))
    ledger.save(an_inspection(datetime(2026, 11, 20, 9, 0)))
    ledger.save(a_drill())
    zhao = ledger.save(a_trainee("赵𬱖"))
    ledger.save(a_programme())
    mark_attendance(ledger, ledger.save(a_session()), zhao, "present")
    score_all(ledger, zhao)

    def choose():
        page.kinds.setCurrentRow(row_of(page.kinds, key))
        page.refresh()

    finish(choose)
    assert page.kind.key == key
    assert page.choice.accessibleName() == CHOICES[REPORTS[key].parameter].label
    known = ("2026", "〔2026〕1号　共 2 项", "现有全部", "赵𬱖", "优秀年轻干部", "这台电脑上写的")
    assert page.choice.currentText().startswith(known)
    assert page.pairs.isVisible() is (key in PERIOD_REPORTS)


def test_a_period_is_a_month_two_months_or_a_term(page, finish):
    offered = {}
    for key in sorted(PERIOD_REPORTS):
        finish(page.kinds.setCurrentRow, row_of(page.kinds, key))
        offered[key] = [page.choice.itemText(at) for at in range(2)]
    assert offered == {
        "month_report": ["2026年11月", "2026年10月"],
        "review_report": ["2026年10月至11月", "2026年9月至10月"],
        "term_report": ["2026—2027学年第一学期", "2025—2026学年第二学期"],
    }


def test_the_number_of_photos_is_kept_and_printed_anew(page, ledger, finish):
    findings.register(ledger, a_finding())
    finish(page.kinds.setCurrentRow, row_of(page.kinds, "month_report"))
    assert page.pairs.currentText() == "照片最多 12 组"
    page.pairs.setCurrentIndex(page.pairs.findData(50))
    before = page._shown.path
    finish(page.pairs.activated.emit, page.pairs.currentIndex())
    assert pairs_setting(ledger) == 50
    assert page._shown.path != before


def test_a_notice_without_any_finding_says_so(page, qtbot):
    page.kinds.setCurrentRow(row_of(page.kinds, "rectification_notice"))
    page.make()
    assert "还没有登记隐患" in page._empty.accessibleName()


def test_a_report_of_one_finding_is_opened_from_elsewhere(page, ledger, finish):
    first = findings.register(ledger, a_finding())
    findings.register(ledger, a_finding(place="食堂"))
    finish(page.open_record, f"rectification_notice:{first.id}")
    assert page.kind.key == "rectification_notice"
    assert page.choice.currentData() == first.id
    page.open_record("nonsense:x")
    assert page.kind.key == "rectification_notice"


def test_a_notice_that_was_issued_is_chosen_by_any_of_its_findings(page, ledger, finish):
    one, other = (
        walked(ledger, a_finding(place=place), "graded", "notice_issued")
        for place in ("食堂", "宿舍")
    )
    for finding in (one, other):
        finish(page.open_record, f"rectification_notice:{finding.id}")
        assert page.choice.currentText() == "〔2026〕1号　共 2 项"
    assert page.choice.itemText(1).endswith("宿舍")  # and the findings themselves


def test_an_inspection_too_old_for_the_list_is_still_offered(page, ledger, finish, monkeypatch):
    monkeypatch.setattr("ui.pages.reports_choices.NEWEST", 1)
    old, new = (ledger.save(an_inspection(datetime(2026, month, 1, 9, 0))) for month in (3, 11))
    finish(page.open_record, f"inspection_sheet:{old.id}")
    assert page.choice.currentText() == "2026年3月1日 9:00　日常巡查"
    finish(page.open_record, "inspection_sheet:gone.1")
    assert page.choice.currentData() == new.id


@pytest.mark.parametrize("key", ["closing_slip", "major_plan", "inspection_sheet"])
def test_where_nothing_can_be_chosen_the_page_says_what_is_missing(page, ledger, key):
    findings.register(ledger, a_finding())
    page.kinds.setCurrentRow(row_of(page.kinds, key))
    page.make()
    assert page._empty.accessibleName() == CHOICES[REPORTS[key].parameter].nothing


def test_headings_cannot_be_chosen(page, qtbot):
    headings = [page.kinds.item(row) for row in range(page.kinds.count())]
    headings = [item for item in headings if item.data(KEY) is None]
    assert [item.text() for item in headings] == [FINDINGS, RISKS, PERIODS, OTHERS, LETTERS]
    page.kinds.setCurrentRow(row_of(page.kinds, "major_plan"))
    qtbot.keyClick(page.kinds, Qt.Key.Key_Down)
    assert page.kind.key == "risk_list"  # stepped over its heading


def test_an_earlier_round_is_offered_when_asked_for(page, ledger, finish):
    kinds = ("graded", "notice_issued", "submitted", "recheck_passed", "closed", "reopened")
    finding = walked(ledger, a_finding(), *kinds)
    finish(page.open_record, f"closing_slip:{finding.id}@1")
    assert page.choice.currentText() == "2026-0001　教学楼三楼　第1轮整改"
    assert page.stack.currentWidget() is page.preview


def test_a_notice_of_the_office_is_offered_under_its_name(page, ledger, office, finish):
    give(ledger, office)
    finding = findings.register(office, a_finding(unit=SCHOOL_CODE))
    for kind in ("graded", "notice_issued"):
        findings.take_step(office, finding, a_step(kind))
    give(office, ledger)
    finish(page.open_record, "rectification_notice:nothing")
    offered = [page.choice.itemText(at) for at in range(page.choice.count())]
    assert offered[0] == "示例县教育局〔2026〕1号　共 1 项"
    assert page.choice.itemData(0) == finding.id


def test_a_finding_too_old_for_the_list_is_still_offered_when_asked_for(
    page, ledger, finish, monkeypatch
):
    monkeypatch.setattr("ui.pages.reports_choices.NEWEST", 1)
    old = findings.register(ledger, a_finding())
    findings.register(ledger, a_finding())
    finish(page.open_record, f"rectification_notice:{old.id}")
    assert page.choice.currentData() == old.id
    finish(page.open_record, "rectification_notice:gone.1")
    assert page.choice.currentIndex() == 0


def test_the_shown_paper_is_saved_under_a_name_people_understand(printed, tmp_path, monkeypatch):
    offered = []

    def choose(_parent, _title, name, _kinds):
        offered.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    printed.save_button.click()
    assert offered == ["示例县实验小学-2026年隐患排查治理台账.pdf"]
    path = tmp_path / offered[0]
    assert path.read_bytes().startswith(b"%PDF")
    assert printed.notice.text() == f"已保存：{path}"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    printed.notice._action.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_who_gives_no_name_saves_nothing(printed, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    printed.save_button.click()
    assert printed.notice.text() == ""


def test_a_place_that_takes_no_file_is_told(printed, tmp_path):
    printed.save_as(tmp_path / "没有这个文件夹" / "a.pdf")
    assert "不能写入文件夹" in printed.notice.text()


def test_before_anything_is_printed_nothing_is_saved_or_opened(page, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.save()
    page.save_as(tmp_path / "a.pdf")
    page._open_file()
    assert not (tmp_path / "a.pdf").exists()
    assert opened == []


def test_the_file_opens_in_the_pcs_own_reader(printed, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    printed.folder_button.click()
    assert opened == [QUrl.fromLocalFile(str(printed._shown.path))]


# ---- printing -------------------------------------------------------------------------------


@pytest.fixture
def dialogs(monkeypatch, tmp_path):
    """A printer that writes a file, and the person who presses 打印; what they were shown."""
    shown = []

    def press(dialog):
        shown.append((dialog.windowTitle(), dialog.minPage(), dialog.maxPage()))
        printer = dialog.printer()
        shown.append(printer.docName())
        options = dialog.PrintDialogOption
        for option in (options.PrintPageRange, options.PrintCollateCopies):
            assert dialog.testOption(option)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setResolution(72)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["办公室打印机"])
    monkeypatch.setattr(QPrintDialog, "exec", press)
    return shown


def test_the_shown_pages_go_to_the_printer_that_was_chosen(printed, finish, dialogs, tmp_path):
    finish(printed.print_button.click)
    assert dialogs == [("打印", 1, 1), "示例县实验小学-2026年隐患排查治理台账.pdf"]
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert printed.notice.text() == "已送往打印机：共 1 页。"


def test_who_thinks_better_of_it_prints_nothing(printed, dialogs, monkeypatch, tmp_path):
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    printed.print_button.click()
    assert printed.notice.text() == ""
    assert not (tmp_path / "printed.pdf").exists()


def test_without_a_printer_it_says_how_to_get_it_on_paper(printed, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    printed.print_button.click()
    assert "这台电脑没有安装打印机，没有打印。请按“保存 PDF”存到 U 盘" in printed.notice.text()


def test_a_printer_that_fails_is_told(printed, finish, dialogs, monkeypatch):
    def fail(_path, _printer):
        raise AppError(NOT_TAKEN)

    monkeypatch.setattr("ui.pages.reports_print.print_pdf", fail)
    finish(printed.print_button.click)
    assert printed.notice.text() == NOT_TAKEN


def test_a_preview_that_was_cleaned_away_is_told_by_who_prints_or_saves_it(
    printed, finish, dialogs, tmp_path
):
    printed._shown.path.unlink()
    finish(printed.print_button.click)
    assert printed.notice.text() == LOST
    printed.notice.hide()
    printed.save_as(tmp_path / "a.pdf")
    assert printed.notice.text() == LOST


def test_ctrl_p_prints_but_not_what_is_not_there(page, ledger, finish, qtbot, dialogs):
    page.print_out()
    assert dialogs == []
    findings.register(ledger, a_finding())
    finish(page.refresh)
    page.activateWindow()
    finish(qtbot.keyClick, page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.notice.text() == "已送往打印机：共 1 页。"


def test_a_newer_wish_overtakes_an_older_one(page, ledger, finish, qtbot):
    findings.register(ledger, a_finding())

    def twice():
        page.make()
        page.kinds.setCurrentRow(row_of(page.kinds, "rectification_notice"))
        page.make()

    finish(twice)
    assert page.header._subtitle.text().startswith("整改通知书")
    assert len(list(page._folder.iterdir())) == 1


@pytest.fixture
def boxed(page, ledger, finish, qtbot):
    """The page with a paper in which a character is drawn as a box."""
    findings.register(ledger, a_finding(place="🔥楼"))
    finish(page.refresh)
    qtbot.waitUntil(lambda: page.preview.view.count > 0)
    return page


def test_characters_without_a_font_are_told_with_where_they_stand(boxed, qtbot):
    assert "这些字打印为方框（电脑里没有它们的字体）：🔥。" in boxed.notice.text()
    with qtbot.waitSignal(boxed.preview.view.searched) as heard:
        boxed.notice._action.click()
    assert heard.args == [True]
    assert boxed.preview.search.text() == "🔥"
    assert boxed.preview.view._shown.found.page == 0


def test_they_are_told_again_once_the_paper_is_printed(boxed, finish, dialogs):
    finish(boxed.print_button.click)
    assert boxed.notice.text().startswith("已送往打印机：共 1 页。这些字打印为方框")


def test_of_very_many_the_first_are_named():
    assert boxes_words(tuple("🔥" * 25)).endswith("、🔥等 25 个。")


LEAVE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from main import RESOURCES, open_ledger
from ui.icons import Icons
from ui.pages.reports import WAITING, ReportsPage
from ui.session import Session
from ui.tasks import Tasks
app = QApplication([])
ledger, lock = open_ledger(Path(sys.argv[1]))
page = ReportsPage(Session(ledger, RESOURCES), Icons(RESOURCES / "icons"), Tasks())
(page._folder / "1.pdf").write_text("names")
print(page._folder)
"""


def test_papers_with_names_do_not_stay_behind_when_the_program_ends(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", LEAVE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    folder = Path(ended.stdout.strip())
    assert folder.name.startswith("campus-ledger-")
    assert not folder.exists()
