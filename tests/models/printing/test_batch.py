import errno
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.files import write_whole
from models.ledger import findings
from models.printing.batch import INDEX, NOT_REACHED, STOPPED, file_of, make_package
from models.printing.batch_plan import plan_package
from models.printing.job import Job
from models.problems import AppError
from models.reports.package_index import Listed
from tests.conftest import a_finding
from tests.models.ledger.test_schedule import a_drill
from tests.models.printing.conftest import LISTS
from tests.models.printing.test_printing import closed_on
from tests.models.reports.paper.conftest import facts_of, texts_of

NAME = "示例县实验小学-迎检包-2026年11月"


def never():
    return False


def silent(_done, _total):
    pass


@pytest.fixture
def job(ledger, faces):
    return Job(ledger, LISTS, faces)


@pytest.fixture
def make(job, tmp_path):
    """Make the package of November 2026, or of another plan."""

    def do(tell=silent, is_stopped=never, plan=None, place=tmp_path / "U盘"):
        return make_package(job, plan or plan_package(job, "2026-11"), place, tell, is_stopped)

    return do


@pytest.fixture
def full_disk(monkeypatch):
    """From so many files on the disk takes no more."""

    def from_the(number):
        written = []

        def write(path, data, **options):
            written.append(path)
            if len(written) >= number:
                path.parent.mkdir(exist_ok=True)
                raise AppError(f"磁盘已满，没有写入 {path.parent}。")
            write_whole(path, data, **options)

        monkeypatch.setattr("models.reports.paper.pdf_file.write_whole", write)

    return from_the


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def index_of(package):
    return "".join("".join(texts_of(package.folder / INDEX)).split())


def test_all_papers_of_a_month_lie_in_their_folders_with_an_index(ledger, make):
    closed_on(ledger, date(2026, 11, 20))
    ledger.save(a_drill())
    package = make()
    assert package.folder.name == NAME
    assert files_in(package.folder) == [
        "00-目录.pdf",
        "01-隐患排查/001-2026年隐患排查治理台账.pdf",
        "01-隐患排查/002-销号单-2026-0001.pdf",
        "04-风险与演练/003-应急演练记录-2026-11-23-秋季消防疏散.pdf",
        "05-定期报告/004-2026年11月安全隐患排查治理月报.pdf",
    ]
    assert package.stopped == ""
    index = index_of(package)
    assert "迎检材料目录2026年11月单位：示例县实验小学生成日期：2026年11月23日" in index
    for one in package.made:
        pages = len(texts_of(package.folder / file_of(one)))
        assert f"{one.number:03}{one.name}{pages}" in index


def test_a_paper_says_in_the_package_what_it_is_about_as_it_does_alone(ledger, make):
    closed_on(ledger, date(2026, 11, 20))
    package = make()
    subjects = [facts_of(package.folder / file_of(one))["Subject"] for one in package.made]
    assert subjects == [one.name for one in package.made]


def test_what_could_not_be_made_stands_in_the_index_with_its_reason(ledger, make):
    finding = closed_on(ledger, date(2026, 11, 20))
    ledger.save(replace(finding, found_on=date(2026, 12, 5)), finding)  # after it was closed
    package = make()
    whys = {one.name: one.why for one in package.lost}
    assert "不平衡，没有生成报告" in whys["2026年11月安全隐患排查治理月报"]
    index = index_of(package)
    empty = "2026年11月没有记录的：安全检查登记表、整改通知书、"
    for words in (*whys.values(), empty, "培训档案、能力自测表、公文不在包里；"):
        assert "".join(words.split()) in index
    assert package.stopped == ""  # the rest went on
    whole = "迎检包已生成：共 2 份，2 页。另有 1 份没有生成，原因见 00-目录.pdf。"
    assert (package.words, package.boxes) == (whole, "")
    assert [one.name for one in package.made] == [
        "2026年隐患排查治理台账",
        "销号单-2026-0001",
    ]


def test_a_record_that_is_deleted_meanwhile_is_told(ledger, job, make):
    findings.register(ledger, a_finding())
    drill = ledger.save(a_drill())
    plan = plan_package(job, "2026-11")
    ledger.remove(drill)
    assert "这次演练不在台账里，可能已经删除，没有可打印的内容。" in [
        one.why for one in make(plan=plan).lost
    ]


def test_characters_that_no_font_has_are_named_in_the_index(ledger, make):
    findings.register(ledger, a_finding(place="🔥楼"))
    package = make()
    assert package.made[0].missing == ("🔥",)
    assert package.words == "迎检包已生成：共 2 份，5 页。"
    assert package.boxes == "这些字打印为方框：🔥（001、002 号）。"
    assert "001 2026年隐患排查治理台账 1 🔥U+1F525".replace(" ", "") in index_of(package)


def test_what_lies_there_already_is_never_written_over(ledger, make):
    findings.register(ledger, a_finding())
    first, second, third = make(), make(), make()
    assert [one.folder.name for one in (first, second, third)] == [
        NAME,
        f"{NAME}(2)",
        f"{NAME}(3)",
    ]
    assert files_in(first.folder) == files_in(third.folder)


def test_progress_is_told_before_each_paper(ledger, make):
    findings.register(ledger, a_finding())
    heard = []
    package = make(tell=lambda done, total: heard.append((done, total)))
    assert heard == [(at, len(package.listed)) for at in range(len(package.listed))]


def test_who_stops_keeps_what_was_made_and_an_index_that_says_so(ledger, make):
    findings.register(ledger, a_finding())
    heard = []
    package = make(tell=lambda done, _total: heard.append(done), is_stopped=lambda: heard[-1] >= 1)
    assert package.stopped == STOPPED
    assert [one.number for one in package.made] == [1]
    assert {one.why for one in package.lost} == {NOT_REACHED}
    assert files_in(package.folder) == [INDEX, "01-隐患排查/001-2026年隐患排查治理台账.pdf"]
    assert STOPPED in index_of(package)


def test_who_stops_before_the_first_paper_finds_no_folder(ledger, make, tmp_path):
    findings.register(ledger, a_finding())
    with pytest.raises(AppError, match=STOPPED):
        make(is_stopped=lambda: True)
    assert not any((tmp_path / "U盘").iterdir())


def test_where_nothing_can_be_made_no_folder_stays_behind(make, tmp_path):
    with pytest.raises(AppError, match=r"^2026年11月没有可以打印的材料，没有生成迎检包。$"):
        make()
    assert not any((tmp_path / "U盘").iterdir())


@pytest.mark.parametrize("number", [2, 3])
def test_a_full_disk_is_told_and_what_was_made_stays(ledger, make, full_disk, number):
    """The second file is a paper, the third one the index."""
    findings.register(ledger, a_finding())
    full_disk(number)
    package = make()
    assert package.stopped.startswith("磁盘已满，没有写入")
    assert len(package.made) == number - 1
    assert len(files_in(package.folder)) == number - 1
    assert INDEX not in package.words


def test_a_disk_that_takes_nothing_at_all_is_told(ledger, make, full_disk, tmp_path):
    findings.register(ledger, a_finding())
    full_disk(1)
    with pytest.raises(AppError, match="磁盘已满"):
        make()
    assert not any((tmp_path / "U盘").iterdir())


def test_a_place_that_takes_no_folder_is_told(ledger, make, monkeypatch):
    findings.register(ledger, a_finding())

    def refuse(*_args, **_options):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(AppError, match="磁盘有写保护"):
        make()


def test_a_place_that_is_a_file_is_told(ledger, make, tmp_path):
    findings.register(ledger, a_finding())
    (tmp_path / "U盘").write_text("", encoding="utf-8")
    with pytest.raises(AppError, match="不能写入文件夹"):
        make()


def test_names_are_legal_everywhere_and_at_most_eighty_characters(ledger, make, job):
    school = ledger.organisation
    ledger.save(replace(school, name="示例县“希望/工程”<第一>:小学" + "很长" * 20), school)
    ledger.save(a_drill(topic='楼梯/疏散:"全校"?' + "长" * 49))
    package = make()
    assert package.folder.name.endswith("-迎检包-2026年11月")
    for path in (package.folder, *package.folder.rglob("*")):
        assert len(path.name) <= 80
        assert not set('\\/:*?"<>|') & set(path.name)


def test_a_name_that_ends_in_dots_is_cut_as_windows_does():
    assert file_of(Listed(7, "01-甲", "讲座. . ")) == "01-甲/007-讲座.pdf"
