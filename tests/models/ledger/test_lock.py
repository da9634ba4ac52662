import subprocess
import sys

import pytest

from models.ledger.lock import cannot_write, take_lock
from models.problems import AppError
from tests.conftest import ROOT


def test_a_second_one_is_kept_away_until_the_first_lets_go(tmp_path):
    home = tmp_path / "new" / "folder"
    lock = take_lock(home)
    with pytest.raises(AppError, match="已经打开了"):
        take_lock(home)
    lock.release()
    take_lock(home).release()


def test_a_process_that_ends_without_a_word_leaves_no_lock_behind(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from models.ledger.lock import take_lock;"
        " lock = take_lock(Path(sys.argv[1])); os._exit(1)"
    )
    ended = subprocess.run([sys.executable, "-c", program, tmp_path], cwd=ROOT, check=False)
    assert ended.returncode == 1
    take_lock(tmp_path).release()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("a file stands here")
    with pytest.raises(AppError, match="不能写入文件夹"):
        take_lock(tmp_path / "file" / "home")


def test_a_full_disk_and_a_closed_folder_are_told_apart(tmp_path):
    assert "磁盘已满" in str(cannot_write(tmp_path, OSError(28, "No space left on device")))
    assert "只读" in str(cannot_write(tmp_path, OSError(13, "Permission denied")))
