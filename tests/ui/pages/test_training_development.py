from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from models.problems import AppError
from models.records.characters import METHOD
from models.records.development import (
    MicroTalk,
    Milestone,
    Placement,
    Project,
    ProjectMember,
    Reflection,
)
from tests.models.docx_files import docx, paragraphs
from tests.models.ledger.growing import (
    a_member,
    a_milestone,
    a_placement,
    a_programme,
    a_project,
    a_reflection,
    a_talk,
    a_trainee,
)
from tests.ui.pages.findings_acts import type_in
from tests.ui.pages.test_risks import find, shown
from tests.ui.pages.training_acts import PROJECTS, SHARES
from ui.pages.exchange_records import place_of
from ui.pages.training import TrainingPage
from ui.pages.training_development_reflections import ReflectionPanel


@pytest.fixture
def page(make_page, ledger):
    return make_page(TrainingPage, ledger)


@pytest.fixture
def course(ledger):
    return ledger.save(a_programme())


@pytest.fixture
def zhao(ledger):
    return ledger.save(a_trainee("赵𬱖", post="主任"))


def part(page, tab, at):
    """The register that stands there, in front."""
    page.tabs.setCurrentIndex(tab)
    whole = page.development[tab - SHARES]
    whole.show_part(at)
    found = whole.stack.currentWidget()
    return getattr(found, "register", found)


def save(panel):
    panel.panel.save()
    assert not panel.panel.form.other_problems


# ---- talks and placements -------------------------------------------------------------------


def test_a_talk_is_typed_for_a_person_of_the_list_in_the_programme_that_runs(
    page, ledger, course, zhao
):
    talks = part(page, SHARES, 0)
    talks.add_button.click()
    form = talks.panel.form
    assert form.entry("programme").raw() == "优秀年轻干部培训班"
    assert form.entry("held_on").raw() == "2026-11-23"
    type_in(talks.panel, person="赵𬱖", topic="带好一个班", minutes="15")
    save(talks)
    (talk,) = ledger.all(MicroTalk)
    assert (talk.person, talk.programme, talk.minutes) == (zhao.id, course.id, 15)
    assert shown(talks, 1) == ["赵𬱖"]


def test_the_programme_above_chooses_what_is_listed(page, ledger, course, zhao):
    other = ledger.save(a_programme(name="第二期", begins=date(2027, 1, 1), ends=date(2027, 9, 1)))
    for programme in (course, other):
        ledger.save(a_talk(zhao, programme=programme.id, topic=programme.name))
    talks = part(page, SHARES, 0)
    assert len(shown(talks, 2)) == 2
    page.choose_programme(other.id)
    assert shown(talks, 2) == ["第二期"]
    talks.add_button.click()
    assert talks.panel.form.entry("programme").raw() == "第二期"


def test_a_name_that_is_not_in_the_list_is_told_beside_its_field(page, ledger, zhao):
    talks = part(page, SHARES, 0)
    talks.add_button.click()
    type_in(talks.panel, person="赵", topic="带好一个班")
    talks.panel.save()
    assert "没有“赵”" in talks.panel.form.rows["person"].complaint.text()
    assert ledger.all(MicroTalk) == []


def test_records_are_found_by_the_initials_of_their_person(page, ledger, zhao, qtbot):
    other = ledger.save(a_trainee("张㛃"))
    ledger.save_all([a_talk(zhao, topic="甲"), a_talk(other, topic="乙", held_on=date(2026, 6, 1))])
    talks = part(page, SHARES, 0)
    assert shown(talks, 2) == ["乙", "甲"]
    find(talks, qtbot, "zhang")
    assert talks.left.currentWidget() is talks.none_found
    find(talks, qtbot, "张㛃")
    assert shown(talks, 2) == ["乙"]


def test_a_placement_counts_its_days(page, ledger, zhao):
    ledger.save_all([a_placement(zhao), a_placement(zhao, begins=date(2026, 3, 1), days=9)])
    placements = part(page, PROJECTS, 0)
    assert shown(placements, 4) == ["30", "9"]
    placements.list.select(ledger.all(Placement)[0].id)
    assert placements.panel.form.entry("person").raw() == "赵𬱖"


def test_the_parts_are_chosen_by_their_words(page):
    page.tabs.setCurrentIndex(PROJECTS)
    projects = page.development.projects
    projects.chooser.changed.emit("项目攻坚")
    assert projects.stack.currentIndex() == 1


# ---- reflections ----------------------------------------------------------------------------


def test_characters_are_counted_while_a_reflection_is_typed(page, ledger, course, zhao):
    panel = part(page, SHARES, 1)
    panel.add_button.click()
    type_in(panel.panel, person="赵𬱖", topic="心得", body="学习GB/T 9704。")
    assert panel.counted.text() == "正文 5 字，班次要求至少 500 字，还差 495 字；可以先保存。"
    assert panel.counted.property("role") == "problem"
    save(panel)
    (kept,) = ledger.all(Reflection)
    assert (kept.characters, kept.method) == (5, METHOD)
    model = panel.list.model()
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "班次要求至少 500 字"


def test_a_body_that_is_long_enough_is_said_so(page, ledger, course, zhao):
    ledger.save(a_reflection(zhao, programme=course.id))
    panel = part(page, SHARES, 1)
    panel.list.select(ledger.all(Reflection)[0].id)
    assert panel.counted.text() == f"正文 500 字（{METHOD}），班次要求至少 500 字，够了。"
    type_in(panel.panel, programme="不知道的班次")
    assert panel.counted.text() == f"正文 500 字（{METHOD}）。"


def test_characters_on_paper_are_typed_by_hand(page, ledger, zhao):
    panel = part(page, SHARES, 1)
    panel.add_button.click()
    assert panel.counted.text() == "没有正文的，可以在“字数”里填手工数的字数。"
    type_in(panel.panel, person="赵𬱖", topic="学习笔记", characters="5000")
    save(panel)
    (kept,) = ledger.all(Reflection)
    assert (kept.characters, kept.method) == (5000, None)


def test_an_old_count_is_kept_while_the_body_stands(page, ledger, zhao):
    old = replace(a_reflection(zhao), characters=499, method="cn-words/0")
    ledger.save(old)
    panel = part(page, SHARES, 1)
    panel.list.select(ledger.all(Reflection)[0].id)
    type_in(panel.panel, topic="改了题目")
    save(panel)
    (kept,) = ledger.all(Reflection)
    assert (kept.topic, kept.characters, kept.method) == ("改了题目", 499, "cn-words/0")


def test_the_body_is_read_from_a_file(page, ledger, zhao, tmp_path, monkeypatch):
    file = tmp_path / "以学铸魂.docx"
    file.write_bytes(docx(paragraphs("第一段。", "第二段。")))
    panel = part(page, SHARES, 1)
    panel.add_button.click()
    chosen = staticmethod(lambda *_args: (str(file), ""))
    monkeypatch.setattr(f"{ReflectionPanel.__module__}.QFileDialog.getOpenFileName", chosen)
    panel.file_button.click()
    type_in(panel.panel, person="赵𬱖")
    save(panel)
    (kept,) = ledger.all(Reflection)
    assert (kept.topic, kept.body, kept.file_name) == (
        "以学铸魂",
        "第一段。\n第二段。",
        "以学铸魂.docx",
    )


def test_a_file_that_cannot_be_read_leaves_what_was_typed(page, ledger, tmp_path, monkeypatch):
    file = tmp_path / "坏.docx"
    file.write_bytes(b"text")
    panel = part(page, SHARES, 1)
    panel.add_button.click()
    type_in(panel.panel, topic="题目", body="写了一半")
    panel.read_file(file)
    assert panel.notice.text().startswith("坏.docx：这不是 Word 文档")
    assert panel.panel.form.entry("body").raw() == "写了一半"
    nothing = staticmethod(lambda *_args: ("", ""))
    monkeypatch.setattr(f"{ReflectionPanel.__module__}.QFileDialog.getOpenFileName", nothing)
    panel.file_button.click()
    assert panel.panel.form.entry("topic").raw() == "题目"


def test_a_file_gives_its_name_only_where_no_title_was_typed(page, ledger, tmp_path):
    file = tmp_path / "文件名.txt"
    file.write_text("正文。", encoding="utf-8")
    panel = part(page, SHARES, 1)
    panel.add_button.click()
    type_in(panel.panel, topic="自己的题目")
    panel.read_file(file)
    assert panel.panel.form.entry("topic").raw() == "自己的题目"


# ---- projects -------------------------------------------------------------------------------


@pytest.fixture
def project(ledger, zhao):
    return ledger.save(a_project(zhao))


def test_a_new_project_stays_in_hand_for_its_members(page, ledger, course, zhao):
    panel = part(page, PROJECTS, 1)
    panel.add_button.click()
    assert panel.later.isVisible()
    assert not panel.members.isVisible()
    type_in(panel.panel, name="接送秩序", leader="赵𬱖")
    save(panel)
    assert panel.members.isVisible()
    assert panel.list.current() == ledger.all(Project)[0].id


def test_a_member_is_added_changed_taken_out_and_back(page, ledger, project, zhao):
    panel = part(page, PROJECTS, 1)
    panel.list.select(project.id)
    members = panel.members
    for task in ("数据", "现场"):
        members.form.set_raw({"person": "赵𬱖", "task": task})
        members.save_button.click()
        (member,) = ledger.all(ProjectMember)
        assert member.task == task
        members.list.select(member.id)
    assert members.save_button.text() == "保存"
    members.remove_button.click()
    assert ledger.all(ProjectMember) == []
    assert not members.remove_button.isVisible()
    members.form.set_raw({"person": "赵𬱖", "task": "回来"})
    members.save_button.click()
    assert [one.task for one in ledger.all(ProjectMember)] == ["回来"]


def test_a_step_that_is_late_is_red(page, ledger, project, zhao):
    ledger.save_all(
        [
            a_milestone(project, done_on=date(2026, 6, 1)),
            a_milestone(project, name="试行", due=date(2026, 6, 1)),
            a_milestone(project, name="验收", due=date(2027, 6, 1)),
        ]
    )
    panel = part(page, PROJECTS, 1)
    panel.list.select(project.id)
    model = panel.milestones.list.model()
    tips = [model.index(row, 1).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert tips == ["2026-05-01", "已过计划日期，还没有完成", "2027-06-01"]
    panel.milestones.list.select(ledger.all(Milestone)[1].id)
    panel.milestones.form.set_raw({"done_on": "2026-11-20"})
    panel.milestones.save()
    assert ledger.all(Milestone)[1].done_on == date(2026, 11, 20)


def test_a_member_is_found_by_initials(page, ledger, project):
    ledger.save(a_trainee("王平安"))
    panel = part(page, PROJECTS, 1)
    panel.list.select(project.id)
    assert panel.members.form.entry("person").offered("wpa") == ["王平安"]


def test_each_project_shows_its_own_members(page, ledger, project, zhao):
    other = ledger.save(a_project(zhao, name="课后服务"))
    ledger.save(a_member(other, zhao))
    panel = part(page, PROJECTS, 1)
    panel.list.select(other.id)
    assert panel.members.list.model().rowCount() == 1
    panel.list.select(project.id)
    assert panel.members.list.model().rowCount() == 0
    panel.members.remove()
    panel.members.save()
    assert len(ledger.all(ProjectMember)) == 1
    assert "请填写“成员”" in panel.members.form.rows["person"].complaint.text()


def test_what_cannot_be_saved_is_told(page, ledger, project, zhao, monkeypatch):
    def full(*_args):
        raise AppError("磁盘已满，这一次没有保存。")

    panel = part(page, PROJECTS, 1)
    panel.list.select(project.id)
    panel.milestones.form.set_raw({"name": "调研", "due": "2026-12-01"})
    monkeypatch.setattr(ledger, "save", full)
    panel.milestones.save()
    assert "磁盘已满" in panel.notice.text()
    assert panel.milestones.form.entry("name").raw() == "调研"


# ---- the way in from elsewhere --------------------------------------------------------------


def test_a_record_is_opened_where_it_belongs(page, ledger, project, zhao):
    talk, essay = ledger.save(a_talk(zhao)), ledger.save(a_reflection(zhao))
    page.choose_programme(ledger.save(a_programme()).id)  # it is of none
    for record, tab, at in ((talk, SHARES, 0), (essay, SHARES, 1), (project, PROJECTS, 1)):
        page.open_record(record.id)
        assert page.tabs.currentIndex() == tab
        whole = page.development[tab - SHARES]
        assert whole.stack.currentIndex() == at
        shown_part = whole.stack.currentWidget()
        assert getattr(shown_part, "register", shown_part).list.current() == record.id


def test_conflicts_lead_to_the_records_of_development(ledger, project, zhao):
    member = ledger.save(a_member(project, zhao))
    records = [ledger.save(one) for one in (a_talk(zhao), a_reflection(zhao), a_placement(zhao))]
    wanted = [
        ("微分享 我的一节安全课", records[0].id),
        ("心得感悟 学习心得", records[1].id),
        ("跟岗研修 示例市第一小学", records[2].id),
        ("攻坚项目 校门口接送秩序", project.id),
        ("项目成员 校门口接送秩序", project.id),
    ]
    for record, (title, opened) in zip([*records, project, member], wanted, strict=True):
        place = place_of(ledger, record.table, record.id)
        assert (place.title, place.page, place.record) == (title, "training", opened)
