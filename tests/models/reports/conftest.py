import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.reports.paper.faces import Faces, find_faces
from models.reports.paper.pdf_file import PrintResult, write_pdf
from models.reports.report import Report
from tests.conftest import RESOURCES
from tests.models.reports.paper.conftest import MOMENT, texts_of

NASTY = "<b>通道</b>&amp;被堵\x07\u200b，见😀图"
SEEN = "<b>通道</b>&amp;被堵，见"


@dataclass
class Paper:
    result: PrintResult
    pages: list[str]  # without white space (where lines break is tested elsewhere), without code

    @property
    def text(self) -> str:
        return "".join(self.pages)


Print = Callable[[Report], Paper]


@pytest.fixture(scope="session")
def faces() -> Faces:
    return find_faces(RESOURCES / "fonts")


@pytest.fixture
def on_paper(faces: Faces, tmp_path: Path) -> Print:
    def print_it(report: Report) -> Paper:
        path = tmp_path / "report.pdf"
        result = write_pdf(
            path,
            report.story,
            faces=faces,
            page=report.page,
            title=report.title,
            author="示例县实验小学",
            created=MOMENT,
        )
        code = f"校验码{result.code}"
        texts = (re.sub(r"\s", "", text) for text in texts_of(path))
        return Paper(result, [text.replace(code, "") for text in texts])

    return print_it
