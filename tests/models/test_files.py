import errno
import os
from pathlib import Path

import pytest

from models.files import cannot_write, write_whole
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
        (errno.EROFS, "是否只读"),
        (errno.ENOENT, "是否还在"),
    ],
)
def test_each_trouble_of_a_disk_has_its_sentence(number, words):
    told = str(cannot_write(Path("U盘"), OSError(number, os.strerror(number))))
    assert words in told
    assert "U盘" in told
