"""公文: any words set as an official letter, in an office's variant with red head and imprint."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.letter import LEADING, PAGE, Letter
from models.reports.paper.faces import Faces
from models.reports.paper.page import Page
from models.reports.paper.red_head import Copies, Head, Imprint, RedHead
from models.reports.report import Report, paragraph

DIGIT = r"[\d〇○零一二三四五六七八九十]"  # letters in the old style write out the day
DAY = re.compile(f"{DIGIT}{{4}}年{DIGIT}{{1,3}}月{DIGIT}{{1,3}}日")
ATTACHED = re.compile(r"附件[：:]\s*(?:1[.．、]\s*)?(.+)")
LISTED = re.compile(r"\d+[.．、]\s*(.+)")
NOTE = re.compile(r"[（(](.+)[）)]")
LONGEST_ADDRESSEE = 60  # characters; a longer line that ends with a colon is text
LONGEST_UNIT = 30


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says; the text a paragraph each."""

    title: str
    text: Sequence[str]
    addressee: str = ""
    attachments: Sequence[str] = ()
    unit: str = ""
    day: str = ""
    note: str = ""  # 附注, without its brackets


def official_letter(
    words: Words, *, faces: Faces, head: Head | None = None, copies: Copies | None = None
) -> Report:
    """The letter; with a head and copies as an office issues it."""
    letter = Letter(faces)
    *before, last = [letter.words(text) for text in words.text] or [paragraph("", letter.body)]
    closing: list[Flowable] = [last, *letter.attached(words.attachments)]
    if words.unit or words.day:
        closing.append(letter.signed(words.unit, words.day))
    if words.note:
        closing.append(paragraph(f"（{words.note}）", letter.body))
    story: list[Flowable | Page] = [
        *([RedHead(head, faces, LEADING)] if head else []),
        *letter.opening(words.title, words.addressee),
        *before,
        KeepTogether(closing),  # unit and day never stand alone on a page
    ]
    if copies:
        story.append(Imprint(copies, faces))
    return Report(words.title.replace("\n", ""), PAGE, story)


def read_letter(text: str) -> Words:
    """The parts of a letter that somebody wrote as plain text, as far as they can be told apart.

    The first line is the title; a short next one that ends with a colon the recipient; 附件 and
    what is numbered below it the attachments; a last line that is a day the day, and a short one
    above it the unit; one in brackets below the day the note (附注). All else is text.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title, *lines = lines or [""]
    addressee = ""
    if lines and lines[0][-1] in "：:" and 1 < len(lines[0]) <= LONGEST_ADDRESSEE:
        addressee = lines.pop(0)[:-1]
    unit = day = note = ""
    if len(lines) > 1 and _is_day(lines[-2]) and (found := NOTE.fullmatch(lines[-1])):
        note = found[1]
        lines.pop()
    if lines and _is_day(lines[-1]):
        day = lines.pop().replace(" ", "")
        if len(lines) > 1 and len(lines[-1]) <= LONGEST_UNIT and lines[-1][-1] not in "。；：":
            unit = lines.pop()
    lines, attachments = _attachments(lines)
    return Words(title, tuple(lines), addressee, tuple(attachments), unit, day, note)


def _is_day(line: str) -> bool:
    return DAY.fullmatch(line.replace(" ", "")) is not None


def _attachments(lines: list[str]) -> tuple[list[str], list[str]]:
    """The text, and the names listed below its end."""
    for at in range(len(lines) - 1, -1, -1):
        if first := ATTACHED.fullmatch(lines[at]):
            listed = [LISTED.fullmatch(line) for line in lines[at + 1 :]]
            if all(listed):
                return lines[:at], [first[1], *(found[1] for found in listed if found)]
    return lines, []
