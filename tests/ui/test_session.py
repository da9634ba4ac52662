import subprocess
import sys
from datetime import UTC, datetime

import pytest

from models.ledger.writing import RefusedLine
from models.problems import AppError
from models.records.finding import Finding
from tests.conftest import ROOT, TODAY, a_finding


@pytest.fixture
def heard(session):
    tables = []
    session.changed.connect(tables.append)
    return tables


def test_today_is_the_day_by_this_pcs_clock(session, clock):
    assert session.today() == TODAY
    clock.at = datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert session.today() == clock.at.astimezone().date()


def test_a_save_is_in_the_ledger_and_told(session, heard, ledger):
    saved = session.save(a_finding())
    changed = session.save(a_finding(id=saved.id, place="食堂"), saved)
    assert ledger.get(Finding, saved.id) == changed
    assert heard == ["finding", "finding"]


def test_a_piece_of_work_is_done_in_one_go_and_told_once_a_table(session, heard, ledger):
    done = session.write(
        lambda writing: len(writing.save_all([a_finding(), a_finding()])), "finding", "photo"
    )
    assert done == 2
    assert heard == ["finding", "photo"]


def test_failed_work_leaves_nothing_and_tells_nothing(session, heard, ledger):
    def work(writing):
        writing.save(a_finding())
        raise AppError("磁盘已满。")

    with pytest.raises(AppError):
        session.write(work, "finding")
    assert ledger.all(Finding) == []
    assert heard == []


def test_templates_are_read_once(session):
    assert session.checklist is session.checklist
    assert session.safety is session.safety
    assert session.safety.items


def test_a_draft_is_kept_replaced_and_dropped(session):
    assert session.draft("form") == {}
    session.keep_draft("form", {"place": "<b>&赵𬱖🔥\n", "day": "2026-02-30"})
    session.keep_draft("form", {"place": "食堂"})
    session.keep_draft("other", {"place": "操场"})
    assert session.draft("form") == {"place": "食堂"}
    session.drop_draft("form")
    assert session.draft("form") == {}
    assert session.draft("other") == {"place": "操场"}


def test_the_store_of_keys_is_made_when_first_asked_for_and_belongs_to_this_pc(session, ledger):
    assert not (ledger.home / "keys").exists()
    store = session.store
    assert session.store is store
    store.device()
    assert [path.stem for path in (ledger.home / "keys").iterdir()] == [ledger.setting("device")]


def test_the_program_starts_without_loading_ciphers():
    program = (
        "import sys, ui.main_window, ui.pages.today, ui.session, ui.start\n"
        "slow = {'nacl', 'pyrage', 'orjson'} & {name.split('.')[0] for name in sys.modules}\n"
        "assert not slow, slow\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_a_line_refused_for_anything_but_rights_stays_a_bug(session):
    def work(_ledger):
        raise RefusedLine("a.1", "finding", {"place": "scope"})

    with pytest.raises(RefusedLine, match="refused line"):
        session.write(work)
