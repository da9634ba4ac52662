"""迎检包: all papers of a period in a tree of folders, with an index of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from models.files import cannot_write, safe_name
from models.printing import LONGEST_NAME, REPORTS, report_name, report_of
from models.printing.batch_plan import ALONE, Paper, Plan
from models.printing.job import Job, write
from models.problems import AppError
from models.reports.package_index import Contents, Listed, package_index

INDEX = "00-目录.pdf"
STOPPED = "按要求停下，后面的材料没有生成。"
NOT_REACHED = "没有轮到。"
AS_IT_STANDS = "风险清单、责任清单和任务台账按现在的记录打印，不按时间段。"
Tell = Callable[[int, int], None]


class Package(NamedTuple):
    """What was made: the folder, each paper with what became of it, and why it ended early.

    `stopped` is empty where all papers were tried and the index was written; `indexed` says
    whether that was.
    """

    folder: Path
    listed: Sequence[Listed]
    stopped: str
    indexed: bool = True

    @property
    def made(self) -> list[Listed]:
        """Those whose files lie in the folder."""
        return [one for one in self.listed if not one.why]

    @property
    def lost(self) -> list[Listed]:
        """Those that were not made."""
        return [one for one in self.listed if one.why]

    @property
    def words(self) -> str:
        """How much was made, and what is not in it."""
        pages = sum(one.pages for one in self.made)
        words = f"迎检包已生成：共 {len(self.made)} 份，{pages} 页。{self.stopped}"
        if self.lost:
            why = f"原因见 {INDEX}" if self.indexed else "目录也没有写成"
            words += f"另有 {len(self.lost)} 份没有生成，{why}。"
        return words

    @property
    def boxes(self) -> str:
        """The characters that no font has, and in which papers they stand; empty without any."""
        places: dict[str, list[str]] = {}
        for one in self.made:
            for char in one.missing:
                places.setdefault(char, []).append(f"{one.number:03}")
        told = [f"{char}（{'、'.join(numbers)} 号）" for char, numbers in places.items()]
        return f"这些字打印为方框：{'、'.join(told)}。" if told else ""


def make_package(
    job: Job, plan: Plan, place: Path, tell: Tell, is_stopped: Callable[[], bool]
) -> Package:
    """Print the papers into a new folder below `place`, each file whole or not at all.

    `tell` hears how many papers are done of how many; `is_stopped` is asked before each. A paper
    that cannot be made is listed with its reason. Where the disk takes no more, what was made
    stays. AppError where not one could be made; then no folder is left behind.
    """
    folder = _new_folder(place, job.unit_name(), f"-迎检包-{plan.name}")
    listed: list[Listed] = []
    stopped = ""
    for number, paper in enumerate(plan.papers, 1):
        tell(number - 1, len(plan.papers))
        name = report_name(job.ledger, paper.key, paper.parameter)
        entry = Listed(number, paper.folder, name, why=NOT_REACHED)
        if not stopped and is_stopped():
            stopped = STOPPED
        if not stopped:
            try:
                entry = _print(job, paper, entry, folder)
            except AppError as error:  # of the disk: the next paper would meet it, too
                stopped = str(error)
        listed.append(entry)
    package = Package(folder, listed, stopped)
    if not package.made:
        _remove_empty(folder)
        raise AppError(stopped or f"{plan.name}没有可以打印的材料，没有生成迎检包。")
    return _with_index(job, plan, package)


def file_of(entry: Listed) -> str:
    """01-隐患排查/001-2026年隐患排查治理台账.pdf: where its file lies in the package."""
    stem = f"{entry.number:03}-{safe_name(entry.name)}"[: LONGEST_NAME - len(".pdf")]
    return f"{entry.folder}/{stem.strip(' .')}.pdf"


def _print(job: Job, paper: Paper, entry: Listed, folder: Path) -> Listed:
    """The entry with its pages, or with the reason; AppError where the file cannot be written."""
    try:
        report = report_of(job, paper.key, paper.parameter)
    except AppError as error:
        return replace(entry, why=str(error))
    result = write(job.ledger, job.faces, report, folder / file_of(entry))
    return replace(entry, pages=result.pages, missing=result.missing, why="")


def _with_index(job: Job, plan: Plan, package: Package) -> Package:
    alone = "、".join(REPORTS[key].title for key in ALONE)
    contents = Contents(
        job.unit_name(),
        plan.name,
        job.today(),
        package.listed,
        plan.gaps,
        (AS_IT_STANDS, f"{alone}不在包里；需要时请在“报表打印”里单独打印。"),
        package.stopped,
    )
    try:
        index = package_index(contents, faces=job.faces)
        write(job.ledger, job.faces, index, package.folder / INDEX)
    except AppError as error:
        return package._replace(stopped=package.stopped or str(error), indexed=False)
    return package


def _new_folder(place: Path, unit: str, tail: str) -> Path:
    """A folder that was not there before: what lies there already is never written over."""
    number, end = 1, safe_name(tail)
    try:
        place.mkdir(parents=True, exist_ok=True)
        while True:
            folder = place / (safe_name(unit)[: LONGEST_NAME - len(end)] + end)
            if not folder.exists():
                folder.mkdir()
                return folder
            number += 1
            end = f"{safe_name(tail)}({number})"
    except OSError as error:
        raise cannot_write(place, error) from error


def _remove_empty(folder: Path) -> None:
    """The folders that were made for files which then were not written."""
    with suppress(OSError):  # a disk that is gone cannot be tidied
        for part in [*folder.iterdir(), folder]:
            part.rmdir()
