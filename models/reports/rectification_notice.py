"""安全隐患整改通知书 of one or many findings: the copy to deliver, its photos, the stub to keep."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.case import Case
from models.reports.case_photos import photos_before
from models.reports.notice_stub import stub
from models.reports.notice_words import Notice, addressee_of
from models.reports.paper.faces import Faces
from models.reports.paper.page import Page, official_page
from models.reports.paper.paragraph import Style
from models.reports.report import (
    BLANK_DAY,
    Report,
    SigningBlock,
    headed,
    paragraph,
)

TITLE = "安全隐患整改通知书"
SIZE = 14.0


def rectification_notice(
    unit: str, cases: Sequence[Case], *, faces: Faces, receiver: str = ""
) -> Report:
    """Both copies. The one to deliver comes first, so that its sheets count from one.

    `unit` issues it; to a department of its own, or as an office to a school, the `receiver`.
    """
    notice = Notice(unit, cases, receiver)
    deliver = official_page(header_right=f"送达联：交{receiver or '责任部门'}")
    keep = official_page(header_right="存根联：由发出单位留存")
    body = Style(faces.body, SIZE, 24, indent=2)
    *words, last = [paragraph(text, body) for text in notice.texts()]
    signing = SigningBlock(
        ["签发人：", "检查人：", "签收人：", f"签收日期：{BLANK_DAY}"],
        f"{unit}（盖章）",
        notice.issued,
        Style(faces.body, SIZE, 28, align="L"),
    )
    story: list[Flowable | Page] = [
        *headed(TITLE, notice.number, faces),
        paragraph(f"{receiver or addressee_of(cases)}：", replace(body, indent=0)),
        *words,
        KeepTogether([last, signing]),  # signatures never stand alone on a sheet
        *photos_before(cases, faces),
        keep,
        *headed(f"{TITLE}（存根）", notice.number, faces),
        *stub(notice, faces, keep.text_width),
    ]
    return Report(TITLE, deliver, story)
