"""A month's report with 200 findings and 100 photos: at most 2 s, and a file of at most 30 MB."""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageFilter  # noqa: E402

from models.ledger import findings  # noqa: E402
from models.ledger.ledger import Ledger  # noqa: E402
from models.records.finding import CATEGORIES, SOURCES, Photo  # noqa: E402
from models.reports.paper.faces import find_faces  # noqa: E402
from tests.bench.many_findings import PEOPLE, PLACES, THINGS  # noqa: E402
from tests.conftest import a_finding, a_ledger, a_step  # noqa: E402

FINDINGS, PAIRS, MONTH = 200, 50, "2026-11"
MOST_SECONDS, MOST_BYTES = 2.0, 30_000_000
CLOCK = datetime(2026, 12, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))


def a_photo() -> bytes:
    """A picture of 1600 × 1200 with as much detail as a photo has; no two are alike."""
    noise = Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3))
    data = io.BytesIO()
    noise.filter(ImageFilter.GaussianBlur(2)).save(data, "JPEG", quality=85)
    return data.getvalue()


def ways() -> Iterator[tuple[str, ...]]:
    """The steps of one finding after the other."""
    while True:
        yield ("fixed_on_site", "recheck_passed", "closed")
        yield ("graded", "rectifying", "submitted", "recheck_passed", "closed")
        yield ("graded", "notice_issued", "rectifying")
        yield ("graded", "rectifying", "submitted", "recheck_failed")


def fill(ledger: Ledger, count: int = FINDINGS, pairs: int = PAIRS) -> None:
    """Findings of a month and the two before it, most of them in the month."""
    categories, sources = list(CATEGORIES), list(SOURCES)
    with ledger.transaction():
        for number, way in zip(range(count), ways(), strict=False):
            day = date(2026, 11, number % 20 + 1) - timedelta(days=number % 7 // 5 * 45)
            finding = findings.register(
                ledger,
                a_finding(
                    description=f"{THINGS[number % len(THINGS)]}，需要整改",
                    place=PLACES[number % len(PLACES)],
                    category=categories[number * number % 13],
                    source=sources[number % 7],
                    level="general",
                    found_on=day,
                    deadline=day + timedelta(days=10),
                    responsible=PEOPLE[number % len(PEOPLE)],
                ),
            )
            for kind in way:
                person = "张㛃" if kind.startswith("recheck") else "赵𬱖"
                later = day + timedelta(days=3)
                step = a_step(kind, taken_on=later, person=person, level=None, deadline=None)
                if kind == "graded":
                    step = replace(step, level="general")
                if kind in ("notice_issued", "recheck_failed"):
                    step = replace(step, deadline=day + timedelta(days=12))
                findings.take_step(ledger, finding, step)
            if number < pairs:
                for stage in ("before", "after"):
                    photo = Photo(finding=finding.id, stage=stage, taken_on=day)
                    ledger.save(replace(photo, sha256=ledger.attach(a_photo())))


def main() -> None:
    """Measure, and say what came out."""
    from models.printing_periods import PAIRS_SETTING, gather
    from models.reports.paper.pdf_file import write_pdf

    with tempfile.TemporaryDirectory() as folder:
        ledger = a_ledger(Path(folder) / "school", clock=lambda: CLOCK)
        fill(ledger)
        ledger.set_setting(PAIRS_SETTING, str(PAIRS))
        path = Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "month.pdf"
        start, cpu = time.perf_counter(), time.process_time()
        faces = find_faces(ROOT / "resources" / "fonts")
        report = gather(ledger, faces, "month", MONTH)
        options = {"title": report.title, "author": "", "created": CLOCK}
        result = write_pdf(path, report.story, faces=faces, page=report.page, **options)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        size = path.stat().st_size
        ledger.close()
    sys.stdout.write(
        f"month's report, {FINDINGS} findings, {2 * PAIRS} photos: {seconds:.2f} s"
        f" ({cpu:.2f} s CPU, goal {MOST_SECONDS:.0f}), {size / 1e6:.1f} MB"
        f" (goal {MOST_BYTES / 1e6:.0f}), {result.pages} pages\n"
    )


if __name__ == "__main__":
    main()
