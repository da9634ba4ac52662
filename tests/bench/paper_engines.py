"""The engines of bench_paper: `python paper_engines.py ENGINE WORK FOLDER` prints one work.

WORK is what to print and how much of it, as ledger:5000, prose:1500, photos:100 or notices:200. All
use the same fonts, texts and widths; each is written as its own documentation shows.
"""

import html
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.paper_samples import (  # noqa: E402
    FONTS,
    SANS,
    SERIF,
    TITLES,
    WIDTHS,
    ledger_rows,
    notices,
    paragraphs,
)

A4, ACROSS = (595.0, 842.0), (842.0, 595.0)
SIDE, INDENT = 79.0, "\u3000\u3000"
NOTICE = "安全隐患整改通知书"


# ---- ours -------------------------------------------------------------------------------------


def ours(work: str, count: int, folder: Path) -> None:
    from models.reports.letter import PAGE, Letter
    from models.reports.paper.faces import find_faces
    from models.reports.paper.fast_table import Column, fast_table
    from models.reports.paper.page import ledger_page
    from models.reports.paper.pdf_file import write_pdf
    from models.reports.paper.photos import Photo, photo_rows

    faces = find_faces(FONTS)
    page = ledger_page() if work == "ledger" else PAGE
    letter = Letter(faces)
    if work == "ledger":
        columns = [Column(title, width) for title, width in zip(TITLES, WIDTHS, strict=True)]
        rows = ledger_rows(count)
        story: list[Any] = [fast_table(columns, rows, faces=faces, width=page.text_width)]
    elif work == "prose":
        story = [letter.words(text) for text in paragraphs(count)]
    elif work == "photos":
        story = []
        for path in sorted(folder.glob("*.jpg")):
            story += [*photo_rows([Photo(path, path.name)], faces=faces, height=300), PAGE]
    else:
        story = []
        for number, whom, *texts in notices(count):
            words = [letter.words(text) for text in (number, *texts)]
            story += [*letter.opening(NOTICE, whom[:-1]), *words, PAGE]
    moment = datetime(2026, 3, 5)
    path = folder / "ours.pdf"
    write_pdf(path, story, faces=faces, page=page, title=work, author="", created=moment)


def floor(_work: str, _count: int, folder: Path) -> None:
    """What nobody can do without: imports, fonts, deflating and writing the same content."""
    import reportlab.platypus  # noqa: F401

    from models.reports.paper.faces import find_faces

    find_faces(FONTS)
    content = (folder / "content").read_bytes()
    pages = [zlib.compress(content[at : at + 15_000]) for at in range(0, len(content), 15_000)]
    (folder / "floor.pdf").write_bytes(b"".join(pages))


# ---- the usual way with reportlab -------------------------------------------------------------


def platypus(work: str, count: int, folder: Path) -> None:
    from reportlab import rl_config
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import (
        Image,
        LongTable,
        PageBreak,
        Paragraph,
        SimpleDocTemplate,
    )

    rl_config.useA85 = 0  # the quicker setting, to be fair
    pdfmetrics.registerFont(TTFont("sans", SANS))
    pdfmetrics.registerFont(TTFont("serif", SERIF))
    cell = ParagraphStyle("cell", fontName="sans", fontSize=9, leading=12, wordWrap="CJK")
    body = ParagraphStyle("body", fontName="serif", fontSize=16, leading=29, wordWrap="CJK")
    story: list[Any] = []
    if work == "ledger":
        cells = [[Paragraph(text, cell) for text in row] for row in [TITLES, *ledger_rows(count)]]
        table = LongTable(cells, colWidths=WIDTHS, repeatRows=1)
        grid = ("GRID", (0, 0), (-1, -1), 0.4, (0, 0, 0))
        table.setStyle([grid, ("VALIGN", (0, 0), (-1, -1), "TOP")])
        story.append(table)
    elif work == "prose":
        story += [Paragraph(INDENT + html.escape(text), body) for text in paragraphs(count)]
    elif work == "photos":
        for path in sorted(folder.glob("*.jpg")):
            story += [Image(str(path), 400, 300), Paragraph(path.name, cell), PageBreak()]
    else:
        for texts in notices(count):
            story += [Paragraph(html.escape(text), body) for text in (NOTICE, *texts)]
            story.append(PageBreak())
    across = work == "ledger"
    margin = 41 if across else SIDE
    SimpleDocTemplate(
        str(folder / "platypus.pdf"),
        pagesize=ACROSS if across else A4,
        leftMargin=margin,
        rightMargin=margin,
    ).build(story)


# ---- others -----------------------------------------------------------------------------------


def fpdf2(work: str, count: int, folder: Path) -> None:
    from fpdf import FPDF

    across = work == "ledger"
    pdf = FPDF("L" if across else "P", "pt", "A4")
    pdf.add_font("sans", "", SANS)
    pdf.add_font("serif", "", SERIF)
    pdf.set_margins(41 if across else SIDE, 50)
    pdf.add_page()
    if across:
        pdf.set_font("sans", size=9)
        rows = [TITLES, *ledger_rows(count)]
        with pdf.table(rows, col_widths=WIDTHS, width=759, line_height=12, wrapmode="CHAR"):
            pass
    elif work == "photos":
        pdf.set_font("sans", size=9)
        for path in sorted(folder.glob("*.jpg")):
            pdf.image(path, w=400, h=300)
            pdf.cell(text=path.name)
            pdf.add_page()
    else:
        pdf.set_font("serif", size=16)
        pages = [paragraphs(count)] if work == "prose" else notices(count)
        for texts in pages:
            for text in texts:
                pdf.multi_cell(0, 29, INDENT + text, wrapmode="CHAR", new_x="LMARGIN")
            if work == "notices":
                pdf.add_page()
    pdf.output(str(folder / "fpdf2.pdf"))


def weasyprint(work: str, count: int, folder: Path) -> None:
    import weasyprint

    size = "A4 landscape" if work == "ledger" else "A4"
    style = (
        f"@font-face {{font-family: sans; src: url(file://{SANS})}}"
        f"@font-face {{font-family: serif; src: url(file://{SERIF})}}"
        f"@page {{size: {size}; margin: 50pt {41 if work == 'ledger' else SIDE}pt}}"
        "table {border-collapse: collapse; width: 100%; font: 9pt/12pt sans}"
        "td, th {border: 0.4pt solid; padding: 1pt 3pt}"
        "p {font: 16pt/29pt serif; text-indent: 2em; margin: 0} .new {break-after: page}"
    )
    if work == "ledger":
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(text)}' for text in row)}"
            for row in ledger_rows(count)
        )
        body = f"<table><thead><tr>{''.join(f'<th>{t}' for t in TITLES)}<tbody>{rows}</table>"
    elif work == "photos":
        body = "".join(
            f"<div class=new><img width=400 src='{path}'><p>{path.name}</div>"
            for path in sorted(folder.glob("*.jpg"))
        )
    elif work == "prose":
        body = "".join(f"<p>{html.escape(text)}" for text in paragraphs(count))
    else:
        body = ""
        for texts in notices(count):
            words = "".join(f"<p>{html.escape(text)}" for text in (NOTICE, *texts))
            body += f"<div class=new>{words}</div>"
    page = f"<html lang=zh><style>{style}</style>{body}"
    weasyprint.HTML(string=page, base_url=str(folder)).write_pdf(str(folder / "weasyprint.pdf"))


def typst(work: str, count: int, folder: Path) -> None:
    import typst

    def said(text: str) -> str:
        return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    across = work == "ledger"
    face, size = ("Sans", 9) if across else ("Serif", 16)
    lines = [
        f'#set page("a4", flipped: {str(across).lower()}, margin: {41 if across else SIDE}pt)',
        f'#set text(font: "Noto {face} SC", size: {size}pt)',
        "#set par(first-line-indent: 2em, justify: true)",
    ]
    if across:
        widths = ", ".join(f"{width}pt" for width in WIDTHS)
        cells = [f"[{said(text)}]" for row in ledger_rows(count) for text in row]
        head = ", ".join(f"[{title}]" for title in TITLES)
        rows = ", ".join(cells)
        lines.append(f"#table(columns: ({widths}), table.header({head}), {rows})")
    elif work == "photos":
        for path in sorted(folder.glob("*.jpg")):
            lines.append(f'#image("{path.name}", width: 400pt)\n{said(path.name)}\n#pagebreak()')
    elif work == "prose":
        lines += [said(text) + "\n" for text in paragraphs(count)]
    else:
        for texts in notices(count):
            lines += [*(said(text) + "\n" for text in (NOTICE, *texts)), "#pagebreak()"]
    source = folder / "source.typ"
    source.write_text("\n".join(lines), encoding="utf-8")
    typst.compile(source, output=folder / "typst.pdf", font_paths=[FONTS])


def libreoffice(work: str, count: int, folder: Path) -> None:
    """From a page of HTML, as an office would open one."""
    if work == "ledger":
        rows = [TITLES, *ledger_rows(count)]
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(t)}' for t in row)}" for row in rows)
        source, kind = folder / "libreoffice.html", "calc_pdf_Export"
        body = f"<table border=1>{body}</table>"
    elif work == "photos":
        body = "".join(f"<p><img width=400 src='{p}'></p>" for p in sorted(folder.glob("*.jpg")))
        source, kind = folder / "libreoffice.html", "writer_web_pdf_Export"
    else:
        pages = [paragraphs(count)] if work == "prose" else notices(count)
        body = "".join(f"<p>{html.escape(text)}</p>" for texts in pages for text in texts)
        source, kind = folder / "libreoffice.html", "writer_web_pdf_Export"
    source.write_text(f"<html><meta charset=utf-8><body>{body}", encoding="utf-8")
    filter_in = "HTML (StarCalc)" if work == "ledger" else "HTML (StarWriter)"
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/office",
            f"--infilter={filter_in}",
            "--convert-to",
            f"pdf:{kind}",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )


ENGINES: dict[str, Callable[[str, int, Path], None]] = {
    "ours": ours,
    "floor": floor,
    "platypus": platypus,
    "fpdf2": fpdf2,
    "typst": typst,
    "weasyprint": weasyprint,
    "libreoffice": libreoffice,
}

if __name__ == "__main__":
    engine, work, folder = sys.argv[1:]
    what, number = work.split(":")
    ENGINES[engine](what, int(number), Path(folder))
