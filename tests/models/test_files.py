import errno
import os
from pathlib import Path

import pytest

from models.files import cannot_write, copy_whole, write_whole
from models.problems import AppError


def test_a_file_is_written_with_its_folder_and_nothing_else(tmp_path):
    path = tmp_path / "新的" / "文件.pdf"
    write_whole(path, b"whole")
    write_whole(path, b"again")
    assert path.read_bytes() == b"again"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_what_stood_there_and_no_half_file(tmp_path, monkeypatch, step):
    path = tmp_path / "file"
    path.write_bytes(b"before")

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(AppError, match="磁盘已满"):
        write_whole(path, b"after")
    monkeypatch.undo()
    assert path.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_place_that_is_no_folder_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(AppError, match="不能写入文件夹"):
        write_whole(tmp_path / "file" / "inside", b"")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EACCES, "正被别的程序打开"),
        (errno.EROFS, "写保护开关"),
        (errno.ENOENT, "是否还在"),
    ],
)
def test_each_trouble_of_a_disk_has_its_sentence(number, words):
    told = str(cannot_write(Path("U盘"), OSError(number, os.strerror(number))))
    assert words in told
    assert "U盘" in told


def test_windows_says_in_its_own_way_that_a_stick_is_write_protected():
    error = PermissionError(errno.EACCES, "protected")
    error.winerror = 19
    assert "写保护开关" in str(cannot_write(Path("U盘"), error))


def test_a_file_is_copied_into_a_folder_that_may_be_new(tmp_path):
    file = tmp_path / "包.aqb"
    file.write_bytes(b"bundle")
    copy_whole(file, tmp_path / "U盘" / "回执")
    assert [copy.name for copy in (tmp_path / "U盘" / "回执").iterdir()] == ["包.aqb"]
    assert (tmp_path / "U盘" / "回执" / "包.aqb").read_bytes() == b"bundle"


def test_a_file_that_is_gone_is_told_by_its_own_name(tmp_path):
    with pytest.raises(AppError, match=r"打不开 .*包\.aqb"):
        copy_whole(tmp_path / "包.aqb", tmp_path / "U盘")
    assert not (tmp_path / "U盘").exists()
