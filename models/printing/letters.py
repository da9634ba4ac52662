"""Any words set as an official letter of this unit: plain, or with red head and imprint.

What a person writes for a letter is no record: it stays on this PC, as the draft `FORM`.
"""

from dataclasses import replace

from models.ledger import drafts
from models.ledger.ledger import Ledger
from models.printing.job import NOTHING, Job
from models.problems import AppError
from models.reports.official_letter import official_letter, read_letter
from models.reports.paper.red_head import Copies, Head
from models.reports.report import Report, printed_on

FORM = "official_letter"
PARTS = ("text", "number", "signer", "copies")
LONGEST_COPIES = 300  # characters: the imprint stands on one page


def of_draft(job: Job, _parameter: str) -> Report:
    """The letter that was written last on this PC."""
    draft = drafts.draft(job.ledger, FORM)
    text, number, signer, copies = (draft.get(part, "").strip() for part in PARTS)
    if not text:
        raise AppError(f"公文还没有文字，{NOTHING}请在左边写上标题和正文，或者读入文件。")
    return letter_of(job, text, number=number, signer=signer, copies=copies)


def title_of(ledger: Ledger) -> str:
    """The title of the letter that was written last on this PC; empty where there is none."""
    return read_letter(drafts.draft(ledger, FORM).get("text", "")).title


def letter_of(
    job: Job, text: str, *, number: str = "", signer: str = "", copies: str = ""
) -> Report:
    """The letter. Unit and day are our own and today's where the text ends without them.

    A number (示教体〔2026〕3号) makes it one with a red head, which `signer` (of a letter upwards)
    and `copies` (who gets one) belong to.
    """
    if (signer or copies) and not number:
        raise AppError("签发人和抄送是红头文件才有的，请同时填写文号，例如 示教体〔2026〕3号。")
    if len(copies) > LONGEST_COPIES:
        raise AppError(
            f"抄送写了 {len(copies)} 个字，一页放不下，没有排版。"
            f"请写到 {LONGEST_COPIES} 个字以内，例如写“各中小学校、幼儿园”。"
        )
    words = read_letter(text)
    unit, today = job.unit_name(), printed_on(job.today())
    words = replace(words, unit=words.unit or unit, day=words.day or today)
    head = Head(f"{unit}文件", number, signer) if number else None
    imprint = Copies(copies, unit, words.day) if copies else None
    return official_letter(words, faces=job.faces, head=head, copies=imprint)
