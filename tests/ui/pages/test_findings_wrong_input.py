"""What people get wrong on the way of a finding: a sentence each, and nothing typed is lost."""

from datetime import timedelta

import pytest
from PIL import Image

from models.ledger import findings
from models.records.finding import FindingStep, Photo
from tests.conftest import TODAY, a_finding, a_step
from tests.ui.pages.findings_acts import kept, press, take, type_in, wait_for_photos
from ui.pages.findings_many import FindingsMany


@pytest.fixture
def page(make_findings_page):
    return make_findings_page()


@pytest.fixture
def finding(page, ledger):
    found = findings.register(ledger, a_finding())
    page.refresh()
    return found


def go(ledger, finding, *kinds):
    for kind in kinds:
        findings.take_step(ledger, finding, a_step(kind))


def told(form, name):
    return form.form.rows[name].complaint.text()


def test_a_deadline_before_the_discovery(page, ledger):
    page.open_record("")
    page.form.more.click()
    early = (TODAY - timedelta(1)).isoformat()
    type_in(page.form, description="护栏松动", place="看台", category="sport", deadline=early)
    page.form.save()
    assert told(page.form, "deadline") == "整改时限早于排查日期，请检查。"
    assert kept(ledger) == []
    assert page.form.form.entry("description").raw() == "护栏松动"


@pytest.mark.parametrize("kind", ["notice_issued", "supervised"])
def test_a_deadline_that_a_step_sets_before_its_own_day(page, ledger, finding, kind):
    go(ledger, finding, "graded")
    page.refresh()
    answers = {"office": "示例县教育局"} if kind == "supervised" else {}
    take(page, kind, deadline="2026-11-1", document="〔2026〕9号", opinion="限期整改", **answers)
    assert "早于这一步的日期（2026年11月23日）" in told(page.step_form, "deadline")
    assert len(findings.steps(ledger, finding)) == 1
    assert page.step_form.form.entry("opinion").raw() == "限期整改"


def test_an_extension_to_an_earlier_day(page, ledger, finding):
    go(ledger, finding, "graded", "notice_issued")
    page.refresh()
    take(page, "extended", deadline="2026-11-30", approver="张㛃", opinion="材料未到")
    assert "要晚于现在的时限（2026年12月1日）" in told(page.step_form, "deadline")
    assert page.step_form.form.entry("opinion").raw() == "材料未到"


def test_a_discovery_after_what_was_done_about_it(page, ledger, finding):
    go(ledger, finding, "graded")
    page.refresh()
    press(page, "修改")
    type_in(page.form, found_on="2026-11-24", note="补记")
    page.form.save()
    assert "晚于第一步办理的日期（2026年11月23日）" in told(page.form, "found_on")
    assert kept(ledger)[0].found_on == TODAY
    assert page.form.form.entry("note").raw() == "补记"
    type_in(page.form, found_on="2026-11-22")
    page.form.save()
    assert kept(ledger)[0].note == "补记"


@pytest.mark.parametrize("name", ["赵 𬱖", "　赵𬱖", "张㛃、赵𬱖"])
def test_a_recheck_by_whoever_rectified_however_the_name_is_written(page, ledger, finding, name):
    go(ledger, finding, "fixed_on_site")
    page.refresh()
    take(page, "recheck_passed", person=name, opinion="已复查")
    assert "整改人不能自己复查" in told(page.step_form, "person")
    assert page.step_form.form.entry("opinion").raw() == "已复查"
    assert findings.standing(ledger, finding).state == "fixed_on_site"


@pytest.mark.parametrize("way", [(), ("graded",), ("graded", "rectifying", "submitted")])
def test_closing_without_a_recheck(page, ledger, finding, way):
    go(ledger, finding, *way)
    page.refresh()
    page.detail.step_asked.emit("closed")
    type_in(page.step_form, approver="张㛃", opinion="已处理")
    page.step_form.save()
    assert "复查合格以后才能销号" in page.step_form.notice.text()
    assert page.step_form.form.entry("opinion").raw() == "已处理"
    assert len(findings.steps(ledger, finding)) == len(way)


def no_picture(file):
    file.write_text("这不是照片", encoding="utf-8")


def cut_off(file):
    Image.effect_noise((800, 600), 50).save(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garbled(file):
    Image.effect_noise((800, 600), 50).save(file)
    data = file.read_bytes()
    file.write_bytes(data[:20] + b"\x00" * 400 + data[420:])


@pytest.mark.parametrize("spoil", [no_picture, cut_off, garbled])
def test_a_photo_that_is_none_or_is_damaged(page, ledger, finding, jpeg, tmp_path, qtbot, spoil):
    bad = tmp_path / "整改后.jpg"
    spoil(bad)
    press(page, "step_fixed_on_site")
    type_in(page.step_form, opinion="当场搬走了")
    with qtbot.waitSignal(page.after_photos.failed):
        page.after_photos.take([bad, jpeg])
    assert "整改后.jpg：这个文件不是能识别的照片" in page.notice.text()
    wait_for_photos(qtbot, page.after_photos, 1)  # the good one is kept
    assert page.step_form.form.entry("opinion").raw() == "当场搬走了"
    assert len(ledger.all(Photo)) == 1


def test_a_photo_of_sixty_megapixels_is_made_small(page, ledger, finding, tmp_path, qtbot):
    large = tmp_path / "全景.jpg"
    Image.new("RGB", (10_000, 6_000), "green").save(large)
    press(page, "step_fixed_on_site")
    with qtbot.waitSignal(page.after_photos.added, timeout=20_000):
        page.after_photos.take([large])
    (photo,) = ledger.all(Photo)
    assert len(ledger.photo(photo.sha256)) < 100_000


def test_five_hundred_findings_in_one_notice(make_page_part, ledger, qtbot):
    with ledger.transaction():
        found = [findings.register(ledger, a_finding(responsible="赵𬱖")) for _ in range(500)]
        for finding in found[:499]:
            findings.take_step(ledger, finding, a_step("graded"))
    many = make_page_part(FindingsMany)
    many.open([finding.id for finding in found], "notice_issued")
    type_in(many.form, deadline="2026-12-8", opinion="统一整改")
    many.form.save()
    assert "500 条中有 1 条不能办理，所以一条也没有办理" in many.form.notice.text()
    assert many.form.list.current() == found[499].id
    assert many.form.form.entry("opinion").raw() == "统一整改"
    assert ledger.all(FindingStep, kind="notice_issued") == []
    with qtbot.waitSignal(many.taken) as taken:
        many.form.rest.click()
    assert taken.args == ["notice_issued", 499]
    issued = ledger.all(FindingStep, kind="notice_issued")
    assert {step.document for step in issued} == {"〔2026〕1号"}
    assert len(issued) == 499
