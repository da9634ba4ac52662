from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from models.problems import AppError
from models.records.development import Indicator, SelfAssessment
from tests.models.ledger.growing import a_programme, a_trainee, enrol_all, score_all
from ui.pages.training_development_indicators import IndicatorPanel
from ui.pages.training_development_selftest import NO_PICTURE, OWN, SelfTestTab

PASTED = "类别\t序号\t指标\t满分\n甲\t1\t一\t10\n乙\t1\t二\t10\n丙\t1\t三\t10"
DIALOG = "ui.pages.training_development_indicators.QFileDialog"
PEER, PLAN = OWN + 1, OWN + 2


@pytest.fixture
def zhao(ledger):
    return ledger.save(a_trainee("赵𬱖"))


@pytest.fixture
def tab(make_page_part, zhao):
    tab = make_page_part(SelfTestTab)
    tab.resize(1000, 640)
    tab.refresh()
    return tab


@pytest.fixture
def filled(tab, ledger, zhao):
    score_all(ledger, zhao, "2026年下半年")
    tab.refresh()
    return tab


@pytest.fixture
def listing(make_page_part):
    listing = make_page_part(IndicatorPanel)
    listing.start()
    return listing


def put(tab, row, column, text):
    return tab.sheet.setData(tab.sheet.index(row, column), text)


def text(tab, row, column):
    return tab.sheet.index(row, column).data()


def test_without_indicators_the_list_is_asked_for_first(tab, ledger):
    assert tab.stack.currentWidget() is tab.nothing
    tab.nothing.button.click()
    tab.listing.text.setPlainText(PASTED)
    assert tab.listing.change.text() == "读到 3 项。新增 3 项，更新 0 项。"
    tab.listing.take_button.click()
    assert [one.name for one in ledger.all(Indicator)] == ["一", "二", "三"]
    assert tab.stack.currentIndex() == 0
    assert tab.notice.text() == "指标清单已导入：新增 3 项，更新 0 项。"
    assert not tab.chart.isVisible()
    assert tab.shares.text() == NO_PICTURE


def test_scores_are_typed_into_the_sheet_and_kept_at_once(filled, ledger, zhao, qtbot):
    assert filled.people.currentText() == "赵𬱖"
    assert filled.periods.currentText() == "2026年下半年"
    assert [text(filled, 0, at) for at in range(7)] == [
        *("政治能力", "1", "政治能力达标", "10"),
        *("8", "7", ""),
    ]
    assert put(filled, 0, OWN, "9.5")
    assert put(filled, 0, PLAN, "多调研")
    kept = {one.indicator: one for one in ledger.all(SelfAssessment)}
    first = filled.sheet.indicators[0]
    assert (kept[first.id].own_score, kept[first.id].plan) == (Decimal("9.5"), "多调研")
    assert "自评 95" in filled.chart.accessibleDescription()
    assert put(filled, 0, PEER, "")
    assert text(filled, 0, PEER) == ""


def test_the_picture_goes_with_the_scores(filled):
    assert filled.chart.isVisible()
    assert filled.shares.text().startswith("得分率（自评/互评，%）：1 政治能力 80/70；")
    for row in range(4):
        put(filled, row, OWN, "")
        put(filled, row, PEER, "")
    assert not filled.chart.isVisible()
    assert filled.shares.text() == NO_PICTURE


@pytest.mark.parametrize(
    ("typed", "words"), [("11", "满分 10 分"), ("好", "不是数字"), ("1.25", "1 位小数")]
)
def test_what_is_no_score_is_told_and_not_kept(filled, typed, words):
    assert not put(filled, 0, OWN, typed)
    assert filled.notice.text().startswith("政治能力达标：")
    assert words in filled.notice.text()
    assert text(filled, 0, OWN) == "8"


def test_a_disk_that_is_full_is_told(filled, ledger, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    monkeypatch.setattr(ledger, "save", full)
    assert not put(filled, 0, OWN, "5")
    assert "磁盘已满" in filled.notice.text()


def test_only_scores_and_plans_can_be_typed(filled):
    sheet = filled.sheet
    able = [bool(sheet.flags(sheet.index(0, at)) & Qt.ItemFlag.ItemIsEditable) for at in range(7)]
    assert able == [False] * 4 + [True] * 3
    assert not put(filled, 0, 2, "改")
    assert not put(filled, 0, OWN, "8")  # as it stands
    assert sheet.data(sheet.index(-1, -1)) is None
    assert sheet.headerData(0, Qt.Orientation.Vertical) is None
    assert sheet.headerData(OWN, Qt.Orientation.Horizontal) == "自评分"


def test_another_period_is_an_empty_sheet_and_comes_back(filled):
    filled.periods.setCurrentText("2027年上半年")
    filled.periods.lineEdit().editingFinished.emit()
    assert text(filled, 0, OWN) == ""
    assert not filled.print_button.isEnabled()
    filled.periods.setCurrentText("2026年下半年")
    filled.periods.activated.emit(0)
    assert text(filled, 0, OWN) == "8"


def test_a_period_that_is_too_long_is_told(filled):
    filled.periods.setCurrentText("二〇二六年的下半年度")
    filled.periods.lineEdit().editingFinished.emit()
    filled.periods.setCurrentText("二〇二六年的下半年度自测")
    filled.periods.lineEdit().editingFinished.emit()
    assert filled.notice.text().startswith("自测期：最多 10 个字")
    assert filled.sheet.period == "二〇二六年的下半年度"


def test_what_nobody_can_see_is_no_part_of_a_period(filled, ledger):
    filled.periods.setCurrentText("岗前\x01\ud800")
    filled.periods.lineEdit().editingFinished.emit()
    assert put(filled, 0, OWN, "5")
    assert "岗前" in {one.period for one in ledger.all(SelfAssessment)}


def test_what_arrives_meanwhile_closes_neither_a_cell_nor_the_list(filled, ledger):
    filled.view.setCurrentIndex(filled.sheet.index(0, OWN))
    filled.view.edit(filled.view.currentIndex())
    editor = filled.view.findChildren(QLineEdit)[-1]
    editor.setText("7")
    filled.refresh()
    QApplication.processEvents()
    assert filled.view.findChildren(QLineEdit)[-1].text() == "7"
    filled.open_list()
    filled.refresh()
    assert filled.stack.currentWidget() is filled.listing
    filled.listing.closed.emit()
    assert filled.stack.currentIndex() == 0


def test_somebody_else_has_a_sheet_of_their_own(filled, ledger):
    ledger.save(a_trainee("张㛃"))
    filled.refresh()
    filled.people.setCurrentText("张㛃")
    filled.people.activated.emit(filled.people.currentIndex())
    assert text(filled, 0, OWN) == ""


def test_a_programme_offers_its_own_people(filled, ledger):
    zhang = ledger.save(a_trainee("张㛃"))
    filled.programme = ledger.save(a_programme())
    filled.refresh()
    assert filled.people.count() == 3  # nobody is enrolled yet: everybody is offered
    enrol_all(ledger, filled.programme, zhang)
    filled.refresh()
    assert [filled.people.itemText(at) for at in range(filled.people.count())] == ["张㛃"]


def test_the_sheet_is_printed(filled, zhao, qtbot):
    with qtbot.waitSignal(filled.open_asked) as asked:
        filled.print_button.click()
    assert asked.args == ["reports", f"self_test:{zhao.id}@2026年下半年"]


# ---- the list of indicators -----------------------------------------------------------------


def test_lines_that_cannot_be_read_must_be_mended_first(listing, ledger):
    listing.text.setPlainText("甲\tx\t一\t10\n" * 6)
    assert listing.problems.text().count("不是数字") == 3
    assert listing.problems.text().endswith("……共 6 行需要修改。")
    listing.take()
    assert not listing.take_button.isEnabled()
    listing.text.setPlainText("甲,1,一" + "字" * 200_000)
    assert "重新复制" in listing.problems.text()
    assert ledger.all(Indicator) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_of_excel_is_read(listing, tmp_path, encoding, monkeypatch):
    file = tmp_path / "清单.csv"
    file.write_text(PASTED.replace("\t", ","), encoding=encoding)
    answers = iter(["", str(file)])
    picked = staticmethod(lambda *_args: (next(answers), ""))
    monkeypatch.setattr(f"{DIALOG}.getOpenFileName", picked)
    listing.file_button.click()
    listing.file_button.click()
    assert listing.change.text().startswith("读到 3 项。")


def test_a_file_that_is_no_list_is_told(listing, tmp_path):
    file = tmp_path / "清单.csv"
    file.write_bytes(b"\x00" * 10)
    listing.read_file(file)
    assert "编码认不出来" in listing.notice.text()
    file.write_bytes(b"x" * (3 << 20))
    listing.read_file(file)
    assert "超过 2 MB" in listing.notice.text()
    listing.read_file(tmp_path / "gone.csv")
    assert listing.notice.text().startswith("打不开 gone.csv")


def test_the_empty_list_is_saved_for_excel(listing, tmp_path, monkeypatch):
    file = tmp_path / "空白.csv"
    answers = iter(["", str(file)])
    picked = staticmethod(lambda *_args: (next(answers), ""))
    monkeypatch.setattr(f"{DIALOG}.getSaveFileName", picked)
    listing.empty_button.click()
    listing.empty_button.click()
    assert file.read_bytes() == b"\xef\xbb\xbf" + "类别,序号,指标,满分\r\n".encode()
    assert "已保存空白清单" in listing.notice.text()


def test_a_pasted_list_waits_as_a_draft_until_it_is_taken(listing, session, make_page_part):
    listing.text.setPlainText(PASTED)
    listing.hide()
    again = make_page_part(IndicatorPanel)
    again.start()
    assert again.text.toPlainText() == PASTED
    again.take()
    assert session.draft("indicator:pasted") == {}
