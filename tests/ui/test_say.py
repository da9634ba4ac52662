import io
import subprocess
import sys
from pathlib import Path

from ui.say import say

ROOT = Path(__file__).parents[2]


def test_a_program_without_a_console_says_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    say("已生成")


def test_a_console_that_knows_no_chinese_gets_marks(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    say("a 已生成 b")
    assert raw.getvalue() == b"a ??? b\n"


def test_when_the_reader_of_a_pipe_leaves_the_work_goes_on_without_a_word():
    """As `main.py inspect … | head` does: what is said later is lost, and nothing is complained."""
    code = "import sys; from ui.say import say\nsys.stdin.read()\nsay('一'); say('二'); sys.exit(7)"
    command = [sys.executable, "-W", "error", "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as talking:
        talking.stdout.close()
        talking.stdin.close()
        assert talking.stderr.read() == b""
    assert talking.returncode == 7
