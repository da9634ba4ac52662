import pytest

from models.ledger import findings
from models.ledger.backups import backups_of
from models.ledger.database import open_database
from models.ledger.ledger import Ledger
from models.ledger.lock import take_lock
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import RESOURCES, a_finding, a_ledger, an_office, the_initials
from tests.models.exchange.enrolling import enrol, send, store_of
from ui.console import run_command


@pytest.fixture
def opener(clock):
    def open_ledger(home):
        lock = take_lock(home)
        db = open_database(home)
        return Ledger(db, home, clock=clock, initials=the_initials()), lock

    return open_ledger


@pytest.fixture
def school(home, clock):
    """A folder with the ledger of a school with one finding; nobody holds it open."""
    ledger = a_ledger(home, clock=clock)
    findings.register(ledger, a_finding())
    ledger.close()
    return home


@pytest.fixture
def office(tmp_path, school, clock, opener):
    """A folder with the ledger of an office that enrolled the school."""
    home = tmp_path / "office"
    ledger = a_ledger(home, an_office(), clock=clock)
    other, lock = opener(school)
    enrol(ledger, other)
    for opened in (ledger, other):
        opened.close()
    lock.release()
    return home


@pytest.fixture
def run(clock, opener, capsys):
    """Run a command on a folder; gives the exit code and what was said."""

    def do(home, *arguments):
        code = run_command([*map(str, arguments)], home, RESOURCES, opener, clock)
        return code, capsys.readouterr().out

    return do


def findings_of(home, opener):
    ledger, lock = opener(home)
    try:
        return ledger.all(Finding)
    finally:
        ledger.close()
        lock.release()


def test_a_bundle_goes_from_a_school_to_an_office_and_a_receipt_back(
    school, office, run, opener, tmp_path
):
    code, out = run(school, "export", tmp_path / "stick")
    (bundle,) = (tmp_path / "stick").iterdir()
    assert code == 0
    assert str(bundle) in out
    code, out = run(office, "import", bundle, bundle)
    assert code == 0
    assert "新增" in out
    assert "没有新的记录" in out
    assert len(findings_of(office, opener)) == 1
    code, out = run(office, "reply", "--all", tmp_path / "replies")
    assert (code, "示例县实验小学" in out) == (0, True)
    assert run(school, "import", tmp_path / "replies")[0] == 0
    code, out = run(school, "export", tmp_path / "stick")
    assert (code, "没有新的内容" in out) == (1, True)
    assert run(school, "export", tmp_path / "stick", "--complete")[0] == 0
    assert run(office, "reply", "--unit", "2137000001", tmp_path / "one")[0] == 1


def test_a_bundle_is_verified_and_looked_into(school, office, run, tmp_path):
    run(school, "export", tmp_path)
    (bundle,) = tmp_path.glob("*.aqb")
    code, out = run(office, "verify", bundle)
    assert (code, "每一条都核对过" in out) == (0, True)
    code, out = run(office, "inspect", bundle)
    assert (code, "第 1—" in out, "灭火器" in out) == (0, True, False)
    bad = tmp_path / "bad.aqb"
    bad.write_bytes(bundle.read_bytes()[:-1])
    code, out = run(office, "verify", bad)
    assert (code, "没有通过核验" in out) == (3, True)
    assert run(office, "inspect", bad)[0] == 1


def test_while_the_window_is_open_a_bundle_can_be_verified_and_looked_into(
    school, office, run, tmp_path
):
    run(school, "export", tmp_path)
    (bundle,) = tmp_path.glob("*.aqb")
    lock = take_lock(office)
    assert run(office, "verify", bundle)[0] == 0
    assert run(office, "inspect", bundle)[0] == 0
    lock.release()


@pytest.mark.parametrize("command", ["verify", "inspect"])
def test_without_keys_no_bundle_is_opened_and_nothing_is_made(run, tmp_path, command):
    code, out = run(tmp_path / "nothing here", command, "x.aqb")
    assert (code, "还没有密钥" in out) == (1, True)
    assert not (tmp_path / "nothing here").exists()


def test_an_answer_is_for_all_schools_or_for_one_and_the_command_says_which(office, run, tmp_path):
    for words in ([tmp_path], ["--all", "--unit", "2137000001", tmp_path]):
        with pytest.raises(SystemExit) as ended:
            run(office, "reply", *words)
        assert ended.value.code == 2
    assert list(tmp_path.glob("*.aqb")) == []


def test_a_bad_bundle_stops_only_itself(school, office, run, opener, tmp_path):
    ledger, lock = opener(school)
    good = send(ledger, tmp_path / "stick").path
    ledger.close()
    lock.release()
    bad = tmp_path / "stick" / "bad.aqb"
    bad.write_bytes(b"nothing")
    code, out = run(office, "import", tmp_path / "stick")
    assert code == 1
    assert "没有读入 bad.aqb" in out
    assert good.exists()
    assert len(findings_of(office, opener)) == 1


def test_an_answer_goes_to_one_school(school, office, run, tmp_path):
    code, out = run(office, "reply", "--unit", "2137000001", tmp_path / "one")
    assert (code, "已生成" in out) == (0, True)


def test_where_there_is_no_bundle_it_is_told(school, run, tmp_path):
    code, out = run(school, "import", tmp_path / "nowhere")
    assert (code, "没有找到数据包" in out) == (1, True)


def test_keys_with_a_password_open_with_the_one_in_the_environment(
    school, office, run, opener, tmp_path, monkeypatch
):
    ledger, lock = opener(school)
    store_of(ledger).set_password("开门的密码一二三")
    ledger.close()
    lock.release()
    code, out = run(school, "export", tmp_path)
    assert (code, "CAMPUS_LEDGER_PASSWORD" in out) == (1, True)
    code, out = run(school, "verify", tmp_path / "x.aqb")
    assert (code, "CAMPUS_LEDGER_PASSWORD" in out) == (1, True)
    monkeypatch.setenv("CAMPUS_LEDGER_PASSWORD", "开门的密码一二三")
    code, out = run(school, "export", tmp_path)
    assert code == 0
    assert "开门" not in out
    (bundle,) = tmp_path.glob("*.aqb")
    assert run(school, "verify", bundle)[0] == 0


def test_a_report_is_printed(school, run, tmp_path):
    code, out = run(school, "report", "findings_ledger", "2026", tmp_path)
    assert code == 0
    assert "共 1 页" in out
    assert (tmp_path / "示例县实验小学-2026年隐患排查治理台账.pdf").exists()


def test_a_text_is_set_as_a_letter(school, run, tmp_path):
    source = tmp_path / "通知.txt"
    source.write_text("关于安全检查的通知\n各班：\n请自查🔥。", encoding="utf-8")
    code, out = run(school, "letter", source, tmp_path / "公文", "--number", "示实小〔2026〕3号")
    assert code == 0
    assert "公文/通知.pdf，共 1 页" in out.replace("\\", "/")
    assert "打印成了方框：🔥" in out
    assert (tmp_path / "公文" / "通知.pdf").exists()


def test_a_letter_that_cannot_be_read_is_told(school, run, tmp_path):
    code, out = run(school, "letter", tmp_path / "没有.txt", tmp_path)
    assert code == 1
    assert "打不开这个文件" in out


def test_characters_without_a_font_are_told(school, run, opener, tmp_path):
    ledger, lock = opener(school)
    findings.register(ledger, a_finding(place="🔥楼"))
    ledger.close()
    lock.release()
    assert "打印成了方框：🔥" in run(school, "report", "findings_ledger", "2026", tmp_path)[1]


@pytest.mark.parametrize(
    ("kind", "parameter", "words"),
    [
        ("nonsense", "2026", "没有“nonsense”这种报表"),
        ("findings_ledger", "2020", "没有登记隐患"),
        ("findings_ledger", "去年", "不是年份"),
    ],
)
def test_what_cannot_be_printed_is_told(school, run, tmp_path, kind, parameter, words):
    code, out = run(school, "report", kind, parameter, tmp_path)
    assert code == 1
    assert words in out


def test_all_papers_of_a_month_are_made_at_once(school, run, tmp_path):
    code, out = run(school, "package", "2026-11", tmp_path)
    assert code == 0
    assert f"迎检包放在 {tmp_path / '示例县实验小学-迎检包-2026年11月'}：共 2 份" in out
    assert "没有生成 安全风险清单：还没有登记风险点" in out
    assert run(school, "package", "去年", tmp_path)[0] == 1


def test_a_package_that_ended_early_is_told(school, run, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.console._never", lambda: True)
    code, out = run(school, "package", "2026-11", tmp_path)
    assert (code, "按要求停下" in out) == (1, True)


def test_a_copy_is_made_once_and_can_be_restored(school, run, opener):
    code, out = run(school, "backup")
    (copy,) = backups_of(school)
    assert (code, str(copy) in out) == (0, True)
    assert "不用再备份" in run(school, "backup")[1]
    ledger, lock = opener(school)
    ledger.save(a_finding())
    ledger.close()
    lock.release()
    code, out = run(school, "restore", copy)
    assert code == 0
    assert "另存为" in out
    assert len(findings_of(school, opener)) == 1


def test_a_damaged_ledger_is_not_copied(school, run, monkeypatch):
    monkeypatch.setattr("ui.console.check_integrity", lambda _home: "row 7 missing")
    code, out = run(school, "backup")
    assert (code, "没有备份" in out) == (1, True)
    assert backups_of(school) == []


def test_what_is_no_copy_is_not_restored(school, run, tmp_path):
    code, out = run(school, "restore", tmp_path / "none.db")
    assert (code, "不是完整的备份" in out) == (1, True)


def test_while_the_window_is_open_a_command_is_refused_in_words(school, run):
    lock = take_lock(school)
    code, out = run(school, "export")
    assert (code, "已经打开" in out) == (1, True)
    assert run(school, "restore", "x.db")[0] == 1
    lock.release()


def test_the_ledger_is_free_again_after_a_failed_command(school, run, tmp_path):
    run(school, "report", "findings_ledger", "2020", tmp_path)
    take_lock(school).release()


def test_a_self_check_writes_what_it_heard(school, run, tmp_path, monkeypatch):
    from ui import demo

    def walk(folder, _resources, _open, hear):
        hear(f"✓ {folder.name}")
        return 3

    monkeypatch.setattr(demo, "run_demo", walk)
    code, out = run(school, "self-check", "--result", tmp_path / "result.txt")
    assert code == 3
    assert "✓ 演示 demo" in out
    assert (tmp_path / "result.txt").read_text(encoding="utf-8") == "✓ 演示 demo\ncode 3"
    assert run(school, "demo", tmp_path / "out")[0] == 3


def test_an_unknown_command_shows_how_it_is_used(school, run, capsys):
    with pytest.raises(SystemExit) as ended:
        run(school, "nonsense")
    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().out


def test_an_error_that_is_no_trouble_in_words_is_not_hidden(school, run, monkeypatch):
    def fail(*_args, **_more):
        raise KeyError("bug")

    monkeypatch.setattr("models.exchange.export.export_bundle", fail)
    with pytest.raises(KeyError):
        run(school, "export")
    assert issubclass(AppError, Exception)


@pytest.mark.parametrize("command", [["export"], ["backup"], ["reply", "--all"]])
def test_without_a_ledger_nothing_is_made(tmp_path, command, opener, clock, capsys):
    home = tmp_path / "nothing here"
    assert run_command(command, home, RESOURCES, opener, clock) == 1
    assert "还没有台账" in capsys.readouterr().out
    assert not home.exists()


def test_a_demo_that_cannot_be_written_is_told(tmp_path, opener, clock, capsys):
    (tmp_path / "file").write_text("in the way")
    command = ["demo", str(tmp_path / "file" / "demo")]
    assert run_command(command, tmp_path / "home", RESOURCES, opener, clock) == 1
    assert "不能写入" in capsys.readouterr().out
