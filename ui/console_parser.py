"""How the commands of console.py are written, and what `--help` says of them."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from ui.say import say

if TYPE_CHECKING:
    from ui.console import Console


class Parser(argparse.ArgumentParser):
    """Speaks through `say`: a console may know no Chinese, and a windowed program has none."""

    def _print_message(self, message: str, file: object = None) -> None:
        say(message.replace("usage:", "用法：").rstrip())

    def error(self, message: str) -> NoReturn:
        say(f"命令写得不对（{message}）。用 --help 看有哪些命令。")
        raise SystemExit(2)


def parser_of(console: "Console") -> argparse.ArgumentParser:
    """All commands; each runs a method of the console."""
    parser = Parser(prog="main.py", description="校园安全台账；不带命令时打开窗口。")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help)
        command.set_defaults(run=run)
        return command

    add("demo", console.demo, "用虚构的学校走一遍全部流程").add_argument(
        "folder", nargs="?", default="demo-output", help="结果放在哪里"
    )
    export = add("export", console.export, "生成数据包")
    export.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
    export.add_argument("--complete", action="store_true", help="装入全部内容")
    export.add_argument("--unit", default="", help="交给哪个单位（代码）；学校不用填")
    add("import", console.receive, "读入数据包").add_argument(
        "files", nargs="+", help="数据包文件，或放数据包的文件夹"
    )
    reply = add("reply", console.reply, "教育局：生成给学校的回执")
    whom = reply.add_mutually_exclusive_group(required=True)
    whom.add_argument("--all", action="store_true", help="给全部学校")
    whom.add_argument("--unit", default="", help="只给这个学校（代码）")
    reply.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
    add("verify", console.verify, "核验数据包的签名和内容").add_argument("file", help="数据包文件")
    add("inspect", console.inspect, "看数据包里有什么").add_argument("file", help="数据包文件")
    _add_papers(console, add)
    add("backup", console.backup, "检查并备份台账")
    add("restore", console.restore, "从备份恢复").add_argument("file", help="备份文件")
    add("self-check", console.self_check, "在临时文件夹里自检").add_argument(
        "--result", help="结果写入这个文件"
    )
    return parser


def _add_papers(console: "Console", add: Callable[..., argparse.ArgumentParser]) -> None:
    report = add("report", console.report, "生成 PDF 报表")
    report.add_argument("kind", help="报表种类，例如 findings_ledger")
    report.add_argument("parameter", help="年度 2026、月份 2026-11、通知书编号；风险清单等写 now")
    report.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
    letter = add("letter", console.letter, "把 .docx 或 .txt 里的文字排成公文")
    letter.add_argument("file", help="文件：第一行是标题，以后每段一行")
    letter.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
    letter.add_argument("--number", default="", help="文号，给出时排成红头文件")
    letter.add_argument("--signer", default="", help="签发人（上行文）")
    letter.add_argument("--copies", default="", help="抄送")
    package = add("package", console.package, "生成迎检包：一段时间的全部材料")
    package.add_argument("period", help="月份 2026-11、学期 2026-1，或学年 2026（2026年9月开学）")
    package.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
