"""The photos of findings: before, on a 整改通知书; before beside after, on a 整改回执."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable, KeepTogether

from models.reports.case import Case, not_printed
from models.reports.paper.faces import Faces
from models.reports.paper.paragraph import Style
from models.reports.paper.photos import Photo, photo_rows
from models.reports.report import paragraph, photos_below

OTHER_PHOTOS = "附：其他照片（没有注明整改前或整改后）"
NO_PHOTO = Photo(b"", unreadable="没有照片")


def photos_before(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """Those from before the rectification, then the rest."""
    before = [one for case in cases for one in case.before]
    return [*photos_below("附：整改前照片", before, faces), *_rest(cases, faces)]


def photo_pairs(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """The pairs, finding by finding, then the rest."""
    pairs, rest = _pairs(cases, faces), _rest(cases, faces)
    if not pairs and not not_printed(cases):
        return rest
    found = [*pairs, *rest]
    title = paragraph(
        "附：整改前后对照照片", Style(faces.hei, 12, 24, before=8, keep_with_next=True)
    )
    return [KeepTogether([title, found[0]]), *found[1:]]


def _rest(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """What nobody said the time of, and how many photos are left out."""
    rows = photos_below(OTHER_PHOTOS, [one for case in cases for one in case.others], faces)
    if words := not_printed(cases):
        rows.append(paragraph(words, Style(faces.body, 12, 24, before=6)))
    return rows


def _pairs(cases: Sequence[Case], faces: Faces) -> list[Flowable]:
    """Before at the left, after at the right; a finding without photos is left out."""
    small = Style(faces.hei, 11, 20, before=6)
    found: list[Flowable] = []
    for number, case in enumerate(cases, 1):
        heading = paragraph(f"第{number}项　{case.finding.place or ''}", small)
        pairs = max(len(case.before), len(case.after))
        for at in range(pairs):
            pair = [
                (side[at] if at < len(side) else NO_PHOTO) for side in (case.before, case.after)
            ]
            rows = photo_rows(pair, faces=faces)
            found.append(KeepTogether([heading, *rows]) if at == 0 else rows[0])
    return found
