"""What the demo does not print, for `make pdfa`: python tests/pdfa/samples.py FOLDER"""

import sys
from pathlib import Path

from models.reports.paper.faces import find_faces
from models.reports.paper.fast_table import Column, Group, fast_table
from models.reports.paper.page import official_page, official_page_across
from models.reports.paper.paragraph import Paragraph
from models.reports.paper.pdf_file import write_pdf
from models.reports.paper.photos import photo_rows
from tests.conftest import RESOURCES
from tests.models.reports.paper.conftest import MOMENT, body_of
from tests.models.reports.paper.test_archival import NASTY, pictures
from tests.models.reports.paper.test_content_code import story_of

EVERYTHING = "".join(map(chr, range(0x110000)[:: 0x110000 // 4_000]))


def main(folder: Path) -> None:
    """Every piece, every kind of photo, characters of all planes, any names, wide sheets."""
    faces = find_faces(RESOURCES / "fonts")
    across = official_page_across()
    rows = [row for group in "甲乙丙" for row in (Group(group), *[("一", NASTY)] * 30)]
    table = fast_table([Column("题"), Column("问题")], rows, faces=faces, width=across.text_width)
    stories = {
        "pieces": story_of(faces),
        "photos": photo_rows(pictures(), faces=faces),
        "characters": [Paragraph(EVERYTHING, body_of(faces))],
        "wide": [Paragraph(NASTY, body_of(faces)), across, table],
        "empty": [],
    }
    for name, story in stories.items():
        write_pdf(
            folder / f"{name}.pdf",
            story,
            faces=faces,
            page=official_page(numbering="—X—"),
            title=NASTY,
            author=NASTY,
            subject=name,
            created=MOMENT,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
