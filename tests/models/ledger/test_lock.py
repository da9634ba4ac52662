import subprocess
import sys
from pathlib import Path

import pytest

from models.ledger.lock import take_lock
from models.problems import AppError

HOLD = """
import sys
from pathlib import Path
from models.ledger.lock import take_lock
take_lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_keeps_another_process_away_until_it_ends(home):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(AppError, match="已经打开了"):
            take_lock(home)
        other.kill()  # however it ends
    take_lock(home).release()


def test_a_released_lock_lets_others_in(home):
    first = take_lock(home)
    with pytest.raises(AppError, match="已经打开了"):
        take_lock(home)
    first.release()
    take_lock(home).release()


def test_the_folder_is_made_where_there_is_none(tmp_path):
    home = tmp_path / "新的" / "台账"
    take_lock(home).release()
    assert (home / "ledger.lock").exists()


def test_two_folders_do_not_disturb_each_other(tmp_path):
    locks = [take_lock(tmp_path / name) for name in ("a", "b")]
    for lock in locks:
        lock.release()


def test_a_place_that_takes_no_folder_is_told_in_words(tmp_path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(AppError, match="不能写入文件夹"):
        take_lock(file / "home")
