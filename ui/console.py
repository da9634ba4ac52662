"""`main.py demo|export|import|reply|verify|inspect|report|…`: the same work without a window.

Exit codes: 0 all is well; 1 it was not done, or something needs a person (said in words); 2 the
command was written wrongly; 3 a bundle did not pass its verification.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from models.files import write_whole
from models.ledger import witness
from models.ledger.backups import back_up, restore
from models.ledger.database import FILE_NAME, check_integrity
from models.ledger.ledger import Ledger
from models.ledger.lock import take_lock
from models.problems import AppError, Problem
from ui.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.exchange.key_store import KeyStore
    from ui.start import Opener

NOT_VERIFIED = 3
PASSWORD = "CAMPUS_LEDGER_PASSWORD"


def _store(ledger: Ledger) -> "KeyStore":
    from models.exchange.key_store import KeyStore

    return _unlocked(KeyStore.of(ledger))


def _unlocked(store: "KeyStore") -> "KeyStore":
    if store.is_locked:
        password = os.environ.get(PASSWORD, "")
        if not password:
            raise AppError(f"密钥有密码保护。请用环境变量 {PASSWORD} 给出密码，再运行一次。")
        store.unlock(password)
    return store


def _quiet(_done: int, _total: int) -> None:
    """A console shows results, not progress."""


def _never() -> bool:
    return False


class Console:
    """The commands; each says in a line what it did, and returns the exit code."""

    def __init__(
        self, home: Path, resources: Path, open_ledger: "Opener", now: Callable[[], datetime]
    ) -> None:
        self._home, self._resources = home, resources
        self._open, self._now = open_ledger, now

    @contextmanager
    def _ledger(self) -> "Iterator[Ledger]":
        if not (self._home / FILE_NAME).exists():
            raise AppError("还没有台账。请先不带命令打开程序，填好单位资料。")
        ledger, lock = self._open(self._home)
        try:
            if not ledger.unit:
                raise AppError("台账还没有建好。请先不带命令打开程序，填好单位资料。")
            yield ledger
        finally:
            witness.note(ledger)
            ledger.close()
            lock.release()

    def demo(self, words: argparse.Namespace) -> int:
        """The whole journey of a made-up school, checked at the end."""
        from ui.demo import run_demo

        return run_demo(Path(words.folder), self._resources, self._open, say)

    def export(self, words: argparse.Namespace) -> int:
        """A bundle of what the other side has not said it has."""
        from models.exchange.export import export_bundle

        with self._ledger() as ledger:
            made = export_bundle(
                ledger,
                _store(ledger),
                Path(words.folder),
                unit=words.unit,
                complete=words.complete,
            )
        for path in made.paths:
            say(f"已生成 {path}")
        say(f"共 {made.lines} 条记录，照片 {made.photos} 张。{made.left_words}")
        return 0

    def receive(self, words: argparse.Namespace) -> int:
        """Bundles of others, files or folders of them; a bad one stops only itself."""
        from models.exchange.receive import find_files, receive_files

        paths = find_files([Path(name) for name in words.files])
        if not paths:
            raise AppError("没有找到数据包（扩展名 .aqb）。请检查文件或文件夹的位置。")
        with self._ledger() as ledger:
            results = receive_files(ledger, _store(ledger), paths, _quiet, _never)
        for result in results:
            say(result.words)
        return 0 if all(result.clean for result in results) else 1

    def reply(self, words: argparse.Namespace) -> int:
        """Bundles for the schools, all of them or one."""
        from models.exchange.export import export_bundle, reply_all

        folder = Path(words.folder)
        with self._ledger() as ledger:
            if words.unit:
                made = export_bundle(ledger, _store(ledger), folder, unit=words.unit)
                for path in made.paths:
                    say(f"已生成 {path}")
                return 0
            replies = reply_all(ledger, _store(ledger), folder, _quiet, _never)
        for reply in replies:
            say(f"{reply.name or reply.unit}：{reply.words}")
        return 0 if all(reply.good for reply in replies) else 1

    def verify(self, words: argparse.Namespace) -> int:
        """Signature, chains and content of a bundle; the window may be open meanwhile."""
        from models.exchange.inspection import office_digits, verify_bundle

        identities = self._identities()
        try:
            bundle = verify_bundle(Path(words.file), identities)
        except AppError as error:
            say(str(error))
            return NOT_VERIFIED
        lines = sum(len(segment.lines) for segment in bundle.segments)
        say(f"通过：{bundle.manifest.unit_name} 的数据包，{lines} 条记录，每一条都核对过。")
        say(f"签发登记的教育局密钥：{office_digits(bundle)}")
        return 0

    def inspect(self, words: argparse.Namespace) -> int:
        """What is inside a bundle that this PC can open; no secrets, nothing that people wrote."""
        from models.exchange.inspection import inspect_bundle

        for line in inspect_bundle(Path(words.file), self._identities()):
            say(line)
        return 0

    def _identities(self) -> list[str]:
        """All that opens bundles on this PC; no ledger is opened for it."""
        from models.exchange.key_store import KeyStore

        stores = KeyStore.all_in(self._home)
        if not stores:
            raise AppError("这台电脑还没有密钥，打不开数据包。请先不带命令打开程序，办理入网。")
        return [identity for store in stores for identity in _unlocked(store).identities()]

    def report(self, words: argparse.Namespace) -> int:
        """One report as a PDF."""
        from models.printing import REPORTS, file_name, print_report
        from models.reports.paper.faces import find_faces

        if words.kind not in REPORTS:
            raise AppError(f"没有“{words.kind}”这种报表。可以打印：{'、'.join(REPORTS)}。")
        with self._ledger() as ledger:
            name = file_name(ledger, words.kind, words.parameter)
            path = Path(words.folder) / name
            faces = find_faces(self._resources / "fonts")
            lists = self._resources / "checklists"
            result = print_report(ledger, lists, faces, words.kind, words.parameter, path)
        say(f"已生成 {path}，共 {result.pages} 页。")
        if result.missing:
            say(f"这些字没有字体，打印成了方框：{'、'.join(result.missing)}")
        return 0

    def package(self, words: argparse.Namespace) -> int:
        """All papers of a period in a folder of their own."""
        from models.printing.batch import make_package
        from models.printing.batch_plan import plan_package
        from models.printing.job import Job
        from models.reports.paper.faces import find_faces

        with self._ledger() as ledger:
            job = Job(ledger, self._resources / "checklists", find_faces(self._resources / "fonts"))
            plan = plan_package(job, words.period)
            made = make_package(job, plan, Path(words.folder), _quiet, _never)
        lost = [f"没有生成 {one.name}：{one.why}" for one in made.lost]
        say("\n".join(filter(None, [f"{made.words}放在 {made.folder}", *lost, made.boxes])))
        return 1 if made.stopped else 0

    def backup(self, words: argparse.Namespace) -> int:
        """A copy of the ledger, after a check of it."""
        with self._ledger() as ledger:
            trouble = check_integrity(ledger.home)
            if trouble:
                raise AppError(f"台账文件有损坏，没有备份：{trouble}")
            made = back_up(ledger.home, self._now().astimezone())
        say(f"备份已做好：{made}" if made else "内容和最近的备份一样，不用再备份。")
        return 0

    def restore(self, words: argparse.Namespace) -> int:
        """A copy put in the ledger's place; the old file is moved aside."""
        lock = take_lock(self._home)
        try:
            aside = restore(self._home, Path(words.file), self._now().astimezone())
        finally:
            lock.release()
        say(f"已从 {words.file} 恢复。" + (f"原来的文件另存为 {aside.name}。" if aside else ""))
        return 0

    def self_check(self, words: argparse.Namespace) -> int:
        """The journey in a temporary folder; writes its result to a file if one is named."""
        from ui.demo import run_demo

        heard: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            code = run_demo(Path(folder) / "演示 demo", self._resources, self._open, heard.append)
        for line in heard:
            say(line)
        if words.result:
            write_whole(Path(words.result), "\n".join([*heard, f"code {code}"]).encode())
        return code


def run_command(
    arguments: Sequence[str],
    home: Path,
    resources: Path,
    open_ledger: "Opener",
    now: Callable[[], datetime],
) -> int:
    """Run one command; an AppError is said in words and gives exit code 1."""
    console = Console(home, resources, open_ledger, now)
    words = _parser(console).parse_args(arguments)
    try:
        return int(words.run(words))
    except (AppError, Problem) as error:
        say(str(error))
        return 1


class Parser(argparse.ArgumentParser):
    """Speaks through `say`: a console may know no Chinese, and a windowed program has none."""

    def _print_message(self, message: str, file: object = None) -> None:
        say(message.replace("usage:", "用法：").rstrip())

    def error(self, message: str) -> NoReturn:
        say(f"命令写得不对（{message}）。用 --help 看有哪些命令。")
        raise SystemExit(2)


def _parser(console: Console) -> argparse.ArgumentParser:
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
    export.add_argument("--complete", action="store_true", help="装入全部内容")
    export.add_argument("--unit", default="", help="交给哪个单位（代码）；学校不用填")
    add("import", console.receive, "读入数据包").add_argument(
        "files", nargs="+", help="数据包文件，或放数据包的文件夹"
    )
    reply = add("reply", console.reply, "教育局：生成给学校的回执")
    whom = reply.add_mutually_exclusive_group(required=True)
    whom.add_argument("--all", action="store_true", help="给全部学校")
    whom.add_argument("--unit", default="", help="只给这个学校（代码）")
    add("verify", console.verify, "核验数据包的签名和内容").add_argument("file", help="数据包文件")
    add("inspect", console.inspect, "看数据包里有什么").add_argument("file", help="数据包文件")
    report = add("report", console.report, "生成 PDF 报表")
    report.add_argument("kind", help="报表种类，例如 findings_ledger")
    report.add_argument("parameter", help="年度 2026、月份 2026-11、通知书编号；风险清单等写 now")
    package = add("package", console.package, "生成迎检包：一段时间的全部材料")
    package.add_argument("period", help="月份 2026-11、学期 2026-1，或学年 2026（2026年9月开学）")
    for command in (export, reply, report, package):
        command.add_argument("folder", nargs="?", default=".", help="放在哪个文件夹")
    add("backup", console.backup, "检查并备份台账")
    add("restore", console.restore, "从备份恢复").add_argument("file", help="备份文件")
    add("self-check", console.self_check, "在临时文件夹里自检").add_argument(
        "--result", help="结果写入这个文件"
    )
    return parser
