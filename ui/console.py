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
from typing import TYPE_CHECKING

from models.files import write_whole
from models.ledger import witness
from models.ledger.backups import back_up, restore
from models.ledger.database import FILE_NAME, check_integrity
from models.ledger.ledger import Ledger
from models.ledger.lock import take_lock
from models.problems import AppError, Problem
from ui.console_parser import parser_of
from ui.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.exchange.key_store import KeyStore
    from models.printing.job import Job
    from models.reports.paper.pdf_file import PrintResult
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

    def _job(self, ledger: Ledger) -> "Job":
        """What papers are made from: with the shipped faces only, so that they look alike."""
        from models.printing.job import Job
        from models.reports.paper.faces import find_faces

        faces = find_faces(self._resources / "fonts")
        return Job(ledger, self._resources / "checklists", faces)

    def report(self, words: argparse.Namespace) -> int:
        """One report as a PDF."""
        from models.printing import REPORTS, file_name, print_report

        if words.kind not in REPORTS:
            raise AppError(f"没有“{words.kind}”这种报表。可以打印：{'、'.join(REPORTS)}。")
        with self._ledger() as ledger:
            name = file_name(ledger, words.kind, words.parameter)
            path = Path(words.folder) / name
            result = print_report(self._job(ledger), words.kind, words.parameter, path)
        return _told(path, result)

    def letter(self, words: argparse.Namespace) -> int:
        """Any text set as an official letter of this unit."""
        from models.printing.job import write
        from models.printing.letters import letter_of
        from models.written import read_written

        source = Path(words.file)
        text = read_written(source)
        path = Path(words.folder) / f"{source.stem}.pdf"
        with self._ledger() as ledger:
            job = self._job(ledger)
            parts = {"number": words.number, "signer": words.signer, "copies": words.copies}
            result = write(ledger, job.faces, letter_of(job, text, **parts), path)
        return _told(path, result)

    def package(self, words: argparse.Namespace) -> int:
        """All papers of a period in a folder of their own."""
        from models.printing.batch import make_package
        from models.printing.batch_plan import plan_package

        with self._ledger() as ledger:
            job = self._job(ledger)
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


def _told(path: Path, result: "PrintResult") -> int:
    """Where the file lies, and what could not be shown in it."""
    say(f"已生成 {path}，共 {result.pages} 页。")
    if result.missing:
        say(f"这些字没有字体，打印成了方框：{'、'.join(result.missing)}")
    return 0


def run_command(
    arguments: Sequence[str],
    home: Path,
    resources: Path,
    open_ledger: "Opener",
    now: Callable[[], datetime],
) -> int:
    """Run one command; an AppError is said in words and gives exit code 1."""
    console = Console(home, resources, open_ledger, now)
    words = parser_of(console).parse_args(arguments)
    try:
        return int(words.run(words))
    except (AppError, Problem) as error:
        say(str(error))
        return 1
