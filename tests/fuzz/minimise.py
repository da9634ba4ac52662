"""Keep of what the fuzzer found the smallest inputs that together reach every line it reached.

    .venv/bin/python -m tests.fuzz.minimise zip tests/corpus/bundles/zip found/zip

The first folder is written anew from all of them. (libFuzzer's own `-merge` starts its program
again as an executable, which a Python module is not.)
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS

MOST_BYTES = 6_000
MODELS = str(ROOT / "models")
Step = tuple[str, int, int]


def steps_of(target: Callable[[bytes], None], data: bytes) -> set[Step]:
    """From which line to which the program went, and where something was raised."""
    steps: set[Step] = set()

    def enter(frame: FrameType, _event: str, _arg: Any) -> Any:
        name, last = frame.f_code.co_filename, 0
        if not name.startswith(MODELS):
            return None

        def step(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            steps.add((name, last, frame.f_lineno if event == "line" else -1))
            last = frame.f_lineno
            return step

        return step

    sys.settrace(enter)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return steps


def main() -> None:
    """Read all folders, and write the first one anew."""
    target, kept, *more = sys.argv[1:]
    files = {path.read_bytes() for folder in (kept, *more) for path in Path(folder).iterdir()}
    for path in Path(kept).iterdir():
        path.unlink()
    seen: set[Step] = set()
    for data in sorted(files, key=lambda data: (len(data), data)):
        new = steps_of(TARGETS[target], data) - seen if len(data) <= MOST_BYTES else set()
        if new:
            seen |= new
            (Path(kept) / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main()
