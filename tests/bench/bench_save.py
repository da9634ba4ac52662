"""Saving one finding against one write + fsync, on the same disk in the same run."""

import os
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from main import open_ledger
from models.ledger import findings
from models.records.finding import Finding
from models.records.organisation import Organisation, usual_grades
from models.records.person import Person

ROUNDS = 400


def medians_ms(*works, rounds: int = ROUNDS) -> list[float]:
    """The works take turns, so that a busy disk is busy for all of them."""
    times = [[] for _ in works]
    for number in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work(number)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) * 1000 for taken in times]


def main() -> None:
    # on the disk of the project: a folder in memory would make both sides look fast
    Path("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir="build") as folder:
        home = Path(folder)
        ledger, lock = open_ledger(home)
        ledger.found(
            Organisation(
                kind="school",
                name="示例县实验小学",
                code="2137000001",
                school_type="primary",
                system="six_three",
                grades=usual_grades("primary", "six_three"),
            ),
            Person(name="李安全"),
        )

        def save(number: int) -> None:
            findings.register(
                ledger,
                Finding(
                    description=f"灭火器压力不足，指针在红区，第 {number} 具",
                    place="教学楼一层东侧",
                    category="fire",
                    found_on=date(2026, 11, 23),
                    finder="李安全",
                ),
            )

        handle = os.open(home / "plain", os.O_CREAT | os.O_WRONLY)

        def write(_number: int) -> None:
            os.write(handle, b"x" * 4096)
            os.fsync(handle)

        save(-1)
        floor, ours = medians_ms(write, save)
        os.close(handle)
        ledger.close()
        lock.release()
    ratio = ours / floor
    print(f"save one finding: ours {ours:.2f} ms, write+fsync {floor:.2f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
