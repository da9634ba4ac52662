"""Any words set as an official letter of this unit: plain, or with red head and imprint."""

from dataclasses import replace

from models.printing.job import Job
from models.problems import AppError
from models.records.fields import show_day
from models.reports.official_letter import Copies, official_letter, read_letter
from models.reports.paper.red_head import Head
from models.reports.report import Report


def letter_of(
    job: Job, text: str, *, number: str = "", signer: str = "", copies: str = ""
) -> Report:
    """The letter. Unit and day are our own and today's where the text ends without them.

    A number (示教体〔2026〕3号) makes it one with a red head, which `signer` (of a letter upwards)
    and `copies` (who gets one) belong to.
    """
    if (signer or copies) and not number:
        raise AppError("签发人和抄送是红头文件才有的，请同时给出文号，例如 示教体〔2026〕3号。")
    words = read_letter(text)
    unit, today = job.unit_name(), show_day(job.today())
    words = replace(words, unit=words.unit or unit, day=words.day or today)
    head = Head(f"{unit}文件", number, signer) if number else None
    imprint = Copies(copies, unit, words.day) if copies else None
    return official_letter(words, faces=job.faces, head=head, copies=imprint)
