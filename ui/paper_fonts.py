"""The fonts that papers are printed with on this PC."""

import os
from pathlib import Path

from models.reports.paper.faces import Faces, find_faces


def paper_faces(resources: Path) -> Faces:
    """The official faces where Windows has them, else the shipped ones; AppError without those."""
    return find_faces(resources / "fonts", system_font_folders())


def system_font_folders() -> list[Path]:
    """Where Windows keeps its fonts; elsewhere none, so that papers look alike."""
    roots = [os.environ.get("WINDIR"), os.environ.get("LOCALAPPDATA")]
    tails = ["Fonts", "Microsoft/Windows/Fonts"]
    return [Path(root) / tail for root, tail in zip(roots, tails, strict=True) if root]
